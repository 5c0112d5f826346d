"""A search that goes on from a roster: what is legal of it stays at first, and the result is never worse."""

from __future__ import annotations

import numpy as np
import pytest

import scheduler
from scheduler.config import SolveConfig
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.initial_roster import first_legal
from scheduler.engine.lines.models import LineModels
from scheduler.problem.roster import Assignment, Roster
from scheduler.result import Status
from scheduler.rules import declare
from scheduler.rules.audit import audit
from scheduler.vocabulary.evaluate import evaluate
from tests.builders import contract, demand, leave, lines, lock, make
from tests.engine.zones import built, compiled, limits, zone


@pytest.mark.parametrize("seed", range(10))
def test_a_legal_start_is_the_first_roster(seed: int) -> None:
    pool = compiled(zone(seed))
    _, before = built(pool, seed)
    found, home = first_legal(pool, LineModels(pool), limits(), before.roster)
    assert found.roster == before.roster
    assert home == []


@pytest.mark.parametrize("seed", range(10))
def test_of_a_broken_start_the_most_that_is_legal_stays(seed: int) -> None:
    """Some duties more are typed in at random: the first roster is legal, and holds nothing that was not there, but locks."""
    pool = compiled(zone(seed, days=6))
    _, before = built(pool, seed)
    random = np.random.default_rng(seed)
    shift, spot = before.shift.copy(), before.spot.copy()
    for _ in range(6):
        p, d = random.integers(len(pool.people)), random.integers(pool.days)
        shift[p, d], spot[p, d] = random.integers(len(pool.shifts)), random.integers(len(pool.hotspots))
    start = pool.roster(shift, spot)
    found, _ = first_legal(pool, LineModels(pool), limits(), start)
    assert found.legal
    kept = (found.shift == shift) | (found.shift < 0) | (pool.forced >= 0)
    assert kept.all()
    if Incumbent.of(pool, HeadCount(pool), shift, spot).legal:
        assert found.roster == start


def test_only_what_an_absence_takes_is_lost() -> None:
    instance = make(7, people=2, contracts=(contract(min_days_off=1),), absences=(leave("P1", 2),))
    pool = compiled(instance)
    found, _ = first_legal(pool, LineModels(pool), limits(), lines(P1="EEEE", P2="LLLL"))
    assert found.roster == Roster.of([*lines(P1="EE.E"), *lines(P2="LLLL")])


def test_a_lock_goes_before_the_start() -> None:
    instance = make(3, people=1, locks=(lock("P1", 1, "L", "HAL"), lock("P1", 2, "OFF")))
    pool = compiled(instance)
    found, _ = first_legal(pool, LineModels(pool), limits(), lines(P1="EEE"))
    assert found.roster == Roster.of([*lines(P1="EL")])


def test_the_library_begins_with_a_given_roster_and_never_ends_worse() -> None:
    instance = zone(3, days=7, police=6)
    _, before = built(compiled(instance), 3)
    found = scheduler.solve(instance, SolveConfig(time_limit_s=2.0), start=before.roster)
    problem = declare(instance)
    now, then = (tuple(evaluate(problem, roster).levels.values()) for roster in (found.roster, before.roster))
    assert now <= then
    assert not [finding for finding in audit(instance, found.roster) if finding.hard]


@pytest.mark.parametrize("broken", [False, True])
def test_a_legal_start_of_a_long_period_stays_where_there_is_no_time(broken: bool) -> None:
    """Blocks for which no time was left hold nothing by themselves."""
    rows = (demand(start="06:00", until="14:00", minimum=1),)
    instance = make(70, people=4, demand=rows, contracts=(contract(min_days_off=1),))
    start = Roster.of(Assignment(f"P{1 + day % 4}", day, "E", "HAL") for day in range(70))
    if broken:
        start = Roster.of([*start, Assignment("P1", 1, "N", "HAL"), Assignment("P1", 2, "E", "HAL")])
    found = scheduler.solve(instance, SolveConfig(time_limit_s=0.01), start=start)
    codes = [incident.code for incident in found.record.incidents]
    assert found.violations == 0
    assert (found.roster == start) == (found.shortages == ()) == ("start_stays" in codes) == (not broken)
    assert ("blocks_unplanned" in codes) == broken
    assert found.record.status is (Status.INTERRUPTED if broken else Status.FEASIBLE)


def test_of_a_long_period_every_block_begins_with_its_part() -> None:
    """Ten weeks of one early duty a day that nobody can do better."""
    rows = (demand(start="06:00", until="14:00", minimum=1),)
    instance = make(70, people=4, demand=rows, contracts=(contract(min_days_off=1),))
    start = Roster.of(Assignment(f"P{1 + day % 4}", day, "E", "HAL") for day in range(70))
    found = scheduler.solve(instance, SolveConfig(time_limit_s=8.0), start=start)
    assert found.shortages == ()
    assert len(found.record.blocks) > 1
