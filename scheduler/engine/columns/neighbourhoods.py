"""Better rosters by column generation: first on everybody of a component, then on a few people at a time.

The linear master of everybody prices lines until none helps; its columns are the stock from which neighbourhoods are made, and
its dive is a first roster of its own. A neighbourhood chooses the lines of some people anew, everybody else stays: its own small
master says whether anything can be gained there, and a *dive* makes whole people of it: the surest line is settled, the others are
priced again, until everybody has one. Company and comfort of a post are not in the master; a roster that breaks the one or pays
more for the other is not taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from scheduler.constraints import Level
from scheduler.engine.columns.master import HOUR, SCALE, Column, Master, Solution
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines.programme import Line, LineModel
from scheduler.engine.moves.anneal import PRICES
from scheduler.engine.pool import Ints, Pool

WORTH = {**PRICES, Level.QUALITY: 1}
"""Points of a person-minute short at each level, as in annealing."""
STOCK = 40
"""Lines of each person that a neighbourhood begins with: those of least reduced cost at the prices of everybody's master."""
FIRST = 8.0
"""People freed at first."""
SURE = 0.95
"""Share of a column from which it is settled with others at a time."""
GAIN = 0.5
"""Points that a neighbourhood must promise."""
BEAMS = (4, 16, 0)
"""Labels per state while columns are easy to find; all in the end."""
LITTLE = 0.005
"""Share of the objective that a pricing must gain, or the next looks closer."""
DIVE_BEAM = 16
ROUNDS = 60
"""Pricings of a neighbourhood before its dive."""
DIVE_ROUNDS = 20
"""Pricings after lines are settled."""
AT_A_TIME = 5
"""Lines of a person that a pricing offers."""

Left = Callable[[], float]


class ColumnSearch:
    """Column generation over one component: ``members`` are the people whose lines it may change."""

    def __init__(self, pool: Pool, classes: Sequence[Sequence[int]], members: Sequence[int], seed: int) -> None:
        self._pool = pool
        self._class_of = {person: c for c, people in enumerate(classes) for person in people}
        self._members = sorted(members)
        self._models = {person: LineModel(pool, person, soft=True).scaled(SCALE) for person in self._members}
        self._random = np.random.default_rng(seed)
        self._heads = HeadCount(pool)
        self._root: Master | None = None
        self._beams = list(reversed(BEAMS))
        self._objective = float("inf")
        self._solution: Solution | None = None
        self._stock: dict[int, list[tuple[Line, int]]] = {person: [] for person in self._members}
        self._priced = False
        self._size = min(FIRST, float(len(self._members)))
        self.log: list[object] = []

    # -- steps ---------------------------------------------------------------------------------------------------------

    def improve(self, incumbent: Incumbent, left: Left) -> Incumbent:
        """A few pricings of everybody, then one neighbourhood at a time; the incumbent again when nothing better was found, or
        no time is ``left``."""
        if self._priced:
            return self._neighbourhood(incumbent, self._choose(), left)
        if self._root is None:
            self._root = self._master(incumbent, self._members, AT_A_TIME)
            self._offer(self._root, incumbent, self._members)
        return self._everybody(incumbent, self._root, left)

    def _everybody(self, incumbent: Incumbent, root: Master, left: Left) -> Incumbent:
        while left() > 0 and (solution := root.solve(max(0.05, left()))) is not None:
            self._solution = solution
            new, bound = root.price(solution, self._beams[-1])
            self.log.append(("root", round(solution.objective * HOUR, 1), bound, new, self._beams[-1]))
            if new == 0 and len(self._beams) > 1:
                self._beams = self._beams[:1]
            elif new == 0:
                return self._dived(incumbent, root, solution, left)
            elif len(self._beams) > 2 and solution.objective > (1 - LITTLE) * self._objective:
                self._beams.pop()
            self._objective = solution.objective
        return incumbent

    def _dived(self, incumbent: Incumbent, root: Master, solution: Solution, left: Left) -> Incumbent:
        """The roster of a dive from everybody's master; its columns are kept as stock."""
        lines = self._dive(root, solution, float("inf"), left)
        rewards = root.rewards(solution.worth)
        for person in self._members:
            mine = [column for column in root.columns if column.person == person]
            mine.sort(key=lambda column: SCALE * column.cost - _earned(rewards[root.members[column.person]], column.line))
            self._stock[person] = [(column.line, column.cost) for column in mine[:STOCK]]
        self._priced, self._root = True, None
        found = incumbent if lines is None else self._taken(incumbent, self._members, lines)
        self.log.append(("dive", found.quality))
        return found

    def _neighbourhood(self, incumbent: Incumbent, people: Sequence[int], left: Left) -> Incumbent:
        master = self._master(incumbent, people, AT_A_TIME)
        self._offer(master, incumbent, people)
        start = master.solve(max(0.05, left()))
        if start is None:
            return incumbent
        aim = start.objective - GAIN / HOUR
        for person in people:
            for line, cost in self._stock[person]:
                master.add(person, line, cost)
        solution = self._rounds(master, ROUNDS, left)
        self.log.append((len(people), round(HOUR * start.objective), None if solution is None else round(solution.objective * HOUR, 1)))
        if solution is None or solution.objective > aim:
            self._size = min(float(len(self._members)), 1.05 * self._size)
            return incumbent
        lines = self._dive(master, solution, aim, left)
        self._size = max(3.0, 0.97 * self._size)
        if lines is None:
            return incumbent
        for column in master.columns[-len(people):]:
            self._stock[column.person] = [(column.line, column.cost), *self._stock[column.person][: STOCK - 1]]
        found = self._taken(incumbent, people, lines)
        self.log[-1] = (*self.log[-1], incumbent.quality, found.quality)
        return found

    # -- parts of a step -----------------------------------------------------------------------------------------------

    def _choose(self) -> list[int]:
        size = min(len(self._members), round(self._size))
        return [int(person) for person in self._random.choice(self._members, size, replace=False)]

    def _master(self, incumbent: Incumbent, people: Sequence[int], at_a_time: int) -> Master:
        """The program of some people, with everybody else where they are."""
        heads = self._heads
        heads.load(incumbent.shift, incumbent.spot)
        for person in people:
            heads.clear(person)
        groups: dict[int, list[int]] = {}
        for person in people:
            groups.setdefault(self._class_of[person], []).append(person)
        classes = list(groups.values())
        master = Master(
            self._pool, self._models, classes, range(len(classes)), priced=True, heads=heads.heads.copy(), at_a_time=at_a_time
        )
        master.weigh(WORTH)
        return master

    def _offer(self, master: Master, incumbent: Incumbent, people: Iterable[int]) -> None:
        """Put everybody's present line in."""
        for person in people:
            line = (incumbent.shift[person] + 1).astype(np.int8)
            cost = self._models[person].cost(line)
            if cost is not None:
                master.add(person, line, cost // SCALE)

    def _rounds(self, master: Master, rounds: int, left: Left) -> Solution | None:
        solution = master.solve(max(0.05, left()))
        for _ in range(rounds):
            if solution is None or left() <= 0 or master.price(solution, DIVE_BEAM)[0] == 0:
                return solution
            solution = master.solve(max(0.05, left()))
        return solution

    def _dive(self, master: Master, solution: Solution, aim: float, left: Left) -> dict[int, Line] | None:
        """A line for everybody, settled one after the other; None when it cannot get better than ``aim`` any more."""
        settled: dict[int, Line] = {}
        found: Solution | None = solution
        while found is not None and found.objective <= aim and left() > 0:
            for column in _surest(master, found, settled):
                master.settle(column)
                settled[column.person] = column.line
            if len(settled) == len(master.members):
                return settled
            waiting = [person for person in master.members if person not in settled]
            found = master.solve(max(0.05, left()))
            for _ in range(DIVE_ROUNDS):
                if found is None or not master.price(found, DIVE_BEAM, waiting)[0]:
                    break
                found = master.solve(max(0.05, left()))
        return None

    def _taken(self, incumbent: Incumbent, people: Sequence[int], lines: dict[int, Line]) -> Incumbent:
        """The roster with new lines, each duty where it is worth most, if it is legal and better."""
        heads, pool = self._heads, self._pool
        heads.load(incumbent.shift, incumbent.spot)
        for person in people:
            heads.clear(person)
        for person in sorted(people, key=lambda person: int(pool.reach[person].sum())):
            for day in np.flatnonzero(lines[person]):
                shift = int(lines[person][day]) - 1
                worth = np.where(pool.post[person, day, shift], heads.gains(person)[day, shift], -1)
                heads.place(person, int(day), shift, int(worth.argmax()))
        after = Incumbent.of(pool, HeadCount(pool), heads.shift.copy(), heads.spot.copy())
        return after if after.better(incumbent) and after.legal else incumbent


def _surest(master: Master, solution: Solution, settled: dict[int, Line]) -> list[Column]:
    """The columns to settle next: all that are nearly whole, at least the surest."""
    best: dict[int, tuple[float, Column]] = {}
    for value, column in zip(solution.values.tolist(), master.columns, strict=False):
        if column.person not in settled and (column.person not in best or value > best[column.person][0]):
            best[column.person] = (value, column)
    ranked = sorted(best.values(), key=lambda item: -item[0])
    return [column for position, (value, column) in enumerate(ranked) if position == 0 or value >= SURE]


def _earned(reward: Ints, line: Line) -> int:
    days = np.flatnonzero(line)
    return int(reward[days, line[days] - 1].sum())
