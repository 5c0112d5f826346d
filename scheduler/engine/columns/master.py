"""The linear master over lines of work: who could cover what at best, and what a head at every post is worth.

Every person of a component picks one line (a convex mix of columns); the lines fill posts, and posts fill intervals.
Its optimum is a lower bound for every roster, because a roster is one of its integer solutions; the dynamic programme prices new
columns exactly. Only relaxed here: whole people, company (patrols of two, co-presence), people kept apart, preferences of a post.

    min Σ cost·column − Σ worth·head   s.t.  Σ posts − Σ heads of the interval ≥ 0   for every interval            (dual y)
                                             Σ lines·column − Σ posts ≥ 0         for every duty and choice of posts
                                             Σ column = 1                         for every person

Classes that have the same choice of posts on a duty share a row there; where the choice is one post, a column fills its intervals
itself.

What one more head of an interval saves falls with their number, and is negative where there are too many: then a duty must stand
somewhere, and the first two rows are equations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scheduler.engine.columns.cover_costs import SCALE, CoverRow, PricedRows, Prices, Tier, empty_cost, tiers
from scheduler.engine.columns.linear_program import Figures, Program
from scheduler.engine.compiled_problem import Bools, CompiledProblem, Ints
from scheduler.engine.lines.labelling import Line, LineModel
from scheduler.system.cores import cores
from scheduler.vocabulary.constraints import Level

HOUR = 60.0
"""The program counts in hours, or sixties of points: better scaled than minutes."""

AT_A_TIME = 5
"""Lines of a person that a pricing offers at most where lines have their own points: a third fewer pricings than with one."""
REDUCED = 1e-5
"""Hours of a reduced cost that are rounding."""
FEW = 24
"""People below whom threads cost more than they save."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Where people may stand on a duty, by the rows they fill there; ``link`` shares them out among more than one."""

    options: tuple[tuple[int, ...], ...]
    link: int | None


@dataclass(slots=True)
class Column:
    """A line of a person, with its own points, and its number in the program."""

    person: int
    line: Line
    cost: int
    number: int


class Master:
    """The program of some people: ``classes`` are those of a pool, ``group`` the positions of those it is about."""

    def __init__(
        self,
        pool: CompiledProblem,
        models: Sequence[LineModel] | Mapping[int, LineModel],
        classes: Sequence[Sequence[int]],
        group: Sequence[int],
        *,
        priced: bool = False,
        heads: Ints | None = None,
        days: range | None = None,
    ) -> None:
        """``priced``: with the quality level; then ``models`` price lines, in 1/SCALE points. ``heads[interval]`` are there
        already: those of history, or also those of everybody else. Only
        duties of ``days`` count, where given; ``models`` hold the
        others."""
        self._pool = pool
        self._models = dict(models if isinstance(models, Mapping) else enumerate(models))
        self._priced = priced
        self.members = {person: c for c in group for person in classes[c]}
        self._classes = {c: classes[c] for c in group}
        self._heads = (
            np.array([interval.fixed for interval in pool.intervals], dtype=np.int64) if heads is None else heads
        )
        self._open = {c: pool.open_to(members) for c, members in self._classes.items()}
        self.open_days = np.zeros(pool.days, dtype=bool)
        self.open_days[range(pool.days) if days is None else days] = True
        for posts in self._open.values():
            posts[~self.open_days] = False
        self.intervals, self.rows = self._cover_rows()
        self.levels: Prices = {}
        self.columns: list[Column] = []
        self._known: set[tuple[int, bytes]] = set()
        self._build()

    @property
    def present(self) -> tuple[Level, ...]:
        """The levels this program has a say in, in order."""
        found = {level for row in self.rows for tier in row.tiers for level in tier.saves}
        found |= {Level.QUALITY} if self._priced else set()
        return tuple(level for level in self._pool.problem.levels if level in found)

    def _cover_rows(self) -> tuple[list[int], list[CoverRow]]:
        pool = self._pool
        intervals, rows = [], []
        for number, interval in enumerate(pool.intervals):
            if not any(self.open_days[d] for d, _ in interval.duties):
                continue
            posts = tuple(
                (c, d, k, interval.hotspot)
                for c, members in self._classes.items()
                if pool.staff_sets[interval.staff_set][members[0]]
                for d, k in interval.duties
                if self._open[c][d, k, interval.hotspot]
            )
            heads = int(self._heads[number])
            steps = tiers(interval, heads, priced=self._priced)
            if posts and any(tier.saves for tier in steps):
                intervals.append(number)
                rows.append(CoverRow(empty_cost(interval, heads, priced=self._priced), steps, posts))
        return intervals, rows

    def _build(self) -> None:
        self._program = program = Program()
        self._one = {person: program.add_row(1.0, 1.0) for person in self.members}
        self._too_many = any(saved < 0 for row in self.rows for tier in row.tiers for saved in tier.saves.values())
        self._saved: list[tuple[int, Tier]] = []
        self._cover = [program.add_row(0.0, self._slack()) for _ in self.rows]
        for cover, row in zip(self._cover, self.rows, strict=True):
            for tier in row.tiers:
                if tier.saves or self._too_many:
                    high = float("inf") if tier.heads is None else float(tier.heads)
                    head = program.add_column(0.0, {cover: -1.0}, high)
                    if tier.saves:
                        self._saved.append((head, tier))
        self._choices, self._choice = self._posting()
        self._options = _Options(self._choices)
        self.weigh(self.levels)

    def _slack(self) -> float:
        return 0.0 if self._too_many else float("inf")

    def _posting(self) -> tuple[list[Choice], dict[int, Ints]]:
        """Every choice of posts there is, and which of them each class has: ``[day, shift]``, −1 for none that counts."""
        filled: dict[tuple[int, int, int], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, row in enumerate(self.rows):
            for c, d, k, h in row.posts:
                filled[c, d, k][h].append(number)
        if self._too_many:  # Then a duty must stand somewhere, if only where it counts for nothing.
            for c, posts in self._open.items():
                for d, k, h in np.argwhere(posts).tolist():
                    filled[c, d, k][h] += ()
        table = {c: np.full((self._pool.days, len(self._pool.shifts)), -1, dtype=np.int64) for c in self._classes}
        numbers: dict[tuple[int, int, tuple[tuple[int, ...], ...]], int] = {}
        choices: list[Choice] = []
        for (c, d, k), spots in filled.items():
            options = tuple(sorted({tuple(rows) for rows in spots.values()}))
            number = numbers.setdefault((d, k, options), len(choices))
            if number == len(choices):
                choices.append(self._among(options))
            table[c][d, k] = number
        return choices, table

    def _among(self, options: tuple[tuple[int, ...], ...]) -> Choice:
        if len(options) == 1:
            return Choice(options, None)
        link = self._program.add_row(0.0, self._slack())
        for rows in options:
            self._program.add_column(0.0, {link: -1.0, **{self._cover[row]: 1.0 for row in rows}})
        return Choice(options, link)

    def weigh(self, levels: Prices) -> None:
        """Set what a person-minute, or a point, is worth at each level; absent levels are free."""
        self.levels = dict(levels)
        self.prices = PricedRows(self.rows, self.levels)
        for head, tier in self._saved:
            self._program.set_cost(head, -tier.worth(self.levels) / HOUR)
        for column in self.columns:
            self._program.set_cost(column.number, self._points(column.cost))
        self._program.set_offset(self.prices.empty / SCALE / HOUR)

    def _points(self, cost: int) -> float:
        return self.levels.get(Level.QUALITY, 0) * cost / HOUR

    def add(self, person: int, line: Line, cost: int = 0) -> bool:
        """Offer a line with its own points; False when it is there already."""
        key = (person, line.tobytes())
        if key in self._known:
            return False
        self._known.add(key)
        rows = [self._one[person]]
        days = np.flatnonzero(line)
        for number in self._choice[self.members[person]][days, line[days] - 1].tolist():
            if number >= 0:
                choice = self._choices[number]
                rows += [self._cover[row] for row in choice.options[0]] if choice.link is None else [choice.link]
        number = self._program.add_column(self._points(cost), dict.fromkeys(rows, 1.0))
        self.columns.append(Column(person, line, cost, number))
        return True

    def best(self, solution: Solution, most: int) -> list[Column]:
        """So many columns of everybody, those of least reduced cost, these first."""
        net = self._net(solution)
        kept: list[Column] = []
        count: dict[int, int] = {}
        for column in sorted(self.columns, key=net):
            if count.get(column.person, 0) < most:
                count[column.person] = count.get(column.person, 0) + 1
                kept.append(column)
        return kept

    def within(self, solution: Solution, aim: float) -> list[Column]:
        """The columns of an optimum that a choice of one each may have and still not cost more than ``aim``: their reduced cost
        is no more than what is left of it."""
        net, most = self._net(solution), aim - solution.objective + REDUCED
        return [
            column for column in solution.columns if net(column) / SCALE / HOUR - solution.dual[column.person] <= most
        ]

    def _net(self, solution: Solution) -> Callable[[Column], int]:
        """What a column costs less what it earns, in 1/SCALE."""
        rewards, points = self.rewards(solution.worth), self.levels.get(Level.QUALITY, 0)

        def net(column: Column) -> int:
            days = np.flatnonzero(column.line)
            earned = rewards[self.members[column.person]][days, column.line[days] - 1].sum()
            return SCALE * points * column.cost - int(earned)

        return net

    def only(self, columns: Iterable[Column]) -> Master:
        """The same program anew with some of its columns: a few are sooner optimised than thousands."""
        master = copy(self)
        master.columns, master._known, master._models = [], set(), dict(self._models)
        master._build()
        for column in columns:
            master.add(column.person, column.line, column.cost)
        return master

    def settle(self, decided: Mapping[int, tuple[Line, Bools]]) -> None:
        """From now on some people do on some days (a mask) what a line of theirs says."""
        for person, (line, days) in decided.items():
            self._models[person] = self._models[person].holding(line, days)
        kept = []
        for column in self.columns:
            line, days = decided.get(column.person, (column.line, self.open_days))
            if (column.line != line)[days].any():
                self._program.close(column.number)
            else:
                kept.append(column)
        self.columns = kept

    def solve(self, seconds: float) -> Solution | None:
        """Optimise over the columns offered so far; None when there was no time."""
        found = self._program.solve(seconds)
        if found is None:
            return None
        worth = np.rint(found.duals[_indices(self._cover)] * HOUR * SCALE).astype(np.int64)
        return Solution(
            found.objective,
            np.clip(worth, self.prices.lowest, self.prices.highest),
            dict(zip(self._one, found.duals[_indices(self._one.values())].tolist(), strict=True)),
            tuple(self.columns),
            found.values[_indices(column.number for column in self.columns)],
        )

    def figures(self) -> Figures:
        """The program in plain figures, before the first solve, in hours; columns by their numbers."""
        return self._program.figures()

    def rewards(self, worth: Ints) -> dict[int, Ints]:
        """What a duty of each class is worth, ``[day, shift]``, at its best post, in 1/SCALE person-minutes or points."""
        values = np.append(self._options.worth(worth), 0)  # Last what −1 means: it counts nowhere.
        return {c: values[numbers] for c, numbers in self._choice.items()}

    def price(self, solution: Solution, look: int, people: Iterable[int] | None = None) -> tuple[int, int | None]:
        """Offer the best lines of everybody, or of some ``people``, at the current worth of posts, keeping ``look`` labels a day.
        Returns how many were new and, for all, a lower bound: Σ least cost of the intervals − Σ best reward, valid whatever the
        worth."""
        rewards = self.rewards(solution.worth)
        total = self.prices.least(solution.worth) if people is None else 0
        new = 0
        asked = list(self.members if people is None else people)
        for person, (lines, least) in zip(asked, self._priced_lines(asked, rewards, solution, look), strict=True):
            total += least
            for found in lines:
                if found[0] / SCALE / HOUR - solution.dual[person] < -REDUCED:
                    new += self.add(person, found[1], self._own_cost(found, rewards[self.members[person]]))
        return new, -(-total // SCALE) if people is None else None

    def _priced_lines(
        self, people: Sequence[int], rewards: Mapping[int, Ints], solution: Solution, look: int
    ) -> list[tuple[list[tuple[int, Line]], int]]:
        most = AT_A_TIME if self._priced else 1

        def lines(person: int) -> tuple[list[tuple[int, Line]], int]:
            below = int(np.ceil(solution.dual[person] * HOUR * SCALE))
            return self._models[person].k_best(rewards[self.members[person]], most, below=below, cap=look)

        if len(people) < FEW:
            return [lines(person) for person in people]
        with ThreadPoolExecutor(cores()) as threads:
            return list(threads.map(lines, people))

    def _own_cost(self, found: tuple[int, Line], reward: Ints) -> int:
        """The points of a line itself, whatever it covers."""
        if not self._priced:
            return 0
        days = np.flatnonzero(found[1])
        return (found[0] + int(reward[days, found[1][days] - 1].sum())) // SCALE


def _indices(numbers: Iterable[int]) -> Ints:
    return np.fromiter(numbers, dtype=np.int64)


class _Options:
    """All options of all choices in one array, to be valued at once."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        options = [rows for choice in choices for rows in choice.options]
        self._rows = np.array([row for rows in options for row in rows], dtype=np.int64)
        self._end = np.cumsum([len(rows) for rows in options], dtype=np.int64)
        sizes = np.array([len(choice.options) for choice in choices], dtype=np.int64)
        self._first = np.cumsum(sizes) - sizes

    def worth(self, worth: Ints) -> Ints:
        """``[choice]``: what its best option is worth, given the worth of rows."""
        upto = np.concatenate(([0], np.cumsum(worth[self._rows])))[np.concatenate(([0], self._end))]
        return np.maximum.reduceat(np.diff(upto), self._first) if self._first.size else self._first


@dataclass(frozen=True, slots=True)
class Solution:
    """An optimum over the ``columns`` so far: objective in weighted hours, ``worth[row]`` of a head in 1/SCALE person-minutes or
    points, the dual of each person's one line, and the value of each column."""

    objective: float
    worth: Ints
    dual: Mapping[int, float]
    columns: Sequence[Column] = ()
    values: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
