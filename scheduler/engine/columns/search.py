"""Better rosters by column generation: first on everybody of a component, then on a few people at a time.

The linear master of everybody prices lines until none helps; its columns are the stock from which neighbourhoods are made, and
its dive is a roster of its own. A neighbourhood chooses the lines of some people anew, everybody else stays: its own small master
says whether anything can be gained there, and a *dive* makes whole people of it: the surest line is settled, the others are
priced again until nothing helps, and so on until everybody has one. Company and comfort of a post are not in the master; a roster
that breaks the one or pays more for the other is not taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from scheduler.constraints import Level
from scheduler.engine.columns.looks import QUICK, Looks
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
ROUNDS = 60
"""Most pricings of a neighbourhood before its dive."""
DIVE_ROUNDS = 20
"""Most pricings after lines are settled: with one or two the dive ends ten percent off."""
AT_A_TIME = 5
"""Lines of a person that a pricing offers: a third fewer pricings than with one."""
WIDER, NARROWER = 1.05, 0.97
"""What the number of people freed is multiplied by where nothing can be gained, and where something can."""

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
        self._stock: dict[int, list[tuple[Line, int]]] = {}
        self._size = min(FIRST, float(len(self._members)))
        self._root: Master | None = None
        self._looks = Looks()
        self.stuck = False
        """Whether the linear program has failed: then nothing more comes of this."""

    # -- steps ---------------------------------------------------------------------------------------------------------

    def improve(self, incumbent: Incumbent, turn: Left, left: Left) -> Incumbent:
        """Pricings of everybody while the ``turn`` lasts, or one neighbourhood; a dive may take all the time that is ``left``.

        The incumbent again when nothing better was found.
        """
        if self._stock:
            return self._neighbourhood(incumbent, left)
        if self._root is None:
            self._root = self._master(incumbent, self._members)
        return self._everybody(incumbent, self._root, turn, left)

    def _everybody(self, incumbent: Incumbent, root: Master, turn: Left, left: Left) -> Incumbent:
        while turn() > 0 and (solution := root.solve(max(0.05, left()))) is not None:
            new, _ = root.price(solution, self._looks.next)
            if not self._looks.after(new, solution.objective):
                return self._dived(incumbent, root, solution, left)
        self.stuck = turn() > 0
        return incumbent

    def _dived(self, incumbent: Incumbent, root: Master, solution: Solution, left: Left) -> Incumbent:
        """The roster of a dive from everybody's master; its best columns are kept as stock."""
        rewards = root.rewards(solution.worth)

        def reduced(column: Column) -> int:
            return SCALE * column.cost - _earned(rewards[root.members[column.person]], column.line)

        lines = self._dive(root, solution, float("inf"), left)
        for column in sorted(root.columns, key=reduced):
            stock = self._stock.setdefault(column.person, [])
            if len(stock) < STOCK:
                stock.append((column.line, column.cost))
        self._root = None
        return incumbent if lines is None else self._taken(incumbent, lines)

    def _neighbourhood(self, incumbent: Incumbent, left: Left) -> Incumbent:
        size = min(len(self._members), round(self._size))
        people = [int(person) for person in np.asarray(self._random.choice(self._members, size, replace=False))]
        master = self._master(incumbent, people)
        start = master.solve(max(0.05, left()))
        if start is None:
            self.stuck = left() > 0
            return incumbent
        for person in people:
            for line, cost in self._stock[person]:
                master.add(person, line, cost)
        aim = start.objective - GAIN / HOUR
        solution = self._priced(master, people, ROUNDS, left)
        hopeless = solution is None or solution.objective > aim
        self._size = min(float(len(self._members)), max(3.0, self._size * (WIDER if hopeless else NARROWER)))
        lines = None if solution is None or hopeless else self._dive(master, solution, aim, left)
        if lines is None:
            return incumbent
        for column in master.columns:
            if lines[column.person] is column.line and not self._in_stock(column):
                self._stock[column.person] = [(column.line, column.cost), *self._stock[column.person][: STOCK - 1]]
        return self._taken(incumbent, lines)

    def _in_stock(self, column: Column) -> bool:
        return any((line == column.line).all() for line, _ in self._stock[column.person])

    # -- parts of a step -----------------------------------------------------------------------------------------------

    def _master(self, incumbent: Incumbent, people: Sequence[int]) -> Master:
        """The program of some people with their present lines in it, and everybody else where they are."""
        heads = self._heads
        heads.load(incumbent.shift, incumbent.spot)
        for person in people:
            heads.clear(person)
        groups: dict[int, list[int]] = {}
        for person in people:
            groups.setdefault(self._class_of[person], []).append(person)
        master = Master(
            self._pool, self._models, list(groups.values()), range(len(groups)),
            priced=True, heads=heads.heads.copy(), at_a_time=AT_A_TIME,
        )  # fmt: skip
        master.weigh(WORTH)
        for person in people:
            line = (incumbent.shift[person] + 1).astype(np.int8)
            cost = self._models[person].cost(line)
            if cost is not None:
                master.add(person, line, cost // SCALE)
        return master

    def _priced(self, master: Master, people: Sequence[int], rounds: int, left: Left) -> Solution | None:
        """The optimum after pricing some people until nothing helps, at most so often; None when there was no time."""
        solution = master.solve(max(0.05, left()))
        for _ in range(rounds):
            if solution is None or left() <= 0 or master.price(solution, QUICK, people)[0] == 0:
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
            found = self._priced(master, waiting, DIVE_ROUNDS, left)
        return None

    def _taken(self, incumbent: Incumbent, lines: dict[int, Line]) -> Incumbent:
        """The roster with new lines, each duty where it is worth most, if it is legal and better."""
        heads, pool = self._heads, self._pool
        heads.load(incumbent.shift, incumbent.spot)
        for person in lines:
            heads.clear(person)
        for person in sorted(lines, key=lambda person: int(pool.reach[person].sum())):
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
