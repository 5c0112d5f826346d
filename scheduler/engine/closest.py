"""A repair's first levels to proof, part by part: the minima, then the fewest changes inside notice; and what that leaves of the
targets at least.

A part is a component: people whose posts depend on each other by what is counted there. Left alone, without the company that
others owe them, it is soon solved: by column generation where whole lines come to the bound of the linear program, by CP-SAT
where they do not. What is proven of a part alone holds in every roster. Put together, the parts of a pool (see
:mod:`~scheduler.engine.decomposition`) are mostly a legal roster; where one stands without the company it needs, it is solved
again with the others where they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from scheduler.config import SolveConfig
from scheduler.engine.clock import Clock
from scheduler.engine.columns.in_order import LevelsInOrder
from scheduler.engine.columns.master import Master
from scheduler.engine.columns.pricing import Left
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.in_order import InOrder, Stage, Way, solve_in_order
from scheduler.engine.cpsat.model import ModelScope, RosterModel
from scheduler.engine.cpsat.posting import Posting
from scheduler.engine.cpsat.solver import TO_PROOF, Limits
from scheduler.engine.decomposition import pools
from scheduler.engine.given_lines import given_lines
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines.labelling import Line
from scheduler.engine.lines.models import LineModels
from scheduler.engine.posting_classes import component_people, components, posting_classes
from scheduler.engine.proof.bounds import Exact, Proof
from scheduler.engine.proof.column_bounds import units
from scheduler.vocabulary.constraints import Level, ShortageLimit, before

SHARE, REST_SHARE = 0.8, 0.95
"""Shares of the time limit after which the changes are left as they are, proven or not, and after which the proof ends."""
FEW, WHOLE_S = 50, 1.5
"""People of a part up to which whole lines are looked for among columns, and the longest search for them, in seconds."""
STEPS = (None, 8, None, 1)
"""How many changes inside notice a unit of a minimum is worth where whole lines are looked for, one after the other; None: all
levels are as proven, with more lines the second time. The less a minimum is worth, the more lines of the optimum are whole."""
WORKERS = 2
"""One for the proof, one for better rosters."""
LARGEST = 30_000
"""Duties to choose from, above which a pool is left to the search in parts."""


@dataclass(frozen=True)
class Part:
    """The people of components, by their ``numbers`` in the proof; ``needs`` says whether they need company of others."""

    numbers: tuple[int, ...]
    members: tuple[int, ...]
    needs: bool = False


@dataclass(frozen=True)
class Course:
    """Where a part is: a ``roster`` of everybody, perhaps without the company it needs, and what is proven of the part alone."""

    part: Part
    order: LevelsInOrder
    roster: Incumbent
    exact: Exact

    @cached_property
    def values(self) -> dict[Level, int]:
        """What the part has at each level."""
        return self.order.values(self.roster.shift, self.roster.spot)

    @property
    def closed(self) -> bool:
        """Whether every level down to the changes inside notice is proven as low as can be."""
        levels = (*before(Level.CHANGES_IN_NOTICE, self.values), Level.CHANGES_IN_NOTICE)
        return self.closed_levels(levels) == len(levels)

    def closed_levels(self, levels: Sequence[Level]) -> int:
        """How many of some levels, from the first, are proven as low as can be."""
        bounds = self.exact.bounds
        reached = (number for number, level in enumerate(levels) if bounds.get(level) != self.values[level])
        return next(reached, len(levels))

    def bounded(self, level: Level, least: int) -> Course:
        """With a bound of one more level, while the earlier ones are no more than now."""
        held = {lower: self.values[lower] for lower in before(level, self.values)}
        exact = replace(self.exact, bounds={**self.exact.bounds, level: least}, held={**self.exact.held, **held})
        return replace(self, exact=exact)

    def better(self, roster: Incumbent) -> Course:
        """With another roster, where that is better at the first level at which they differ."""
        return replace(self, roster=roster) if roster.leading < self.roster.leading else self

    def proven(self, found: InOrder) -> Course:
        """With what a search in order has proven."""
        bounds, held = (
            {level: figures[level] - found.elsewhere[level] for level in figures}
            for figures in (found.bounds, found.held)
        )
        return replace(self, exact=replace(self.exact, bounds=bounds, held=held))


def closed_pools(pool: CompiledProblem) -> list[tuple[Part, ...]]:
    """The parts of each pool of people who have any duty to choose, the pool of fewest people first; those who give company come
    before those who need it. Parts are numbered as in the proof."""
    groups = component_people(pool, posting_classes(pool, tell_apart=False))
    found = []
    for scope in pools(pool):
        people = {pool.person[name] for name in scope.people}
        mine = [
            Part((number,), tuple(group), _needs_others(pool, group))
            for number, group in enumerate(groups)
            if people.issuperset(group)
        ]
        if mine:
            found.append(tuple(sorted(mine, key=lambda part: (part.needs, len(part.members)))))
    return sorted(found, key=lambda parts: sum(len(part.members) for part in parts))


def _needs_others(pool: CompiledProblem, members: Sequence[int]) -> bool:
    own = np.zeros(len(pool.people), dtype=bool)
    own[list(members)] = True
    rules = {(each.dependents, each.companions, each.hotspot) for each in pool.co_presences}
    return any(
        (pool.staff_sets[dependents] & own & pool.reach[:, spot]).any()
        and (pool.staff_sets[companions] & ~own & pool.reach[:, spot]).any()
        for dependents, companions, spot in rules
    )


class Closest:
    """Solves the first levels of a repair, part by part."""

    def __init__(
        self, pool: CompiledProblem, models: LineModels, config: SolveConfig, clock: Clock, proof: Proof
    ) -> None:
        """``proof``: what is known by now."""
        self._pool, self._models, self._config, self._clock, self._proof = pool, models, config, clock, proof
        self._classes = posting_classes(pool)
        alike = posting_classes(pool, tell_apart=False)
        self._groups = components(pool, alike)
        self._alike = alike
        self._posting = Posting(pool)
        self._unit = units(pool)
        levels, self._other = pool.problem.leading_levels, given_lines(pool).levels[-1]
        late = levels.index(Level.CHANGES_IN_NOTICE)
        self._courses: list[Course] = []
        self._minima, self._levels, self._next = levels[:late], levels[: late + 1], levels[late + 1]

    def solve(self, best: Incumbent) -> Iterator[tuple[Incumbent, Exact]]:
        """The best roster by now and what is proven of a part, part after part, the small pools first. The first roster is close
        to what people go by."""
        small = [parts for parts in closed_pools(self._pool) if self._choices(parts) <= LARGEST]
        for number, parts in enumerate(small):
            left = _part_of(self._left, _size(parts) / sum(map(_size, small[number:])))
            best, found = self._solved(parts, best, left)
            self._courses += found
            for course in found:
                yield best, course.exact

    def rest(self) -> Iterator[Exact]:
        """What is proven of each part with no more at each level than it has now; and of the next level, where a change more than
        is proven least in all could be in any part."""
        for place, course in enumerate(self._courses):
            if not course.closed:
                self._courses[place] = self._bounded(course, self._levels, {})
                yield self._courses[place].exact
        late = self._levels[-1]
        more = sum(course.values[late] - course.exact.bounds[late] for course in self._courses)
        for course in self._courses:
            yield self._bounded(course, (*self._levels, self._next), {late: more}).exact

    def _choices(self, parts: Sequence[Part]) -> int:
        return sum(int(self._pool.allowed[list(part.members)].sum()) for part in parts)

    def _left(self) -> float:
        return self._clock.left(SHARE)

    def _solved(self, parts: Sequence[Part], best: Incumbent, left: Left) -> tuple[Incumbent, list[Course]]:
        """The best roster with what a pool comes to, and how far it got: part by part, or all of it at once where the parts are
        not as good together as alone."""
        alone = list(self._alone(parts, best, left))
        best = self._together(best, alone, left)
        if len(parts) == 1 or not all(course.closed for course in alone):
            return best, alone
        together = self._begun(_joined(parts), best)
        for level in self._levels:
            # What the parts have at least adds up while each has no more than it need at the levels before.
            together = together.bounded(level, sum(course.exact.bounds.get(level, 0) for course in alone))
            if together.values[level] > together.exact.bounds[level]:
                break
        if together.closed or left() <= 0:
            return best, alone
        joint = self._by_cpsat(together, left)
        return (joint.roster if joint.roster.legal else best), [joint] if joint.closed else alone

    # -- a part alone ----------------------------------------------------------------------------------------------------

    def _alone(self, parts: Sequence[Part], best: Incumbent, left: Left) -> Iterator[Course]:
        """Each part of a pool, the others doing what the best roster says."""
        for number, part in enumerate(parts):
            share = len(part.members) / _size(parts[number:])
            yield self._part(part, best, _part_of(left, share))

    def _part(self, part: Part, best: Incumbent, left: Left) -> Course:
        found = self._by_columns(self._begun(part, best), left)
        # Whole lines that are not the best are seldom made better in a short time.
        return found if found.closed or found.roster is not best or left() <= 0 else self._by_cpsat(found, left)

    def _begun(self, part: Part, best: Incumbent) -> Course:
        group = [position for number in part.numbers for position in self._groups[number]]
        order = LevelsInOrder(
            self._pool, Master(self._pool, self._models, self._alike, group, limited=self._unit), self._unit
        )
        order.offer(best.shift)
        return Course(part, order, best, Exact({}, {}, part.numbers))

    def _by_columns(self, course: Course, left: Left) -> Course:
        """What is proven of each level with the earlier ones at that; and of few people, whole lines that come close to it."""
        order, bounds = course.order, dict.fromkeys(self._levels, 0)
        for level in self._levels:
            if level in order.levels:
                bounds[level] = order.least(level, left)
                order.hold(level, bounds[level])
        course = replace(course, exact=replace(course.exact, bounds=bounds, held=bounds))
        # What shortage limits cost is no sum over intervals.
        if len(course.part.members) > FEW or self._pool.problem.all(ShortageLimit):
            return course
        before = course.roster
        for step in STEPS:
            minima = course.closed_levels(self._minima) == len(self._minima)
            if step is not None and minima and course.roster is not before:
                break
            order.free()
            for level in self._levels if step is None else ():
                order.hold(level, bounds[level])
            lines = order.whole((*self._levels, self._other), step, left, self._limits(WHOLE_S, left))
            course = self._taken(course, lines, left)
            if course.closed:
                break
        return course

    def _taken(self, course: Course, lines: Mapping[int, Line] | None, left: Left) -> Course:
        """With new lines, where they are better."""
        if lines is None:
            return course
        shift, spot = course.order.placed(course.roster.shift, course.roster.spot, lines)
        placed = replace(course, roster=Incumbent.of(self._pool, HeadCount(self._pool), shift, spot))
        if not placed.closed:
            placed = self._posted(placed, left)
        return course.better(placed.roster)

    def _posted(self, course: Course, left: Left) -> Course:
        """With everybody where the levels are best, their duties as they are."""
        way = self._way(course.part, lambda *_: 0, alone=True, lines=False)
        stage = Stage(self._levels, self._other)
        for found in solve_in_order(course.roster, way, [stage], lambda _: self._limits(WHOLE_S, left)):
            self._clock.charge(found.work)
            course = replace(course, roster=found.incumbent)
        return course

    def _by_cpsat(self, known: Course, left: Left) -> Course:
        """The first level alone, which is soon proven; then the others together, as close as can be to what people go by: that
        is good at the later levels too."""
        done = max(1, known.closed_levels(self._levels))
        stages = [Stage((level,)) for level in self._levels[:done]]
        stages.append(Stage(self._levels[done:], self._other, known.roster))

        def least(level: Level, held: Mapping[Level, int]) -> int:
            earlier = self._levels[: self._levels.index(level)]
            own = [lower for lower in earlier if lower in known.order.levels]
            holds = all(lower in held and held[lower] <= known.exact.held.get(lower, -1) for lower in own)
            found = known.exact.bounds.get(level, 0) if holds else 0
            if self._config.reproducible:  # What the proof has found by now depends on how fast it is.
                return found
            return max(found, self._proof.least(known.part.numbers, level, held))

        way = self._way(known.part, least, alone=True)
        course = known
        for found in solve_in_order(known.roster, way, stages, lambda _: self._limits(left(), left)):
            self._clock.charge(found.work)
            course = course.better(found.incumbent).proven(found)
        course.order.offer(course.roster.shift)
        return course

    # -- the parts of a pool together ------------------------------------------------------------------------------------

    def _together(self, best: Incumbent, courses: Sequence[Course], left: Left) -> Incumbent:
        """The best roster with what was found of each part; where the company is missing that some need, these are solved again,
        the others where they are."""
        whole = best
        for course in courses:
            whole = whole.with_lines(course.part.members, course.roster)
        stages = [Stage(self._levels, self._other)]
        for course in courses:
            if not whole.legal and course.part.needs and left() > 0:
                way = self._way(course.part, lambda *_: 0, alone=False)
                for found in solve_in_order(whole, way, stages, lambda _: self._limits(left(), left)):
                    self._clock.charge(found.work)
                    whole = found.incumbent
        return whole if whole.better(best) and whole.legal else best

    # -- what is proven of the parts as they are ---------------------------------------------------------------------------

    def _bounded(self, course: Course, levels: Sequence[Level], more: Mapping[Level, int]) -> Course:
        """With bounds of some levels while the earlier ones are no more than now, or so much ``more``."""
        order, known, bounds = course.order, course.exact, dict[Level, int]()
        held = {level: course.values[level] + more.get(level, 0) for level in self._levels}
        order.free()
        for level in levels:
            holds = all(held[lower] <= known.held.get(lower, -1) for lower in before(level, self._levels))
            bounds[level] = known.bounds.get(level, 0) if holds else 0
            if bounds[level] < course.values[level] and level in order.levels:
                bounds[level] = max(bounds[level], order.least(level, lambda: self._clock.left(REST_SHARE)))
            if level in held:
                order.hold(level, held[level])
        return replace(course, exact=replace(known, bounds=bounds, held=held))

    # -- parts of a search -------------------------------------------------------------------------------------------------

    def _way(
        self, part: Part, least: Callable[[Level, Mapping[Level, int]], int], *, alone: bool, lines: bool = True
    ) -> Way:
        people = np.zeros(len(self._pool.people), dtype=bool)
        people[list(part.members)] = True
        free = np.repeat((people & lines)[:, np.newaxis], self._pool.days, axis=1)

        def model(incumbent: Incumbent) -> RosterModel:
            scope = ModelScope(free, people, alone=alone)
            made = RosterModel(self._pool, scope, self._classes, incumbent.shift, incumbent.spot)
            made.hint()
            return made

        return Way(model, self._posting.read_off, least, self._most(part), TO_PROOF, alone=alone)

    def _most(self, part: Part) -> dict[Level, int]:
        """The largest values of the levels that count changes."""
        given = given_lines(self._pool)
        costs = given.cost[:, list(part.members)]
        return dict(zip(given.levels, costs.max(axis=3).sum(axis=(1, 2)).tolist(), strict=True))

    def _limits(self, longest: float, left: Left) -> Limits:
        config = self._config
        return Limits(min(longest, left()), WORKERS, config.seed, config.reproducible, self._clock.stop)


def _part_of(left: Left, share: float) -> Left:
    """A share of the time that is left by now."""
    until = left() * (1 - share)
    return lambda: max(0.0, left() - until)


def _size(parts: Sequence[Part]) -> int:
    return sum(len(part.members) for part in parts)


def _joined(parts: Sequence[Part]) -> Part:
    numbers = tuple(number for part in parts for number in part.numbers)
    return Part(numbers, tuple(person for part in parts for person in part.members))
