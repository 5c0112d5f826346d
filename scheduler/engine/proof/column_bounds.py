"""Column generation over lines of work: bounds of every level.

Component by component and level by level the master (:mod:`~scheduler.engine.columns.master`) is solved with new columns until
none can help; what :mod:`~scheduler.engine.proof.bounds` keeps of it holds for every roster.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from scheduler.engine.columns.cover_costs import SCALE, empty_cost
from scheduler.engine.columns.master import Master
from scheduler.engine.columns.pricing import Left, pricings
from scheduler.engine.columns.pricing_effort import QUICK
from scheduler.engine.compiled_problem import CompiledProblem, Ints
from scheduler.engine.given_lines import given_lines
from scheduler.engine.lines.labelling import Line, LineModel
from scheduler.engine.posting_classes import components, posting_classes
from scheduler.engine.proof.bounds import ALONE, QUALITY_WEIGHTS, WEIGHTS, WORTH, Bounds, weights_of
from scheduler.vocabulary.constraints import Level, ShortageLimit, before

OnBound = Callable[[int, Level, int, int], None]
"""Hears of a bound: component, level, weight of the earlier levels, and the value in the unit of the level."""


class Columns:
    """Column generation on every component of a pool; ``bounds`` holds what it has proven by now."""

    def __init__(self, pool: CompiledProblem, models: Sequence[LineModel]) -> None:
        self._pool = pool
        self._classes = posting_classes(pool, tell_apart=False)
        self._groups = components(pool, self._classes)
        self.masters = [Master(pool, models, self._classes, group) for group in self._groups]
        self._priced: dict[int, Master] = {}
        """The masters of the quality level, made when their turn comes."""
        self._lines: list[Line] = []
        present = [(*master.present, Level.QUALITY) for master in self.masters]
        self.bounds = Bounds(present, self._hopeless(pool), units(pool))

    def _hopeless(self, pool: CompiledProblem) -> dict[Level, int]:
        """Shortage of the intervals that no component can fill, and what people cost who cannot work."""
        total = dict.fromkeys(pool.problem.levels, 0)
        filled = {interval for master in self.masters for interval in master.intervals}
        for number, interval in enumerate(pool.intervals):
            if number not in filled:
                for level, cost in empty_cost(interval, interval.fixed, priced=False).items():
                    total[level] += cost
        given = given_lines(pool)
        able = {person for master in self.masters for person in master.members}
        for person in set(range(len(pool.people))) - able:
            found = LineModel(pool, person, soft=True).best()
            total[Level.QUALITY] += 0 if found is None else max(0, found[0])
            for level, cost in zip(given.levels, given.cost, strict=True):
                total[level] += int(cost[person, :, 0].sum())
        return total

    def offer(self, shift: Ints) -> None:
        """Put a roster's lines ``shift[person, day]`` into the masters: with them they start close to the end."""
        self._lines = [(row + 1).astype(np.int16) for row in shift]
        for master in self.masters:
            for person in master.members:
                master.add(person, self._lines[person])

    def prove(self, left: Left, on_bound: OnBound) -> None:
        """Bound every coverage level until done or no time is ``left``; ``on_bound`` hears of each bound.

        First the stronger kind, weighed lightly against the earlier levels, the small components before the large; then, for all
        but the largest component, each level alone, in case an earlier one stays far from its best.
        """
        order = self._order()
        for level in self._pool.problem.leading_levels:
            for position in order:
                present = self.masters[position].present
                if level in present:
                    weight = ALONE if level is present[0] else weights_of(level)[0]
                    self._price_out(position, level, weight, left, on_bound)
        for position in order[:-1]:
            self._later_levels(position, None, left, on_bound)

    def prove_quality(self, left: Left, on_bound: OnBound) -> None:
        """Bound the quality level: everybody's cheapest line, whatever the others do; then with what coverage asks of them."""
        for position in self._order():
            self._cheapest_lines(position, left, on_bound)
        for weight in QUALITY_WEIGHTS:
            for position in self._order():
                alone = not self.masters[position].present
                if not alone or weight == QUALITY_WEIGHTS[0]:
                    self._price_out(position, Level.QUALITY, ALONE if alone else weight, left, on_bound)

    def prove_more(self, left: Left, on_bound: OnBound) -> None:
        """What heavier weights add, and the levels of the largest component, each alone: slow, and seldom of use."""
        order = self._order()
        for position in order:
            for later in range(1, len(WEIGHTS)):
                self._later_levels(position, later, left, on_bound)
        for position in order[-1:]:
            self._later_levels(position, None, left, on_bound)

    def _order(self) -> list[int]:
        """The small components before the large."""
        return sorted(range(len(self.masters)), key=lambda position: len(self.masters[position].members))

    def _later_levels(self, position: int, heavier: int | None, left: Left, on_bound: OnBound) -> None:
        """Bound the levels after the first, each alone or with so much heavier a weight of the earlier ones."""
        for level in self.masters[position].present[1:]:
            weight = ALONE if heavier is None else weights_of(level)[heavier]
            self._price_out(position, level, weight, left, on_bound)

    def _cheapest_lines(self, position: int, left: Left, on_bound: OnBound) -> None:
        """The master of the quality level, begun with about everybody's cheapest line, which bounds the level."""
        pool = self._pool
        people = list(self.masters[position].members)
        models = {person: LineModel(pool, person, soft=True).scaled(SCALE) for person in people}
        master = Master(pool, models, self._classes, self._groups[position], priced=True)
        master.weigh({Level.QUALITY: 1})
        total, nothing = 0, np.zeros((pool.days, len(pool.shifts)), dtype=np.int64)
        for person in people:
            if left() <= 0:
                return
            offered = models[person].cost(self._lines[person])
            cheapest, least = models[person].k_best(nothing, 1, cap=QUICK)
            if offered is not None:
                master.add(person, self._lines[person], offered // SCALE)
            for cost, line in cheapest:
                master.add(person, line, cost // SCALE)
                total += -(-least // SCALE)
        self._priced[position] = master
        self._emit(position, Level.QUALITY, ALONE, total, on_bound)

    def _emit(self, position: int, level: Level, weight: int, bound: int, on_bound: OnBound) -> None:
        if self.bounds.learn(position, level, weight, bound):
            on_bound(position, level, weight, bound)

    def _price_out(self, position: int, level: Level, weight: int, left: Left, on_bound: OnBound) -> None:
        """Price until no column helps; every pricing on the way gives a bound already. ``weight``: of earlier levels."""
        master = self._priced.get(position) if level is Level.QUALITY else self.masters[position]
        if left() <= 0 or master is None:
            return
        earlier = before(level, master.present)
        master.weigh({lower: weight * WORTH[lower] for lower in earlier} | {level: WORTH[level] if weight else 1})
        for _, found in pricings(master, left):
            if found.bound is not None:
                self._emit(position, level, weight, found.bound, on_bound)


def units(pool: CompiledProblem) -> dict[Level, int]:
    """Every value of a level is a multiple of so many weighted person-minutes, days or points."""
    unit = {**dict.fromkeys(pool.problem.leading_levels, 0), Level.QUALITY: 1}
    for interval in pool.intervals:
        for requirement in interval.requirements:
            if requirement.level is not Level.QUALITY:
                unit[requirement.level] = int(np.gcd(unit[requirement.level], requirement.weight * interval.minutes))
    for limit in pool.problem.all(ShortageLimit):
        unit[limit.level] = int(np.gcd(unit[limit.level], limit.cost))
    given = given_lines(pool)
    for level, cost in zip(given.levels, given.cost, strict=True):
        unit[level] = int(np.gcd.reduce(cost, axis=None))
    return unit
