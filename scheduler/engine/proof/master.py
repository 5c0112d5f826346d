"""The linear master over lines of work: who could cover what at best, and what an hour at every post is worth.

Every person of a component picks one line (a convex mix of columns); class by class the lines fill posts, and posts fill the
demand. Its optimum is a lower bound for every roster, because a roster is one of its integer solutions; the dynamic programme
prices new columns exactly. Only relaxed here: whole people, company (patrols of two, co-presence), people kept apart.

    min Σ price·short   s.t.  Σ tiers short + Σ z ≥ heads − fixed   for every cell                     (dual y ≥ 0)
                              Σ lines·column − Σ_h z ≥ 0            for every class, day and shift
                              Σ column = 1                          for every person
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt.python import mathopt

from scheduler.constraints import Level
from scheduler.cores import cores
from scheduler.engine.lines.programme import Line, LineModel
from scheduler.engine.pool import Cell, Ints, Pool

SCALE = 32
"""Prices are rounded down to this many parts of a person-minute for the bound, which keeps it exact in whole numbers."""
HOUR = 60.0
"""The program counts in hours: better scaled than minutes."""


@dataclass(frozen=True, slots=True)
class Tier:
    """``heads`` of a cell that cost the same when missing: ``prices[level]`` weighted person-minutes a head."""

    heads: int
    prices: Mapping[Level, int]

    def price(self, levels: Mapping[Level, int]) -> int:
        return sum(levels.get(level, 0) * price for level, price in self.prices.items())


@dataclass(frozen=True, slots=True)
class Row:
    """One cell, filled by ``posts``: its tiers of missing heads, the cheapest first."""

    tiers: tuple[Tier, ...]
    posts: tuple[tuple[int, int, int, int], ...]

    @property
    def need(self) -> int:
        return sum(tier.heads for tier in self.tiers)


def tiers(cell: Cell) -> tuple[Tier, ...]:
    """The heads a cell lacks beside history, from the last ones, which only a target asks for, to the first."""
    wants = sorted((w for w in cell.wants if w.level is not Level.QUALITY), key=lambda want: want.heads)
    found: list[Tier] = []
    below = cell.fixed
    for position, want in enumerate(wants):
        if want.heads > below:
            prices: dict[Level, int] = defaultdict(int)
            for other in wants[position:]:
                prices[other.level] += other.weight * cell.minutes
            found.append(Tier(want.heads - below, prices))
            below = want.heads
    return tuple(reversed(found))


@dataclass(slots=True)
class Column:
    """A line of a person in the program."""

    person: int
    line: Line
    variable: mathopt.Variable


class Master:
    """The program of one component: ``group`` are positions in ``classes``, ``levels`` the worth of a minute at each level."""

    def __init__(
        self, pool: Pool, models: Sequence[LineModel], classes: Sequence[Sequence[int]], group: Sequence[int]
    ) -> None:
        self._pool = pool
        self._models = models
        self.members = {person: c for c in group for person in classes[c]}
        self._classes = {c: classes[c] for c in group}
        self.rows = self._cover_rows()
        self.levels: Mapping[Level, int] = {}
        self.columns: list[Column] = []
        self._known: set[tuple[int, bytes]] = set()
        self._build()

    @property
    def present(self) -> tuple[Level, ...]:
        """The coverage levels this component has a say in, in order."""
        return tuple(sorted({level for row in self.rows for tier in row.tiers for level in tier.prices}))

    def _cover_rows(self) -> list[Row]:
        pool = self._pool
        can = {c: pool.open_to(members) for c, members in self._classes.items()}
        rows = []
        for cell in pool.cells:
            posts = tuple(
                (c, d, k, cell.hotspot)
                for c, members in self._classes.items()
                if pool.crowds[cell.crowd][members[0]]
                for d, k in cell.duties
                if can[c][d, k, cell.hotspot]
            )
            steps = tiers(cell)
            if posts and steps:
                rows.append(Row(steps, posts))
        return rows

    def _build(self) -> None:
        self._program = program = mathopt.Model()
        self._choice = {person: program.add_linear_constraint(lb=1.0, ub=1.0) for person in self.members}
        self._link: dict[tuple[int, int, int], mathopt.LinearConstraint] = {}
        self._post: dict[tuple[int, int, int, int], mathopt.Variable] = {}
        self._short: list[tuple[mathopt.Variable, Tier]] = []
        self._cover: list[mathopt.LinearConstraint] = []
        for row in self.rows:
            cover = program.add_linear_constraint(lb=float(row.need))
            for tier in row.tiers:
                short = program.add_variable(lb=0.0, ub=float(tier.heads))
                cover.set_coefficient(short, 1.0)
                self._short.append((short, tier))
            for post in row.posts:
                cover.set_coefficient(self._post_variable(post), 1.0)
            self._cover.append(cover)
        self._solver = mathopt.IncrementalSolver(program, mathopt.SolverType.GLOP)

    def _post_variable(self, post: tuple[int, int, int, int]) -> mathopt.Variable:
        if post not in self._post:
            variable = self._program.add_variable(lb=0.0)
            link = self._link.get(post[:3])
            if link is None:
                link = self._link[post[:3]] = self._program.add_linear_constraint(lb=0.0)
            link.set_coefficient(variable, -1.0)
            self._post[post] = variable
        return self._post[post]

    def weigh(self, levels: Mapping[Level, int]) -> None:
        """Set what a person-minute is worth at each level; absent levels are free."""
        self.levels = dict(levels)
        for short, tier in self._short:
            self._program.objective.set_linear_coefficient(short, tier.price(self.levels) / HOUR)

    def add(self, person: int, line: Line) -> bool:
        """Offer a line; False when it is there already."""
        key = (person, line.tobytes())
        if key in self._known:
            return False
        self._known.add(key)
        variable = self._program.add_variable(lb=0.0)
        self._choice[person].set_coefficient(variable, 1.0)
        c = self.members[person]
        for day in np.flatnonzero(line):
            link = self._link.get((c, int(day), int(line[day]) - 1))
            if link is not None:
                link.set_coefficient(variable, 1.0)
        self.columns.append(Column(person, line, variable))
        return True

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
        ceiling = np.array([row.tiers[-1].price(self.levels) * SCALE for row in self.rows], dtype=np.int64)
        scaled = np.floor(np.array(duals) * HOUR * SCALE).astype(np.int64)
        worth = np.clip(scaled, 0, ceiling)
        choice = dict(zip(self._choice, result.dual_values(list(self._choice.values())), strict=True))
        values = np.array(result.variable_values([column.variable for column in self.columns]))
        return Solution(result.objective_value(), worth, choice, values)

    def rewards(self, worth: Ints) -> dict[int, Ints]:
        """What a duty of each class is worth, ``[day, shift]``, at its best post, in 1/SCALE person-minutes."""
        pool = self._pool
        gain: dict[tuple[int, int, int, int], int] = defaultdict(int)
        for row, value in zip(self.rows, worth.tolist(), strict=True):
            if value:
                for post in row.posts:
                    gain[post] += value
        rewards = {c: np.zeros((pool.days, len(pool.shifts)), dtype=np.int64) for c in self._classes}
        for (c, d, k, _), value in gain.items():
            rewards[c][d, k] = max(rewards[c][d, k], value)
        return rewards

    def price(self, solution: Solution, beam: int) -> tuple[int, int | None]:
        """Offer everybody's best line at the current worth of posts. Returns how many were new and, for exact pricing
        (``beam`` 0), a lower bound in weighted person-minutes: Σ worth·need − Σ tiers over their price − Σ best reward, valid
        whatever the worth."""
        rewards = self.rewards(solution.worth)
        total = 0
        for row, worth in zip(self.rows, solution.worth.tolist(), strict=True):
            total += sum(min(worth, tier.price(self.levels) * SCALE) * tier.heads for tier in row.tiers)
        new = 0
        people = list(self.members)
        with ThreadPoolExecutor(cores()) as threads:
            lines = threads.map(
                lambda person: self._models[person].best(rewards[self.members[person]], beam=beam), people
            )
        for person, found in zip(people, lines, strict=True):
            if found is None:
                continue
            total += found[0]
            reduced = found[0] / SCALE / HOUR - solution.choice[person]
            if reduced < -1e-5:
                new += self.add(person, found[1])
        return new, -(-total // SCALE) if beam == 0 else None


@dataclass(frozen=True, slots=True)
class Solution:
    """An optimum over the columns so far: objective in weighted hours, ``worth[row]`` of a head in 1/SCALE person-minutes, the
    dual of each person's choice, and the value of each column."""

    objective: float
    worth: Ints
    choice: Mapping[int, float]
    values: NDArray[np.float64]
