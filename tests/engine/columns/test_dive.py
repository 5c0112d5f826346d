"""Dives: whole and legal lines that keep what was settled, below what was aimed at."""

from __future__ import annotations

import numpy as np
import pytest

from scheduler.constraints import Level
from scheduler.engine.classes import components, posting_classes
from scheduler.engine.columns.cells import SCALE
from scheduler.engine.columns.dive import dive
from scheduler.engine.columns.looks import EXACT
from scheduler.engine.columns.master import HOUR, Master, Solution
from scheduler.engine.columns.pricing import LITTLE, priced
from scheduler.engine.lines.programme import LineModel
from scheduler.engine.pool import Pool
from tests.builders import contract, demand, make
from tests.engine.zones import compiled


def _now() -> float:
    return 60.0


@pytest.fixture
def pool() -> Pool:
    """Short of staff, and mixed lines are better than whole ones."""
    shifts = (("06:00", "14:00", 2), ("14:00", "22:00", 1), ("22:00", "06:00", 1))
    wanted = tuple(demand(start=start, until=until, target=heads) for start, until, heads in shifts)
    return compiled(
        make(
            10, people=5, demand=wanted, contracts=(contract(max_consecutive_days=3),),
            parameters={"demand.short_cost_per_minute": 2.0, "demand.over_cost_per_minute": 1.0},
        )
    )  # fmt: skip


def _master(pool: Pool) -> Master:
    classes = posting_classes(pool)
    models = [LineModel(pool, person, soft=True).scaled(SCALE) for person in range(len(pool.people))]
    master = Master(pool, models, classes, components(pool, classes)[0], priced=True)
    master.weigh({Level.TARGETS: 1, Level.QUALITY: 1})
    for person in master.members:
        master.add(person, np.zeros(pool.days, dtype=np.int8), 0)
    return master


def _root(master: Master) -> Solution:
    found = priced(master, None, float("inf"), 100, 100, _now)
    assert found is not None
    return found


@pytest.mark.parametrize("slack", [0.05, 10.0])
@pytest.mark.parametrize("crowded", [1, 50])
def test_everybody_gets_a_legal_line_and_they_cost_what_the_program_says(
    pool: Pool, slack: float, crowded: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the program is begun anew with a few columns at every step."""
    monkeypatch.setattr("scheduler.engine.columns.dive.CROWDED", crowded)
    settled = []
    settle = Master.settle
    monkeypatch.setattr(Master, "settle", lambda self, decided: (settled.append(decided), settle(self, decided)))
    master = _master(pool)
    root = _root(master)
    assert (root.values % 1 > 0.01).any(), "nothing to dive for"
    aim = (1 + slack) * root.objective
    lines = dive(master, root, aim, _now)
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
    assert root.objective - LITTLE / HOUR <= found.objective <= aim + 1e-6


def test_below_the_optimum_there_is_nothing(pool: Pool) -> None:
    master = _master(pool)
    root = _root(master)
    assert priced(master, None, root.objective - 1.0, 100, 100, _now) is None
    assert dive(master, root, root.objective - 1.0, _now) is None


def test_what_is_settled_stays(pool: Pool) -> None:
    """There is more work than people: who is free for half of the time is missed."""
    master = _master(pool)
    root = _root(master)
    person = next(iter(master.members))
    days = np.array([True] * 5 + [False] * 5)
    master.settle({person: (np.zeros(pool.days, dtype=np.int8), days)})
    after = _root(master)
    assert after.objective > root.objective + 1.0
    mine = [column.line for column in after.columns if column.person == person]
    assert mine
    assert not np.array(mine)[:, days].any()
    _, bound = master.price(after, EXACT)
    assert bound is not None
    assert bound / HOUR <= after.objective + 1e-6


def test_without_time_there_is_none(pool: Pool) -> None:
    master = _master(pool)
    assert dive(master, _root(master), 1e9, lambda: 0.0) is None
