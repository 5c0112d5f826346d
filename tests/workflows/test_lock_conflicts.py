"""Locks that cannot hold: of each conflict no cell can be left out, and what is said to be enough is enough."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import combinations

import pytest

from scheduler.engine.contradiction import holds
from scheduler.problem.facts import Category, Lock, Pair, Role
from scheduler.problem.instance import Instance
from scheduler.problem.reduced import only_these
from scheduler.workflows.lock_conflicts import LockConflict, fewest_freed, lock_conflicts
from scheduler.workflows.preflight import check_instance
from tests import builders as b
from tests.engine.zones import compiled, first, zone


def week(*days: int, **facts: object) -> Instance:
    """One person locked to early duties on these days of a fortnight, at most three in a row."""
    limits = b.free_contract(max_consecutive_days=3, weekly_hours=56.0)
    return b.make(14, contracts=(limits,), locks=tuple(b.lock("P1", day, "E") for day in days), **facts)


def proven(instance: Instance, found: list[LockConflict]) -> None:
    """Everything that is said of one person's locks, asked again."""
    alone = only_these(instance, {"P1"})
    rows = range(len(instance.locks))

    def kept(without: set[int]) -> bool:
        return holds(alone, [instance.locks[row] for row in rows if row not in without])

    for conflict in found:
        mine = [instance.locks[row] for row in conflict.locks]
        assert not holds(alone, mine)
        assert all(holds(alone, [other for other in mine if other is not lock]) for lock in mine)
        assert kept(set(conflict.correction))
        assert all(kept({row}) for row in conflict.instead)
        if conflict.instead:
            assert not any(kept({row}) for row in set(rows) - set(conflict.instead))
        assert not any(kept(set(conflict.correction) - {row}) for row in conflict.correction)


def test_four_days_in_a_row_are_one_conflict_and_any_of_them_is_enough() -> None:
    instance = week(0, 1, 2, 3, 9)
    found = list(lock_conflicts(instance))
    proven(instance, found)
    (conflict,) = found
    assert set(conflict.locks) == {0, 1, 2, 3}, "the lock of the second week has no part in it"
    assert set(conflict.instead) == {0, 1, 2, 3}
    assert conflict.finding is not None
    assert conflict.finding.rule == "max_consecutive_days"


def test_five_days_in_a_row_need_one_of_the_middle() -> None:
    instance = week(0, 1, 2, 3, 4)
    found = list(lock_conflicts(instance))
    proven(instance, found)
    assert {row for conflict in found for row in conflict.instead} == {1, 2, 3}
    problems = check_instance(instance).problems
    assert problems[0].impossible
    said = str(problems[0])
    assert "free one of these cells: locks[1].date, locks[2].date, locks[3].date" in said


def test_two_conflicts_that_share_nothing_need_two_cells() -> None:
    instance = week(0, 1, 2, 3, 8, 9, 10, 11)
    found = list(lock_conflicts(instance))
    proven(instance, found)
    assert len(found) == 2
    assert all(len(conflict.correction) == 2 and conflict.instead == () for conflict in found)
    assert "fewer are not enough" in str(check_instance(instance).problems[0])


def test_what_has_a_part_in_a_conflict_is_named_and_nothing_else() -> None:
    away = (b.leave("P1", 1), b.leave("P1", 5), b.elsewhere("P1", 1, clock=("08:00", "09:00")))
    (conflict,) = lock_conflicts(b.make(locks=(b.lock("P1", 1, "E"), b.lock("P1", 3, "E")), absences=away[:2]))
    assert (conflict.locks, conflict.facts) == ((0,), (("absences", 0, "start"),))
    (conflict,) = lock_conflicts(b.make(locks=(b.lock("P1", 1, "E"),), absences=away))
    assert len(conflict.facts) == 1, "either absence alone is in the way"


def test_people_kept_apart_are_a_conflict_of_their_two_cells_alone() -> None:
    pair = Pair(staff_a="P1", staff_b="P2", kind="apart")
    locks = (b.lock("P3", 0, "E"), b.lock("P1", 0, "E"), b.lock("P2", 0, "E"))
    (conflict,) = lock_conflicts(b.make(people=3, pairs=(pair,), locks=locks))
    assert (set(conflict.locks), set(conflict.instead)) == ({1, 2}, {1, 2})
    assert set(conflict.staff) == {"P1", "P2"}
    two = (b.hotspot(), b.hotspot("MIDI"))
    assert list(lock_conflicts(b.make(people=3, pairs=(pair,), locks=locks, hotspots=two))) == []


def test_fewest_hours_that_nobody_reaches_are_not_blamed_on_locks() -> None:
    instance = b.make(contracts=(b.free_contract(min_hours_horizon=300.0),), locks=(b.lock("P1", 0, "E"),))
    assert list(lock_conflicts(instance)) == []
    worse = instance.replace(locks=(b.lock("P1", 0, "N"), b.lock("P1", 1, "N")), absences=(b.leave("P1", 1),))
    assert [conflict.locks for conflict in lock_conflicts(worse)] == [(0,), (1,)]


@pytest.mark.parametrize("people", [1, 2])
def test_locks_that_can_be_kept_are_no_conflict(people: int) -> None:
    locks = tuple(b.lock(f"P{number}", 0, "E") for number in range(1, people + 1))
    assert list(lock_conflicts(b.make(people=people, locks=locks))) == []


PATROL = (b.contract(min_together=2),)


def test_a_locked_duty_that_nobody_can_join_is_a_conflict() -> None:
    locks = (b.lock("P1", 1, "E"),)
    assert list(lock_conflicts(b.make(people=2, contracts=PATROL, locks=locks))) == [], "the other may still come"
    (conflict,) = lock_conflicts(b.make(people=2, contracts=PATROL, locks=locks, absences=(b.leave("P2", 1),)))
    assert (conflict.locks, conflict.correction) == ((0,), (0,))
    assert conflict.alone is not None
    assert (conflict.alone.rule, conflict.alone.there, conflict.alone.least) == ("min_patrol_size", 1, 2)
    half = b.elsewhere("P2", 1, clock=("13:00", "14:00"))
    assert list(lock_conflicts(b.make(people=2, contracts=PATROL, locks=locks, absences=(half,))))


def test_a_locked_duty_that_no_driver_can_join_is_a_conflict() -> None:
    crew = {
        "roles": (Role(code="DRIVER", category=Category.POLICE),),
        "people": [b.person("P1"), b.person("P2", roles=("DRIVER",))],
        "parameters": {"role_holders.role": "DRIVER"},
        "locks": (b.lock("P1", 1, "E"),),
    }
    assert list(lock_conflicts(b.make(**crew))) == []
    (conflict,) = lock_conflicts(b.make(**crew, absences=(b.leave("P2", 1),)))
    assert conflict.alone is not None
    assert (conflict.alone.rule, conflict.alone.there, conflict.alone.least) == ("role_holders", 0, 1)


@pytest.mark.parametrize("code", ["OFF", "L", "E"])
def test_the_locks_that_keep_others_away_are_in_the_conflict(code: str) -> None:
    """Locked to the same duty the other is company; else one of the two cells must give way."""
    locks = (b.lock("P1", 5, "E"), b.lock("P1", 1, "E"), b.lock("P2", 1, code))
    instance = b.make(people=2, contracts=PATROL, locks=locks)
    found = list(lock_conflicts(instance))
    if code == "E":
        assert found == []
        return
    (conflict,) = found
    assert (set(conflict.locks), conflict.locks[0], set(conflict.instead)) == ({1, 2}, 1, {1, 2})
    (problem,) = check_instance(instance).problems
    assert problem.impossible
    assert "locks[2].date" in str(problem)


def test_somebody_kept_apart_is_no_company() -> None:
    pair, locks = Pair(staff_a="P1", staff_b="P2", kind="apart"), (b.lock("P1", 1, "E"), b.lock("P2", 3, "E"))
    two = b.make(people=2, contracts=PATROL, locks=locks, pairs=(pair,))
    found = list(lock_conflicts(two))
    assert [conflict.locks for conflict in found] == [(0,), (1,)]
    assert all(conflict.correction == (0, 1) for conflict in found)
    assert list(lock_conflicts(b.make(people=3, contracts=PATROL, locks=locks, pairs=(pair,)))) == []
    assert list(lock_conflicts(two.replace(pairs=()))) == []


@pytest.mark.parametrize("seed", range(20))
def test_the_fewest_cells_to_free_end_every_conflict_and_fewer_do_not(seed: int) -> None:
    """By trying all smaller sets: conflicts of one person, of patrols and of people kept apart may share a cell."""
    draw = random.Random(seed)
    cells = draw.sample([(f"P{number}", day) for number in (1, 2, 3) for day in range(4)], 7)
    locks = tuple(b.lock(staff, day, draw.choice(["E", "L", "N", "OFF"])) for staff, day in cells)
    pairs = (Pair(staff_a="P1", staff_b="P2", kind="apart"),) if draw.random() < 0.4 else ()
    limits = b.contract(min_together=draw.choice([1, 2]), weekly_hours=56.0)
    instance = b.make(4, people=3, contracts=(limits,), locks=locks, pairs=pairs)

    def left(freed: Iterable[int]) -> list[LockConflict]:
        rest = tuple(lock for row, lock in enumerate(locks) if row not in set(freed))
        return list(lock_conflicts(instance.replace(locks=rest)))

    found = left(())
    freed = fewest_freed(instance, found)
    assert bool(freed) is bool(found)
    assert left(freed) == []
    for size in range(len(freed)):
        assert all(left(rows) for rows in combinations(range(len(locks)), size))


def test_company_that_stands_there_from_before_or_comes_in_turns_is_company() -> None:
    past = b.past("P2", "N", spot="HAL")
    night = b.shift("M", "00:00", "06:00")
    locks, shifts = (b.lock("P1", 0, "M"),), (*b.SHIFTS, night)
    off = b.lock("P2", 0, "OFF")
    assert (
        list(lock_conflicts(b.make(people=2, contracts=PATROL, shifts=shifts, locks=(*locks, off), history=past))) == []
    )
    assert list(lock_conflicts(b.make(people=2, contracts=PATROL, shifts=shifts, locks=(*locks, off))))
    long = (b.shift("D", "08:00", "20:00"), b.shift("A", "08:00", "14:00"), b.shift("B", "14:00", "20:00"))
    turns = (b.lock("P1", 1, "D"), b.lock("P2", 1, "A"), b.lock("P3", 1, "B"))
    assert list(lock_conflicts(b.make(people=3, contracts=PATROL, shifts=long, locks=turns))) == []
    late = (*long[:2], b.shift("B", "14:01", "20:00"))
    (conflict,) = lock_conflicts(b.make(people=3, contracts=PATROL, shifts=late, locks=turns))
    assert set(conflict.locks) == {0, 1, 2}, "for a minute the first would be alone"


@pytest.mark.parametrize("seed", range(25))
def test_locks_that_a_legal_roster_keeps_are_no_conflict(seed: int) -> None:
    instance = zone(seed, days=5, police=4, guards=3)
    roster = first(compiled(instance)).roster
    kept = tuple(
        Lock(staff=cell.staff, date=instance.calendar.date(cell.day), shift=cell.shift, hotspot=cell.hotspot)
        for cell in roster
    )
    locked = instance.replace(locks=kept)
    assert kept
    assert list(lock_conflicts(locked)) == []
