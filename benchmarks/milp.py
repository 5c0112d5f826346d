"""The textbook's model as a mixed-integer programme for HiGHS, through MathOpt: level after level, on the sizes it can take.

The same variables and rows as :mod:`benchmarks.textbook`. Each level is made small with the earlier ones held at what was
found. What HiGHS proves of a level is a bound for every roster that does as well before; it is claimed only while all
earlier levels are proven, for a roster may miss more at an unproven one and less here. In floating point, with HiGHS's own
number of threads: MathOpt takes none for it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from math import ceil, isfinite

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from benchmarks.greedy_state import Desk
from benchmarks.linear.programme import Programme, Sum
from benchmarks.linear.whole import Whole
from benchmarks.method_result import Claim, RefusedError
from scheduler.config import SolveConfig
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.result import Progress, Stage
from scheduler.rules import declare
from scheduler.vocabulary.constraints import LEVELS, Level
from scheduler.vocabulary.evaluate import evaluate
from scheduler.vocabulary.problem import Problem

MOST_POSTS = 150_000
"""Person-day-shift-hotspot choices above which it is not tried (README.md says how the figure was found)."""
TOLERANCE = 1e-6
"""Share of a bound that is taken off before it is rounded up: more than rounding errors of the linear programmes make."""


@dataclass(slots=True)
class _Course:
    """What has been found, level after level; ``proven`` as long as every level so far is."""

    problem: Problem
    began: float
    proven: bool = True
    roster: Roster | None = None
    values: dict[mathopt.Variable, float] | None = None
    """The variables that stand for the roster: where the next level begins."""
    first_s: float | None = None
    bounds: dict[Level, int] = field(default_factory=dict)
    timeline: list[Progress] = field(default_factory=list)

    def note(self, level: Level, value: int | None, bound: int | None) -> None:
        self.timeline.append(
            Progress(
                elapsed_s=time.perf_counter() - self.began,
                stage=Stage.SEARCH,
                level=level.code,
                value=value,
                bound=bound,
                gap=None,
            )
        )


def solve(instance: Instance, config: SolveConfig) -> Claim:
    """The best roster within the limits, building included; the greedy planner's locks when none came in time.

    Raises :class:`~benchmarks.method_result.RefusedError` above a size.
    """
    began = time.perf_counter()
    pool = CompiledProblem(declare(instance))
    posts = int(pool.post.sum())
    if posts > MOST_POSTS:
        raise RefusedError(f"{posts:,} posts to choose from; HiGHS is tried with at most {MOST_POSTS:,}")
    whole = Whole(pool)
    model, variables = _translated(whole.programme)
    built = time.perf_counter() - began
    course = _Course(pool.problem, began)
    for level in LEVELS:
        left = config.time_limit_s - (time.perf_counter() - began)
        seconds = max(0.1, left if level is LEVELS[-1] else left / 2)
        if not _level(course, level, whole, model, variables, seconds, config.seed):
            break
    return Claim(
        course.roster or Desk(pool.problem).roster(),
        course.first_s,
        tuple(course.timeline),
        {level.code: bound for level, bound in course.bounds.items()},
        build_s=built,
        note="" if course.roster else "no legal roster in time: only the locks",
    )


def _level(
    course: _Course,
    level: Level,
    whole: Whole,
    model: mathopt.Model,
    variables: Sequence[mathopt.Variable],
    seconds: float,
    seed: int,
) -> bool:
    """Make one level small and hold it there; False when no roster was found."""
    expression = _expression(whole.programme.levels[level], variables)
    model.minimize(expression)
    parameters = mathopt.SolveParameters(
        time_limit=timedelta(seconds=seconds), random_seed=seed, relative_gap_tolerance=0.0, absolute_gap_tolerance=0.0
    )
    hints = [] if course.values is None else [mathopt.SolutionHint(variable_values=course.values)]
    result = mathopt.solve(
        model,
        mathopt.SolverType.HIGHS,
        params=parameters,
        model_params=mathopt.ModelSolveParameters(solution_hints=hints),
    )
    bound = result.termination.objective_bounds.dual_bound
    if course.proven:
        course.bounds[level] = max(0, ceil(bound - TOLERANCE * max(1.0, abs(bound)))) if isfinite(bound) else 0
    if not result.has_primal_feasible_solution():
        course.note(level, None, course.bounds.get(level))
        return False
    course.values = result.variable_values()
    course.roster = whole.roster([round(value) for value in result.variable_values(variables)])
    value = evaluate(course.problem, course.roster).levels[level]
    course.first_s = course.first_s or time.perf_counter() - course.began
    course.note(level, value, course.bounds.get(level))
    course.proven = course.proven and value <= course.bounds[level]
    model.add_linear_constraint(expression <= value)
    return True


def _translated(programme: Programme) -> tuple[mathopt.Model, list[mathopt.Variable]]:
    """By way of MathOpt's own message: row by row its Python layer takes several times as long."""
    message = model_pb2.ModelProto()
    columns = message.variables
    columns.ids.extend(range(len(programme.upper)))
    columns.lower_bounds.extend([0.0] * len(programme.upper))
    columns.upper_bounds.extend(programme.upper)
    columns.integers.extend([True] * len(programme.upper))
    limits, matrix = message.linear_constraints, message.linear_constraint_matrix
    limits.ids.extend(range(len(programme.rows)))
    limits.lower_bounds.extend(float("-inf") if row.low is None else row.low for row in programme.rows)
    limits.upper_bounds.extend(row.high for row in programme.rows)
    for number, row in enumerate(programme.rows):
        entries = sorted(zip(row.columns, row.weights, strict=True))
        matrix.row_ids.extend([number] * len(entries))
        matrix.column_ids.extend(column for column, _ in entries)
        matrix.coefficients.extend(weight for _, weight in entries)
    model = mathopt.Model.from_model_proto(message)
    return model, list(model.variables())


def _expression(total: Sum, variables: Sequence[mathopt.Variable]) -> mathopt.LinearBase:
    terms = (weight * variables[column] for column, weight in zip(total.columns, total.weights, strict=True))
    return mathopt.LinearSum(terms) + total.constant
