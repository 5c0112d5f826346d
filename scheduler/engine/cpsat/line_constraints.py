"""The line kinds of the vocabulary as CP-SAT constraints on one person's duties."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, assert_never

from ortools.sat.python import cp_model

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.terms import Terms, Var
from scheduler.problem.instance import DutyKey
from scheduler.vocabulary.constraints import Blocks, Clash, Keep, Level, Run, Total, Unavailable, Wish

Linear = cp_model.LinearExpr | int


class Target(Protocol):
    """The model that line constraints go into."""

    pool: CompiledProblem
    model: cp_model.CpModel
    x: dict[tuple[int, int, int], Var]
    levels: dict[Level, Terms]

    def is_free(self, person: int, day: int) -> bool: ...

    def works(self, person: int, day: int, shift: int) -> Var | int: ...


class LineCompiler:
    """Adds every line constraint of one person to a model; soft ones go into its quality level."""

    def __init__(self, target: Target, person: int, soft: bool) -> None:
        self._target = target
        self._model = target.model
        self._person = person
        self._soft = soft
        self._points = target.levels[Level.QUALITY]

    def compile(self) -> None:
        pool = self._target.pool
        for day in range(pool.days):
            if self._target.is_free(self._person, day):
                self._one_a_day(day)
        for item in pool.problem.line(pool.people[self._person]):
            cost = getattr(item, "cost", None)
            if cost is not None and not self._soft:
                continue
            match item:
                case Clash():
                    self._clash(item)
                case Run():
                    self._run(item)
                case Total():
                    self._total(item)
                case Blocks():
                    self._blocks(item)
                case Wish():
                    self._wish(item)
                case Unavailable() | Keep():
                    pass  # Duties that are not allowed have no variable; locked ones are on.
                case _:
                    assert_never(item)

    def _x(self, key: DutyKey) -> cp_model.IntVar | int:
        return self._target.works(self._person, key[0], self._target.pool.shift[key[1]])

    def _one_a_day(self, day: int) -> None:
        pool = self._target.pool
        choices = [x for (p, d, k) in self._keys(day) if (x := self._target.x.get((p, d, k))) is not None]
        if pool.forced[self._person, day] >= 0:
            self._model.add_exactly_one(choices)
        elif len(choices) > 1:
            self._model.add_at_most_one(choices)

    def _keys(self, day: int) -> list[tuple[int, int, int]]:
        return [(self._person, day, k) for k in range(len(self._target.pool.shifts))]

    def _split(self, duties: Iterable[DutyKey]) -> tuple[list[cp_model.IntVar], int]:
        variables: list[cp_model.IntVar] = []
        constant = 0
        for key in sorted(duties):
            x = self._x(key)
            if isinstance(x, int):
                constant += x
            else:
                variables.append(x)
        return variables, constant

    def _over(self, excess: Linear, most: int, cost: int | None) -> None:
        """excess ≤ 0, or its price."""
        if isinstance(excess, int):
            if excess > 0 and cost is not None:
                self._points.constant += cost * excess
            elif excess > 0:
                self._model.add_bool_or([])
            return
        if cost is None:
            self._model.add(excess <= 0)
            return
        paid = self._model.new_int_var(0, max(1, most), "")
        self._model.add(paid >= excess)
        self._points.add(paid, cost)

    def _clash(self, item: Clash) -> None:
        variables, constant = self._split(item.duties)
        if len(variables) + constant > 1:
            if item.cost is None and constant == 0:
                self._model.add_at_most_one(variables)
            elif not variables:
                self._over(constant - 1, 1, item.cost)
            else:
                self._over(cp_model.LinearExpr.sum(variables) + constant - 1, len(variables) + constant, item.cost)

    # -- runs --------------------------------------------------------------------------------------------------------

    def _counting(self, item: Run) -> list[Linear]:
        """Per day of the horizon: 1 when the day belongs to runs of the kind looked at."""
        pool = self._target.pool
        table: dict[int, list[DutyKey]] = {day: [] for day in range(pool.days)}
        if item.counts is None:
            for day, keys in table.items():
                keys.extend((day, code) for code in pool.shifts)
        else:
            for key in item.counts:
                table[key[0]].append(key)
        days: list[Linear] = []
        for day in range(pool.days):
            if day in item.always:
                days.append(int(not item.free))
                continue
            variables, constant = self._split(table[day])
            sign = -1 if item.free else 1
            constant = constant * sign + int(item.free)
            # Never 1 - (a sum): OR-Tools 9.15 unwraps 1 - (1 - sum) to the very same sum and then changes it in place.
            weights = [sign] * len(variables)
            days.append(cp_model.LinearExpr.weighted_sum(variables, weights) + constant if variables else constant)
        return days

    def _run(self, item: Run) -> None:
        inside = self._counting(item)
        carried = item.carried or 0
        if item.most is not None:
            self._run_most(item, inside, carried)
        if item.least > 1:
            self._run_least(item, inside, carried)

    def _run_most(self, item: Run, inside: list[Linear], carried: int) -> None:
        most = item.most or 0
        before = [0] + [1] * min(carried, most)
        days: list[Linear] = [*before, *inside]
        for end in range(len(before), len(days)):
            if end - most >= 0:
                window = days[end - most : end + 1]
                self._over(_sum(window) - most, 1, item.cost)

    def _run_least(self, item: Run, inside: list[Linear], carried: int) -> None:
        """No run of fewer days: not (outside, inside × n, outside) for n < least. Excused are runs that touch the last day unless
        they end there, or the first one when nothing is known of the past, and runs that hold a pardoned day."""
        horizon = len(inside)
        inside = [*inside, 0] if item.closed else inside
        for start in range(horizon):
            for length in range(1, item.least):
                end = start + length
                if end >= len(inside) or any(day in item.pardon for day in range(start, end)):
                    continue
                if start > 0:
                    self._short_run(item, [inside[start - 1]], inside[start:end], inside[end], item.least - length)
                elif item.carried is not None:
                    total = length + carried
                    if total < item.least:
                        self._short_run(item, [], inside[start:end], inside[end], item.least - total)
        if item.carried and item.carried < item.least:
            # The run before the horizon ends at once.
            self._short_run(item, [], [], inside[0], item.least - item.carried)

    def _short_run(self, item: Run, before: list[Linear], run: list[Linear], after: Linear, missing: int) -> None:
        excess = _sum(run) - _sum(before) - after - (len(run) - 1)
        self._over(excess, 1, None if item.cost is None else item.cost * missing)

    # -- sums, blocks, wishes ---------------------------------------------------------------------------------------------

    def _total(self, item: Total) -> None:
        variables, weights, constant, reach = [], [], item.base, 0
        for key, weight in item.weights.items():
            x = self._x(key)
            if isinstance(x, int):
                constant += x * weight
            else:
                variables.append(x)
                weights.append(weight)
                reach += weight
        value: Linear = constant
        if variables:
            value = cp_model.LinearExpr.weighted_sum(variables, weights) + constant
        if item.most is not None:
            self._over(value - item.most, reach + abs(constant), item.cost)
        if item.least is not None:
            self._over(item.least - value, abs(item.least) + abs(constant), item.cost)

    def _blocks(self, item: Blocks) -> None:
        touched = [self._touched(index, duties, item) for index, duties in enumerate(item.blocks)]
        if item.most is not None:
            self._over(_sum(touched) + item.base - item.most, len(touched) + item.base, item.cost)
        if item.least is not None:
            self._over(item.least - item.base - _sum(touched), item.least, item.cost)
        if item.most_in_row is None:
            return
        row: list[Linear] = [*[1] * min(item.carried, item.most_in_row), *touched]
        offset = len(row) - len(touched)
        size = item.most_in_row
        for end in range(size, len(row)):
            self._over(_sum(row[end - size : end + 1]) - size, 1, None)
        for index, pairs in item.rest.items():
            if index + offset >= size:
                full = _sum(row[index + offset - size : index + offset])
                for a, b in sorted(pairs):
                    self._over(self._x(a) + self._x(b) + full - size - 1, 1, None)

    def _touched(self, index: int, duties: frozenset[DutyKey], item: Blocks) -> Linear:
        if index in item.always:
            return 1
        variables, constant = self._split(duties)
        if constant:
            return 1
        if not variables:
            return 0
        touched = self._model.new_bool_var("")
        self._model.add_max_equality(touched, variables)
        return touched

    def _wish(self, item: Wish) -> None:
        if item.hotspots is not None:
            return
        pool = self._target.pool
        duties = item.duties
        if duties is None:
            duties = frozenset((day, code) for day in range(pool.days) for code in pool.shifts)
        for key in sorted(duties):
            x = self._x(key)
            price = -item.cost if item.want else item.cost
            if isinstance(x, int):
                self._points.constant += x * price
            else:
                self._points.add(x, price)
        if item.want:
            self._points.constant += item.cost * len({day for day, _ in duties})


def _sum(parts: list[Linear]) -> Linear:
    constant = sum(part for part in parts if isinstance(part, int))
    variables = [part for part in parts if not isinstance(part, int)]
    return cp_model.LinearExpr.sum(variables) + constant if variables else constant
