"""One person's line of work as an exact dynamic programme: best line, cost of a line, most of an amount.

:class:`LineModel` compiles every line kind of the vocabulary once per person; :meth:`LineModel.best` then finds the cheapest
line for any reward per duty in milliseconds. It is exact unless a ``cap`` is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.engine.compiled import LIMIT
from scheduler.engine.compiled_problem import Bools, CompiledProblem, Ints
from scheduler.engine.lines.automata import INF, Automaton, block_automata, run_automata
from scheduler.engine.lines.graph import Graph, expanded
from scheduler.engine.lines.kernel import best_lines
from scheduler.engine.lines.layout import Layout, state_fields, sum_fields
from scheduler.engine.lines.multipliers import Sums, multipliers
from scheduler.engine.lines.resources import Resource, priced, sum_resource
from scheduler.errors import OutOfTimeError
from scheduler.messages.message import Message
from scheduler.problem.instance import DutyKey
from scheduler.vocabulary.constraints import Blocks, Clash, Run, Total, Wish

ROUNDS = 30
"""Most steps towards good multipliers."""
FEW = 30
"""Labels a day of the walk whose best line an exact one begins with."""
MORE = 8
"""So many times more labels a day where too few lead to no legal line."""
ANY = int(LIMIT)
"""More than any line costs."""
MOST_AUTOMATA = 62
"""Each has a bit in what a choice emits. The rules that there are make a handful, whatever the workbook says."""
NEVER = np.zeros(1, dtype=np.uint8)
"""A flag that nobody sets."""
WORTHS, WORTH_UNIT = (4, 2, 8, 1, 16, 64), 4
"""What a paid minute may be worth for lines that must come to their hours, in quarters of a point."""
Flag = NDArray[np.uint8]
Line = NDArray[np.int16]
"""Choice per day: 0 is free, k + 1 is the shift at position k."""


class LineModel:
    """The line rules of one person, compiled. ``soft`` says whether soft rules are priced or left out. Once the flag ``over[0]``
    is set, by whoever looks at the clock, every question raises :class:`~scheduler.errors.OutOfTimeError`."""

    def __init__(self, pool: CompiledProblem, person: int, *, soft: bool, over: Flag = NEVER) -> None:
        self._pool = pool
        self._person = person
        self._over = over
        constraints = [
            item
            for item in pool.problem.line(pool.people[person])
            if soft or getattr(item, "cost", None) is None or isinstance(item, Wish)
        ]
        self._automata: list[Automaton] = run_automata(pool, [c for c in constraints if isinstance(c, Run)])
        self._automata += block_automata(pool, [c for c in constraints if isinstance(c, Blocks)])
        if len(self._automata) > MOST_AUTOMATA:
            raise RuntimeError(f"rules declare more than {MOST_AUTOMATA} different runs and blocks of one person")
        self._resources = self._totals([c for c in constraints if isinstance(c, Total)])
        self._resources += self._counts()
        self.constant = 0
        self._base = self._costs([c for c in constraints if isinstance(c, Wish)] if soft else [])
        self._pack([c for c in constraints if isinstance(c, Clash)])

    # -- compiling -----------------------------------------------------------------------------------------------------

    def _costs(self, wishes: Sequence[Wish]) -> Ints:
        pool, person = self._pool, self._person
        cost = np.zeros((pool.days, len(pool.shifts) + 1), dtype=np.int64)
        cost[:, 1:][~pool.allowed[person]] = INF
        cost[pool.forced[person] >= 0, 0] = INF
        for wish in wishes:
            if wish.hotspots is not None:
                continue
            if wish.duties is None:
                cost[:, 1:] += wish.cost
                continue
            for day, shift in wish.duties:
                cost[day, 1 + pool.shift[shift]] += -wish.cost if wish.want else wish.cost
            if wish.want:
                self.constant += wish.cost * len({day for day, _ in wish.duties})
        return np.minimum(cost, INF)

    def _totals(self, totals: Sequence[Total]) -> list[Resource]:
        pool = self._pool
        groups: dict[bytes, tuple[Ints, list[Total]]] = {}
        for total in totals:
            weight = np.zeros((pool.days, len(pool.shifts) + 1), dtype=np.int64)
            for (day, shift), amount in total.weights.items():
                weight[day, 1 + pool.shift[shift]] = amount
            weight[:, 1:][~pool.allowed[self._person]] = 0
            groups.setdefault(weight.tobytes(), (weight, []))[1].append(total)
        found = [sum_resource(weight, group) for weight, group in groups.values()]
        return [resource for resource in found if resource is not None]

    def _counts(self) -> list[Resource]:
        found: list[Resource] = []
        for position, automaton in enumerate(self._automata):
            if automaton.counted:
                days = [day for item in automaton.counted for block in item.blocks for day, _ in block]
                size = max(len(item.blocks) for item in automaton.counted)
                if days:
                    empty = np.zeros((self._pool.days, len(self._pool.shifts) + 1), dtype=np.int64)
                    bounds = [(item.base, item.least, item.most, item.cost) for item in automaton.counted]
                    found.append(priced(empty, 0, max(days), size, 1, bounds, position))
        return found

    def _pack(self, clashes: Sequence[Clash]) -> None:
        """Lay the label out in its two words and write the tables the kernel walks."""
        pool, days, shifts = self._pool, self._pool.days, len(self._pool.shifts)
        pairs = pool.once(("clashes", *map(id, clashes)), lambda: _clash_rows(pool, clashes))
        conditional = [_pair_rows(pool, automaton.pairs) for automaton in self._automata]
        reach = max([1, *(int((rows[:, 2] - rows[:, 0]).max()) for rows in (pairs, *conditional) if rows.size)])
        count = max(1, len(self._automata))
        self._pair = np.zeros((reach, days, shifts, shifts), dtype=np.int64)
        self._pair[_gap(pairs)] = pairs[:, 4]
        self._keep = _kept(pairs, (reach, days, shifts))
        self._cond = np.zeros((count, reach, days, shifts, shifts), dtype=bool)
        self._cond_keep = np.zeros((count, reach, days, shifts), dtype=bool)
        for position, rows in enumerate(conditional):
            self._cond[position][_gap(rows)] = True
            self._cond_keep[position] = _kept(rows, (reach, days, shifts))
        self._layout, self._words = state_fields([*(a.states for a in self._automata), reach * shifts + 1])
        self._begin = np.array([a.start for a in self._automata], dtype=np.int64)
        self._stack(count)

    def _stack(self, count: int) -> None:
        days, choices = self._base.shape
        most = max([1, *(a.states for a in self._automata)])
        self._flag = np.zeros((len(self._automata), days, choices), dtype=np.int8)
        self._step = np.full((count, days, most, 2), -1, dtype=np.int64)
        self._step_cost = np.zeros((count, days, most, 2), dtype=np.int64)
        self._emit = np.zeros((count, days, most, 2), dtype=bool)
        self._hot = np.zeros((count, days, most), dtype=bool)
        self._resting = np.zeros((count, days, most), dtype=bool)
        for a, automaton in enumerate(self._automata):
            self._flag[a] = automaton.flag
            self._step[a, :, : automaton.states] = automaton.next
            self._step_cost[a, :, : automaton.states] = automaton.cost
            self._emit[a, :, : automaton.states] = automaton.emit
            self._hot[a, :, : automaton.states] = automaton.hot
            self._resting[a, :, : automaton.states] = automaton.resting
        size = max(1, len(self._resources))
        self._weight = np.zeros((size, days, choices), dtype=np.int64)
        self._term = np.zeros((size, max([1, *(r.limit + 1 for r in self._resources)])), dtype=np.int64)
        self._last = np.array([r.last for r in self._resources] or [0], dtype=np.int64)
        self._limit = np.array([r.limit for r in self._resources] or [0], dtype=np.int64)
        self._emitter = np.array([r.emitter for r in self._resources] or [-1], dtype=np.int64)
        for r, resource in enumerate(self._resources):
            self._weight[r] = resource.weight
            self._term[r, : resource.term.size] = resource.term
        self._sums = sum_fields(self._resources, range(len(self._resources)), days)
        self._limits = frozenset(r for r, resource in enumerate(self._resources) if resource.prices_nothing)
        self._without: dict[frozenset[int], Layout] = {}
        self._graph: Graph | None = None

    def scaled(self, factor: int) -> LineModel:
        """The same rules with every cost multiplied, for rewards in fractions of a point."""
        model = copy(self)
        model.constant = factor * self.constant
        for name in ("_base", "_pair", "_step_cost", "_term"):
            costs = getattr(self, name)
            setattr(model, name, np.where(costs < LIMIT, factor * costs, costs))
        model._graph = None
        return model

    def holding(self, line: Line, days: Bools) -> LineModel:
        """The same rules for lines that are this one on some ``days`` (a mask)."""
        model = copy(self)
        model._base = self._base.copy()
        model._base[days] = INF
        held = np.flatnonzero(days)
        model._base[held, line[held]] = self._base[held, line[held]]
        model._graph = None
        return model

    # -- asking --------------------------------------------------------------------------------------------------------

    def best(self, reward: Ints | None = None, *, among: Bools | None = None, cap: int = 0) -> tuple[int, Line] | None:
        """The line that minimises its own cost − Σ reward[day, shift] over its duties; None when no line is legal.

        ``among[day, shift]`` narrows the duties further. ``cap`` > 0 keeps that many labels a day, or more if they lead to no
        legal line: faster, not exact. Returns the cost, with the wishes' constant, and the choices.
        """
        cost = self._rewarded(reward)
        if among is not None:
            cost[:, 1:][~among] = INF
        found, floor = self._cheapest(cost, ANY, cap, 1)
        if not found and cap and floor < ANY // 2:
            found = self._worked(cost, cap)
        while not found and floor < ANY // 2:
            cap *= MORE
            found, floor = self._cheapest(cost, ANY, cap, 1)
        return found[0] if found else None

    def _worked(self, cost: Ints, cap: int) -> list[tuple[int, Line]]:
        """A line found with the same few labels when every hour is worth something: they may have been those that come to too few
        hours, or to a number that no further duty fits; so several worths are tried."""
        open_duties = cost[:, 1:] < LIMIT
        for worth in WORTHS:
            earned = np.where(open_duties, self._pool.paid * worth // WORTH_UNIT, 0)
            worked = cost.copy()
            worked[:, 1:] -= earned
            if found := self._cheapest(worked, ANY, cap, 1)[0]:
                value, line = found[0]
                days = np.flatnonzero(line)
                return [(value + int(earned[days, line[days] - 1].sum()), line)]
        return []

    def k_best(self, reward: Ints, most: int, *, below: int = ANY, cap: int = 0) -> tuple[list[tuple[int, Line]], int]:
        """Different lines that cost less than ``below``, at most ``most``, first the one that :meth:`best` finds; and a bound,
        below which no line whatever costs: without a ``cap`` the cost of the first, or ``below``."""
        return self._cheapest(self._rewarded(reward), below, cap, most)

    def _rewarded(self, reward: Ints | None) -> Ints:
        """The cost of every choice, less what it earns."""
        cost = self._base.copy()
        if reward is not None:
            open_duties = cost[:, 1:] < LIMIT
            cost[:, 1:][open_duties] -= reward[open_duties]
        return cost

    def cost(self, line: Line) -> int | None:
        """The cost of a given line, or None when it breaks a hard line rule."""
        cost = np.full_like(self._base, INF)
        days = np.arange(line.size)
        cost[days, line] = self._base[days, line]
        value = multipliers(cost, self._arcs, self._those(self._sums), self._free, LIMIT, 1, NEVER)[4]
        return int(value) + self.constant if value < LIMIT // 2 else None

    @property
    def _arcs(self) -> Graph:
        if self._graph is None:
            graph = Graph(*expanded(
                self._begin, self._base < LIMIT, self._pair, self._keep, self._flag, self._step, self._step_cost,
                self._emit, self._hot, self._resting, self._cond, self._cond_keep, self._layout, self._words, self._over,
            ))  # fmt: skip
            self._look()
            self._graph = graph
        return self._graph

    def _look(self) -> None:
        """Raise when the time is over: what was found until then may be a part only."""
        if self._over[0]:
            person = self._pool.people[self._person]
            raise OutOfTimeError(
                Message("line_not_in_time", "No series of duties of {person} was found in time.", person=person)
            )

    def _those(self, layout: Layout) -> Sums:
        return Sums(self._weight, self._term, self._limit, self._last, self._emitter, layout.active, layout.field)

    @property
    def _free(self) -> Ints:
        """Nothing for a unit of any sum."""
        return np.zeros(self._limit.size, dtype=np.int64)

    def _cheapest(self, cost: Ints, below: int, cap: int, most: int) -> tuple[list[tuple[int, Line]], int]:
        """The cheapest lines for some costs per choice, and what none costs less than; both with the constant."""
        upper = min(ANY, below - self.constant)
        bound, price, ahead, line, value = multipliers(
            cost, self._arcs, self._those(self._sums), self._free, np.int64(upper), ROUNDS, self._over
        )
        self._look()
        found = [(int(value) + self.constant, line)] if value < min(upper, LIMIT // 2) else []
        if bound >= upper:
            return [], below
        if found and most == 1 and value <= bound:
            return found, found[0][0]
        enough = min(upper, int(value)) if most == 1 else upper
        first, floor = self._walk(cost, price, ahead, enough, cap or FEW, most)
        if found and not any((line == other).all() for _, other in first):
            first.append(found[0])
        found = sorted(first, key=lambda item: item[0])
        best = found[0][0] - self.constant if found else upper
        if cap == 0 and floor < best:
            last, floor = self._walk(cost, price, ahead, best, 0, most)
            found = last + found
        return found[:most], min(max(floor, int(bound)) + self.constant, found[0][0] if found else below)

    def _walk(
        self, cost: Ints, price: Ints, ahead: Ints, upper: int, cap: int, most: int
    ) -> tuple[list[tuple[int, Line]], int]:
        """The best lines, with the constant, and the floor, without it: first without the pure limits that cost nothing, each of
        which would multiply the labels, then with those that the best line breaks."""
        left_out = frozenset(r for r in self._limits if price[r] == 0)
        while True:
            if left_out not in self._without:
                looked_at = [r for r in range(len(self._resources)) if r not in left_out]
                self._without[left_out] = sum_fields(self._resources, looked_at, len(cost))
            layout = self._without[left_out]
            values, lines, floor = best_lines(
                cost, self._arcs, self._those(layout), layout.rests, layout.guards, price, ahead, np.int64(upper), cap, most,
                self._over,
            )  # fmt: skip
            self._look()
            broken = [{r for r in left_out if self._breaks(r, line)} for line in lines]
            if not broken or not broken[0]:
                return [
                    (int(value) + self.constant, line)
                    for value, line, over in zip(values, lines, broken, strict=True)
                    if not over
                ], int(floor)
            left_out -= broken[0]

    def _breaks(self, r: int, line: Line) -> bool:
        amount = int(self._weight[r, np.arange(line.size), line].sum())
        return amount > self._limit[r] or bool(self._term[r, amount] >= LIMIT)

    def tables(self) -> Mapping[str, NDArray[Any]]:
        """What a walk along a line looks up, by the names of :class:`~scheduler.engine.lines.stack.Lines`."""
        return {
            "base": self._base, "pair": self._pair, "flag": self._flag, "step": self._step, "step_cost": self._step_cost,
            "emit": self._emit, "resting": self._resting, "cond": self._cond, "weight": self._weight, "term": self._term,
            "limit": self._limit, "last_day": self._last, "emit_to": self._emitter, "active": self._sums.active,
            "begin": self._begin,
        }  # fmt: skip

    def most(self, amount: Ints, *, cap: int = 0) -> int:
        """The largest Σ amount[day, shift] over the legal lines, less with a ``cap``; 0 when no line is legal."""
        found = self.best(amount, cap=cap)
        if found is None:
            return 0
        return int(sum(amount[day, choice - 1] for day, choice in enumerate(found[1]) if choice > 0))


def _clash_rows(pool: CompiledProblem, clashes: Sequence[Clash]) -> Ints:
    """Rows (day, shift, later day, shift, price) of every pair of duties that clashes exclude or price."""
    pairs: dict[tuple[tuple[int, int], tuple[int, int]], int] = {}
    for clash in clashes:
        duties = sorted((day, pool.shift[shift]) for day, shift in clash.duties)
        for first, second in combinations(duties, 2):
            if second[0] > first[0]:
                price = int(INF) if clash.cost is None else clash.cost
                pairs[first, second] = min(int(INF), pairs.get((first, second), 0) + price)
    return np.array([(*a, *b, price) for (a, b), price in pairs.items()], dtype=np.int64).reshape(-1, 5)


def _pair_rows(pool: CompiledProblem, pairs: Sequence[tuple[DutyKey, DutyKey]]) -> Ints:
    """Rows (day, shift, later day, shift)."""
    rows = [(a[0], pool.shift[a[1]], b[0], pool.shift[b[1]]) for a, b in pairs]
    return np.array(rows, dtype=np.int64).reshape(-1, 4)


def _gap(rows: Ints) -> tuple[Ints, ...]:
    """Where a pair of duties stands in a table ``[days between, later day, shift, later shift]``."""
    return rows[:, 2] - rows[:, 0] - 1, rows[:, 2], rows[:, 1], rows[:, 3]


def _kept(rows: Ints, shape: tuple[int, int, int]) -> Bools:
    """``[age, day, shift]``: whether a duty of that age must be remembered on a day, because a later one may clash."""
    kept = np.zeros(shape, dtype=bool)
    for age in range(shape[0]):
        waiting = rows[rows[:, 2] - rows[:, 0] > age]
        kept[age, waiting[:, 0] + age, waiting[:, 1]] = True
    return kept
