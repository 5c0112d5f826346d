"""Better rosters by column generation: first on everybody of a component, then on a few people at a time.

The linear master of everybody prices lines until none helps; its best columns are the stock from which programs are made. Such a
program chooses the lines of some people anew, first of all, everybody else stays: it says whether anything can be gained there,
and a *dive* makes whole people of it: the surest lines are settled, the others are priced again until nothing helps, and so on
until everybody has one. Company and comfort of a post are not in the program; a roster that breaks the one or pays more for the
other is not taken.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import numpy as np

from scheduler.constraints import Level
from scheduler.engine.columns.cells import SCALE
from scheduler.engine.columns.looks import QUICK
from scheduler.engine.columns.master import HOUR, Column, Master, Solution
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines.programme import Line, LineModel
from scheduler.engine.moves.anneal import PRICES
from scheduler.engine.pool import Pool

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
LITTLE = 0.5
"""Points from which on something costs, or is worth a pricing more."""
LABELS = 100
"""Labels a day of a pricing."""
ROUNDS = 60
"""Most pricings of a neighbourhood before its dive."""
DIVE_ROUNDS, PATIENCE = 20, 8
"""Most pricings after lines are settled, and how many may gain nothing: with one or two the dive ends ten percent off, and prices
wander for a while before they gain."""
ROUNDING = 1e-6
"""Hours by which the objective of a linear program moves without a reason."""
TENTH = 10
"""Of the people left at most this part is settled at a time, besides those nearly whole."""
CROWDED = 50
"""Columns of a person from which on a dive goes on with the best only."""
WHOLE_DAYS, MOST_CELLS, LEAST_DAYS = 84, 450, 14
"""Days up to which a program is about the whole horizon; of a longer one about a window with so many cells, within these days."""
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
        self._span = _span(pool)
        self._size = min(FIRST, float(len(self._members)))
        self._root: Master | None = None
        self.stuck = False
        """Whether the linear program has failed: then nothing more comes of this."""

    # -- steps ---------------------------------------------------------------------------------------------------------

    def improve(self, incumbent: Incumbent, turn: Left, left: Left) -> Incumbent:
        """Pricings of everybody while the ``turn`` lasts, or one neighbourhood; a dive may take all the time that is ``left``.

        The incumbent again when nothing better was found.
        """
        if self._stock or self._span < self._pool.days:
            return self._neighbourhood(incumbent, left)
        if self._root is None:
            self._root = self._master(incumbent, self._members, range(self._pool.days))
        return self._everybody(incumbent, self._root, turn, left)

    def _everybody(self, incumbent: Incumbent, root: Master, turn: Left, left: Left) -> Incumbent:
        while turn() > 0 and (solution := root.solve(max(0.05, left()))) is not None:
            if root.price(solution, QUICK)[0] == 0:
                self._keep_stock(root, solution)
                return self._renewed(incumbent, self._members, range(self._pool.days), left)
        self.stuck = turn() > 0
        return incumbent

    def _keep_stock(self, root: Master, solution: Solution) -> None:
        """Of everybody's master, the best columns of each."""
        for column in _best(root, solution, STOCK, {}):
            self._stock.setdefault(column.person, []).append((column.line, column.cost))
        self._root = None

    def _neighbourhood(self, incumbent: Incumbent, left: Left) -> Incumbent:
        size = min(len(self._members), round(self._size))
        people = [int(person) for person in np.asarray(self._random.choice(self._members, size, replace=False))]
        first = int(self._random.integers(self._pool.days - self._span + 1))
        return self._renewed(incumbent, people, range(first, first + self._span), left)

    def _renewed(self, incumbent: Incumbent, people: Sequence[int], days: range, left: Left) -> Incumbent:
        """The roster after a dive of some people on some days, or the incumbent again."""
        master = self._master(incumbent, people, days)
        start = master.solve(max(0.05, left()))
        if start is None:
            self.stuck = left() > 0
            return incumbent
        for person in people:
            for line, cost in self._stock.get(person, ()):
                master.add(person, line, cost)
        aim = start.objective - GAIN / HOUR
        solution = self._priced(master, (), aim, ROUNDS, ROUNDS, left)
        hopeless = solution is None or solution.objective > aim
        self._size = min(float(len(self._members)), max(3.0, self._size * (WIDER if hopeless else NARROWER)))
        lines = None if solution is None or hopeless else self._dive(master, solution, aim, left)
        if lines is None:
            return incumbent
        if self._stock:
            for person, line in lines.items():
                self._remember(person, line)
        return self._taken(incumbent, lines, days)

    def _remember(self, person: int, line: Line) -> None:
        """A line that a dive chose, into the stock, for the last one of it."""
        stock, cost = self._stock[person], self._models[person].cost(line)
        if cost is not None and not any((line == other).all() for other, _ in stock):
            self._stock[person] = [(line, cost // SCALE), *stock[: STOCK - 1]]

    # -- parts of a step -----------------------------------------------------------------------------------------------

    def _master(self, incumbent: Incumbent, people: Sequence[int], days: range) -> Master:
        """The program of some people on some days with their present lines in it, and everybody else where they are."""
        heads = self._freed(incumbent, people, days)
        lines = {person: (incumbent.shift[person] + 1).astype(np.int8) for person in people}
        models = {person: self._models[person] for person in people}
        if len(days) < self._pool.days:
            models = {person: model.holding(lines[person], days) for person, model in models.items()}
        groups: dict[int, list[int]] = {}
        for person in people:
            groups.setdefault(self._class_of[person], []).append(person)
        master = Master(
            self._pool, models, list(groups.values()), range(len(groups)),
            priced=True, heads=heads.heads.copy(), days=days, at_a_time=AT_A_TIME,
        )  # fmt: skip
        master.weigh(WORTH)
        for person, line in lines.items():
            cost = models[person].cost(line)
            if cost is not None:
                master.add(person, line, cost // SCALE)
        return master

    def _freed(self, incumbent: Incumbent, people: Iterable[int], days: range) -> HeadCount:
        """The roster without some people on some days."""
        heads = self._heads
        heads.load(incumbent.shift, incumbent.spot)
        for person in people:
            for day in days:
                heads.remove(person, day)
        return heads

    def _priced(
        self, master: Master, settled: Collection[int], aim: float, rounds: int, patience: int, left: Left
    ) -> Solution | None:
        """About the optimum after at most so many pricings of whoever is not settled; fewer where nothing more is found or to be
        had, or where as many as ``patience`` gained nothing. None when the optimum cannot come below ``aim``, or was not found in
        time."""
        solution, best, idle = master.solve(max(0.05, left())), float("inf"), 0
        waiting = [person for person in master.members if person not in settled] if settled else None
        for _ in range(rounds):
            if solution is None or left() <= 0:
                return solution
            idle = 0 if solution.objective < best - ROUNDING else idle + 1
            best = min(best, solution.objective)
            new, bound = master.price(solution, LABELS, waiting)
            if bound is not None and bound / HOUR > aim:
                return None
            done = bound is not None and solution.objective - bound / HOUR < LITTLE / HOUR
            if new == 0 or done or idle == patience:
                return solution
            solution = master.solve(max(0.05, left()))
        return solution

    def _dive(self, master: Master, solution: Solution, aim: float, left: Left) -> dict[int, Line] | None:
        """A line for everybody, settled one after the other; None when it does not stay below ``aim``."""
        settled: dict[int, Line] = {}
        found: Solution | None = solution
        at_once, before = 1, float("inf")
        while found is not None and found.objective <= aim and left() > 0:
            # While lines can be settled at no cost, more and more at a time.
            free = found.objective < before + LITTLE / HOUR
            at_once = min(2 * at_once, 1 + (len(master.members) - len(settled)) // TENTH) if free else 1
            before = found.objective
            surest = _surest(master, found, settled, at_once)
            settled |= {column.person: column.line for column in surest}
            if len(settled) == len(master.members):
                return settled
            if len(master.columns) > CROWDED * len(master.members):
                master = master.only(_best(master, found, STOCK, settled))
            else:
                for column in surest:
                    master.settle(column)
            found = self._priced(master, settled, aim, DIVE_ROUNDS, PATIENCE, left)
        return None

    def _taken(self, incumbent: Incumbent, lines: Mapping[int, Line], days: range) -> Incumbent:
        """The roster with new lines on some days, each duty where it is worth most, if it is legal and better."""
        pool, heads = self._pool, self._freed(incumbent, lines, days)
        for person in sorted(lines, key=lambda person: int(pool.reach[person].sum())):
            for day in days:
                shift = int(lines[person][day]) - 1
                if shift >= 0:
                    heads.place(person, day, shift, self._best_spot(person, day, shift))
        after = Incumbent.of(pool, HeadCount(pool), heads.shift.copy(), heads.spot.copy())
        return after if after.better(incumbent) and after.legal else incumbent

    def _best_spot(self, person: int, day: int, shift: int) -> int:
        spots = np.flatnonzero(self._pool.post[person, day, shift])
        if spots.size == 1:
            return int(spots[0])
        return int(spots[self._heads.gains(person)[day, shift, spots].argmax()])


def _span(pool: Pool) -> int:
    """Days that a program is about."""
    if pool.days <= WHOLE_DAYS:
        return pool.days
    return min(WHOLE_DAYS, max(LEAST_DAYS, pool.days * MOST_CELLS // max(1, len(pool.cells))))


def _surest(master: Master, solution: Solution, settled: Collection[int], at_once: int) -> list[Column]:
    """The columns to settle next: all that are nearly whole, at least so many of the surest."""
    best: dict[int, tuple[float, Column]] = {}
    for value, column in zip(solution.values.tolist(), master.columns, strict=False):
        if column.person not in settled and (column.person not in best or value > best[column.person][0]):
            best[column.person] = (value, column)
    ranked = sorted(best.values(), key=lambda item: -item[0])
    return [column for position, (value, column) in enumerate(ranked) if position < at_once or value >= SURE]


def _best(master: Master, solution: Solution, most: int, settled: Mapping[int, Line]) -> list[Column]:
    """The line of whoever is settled, and of everybody else so many columns of least reduced cost, these first."""
    rewards = master.rewards(solution.worth)

    def reduced(column: Column) -> int:
        days = np.flatnonzero(column.line)
        earned = rewards[master.members[column.person]][days, column.line[days] - 1].sum()
        return SCALE * column.cost - int(earned)

    kept: list[Column] = []
    count: dict[int, int] = {}
    for column in sorted(master.columns, key=reduced):
        given = settled.get(column.person)
        if (given is None or given is column.line) and count.get(column.person, 0) < most:
            count[column.person] = count.get(column.person, 0) + 1
            kept.append(column)
    return kept
