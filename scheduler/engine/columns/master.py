"""The linear master over lines of work: who could cover what at best, and what a head at every post is worth.

Every person of a component picks one line (a convex mix of columns); the lines fill posts, and posts fill intervals.
Its optimum is a lower bound for every roster, because a roster is one of its integer solutions; the dynamic programme prices new
columns exactly. Only relaxed here: whole people, company (patrols of two, co-presence), people kept apart, preferences of a post,
shortage limits.

    min Σ cost·column + Σ cost·post − Σ worth·head
                                       s.t.  Σ posts − Σ heads of the interval ≥ 0   for every interval            (dual y)
                                             Σ lines·column − Σ posts ≥ 0         for every duty and choice of posts
                                             Σ posts ≤ most                       for every quota                  (dual u)
                                             Σ cost of a level ≤ most             for every level that is limited    (dual λ)
                                             Σ column = 1                         for every person, or as often as there are such

Where the choice of posts is one post, a column fills its intervals itself. A line pays for the days on which it differs from a
given one, and a post for standing elsewhere than given.

What one more head of an interval saves falls with their number, and is negative where there are too many: then a duty must stand
somewhere, and the first two rows are equations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import replace
from math import inf

import numpy as np

from scheduler.engine.columns.choices import Choices, Option, OptionWorth
from scheduler.engine.columns.cover_costs import SCALE, CoverRow, PricedRows, Prices, Tier, empty_cost, tiers
from scheduler.engine.columns.linear_program import Figures, Program
from scheduler.engine.columns.optimum import Column, Pricing, Solution
from scheduler.engine.compiled_problem import Bools, CompiledProblem, Ints
from scheduler.engine.given_lines import given_lines
from scheduler.engine.lines.labelling import Line, LineModel
from scheduler.engine.shared_limits import shared_limits
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
        limited: Mapping[Level, int] | None = None,
    ) -> None:
        """``priced``: with the quality level; then ``models`` price lines, in 1/SCALE points. ``heads[interval]`` are there
        already: those of history, or also those of everybody else. Only duties of ``days`` count, where given; ``models`` hold
        the others. ``limited``: what divides every value of the levels that may get a limit."""
        self._pool = pool
        self._models = dict(models if isinstance(models, Mapping) else enumerate(models))
        self._priced = priced
        self.members = {person: c for c in group for person in classes[c]}
        self._classes = {c: classes[c] for c in group}
        self._copies = dict.fromkeys(self.members, 1)
        self._heads = (
            np.array([interval.fixed for interval in pool.intervals], dtype=np.int64) if heads is None else heads
        )
        self._open = {c: pool.open_to(members) for c, members in self._classes.items()}
        self.open_days = np.zeros(pool.days, dtype=bool)
        self.open_days[range(pool.days) if days is None else days] = True
        for posts in self._open.values():
            posts[~self.open_days] = False
        self._given = given_lines(pool)
        # Where somebody's duties are decided elsewhere, so is what they take of a quota.
        self._quotas = heads is None and days is None
        self._quota_most = shared_limits(pool).most if self._quotas else np.zeros(0, dtype=np.int64)
        self._changes = self._line_changes()
        self.intervals, self.rows = self._cover_rows()
        self._limited = limited or {}
        self._limits: dict[Level, int] = {}
        self._objective: Prices = {}
        self.columns: list[Column] = []
        self._known: set[tuple[int, bytes]] = set()
        self._build()

    @property
    def present(self) -> tuple[Level, ...]:
        """The levels this program has a say in, in order."""
        found = {level for row in self.rows for tier in row.tiers for level in tier.saves}
        found |= {Level.QUALITY} if self._priced else set()
        costs = self._given.cost[:, list(self.members)][:, :, self.open_days]
        found |= {level for level, cost in zip(self._given.levels, costs, strict=True) if cost.any()}
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
        self._one = {person: program.add_row(float(count), float(count)) for person, count in self._copies.items()}
        self._too_many = any(saved < 0 for row in self.rows for tier in row.tiers for saved in tier.saves.values())
        self._saved: list[tuple[int, Tier]] = []
        self._moves: list[tuple[int, Option]] = []
        self._cover = [program.add_row(0.0, self._slack()) for _ in self.rows]
        self._used = [program.add_row(-float(most), float("inf")) for most in self._quota_most.tolist()]
        self._of_level = {level: program.add_row(-inf, inf) for level in self.present if level in self._limited}
        for cover, row in zip(self._cover, self.rows, strict=True):
            for tier in row.tiers:
                if tier.saves or self._too_many:
                    high = float("inf") if tier.heads is None else float(tier.heads)
                    saved = ((level, -saved) for level, saved in tier.saves.items())
                    head = program.add_column(0.0, {cover: -1.0, **self._at_levels(saved)}, high)
                    if tier.saves:
                        self._saved.append((head, tier))
        # Where heads may be too many, a duty must stand somewhere, if only where it counts for nothing.
        self._choices = Choices(
            self._pool, self.members, self.rows, self._open, everywhere=self._too_many, quotas=self._quotas
        )
        self._options = OptionWorth(self._choices.options, at_least=None if self._too_many else 0)
        self._links = [self._link(options) for options in self._choices.options]
        self.weigh(self._objective)
        for level, most in list(self._limits.items()):
            self.limit(level, most)

    def _at_levels(self, costs: Iterable[tuple[Level, int]]) -> dict[int, float]:
        """The coefficients of a column in the rows of the levels that may be limited, in units of each."""
        row, unit = self._of_level, self._limited
        return {row[level]: float(cost // unit[level]) for level, cost in costs if cost and level in row}

    def _slack(self) -> float:
        return 0.0 if self._too_many else float("inf")

    def _line_changes(self) -> dict[int, Ints]:
        """Of those who are given a line: ``[level, day, choice]``, what a choice costs at the place where it costs least."""
        if not self._given.levels:
            return {}
        costs = np.array([self._given.of_lines(place, self._pool.post) for place in range(len(self._given.levels))])
        costs[:, :, ~self.open_days] = 0
        return {person: costs[:, person] for person in self.members if costs[:, person].any()}

    def _link(self, options: tuple[Option, ...]) -> int | None:
        """The row that shares a choice out; None where it is one place that costs nothing, and fills its rows itself."""
        if len(options) == 1 and not any(options[0].changes) and not options[0].quotas:
            return None
        link = self._program.add_row(0.0, self._slack())
        for option in options:
            filled = {self._cover[row]: 1.0 for row in option.rows}
            used = {self._used[quota]: -1.0 for quota in option.quotas}
            moved = self._at_levels(zip(self._given.levels, option.changes, strict=False))
            place = self._program.add_column(0.0, {link: -1.0, **filled, **used, **moved})
            if option.changes:
                self._moves.append((place, option))
        return link

    def weigh(self, levels: Prices) -> None:
        """Set what a person-minute, or a point, is worth at each level; absent levels are free."""
        self._objective = dict(levels)
        self._price_limits({})
        for head, tier in self._saved:
            self._program.set_cost(head, -tier.worth(levels) / HOUR)
        for place, option in self._moves:
            self._program.set_cost(place, self._changed(option.changes, levels) / HOUR)
        for column in self.columns:
            self._program.set_cost(column.number, self._points(column.cost, column.changes))
        self._program.set_offset(self.prices.empty / SCALE / HOUR)

    def limit(self, level: Level, most: int | None) -> None:
        """From now on there is no more than ``most`` of a level, of what these people have a say in; None: no limit."""
        self._limits.pop(level, None)
        high = inf
        if most is not None:
            empty = sum(row.empty.get(level, 0) for row in self.rows)
            self._limits[level], high = most, float((most - empty) // self._limited[level])
        self._program.set_row(self._of_level[level], -inf, high)

    def _price_limits(self, paid: Prices) -> None:
        """Price from now on with what a unit of each limited level is ``paid`` beside what it is worth."""
        worth = self._objective
        self.levels = {level: worth.get(level, 0) + paid.get(level, 0) for level in {**worth, **paid}}
        self.prices = PricedRows(self.rows, self.levels)
        self._paid = sum(price * self._limits[level] for level, price in paid.items())

    def _points(self, cost: int, changes: tuple[int, ...]) -> float:
        worth = self._objective
        return (worth.get(Level.QUALITY, 0) * cost + self._changed(changes, worth)) / HOUR

    def _changed(self, changes: Iterable[int], worth: Prices) -> int:
        """What changes cost by what their levels are worth."""
        return sum(worth.get(level, 0) * cost for level, cost in zip(self._given.levels, changes, strict=False))

    @property
    def _worth_of_levels(self) -> Ints:
        """``[level]``: what a point is worth at each level that counts changes."""
        return np.array([self.levels.get(level, 0) for level in self._given.levels], dtype=np.int64)

    def add(self, person: int, line: Line, cost: int = 0) -> bool:
        """Offer a line with its own points; False when it is there already."""
        key = (person, line.tobytes())
        if key in self._known:
            return False
        self._known.add(key)
        rows = [self._one[person]]
        days = np.flatnonzero(line)
        for number in self._choices.of[person][days, line[days] - 1].tolist():
            if number >= 0:
                link, (first, *_) = self._links[number], self._choices.options[number]
                rows += [self._cover[row] for row in first.rows] if link is None else [link]
        changes: tuple[int, ...] = ()
        if person in self._changes:
            changes = tuple(self._changes[person][:, np.arange(line.size), line].sum(axis=1).tolist())
        entries = {**dict.fromkeys(rows, 1.0), **self._at_levels(zip(self._given.levels, changes, strict=False))}
        number = self._program.add_column(self._points(cost, changes), entries)
        self.columns.append(Column(person, line, cost, changes, number))
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
        rewards, points = self.rewards(solution.worth, solution.quotas), self.levels.get(Level.QUALITY, 0)

        def net(column: Column) -> int:
            days = np.flatnonzero(column.line)
            earned = rewards[column.person][days, column.line[days] - 1].sum()
            return SCALE * points * column.cost - int(earned) + self._staying_free(column.person)

        return net

    def only(self, columns: Iterable[Column]) -> Master:
        """The same program anew with some of its columns: a few are sooner optimised than thousands."""
        master = copy(self)
        master.columns, master._known, master._models = [], set(), dict(self._models)
        master._limits = dict(self._limits)
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

    def staff(self, copies: Mapping[int, int], most: Ints) -> None:
        """From now on there are so many like each of these people, or nobody, and ``most[quota]`` is what the quotas allow."""
        for person, count in copies.items():
            self._copies[person] = count
            self._program.set_row(self._one[person], float(count), float(count))
        if self._used:
            self._quota_most = most
            for row, count in zip(self._used, most.tolist(), strict=True):
                self._program.set_row(row, -float(count), float("inf"))

    def solve(self, seconds: float) -> Solution | None:
        """Optimise over the columns offered so far; None when there was no time."""
        found = self._program.solve(seconds)
        if found is None:
            return None
        if self._limits:
            duals, unit = found.duals, self._limited
            paid = {level: -duals[self._of_level[level]] * HOUR / unit[level] for level in self._limits}
            self._price_limits({level: max(0, round(price)) for level, price in paid.items()})
        worth = np.rint(found.duals[_indices(self._cover)] * HOUR * SCALE).astype(np.int64)
        return Solution(
            found.objective,
            np.clip(worth, self.prices.lowest, self.prices.highest),
            dict(zip(self._one, found.duals[_indices(self._one.values())].tolist(), strict=True)),
            tuple(self.columns),
            found.values[_indices(column.number for column in self.columns)],
            np.maximum(0, np.rint(found.duals[_indices(self._used)] * HOUR * SCALE)).astype(np.int64),
        )

    def figures(self) -> Figures:
        """The program in plain figures, before the first solve, in hours; columns by their numbers."""
        return self._program.figures()

    def rewards(self, worth: Ints, quotas: Ints | None = None) -> dict[int, Ints]:
        """What a duty of each person is worth against a free day, ``[day, shift]``, at its best post, in 1/SCALE person-minutes
        or points. ``quotas[quota]``: what a duty that counts against it costs, in the same."""
        prices = [] if quotas is None else quotas.tolist()
        moved = np.array(
            [
                SCALE * self._changed(changes, self.levels) + sum(prices[quota] for quota in used if prices)
                for changes, used in zip(self._options.changes, self._options.quotas, strict=True)
            ],
            dtype=np.int64,
        )
        values = np.append(self._options.best(worth, moved), 0)  # Last what −1 means: it counts nowhere.
        tables: dict[int, Ints] = {}
        found: dict[int, Ints] = {}
        for person, numbers in self._choices.of.items():
            if id(numbers) not in tables:
                tables[id(numbers)] = values[numbers]
            found[person] = tables[id(numbers)]
            if person in self._changes:
                price = SCALE * np.tensordot(self._worth_of_levels, self._changes[person], axes=1)
                found[person] = found[person] - price[:, 1:] + price[:, :1]
        return found

    def _staying_free(self, person: int) -> int:
        """What a line without any duty costs at the levels that count changes, in 1/SCALE."""
        if person not in self._changes:
            return 0
        return SCALE * int(self._worth_of_levels @ self._changes[person][:, :, 0].sum(axis=1))

    def price(self, solution: Solution, look: int, people: Iterable[int] | None = None) -> Pricing:
        """Offer the best lines of everybody, or of some ``people``, at the current worth of posts, keeping ``look`` labels a
        day."""
        rewards = self.rewards(solution.worth, solution.quotas)
        new, least = 0, {}
        asked = list(self.members if people is None else people)
        for person, (lines, best) in zip(asked, self._priced_lines(asked, rewards, solution, look), strict=True):
            free = self._staying_free(person)
            least[person] = best + free
            for line in lines:
                if (line[0] + free) / SCALE / HOUR - solution.dual[person] < -REDUCED:
                    new += self.add(person, line[1], self._own_cost(line, rewards[person]))
        found = Pricing(new, self.prices.least(solution.worth) - SCALE * self._paid, solution.quotas, least)
        return found if people is not None else replace(found, bound=found.at(self._copies, self._quota_most))

    def _priced_lines(
        self, people: Sequence[int], rewards: Mapping[int, Ints], solution: Solution, look: int
    ) -> list[tuple[list[tuple[int, Line]], int]]:
        most = AT_A_TIME if self._priced else 1

        def lines(person: int) -> tuple[list[tuple[int, Line]], int]:
            below = int(np.ceil(solution.dual[person] * HOUR * SCALE)) - self._staying_free(person)
            return self._models[person].k_best(rewards[person], most, below=below, cap=look)

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
