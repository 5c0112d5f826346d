import datetime as dt

import pytest

from scheduler.rules.support.weekends import touched_by_fixed, weekend, weekends
from tests.builders import MONDAY, SPRING, elsewhere, make, past, shift

FRIDAY = MONDAY + dt.timedelta(days=4)
SUNDAY = MONDAY + dt.timedelta(days=6)


def test_a_friday_night_touches_the_weekend_and_a_sunday_night_only_its_own():
    [first] = weekends(make(7))
    assert first.saturday == 5
    assert first.duties == {(4, "N"), *((day, code) for day in (5, 6) for code in "ELN")}
    assert [block.saturday for block in weekends(make(14))] == [5, 12]


def test_a_friday_night_at_the_very_end_opens_one_more_weekend():
    [last] = weekends(make(5))
    assert (last.saturday, last.duties) == (5, {(4, "N")})
    assert weekends(make(5, shifts=(shift("E", "06:00", "14:00"),))) == ()


def test_a_horizon_that_begins_on_sunday_has_the_rest_of_that_weekend():
    first, second = weekends(make(7, start=SUNDAY))
    assert (first.saturday, first.duties) == (-1, {(0, "E"), (0, "L"), (0, "N")})
    assert second.saturday == 6


@pytest.mark.parametrize("start", [dt.date(2026, 3, 23), dt.date(2026, 10, 19)])
def test_weekends_after_a_clock_change_begin_and_end_at_midnight(start: dt.date) -> None:
    instance = make(21, start=start)
    for block in weekends(instance):
        assert [instance.calendar.local(at).strftime("%a %H:%M") for at in (block.start, block.end)] == [
            "Sat 00:00",
            "Mon 00:00",
        ]


def test_the_weekend_of_the_clock_change_is_an_hour_short():
    block = weekend(make(2, start=SPRING), 0)
    assert (block.start, block.end) == (0, 47 * 60)


def test_what_fixed_work_touches():
    instance = make(
        21,
        start=MONDAY,
        history=past("P1", "N........N"),
        absences=(elsewhere("P1", 12, clock=("10:00", "12:00")), elsewhere("P1", 16)),
    )
    # A night on Friday ten days before, one on the Sunday before the first day, and a Saturday.
    assert touched_by_fixed(instance, "P1") == {-2, -1, 1}
    assert touched_by_fixed(instance, "P1", since=0) == {1}
    assert touched_by_fixed(instance, "P1", before=0) == {-2, -1}
