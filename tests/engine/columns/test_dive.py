"""Dives: whole and legal lines that keep what was settled, below what was aimed at."""

from __future__ import annotations

import numpy as np
import pytest

from scheduler.constraints import Level
from scheduler.engine.classes import components, posting_classes
from scheduler.engine.columns.cells import SCALE
from scheduler.engine.columns.dive import dive, priced
from scheduler.engine.columns.looks import EXACT
from scheduler.engine.columns.master import HOUR, Master
from scheduler.engine.lines.programme import LineModel
from scheduler.engine.pool import Pool
from tests.builders import contract, demand, make
from tests.engine.zones import compiled


def _now() -> float:
    return 60.0


@pytest.fixture
def pool() -> Pool:
    early, night = demand(start="06:00", until="14:00", target=3), demand(start="22:00", until="06:00", target=2)
    return compiled(
        make(
            8, people=6, demand=(early, night), contracts=(contract(max_consecutive_days=3),),
            parameters={"demand.short_cost_per_minute": 2.0, "demand.over_cost_per_minute": 1.0},
        )
    )  # fmt: skip


@pytest.fixture
def master(pool: Pool) -> Master:
    classes = posting_classes(pool)
    models = [LineModel(pool, person, soft=True).scaled(SCALE) for person in range(len(pool.people))]
    master = Master(pool, models, classes, components(pool, classes)[0], priced=True, at_a_time=5)
    master.weigh({Level.TARGETS: 1, Level.QUALITY: 1})
    for person in master.members:
        master.add(person, np.zeros(pool.days, dtype=np.int8), 0)
    return master


def test_everybody_gets_a_legal_line_and_they_cost_what_the_program_says(pool: Pool, master: Master) -> None:
    root = priced(master, None, float("-inf"), 0, 1, _now)
    assert root is not None
    root = priced(master, None, root.objective, 100, 100, _now)
    assert root is not None
    for aim in (1.02 * root.objective, 10 * root.objective):
        lines = dive(master, root, aim, _now)
        assert lines is not None
        assert set(lines) == set(master.members)
        models = {person: LineModel(pool, person, soft=True) for person in lines}
        costs = {person: models[person].cost(line) for person, line in lines.items()}
        assert None not in costs.values()
        whole = Master(pool, list(models.values()), [[p] for p in lines], range(len(lines)), priced=True)
        whole.weigh(master.levels)
        for person, line in lines.items():
            whole.add(person, line, costs[person] or 0)
        found = whole.solve(10.0)
        assert found is not None
        assert root.objective - 1e-6 <= found.objective <= aim + 1e-6


def test_below_the_optimum_there_is_nothing(master: Master) -> None:
    root = priced(master, None, 1e9, 100, 100, _now)
    assert root is not None
    assert priced(master, None, root.objective - 1.0, 100, 100, _now) is None
    assert dive(master, root, root.objective - 1.0, _now) is None


def test_what_is_settled_stays(pool: Pool, master: Master) -> None:
    root = priced(master, None, 1e9, 100, 100, _now)
    assert root is not None
    person = next(iter(master.members))
    line = np.zeros(pool.days, dtype=np.int8)
    days = np.array([True] * 4 + [False] * 4)
    master.settle({person: (line, days)})
    after = priced(master, None, 1e9, 100, 100, _now)
    assert after is not None
    assert after.objective >= root.objective - 1e-6
    mine = [column.line for column in master.columns if column.person == person]
    assert mine
    assert not np.array(mine)[:, days].any()
    _, bound = master.price(after, EXACT)
    assert bound is not None
    assert bound / HOUR <= after.objective + 1e-6


def test_without_time_there_is_none(master: Master) -> None:
    root = master.solve(10.0)
    assert dive(master, root, 1e9, lambda: 0.0) is None
