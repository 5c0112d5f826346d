"""The whole of an instance as a linear programme: everybody's line, coverage, company, and who stands with whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from benchmarks.linear.lines import LineRows
from benchmarks.linear.posts import Posts
from benchmarks.linear.programme import Programme, Sum
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.shared_limits import shared_limits
from scheduler.problem.roster import Roster
from scheduler.vocabulary.constraints import Apart, Distance, Level, ShortageLimit, Together, Variety


class Whole:
    """A programme with the posts it speaks of. Rules of every kind of the vocabulary are in it."""

    def __init__(self, pool: CompiledProblem) -> None:
        self.pool = pool
        self.programme = Programme(levels={level: Sum() for level in pool.problem.levels})
        self.posts = Posts(pool, self.programme)
        for person in range(len(pool.people)):
            LineRows(self.programme, self.posts, person).add()
        self._cover()
        self._quotas()
        self._company()
        for apart in pool.problem.all(Apart):
            self._apart(pool.person[apart.person], pool.person[apart.other])
        for variety in pool.problem.all(Variety):
            self._variety(pool.person[variety.person], variety.cost)
        for distance in pool.problem.all(Distance):
            self._distance(distance)
        for pair in pool.problem.all(Together):
            self._together(pool.person[pair.person], pool.person[pair.partner], pair)

    def weighted(self, weights: Mapping[Level, int]) -> Sum:
        """The levels as one sum."""
        total = Sum()
        for level, weight in weights.items():
            total = total.plus(self.programme.levels[level], weight)
        return total

    def roster(self, values: Sequence[int]) -> Roster:
        """The roster that the values of the variables stand for."""
        shift = np.full((len(self.pool.people), self.pool.days), -1, dtype=np.int64)
        spot = np.full_like(shift, -1)
        for (person, day, duty, place), column in self.posts.x.items():
            if values[column]:
                shift[person, day], spot[person, day] = duty, place
        return self.pool.roster(shift, spot)

    def _cover(self) -> None:
        """A shortage for every requirement; above it, where a demand has a most; and what many of them miss together."""
        limits = self.pool.problem.all(ShortageLimit)
        missing = [Sum() for _ in limits]
        for interval in self.pool.intervals:
            heads = self.posts.heads(interval.staff_set, interval.hotspot, interval.duties, interval.fixed)
            for requirement in interval.requirements:
                above = heads.minus(requirement.heads)
                off = above if requirement.above else Sum().plus(above, -1)
                if requirement.limit < 0:
                    self.programme.priced(off, requirement.weight * interval.minutes, requirement.level)
                    continue
                heads_off = self.programme.variable(requirement.heads)
                self.programme.never_above_zero(off.plus(Sum.of([heads_off]), -1))
                missing[requirement.limit].add(heads_off, interval.minutes)
        for limit, total in zip(limits, missing, strict=True):
            self.programme.priced(total.minus(limit.most), limit.cost, limit.level)

    def _quotas(self) -> None:
        shared = shared_limits(self.pool)
        for counted, most in zip(shared.counted, shared.most.tolist(), strict=True):
            duties = [column for (person, _, _, spot), column in self.posts.x.items() if counted[person, spot]]
            self.programme.never_above_zero(Sum.of(duties).minus(most))

    def _company(self) -> None:
        """Whether anybody of a staff set is there on a duty, and enough company as long as somebody is."""
        there: dict[tuple[int, int, int, int], Sum] = {}
        for co_presence in self.pool.co_presences:
            company = self.posts.heads(
                co_presence.companions, co_presence.hotspot, co_presence.duties, co_presence.fixed_companions
            )
            for day, shift in co_presence.duties:
                key = (co_presence.dependents, day, shift, co_presence.hotspot)
                if key not in there:
                    there[key] = self._any(self.posts.at(*key))
                needed = Sum().plus(there[key], co_presence.least)
                self.programme.never_above_zero(needed.plus(company, -1))
                if co_presence.per:
                    heads = self.posts.heads(co_presence.dependents, co_presence.hotspot, co_presence.duties, 0)
                    judged = heads.plus(there[key], co_presence.fixed_dependents)
                    self.programme.never_above_zero(judged.plus(company, -co_presence.per))

    def _any(self, columns: Sequence[int]) -> Sum:
        """At least 1 when any of some variables is 1."""
        found = Sum.of([self.programme.variable()] if columns else [])
        for column in columns:
            self.programme.never_above_zero(Sum.of([column]).plus(found, -1))
        return found

    def _apart(self, first: int, second: int) -> None:
        for (d, k), (e, m) in self.pool.overlapping:
            for h in range(len(self.pool.hotspots)):
                self.programme.never_above_zero(
                    self._stands(first, d, k, h).plus(self._stands(second, e, m, h)).minus(1)
                )

    def _stands(self, person: int, day: int, shift: int, spot: int) -> Sum:
        column = self.posts.x.get((person, day, shift, spot))
        return Sum() if column is None else Sum.of([column])

    def _variety(self, person: int, cost: int) -> None:
        mine = self.posts.of_person[person]
        different = Sum(-1)
        for spot in range(len(self.pool.hotspots)):
            different = different.plus(self._any([column for post, column in mine.items() if post[3] == spot]))
        self.programme.priced(different, cost)

    def _distance(self, distance: Distance) -> None:
        """What a free day costs, and on every post what it costs more than that."""
        levels, mine = self.programme.levels, self.posts.of_person[self.pool.person[distance.person]]
        for day in distance.given:
            free = distance.price(day, None)
            levels[distance.level] = levels[distance.level].minus(-free)
            for post, column in mine.items():
                if post[1] == day:
                    done = (self.pool.shifts[post[2]], self.pool.hotspots[post[3]])
                    more = distance.price(day, done) - free
                    levels[distance.level] = levels[distance.level].plus(Sum.of([column]), more)

    def _together(self, first: int, second: int, pair: Together) -> None:
        """A price for each duty of one of two without the other; at most one of the two differences is above zero."""
        for d, k, h in np.ndindex(self.pool.post.shape[1:]):
            if d not in pair.excused:
                one, other = self._stands(first, d, k, h), self._stands(second, d, k, h)
                self.programme.priced(one.plus(other, -1), pair.cost)
                self.programme.priced(other.plus(one, -1), pair.cost)
