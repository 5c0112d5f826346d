"""Dives: whole and legal lines that keep what was settled, below what was aimed at."""

from __future__ import annotations

import numpy as np
import pytest

from scheduler.engine.columns.dive import dive
from scheduler.engine.columns.master import HOUR, Master
from scheduler.engine.columns.pricing import LITTLE, priced
from scheduler.engine.columns.pricing_effort import EXACT
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.lines.labelling import LineModel
from tests.engine.columns.programs import program, root, short_of_staff, unhurried


@pytest.fixture
def pool() -> CompiledProblem:
    return short_of_staff()


@pytest.mark.parametrize("slack", [0.05, 10.0])
@pytest.mark.parametrize("staff_seted", [1, 50])
def test_everybody_gets_a_legal_line_and_they_cost_what_the_program_says(
    pool: CompiledProblem, slack: float, staff_seted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the program is begun anew with a few columns at every step."""
    monkeypatch.setattr("scheduler.engine.columns.dive.CROWDED", staff_seted)
    settled = []
    settle = Master.settle
    monkeypatch.setattr(Master, "settle", lambda self, decided: (settled.append(decided), settle(self, decided)))
    master = program(pool)
    optimum = root(master)
    assert (optimum.values % 1 > 0.01).any(), "nothing to dive for"
    aim = (1 + slack) * optimum.objective
    lines = dive(master, optimum, aim, unhurried)
    assert settled
    assert lines is not None
    assert set(lines) == set(master.members)
    models = {person: LineModel(pool, person, soft=True) for person in lines}
    costs = {person: models[person].cost(line) for person, line in lines.items()}
    whole = Master(pool, list(models.values()), [[p] for p in lines], range(len(lines)), priced=True)
    whole.weigh(master.levels)
    for person, line in lines.items():
        cost = costs[person]
        assert cost is not None
        whole.add(person, line, cost)
    found = whole.solve(10.0)
    assert found is not None
    assert optimum.objective - LITTLE / HOUR <= found.objective <= aim + 1e-6


def test_below_the_optimum_there_is_nothing(pool: CompiledProblem) -> None:
    master = program(pool)
    optimum = root(master)
    assert priced(master, None, optimum.objective - 1.0, 100, 100, unhurried) is None
    assert dive(master, optimum, optimum.objective - 1.0, unhurried) is None


def test_what_is_settled_stays(pool: CompiledProblem) -> None:
    """There is more work than people: who is free for half of the time is missed."""
    master = program(pool)
    optimum = root(master)
    person = next(iter(master.members))
    days = np.array([True] * 5 + [False] * 5)
    master.settle({person: (np.zeros(pool.days, dtype=np.int16), days)})
    after = root(master)
    assert after.objective > optimum.objective + 1.0
    mine = [column.line for column in after.columns if column.person == person]
    assert mine
    assert not np.array(mine)[:, days].any()
    bound = master.price(after, EXACT).bound
    assert bound is not None
    assert bound / HOUR <= after.objective + 1e-6


def test_without_time_there_is_none(pool: CompiledProblem) -> None:
    master = program(pool)
    assert dive(master, root(master), 1e9, lambda: 0.0) is None
