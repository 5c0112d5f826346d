"""The textbook's model, to compare with: a Boolean for every person, day, shift and hotspot, in CP-SAT, as it comes.

As the nurse-scheduling example of OR-Tools would grow into this problem: every hard rule a linear constraint, a shortage for
every want, one weighted sum, the default search. No components, no hints, no bounds of its own. It shares the facts, the
declared rules and the compiled coverage with the engine, and none of its models.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from ortools.sat.python import cp_model

from benchmarks.cpsat_timeline import search
from benchmarks.greedy_state import Desk
from benchmarks.linear.programme import Programme, Sum
from benchmarks.linear.whole import Whole
from benchmarks.method_result import Claim
from scheduler.config import SolveConfig
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.problem.instance import Instance
from scheduler.rules import declare


def solve(instance: Instance, config: SolveConfig) -> Claim:
    """The best roster of one search within the limits, building included; the greedy planner's locks when none came in time."""
    began = time.perf_counter()
    problem = declare(instance)
    whole = Whole(CompiledProblem(problem))
    model, variables = translated(whole.programme)
    levels = {level: expression(total, variables) for level, total in whole.programme.levels.items()}
    built = time.perf_counter() - began
    found = search(model, levels, config, began, cp_model.CpSolver())
    if not found.outcome.solved:
        note = f"no legal roster in time ({found.status}): only the locks"
        return Claim(Desk(problem).roster(), None, found.timeline, build_s=built, weighted=found.bound, note=note)
    roster = whole.roster([found.outcome.value(variable) for variable in variables])
    return Claim(roster, found.first_s, found.timeline, build_s=built, weighted=found.bound)


def translated(programme: Programme) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """The programme as a CP-SAT model without an objective, and its variables."""
    model = cp_model.CpModel()
    variables = [model.new_int_var(0, upper, "") for upper in programme.upper]
    for row in programme.rows:
        total = cp_model.LinearExpr.weighted_sum([variables[column] for column in row.columns], row.weights)
        model.add_linear_constraint(total, cp_model.INT_MIN if row.low is None else row.low, row.high)
    return model, variables


def expression(total: Sum, variables: Sequence[cp_model.IntVar]) -> cp_model.LinearExpr:
    return cp_model.LinearExpr.weighted_sum([variables[c] for c in total.columns], total.weights) + total.constant
