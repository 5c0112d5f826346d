import datetime as dt

from scheduler.rules.min_consecutive_days import MinConsecutiveDays
from tests.builders import MONDAY, elsewhere, free_contract, leave, lines, make, past, person
from tests.rules.verdict import amounts, days, found


def world(least: int, **facts):
    return make(**{"contracts": (free_contract(min_consecutive_days=least),), "days": 10, **facts})


def test_both_sides_of_the_limit():
    assert found(MinConsecutiveDays, world(3), lines(P1=".EEE.ELNE.")) == []
    findings = found(MinConsecutiveDays, world(3), lines(P1=".EE..E...."))
    assert amounts(findings) == [1, 2]
    assert days(findings) == [(1, 2), (5,)]
    assert found(MinConsecutiveDays, world(1), lines(P1=".E.E.E....")) == []


def test_the_ends_of_the_horizon_are_excused():
    assert found(MinConsecutiveDays, world(3), lines(P1="E.......EE")) == []


def test_with_a_history_the_first_day_is_judged():
    rested = world(3, history=past("P1", "EEE."))
    assert days(found(MinConsecutiveDays, rested, lines(P1="EE"))) == [(0, 1)]
    begun = world(3, history=past("P1", "EE"))
    assert found(MinConsecutiveDays, begun, lines(P1="E")) == []
    # The run of the history ends short: the first day is the one to work on.
    assert days(found(MinConsecutiveDays, begun, lines(P1=".EEE"))) == [(0,)]


def test_leave_and_the_end_of_the_service_excuse_what_the_history_began():
    history = past("P1", "E")
    assert found(MinConsecutiveDays, world(2, history=history, absences=(leave("P1", 0),)), lines()) == []
    gone = [person(last=MONDAY - dt.timedelta(days=1))]
    assert found(MinConsecutiveDays, world(2, history=history, people=gone), lines()) == []
    assert len(found(MinConsecutiveDays, world(2, history=history, absences=(leave("P1", 1),)), lines())) == 1


def test_a_run_with_a_duty_elsewhere_is_excused():
    instance = world(3, absences=(elsewhere("P1", 4),))
    assert found(MinConsecutiveDays, instance, lines(P1=".....E....")) == []
    assert days(found(MinConsecutiveDays, instance, lines(P1="......EE.."))) == [(6, 7)]
    before = world(3, absences=(elsewhere("P1", -1),))
    assert found(MinConsecutiveDays, before, lines(P1="E")) == []


def test_leave_beside_a_run_is_no_excuse():
    assert days(found(MinConsecutiveDays, world(2, absences=(leave("P1", 4, 6),)), lines(P1="...E"))) == [(3,)]


def test_leave_on_the_first_day_excuses_a_row_from_before_whatever_follows():
    facts = {"history": past("P1", ".E"), "absences": (leave("P1", 0), elsewhere("P1", 1))}
    assert found(MinConsecutiveDays, world(2, **facts), lines()) == []
