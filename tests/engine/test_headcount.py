"""Counted heads against the reference score and the audit, on legal and on illegal placements."""

from __future__ import annotations

import numpy as np
import pytest

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.headcount import PAIRING, URGENCY, HeadCount
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.co_presence import CoPresenceRule
from scheduler.rules.min_patrol_size import MinPatrolSize
from scheduler.rules.role_holders import RoleHolders
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Level
from scheduler.vocabulary.evaluate import evaluate
from tests.builders import contract, demand, lines, make, past, shift
from tests.engine.zones import compiled, led, placement, zone


def _without_company(instance: Instance, roster: Roster) -> set[tuple[str, int]]:
    """(person, day) that the audit of the rules about company names."""
    rules = (rule.for_instance(instance) for rule in (CoPresenceRule, MinPatrolSize, RoleHolders))
    return {(f.staff[0], f.days[0]) for rule in rules for f in rule.audit(instance, roster)}


def _loaded(pool: CompiledProblem, seed: int) -> HeadCount:
    heads = HeadCount(pool)
    heads.load(*placement(pool, seed, load=0.3 + 0.1 * (seed % 6)))
    return heads


@pytest.mark.parametrize("short_cost", [0, 3])
@pytest.mark.parametrize("seed", range(30))
def test_values_and_points_are_those_of_the_score(seed: int, short_cost: int) -> None:
    pool = compiled(zone(seed, short_cost=short_cost))
    heads = _loaded(pool, seed)
    roster = pool.roster(heads.shift, heads.spot)
    levels = evaluate(pool.problem, roster).levels
    assert heads.values() == {level: levels[level] for level in COVERAGE_LEVELS}
    by_rule = evaluate(pool.problem, roster).by_rule
    assert heads.points() == by_rule.get("demand", 0) + by_rule.get("surplus", 0)


def test_a_day_on_which_heads_are_missing_is_drawn_by_the_minutes() -> None:
    wanted = (
        demand(start="06:00", until="14:00", minimum=1),
        demand(start="14:00", until="18:00", days="Tue", minimum=1),
    )
    pool = compiled(make(3, people=2, demand=wanted))
    heads, draws = HeadCount(pool), np.random.default_rng(1)

    def days(**by_person: str) -> list[int | None]:
        shift, spot = pool.arrays(lines(**by_person))
        return [heads.short_day(shift, spot, Level.POLICE_MINIMUM, draws) for _ in range(200)]

    assert days(P1="EEE", P2=".L.") == [None] * 200
    assert days(P1="E.E", P2=".L.") == [1] * 200
    found = days(P1="EEE") + days(P1="..E", P2=".L.")
    assert found.count(1) == 200 + found[200:].count(1)
    assert 60 < found[200:].count(0) < 140, "as many minutes are missing on each of two days"


def test_over_coverage_is_seen() -> None:
    pool = compiled(make(1, people=2, demand=(demand(start="06:00", until="14:00", minimum=1, maximum=1),)))
    heads = HeadCount(pool)
    heads.place(0, 0, 0, 0)
    assert heads.points() == 0
    heads.place(1, 0, 0, 0)
    assert heads.points() > 0


def test_a_head_that_is_missing_at_a_price_is_worth_a_duty() -> None:
    wanted = (demand(start="06:00", until="14:00", target=1),)
    pool = compiled(make(1, people=2, demand=wanted, parameters={"demand.short_cost_per_minute": 3.0}))
    heads = HeadCount(pool)
    assert (heads.points(), sum(heads.values().values())) == (3 * 480, 0)
    assert heads.gains(1)[0, :, 0].tolist() == [3 * 480, 0, 0]
    heads.place(0, 0, 0, 0)
    assert heads.points() == 0
    assert not heads.gains(1).any()


@pytest.mark.parametrize("heads", [None, 1, 2, 3])
@pytest.mark.parametrize("seed", range(20))
def test_lonely_are_those_whom_the_audit_names(seed: int, heads: int | None) -> None:
    instance = zone(seed) if heads is None else led(zone(seed), heads)
    pool = compiled(instance)
    count = _loaded(pool, seed)
    named = _without_company(instance, pool.roster(count.shift, count.spot))
    found = count.lonely()
    assert {(pool.people[p], day) for p, day in found} == named
    assert count.lonely([0]) == [pair for pair in found if pair[0] == 0]
    assert (count.stretches_alone() > 0) == bool(named)


@pytest.mark.parametrize("with_drivers", [False, True])
@pytest.mark.parametrize("seed", range(10))
def test_a_post_is_legal_when_the_audit_finds_company_there(seed: int, with_drivers: bool) -> None:
    instance = led(zone(seed, days=3)) if with_drivers else zone(seed, days=3)
    pool = compiled(instance)
    heads = _loaded(pool, seed + 3)
    for person in range(len(pool.people)):
        heads.clear(person)
        legal = heads.legal(person)
        for day, code, place in np.ndindex(*legal.shape):
            if not pool.post[person, day, code, place]:
                assert not legal[day, code, place]
                continue
            heads.place(person, day, code, place)
            alone = (pool.people[person], day) in _without_company(instance, pool.roster(heads.shift, heads.spot))
            assert legal[day, code, place] == (not alone)
            heads.remove(person, day)


@pytest.mark.parametrize("seed", range(10))
def test_a_gain_is_the_difference_that_one_head_makes(seed: int) -> None:
    instance = zone(seed, days=3)
    alone = tuple(item.replace(min_together=1, needs_police=0) for item in instance.contracts)
    pool = compiled(instance.replace(contracts=alone))
    heads = _loaded(pool, seed)
    for person in range(len(pool.people)):
        heads.clear(person)
        before, gains = heads.values(), heads.gains(person)
        for day, code, place in np.argwhere(pool.post[person]):
            heads.place(person, int(day), int(code), int(place))
            after = heads.values()
            assert gains[day, code, place] == sum(URGENCY[level] * (before[level] - after[level]) for level in after)
            heads.remove(person, int(day))


def test_giving_company_is_worth_more_than_any_minute() -> None:
    pool = compiled(
        make(1, people=2, contracts=(contract(min_together=2),), demand=(demand(start="14:00", until="22:00", minimum=2),))
    )  # fmt: skip
    heads = HeadCount(pool)
    heads.place(0, 0, 0, 0)
    gains = heads.gains(1)[0, :, 0]
    assert gains[0] == PAIRING * 60
    assert gains[1] == 480 * (URGENCY[Level.POLICE_MINIMUM] + URGENCY[Level.TARGETS])
    heads.place(1, 0, 0, 0)
    assert heads.lonely() == []


def test_heads_of_the_history_are_among_those_who_need_a_driver() -> None:
    morning = (*make().shifts, shift("M", "02:00", "10:00"))
    instance = led(make(1, people=4, shifts=morning, history=past("P2", "N", spot="HAL")))
    pool = compiled(instance)
    heads, code = HeadCount(pool), pool.shift["M"]
    heads.place(pool.person["P3"], 0, code, 0)
    assert heads.lonely() == []
    other = pool.person["P4"]
    assert not heads.legal(other)[0, code, 0]
    assert not heads.accompanied(other)[0, code, 0]
    assert heads.legal(pool.person["P1"])[0, code, 0], "another driver"
    heads.place(other, 0, code, 0)
    assert heads.lonely() == [(other, 0), (pool.person["P3"], 0)], "drivers last"


@pytest.mark.parametrize("seed", range(6))
def test_load_restore_and_clear_come_to_the_same_counts(seed: int) -> None:
    pool = compiled(zone(seed))
    heads, fresh = _loaded(pool, seed), HeadCount(pool)
    other = placement(pool, seed + 100)
    heads.load(*other)
    fresh.load(*other)
    assert (heads.heads == fresh.heads).all()
    assert (heads.companion_heads == fresh.companion_heads).all()
    assert (heads.dependent_heads == fresh.dependent_heads).all()
    kept = heads.shift[1].copy(), heads.spot[1].copy()
    heads.clear(1)
    assert (heads.shift[1] == -1).all()
    heads.restore(1, *kept)
    assert (heads.heads == fresh.heads).all()
    for person in range(len(pool.people)):
        heads.clear(person)
    assert heads.values() == HeadCount(pool).values()


def test_removing_nobody_changes_nothing() -> None:
    heads = HeadCount(compiled(zone(1)))
    before = heads.heads.copy()
    heads.remove(0, 0)
    assert (heads.heads == before).all()
