"""Better rosters by column generation: first on everybody of a component, then on a few people at a time.

The linear master of everybody prices lines until none helps; its best columns are the stock from which programs are made. Such a
program chooses the lines of some people anew, first of all, everybody else stays: it says whether anything can be gained there,
and a *dive* (:mod:`~scheduler.engine.columns.dive`) makes whole people of it. Of everybody, where it fails, the *restricted
master heuristic* (:mod:`~scheduler.engine.columns.restricted`) does. Co-presence and preferences for a post are not in the
program; a roster that breaks the one or pays more for the other is not taken.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from scheduler.engine.columns.cover_costs import SCALE, empty_cost
from scheduler.engine.columns.dive import STOCK, dive
from scheduler.engine.columns.master import HOUR, Master
from scheduler.engine.columns.optimum import Solution
from scheduler.engine.columns.placing import place
from scheduler.engine.columns.pricing import Left, priced
from scheduler.engine.columns.pricing_effort import QUICK
from scheduler.engine.columns.restricted import restricted
from scheduler.engine.compiled_problem import CompiledProblem, CoverInterval
from scheduler.engine.cpsat.solver import Limits
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines.labelling import NEVER, Flag, Line, LineModel
from scheduler.engine.local_search.anneal import PRICES, PRICES_OF_REPAIR
from scheduler.vocabulary.constraints import Level

WORTH = PRICES_OF_REPAIR | PRICES | {Level.QUALITY: 1}
"""Points of a person-minute short at each level, as in annealing."""
FIRST, WIDER = 10.0, 1.03
"""People freed at first, after every success and after everybody, and what their number is multiplied by where nothing was
gained."""
GAIN = 0.5
"""Points that a neighbourhood must promise."""
ROUNDS = 60
"""Most pricings of a neighbourhood before its dive."""
WHOLE_DAYS, MOST_CELLS, LEAST_DAYS = 84, 450, 14
"""Days up to which a program is about the whole horizon; of a longer one about a window with so many intervals, within
these days."""
DIVE_SHARE = 0.5
"""Share of the time left that the dive of everybody may take."""
RESTRICTED_S, RESTRICTED_SHARE = 10.0, 0.1
"""Longest restricted master, in seconds, and the largest share of the time left."""
ANYWHERE = 0.5
"""Share of the neighbourhoods that are drawn from everybody; the others are about an interval that costs something."""


class ColumnSearch:
    """Column generation over one component: ``members`` are the people whose lines it may change."""

    def __init__(
        self,
        pool: CompiledProblem,
        classes: Sequence[Sequence[int]],
        members: Sequence[int],
        seed: int,
        stop: threading.Event,
        over: Flag = NEVER,
    ) -> None:
        """``stop`` ends programs from outside, ``over`` the search for lines."""
        self._pool = pool
        self._class_of = {person: c for c, people in enumerate(classes) for person in people}
        self._members = sorted(members)
        self._models = {person: LineModel(pool, person, soft=True, over=over).scaled(SCALE) for person in self._members}
        self._random = np.random.default_rng(seed)
        self._seed, self._stop = seed, stop
        self._heads = HeadCount(pool)
        self._stock: dict[int, list[tuple[Line, int]]] = {}
        self._span = _span(pool)
        self._cells = [
            number for number, interval in enumerate(pool.intervals) if self._counts(self._members, interval)
        ]
        self._size = FIRST
        self._root: Master | None = None
        self.stuck = False
        """Whether nothing more comes of this: the linear program has failed, or all there is to try was tried."""

    # -- steps ---------------------------------------------------------------------------------------------------------

    def improve(self, incumbent: Incumbent, turn: Left, left: Left) -> Incumbent:
        """Pricings of everybody while the ``turn`` lasts, or one neighbourhood, which may take all the time that is
        ``left``; the dive of everybody a share of it.

        The incumbent again when nothing better was found.
        """
        if self._stock or self._span < self._pool.days:
            return self._neighbourhood(incumbent, left)
        if self._root is None:
            self._root = self._master(incumbent, self._members, range(self._pool.days))
        return self._everybody(incumbent, self._root, turn, left)

    def _everybody(self, incumbent: Incumbent, root: Master, turn: Left, left: Left) -> Incumbent:
        while turn() > 0 and (solution := root.solve(max(0.05, left()))) is not None:
            if root.price(solution, QUICK).new == 0:
                self._keep_stock(root, solution)
                return self._first_dive(incumbent, left)
        self.stuck = turn() > 0
        return incumbent

    def _first_dive(self, incumbent: Incumbent, left: Left) -> Incumbent:
        """Everybody at once; where that takes too long, neighbourhoods still have their time."""
        kept = left() * (1 - DIVE_SHARE)
        return self._renewed(incumbent, self._members, range(self._pool.days), lambda: left() - kept)

    def _keep_stock(self, root: Master, solution: Solution) -> None:
        """Of everybody's master, the best columns of each."""
        for column in root.best(solution, STOCK):
            self._stock.setdefault(column.person, []).append((column.line, column.cost))
        self._root = None

    def _neighbourhood(self, incumbent: Incumbent, left: Left) -> Incumbent:
        people, days = self._anywhere() if self._random.random() < ANYWHERE else self._around_a_cost(incumbent)
        found = self._renewed(incumbent, people, days, left)
        everybody = len(people) == len(self._members)
        if found is incumbent and not everybody:
            self._size = min(self._size * WIDER, float(len(self._members)))
        else:
            self._size = FIRST
        # Another neighbourhood would be about the same people on the same days.
        self.stuck |= found is incumbent and len(people) <= FIRST and everybody and len(days) == self._pool.days
        return found

    def _anywhere(self) -> tuple[list[int], range]:
        """Some people, and a window of days."""
        return self._some(self._members), self._window(range(self._pool.days))

    def _around_a_cost(self, incumbent: Incumbent) -> tuple[list[int], range]:
        """People who may stand where heads are short or too many, and a window of days about it."""
        heads = self._freed(incumbent, (), range(0)).heads
        costs = np.array([self._cost(self._pool.intervals[interval], int(heads[interval])) for interval in self._cells])
        if not costs.any():
            return self._anywhere()
        interval = self._pool.intervals[int(self._random.choice(self._cells, p=costs / costs.sum()))]
        able = [person for person in self._members if self._counts([person], interval)]
        others = sorted(set(self._members) - set(able))
        people = self._some(able)
        return people + self._some(others, round(self._size) - len(people)), self._window(interval.duties[0][:1])

    def _counts(self, people: Sequence[int], interval: CoverInterval) -> bool:
        """Whether anybody of some people may be a head of an interval."""
        of_staff_set = self._pool.staff_sets[interval.staff_set][people]
        return any((of_staff_set & self._pool.post[people, d, k, interval.hotspot]).any() for d, k in interval.duties)

    def _cost(self, interval: CoverInterval, heads: int) -> int:
        return sum(WORTH[level] * cost for level, cost in empty_cost(interval, heads, priced=True).items())

    def _some(self, people: Sequence[int], most: int | None = None) -> list[int]:
        """As many as a neighbourhood frees, or ``most``, drawn from some people."""
        count = min(len(people), round(self._size) if most is None else most)
        return [int(person) for person in self._random.choice(people, count, replace=False)] if count > 0 else []

    def _window(self, days: Sequence[int]) -> range:
        """A window of days with one of some ``days`` in it."""
        day, last = int(self._random.choice(days)), self._pool.days - self._span
        first = int(self._random.integers(max(0, day - self._span + 1), min(day, last) + 1))
        return range(first, first + self._span)

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
        solution = priced(master, None, aim, ROUNDS, ROUNDS, left)
        lines = dive(master, solution, aim, left)
        if lines is None and len(people) == len(self._members) and solution is not None and solution.objective <= aim:
            lines = restricted(master, solution, aim, self._limits(left()))
        if lines is None:
            return incumbent
        if self._stock:
            for person, line in lines.items():
                self._remember(person, line)
        return self._taken(incumbent, lines, days)

    def _limits(self, left: float) -> Limits:
        """Of a restricted master."""
        return Limits(min(RESTRICTED_S, RESTRICTED_SHARE * left), 1, self._seed, reproducible=False, stop=self._stop)

    def _remember(self, person: int, line: Line) -> None:
        """A line that a dive chose, into the stock, for the last one of it."""
        stock, cost = self._stock[person], self._models[person].cost(line)
        if cost is not None and not any((line == other).all() for other, _ in stock):
            self._stock[person] = [(line, cost // SCALE), *stock[: STOCK - 1]]

    # -- parts of a step -----------------------------------------------------------------------------------------------

    def _master(self, incumbent: Incumbent, people: Sequence[int], days: range) -> Master:
        """The program of some people on some days with their present lines in it, and everybody else where they are."""
        heads = self._freed(incumbent, people, days)
        lines = {person: (incumbent.shift[person] + 1).astype(np.int16) for person in people}
        models = {person: self._models[person] for person in people}
        if len(days) < self._pool.days:
            held = np.ones(self._pool.days, dtype=bool)
            held[days] = False
            models = {person: model.holding(lines[person], held) for person, model in models.items()}
        groups: dict[int, list[int]] = {}
        for person in people:
            groups.setdefault(self._class_of[person], []).append(person)
        master = Master(
            self._pool, models, list(groups.values()), range(len(groups)),
            priced=True, heads=heads.heads.copy(), days=days,
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

    def _taken(self, incumbent: Incumbent, lines: Mapping[int, Line], days: range) -> Incumbent:
        """The roster with new lines on some days, each duty where it is worth most, if it is legal and better."""
        pool, heads = self._pool, self._freed(incumbent, lines, days)
        place(pool, heads, lines, days, WORTH)
        after = Incumbent.of(pool, HeadCount(pool), heads.shift.copy(), heads.spot.copy())
        return after if after.better(incumbent) and after.legal else incumbent


def _span(pool: CompiledProblem) -> int:
    """Days that a program is about."""
    if pool.days <= WHOLE_DAYS:
        return pool.days
    return min(WHOLE_DAYS, max(LEAST_DAYS, pool.days * MOST_CELLS // max(1, len(pool.intervals))))
