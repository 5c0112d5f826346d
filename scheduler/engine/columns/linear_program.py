"""A linear program that grows by columns and is solved again from its last basis, by GLOP.

It speaks MathOpt's own messages: of the eleven milliseconds that a program of eight people took through MathOpt's objects, GLOP
had three.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import callback_pb2, model_parameters_pb2, model_pb2, model_update_pb2, parameters_pb2, result_pb2
from ortools.math_opt.core.python import solver as core
from ortools.math_opt.python import mathopt
from pybind11_abseil.status import StatusNotOk

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Optimum:
    """The objective, the dual of each row, and the value of each column, by their numbers."""

    objective: float
    duals: Floats
    values: Floats


@dataclass(frozen=True, slots=True)
class Figures:
    """A program in plain figures: of each row the bounds, and columns with their coefficients; of each column the upper bound
    and, unless it is 0, the cost; the objective when all are 0."""

    rows: Sequence[tuple[float, float, Sequence[tuple[int, float]]]]
    highs: Sequence[float]
    costs: Mapping[int, float]
    offset: float


class Program:
    """Minimise. Rows are all there before the first solve, and may get other bounds later; rows and columns are numbered from
    0."""

    def __init__(self) -> None:
        self._model = model_pb2.ModelProto()
        """Everything up to the first solve."""
        self._rows = self._columns = self._solved_columns = 0
        self._entries: list[tuple[int, int, float]] = []
        """Row, column and coefficient of what was added since the last solve."""
        self._costs: dict[int, float] = {}
        self._highs: dict[int, float] = {}
        """New upper bounds of columns that the solver knows."""
        self._bounds: dict[int, tuple[float, float]] = {}
        """New bounds of rows that the solver knows."""
        self._new = self._model.variables
        """The columns that the solver does not know yet."""
        self._offset: float | None = None
        self._solver: Any = None
        self._lost = False

    def add_row(self, low: float, high: float) -> int:
        if self._solver is not None:
            raise RuntimeError("rows come before the first solve")
        rows = self._model.linear_constraints
        rows.ids.append(self._rows)
        rows.lower_bounds.append(low)
        rows.upper_bounds.append(high)
        self._rows += 1
        return self._rows - 1

    def add_column(self, cost: float, entries: Mapping[int, float], high: float = float("inf")) -> int:
        """A column from 0 to ``high`` with a coefficient in some rows."""
        column = self._columns
        self._new.ids.append(column)
        self._new.lower_bounds.append(0.0)
        self._new.upper_bounds.append(high)
        self._new.integers.append(False)
        self._entries += [(row, column, coefficient) for row, coefficient in entries.items()]
        if cost:
            self._costs[column] = cost
        self._columns += 1
        return column

    def set_row(self, row: int, low: float, high: float) -> None:
        """Give a row other bounds."""
        if self._solver is None:
            rows = self._model.linear_constraints
            rows.lower_bounds[row], rows.upper_bounds[row] = low, high
        else:
            self._bounds[row] = low, high

    def set_cost(self, column: int, cost: float) -> None:
        self._costs[column] = cost

    def set_offset(self, offset: float) -> None:
        """What the objective is with every column at 0."""
        self._offset = offset

    def close(self, column: int) -> None:
        """From now on the column stays at 0."""
        if column < self._solved_columns:
            self._highs[column] = 0.0
        else:
            self._new.upper_bounds[column - self._solved_columns] = 0.0

    def solve(self, seconds: float) -> Optimum | None:
        """The optimum; None when it was not found in time, or when GLOP has lost its numbers, and from then on."""
        if self._lost:
            return None
        self._submit()
        # Presolve would throw away the basis of the last solve, from which a few hundred new columns are soon priced in.
        params = mathopt.SolveParameters(
            time_limit=dt.timedelta(seconds=max(0.01, seconds)), presolve=mathopt.Emphasis.OFF
        )
        try:
            result = self._solver.solve(
                params.to_proto(), model_parameters_pb2.ModelSolveParametersProto(), None,
                callback_pb2.CallbackRegistrationProto(), None, None,
            )  # fmt: skip
        except StatusNotOk:
            self._lost = True
            return None
        if result.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
            return None
        found = result.solutions[0]
        return Optimum(
            found.primal_solution.objective_value,
            _dense(found.dual_solution.dual_values, self._rows),
            _dense(found.primal_solution.variable_values, self._columns),
        )

    def figures(self) -> Figures:
        """What the program says, before the first solve."""
        if self._solver is not None:
            raise RuntimeError("figures are asked for before the first solve")
        terms: list[list[tuple[int, float]]] = [[] for _ in range(self._rows)]
        for row, column, coefficient in self._entries:
            terms[row].append((column, coefficient))
        rows = self._model.linear_constraints
        return Figures(
            tuple(zip(rows.lower_bounds, rows.upper_bounds, terms, strict=True)),
            tuple(self._new.upper_bounds),
            dict(self._costs),
            self._offset or 0.0,
        )

    def _submit(self) -> None:
        """Tell the solver what changed since the last solve."""
        if self._solver is None:
            _fill(self._model.linear_constraint_matrix, self._entries)
            _fill_sorted(self._model.objective.linear_coefficients, self._costs)
            self._model.objective.offset = self._offset or 0.0
            self._solver = core.new(mathopt.SolverType.GLOP.value, self._model, parameters_pb2.SolverInitializerProto())
            self._model = model_pb2.ModelProto()
        else:
            update = model_update_pb2.ModelUpdateProto(new_variables=self._new)
            _fill(update.linear_constraint_matrix_updates, self._entries)
            _fill_sorted(update.objective_updates.linear_coefficients, self._costs)
            _fill_sorted(update.variable_updates.upper_bounds, self._highs)
            rows = update.linear_constraint_updates
            _fill_sorted(rows.lower_bounds, {row: low for row, (low, _) in self._bounds.items()})
            _fill_sorted(rows.upper_bounds, {row: high for row, (_, high) in self._bounds.items()})
            if self._offset is not None:
                update.objective_updates.offset_update = self._offset
            if not self._solver.update(update):
                raise RuntimeError("GLOP takes every change of a linear program")
        self._new, self._offset, self._solved_columns = model_pb2.VariablesProto(), None, self._columns
        self._entries, self._costs, self._highs, self._bounds = [], {}, {}, {}


def _fill(matrix: Any, entries: Collection[tuple[int, int, float]]) -> None:
    """Row by row, as the message wants it."""
    for row, column, coefficient in sorted(entries):
        matrix.row_ids.append(row)
        matrix.column_ids.append(column)
        matrix.coefficients.append(coefficient)


def _fill_sorted(vector: Any, values: Mapping[int, float]) -> None:
    for number in sorted(values):
        vector.ids.append(number)
        vector.values.append(values[number])


def _dense(vector: Any, size: int) -> Floats:
    found = np.zeros(size)
    found[np.array(vector.ids, dtype=np.int64)] = vector.values
    return found
