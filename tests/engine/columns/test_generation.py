"""Column generation as a search: legal, never worse, and at the optimum of small problems where lines alone decide."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event
from typing import Any

import numpy as np
import pytest

from scheduler.engine.columns.generation import ColumnSearch
from scheduler.engine.columns.master import Master
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.one_shot import solve_one_shot
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.posting_classes import components, needs_company, posting_classes
from scheduler.problem.facts import Pair
from scheduler.vocabulary.constraints import Level
from tests.builders import contract, demand, make
from tests.engine.columns.programs import short_of_staff
from tests.engine.zones import built, compiled, limits, zone

pytestmark = pytest.mark.slow


def searched(pool: CompiledProblem, start: Incumbent, steps: int) -> Incumbent:
    """The best after some steps; every one of them is checked."""
    classes = posting_classes(pool)
    members = [person for group in components(pool, classes) for c in group for person in classes[c]]
    search, best = ColumnSearch(pool, classes, members, 1, Event()), start
    for _ in range(steps):
        found = search.improve(best, lambda: 30.0, lambda: 30.0)
        assert found.legal
        assert found is best or found.better(best)
        best = found
    return best


@pytest.mark.parametrize("seed", range(12))
def test_every_step_is_legal_and_never_worse(seed: int) -> None:
    """Also where company matters, which the master does not see."""
    pool = compiled(zone(seed, short_cost=3 if seed % 2 else 0))
    searched(pool, built(pool, seed)[1], 4)


@pytest.mark.parametrize("days", [4, 7])
@pytest.mark.parametrize("anywhere", [0.0, 1.0])
@pytest.mark.parametrize("dives", [True, False], ids=["dives", "restricted masters alone"])
def test_where_lines_alone_decide_it_comes_to_the_optimum(
    days: int, anywhere: float, dives: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything in the quality level: heads missing and heads too many at a price."""
    monkeypatch.setattr("scheduler.engine.columns.generation.ANYWHERE", anywhere)
    if not dives:
        monkeypatch.setattr("scheduler.engine.columns.generation.dive", lambda *_: None)
    early = demand(start="06:00", until="14:00", target=2, maximum=2)
    night = demand(start="22:00", until="06:00", target=1, maximum=1)
    pool = compiled(
        make(
            days, people=4, demand=(early, night), contracts=(contract(max_consecutive_days=3),),
            parameters={"demand.short_cost_per_minute": 2.0, "demand.over_cost_per_minute": 1.0},
        )
    )  # fmt: skip
    start = built(pool)[1]
    best = solve_one_shot(pool, start, limits, [Level.QUALITY])
    assert best.bounds[Level.QUALITY] == best.incumbent.quality, "the reference must be proven"
    assert start.quality > best.incumbent.quality
    assert searched(pool, start, 25).quality == best.incumbent.quality


def test_over_many_days_each_step_keeps_to_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows of three days of nine: legal, never worse, nothing else moves, and in the end much is gained."""
    for name, value in {"WHOLE_DAYS": 8, "MOST_CELLS": 1, "LEAST_DAYS": 3}.items():
        monkeypatch.setattr(f"scheduler.engine.columns.generation.{name}", value)
    pool = compiled(
        make(
            9, people=6, demand=(demand(start="06:00", until="14:00", target=3, maximum=3),),
            contracts=(contract(max_consecutive_days=3),),
            parameters={"demand.short_cost_per_minute": 2.0, "demand.over_cost_per_minute": 1.0},
        )
    )  # fmt: skip
    classes = posting_classes(pool)
    nobody = np.full((6, 9), -1, dtype=np.int64)
    best = start = Incumbent.of(pool, HeadCount(pool), nobody, nobody)
    search = ColumnSearch(pool, classes, range(6), 1, Event())
    for _ in range(30):
        found = search.improve(best, lambda: 30.0, lambda: 30.0)
        changed = np.flatnonzero((found.shift != best.shift).any(axis=0))
        assert changed.size == 0 or np.ptp(changed) < 3
        assert found.legal
        assert found is best or found.better(best)
        best = found
    assert best.quality < start.quality / 4


def test_no_time_changes_nothing() -> None:
    pool = compiled(zone(1))
    start = built(pool, 1)[1]
    classes = posting_classes(pool)
    assert ColumnSearch(pool, classes, [0, 1], 1, Event()).improve(start, lambda: 0.0, lambda: 0.0) is start


def test_company_is_needed_by_patrols_co_presences_and_people_apart() -> None:
    alone = make(2, people=3)
    assert not needs_company(compiled(alone), [0, 1, 2])
    patrol = make(2, people=3, contracts=(contract(min_together=2),))
    assert needs_company(compiled(patrol), [0])
    apart = make(2, people=3, pairs=(Pair(staff_a="P1", staff_b="P2", kind="apart"),))
    assert needs_company(compiled(apart), [0, 2])
    assert not needs_company(compiled(apart), [2])


def test_where_dives_of_everybody_fail_the_restricted_master_is_asked_and_then_begun_small(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of twelve people ten are freed at first, then eleven, then all; only then."""
    pool = short_of_staff(people=12)
    start, asked, sizes = built(pool)[1], [], []
    renewed = ColumnSearch._renewed

    def freed(search: ColumnSearch, best: Incumbent, people: Sequence[int], *rest: Any) -> Incumbent:
        sizes.append(len(people))
        return renewed(search, best, people, *rest)

    def none(master: Master, *_: object) -> None:
        asked.append((len(sizes), len(master.members)))

    monkeypatch.setattr("scheduler.engine.columns.generation.dive", lambda *_: None)
    monkeypatch.setattr("scheduler.engine.columns.generation.restricted", none)
    monkeypatch.setattr("scheduler.engine.columns.generation.WIDER", 1.1)
    monkeypatch.setattr(ColumnSearch, "_renewed", freed)
    search = ColumnSearch(pool, posting_classes(pool), range(12), 1, Event())
    for _ in range(8):
        assert search.improve(start, lambda: 30.0, lambda: 30.0) is start
    assert sizes == [12, 10, 11, 12, 10, 11, 12, 10]
    assert asked == [(1, 12), (4, 12), (7, 12)]
    assert not search.stuck


def test_of_few_people_the_same_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.engine.columns.generation.dive", lambda *_: None)
    monkeypatch.setattr("scheduler.engine.columns.generation.restricted", lambda *_: None)
    pool = short_of_staff()
    start = built(pool)[1]
    search = ColumnSearch(pool, posting_classes(pool), range(5), 1, Event())
    assert search.improve(start, lambda: 30.0, lambda: 30.0) is start
    assert not search.stuck, "the columns of everybody were only priced"
    assert search.improve(start, lambda: 30.0, lambda: 30.0) is start
    assert search.stuck
