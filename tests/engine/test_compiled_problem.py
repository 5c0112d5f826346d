"""The compiled problem: intervals partition time, history counts, locks narrow, contradictions are named."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import numpy as np
import pytest

from scheduler.errors import ContradictionError
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, CoPresence, Cover, Level
from tests.builders import contract, demand, hotspot, leave, lines, lock, make, past, person, shift
from tests.engine.zones import compiled, led, placement, zone

LATE = shift("X", "10:00", "18:00")


@pytest.mark.parametrize("seed", range(12))
def test_cells_hold_every_wanted_minute_once(seed: int) -> None:
    pool = compiled(zone(seed))
    wanted: dict[tuple[int, Level, int], int] = defaultdict(int)
    for interval in pool.intervals:
        for requirement in interval.requirements:
            wanted[interval.hotspot, requirement.level, requirement.heads] += requirement.weight * interval.minutes
    declared: dict[tuple[int, Level, int], int] = defaultdict(int)
    for cover in pool.problem.all(Cover):
        key = pool.hotspot[cover.hotspot], cover.level, cover.heads
        declared[key] += cover.weight * (cover.end - cover.start)
    assert wanted == declared
    spans: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for interval in pool.intervals:
        spans[interval.hotspot, interval.staff_set].append((interval.start, interval.end))
    for found in spans.values():
        assert all(first[1] <= second[0] for first, second in pairwise(sorted(found)))


@pytest.mark.parametrize("seed", range(12))
def test_a_duty_holds_a_cell_whole_or_not_at_all(seed: int) -> None:
    pool = compiled(zone(seed))
    for interval in pool.intervals:
        member = pool.staff_sets[interval.staff_set]
        for day, code in np.ndindex(pool.days, len(pool.shifts)):
            if pool.post[member, day, code, interval.hotspot].any():
                start, end = pool.start[day, code], pool.end[day, code]
                meets = start < interval.end and interval.start < end
                assert meets == ((day, code) in interval.duties)
                assert not meets or (start <= interval.start and interval.end <= end)


def test_history_that_reaches_into_the_horizon_is_a_fixed_head_until_it_ends() -> None:
    pool = compiled(make(1, people=2, history=past("P1", "N", spot="HAL"), demand=(demand(minimum=2),)))
    assert {(interval.start, interval.fixed) for interval in pool.intervals if interval.start < 480} == {
        (0, 1),
        (360, 0),
    }
    there = past("P1", "N", spot="MIDI")
    elsewhere = compiled(
        make(1, people=2, history=there, hotspots=(hotspot(), hotspot("MIDI")), demand=(demand(minimum=2),))
    )
    hal, midi = (elsewhere.hotspots.index(code) for code in ("HAL", "MIDI"))
    assert {interval.fixed for interval in elsewhere.intervals if interval.hotspot == hal} == {0}
    assert {(interval.start, interval.fixed) for interval in elsewhere.intervals if interval.hotspot == midi} >= {
        (0, 1)
    }


def test_weights_are_priorities_for_the_police_minimum_only() -> None:
    pool = compiled(make(1, hotspots=(hotspot(priority=3),), demand=(demand(minimum=1, target=2),)))
    weights = {
        (requirement.level, requirement.heads, requirement.weight)
        for interval in pool.intervals
        for requirement in interval.requirements
    }
    assert weights >= {(Level.POLICE_MINIMUM, 1, 3), (Level.TARGETS, 2, 1)}
    assert pool.problem.required == {
        Level.POLICE_MINIMUM: 3 * 1440,
        Level.NON_POLICE_MINIMUM: 0,
        Level.TARGETS: 2 * 1440,
    }


def test_co_presences_say_how_many_are_there_while_somebody_may_stand() -> None:
    instance = make(
        1, people=2, shifts=(*make().shifts, LATE), contracts=(contract(min_together=2),),
        history=past("P1", "N", spot="HAL"),
    )  # fmt: skip
    pool = compiled(instance)
    assert len(pool.problem.all(CoPresence)) == 1
    spans = {(co_presence.fixed_companions, co_presence.least) for co_presence in pool.co_presences}
    assert spans == {(0, 2)}, "nobody can start a duty while the history of the night stands"
    kept = {duty for co_presence in pool.co_presences for duty in co_presence.duties}
    assert kept == {(0, k) for k in range(4)}


def test_co_presences_count_history() -> None:
    early = shift("D", "04:00", "12:00")
    night = past("P1", "N", spot="HAL")
    pool = compiled(
        make(1, people=2, shifts=(*make().shifts, early), contracts=(contract(min_together=2),), history=night)
    )
    assert {e.fixed_companions for e in pool.co_presences} == {1, 0}


def test_heads_of_the_history_count_where_company_grows_with_heads() -> None:
    early = shift("D", "04:00", "12:00")
    night = (*past("P1", "N", spot="HAL"), *past("P2", "N", spot="HAL"))
    pool = compiled(led(make(1, people=3, shifts=(*make().shifts, early), history=night), 2))
    assert {(e.per, e.fixed_companions, e.fixed_dependents) for e in pool.co_presences} == {(2, 1, 2), (2, 0, 0)}


@pytest.mark.parametrize("seed", range(8))
def test_open_to_is_what_one_of_them_may_take(seed: int) -> None:
    pool = compiled(zone(seed))
    members = [0, 2, 5]
    assert (pool.open_to(members) == np.logical_or.reduce([pool.post[p] for p in members])).all()
    assert not pool.open_to([]).any()


def test_overlapping_duties_share_a_moment() -> None:
    pool = compiled(make(2, shifts=(*make().shifts, LATE)))
    pairs = set(pool.overlapping)
    assert ((0, 0), (0, 0)) in pairs
    assert {((0, 0), (0, 3)), ((0, 3), (0, 0))} <= pairs, "06:00-14:00 meets 10:00-18:00"
    assert ((0, 0), (0, 1)) not in pairs, "one ends when the other starts"
    assert ((0, 2), (1, 0)) not in pairs


def test_overlap_reaches_over_midnight() -> None:
    pool = compiled(make(2, shifts=(shift("N", "22:00", "06:00"), shift("D", "05:00", "12:00"))))
    assert ((0, 0), (1, 1)) in pool.overlapping


def test_a_lock_leaves_its_duty_and_its_hotspot_only() -> None:
    two = (hotspot(), hotspot("MIDI"))
    pool = compiled(make(2, hotspots=two, locks=(lock("P1", 0, "L", "MIDI"), lock("P1", 1, "OFF"))))
    assert np.argwhere(pool.post[0]).tolist() == [[0, 1, 1]]
    assert pool.forced[0].tolist() == [1, -1]
    assert pool.locked_at == {(0, 0): 1}
    anywhere = compiled(make(1, hotspots=two, locks=(lock("P1", 0, "L"),)))
    assert anywhere.post[0, 0].any(axis=1).tolist() == [False, True, False]
    assert anywhere.post[0, 0, 1].tolist() == [True, True]
    assert anywhere.locked_at == {}


def test_a_lock_on_leave_is_a_contradiction_named_by_person_and_date() -> None:
    with pytest.raises(ContradictionError, match=r"P1 on 2026-03-03 \(E\)"):
        compiled(make(2, locks=(lock("P1", 1, "E"),), absences=(leave("P1", 1),)))
    assert compiled(make(2, locks=(lock("P1", 1, "E"),), absences=(leave("P1", 0),))).forced[0, 1] == 0


@pytest.mark.parametrize("seed", range(5))
def test_arrays_and_rosters_are_inverse(seed: int) -> None:
    pool = compiled(zone(seed))
    shift, spot = placement(pool, seed)
    again = pool.arrays(pool.roster(shift, spot))
    assert (again[0] == shift).all()
    assert (again[1] == spot).all()
    assert pool.roster(*pool.arrays(lines(P1="E.L"))) == lines(P1="E.L")


def test_people_out_of_reach_may_stand_nowhere() -> None:
    two = (hotspot(), hotspot("MIDI"))
    pool = compiled(make(1, hotspots=two, people=[person("P1", hotspots=("MIDI",)), person("P2", fte=0.0)]))
    assert pool.reach.tolist() == [[False, True], [False, False]]
    assert not pool.allowed[1].any()
    assert set(pool.problem.required) == set(COVERAGE_LEVELS)
