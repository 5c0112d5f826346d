"""Integer programs as arrays, proven by HiGHS through MathOpt.

A :class:`Program` only grows: blocks of columns, then rows. Every row carries the reason why it holds, for tests and for
explanations. Solving never changes it, so that one program can be solved for several objectives, from several threads.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.engine.pool import Ints

Floats = NDArray[np.float64]
_ROUNDING = 1e-4
"""A bound this little above an integer is taken for it: HiGHS works with tolerances of 1e-6 per row."""


@dataclass(frozen=True, slots=True)
class Row:
    """``low ≤ Σ coefficients · columns ≤ high`` and why that holds."""

    columns: Ints
    coefficients: Ints
    high: float
    why: str
    low: float = -math.inf


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a solve gave: the best value and its columns, or None; and a lower bound proven in any case (rounded up to the next
    multiple that the objective can take). ``feasible`` is False when it was proven that no columns satisfy the rows."""

    value: int | None
    bound: int
    columns: Floats | None
    feasible: bool = True

    @property
    def proven(self) -> bool:
        return self.value is not None and self.value <= self.bound


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The optimum without integrality: its columns and what one unit more of ``high`` of each row, then of each cap, saves; None
    when time ran out. ``optimum`` is a lower bound, not rounded; ``bound`` as in :class:`Outcome`."""

    optimum: float
    bound: int
    columns: Floats | None
    prices: Floats | None
    feasible: bool = True


class Program:
    """Columns with bounds, and rows; objectives are minimised and have non-negative integer coefficients."""

    def __init__(self) -> None:
        self._low: list[float] = []
        self._high: list[float] = []
        self._integer: list[bool] = []
        self.rows: list[Row] = []

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self._low)

    def columns(self, high: Ints, low: Ints | int = 0, *, integer: bool) -> Ints:
        """New columns with these bounds; the result holds their positions in the same shape."""
        first, high = self.width, np.asarray(high, dtype=np.int64)
        self._low += np.broadcast_to(low, high.shape).ravel().astype(float).tolist()
        self._high += high.ravel().astype(float).tolist()
        self._integer += [integer] * high.size
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

    def solve(
        self,
        objective: tuple[Ints, Ints],
        caps: Sequence[Row] = (),
        *,
        seconds: float,
        seed: int = 0,
        hint: Floats | None = None,
    ) -> Outcome:
        """Minimise ``objective`` (columns, coefficients) under the rows and ``caps`` within a wall limit; ``hint`` is a solution
        to start from."""
        columns, coefficients = objective
        step = _step(coefficients)
        result = self._run(objective, caps, seconds, seed, hint, relaxed=False)
        if _impossible(result):
            return Outcome(None, 0, None, feasible=False)
        lowest = _lowest(result)
        if not result.has_primal_feasible_solution():
            return Outcome(None, lowest * step, None)
        found = np.array(list(result.variable_values().values()), dtype=np.float64)
        value = round(float(found[columns] @ (coefficients // step))) if columns.size else 0
        return Outcome(value * step, min(lowest, value) * step, found)

    def relax(
        self, objective: tuple[Ints, Ints], caps: Sequence[Row] = (), *, seconds: float, seed: int = 0
    ) -> Relaxed:
        """The same without integrality."""
        result = self._run(objective, caps, seconds, seed, None, relaxed=True)
        if _impossible(result):
            return Relaxed(0.0, 0, None, None, feasible=False)
        step = _step(objective[1])
        proven = result.termination.objective_bounds.dual_bound
        optimum = max(0.0, proven * step) if math.isfinite(proven) else 0.0
        bound = _lowest(result) * step
        if not result.has_dual_feasible_solution() or not result.has_primal_feasible_solution():
            return Relaxed(optimum, bound, None, None)
        found = np.array(list(result.variable_values().values()), dtype=np.float64)
        saved = -step * np.array(list(result.dual_values().values()), dtype=np.float64)
        return Relaxed(optimum, bound, found, saved)

    def _run(
        self,
        objective: tuple[Ints, Ints],
        caps: Sequence[Row],
        seconds: float,
        seed: int,
        hint: Floats | None,
        *,
        relaxed: bool,
    ) -> Any:
        from ortools.math_opt.python import mathopt

        columns, coefficients = objective
        proto = self._proto(columns, coefficients // _step(coefficients), caps, relaxed)
        model = mathopt.Model.from_model_proto(proto)
        given = mathopt.ModelSolveParameters()
        if hint is not None:
            start = dict(zip(model.variables(), hint.tolist(), strict=True))
            given = mathopt.ModelSolveParameters(solution_hints=[mathopt.SolutionHint(variable_values=start)])
        limits = mathopt.SolveParameters(
            time_limit=dt.timedelta(seconds=max(0.05, seconds)),
            relative_gap_tolerance=0.0,
            absolute_gap_tolerance=0.999,
            random_seed=seed,
        )
        return mathopt.solve(model, mathopt.SolverType.HIGHS, params=limits, model_params=given)

    def _proto(self, columns: Ints, costs: Ints, caps: Sequence[Row], relaxed: bool) -> object:
        from ortools.math_opt import model_pb2

        proto = model_pb2.ModelProto()
        proto.variables.ids.extend(range(self.width))
        proto.variables.lower_bounds.extend(self._low)
        proto.variables.upper_bounds.extend(self._high)
        proto.variables.integers.extend([False] * self.width if relaxed else self._integer)
        order = np.argsort(columns)
        proto.objective.linear_coefficients.ids.extend(columns[order].tolist())
        proto.objective.linear_coefficients.values.extend(costs[order].astype(float).tolist())
        rows = [*self.rows, *caps]
        proto.linear_constraints.ids.extend(range(len(rows)))
        proto.linear_constraints.lower_bounds.extend([float(row.low) for row in rows])
        proto.linear_constraints.upper_bounds.extend([float(row.high) for row in rows])
        matrix = proto.linear_constraint_matrix
        if rows:
            matrix.row_ids.extend(np.repeat(np.arange(len(rows)), [row.columns.size for row in rows]).tolist())
            matrix.column_ids.extend(np.concatenate([row.columns for row in rows]).tolist())
            matrix.coefficients.extend(np.concatenate([row.coefficients for row in rows]).astype(float).tolist())
        return proto


def _step(coefficients: Ints) -> int:
    """The objective takes multiples of this only."""
    return int(np.gcd.reduce(coefficients)) if coefficients.size else 1


def _impossible(result: Any) -> bool:
    return result.termination.reason.name in {"INFEASIBLE", "INFEASIBLE_OR_UNBOUNDED"}


def _lowest(result: Any) -> int:
    """The proven bound in steps of the objective, rounded up; 0 when nothing was proven."""
    bound = result.termination.objective_bounds.dual_bound
    return max(0, math.ceil(bound - _ROUNDING)) if math.isfinite(bound) else 0
