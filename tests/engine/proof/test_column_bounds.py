"""Column generation: its bounds are never above what the one-shot model finds, and tight where the hand says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache

import pytest

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.in_order import InOrder
from scheduler.engine.cpsat.one_shot import solve_one_shot
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.proof.bounds import ALONE, QUALITY_WEIGHTS, WEIGHTS
from scheduler.engine.proof.column_bounds import Columns
from scheduler.problem.facts import Request
from scheduler.problem.instance import Instance
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Level
from tests.builders import MONDAY, contract, demand, hotspot, leave, make, past
from tests.engine.zones import LineModels, built, compiled, led, limits, zone

Heard = list[tuple[int, Level, int, int]]


def proven(pool: CompiledProblem, seconds: float = 30.0) -> tuple[Columns, Heard]:
    columns, heard = Columns(pool, LineModels(pool)), Heard()
    columns.offer(built(pool)[1].shift)
    columns.prove(lambda: seconds, lambda *bound: heard.append(bound))
    columns.prove_more(lambda: seconds, lambda *bound: heard.append(bound))
    return columns, heard


@lru_cache
def _solved(seed: int, drivers: int = 0) -> tuple[CompiledProblem, Incumbent, InOrder]:
    pool = compiled(led(zone(seed), drivers) if drivers else zone(seed))
    _, first = built(pool, seed)
    return pool, first, solve_one_shot(pool, first, limits, COVERAGE_LEVELS)


@pytest.mark.parametrize(("seed", "drivers"), [*((seed, 0) for seed in range(20)), *((seed, 2) for seed in range(8))])
def test_bounds_are_never_above_the_optimum(seed: int, drivers: int) -> None:
    pool, first, joint = _solved(seed, drivers)
    bounds = proven(pool)[0].bounds
    later = [(c, lv) for c, present in enumerate(bounds.present) for lv in present[1:] if lv is not Level.QUALITY]
    assert all((c, level, weight) in bounds.known for c, level in later for weight in (ALONE, *WEIGHTS))
    best = joint.incumbent
    for level in COVERAGE_LEVELS:
        assert joint.bounds[level] == best.values[level], "the reference must be proven"
        assert bounds.of(level, best.values) <= best.values[level]
        assert bounds.of(level, first.values) <= first.values[level]


@pytest.mark.parametrize("short_cost", [0, 3])
@pytest.mark.parametrize("seed", range(10))
def test_quality_bounds_are_never_above_the_optimum(seed: int, short_cost: int) -> None:
    """Whatever a roster has at the coverage levels: the best of all, the first one, and one of quality alone."""
    pool = compiled(zone(seed, days=3, short_cost=short_cost))
    _, first = built(pool, seed)
    columns = Columns(pool, LineModels(pool))
    columns.offer(first.shift)
    columns.prove(lambda: 30.0, lambda *_: None)
    columns.prove_quality(lambda: 30.0, lambda *_: None)
    joint = solve_one_shot(pool, first, limits)
    best = joint.incumbent
    assert joint.bounds[Level.QUALITY] == best.quality, "the reference must be proven"
    lazy = solve_one_shot(pool, first, limits, [Level.QUALITY]).incumbent
    for roster in (best, first, lazy):
        assert columns.bounds.of(Level.QUALITY, roster.values) <= roster.quality
    weights = {weight for _, level, weight in columns.bounds.known if level is Level.QUALITY}
    covered = any(level is not Level.QUALITY for present in columns.bounds.present for level in present)
    assert weights == ({ALONE, *QUALITY_WEIGHTS} if covered else {ALONE})


def test_quality_is_bound_by_what_coverage_asks() -> None:
    """Two nights must be covered by one of two people; each night beyond the first is a wish not granted."""
    tuesday = MONDAY + dt.timedelta(days=1)
    avoid = tuple(Request(staff=code, first=MONDAY, last=tuesday, shift="N", kind="avoid") for code in ("P1", "P2"))
    pool = compiled(make(2, people=2, demand=(demand(start="22:00", until="06:00", minimum=1),), requests=avoid))
    columns, heard = proven(pool)
    columns.prove_quality(lambda: 30.0, lambda *bound: heard.append(bound))
    best = solve_one_shot(pool, built(pool)[1], limits).incumbent
    alone = columns.bounds.known[0, Level.QUALITY, ALONE]
    assert alone < columns.bounds.of(Level.QUALITY, best.values) <= best.quality


@pytest.mark.parametrize("seed", range(4))
def test_targets_with_a_price_have_no_bound_of_their_own(seed: int) -> None:
    pool = compiled(zone(seed, short_cost=3))
    joint = solve_one_shot(pool, built(pool, seed)[1], limits, COVERAGE_LEVELS)
    bounds = proven(pool)[0].bounds
    assert not any(Level.TARGETS in present for present in bounds.present)
    for level in COVERAGE_LEVELS:
        assert bounds.of(level, joint.incumbent.values) <= joint.incumbent.values[level] == joint.bounds[level]
    assert joint.incumbent.values[Level.TARGETS] == 0


def test_bounds_are_often_the_optimum() -> None:
    tight = 0
    for seed in range(20):
        pool, _, joint = _solved(seed)
        bounds = proven(pool)[0].bounds
        values = joint.incumbent.values
        tight += bounds.of(Level.POLICE_MINIMUM, values) == values[Level.POLICE_MINIMUM]
    assert tight >= 8


def _bound(instance: Instance, level: Level = Level.POLICE_MINIMUM, **earlier: int) -> int:
    values = dict.fromkeys(COVERAGE_LEVELS, 0) | {Level[name]: value for name, value in earlier.items()}
    return proven(compiled(instance))[0].bounds.of(level, values)


def test_one_person_holds_a_third_of_a_day() -> None:
    wanted = (demand(minimum=1),)
    assert _bound(make(1, people=1, demand=wanted)) == 960
    assert _bound(make(1, people=2, demand=wanted)) == 480
    assert _bound(make(1, people=3, demand=wanted)) == 360, "no duty starts before six"


def test_priority_weighs() -> None:
    assert _bound(make(1, people=1, hotspots=(hotspot(priority=4),), demand=(demand(minimum=1),))) == 4 * 960


def test_leave_history_and_runs_of_work_are_seen() -> None:
    mornings = (demand(start="06:00", until="14:00", minimum=1),)
    rules = (contract(max_consecutive_days=2, min_days_off=1),)
    assert _bound(make(3, demand=mornings, contracts=rules)) == 480
    assert _bound(make(2, demand=mornings, contracts=rules)) == 0
    assert _bound(make(2, demand=mornings, contracts=rules, history=past("P1", "E"))) == 480
    assert _bound(make(2, demand=mornings, contracts=rules, absences=(leave("P1", 0),))) == 480
    nights = (demand(start="00:00", until="06:00", minimum=1, days="Mon"),)
    assert _bound(make(1, demand=nights)) == 360
    assert _bound(make(1, demand=nights, history=past("P1", "N", spot="HAL"))) == 0


def test_what_nobody_can_fill_is_missing_before_any_line_is_priced() -> None:
    pool = compiled(make(1, people=1, demand=(demand("non_police", minimum=1), demand(minimum=1))))
    columns = Columns(pool, LineModels(pool))
    assert columns.bounds.floor[Level.NON_POLICE_MINIMUM] == 1440
    assert columns.bounds.floor[Level.POLICE_MINIMUM] == 360, "the small hours before any duty starts"


def test_targets_are_bounded_given_the_minimum() -> None:
    """One person, early or late: the minimum takes the morning, so the target of the evening must miss."""
    instance = make(
        1, demand=(demand(start="06:00", until="14:00", minimum=1), demand(start="14:00", until="22:00", target=1))
    )
    assert _bound(instance, Level.TARGETS) == 480
    assert _bound(instance, Level.TARGETS, POLICE_MINIMUM=480) == 480, "one of the two always misses"


def test_every_bound_on_the_way_is_valid_and_heard() -> None:
    pool, _, joint = _solved(3)
    final = proven(pool)
    best, bounds = joint.incumbent.values, replace(final[0].bounds, known={})
    for component, level, weight, value in final[1]:
        assert bounds.learn(component, level, weight, value), "what says nothing new is not told"
        assert bounds.of(level, best) <= best[level]
    assert bounds == final[0].bounds


def test_the_lines_it_starts_from_do_not_matter() -> None:
    pool, _, joint = _solved(6)
    columns = Columns(pool, LineModels(pool))
    columns.offer(joint.incumbent.shift)
    columns.prove(lambda: 30.0, lambda *_: None)
    columns.prove_more(lambda: 30.0, lambda *_: None)
    assert columns.bounds == proven(pool)[0].bounds


def test_without_time_nothing_is_claimed() -> None:
    pool, _, _ = _solved(0)
    columns, heard = proven(pool, 0.0)
    assert heard == []
    assert columns.bounds.known == {}
