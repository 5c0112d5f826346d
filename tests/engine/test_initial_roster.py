"""There is a first roster whenever there is a legal one; where there is none, that is proven and said."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from scheduler.engine.cpsat.one_shot import solve_one_shot
from scheduler.engine.initial_roster import first_legal
from scheduler.errors import ContradictionError, NoRosterError
from scheduler.problem.facts import Category, Lock
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.vocabulary.constraints import COVERAGE_LEVELS
from tests.builders import contract, demand, free_contract, hotspot, leave, lock, make, past, person
from tests.engine.zones import LineModels, built, clean, compiled, first, led, limits, zone

pytestmark = pytest.mark.slow


def _first(instance: Instance) -> Roster:
    roster = first(compiled(instance)).roster
    assert clean(instance, roster)
    return roster


def _with_locks(instance: Instance, locks: tuple[Lock, ...]) -> Instance:
    return instance.replace(locks=locks)


def test_a_lock_without_possible_company_is_a_contradiction() -> None:
    alone = make(1, people=1, contracts=(contract(min_together=2),), locks=(lock("P1", 0, "E"),))
    with pytest.raises(ContradictionError, match="P1 on 2026-03-02"):
        _first(alone)
    pair = make(1, people=2, contracts=(contract(min_together=2),), locks=(lock("P1", 0, "E"),))
    assert {a.staff for a in _first(pair)} == {"P1", "P2"}


def _escorted(*locks: Lock) -> Instance:
    """Police are wanted where nobody is locked; the peacekeeper is locked elsewhere, and must not be alone there."""
    wardens = contract("GDP", category=Category.NON_POLICE, needs_police=1)
    wanted = demand(start="06:00", until="14:00", minimum=1).model_copy(update={"hotspot": "MIDI"})
    return make(
        1, people=[person("P1"), person("G1", contract="GDP")], contracts=(contract(), wardens),
        hotspots=(hotspot("HAL"), hotspot("MIDI", priority=5)), demand=(wanted,), locks=locks,
    )  # fmt: skip


def test_police_go_where_somebody_locked_needs_them() -> None:
    instance = _escorted(lock("G1", 0, "E", "HAL"))
    assert not built(compiled(instance))[1].legal
    assert {(a.staff, a.hotspot) for a in _first(instance)} == {("P1", "HAL"), ("G1", "HAL")}
    with pytest.raises(ContradictionError, match="G1 on 2026-03-02"):
        _first(_escorted(lock("G1", 0, "E", "HAL"), lock("P1", 0, "E", "MIDI")))


def test_whoever_must_go_on_working_finds_company() -> None:
    """P1 may not stop after one day, and nobody may be alone."""
    instance = make(
        7, people=2, contracts=(contract(min_together=2, min_consecutive_days=3),), history=past("P1", "E"),
        absences=(leave("P2", 5, 6),),
    )  # fmt: skip
    assert {a.staff for a in _first(instance)} == {"P1", "P2"}
    alone = make(7, people=1, contracts=(contract(min_together=2, min_consecutive_days=3),), history=past("P1", "E"))
    with pytest.raises(ContradictionError, match="rules were broken for P1"):
        _first(alone)


def test_an_answer_that_did_not_come_in_time_is_no_contradiction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.engine.initial_roster.legal_lines", lambda *_: (None, False))
    pool = compiled(_escorted(lock("G1", 0, "E", "HAL")))
    with pytest.raises(NoRosterError, match="nor the proof"):
        first_legal(pool, LineModels(pool), limits())


def _out_of_time(instance: Instance) -> tuple[Roster, list[str]]:
    """The first roster when no time is left for anybody."""
    pool = compiled(instance)
    found, home = first_legal(pool, LineModels(pool, over=np.ones(1, dtype=np.uint8)), limits())
    return found.roster, home


def test_who_has_no_line_when_the_time_is_over_stays_at_home_and_is_named() -> None:
    instance = make(6, people=3, contracts=(free_contract(),), locks=(lock("P2", 1, "E", "HAL"),))
    roster, home = _out_of_time(instance)
    assert {(a.staff, a.day, a.shift) for a in roster} == {("P2", 1, "E")}
    assert sorted(home) == ["P1", "P2", "P3"]


def test_who_may_not_stay_at_home_is_the_reason_when_the_time_is_over() -> None:
    """P1 owes at least eight hours."""
    instance = make(6, people=1, contracts=(free_contract(min_hours_horizon=8.0),))
    with pytest.raises(NoRosterError, match="P1 had no series of duties when the time was over"):
        _out_of_time(instance)


@pytest.mark.parametrize(("seed", "drivers"), [*((seed, 0) for seed in range(12)), *((seed, 2) for seed in range(4))])
def test_locks_taken_from_a_legal_roster_hold(seed: int, drivers: int) -> None:
    instance = led(zone(seed, days=6), drivers) if drivers else zone(seed, days=6)
    pool, pick = compiled(instance), random.Random(seed)
    known = solve_one_shot(
        pool, first(pool, seed), lambda: replace(limits(), seconds=2.0), COVERAGE_LEVELS
    ).incumbent.roster
    for count in (1, 2, 3):
        cells = pick.sample(list(known), count)
        dates = instance.calendar.date
        spots = [pick.choice([a.hotspot, None]) for a in cells]
        locks = tuple(
            Lock(staff=a.staff, date=dates(a.day), shift=a.shift, hotspot=spot)
            for a, spot in zip(cells, spots, strict=True)
        )
        _first(_with_locks(instance, locks))


def test_a_start_stands_where_there_is_no_time_for_anything_else() -> None:
    """Lines of a start that are legal need no model; who has none left holds their locks."""
    pool = compiled(zone(3))
    over = np.zeros(1, dtype=np.uint8)
    roster = first_legal(pool, LineModels(pool), limits())[0].roster
    over[0] = 1
    kept, home = first_legal(pool, LineModels(pool, over=over), limits(), roster)
    assert (kept.roster, home) == (roster, [])
    assert len(roster) > 4


def test_who_has_no_line_in_time_holds_their_locks_and_the_others_what_they_had() -> None:
    instance = make(4, people=2, contracts=(contract(min_together=1, min_days_off=1, max_consecutive_days=2),))
    pool = compiled(instance)
    three_days = [Assignment("P1", day, "E", "HAL") for day in range(3)]
    start = Roster.of([*three_days, Assignment("P2", 0, "E", "HAL")])
    over = np.ones(1, dtype=np.uint8)
    found, home = first_legal(pool, LineModels(pool, over=over), limits(), start)
    assert (list(found.roster), home) == ([Assignment("P2", 0, "E", "HAL")], ["P1"])
