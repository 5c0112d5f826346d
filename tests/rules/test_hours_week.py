import datetime as dt

import pytest

from scheduler.rules.hours_week import HoursWeek
from scheduler.vocabulary.constraints import Total
from tests.builders import MONDAY, SHIFTS, elsewhere, free_contract, lines, make, past, shift
from tests.rules.verdict import amounts, days, found

THURSDAY = MONDAY + dt.timedelta(days=3)


def world(limit: float | None, **facts):
    return make(**{"contracts": (free_contract(max_hours_week=limit),), "days": 14, **facts})


@pytest.mark.parametrize(("limit", "over"), [(40.0, []), (39.5, [30]), (None, [])])
def test_the_limit_itself_is_allowed(limit: float | None, over: list[int]):
    assert amounts(found(HoursWeek, world(limit), lines(P1="EEEEE..EEEE"))) == over


def test_a_night_counts_for_the_week_it_starts_in():
    assert found(HoursWeek, world(16.0), lines(P1=".....NNE")) == []
    assert days(found(HoursWeek, world(16.0), lines(P1="....NNNE"))) == [(6, 5, 4)]


def test_the_break_is_not_paid():
    shifts = (shift("D", "08:00", "16:30", unpaid_break_min=30),)
    assert found(HoursWeek, world(16.0, shifts=shifts), lines(P1="DD")) == []
    assert amounts(found(HoursWeek, world(15.5, shifts=shifts), lines(P1="DD"))) == [30]


def test_the_week_begins_before_the_horizon():
    instance = world(32.0, start=THURSDAY, history=past("P1", "EEEE", start=THURSDAY))
    # Of the four days of history, three lie in the same week.
    assert found(HoursWeek, instance, lines(P1="E...")) == []
    assert days(found(HoursWeek, instance, lines(P1="EE"))) == [(1, 0)]


def test_duties_elsewhere_count_and_alone_are_no_finding():
    instance = world(30.0, absences=(elsewhere("P1", 0, 4),))
    assert found(HoursWeek, instance, lines(P1=".......E")) == []
    assert days(found(HoursWeek, instance, lines(P1=".....E"))) == [(5,)]


def test_a_week_has_one_table_of_minutes_for_everybody():
    instance = make(people=3, contracts=(free_contract(max_hours_week=50.0),), shifts=SHIFTS)
    totals = [item for item in HoursWeek().declare(instance) if isinstance(item, Total)]
    assert len(totals) == 3
    assert len({id(total.weights) for total in totals}) == 1
