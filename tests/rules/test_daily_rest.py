import datetime as dt

import pytest

from scheduler.problem.roster import Assignment, Roster
from scheduler.rules.daily_rest import DailyRest
from scheduler.vocabulary.evaluate import evaluate
from scheduler.vocabulary.problem import Problem
from tests.builders import AUTUMN, SHIFTS, SPRING, contract, elsewhere, lines, make, past, shift
from tests.rules.verdict import amounts, days, found


@pytest.mark.parametrize(("rest", "short"), [(16.0, []), (16.5, [30])])
def test_the_limit_itself_is_enough(rest: float, short: list[int]):
    instance = make(contracts=(contract(min_rest_hours=rest),))
    findings = found(DailyRest, instance, lines(P1="LL"))
    assert amounts(findings) == short


def test_the_later_cell_is_named_first():
    assert days(found(DailyRest, make(), lines(P1="LE"))) == [(1, 0)]


def test_the_history_counts_and_only_cells_are_named():
    instance = make(history=past("P1", "LL"))
    findings = found(DailyRest, instance, lines(P1="E"))
    assert days(findings) == [(0,)]
    assert amounts(findings) == [3 * 60]
    assert found(DailyRest, instance, lines(P1="L")) == []


def test_a_duty_elsewhere_blames_the_cell_beside_it():
    court = elsewhere("P1", 1, clock=("08:00", "10:00"))
    instance = make(absences=(court,))
    assert days(found(DailyRest, instance, lines(P1="L"))) == [(0,)]
    assert days(found(DailyRest, instance, lines(P1=".L"))) == [(1,)]
    assert found(DailyRest, instance, lines(P1="E")) == []
    assert found(DailyRest, instance, lines(P1=".N")) == []


def test_fixed_work_alone_is_no_finding():
    court = elsewhere("P1", 0, clock=("08:00", "10:00"))
    assert found(DailyRest, make(history=past("P1", "N"), absences=(court,)), lines(P1="...E")) == []


def test_a_long_duty_reaches_over_the_next():
    # The short duty in between ends before the long one: what follows rests after the long one.
    shifts = (*SHIFTS, shift("D", "20:00", "20:00"), shift("S", "21:00", "23:00"))
    instance = make(shifts=shifts, history=past("P1", "D"))
    overlapping = Roster.of([Assignment("P1", 0, "L", "HAL"), Assignment("P1", 1, "E", "HAL")])
    assert days(found(DailyRest, instance, overlapping)) == [(0,), (1, 0)]
    assert amounts(found(DailyRest, instance, lines(P1=".E"))) == [60]


@pytest.mark.parametrize(("start", "free"), [(SPRING, 11), (AUTUMN, 13)])
def test_the_clock_change_is_part_of_the_rest(start, free: int):
    # A late duty ends on Saturday at 20:00; the next begins on Sunday at 08:00.
    shifts = (shift("A", "12:00", "20:00"), shift("B", "08:00", "16:00"))
    for rest, short in ((float(free), []), (free + 0.25, [15])):
        instance = make(2, start=start, shifts=shifts, contracts=(contract(min_rest_hours=rest),))
        assert amounts(found(DailyRest, instance, lines(P1="AB"))) == short


def test_rest_of_two_days_after_a_night_that_is_an_hour_short():
    shifts = (shift("A", "23:00", "23:00"), shift("B", "23:00", "23:30"))
    instance = make(4, start=SPRING, shifts=shifts, contracts=(contract(min_rest_hours=48.0),))
    assert amounts(found(DailyRest, instance, lines(P1="A..B"))) == []
    assert amounts(found(DailyRest, instance, lines(P1="A.B"))) == [24 * 60]


def test_no_rest_asked_is_no_rule():
    assert found(DailyRest, make(contracts=(contract(min_rest_hours=0.0),)), lines(P1="NE")) == []


@pytest.mark.parametrize(("rest", "short"), [(72.0, []), (72.5, [30]), (96.0, [24 * 60])])
def test_a_rest_of_days(rest: float, short: list[int]):
    """An early duty ends on Monday at 14:00; the late one of Thursday begins 72 hours later."""
    instance = make(contracts=(contract(min_rest_hours=rest),))
    roster = lines(P1="E..L")
    assert amounts(found(DailyRest, instance, roster)) == short
    problem = Problem(instance, tuple(DailyRest.for_instance(instance).declare(instance)))
    assert bool(evaluate(problem, roster).broken) == bool(short)


def test_the_longest_rest_after_the_longest_duty_over_the_short_night():
    """From Friday 23:59 four days are 97 hours on the clock: until Wednesday 00:59, the sixth date after the duty's own."""
    shifts = (shift("W", "23:59", "23:59"), shift("Z", "00:00", "06:00"), shift("Y", "00:59", "06:00"))
    thursday = SPRING - dt.timedelta(days=2)
    instance = make(7, start=thursday, shifts=shifts, contracts=(contract(min_rest_hours=96.0),))
    problem = Problem(instance, tuple(DailyRest.for_instance(instance).declare(instance)))
    for roster, short in ((lines(P1="W.....Z"), [59]), (lines(P1="W.....Y"), [])):
        assert amounts(found(DailyRest, instance, roster)) == short
        assert bool(evaluate(problem, roster).broken) == bool(short)


def test_history_of_days_ago_still_asks_for_rest():
    """Nights that ended four days before Monday 06:00, and before Tuesday 06:00."""
    for line, roster, short in (("N....", "E", []), ("N...", "N", [8 * 60]), ("N...", ".E", [])):
        instance = make(contracts=(contract(min_rest_hours=96.0),), history=past("P1", line))
        problem = Problem(instance, tuple(DailyRest.for_instance(instance).declare(instance)))
        assert amounts(found(DailyRest, instance, lines(P1=roster))) == short
        assert bool(evaluate(problem, lines(P1=roster)).broken) == bool(short)
