"""The one CP-SAT model of the engine: lines, posts, coverage and company of any part of a roster.

What is free decides what it is. Everybody free and posted one by one: the *one-shot* model. Some people or days free,
posted by class: a *neighbourhood*. Nobody free, posted one by one: *posting*. Whatever is not free is a constant.

Variables: ``x[person, day, shift]`` works; ``z[class, day, shift, hotspot]`` how many of a posting class stand where, linked by
Σ_h z = Σ_{person in class} x.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from scheduler.engine.compiled_problem import (
    Bools,
    CompiledProblem,
    CoPresenceInterval,
    CoverInterval,
    CoverRequirement,
    Ints,
)
from scheduler.engine.cpsat.distance import add_distances
from scheduler.engine.cpsat.line_constraints import LineCompiler
from scheduler.engine.cpsat.shortage_limits import ShortageLimits
from scheduler.engine.cpsat.terms import Post, Terms, Var
from scheduler.engine.shared_limits import shared_limits
from scheduler.vocabulary.constraints import Apart, Level, Together, Variety, Wish


@dataclass(frozen=True, slots=True)
class ModelScope:
    """What a model decides: ``free[person, day]`` duties, and the posts of ``people`` (a superset) on every day with anything
    free (``None``: all days). ``single`` posts people one by one instead of by class."""

    free: Bools
    people: Bools
    single: bool = False
    days: tuple[int, ...] | None = None
    alone: bool = False


class RosterModel:
    """Build the model of one scope around a current roster, given as ``shift[person, day]`` and ``spot[person, day]``."""

    def __init__(
        self,
        pool: CompiledProblem,
        scope: ModelScope,
        classes: Sequence[Sequence[int]],
        shift: Ints,
        spot: Ints,
        *,
        soft: bool = False,
    ) -> None:
        self.pool = pool
        self.scope = scope
        self.shift, self.spot = shift, spot
        self._soft = soft
        self.model = cp_model.CpModel()
        self.levels: dict[Level, Terms] = {level: Terms() for level in pool.problem.levels}
        self.elsewhere: dict[Level, int] = dict.fromkeys(pool.problem.levels, 0)
        """What of the levels nothing that is decided here can change."""
        self.days = set(range(pool.days)) if scope.days is None else set(scope.days)
        inside = [[p for p in members if scope.people[p]] for members in classes]
        self.classes = [[p] for members in inside for p in members] if scope.single else [m for m in inside if m]
        self._class_of = {p: c for c, members in enumerate(self.classes) for p in members}
        self.x: dict[tuple[int, int, int], Var] = {}
        self.z: dict[Post, Var] = {}
        self._of_class: dict[int, list[tuple[Post, Var]]] = defaultdict(list)
        self._standing: dict[tuple[int, int, int], Var] = {}
        self._lines()
        self._posts()
        self._outside = self._count_outside()
        self._cover()
        self._quotas()
        self._company()
        self._kept = add_distances(self, self._decided())
        self._pairs(soft and scope.single)

    # -- lines -----------------------------------------------------------------------------------------------------------

    def _lines(self) -> None:
        pool = self.pool
        for p, d in np.argwhere(self.scope.free):
            for k in np.flatnonzero(pool.allowed[p, d]):
                self.x[int(p), int(d), int(k)] = self.model.new_bool_var("")
        for p in np.flatnonzero(self.scope.free.any(axis=1)):
            LineCompiler(self, int(p), self._soft).compile()

    def is_free(self, person: int, day: int) -> bool:
        """Whether what a person does on a day is decided here."""
        return bool(self.scope.free[person, day])

    def works(self, person: int, day: int, shift: int) -> Var | int:
        """Whether a person works a duty: a variable where it is free, else what the current roster says."""
        if self.scope.free[person, day]:
            return self.x.get((person, day, shift), 0)
        return int(self.shift[person, day] == shift)

    def _working(self, members: Iterable[int], day: int, shift: int) -> Terms:
        terms = Terms()
        for person in members:
            value = self.works(person, day, shift)
            if isinstance(value, int):
                terms.constant += value
            else:
                terms.add(value)
        return terms

    # -- posts -----------------------------------------------------------------------------------------------------------

    def _posts(self) -> None:
        pool = self.pool
        for c, members in enumerate(self.classes):
            for d in self.days:
                for k in range(len(pool.shifts)):
                    working = self._working(members, d, k)
                    most = working.constant + len(working.variables)
                    if most == 0:
                        continue
                    spots = np.flatnonzero(pool.post[members, d, k].any(axis=0))
                    held: dict[int, int] = defaultdict(int)
                    for p in members:
                        if (p, d) in pool.locked_at and pool.forced[p, d] == k:
                            held[pool.locked_at[p, d]] += 1
                    posted = []
                    for h in spots:
                        z = self.model.new_int_var(held[int(h)], most, "")
                        self.z[c, d, k, int(h)] = z
                        self._of_class[c].append(((c, d, k, int(h)), z))
                        posted.append(z)
                    self.model.add(cp_model.LinearExpr.sum(posted) == working.expression())

    def _count_outside(self) -> list[Ints]:
        """Heads per staff set that this model does not move: ``[day, shift, hotspot]`` counts."""
        pool = self.pool
        shape = (pool.days, len(pool.shifts), len(pool.hotspots))
        moved = np.zeros(pool.days, dtype=bool)
        moved[sorted(self.days)] = True
        counts = []
        for member in pool.staff_sets:
            count = np.zeros(shape, dtype=np.int64)
            fixed = (self.shift >= 0) & member[:, None] & ~(self.scope.people[:, None] & moved[None, :])
            people, days = np.nonzero(fixed)
            np.add.at(count, (days, self.shift[people, days], self.spot[people, days]), 1)
            counts.append(count)
        return counts

    def _members(self, staff_set: int) -> list[int]:
        return [c for c, members in enumerate(self.classes) if self.pool.staff_sets[staff_set][members[0]]]

    def _heads(self, staff_set: int, hotspot: int, duties: Sequence[tuple[int, int]], fixed: int) -> Terms:
        terms = Terms(fixed)
        outside = self._outside[staff_set]
        for d, k in duties:
            terms.constant += int(outside[d, k, hotspot])
            if d in self.days:
                for c in self._staff_set_classes[staff_set]:
                    z = self.z.get((c, d, k, hotspot))
                    if z is not None:
                        terms.add(z)
        return terms

    # -- coverage and company ----------------------------------------------------------------------------------------

    def _cover(self) -> None:
        """Heads missing or too many of every requirement; those of the quality level only where it is asked for."""
        self._staff_set_classes = [self._members(staff_set) for staff_set in range(len(self.pool.staff_sets))]
        self.outside: list[tuple[Var, CoverInterval, CoverRequirement]] = []
        limits = ShortageLimits(self)
        for interval in self.pool.intervals:
            heads = self._heads(interval.staff_set, interval.hotspot, interval.duties, interval.fixed)
            below: dict[int, Var] = {}
            for requirement in interval.requirements:
                if requirement.level is Level.QUALITY and not self._soft:
                    continue
                price = requirement.weight * interval.minutes
                if not heads.variables:
                    off_here = _outside(requirement, heads.constant)
                    self._add_elsewhere(requirement.level, price * off_here)
                    limits.add(interval, requirement, off_here)
                    continue
                if not requirement.above and heads.constant >= requirement.heads:
                    continue
                if requirement.limit >= 0 and requirement.heads in below:
                    limits.add(interval, requirement, below[requirement.heads])
                    continue
                most = len(self.pool.people) if requirement.above else requirement.heads - heads.constant
                off = self.model.new_int_var(0, most, "")
                if requirement.above:
                    self.model.add(off >= heads.expression() - requirement.heads)
                else:
                    self.model.add(off + heads.expression() >= requirement.heads)
                    below[requirement.heads] = off
                self.levels[requirement.level].add(off, price)
                limits.add(interval, requirement, off)
                self.outside.append((off, interval, requirement))

        self._beyond = limits.close()

    def _add_elsewhere(self, level: Level, cost: int) -> None:
        self.levels[level].constant += cost
        self.elsewhere[level] += cost

    def _quotas(self) -> None:
        shared = shared_limits(self.pool)
        decided = self._decided()
        spot = np.where(decided, -1, self.spot)
        for counted, most, used in zip(shared.counted, shared.most.tolist(), shared.used(spot).tolist(), strict=True):
            posts = [z for (c, _, _, h), z in self.z.items() if counted[self.classes[c][0], h]]
            if posts:
                self.model.add(cp_model.LinearExpr.sum(posts) <= most - used)

    def _company(self) -> None:
        for co_presence in self.pool.co_presences:
            if self.scope.alone and self._about_others(co_presence):
                continue
            by = self._heads(
                co_presence.companions, co_presence.hotspot, co_presence.duties, co_presence.fixed_companions
            )
            of = self._heads(co_presence.dependents, co_presence.hotspot, co_presence.duties, co_presence.begun)
            if not by.variables and not of.variables:
                continue
            enough = by.constant >= co_presence.least and not co_presence.per
            if not of.constant and enough and not by.variables:
                continue
            for present in (1,) if of.constant else self._presences(co_presence):
                self.model.add(by.expression() >= co_presence.least * present)
                if co_presence.per:
                    # Holds where nobody is present too: then the only heads of the dependents are those of history.
                    heads = of.expression() + co_presence.fixed_dependents * present
                    self.model.add(co_presence.per * by.expression() >= heads)

    def _about_others(self, co_presence: CoPresenceInterval) -> bool:
        sets, able = self.pool.staff_sets, self.pool.reach[:, co_presence.hotspot]
        involved = (sets[co_presence.companions] | sets[co_presence.dependents]) & able
        return bool((involved & ~self.scope.people).any())

    def _presences(self, co_presence: CoPresenceInterval) -> Iterator[Var]:
        """Literals for the duties of a stretch, as of :meth:`_present`."""
        for d, k in co_presence.duties:
            present = self._present(co_presence, d, k) if d in self.days else None
            if present is not None:
                yield present

    def _present(self, co_presence: CoPresenceInterval, day: int, shift: int) -> Var | None:
        """A literal that is true whenever anybody of the staff set stands at the hotspot on the duty."""
        key = (co_presence.dependents, day * len(self.pool.shifts) + shift, co_presence.hotspot)
        if key not in self._standing:
            posts = [
                self.z[c, day, shift, co_presence.hotspot]
                for c in self._staff_set_classes[co_presence.dependents]
                if (c, day, shift, co_presence.hotspot) in self.z
            ]
            if not posts:
                return None
            literal = self.model.new_bool_var("")
            for z in posts:
                self.model.add(z == 0).only_enforce_if(~literal)
            self._standing[key] = literal
        return self._standing[key]

    def hint(self) -> None:
        """Tell the solver the current roster: lines, posts, presence and shortages."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for (p, d, k), x in self.x.items():
            self.model.add_hint(x, int(self.shift[p, d] == k))
        standing: dict[Post, int] = defaultdict(int)
        people, days = np.nonzero(self.shift >= 0)
        for p, d in zip(people.tolist(), days.tolist(), strict=True):
            if p in self._class_of:
                standing[self._class_of[p], d, int(self.shift[p, d]), int(self.spot[p, d])] += 1
        for post, z in self.z.items():
            self.model.add_hint(z, standing[post])
        for (of, slot, spot), literal in self._standing.items():
            d, k = divmod(slot, len(self.pool.shifts))
            there = any(standing[c, d, k, spot] for c in self._staff_set_classes[of])
            self.model.add_hint(literal, there)
        missing: dict[int, int] = {}
        for off, interval, requirement in self.outside:
            present = interval.fixed + sum(
                int(self._outside[interval.staff_set][d, k, interval.hotspot])
                + sum(
                    standing[c, d, k, interval.hotspot]
                    for c in self._staff_set_classes[interval.staff_set]
                    if d in self.days
                )
                for d, k in interval.duties
            )
            missing[off.index] = _outside(requirement, present)
            self.model.add_hint(off, missing[off.index])
        for beyond in self._beyond:
            self.model.add_hint(beyond.over, beyond.at(missing))
        for kept in self._kept:
            _, day, duty, place = kept.post
            stay = sum((self.shift[p, day], self.spot[p, day]) == (duty, place) for p in kept.people)
            self.model.add_hint(kept.variable, stay)

    # -- people one by one --------------------------------------------------------------------------------------------

    def _pairs(self, soft: bool) -> None:
        pool = self.pool
        for apart in pool.problem.all(Apart):
            self._apart(pool.person[apart.person], pool.person[apart.other])
        if not soft:
            return
        points = self.levels[Level.QUALITY]
        for wish in pool.problem.all(Wish):
            if wish.hotspots is not None:
                spots = set(pool.positions(wish.hotspots))
                for post, z in self._posts_of(pool.person[wish.person]):
                    if post[3] in spots and (wish.duties is None or (post[1], pool.shifts[post[2]]) in wish.duties):
                        points.add(z, wish.cost)
        for variety in pool.problem.all(Variety):
            self._variety(pool.person[variety.person], variety.cost)
        for pair in pool.problem.all(Together):
            self._together(pool.person[pair.person], pool.person[pair.partner], pair.cost, pair.excused)

    def _posts_of(self, person: int) -> list[tuple[Post, Var]]:
        found = self._class_of.get(person)
        return [] if found is None else self._of_class[found]

    def _decided(self) -> Bools:
        """``[person, day]``: whose duty or place is decided here."""
        return self.scope.people[:, np.newaxis] & np.isin(np.arange(self.pool.days), sorted(self.days))

    def post_of(self, person: int, day: int, shift: int, spot: int) -> Post | None:
        """Where the people of somebody's class are counted at a post; None where nobody of it can stand."""
        post = (self._class_of.get(person, -1), day, shift, spot)
        return post if post in self.z else None

    def _post(self, person: int, day: int, shift: int, spot: int) -> Var | int:
        c = self._class_of.get(person)
        if c is not None and day in self.days:
            return self.z.get((c, day, shift, spot), 0)
        return int(self.shift[person, day] == shift and self.spot[person, day] == spot)

    def _apart(self, a: int, b: int) -> None:
        pool = self.pool
        for (d, k), (e, m) in pool.overlapping:
            for h in range(len(pool.hotspots)):
                first, second = self._post(a, d, k, h), self._post(b, e, m, h)
                fixed = isinstance(first, int), isinstance(second, int)
                if not (all(fixed) or (self.scope.alone and any(fixed))):
                    self.model.add(first + second <= 1)

    def _variety(self, person: int, cost: int) -> None:
        points = self.levels[Level.QUALITY]
        used: dict[int, Var] = {}
        for post, z in self._posts_of(person):
            if post[3] not in used:
                used[post[3]] = self.model.new_bool_var("")
            self.model.add(used[post[3]] >= z)
        if not used:
            return
        fixed = {
            int(self.spot[person, d])
            for d in range(self.pool.days)
            if d not in self.days and self.shift[person, d] >= 0
        }
        for spot in fixed & set(used):
            self.model.add(used[spot] == 1)
        extra = self.model.new_int_var(0, len(self.pool.hotspots), "")
        self.model.add(extra >= cp_model.LinearExpr.sum(list(used.values())) + len(fixed - set(used)) - 1)
        points.add(extra, cost)

    def _together(self, a: int, b: int, cost: int, excused: frozenset[int]) -> None:
        points = self.levels[Level.QUALITY]
        for d in range(self.pool.days):
            if d in excused:
                continue
            for k in range(len(self.pool.shifts)):
                for h in range(len(self.pool.hotspots)):
                    first, second = self._post(a, d, k, h), self._post(b, d, k, h)
                    if isinstance(first, int) and isinstance(second, int):
                        points.constant += cost * abs(first - second)
                        continue
                    apart = self.model.new_bool_var("")
                    self.model.add(apart >= first - second)
                    self.model.add(apart >= second - first)
                    points.add(apart, cost)


def _outside(requirement: CoverRequirement, present: int) -> int:
    """Heads missing, or too many, where so many are present."""
    return max(0, present - requirement.heads if requirement.above else requirement.heads - present)
