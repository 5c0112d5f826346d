"""The open part of a horizon: what is past stays whatever it breaks, and what is open keeps every rule after it."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.one_shot import solve_one_shot
from scheduler.horizon.tail import open_until, tail
from scheduler.problem.facts import Counter, Pooling
from scheduler.problem.incidents import Incident
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules import declare
from scheduler.rules.audit import audit
from scheduler.vocabulary.constraints import ShortageLimit
from scheduler.vocabulary.evaluate import evaluate
from tests.builders import contract, demand, free_contract, hotspot, leave, lines, make
from tests.engine.zones import built, limits, zone
from tests.parity_cases import ANOTHER, zones

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
    assert [(past.staff, past.shift) for past in part.instance.history] == [("P1", "E")]
    assert (part.roster, part.whole(part.roster)) == (lines(P2="N"), roster)
    for other in (lines(P1="N"), lines(P2="E")):
        assert evaluate(problem, other).broken
    assert not evaluate(problem, lines(P2="L")).broken


def test_who_fell_ill_on_duty_is_away_after_it() -> None:
    instance = _world(days=3, absences=(leave("P1", 1, 2),))
    part = tail(instance, lines(P1=".E"), DAY + 7 * 60)
    (away,) = part.instance.absences
    assert away.start == part.instance.duty(0, "E").end
    assert not evaluate(declare(part.instance, part.beside), part.roster).broken


@pytest.mark.parametrize("day", [0, 1])
def test_a_duty_that_has_begun_is_a_fact_though_leave_owes_no_hours_for_it(day: int) -> None:
    """And nothing more can be worked in the period."""
    instance = _world(days=5, absences=(leave("P1", day, 2),), counters=(Counter(staff="P1", hours_balance=12.0),))
    instance = instance.replace(contracts=(contract(min_days_off=1),))
    part = tail(instance, lines(P1="EE"[: day + 1]), day * DAY + 7 * 60)
    problem = declare(part.instance, part.beside)
    assert not evaluate(problem, part.roster).broken
    more = Roster.of([Assignment("P1", 4 - day, "E", "HAL")])
    assert {row.rule for row in evaluate(problem, more).broken} == {"reference_hours"}


def test_limits_of_the_period_count_what_has_begun_on_its_first_day() -> None:
    """Of two early duties one has begun; of two days that may be lent one is."""
    spots = (hotspot("HAL"), hotspot("CLEM", zone=ANOTHER.code))
    instance = _world(
        days=10, strategy=Pooling.LATERAL, organisations=zones(lends_percent=15.0), hotspots=spots,
        contracts=(free_contract(shift_limits=(("E", 2),)),), parameters={"reference_hours.most_over_hours": 200.0},
    )  # fmt: skip
    part = tail(instance, Roster.of([Assignment("P1", 0, "E", "CLEM")]), 7 * 60)
    problem = declare(part.instance, part.beside)

    def broken(*days: int, shift: str, hotspot: str) -> set[str]:
        worked = Roster.of(Assignment("P1", day, shift, hotspot) for day in days)
        return {item.rule for item in evaluate(problem, worked).broken}

    assert broken(2, shift="E", hotspot="HAL") == set()
    assert broken(2, 4, shift="E", hotspot="HAL") == {"shift_limits"}
    assert broken(2, shift="L", hotspot="CLEM") == set()
    assert broken(2, 4, shift="L", hotspot="CLEM") == {"lending"}


def test_limits_of_the_whole_period_count_what_was_used() -> None:
    """Forty hours of the period are 5 duties: two are worked, three are left."""
    instance = _world(days=8, contracts=(contract(max_hours_horizon=40.0, min_days_off=1),))
    part = tail(instance, lines(P1="EE"), 2 * DAY)
    problem = declare(part.instance, part.beside)
    assert not evaluate(problem, lines(P1="EEE")).broken
    assert evaluate(problem, lines(P1="EEE.E")).broken


def test_a_least_of_the_whole_period_counts_what_was_worked() -> None:
    """Forty hours of the period are 5 duties: two are worked, three are due, and not one more."""
    instance = _world(days=8, people=1, contracts=(contract(min_hours_horizon=40.0, min_days_off=1),))
    part = tail(instance, lines(P1="EE"), 2 * DAY)
    problem = declare(part.instance, part.beside)
    assert not evaluate(problem, lines(P1="EEE")).broken
    assert evaluate(problem, lines(P1="EE")).broken


def test_of_a_long_period_later_days_stay() -> None:
    """What stands there is locked where it is, and nobody gets anything new there."""
    instance = _world(days=100)
    roster = Roster.of(Assignment("P1", day, "E", "HAL") for day in range(0, 100, 3))
    stop = open_until(instance, roster, 10 * DAY)
    part = tail(instance, roster, 10 * DAY, stop)
    assert (part.first, part.stop, part.instance.days) == (10, 45, 90)
    locked = {part.instance.calendar.day(lock.date) for lock in part.instance.locks}
    assert locked == {a.day for a in part.roster if a.day >= 35}
    problem = declare(part.instance, part.beside)
    assert not evaluate(problem, part.roster).broken
    assert not evaluate(problem, Roster.of([*part.roster, Assignment("P2", 34, "L", "HAL")])).broken
    assert evaluate(problem, Roster.of([*part.roster, Assignment("P2", 35, "L", "HAL")])).broken
    assert part.whole(part.roster) == roster


@pytest.mark.parametrize(("days", "expected"), [(43, 43), (52, 52), (53, 45), (100, 45)])
def test_six_weeks_are_open_as_a_whole(days: int, expected: int) -> None:
    assert open_until(_world(days=days), Roster(), 10 * DAY) == expected


def test_days_in_which_something_happened_are_open_too() -> None:
    roster = Roster.of(Assignment("P1", day, "E", "HAL") for day in (50, 60))
    away = _world(days=100, absences=(leave("P1", 60, 90),))
    assert open_until(away, roster, 0) == 61
    assert open_until(away, Roster(), 0) == 35
    assert open_until(_world(days=100), roster, 0, decided=[70]) == 71
    incident = _world(days=100, incidents=(Incident(at=40 * DAY, hotspot="HAL"),))
    assert open_until(incident, roster, 0) == 55, "the clocks go forward: it ends at one in the night"


LONG: dict[str, tuple[dict[str, object], Sequence[int], Sequence[int]]] = {
    "hours of the period": ({"max_hours_horizon": 80.0}, range(44, 64, 2), range(0, 12, 2)),
    "weekends in a row": ({"max_weekends_in_row": 2, "weekend_rest_hours": 0.0}, [40, 47], [33]),
    "weekends of the year": ({"max_weekends_year": 4}, [47, 54, 61, 68], [5, 12]),
    "days in a row": ({"max_consecutive_days": 3}, [35, 36, 37], [34]),
}
"""Figures of a contract, the days of early duties that stand, and days that the rules do not allow beside them."""


@pytest.mark.parametrize("limit", LONG)
def test_rules_see_the_days_that_stay(limit: str) -> None:
    figures, stands, more = LONG[limit]
    instance = _world(days=70, people=1, contracts=(free_contract(**figures),))
    roster = Roster.of(Assignment("P1", day, "E", "HAL") for day in stands)
    part = tail(instance, roster, 0, open_until(instance, roster, 0))
    problem = declare(part.instance, part.beside)
    assert not evaluate(problem, part.roster).broken
    assert evaluate(problem, Roster.of([*part.roster, *(Assignment("P1", day, "E", "HAL") for day in more)])).broken


def test_what_was_lent_before_is_taken_off_and_what_was_missed_too() -> None:
    """A tenth of 40 person-days may be lent: three are, so that one is left. Of 20 hours that may be missing 16 are used."""
    organisations = zones(lends_percent=10.0, short_hours=20.0)
    spots = (hotspot("HAL"), hotspot("CLEM", zone=ANOTHER.code))
    asked = demand(start="06:00", until="14:00", minimum=1)
    instance = _world(
        days=28, strategy=Pooling.LATERAL, organisations=organisations, hotspots=spots, demand=(asked,),
        contracts=(free_contract(),), parameters={"reference_hours.most_over_hours": 200.0},
    )  # fmt: skip
    lent = Roster.of(Assignment("P1", day, "E", "CLEM") for day in (0, 1, 2))
    kept = Roster.of(Assignment("P2", day, "E", "HAL") for day in range(2, 28))
    part = tail(instance, Roster.of([*lent, *kept]), 7 * DAY)
    problem = declare(part.instance, part.beside)
    (limit,) = problem.all(ShortageLimit)
    assert limit.most == 4 * 60
    stands = part.roster
    assert not evaluate(problem, stands).broken
    assert not evaluate(problem, Roster.of([*stands, Assignment("P1", 3, "E", "CLEM")])).broken
    two = [Assignment("P1", day, "E", "CLEM") for day in (3, 5)]
    assert [item.rule for item in evaluate(problem, Roster.of([*stands, *two])).broken] == ["lending"]


def test_what_nothing_uses_later_may_be_used_now() -> None:
    """The whole of a limit, not a part of it for each week."""
    instance = _world(days=70, people=1, contracts=(contract(max_hours_horizon=80.0, min_days_off=1),))
    part = tail(instance, Roster(), 0, 35)
    duties = Roster.of(Assignment("P1", day, "E", "HAL") for day in (0, 2, 4, 7, 9, 11, 14, 16, 18, 21))
    assert not evaluate(declare(part.instance, part.beside), duties).broken


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
