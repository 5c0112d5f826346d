"""Column generation over lines of work: bounds of every coverage level.

Component by component and level by level the master (:mod:`~scheduler.engine.columns.master`) is solved with new columns until
none can help; what :mod:`~scheduler.engine.proof.bounds` keeps of it holds for every roster.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from scheduler.constraints import COVERAGE_LEVELS, Level
from scheduler.engine.classes import components, posting_classes
from scheduler.engine.columns.master import Master, empty_cost
from scheduler.engine.lines.programme import LineModel
from scheduler.engine.pool import Ints, Pool
from scheduler.engine.proof.bounds import ALONE, WEIGHTS, Bounds

OnBound = Callable[[int, Level, int, int], None]
"""Hears of a bound: component, level, weight of the earlier levels, and weighted person-minutes."""
BEAMS = (4, 16, 48)
"""Labels per state while columns are easy to find: more as soon as a round helps little. The last pricing is always exact."""
LITTLE = 0.005
"""Share of the objective that a round must gain, or the next looks closer."""
EXACT = 0


class Columns:
    """Column generation on every component of a pool; ``bounds`` holds what it has proven by now."""

    def __init__(self, pool: Pool, models: Sequence[LineModel]) -> None:
        classes = posting_classes(pool, tell_apart=False)
        self._masters = [Master(pool, models, classes, group) for group in components(pool, classes)]
        self.bounds = Bounds([master.present for master in self._masters], self._hopeless(pool), _units(pool))

    def _hopeless(self, pool: Pool) -> dict[Level, int]:
        """Shortage of the cells that no component can fill."""
        total = dict.fromkeys(COVERAGE_LEVELS, 0)
        filled = {cell for master in self._masters for cell in master.cells}
        for number, cell in enumerate(pool.cells):
            if number not in filled:
                for level, cost in empty_cost(cell, cell.fixed, priced=False).items():
                    total[level] += cost
        return total

    def offer(self, shift: Ints) -> None:
        """Put a roster's lines ``shift[person, day]`` into the masters: with them they start close to the end."""
        for master in self._masters:
            for person in master.members:
                master.add(person, (shift[person] + 1).astype(np.int8))

    def prove(self, left: Callable[[], float], on_bound: OnBound) -> None:
        """Bound every level until done or no time is ``left``; ``on_bound`` hears of each bound.

        First the stronger kind, weighed lightly against the earlier levels, the small components before the large; then, for all
        but the largest component, each level alone, in case an earlier one stays far from its best.
        """
        order = self._order()
        for level in COVERAGE_LEVELS:
            for position in order:
                present = self._masters[position].present
                if level in present:
                    weight = WEIGHTS[0] if level > present[0] else ALONE
                    self._price_out(position, level, weight, left, on_bound)
        for position in order[:-1]:
            self._later_levels(position, ALONE, left, on_bound)

    def prove_more(self, left: Callable[[], float], on_bound: OnBound) -> None:
        """What heavier weights add, and the levels of the largest component, each alone: slow, and seldom of use."""
        order = self._order()
        for position in order:
            for weight in WEIGHTS[1:]:
                self._later_levels(position, weight, left, on_bound)
        for position in order[-1:]:
            self._later_levels(position, ALONE, left, on_bound)

    def _order(self) -> list[int]:
        """The small components before the large."""
        return sorted(range(len(self._masters)), key=lambda position: len(self._masters[position].members))

    def _later_levels(self, position: int, weight: int, left: Callable[[], float], on_bound: OnBound) -> None:
        for level in self._masters[position].present[1:]:
            self._price_out(position, level, weight, left, on_bound)

    def _price_out(
        self,
        position: int,
        level: Level,
        weight: int,
        left: Callable[[], float],
        on_bound: OnBound,
    ) -> None:
        """Price until no column helps; every exact pricing on the way gives a bound already. ``weight``: of earlier levels."""
        if left() <= 0:
            return
        master = self._masters[position]
        earlier = [lower for lower in master.present if lower < level]
        master.weigh({**dict.fromkeys(earlier, weight), level: 1})
        beams, before = [EXACT, *reversed(BEAMS)], float("inf")
        while (solution := master.solve(max(left(), 0.1))) is not None:
            hurry = left() <= 0
            new, bound = master.price(solution, EXACT if hurry else beams[-1])
            if bound is not None:
                self.bounds.learn(position, level, weight, bound)
                on_bound(position, level, weight, bound)
            if hurry or (new == 0 and beams[-1] == EXACT):
                return
            if new == 0:
                beams = [EXACT]
            elif len(beams) > 2 and solution.objective > (1 - LITTLE) * before:
                beams.pop()
            before = solution.objective


def _units(pool: Pool) -> dict[Level, int]:
    """Every value of a level is a multiple of this many weighted person-minutes."""
    unit = dict.fromkeys(COVERAGE_LEVELS, 0)
    for cell in pool.cells:
        for want in cell.wants:
            if want.level in unit:
                unit[want.level] = int(np.gcd(unit[want.level], want.weight * cell.minutes))
    return {level: max(1, value) for level, value in unit.items()}
