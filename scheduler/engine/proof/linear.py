"""Linear programs as arrays, and their relaxations solved again and again by GLOP through MathOpt.

The optimum is never taken on trust: from the prices of the rows follows a lower bound that holds whatever the tolerances of the
solver are, because every column has bounds (Neumaier & Shcherbina 2004).
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from scheduler.engine.pool import Ints

Floats = NDArray[np.float64]
SLICE_S = 1.0
"""Longest time without asking whether to go on, in seconds. The simplex resumes where it stood."""
_IMPOSSIBLE = {mathopt.TerminationReason.INFEASIBLE, mathopt.TerminationReason.INFEASIBLE_OR_UNBOUNDED}


@dataclass(frozen=True, slots=True)
class Row:
    """``low ≤ Σ coefficients · columns ≤ high`` and why that holds."""

    columns: Ints
    coefficients: Ints
    high: float
    why: str
    low: float = -math.inf


@dataclass(frozen=True, slots=True)
class Relaxed:
    """An optimum: a lower bound of the objective, the columns, and what one unit more of ``high`` of each row saves (of ``low``:
    what it costs, negative). The bound is infinite when no columns satisfy the rows; there is nothing else to tell then."""

    bound: float
    columns: Floats
    prices: Floats

    @property
    def feasible(self) -> bool:
        return self.bound < math.inf


class Program:
    """Columns with bounds, and rows; it only grows."""

    def __init__(self) -> None:
        self.low: list[float] = []
        self.high: list[float] = []
        self.rows: list[Row] = []

    def columns(self, high: Ints, low: Ints | int = 0) -> Ints:
        """New columns with these bounds; the result holds their positions in the same shape."""
        first, high = len(self.high), np.asarray(high, dtype=np.int64)
        self.low += np.broadcast_to(low, high.shape).ravel().astype(float).tolist()
        self.high += high.ravel().astype(float).tolist()
        return np.arange(first, first + high.size, dtype=np.int64).reshape(high.shape)

    def row(self, terms: Iterable[tuple[Ints | int, int]], high: float, why: str, low: float = -math.inf) -> None:
        """Add ``low ≤ Σ factor · Σ columns ≤ high``; ``terms`` are (columns, factor)."""
        columns: list[int] = []
        factors: list[int] = []
        for found, factor in terms:
            flat = np.atleast_1d(np.asarray(found, dtype=np.int64)).ravel().tolist()
            columns += flat
            factors += [factor] * len(flat)
        self.weighted(np.array(columns, dtype=np.int64), np.array(factors, dtype=np.int64), high, why, low)

    def weighted(self, columns: Ints, coefficients: Ints, high: float, why: str, low: float = -math.inf) -> None:
        """Add ``low ≤ coefficients · columns ≤ high``; a column named twice counts with the sum of its coefficients."""
        unique, where = np.unique(columns.ravel(), return_inverse=True)
        summed = np.zeros(len(unique), dtype=np.int64)
        np.add.at(summed, where.ravel(), coefficients.ravel())
        kept = summed != 0
        self.rows.append(Row(unique[kept], summed[kept], high, why, low))


class Relaxation:
    """A program without integrality under changing objectives and more and more rows: each solve starts from the last one.

    All columns must be there beforehand; rows that the program gains are taken over at the next solve.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._costs: Floats = np.zeros(len(program.high))
        self._model = mathopt.Model.from_model_proto(_proto(program))
        self._variables = list(self._model.variables())
        self._constraints = list(self._model.linear_constraints())
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)

    def minimise(self, columns: Ints, costs: Floats) -> None:
        """The objective from now on: Σ costs · columns."""
        self._costs = np.zeros(len(self._variables))
        self._costs[columns] = costs
        self._model.objective.clear()
        for column in columns.tolist():
            self._model.objective.set_linear_coefficient(self._variables[column], float(self._costs[column]))

    def solve(self, left: Callable[[], float]) -> Relaxed | None:
        """The optimum; None when the seconds ``left`` did not suffice."""
        for row in self._program.rows[len(self._constraints) :]:
            constraint = self._model.add_linear_constraint(lb=float(row.low), ub=float(row.high))
            for column, coefficient in zip(row.columns.tolist(), row.coefficients.tolist(), strict=True):
                constraint.set_coefficient(self._variables[column], float(coefficient))
            self._constraints.append(constraint)
        while (seconds := left()) > 0:
            limits = mathopt.SolveParameters(time_limit=dt.timedelta(seconds=max(0.01, min(seconds, SLICE_S))))
            result = self._solver.solve(params=limits)
            reason = result.termination.reason
            if reason is mathopt.TerminationReason.OPTIMAL:
                found = np.array(result.variable_values(self._variables), dtype=np.float64)
                duals = np.array(result.dual_values(self._constraints), dtype=np.float64)
                return Relaxed(self._bound(duals), found, -duals)
            if reason in _IMPOSSIBLE:
                return Relaxed(math.inf, np.zeros(0), np.zeros(0))
            if result.termination.limit is None:
                return None
        return None

    def _bound(self, duals: Floats) -> float:
        """Weak duality: every row at its price, then every column at the better end of its bounds."""
        rows = self._program.rows
        low, high = np.array([row.low for row in rows]), np.array([row.high for row in rows])
        ends = np.where(duals > 0, low, high)
        prices = np.where(np.isfinite(ends), duals, 0.0)
        reduced = self._costs.copy()
        if rows:
            lengths = [row.columns.size for row in rows]
            spent = np.repeat(prices, lengths) * np.concatenate([row.coefficients for row in rows])
            np.subtract.at(reduced, np.concatenate([row.columns for row in rows]), spent)
        best = np.where(reduced > 0, np.array(self._program.low), np.array(self._program.high))
        return float(prices[prices != 0] @ ends[prices != 0] + reduced @ best)


def _proto(program: Program) -> model_pb2.ModelProto:
    proto = model_pb2.ModelProto()
    proto.variables.ids.extend(range(len(program.high)))
    proto.variables.lower_bounds.extend(program.low)
    proto.variables.upper_bounds.extend(program.high)
    proto.variables.integers.extend([False] * len(program.high))
    rows = program.rows
    proto.linear_constraints.ids.extend(range(len(rows)))
    proto.linear_constraints.lower_bounds.extend([float(row.low) for row in rows])
    proto.linear_constraints.upper_bounds.extend([float(row.high) for row in rows])
    matrix = proto.linear_constraint_matrix
    if rows:
        matrix.row_ids.extend(np.repeat(np.arange(len(rows)), [row.columns.size for row in rows]).tolist())
        matrix.column_ids.extend(np.concatenate([row.columns for row in rows]).tolist())
        matrix.coefficients.extend(np.concatenate([row.coefficients for row in rows]).astype(float).tolist())
    return proto
