"""Parity of the textbook's model: on the worlds of every rule it says what the audit says."""

from __future__ import annotations

import pytest
from ortools.sat.python import cp_model

from benchmarks.linear.whole import Whole
from benchmarks.textbook import expression, translated
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.problem.roster import Roster
from tests.engine.test_engine_parity import ALL, alone, sample


def values(whole: Whole, roster: Roster) -> tuple[int, ...] | None:
    """Least values of the levels when the model is held to a roster; None when the model forbids it."""
    shift, spot = whole.pool.arrays(roster)
    model, variables = translated(whole.programme)
    posts = {
        (whole.pool.person[a.staff], a.day, whole.pool.shift[a.shift], whole.pool.hotspot[a.hotspot]) for a in roster
    }
    if not posts <= set(whole.posts.x):
        return None
    for post, column in whole.posts.x.items():
        model.add(variables[column] == int(post in posts))
    levels = [expression(total, variables) for total in whole.programme.levels.values()]
    model.minimize(sum(levels))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    found = [solver.value(variable) for variable in variables]
    assert whole.roster(found) == whole.pool.roster(shift, spot)
    return tuple(total.value(found) for total in whole.programme.levels.values())


@pytest.mark.parametrize(("code", "number"), ALL)
def test_the_textbook_says_what_the_law_says(code: str, number: int) -> None:
    whole = Whole(CompiledProblem(alone(code, number)))
    for verdict in sample(code, number):
        assert values(whole, verdict.roster) == verdict.values, verdict.roster
