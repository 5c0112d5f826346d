"""The restricted master heuristic: whole lines for everybody among the columns that a linear program has, by CP-SAT.

It sees every combination of them, and a dive only one way down. On the foreign instance 5, of 16 people, dives alone ended 0 to 5
points over 1,143, the best known; with this, among some three hundred columns, every seed tried ended there.
"""

from __future__ import annotations

from math import floor, isinf

from ortools.sat.python import cp_model

from scheduler.engine.columns.linear_program import Figures
from scheduler.engine.columns.master import HOUR, Master
from scheduler.engine.columns.optimum import Solution
from scheduler.engine.cpsat.solver import Limits, search
from scheduler.engine.lines.labelling import Line

UNIT = round(HOUR)
"""Whole points instead of the program's hours."""
ROUNDING = 1e-6
"""Of a cost that is whole in its unit."""


def restricted(master: Master, solution: Solution, aim: float, limits: Limits) -> dict[int, Line] | None:
    """The best line of everybody among the columns of a ``solution``; None when none were found that together cost no more than
    ``aim``."""
    few = master.only(master.within(solution, aim))
    model, variables = in_whole_numbers(few.figures(), UNIT, aim, len(few.members))
    found = search(model, limits)
    if not found.solved:
        return None
    return {column.person: column.line for column in few.columns if found.value(variables[column.number])}


def in_whole_numbers(
    program: Figures, unit: int, aim: float, most: int
) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """A program for CP-SAT, with the variable of each column: columns are whole and at most ``most``, coefficients and bounds of
    rows whole, costs whole in a ``unit`` of the objective, which is to be at most ``aim``."""
    model = cp_model.CpModel()
    columns = [model.new_int_var(0, round(min(high, most)), "") for high in program.highs]
    for low, high, terms in program.rows:
        total = cp_model.LinearExpr.weighted_sum([columns[c] for c, _ in terms], [round(by) for _, by in terms])
        model.add_linear_constraint(total, _bound(low), _bound(high))
    costs = [round(unit * cost) for cost in program.costs.values()]
    cost = cp_model.LinearExpr.weighted_sum([columns[c] for c in program.costs], costs) + round(unit * program.offset)
    model.add(cost <= floor(unit * aim + ROUNDING))
    model.minimize(cost)
    return model, columns


def _bound(figure: float) -> int:
    if isinf(figure):
        return cp_model.INT_MAX if figure > 0 else cp_model.INT_MIN
    return round(figure)
