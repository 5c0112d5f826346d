"""The levels of a few people in order, by column generation: what each comes to at least with the earlier ones limited, and whole
lines that come close to it.

Company of others and people kept apart are left out, as in every master: what is said here bounds any roster.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

import numpy as np

from scheduler.engine.columns.cover_costs import empty_cost
from scheduler.engine.columns.master import HOUR, Master
from scheduler.engine.columns.placing import place
from scheduler.engine.columns.pricing import Left, pricings
from scheduler.engine.columns.restricted import restricted
from scheduler.engine.compiled_problem import CompiledProblem, Ints
from scheduler.engine.cpsat.solver import Limits
from scheduler.engine.given_lines import given_lines
from scheduler.engine.headcount import URGENCY, HeadCount
from scheduler.engine.lines.labelling import Line
from scheduler.vocabulary.constraints import CHANGE_LEVELS, Level

FINE: Mapping[Level, int] = dict.fromkeys(Level, 64) | dict.fromkeys(CHANGE_LEVELS, 64 * 256)
"""What a unit of a level is worth while it is minimised: what the limits of the others are paid is rounded to whole numbers."""
FINEST, MORE = 64, 300
"""What a unit of the last level is worth where whole lines are looked for, and how much more one of the level before."""
WIDER, UNITS = 1.005, 40
"""How much more than the optimum whole lines may come to, as a factor, and in units of the last level on top."""
NEAR = 0.008
"""Share of an optimum within which a bound is good enough."""


class LevelsInOrder:
    """Some people, by the master of theirs, whose levels can be limited; lines offered before are there to begin with."""

    def __init__(self, pool: CompiledProblem, master: Master, unit: Mapping[Level, int]) -> None:
        """``unit[level]`` divides every value of a level."""
        self._pool, self._master, self._unit = pool, master, unit
        self.levels = master.present
        """Those that these people have a say in."""
        self._heads = HeadCount(pool)

    def free(self) -> None:
        """From now on no level is held."""
        for level in self.levels:
            self._master.limit(level, None)

    def offer(self, shift: Ints) -> None:
        """Lines of a roster ``shift[person, day]`` to begin with."""
        for person in self._master.members:
            self._master.add(person, (shift[person] + 1).astype(np.int16))

    def hold(self, level: Level, most: int) -> None:
        """From now on there is no more than ``most`` of a level."""
        if level in self.levels:
            self._master.limit(level, most)

    def least(self, level: Level, left: Left) -> int:
        """What a level comes to at least."""
        scale, unit = FINE[level], max(1, self._unit[level])
        self._master.weigh({level: scale})
        best = 0
        for solution, found in pricings(self._master, left):
            best = max(best, -((found.bound or 0) // -(scale * unit)) * unit)
            if best >= (1 - NEAR) * solution.objective * HOUR / scale:
                break
        return best

    def whole(self, levels: Sequence[Level], step: int | None, left: Left, limits: Limits) -> dict[int, Line] | None:
        """A line for everybody that is good at the earlier levels first; None where none is among those found.

        A unit of the last level is worth little, of the one before :data:`MORE` times as much, of each before ``step`` times as
        much again; None: only the last counts.
        """
        worth, price = 1, dict[Level, int]()
        for number, level in enumerate(reversed([level for level in levels if level in self.levels])):
            price[level] = max(1, worth * FINEST // max(1, self._unit[level]))
            if step is None:
                break
            worth *= step if number else MORE
        if not price:
            return None
        self._master.weigh(price)
        deque(pricings(self._master, left), maxlen=0)
        solution = self._master.solve(max(left(), 0.1))
        if solution is None:
            return None
        aim = solution.objective * WIDER + UNITS * min(price.values()) / HOUR
        return restricted(self._master, solution, aim, limits)

    def placed(self, shift: Ints, spot: Ints, lines: Mapping[int, Line]) -> tuple[Ints, Ints]:
        """A roster ``shift[person, day]``, ``spot[person, day]`` with new lines."""
        heads, days = self._heads, range(self._pool.days)
        heads.load(shift, spot)
        for person in lines:
            for day in days:
                heads.remove(person, day)
        place(self._pool, heads, lines, days, URGENCY)
        return heads.shift.copy(), heads.spot.copy()

    def values(self, shift: Ints, spot: Ints) -> dict[Level, int]:
        """What a roster has at each level of what these people have a say in."""
        heads, given = self._heads, given_lines(self._pool)
        heads.load(shift, spot)
        found = dict.fromkeys(self._pool.problem.leading_levels, 0)
        for number in self._master.intervals:
            cost = empty_cost(self._pool.intervals[number], int(heads.heads[number]), priced=False)
            for level, amount in cost.items():
                found[level] += amount
        people = list(self._master.members)
        for level, amount in given.values(shift, spot, people).items():
            found[level] += amount
        return found
