import datetime as dt

import pytest

from scheduler.rules.max_consecutive_weekends import MaxConsecutiveWeekends
from tests.builders import MONDAY, SHIFTS, elsewhere, free_contract, lines, make, past, shift
from tests.rules.verdict import amounts, days, found

OFF = "." * 7
SATURDAY = ".....E."


def world(most: int | None, rest: float = 0.0, **facts):
    terms = free_contract(max_weekends_in_row=most, weekend_rest_hours=rest)
    return make(**{"contracts": (terms,), "days": 28, **facts})


def test_both_sides_of_the_limit():
    assert found(MaxConsecutiveWeekends, world(2), lines(P1=SATURDAY * 2 + OFF + SATURDAY)) == []
    findings = found(MaxConsecutiveWeekends, world(2), lines(P1=SATURDAY * 3 + OFF))
    assert days(findings) == [(19,)]
    assert amounts(findings) == [1]
    assert found(MaxConsecutiveWeekends, world(None), lines(P1=SATURDAY * 4)) == []


def test_friday_nights_and_sundays_are_weekend_work_and_mondays_are_not():
    assert days(found(MaxConsecutiveWeekends, world(1), lines(P1="....N........E"))) == [(13,)]
    assert found(MaxConsecutiveWeekends, world(1), lines(P1="....L........E")) == []
    assert found(MaxConsecutiveWeekends, world(1), lines(P1=".....E.E......")) == []


def test_no_weekend_at_all():
    assert days(found(MaxConsecutiveWeekends, world(0), lines(P1=SATURDAY))) == [(5,)]
    assert found(MaxConsecutiveWeekends, world(0, 60.0), lines(P1="EEEEL..EEEEL..")) == []


def test_the_history_is_the_beginning_of_the_row():
    assert found(MaxConsecutiveWeekends, world(2, history=past("P1", SATURDAY)), lines(P1=SATURDAY)) == []
    two = world(2, history=past("P1", SATURDAY * 2))
    assert days(found(MaxConsecutiveWeekends, two, lines(P1=SATURDAY))) == [(5,)]
    assert found(MaxConsecutiveWeekends, two, lines(P1=OFF + SATURDAY * 2)) == []


def test_a_weekend_that_the_history_has_begun():
    sunday = MONDAY + dt.timedelta(days=6)
    instance = world(1, start=sunday, days=14, history=past("P1", "E", start=sunday))
    assert found(MaxConsecutiveWeekends, instance, lines(P1="E")) == []
    assert days(found(MaxConsecutiveWeekends, instance, lines(P1="......E"))) == [(6,)]


@pytest.mark.parametrize(
    ("line", "short"),
    [
        # Friday 22:00 to Monday 06:00 are 56 hours, to Monday 14:00 they are 64.
        (SATURDAY * 2 + "....L..E", [240]),
        (SATURDAY * 2 + "....L..L", []),
        (SATURDAY * 2 + "....E..E", []),
        # Without two full weekends before it, a weekend needs no long rest.
        (SATURDAY + OFF + "....L..E", []),
    ],
)
def test_the_long_rest_after_a_full_row(line: str, short: list[int]):
    assert amounts(found(MaxConsecutiveWeekends, world(2, 60.0), lines(P1=line))) == short


def test_the_later_cell_of_a_short_rest_is_named_first():
    assert days(found(MaxConsecutiveWeekends, world(2, 60.0), lines(P1=SATURDAY * 2 + "....L..E"))) == [(21, 18)]


@pytest.mark.parametrize("fixed", [None, "before", "after"])
def test_the_long_rest_is_around_a_weekend_from_midnight_to_midnight(fixed: str | None):
    """Friday until 24:00 and Monday from 00:00 leave 48 hours, whether one of them is a duty elsewhere or none."""
    away = {
        "before": elsewhere("P1", 18, clock=("16:00", "24:00")),
        "after": elsewhere("P1", 21, clock=("00:00", "08:00")),
    }
    facts = {"shifts": (*SHIFTS, shift("F", "16:00", "24:00"), shift("M", "00:00", "08:00"))}
    if fixed is not None:
        facts["absences"] = (away[fixed],)
    friday, monday = "." if fixed == "before" else "F", "." if fixed == "after" else "M"
    line = SATURDAY * 2 + f"....{friday}..{monday}"
    assert amounts(found(MaxConsecutiveWeekends, world(2, 60.0, **facts), lines(P1=line))) == [12 * 60]
    assert found(MaxConsecutiveWeekends, world(2, 48.0, **facts), lines(P1=line)) == []


@pytest.mark.parametrize(
    ("history", "line", "cells"),
    [
        # The free weekend lies before the horizon: late work on Friday, so Monday morning is too early.
        (SATURDAY * 2 + "....L..", "E", [(0,)]),
        (SATURDAY * 2 + "....L..", "L", []),
        (SATURDAY * 2 + "....E..", "E", []),
        (SATURDAY + OFF + "....L..", "E", []),
        # The row is full at the horizon's start: the rest is due over its first weekend.
        (SATURDAY * 2, "....L..E", [(7, 4)]),
        (SATURDAY * 2, "....L..L", []),
        # The row runs over the start of the horizon.
        (SATURDAY, SATURDAY + "....L..E", [(14, 11)]),
        (OFF, SATURDAY + "....L..E", []),
    ],
)
def test_the_long_rest_at_the_start_of_the_horizon(history: str, line: str, cells: list[tuple[int, ...]]):
    assert days(found(MaxConsecutiveWeekends, world(2, 60.0, history=past("P1", history)), lines(P1=line))) == cells


def test_the_long_rest_beside_duties_elsewhere():
    court = elsewhere("P1", 21, clock=("06:00", "08:00"))
    instance = world(2, 60.0, absences=(court,))
    assert days(found(MaxConsecutiveWeekends, instance, lines(P1=SATURDAY * 2 + "....L.."))) == [(18,)]
    assert found(MaxConsecutiveWeekends, instance, lines(P1=OFF + SATURDAY + "....L..")) == []
    assert found(MaxConsecutiveWeekends, instance, lines(P1=SATURDAY * 2 + "....E..")) == []
    training = elsewhere("P1", 18, clock=("20:00", "22:00"))
    instance = world(2, 60.0, absences=(training,))
    assert days(found(MaxConsecutiveWeekends, instance, lines(P1=SATURDAY * 2 + OFF + "E"))) == [(21,)]
    assert found(MaxConsecutiveWeekends, instance, lines(P1=SATURDAY * 2 + OFF + "L")) == []
    history = past("P1", SATURDAY)
    assert (
        days(
            found(
                MaxConsecutiveWeekends,
                world(2, 60.0, absences=(elsewhere("P1", 14),), history=history),
                lines(P1=SATURDAY),
            )
        )
        == []
    )
    early = elsewhere("P1", 14, clock=("06:00", "08:00"))
    instance = world(2, 60.0, absences=(early,), history=history)
    assert days(found(MaxConsecutiveWeekends, instance, lines(P1=SATURDAY + "....L.."))) == [(11,)]


def test_fixed_work_alone_is_no_finding_but_may_not_be_lengthened():
    instance = world(1, 60.0, absences=(elsewhere("P1", 5), elsewhere("P1", 12)))
    assert found(MaxConsecutiveWeekends, instance, lines(P1="E" + OFF * 3)) == []
    assert days(found(MaxConsecutiveWeekends, instance, lines(P1=OFF * 2 + SATURDAY))) == [(19,)]
    assert found(MaxConsecutiveWeekends, instance, lines(P1=OFF * 3 + SATURDAY)) == []


def test_the_long_rest_beside_a_duty_elsewhere_ends_with_it():
    """After a free weekend and court on Monday the rest is over: any later duty may follow."""
    court = elsewhere("P1", 21, clock=("06:00", "08:00"))
    instance = world(2, 60.0, absences=(court,))
    assert found(MaxConsecutiveWeekends, instance, lines(P1=SATURDAY * 2 + OFF + ".E")) == []
    training = elsewhere("P1", 18, clock=("20:00", "22:00"))
    instance = world(2, 60.0, absences=(training,))
    assert found(MaxConsecutiveWeekends, instance, lines(P1=SATURDAY * 2 + "...E...")) == []
