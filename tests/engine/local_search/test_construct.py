"""The first roster is legal, whatever the zone; only what no roster can mend is refused."""

from __future__ import annotations

import numpy as np
import pytest

from scheduler.engine.headcount import HeadCount
from scheduler.engine.local_search.construct import Builder
from scheduler.errors import ContradictionError
from scheduler.problem.facts import Category, Pair, Role
from tests.builders import contract, demand, free_contract, hotspot, lock, make, person
from tests.engine.zones import EXAMPLES, LineModels, built, clean, compiled, example, led, zone


@pytest.mark.parametrize("seed", range(25))
def test_the_first_roster_of_a_random_zone_is_clean(seed: int) -> None:
    instance = zone(seed, days=6)
    _, best = built(compiled(instance), seed)
    assert clean(instance, best.roster)
    assert len(best.roster)


@pytest.mark.parametrize("heads", [1, 2, 3])
@pytest.mark.parametrize("seed", range(8))
def test_a_first_roster_with_drivers_is_clean_and_has_patrols_of_more_than_drivers(seed: int, heads: int) -> None:
    instance = led(zone(seed, days=6, police=6).replace(locks=()), heads)
    _, best = built(compiled(instance), seed)
    assert clean(instance, best.roster)
    others = [a for a in best.roster if "DRIVER" not in instance.person[a.staff].roles and a.staff[0] == "P"]
    assert bool(others) == (heads > 1)


@pytest.mark.parametrize("seed", range(4))
def test_drivers_are_spread_over_the_posts(seed: int) -> None:
    """Two posts of four with a driver each; together at one of them the drivers would leave the other to nobody."""
    early = demand(start="06:00", until="14:00", minimum=4)
    crew = [person(f"P{i}", roles=("DRIVER",) if i < 3 else ()) for i in range(1, 9)]
    instance = make(
        1, people=crew, contracts=(contract(min_together=2),), hotspots=(hotspot("HAL"), hotspot("MIDI")),
        demand=(early, early.replace(hotspot="MIDI")), roles=(Role(code="DRIVER", category=Category.POLICE),),
        parameters={"role_holders.role": "DRIVER", "role_holders.heads": 4.0},
    )  # fmt: skip
    _, best = built(compiled(instance), seed)
    assert clean(instance, best.roster)
    assert {spot: sum(a.hotspot == spot for a in best.roster) for spot in ("HAL", "MIDI")} == {"HAL": 4, "MIDI": 4}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_first_roster_of_an_example_is_clean(name: str) -> None:
    assert clean(example(name), built(compiled(example(name)))[1].roster)


def test_contradictory_locks_are_refused() -> None:
    with pytest.raises(ContradictionError):
        built(compiled(example("edge-contradictory-locks")))


def test_the_same_seed_builds_the_same_roster() -> None:
    pool = compiled(zone(3, days=7))
    assert built(pool, 5)[1].roster == built(pool, 5)[1].roster


def test_locks_against_each_other_on_one_line_are_a_contradiction() -> None:
    tired = make(2, locks=(lock("P1", 0, "N"), lock("P1", 1, "E")))
    with pytest.raises(ContradictionError, match="P1"):
        built(compiled(tired))
    rested = make(3, locks=(lock("P1", 0, "N"), lock("P1", 2, "E")), contracts=(contract(min_days_off=1),))
    assert len(built(compiled(rested))[1].roster) >= 2


def test_peacekeepers_go_home_where_no_police_can_stand() -> None:
    wardens = contract("GDP", category=Category.NON_POLICE, needs_police=1)
    instance = make(
        2, people=[person("G1", contract="GDP")], contracts=(contract(), wardens), demand=(demand("non_police", minimum=1),)
    )  # fmt: skip
    assert len(built(compiled(instance))[1].roster) == 0


def test_people_kept_apart_do_not_meet() -> None:
    both = demand(start="06:00", until="14:00", minimum=2)
    together = make(1, people=2, demand=(both,))
    apart = make(1, people=2, demand=(both,), pairs=(Pair(staff_a="P1", staff_b="P2", kind="apart"),))
    assert [a.shift for a in built(compiled(together))[1].roster] == ["E", "E"]
    _, best = built(compiled(apart))
    assert [a.shift for a in best.roster].count("E") == 1
    assert clean(apart, best.roster)


def test_open_posts_keep_people_apart() -> None:
    pool = compiled(make(1, people=2, pairs=(Pair(staff_a="P1", staff_b="P2", kind="apart"),)))
    builder, _ = built(pool)
    builder.heads.clear(0)
    builder.heads.clear(1)
    builder.heads.place(0, 0, 0, 0)
    assert builder.open_posts(1)[0, :, 0].tolist() == [False, True, True]


@pytest.mark.parametrize("seed", range(8))
def test_who_stops_early_still_holds_a_legal_roster(seed: int) -> None:
    instance = zone(seed)
    pool = compiled(instance)
    builder = Builder(pool, LineModels(pool, over=np.ones(1, dtype=np.uint8)), seed)
    roster = pool.roster(*builder.build())
    assert len(builder.unplaced) == len(pool.people)
    assert {(a.staff, a.day, a.shift) for a in roster} == {
        (lock.staff, instance.calendar.day(lock.date), lock.shift) for lock in instance.locks
    }
    if not instance.locks:
        assert clean(instance, roster)


def test_counts_of_the_builder_are_those_of_its_roster() -> None:
    pool = compiled(zone(7, days=6))
    builder, best = built(pool)
    fresh = HeadCount(pool)
    fresh.load(best.shift, best.spot)
    assert builder.heads.values() == fresh.values()


def test_where_few_labels_come_to_too_few_hours_more_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked for, and eight of fourteen days must be worked, however few labels are kept."""
    monkeypatch.setattr("scheduler.engine.local_search.construct.CAP", 1)
    pool = compiled(make(14, contracts=(free_contract(min_hours_horizon=64.0, max_hours_horizon=72.0),)))
    builder = Builder(pool, LineModels(pool), 1)
    assert builder.renew(0, strict=False)
    assert 8 <= int((builder.heads.shift[0] >= 0).sum()) <= 9
