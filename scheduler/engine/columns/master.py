"""The linear master over lines of work: who could cover what at best, and what a head at every post is worth.

Every person of a component picks one line (a convex mix of columns); the lines fill posts, and posts fill cells.
Its optimum is a lower bound for every roster, because a roster is one of its integer solutions; the dynamic programme prices new
columns exactly. Only relaxed here: whole people, company (patrols of two, co-presence), people kept apart, comfort of a post.

    min Σ cost·column − Σ worth·head   s.t.  Σ posts − Σ heads of the cell ≥ 0   for every cell            (dual y)
                                             Σ lines·column − Σ posts ≥ 0         for every duty and choice of posts
                                             Σ column = 1                         for every person

Classes that have the same choice of posts on a duty share a row there; where the choice is one post, a column fills its cells
itself.

What one more head of a cell saves falls with their number, and is negative where there are too many: then a duty must stand
somewhere, and the first two rows are equations.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt.python import mathopt

from scheduler.constraints import Level
from scheduler.cores import cores
from scheduler.engine.lines.programme import Line, LineModel
from scheduler.engine.pool import Cell, Ints, Pool

SCALE = 1024
"""Worth is rounded to this many parts of a person-minute, or of a point, for the bound, which keeps it exact in whole numbers."""
HOUR = 60.0
"""The program counts in hours, or sixties of points: better scaled than minutes."""

FEW = 24
"""People below whom threads cost more than they save."""

Prices = Mapping[Level, int]


@dataclass(frozen=True, slots=True)
class Tier:
    """``heads`` of a cell (None: all further ones) that save the same: ``saves[level]`` weighted person-minutes or points a
    head, negative for a head too many."""

    heads: int | None
    saves: Prices

    def worth(self, levels: Prices) -> int:
        return sum(levels.get(level, 0) * saved for level, saved in self.saves.items())


@dataclass(frozen=True, slots=True)
class Row:
    """One cell, filled by ``posts``: what it costs without any more heads, and tiers from the next head to the last."""

    empty: Prices
    tiers: tuple[Tier, ...]
    posts: tuple[tuple[int, int, int, int], ...]

    def least(self, worth: int, levels: Prices) -> int:
        """SCALE times the least cost of the cell when heads can be had for ``worth`` each, whatever their number."""
        total = SCALE * sum(levels.get(level, 0) * cost for level, cost in self.empty.items())
        for tier in self.tiers:
            gain = SCALE * tier.worth(levels) - worth
            if tier.heads is not None:
                total -= tier.heads * max(0, gain)
            elif gain > 0:
                raise ValueError("a head may not be had for less than the last tier is worth")
        return total


def empty_cost(cell: Cell, heads: int, *, priced: bool) -> dict[Level, int]:
    """What a cell costs at each level with so many heads; ``priced``: with what heads cost at the quality level."""
    cost: dict[Level, int] = defaultdict(int)
    for want in cell.wants:
        if priced or want.level is not Level.QUALITY:
            off = heads - want.heads if want.above else want.heads - heads
            cost[want.level] += max(0, off) * want.weight * cell.minutes
    return dict(cost)


def tiers(cell: Cell, heads: int, *, priced: bool) -> tuple[Tier, ...]:
    """What heads beyond ``heads`` save, from the next to the last."""
    wants = [want for want in cell.wants if priced or want.level is not Level.QUALITY]
    edges = sorted({want.heads for want in wants if want.heads > heads})
    found: list[Tier] = []
    for low, high in zip([heads, *edges], [*edges, None], strict=True):
        saves: dict[Level, int] = defaultdict(int)
        for want in wants:
            if want.above and want.heads <= low:
                saves[want.level] -= want.weight * cell.minutes
            elif not want.above and want.heads > low:
                saves[want.level] += want.weight * cell.minutes
        found.append(Tier(None if high is None else high - low, dict(saves)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Choice:
    """Where people may stand on a duty, by the rows they fill there; ``link`` shares them out among more than one."""

    options: tuple[tuple[int, ...], ...]
    link: mathopt.LinearConstraint | None


@dataclass(slots=True)
class Column:
    """A line of a person in the program, with its own points."""

    person: int
    line: Line
    cost: int
    variable: mathopt.Variable


class Master:
    """The program of some people: ``classes`` are those of a pool, ``group`` the positions of those it is about."""

    def __init__(
        self,
        pool: Pool,
        models: Sequence[LineModel] | Mapping[int, LineModel],
        classes: Sequence[Sequence[int]],
        group: Sequence[int],
        *,
        priced: bool = False,
        heads: Ints | None = None,
        days: range | None = None,
        at_a_time: int = 1,
    ) -> None:
        """``priced``: with the quality level; then ``models`` price lines, in 1/SCALE points. ``heads[cell]`` are there already:
        those of history, or also those of everybody else. Only duties of ``days`` count, where given; ``models`` hold the others.
        ``at_a_time`` lines of a person are offered at most after each pricing."""
        self._pool = pool
        self._models = models
        self._priced = priced
        self._at_a_time = at_a_time
        self.members = {person: c for c in group for person in classes[c]}
        self._classes = {c: classes[c] for c in group}
        self._heads = np.array([cell.fixed for cell in pool.cells], dtype=np.int64) if heads is None else heads
        self._open = {c: pool.open_to(members) for c, members in self._classes.items()}
        self._days = range(pool.days) if days is None else days
        for posts in self._open.values():
            posts[[day for day in range(pool.days) if day not in self._days]] = False
        self.cells, self.rows = self._cover_rows()
        self.levels: Prices = {}
        self.columns: list[Column] = []
        self._known: set[tuple[int, bytes]] = set()
        self._build()

    @property
    def present(self) -> tuple[Level, ...]:
        """The levels this program has a say in, in order."""
        found = {level for row in self.rows for tier in row.tiers for level in tier.saves}
        return tuple(sorted(found | {Level.QUALITY} if self._priced else found))

    def _cover_rows(self) -> tuple[list[int], list[Row]]:
        pool = self._pool
        cells, rows = [], []
        for number, cell in enumerate(pool.cells):
            if not any(d in self._days for d, _ in cell.duties):
                continue
            posts = tuple(
                (c, d, k, cell.hotspot)
                for c, members in self._classes.items()
                if pool.crowds[cell.crowd][members[0]]
                for d, k in cell.duties
                if self._open[c][d, k, cell.hotspot]
            )
            heads = int(self._heads[number])
            steps = tiers(cell, heads, priced=self._priced)
            if posts and any(tier.saves for tier in steps):
                cells.append(number)
                rows.append(Row(empty_cost(cell, heads, priced=self._priced), steps, posts))
        return cells, rows

    def _build(self) -> None:
        self._program = program = mathopt.Model()
        self._one = {person: program.add_linear_constraint(lb=1.0, ub=1.0) for person in self.members}
        self._too_many = any(saved < 0 for row in self.rows for tier in row.tiers for saved in tier.saves.values())
        self._saved: list[tuple[mathopt.Variable, Tier]] = []
        self._cover: list[mathopt.LinearConstraint] = []
        for row in self.rows:
            cover = program.add_linear_constraint(lb=0.0, ub=self._slack())
            for tier in row.tiers:
                if tier.saves or self._too_many:
                    head = program.add_variable(lb=0.0, ub=float("inf") if tier.heads is None else float(tier.heads))
                    cover.set_coefficient(head, -1.0)
                    if tier.saves:
                        self._saved.append((head, tier))
            self._cover.append(cover)
        self._choices, self._choice = self._posting()
        self._solver = mathopt.IncrementalSolver(program, mathopt.SolverType.GLOP)

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
        link = self._program.add_linear_constraint(lb=0.0, ub=self._slack())
        for rows in options:
            post = self._program.add_variable(lb=0.0)
            link.set_coefficient(post, -1.0)
            for row in rows:
                self._cover[row].set_coefficient(post, 1.0)
        return Choice(options, link)

    def weigh(self, levels: Prices) -> None:
        """Set what a person-minute, or a point, is worth at each level; absent levels are free."""
        self.levels = dict(levels)
        for head, tier in self._saved:
            self._program.objective.set_linear_coefficient(head, -tier.worth(self.levels) / HOUR)
        for column in self.columns:
            self._program.objective.set_linear_coefficient(column.variable, self._points(column.cost))
        empty = sum(self.levels.get(level, 0) * cost for row in self.rows for level, cost in row.empty.items())
        self._program.objective.offset = empty / HOUR

    def _points(self, cost: int) -> float:
        return self.levels.get(Level.QUALITY, 0) * cost / HOUR

    def add(self, person: int, line: Line, cost: int = 0) -> bool:
        """Offer a line with its own points; False when it is there already."""
        key = (person, line.tobytes())
        if key in self._known:
            return False
        self._known.add(key)
        variable = self._program.add_variable(lb=0.0)
        self._program.objective.set_linear_coefficient(variable, self._points(cost))
        self._one[person].set_coefficient(variable, 1.0)
        days = np.flatnonzero(line)
        for number in self._choice[self.members[person]][days, line[days] - 1].tolist():
            if number < 0:
                continue
            choice = self._choices[number]
            if choice.link is not None:
                choice.link.set_coefficient(variable, 1.0)
            else:
                for row in choice.options[0]:
                    self._cover[row].set_coefficient(variable, 1.0)
        self.columns.append(Column(person, line, cost, variable))
        return True

    def only(self, columns: Iterable[Column]) -> Master:
        """The same program anew with some of its columns: a few are sooner optimised than thousands."""
        master = copy(self)
        master.columns, master._known = [], set()
        master._build()
        master.weigh(self.levels)
        for column in columns:
            master.add(column.person, column.line, column.cost)
        return master

    def settle(self, column: Column) -> None:
        """From now on this is the line of its person."""
        column.variable.lower_bound = 1.0

    def solve(self, seconds: float) -> Solution | None:
        """Optimise over the columns offered so far; None when there was no time."""
        # Presolve would throw away the basis of the last solve, from which a few hundred new columns are soon priced in.
        params = mathopt.SolveParameters(
            time_limit=dt.timedelta(seconds=max(0.01, seconds)), presolve=mathopt.Emphasis.OFF
        )
        result = self._solver.solve(params=params)
        if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            return None
        duals = result.dual_values(self._cover)
        first = np.array([row.tiers[0].worth(self.levels) * SCALE for row in self.rows], dtype=np.int64)
        last = np.array([row.tiers[-1].worth(self.levels) * SCALE for row in self.rows], dtype=np.int64)
        scaled = np.rint(np.array(duals) * HOUR * SCALE).astype(np.int64)
        worth = np.clip(scaled, last, first)
        dual = dict(zip(self._one, result.dual_values(list(self._one.values())), strict=True))
        values = np.array(result.variable_values([column.variable for column in self.columns]))
        return Solution(result.objective_value(), worth, dual, values)

    def rewards(self, worth: Ints) -> dict[int, Ints]:
        """What a duty of each class is worth, ``[day, shift]``, at its best post, in 1/SCALE person-minutes or points."""
        worths = worth.tolist()
        value = [max(sum(worths[row] for row in rows) for rows in choice.options) for choice in self._choices]
        values = np.array([*value, 0], dtype=np.int64)  # Last what −1 means: it counts nowhere.
        return {c: values[numbers] for c, numbers in self._choice.items()}

    def price(self, solution: Solution, look: int, people: Iterable[int] | None = None) -> tuple[int, int | None]:
        """Offer the best lines of everybody, or of some ``people``, at the current worth of posts, keeping ``look`` labels a day.
        Returns how many were new and, for all, a lower bound: Σ least cost of the cells − Σ best reward, valid whatever the
        worth."""
        rewards = self.rewards(solution.worth)
        total = sum(
            row.least(worth, self.levels) for row, worth in zip(self.rows, solution.worth.tolist(), strict=True)
        )
        new = 0
        asked = list(self.members if people is None else people)
        for person, (lines, least) in zip(asked, self._priced_lines(asked, rewards, solution, look), strict=True):
            total += least
            for found in lines:
                if found[0] / SCALE / HOUR - solution.dual[person] < -1e-5:
                    new += self.add(person, found[1], self._own_cost(found, rewards[self.members[person]]))
        return new, -(-total // SCALE) if people is None else None

    def _priced_lines(
        self, people: Sequence[int], rewards: Mapping[int, Ints], solution: Solution, look: int
    ) -> list[tuple[list[tuple[int, Line]], int]]:
        def lines(person: int) -> tuple[list[tuple[int, Line]], int]:
            below = int(np.ceil(solution.dual[person] * HOUR * SCALE))
            return self._models[person].several(rewards[self.members[person]], self._at_a_time, below=below, cap=look)

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


@dataclass(frozen=True, slots=True)
class Solution:
    """An optimum over the columns so far: objective in weighted hours, ``worth[row]`` of a head in 1/SCALE person-minutes or
    points, the dual of each person's one line, and the value of each column."""

    objective: float
    worth: Ints
    dual: Mapping[int, float]
    values: NDArray[np.float64]
