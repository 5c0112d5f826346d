import datetime as dt

import pytest

from scheduler.problem.facts import Counter
from scheduler.rules.max_weekends_per_year import MaxWeekendsPerYear
from tests.builders import MONDAY, elsewhere, free_contract, lines, make, past, person
from tests.rules.verdict import amounts, days, found

SATURDAY = ".....E."
SUNDAY = MONDAY + dt.timedelta(days=6)
NEW_YEAR = dt.date(2026, 12, 21)
"""A Monday: its first weekend lies in 2026, its second is that of 2 January 2027."""


def world(most: int | None, before: int = 0, **facts):
    counters = (Counter(staff="P1", weekends=before),)
    return make(**{"contracts": (free_contract(max_weekends_year=most),), "days": 28, "counters": counters, **facts})


@pytest.mark.parametrize(("most", "cells"), [(30, []), (29, [(12, 5)]), (None, [])])
def test_the_counter_is_carried_in(most: int | None, cells: list[tuple[int, ...]]):
    assert days(found(MaxWeekendsPerYear, world(most, 28), lines(P1=SATURDAY * 2))) == cells


def test_a_persons_own_limit_goes_before_that_of_the_contract():
    people = (person("P1", max_weekends_year=1), person("P2", max_weekends_year=0), person("P3"))
    instance = world(2, people=people, counters=())
    findings = found(MaxWeekendsPerYear, instance, lines(P1=SATURDAY * 2, P2=SATURDAY, P3=SATURDAY * 2))
    assert [(finding.staff, finding.amount) for finding in findings] == [(("P1",), 1), (("P2",), 1)]


def test_a_weekend_counts_once():
    assert found(MaxWeekendsPerYear, world(1), lines(P1="....NNN")) == []
    assert amounts(found(MaxWeekendsPerYear, world(1), lines(P1="....NNN.....E......E"))) == [2]


def test_more_than_allowed_before_is_no_finding_but_nothing_may_be_added():
    assert found(MaxWeekendsPerYear, world(2, 5), lines(P1="EEEEL..")) == []
    assert amounts(found(MaxWeekendsPerYear, world(2, 5), lines(P1=SATURDAY))) == [4]


def test_duties_elsewhere_count():
    instance = world(1, absences=(elsewhere("P1", 5),))
    assert found(MaxWeekendsPerYear, instance, lines(P1="......E")) == []
    assert days(found(MaxWeekendsPerYear, instance, lines(P1="............E"))) == [(12,)]


def test_a_duty_elsewhere_from_the_first_minute_on_counts():
    instance = world(1, start=SUNDAY, absences=(elsewhere("P1", 0, clock=("00:00", "08:00"), start=SUNDAY),))
    assert days(found(MaxWeekendsPerYear, instance, lines(P1="......E"))) == [(6,)]


def test_a_weekend_that_the_history_has_begun_is_in_the_counter():
    begun = past("P1", "E", start=SUNDAY)
    assert found(MaxWeekendsPerYear, world(1, 1, start=SUNDAY, history=begun), lines(P1="E")) == []
    assert days(found(MaxWeekendsPerYear, world(1, 1, start=SUNDAY), lines(P1="E"))) == [(0,)]
    assert days(found(MaxWeekendsPerYear, world(1, 1, start=SUNDAY, history=begun), lines(P1="......E"))) == [(6,)]


def test_a_new_year_begins_at_zero():
    instance = world(1, 1, start=NEW_YEAR)
    assert days(found(MaxWeekendsPerYear, instance, lines(P1=SATURDAY))) == [(5,)]
    assert found(MaxWeekendsPerYear, instance, lines(P1="............E")) == []
    assert days(found(MaxWeekendsPerYear, instance, lines(P1="............E......E"))) == [(19, 12)]


def test_a_weekend_over_new_year_belongs_to_the_year_of_its_saturday():
    # Saturday 31 December 2022, Sunday 1 January 2023.
    instance = world(1, 1, start=dt.date(2022, 12, 26))
    assert days(found(MaxWeekendsPerYear, instance, lines(P1="......E"))) == [(6,)]
    # A horizon that begins on that Sunday counts it for 2023.
    instance = world(1, 0, start=dt.date(2023, 1, 1))
    assert days(found(MaxWeekendsPerYear, instance, lines(P1="E.....E"))) == [(6, 0)]
