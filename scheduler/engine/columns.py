"""Column generation over lines of work: bounds of every coverage level, and a roster by diving.

Component by component and level by level the master (:mod:`scheduler.engine.master`) is solved with new columns until none can
help. A level is weighed against the earlier ones, so one figure bounds it for every roster: with weight W on the earlier levels,
``level ≥ bound − W · Σ earlier levels`` holds whatever the roster, and is tight when the earlier levels are at their best.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from scheduler.constraints import COVERAGE_LEVELS, Level
from scheduler.engine.classes import components, posting_classes
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines import Line, LineModel
from scheduler.engine.master import Master, tiers
from scheduler.engine.pool import Ints, Pool

EARLIER = 50
"""Worth of a minute of an earlier level against one of the level being bounded."""
BEAM = 4
"""Labels per state while columns are still easy to find; the last pricing of a level is always exact."""
FIXED_AT_ONCE = 0.06
"""Share of the people still open that a dive fixes between two solves."""
REPRICED = 3
"""Rounds of new columns after each fixing of a dive."""


@dataclass
class Bounds:
    """Lower bounds of the coverage levels. ``weighed[level]`` bounds ``level + EARLIER · Σ earlier levels``."""

    unit: Mapping[Level, int]
    floor: Mapping[Level, int]
    """What is short whatever anybody does, because nobody can stand there."""
    weighed: dict[Level, int] = field(default_factory=dict)

    def of(self, level: Level, values: Mapping[Level, int]) -> int:
        """The bound of a level for rosters whose earlier levels are ``values`` or better; 0 while nothing is known."""
        earlier = [lower for lower in COVERAGE_LEVELS if lower < level]
        found = self.weighed.get(level, 0) - EARLIER * sum(values[lower] for lower in earlier)
        found = max(found, self.floor[level], 0)
        return -(-found // self.unit[level]) * self.unit[level]


class Columns:
    """Column generation on every component of a pool."""

    def __init__(self, pool: Pool, models: Sequence[LineModel]) -> None:
        self._pool = pool
        classes = posting_classes(pool, tell_apart=False)
        self.masters = [Master(pool, models, classes, group) for group in components(pool, classes)]
        self.bounds = Bounds(_units(pool), self._floor())

    def _floor(self) -> dict[Level, int]:
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

    def prove(self, left: Callable[[], float], on_level: Callable[[Level], None]) -> None:
        """Bound every level, until done or no time is ``left``; ``on_level`` is called whenever a bound is complete."""
        for level in COVERAGE_LEVELS:
            total = self.bounds.floor[level] + EARLIER * sum(
                self.bounds.floor[lower] for lower in COVERAGE_LEVELS if lower < level
            )
            for master in self.masters:
                if left() <= 0:
                    return
                total += self._bound(master, level, left)
            self.bounds.weighed[level] = total
            on_level(level)

    def _bound(self, master: Master, level: Level, left: Callable[[], float]) -> int:
        if level not in master.present:
            # Nothing to lose at this level; the earlier ones are bounded by what is known to be at least 0.
            return 0
        master.weigh({lower: EARLIER for lower in COVERAGE_LEVELS if lower < level} | {level: 1})
        best = 0
        beam = BEAM
        while True:
            solution = master.solve(max(left(), 0.1))
            if solution is None:
                return best
            new, bound = master.price(solution, 0 if left() <= 0 else beam)
            best = max(best, bound or 0)
            if (new == 0 and beam == 0) or left() <= 0:
                return best
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
