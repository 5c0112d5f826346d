"""The open part of a horizon: what is past stays whatever it breaks, and what is open keeps every rule after it."""

from __future__ import annotations

import random

import numpy as np
import pytest

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.one_shot import solve_one_shot
from scheduler.horizon.tail import tail
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules import declare
from scheduler.rules.audit import audit
from scheduler.vocabulary.evaluate import evaluate
from tests.builders import contract, demand, leave, lines, make
from tests.engine.zones import built, limits, zone

DAY = 24 * 60


def _world(days: int = 6, **facts: object) -> Instance:
    return make(days, **{"people": 2, "demand": (demand(minimum=1),)} | facts)  # type: ignore[arg-type]


def test_before_the_period_all_of_it_is_open() -> None:
    instance = _world()
    part = tail(instance, lines(P1="EE"), -500)
    assert (part.first, part.stop, part.beside, part.instance) == (0, 6, (), instance)
    assert part.whole(part.roster) == lines(P1="EE")


def test_what_was_worked_is_history_even_where_it_broke_a_rule() -> None:
    """An early duty right after a night: done is done. The open days go on from the last duty."""
    roster = lines(P1="NE.L", P2="..EE")
    part = tail(_world(contracts=(contract(min_days_off=1),)), roster, 2 * DAY)
    assert [(past.date.isoformat(), past.shift) for past in part.instance.history] == [
        ("2026-03-02", "N"),
        ("2026-03-03", "E"),
    ]
    assert part.roster == Roster.of([*lines(P1=".L"), *lines(P2="EE")])
    assert not [finding for finding in audit(part.instance, part.roster) if finding.hard]
    assert part.whole(part.roster) == roster


def test_a_duty_that_has_begun_stays_and_no_other_begins_in_the_past() -> None:
    instance, roster = _world(days=3), lines(P1=".E", P2=".N")
    part = tail(instance, roster, DAY + 7 * 60)  # At 07:00 of the second day.
    problem = declare(part.instance, part.beside)
    assert [(lock.staff, lock.shift) for lock in part.instance.locks] == [("P1", "E")]
    for other in (lines(P1=".", P2="N"), Roster.of([*lines(P1="E"), *lines(P2="E")])):
        assert evaluate(problem, other).broken
    assert not evaluate(problem, Roster.of([*lines(P1="E"), *lines(P2="L")])).broken


def test_who_fell_ill_on_duty_is_away_after_it() -> None:
    instance = _world(days=3, absences=(leave("P1", 1, 2),))
    part = tail(instance, lines(P1=".E"), DAY + 7 * 60)
    (away,) = part.instance.absences
    assert away.start == part.instance.duty(0, "E").end
    assert not evaluate(declare(part.instance, part.beside), part.roster).broken


def test_limits_of_the_whole_period_count_what_was_used() -> None:
    """Forty hours of the period are 5 duties: two are worked, three are left."""
    instance = _world(days=8, contracts=(contract(max_hours_horizon=40.0, min_days_off=1),))
    part = tail(instance, lines(P1="EE"), 2 * DAY)
    problem = declare(part.instance, part.beside)
    assert not evaluate(problem, lines(P1="EEE")).broken
    assert evaluate(problem, lines(P1="EEE.E")).broken


def test_of_a_long_period_later_days_stay() -> None:
    instance = _world(days=100)
    roster = Roster.of(Assignment("P1", day, "E", "HAL") for day in range(0, 100, 3))
    part = tail(instance, roster, 10 * DAY)
    assert (part.first, part.stop, part.instance.days) == (10, 45, 42)
    assert {a.day for a in part.after} == {day for day in range(0, 100, 3) if day >= 45}
    locked = {part.instance.calendar.day(lock.date) for lock in part.instance.locks}
    assert locked == {a.day for a in part.roster if a.day >= 35}
    assert part.whole(part.roster) == roster


@pytest.mark.parametrize("seed", range(10))
def test_a_repaired_roster_is_legal_in_the_whole_where_its_past_was(seed: int) -> None:
    """Solve a zone, let some days go by, repair to the end: the audit of the whole finds nothing that it did not find before."""
    pick = random.Random(seed)
    instance = zone(seed, days=6)
    pool = CompiledProblem(declare(instance))
    _, first = built(pool, seed)
    since = pick.randrange(1, 5) * DAY + pick.randrange(DAY)
    part = tail(instance, first.roster, since)
    inner = CompiledProblem(declare(part.instance, part.beside))
    _, start = built(inner, seed)
    found = solve_one_shot(inner, start, lambda: limits(20.0)).incumbent
    assert found.legal
    whole = part.whole(found.roster)
    past = {a for a in first.roster if instance.duty(a.day, a.shift).start < since}
    assert past <= set(whole)
    assert {a for a in whole if instance.duty(a.day, a.shift).start < since} == past
    assert not [finding for finding in audit(instance, whole) if finding.hard]
    assert np.array_equal(inner.arrays(found.roster)[0], found.shift)
