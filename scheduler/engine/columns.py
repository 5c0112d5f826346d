"""Column generation over lines of work: bounds of every coverage level, and a roster by diving.

Component by component and level by level the master (:mod:`scheduler.engine.master`) is solved with new columns until none
can help. A level is bounded in two ways, both valid for every roster: on its own, as if nothing else mattered; and weighed against
the earlier levels of the component, ``level + W · Σ earlier ≥ bound``, which is the stronger one once the earlier levels are known to
be at their best. The dive weighs the levels in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from scheduler.constraints import COVERAGE_LEVELS, Level
from scheduler.engine.classes import components, posting_classes
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines import Line, LineModel
from scheduler.engine.master import Master, tiers
from scheduler.engine.pool import Ints, Pool

EARLIER = 50
"""Worth of a minute of an earlier level against one of the level that is bounded or dived for."""
BEAM = 4
"""Labels per state while columns are still easy to find; the last pricing of a level is always exact."""
FIXED_AT_ONCE = 0.06
"""Share of the people still open that a dive fixes between two solves."""
REPRICED = 3
"""Rounds of new columns after each fixing of a dive."""


class Columns:
    """Column generation on every component of a pool."""

    def __init__(self, pool: Pool, models: Sequence[LineModel]) -> None:
        self._pool = pool
        classes = posting_classes(pool, tell_apart=False)
        self.masters = [Master(pool, models, classes, group) for group in components(pool, classes)]
        self._unit = _units(pool)
        self._floor = self._hopeless()
        self._alone: dict[tuple[int, Level], int] = {}
        self._weighed: dict[tuple[int, Level], int] = {}

    def bound(self, level: Level, values: Mapping[Level, int]) -> int:
        """What no roster with these ``values`` at the earlier levels can beat, in weighted person-minutes, as far as is known."""
        known = self._floor[level]
        for position, master in enumerate(self.masters):
            best = self._alone.get((position, level), 0)
            if (position, level) in self._weighed:
                earlier = sum(self._most(position, lower, values) for lower in master.present if lower < level)
                best = max(best, self._weighed[position, level] - EARLIER * earlier)
            known += best
        return -(-known // self._unit[level]) * self._unit[level]

    def _most(self, position: int, level: Level, values: Mapping[Level, int]) -> int:
        """The most of a level's value that can be this component's: what the others need at least is not."""
        others = sum(self._alone.get((other, level), 0) for other in range(len(self.masters)) if other != position)
        return values[level] - self._floor[level] - others

    def _hopeless(self) -> dict[Level, int]:
        """Shortage of the cells that no component can fill."""
        total = dict.fromkeys(COVERAGE_LEVELS, 0)
        every = [(1, tier) for cell in self._pool.cells for tier in tiers(cell)]
        filled = [(-1, tier) for master in self.masters for row in master.rows for tier in row.tiers]
        for sign, tier in every + filled:
            for level, price in tier.prices.items():
                total[level] += sign * tier.heads * price
        return total

    def offer(self, incumbent: Incumbent) -> None:
        """Put a roster's lines into the masters: with them they are feasible, and start close to the end."""
        for master in self.masters:
            for person in master.members:
                master.add(person, (incumbent.shift[person] + 1).astype(np.int8))

    def prove(
        self, values: Callable[[], Mapping[Level, int]], left: Callable[[], float], on_level: Callable[[Level], None]
    ) -> None:
        """Bound every level, until done or no time is ``left``; ``on_level`` is called when a bound is complete.

        ``values`` are those of the best roster by now: a level is bounded on its own
        only where an earlier one is not at its best.
        """
        for level in COVERAGE_LEVELS:
            for position, master in enumerate(self.masters):
                if left() <= 0:
                    return
                if level in master.present:
                    earlier = [lower for lower in master.present if lower < level]
                    if earlier:
                        weights = dict.fromkeys(earlier, EARLIER) | {level: 1}
                        self._price_out(position, weights, left, self._weighed, level)
                    if not earlier or any(values()[lower] > self.bound(lower, values()) for lower in earlier):
                        self._price_out(position, {level: 1}, left, self._alone, level)
            on_level(level)

    def _price_out(
        self,
        position: int,
        weights: Mapping[Level, int],
        left: Callable[[], float],
        found: dict[tuple[int, Level], int],
        level: Level,
    ) -> None:
        """Price until no column helps; every exact pricing on the way gives a bound already."""
        master = self.masters[position]
        master.weigh(weights)
        beam = BEAM
        while (solution := master.solve(max(left(), 0.1))) is not None:
            hurry = left() <= 0
            new, bound = master.price(solution, 0 if hurry else beam)
            if bound is not None:
                found[position, level] = max(bound, found.get((position, level), 0))
            if hurry or (new == 0 and beam == 0):
                return
            if new == 0:
                beam = 0

    def dive(self, members: Sequence[int], left: Callable[[], float]) -> dict[int, Line]:
        """Lines for ``members``, the people of one component, by fixing a few people at a time and pricing again in between.

        When the time is over the rest are fixed at their largest column, so that something whole always comes back."""
        master = next(found for found in self.masters if members[0] in found.members)
        master.weigh(dict.fromkeys(COVERAGE_LEVELS, EARLIER) | {Level.TARGETS: 1})
        try:
            while True:
                solution = master.solve(max(left(), 1.0))
                if solution is None:
                    return {}
                for _ in range(REPRICED):
                    new, _bound = master.price(solution, BEAM)
                    if new == 0 or left() <= 0:
                        break
                    solution = master.solve(max(left(), 1.0)) or solution
                least = max(1, round(FIXED_AT_ONCE * master.open)) if left() > 0 else master.open
                if not master.fix(solution, least):
                    return master.picked()
        finally:
            master.release()


def _units(pool: Pool) -> dict[Level, int]:
    """Every value of a level is a multiple of this many weighted person-minutes."""
    unit = dict.fromkeys(COVERAGE_LEVELS, 0)
    for cell in pool.cells:
        for want in cell.wants:
            if want.level in unit:
                unit[want.level] = int(np.gcd(unit[want.level], want.weight * cell.minutes))
    return {level: max(1, value) for level, value in unit.items()}


def shift_of(lines: Mapping[int, Line], shift: Ints) -> Ints:
    """``shift[person, day]`` with the given lines in place."""
    result = shift.copy()
    for person, line in lines.items():
        result[person] = line.astype(np.int64) - 1
    return result
