"""The time geometry: to the minute at both clock changes, over midnight, before and after the horizon."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.errors import InputError
from scheduler.problem.timeline import Calendar, belgian_holidays, clock_text

MARCH = Calendar(start=dt.date(2026, 3, 2), days=28)
OCTOBER = Calendar(start=dt.date(2026, 10, 19), days=14)
SPRING_NIGHT = MARCH.day(dt.date(2026, 3, 28))
AUTUMN_NIGHT = OCTOBER.day(dt.date(2026, 10, 24))


def length(calendar: Calendar, day: int, start: int, end: int) -> int:
    return calendar.minute(day, end) - calendar.minute(day, start)


@pytest.mark.parametrize(
    ("calendar", "day", "hours"),
    [
        (MARCH, SPRING_NIGHT - 1, 8),
        (MARCH, SPRING_NIGHT, 7),
        (MARCH, SPRING_NIGHT + 1, 8),
        (OCTOBER, AUTUMN_NIGHT - 1, 8),
        (OCTOBER, AUTUMN_NIGHT, 9),
        (OCTOBER, AUTUMN_NIGHT + 1, 8),
    ],
)
def test_a_night_lasts_what_the_clock_change_leaves(calendar: Calendar, day: int, hours: int) -> None:
    assert length(calendar, day, 22 * 60, 30 * 60) == hours * 60


def test_spring_change_to_the_minute() -> None:
    sunday = SPRING_NIGHT + 1
    midnight = MARCH.minute(sunday)
    assert MARCH.minute(sunday, 119) - midnight == 119
    # The clock jumps from 02:00 to 03:00: all skipped times are the moment of the change.
    assert {MARCH.minute(sunday, clock) - midnight for clock in (120, 121, 150, 179, 180)} == {120}
    assert MARCH.minute(sunday, 181) - midnight == 121
    assert MARCH.minute(sunday + 1) - midnight == 23 * 60


def test_autumn_change_to_the_minute() -> None:
    sunday = AUTUMN_NIGHT + 1
    midnight = OCTOBER.minute(sunday)
    assert OCTOBER.minute(sunday, 150) - midnight == 150
    assert OCTOBER.minute(sunday, 179) - midnight == 179
    assert OCTOBER.minute(sunday, 180) - midnight == 240
    assert OCTOBER.minute(sunday + 1) - midnight == 25 * 60


@pytest.mark.parametrize("start", [dt.date(2026, 3, 23), dt.date(2026, 10, 19)])
def test_weekends_and_nights_after_a_clock_change_are_at_their_hours(start: dt.date) -> None:
    calendar = Calendar(start=start, days=21)
    for saturday, begin, end in calendar.weekends():
        assert [calendar.iso(minute)[:16] for minute in (begin, end)] == [
            f"{calendar.date(saturday)}T00:00",
            f"{calendar.date(saturday + 2)}T00:00",
        ]
    for day in range(7, 21):
        early, morning = calendar.minute(day), calendar.minute(day, 7 * 60)
        assert calendar.night_minutes(early, morning, 0, 6 * 60) == 6 * 60
        assert calendar.night_minutes(early, morning, 22 * 60, 6 * 60) == 6 * 60
        assert calendar.night_minutes(morning, calendar.minute(day + 1), 22 * 60, 6 * 60) == 2 * 60


def test_iso_text_carries_the_offset_of_the_moment() -> None:
    sunday = AUTUMN_NIGHT + 1
    midnight = OCTOBER.minute(sunday)
    assert OCTOBER.iso(midnight + 150) == "2026-10-25T02:30+02:00"
    assert OCTOBER.iso(midnight + 210) == "2026-10-25T02:30+01:00"
    assert MARCH.iso(MARCH.minute(SPRING_NIGHT + 1, 180)) == "2026-03-29T03:00+02:00"


@given(day=st.integers(-40, 60), clock=st.integers(0, 2880), later=st.integers(1, 600))
def test_later_clock_times_are_never_earlier_instants(day: int, clock: int, later: int) -> None:
    for calendar in (MARCH, OCTOBER):
        assert calendar.minute(day, clock) <= calendar.minute(day, clock + later)


@given(day=st.integers(-400, 400), clock=st.integers(0, 1439))
def test_clock_and_instant_are_inverse(day: int, clock: int) -> None:
    for calendar in (MARCH, OCTOBER):
        minute = calendar.minute(day, clock)
        assert calendar.day_of(minute) == day
        local = calendar.local(minute)
        skipped = local.date() == dt.date(2026, 3, 29) and 120 <= clock < 180
        skipped |= local.date() == dt.date(2025, 3, 30) and 120 <= clock < 180
        skipped |= local.date() == dt.date(2027, 3, 28) and 120 <= clock < 180
        assert local.hour * 60 + local.minute == (180 if skipped else clock)


def test_clock_beyond_midnight_is_the_next_day() -> None:
    assert MARCH.minute(3, 24 * 60) == MARCH.minute(4)
    assert MARCH.minute(3, 30 * 60) == MARCH.minute(4, 6 * 60)


def test_days_before_the_horizon_are_negative() -> None:
    assert MARCH.minute(0) == 0
    assert MARCH.minute(-1) == -24 * 60
    assert MARCH.day(dt.date(2026, 2, 28)) == -2
    assert MARCH.date(-2) == dt.date(2026, 2, 28)
    assert MARCH.day_of(-1) == -1
    assert MARCH.day_of(0) == 0


def test_the_horizon_ends_an_hour_early_when_the_spring_change_lies_in_it() -> None:
    assert MARCH.end == 28 * 24 * 60 - 60
    assert OCTOBER.end == 14 * 24 * 60 + 60


def test_weeks_touch_the_horizon() -> None:
    thursday = Calendar(start=dt.date(2026, 3, 5), days=5)
    assert list(thursday.weeks()) == [(-3, 4), (4, 11)]
    assert list(MARCH.weeks()) == [(0, 7), (7, 14), (14, 21), (21, 28)]


def test_weekends_touch_the_horizon() -> None:
    sunday = Calendar(start=dt.date(2026, 3, 8), days=7)
    assert list(sunday.weekends()) == [(-1, -24 * 60, 24 * 60), (6, 6 * 24 * 60, 8 * 24 * 60)]
    monday = Calendar(start=dt.date(2026, 3, 9), days=5)
    assert list(monday.weekends()) == []
    change = list(MARCH.weekends())[-1]
    assert change[2] - change[1] == 47 * 60


@pytest.mark.parametrize(
    ("start", "end", "window", "minutes"),
    [
        (22 * 60, 30 * 60, (22 * 60, 6 * 60), 480),
        (14 * 60, 22 * 60, (22 * 60, 6 * 60), 0),
        (14 * 60, 22 * 60 + 1, (22 * 60, 6 * 60), 1),
        (6 * 60 - 1, 14 * 60, (22 * 60, 6 * 60), 1),
        (19 * 60, 31 * 60, (22 * 60, 6 * 60), 480),
        (18 * 60 + 30, 26 * 60, (20 * 60, 6 * 60), 360),
        (0, 24 * 60, (0, 5 * 60), 300),
        (0, 24 * 60, (8 * 60, 8 * 60), 0),
        (0, 48 * 60, (22 * 60, 6 * 60), 360 + 480 + 120),
    ],
)
def test_night_minutes(start: int, end: int, window: tuple[int, int], minutes: int) -> None:
    assert MARCH.night_minutes(MARCH.minute(2, start), MARCH.minute(2, end), *window) == minutes


def test_night_minutes_at_the_clock_changes() -> None:
    for calendar, day, minutes in ((MARCH, SPRING_NIGHT, 420), (OCTOBER, AUTUMN_NIGHT, 540)):
        start, end = calendar.minute(day, 22 * 60), calendar.minute(day, 30 * 60)
        assert calendar.night_minutes(start, end, 22 * 60, 6 * 60) == minutes


def test_a_workday_is_a_weekday_and_no_holiday() -> None:
    calendar = Calendar(
        start=dt.date(2026, 4, 3), days=7, holidays=belgian_holidays(dt.date(2026, 4, 1), dt.date(2026, 4, 30))
    )
    # Friday, Saturday, Easter Sunday, Easter Monday, Tuesday.
    assert [calendar.is_workday(day) for day in range(5)] == [True, False, False, False, True]
    assert calendar.is_holiday(3)
    assert not calendar.is_holiday(2)


def test_belgian_holidays_are_the_ten_legal_ones() -> None:
    found = belgian_holidays(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert [on.strftime("%d/%m") for on in found] == [
        "01/01", "06/04", "01/05", "14/05", "25/05", "21/07", "15/08", "01/11", "11/11", "25/12",
    ]  # fmt: skip


def test_holidays_between_two_dates_include_both_ends() -> None:
    assert list(belgian_holidays(dt.date(2026, 12, 25), dt.date(2027, 1, 1))) == [
        dt.date(2026, 12, 25),
        dt.date(2027, 1, 1),
    ]
    assert belgian_holidays(dt.date(2026, 12, 26), dt.date(2026, 12, 31)) == {}


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "Europe", "../Europe/Brussels", "Europe/Bruxelles"])
def test_an_unknown_time_zone_is_refused_with_a_hint(name: str) -> None:
    with pytest.raises(InputError, match="Europe/Brussels"):
        Calendar(start=dt.date(2026, 3, 2), days=7, timezone=name)


@pytest.mark.parametrize("days", [0, -1, 401])
def test_the_horizon_has_a_sensible_length(days: int) -> None:
    with pytest.raises(InputError):
        Calendar(start=dt.date(2026, 3, 2), days=days)
    assert Calendar(start=dt.date(2026, 3, 2), days=400).days == 400


@pytest.mark.parametrize("start", [dt.date(1999, 12, 31), dt.date(9999, 12, 31)])
def test_a_start_date_of_another_age_is_refused(start: dt.date) -> None:
    with pytest.raises(InputError):
        Calendar(start=start, days=7)


def test_dates_of_another_age_do_not_overflow() -> None:
    assert MARCH.minute(MARCH.day(dt.date.max) + 1) > 99 * 365 * 24 * 60
    assert MARCH.minute(MARCH.day(dt.date.min)) < -99 * 365 * 24 * 60


@pytest.mark.parametrize(
    ("clock", "text"), [(0, "00:00"), (65, "01:05"), (1320, "22:00"), (1440, "24:00"), (1800, "06:00"), (2880, "24:00")]
)
def test_clock_text(clock: int, text: str) -> None:
    assert clock_text(clock) == text
