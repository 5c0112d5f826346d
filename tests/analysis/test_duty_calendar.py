"""A person's duties as events: stable identities, and the number of the version that changed them."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduler.analysis.duty_calendar import DutyCalendar, duty_calendars, event_uid
from scheduler.problem.facts import OFF
from scheduler.problem.publication import Publication, PublishedDuty, digest
from tests.builders import AUTUMN, MONDAY, SPRING, hotspot, lines, make

PINNED = "1c346d68-3bd6-5af2-b9fa-39314b0687c2"
"""Calendars that were handed out know the duty of P1 on that Monday by this."""


def row(day: int, shift: str, version: int, staff: str = "P1") -> PublishedDuty:
    on, spot = MONDAY + dt.timedelta(days=day), None if shift == OFF else "HAL"
    return PublishedDuty(staff=staff, date=on, shift=shift, hotspot=spot, version=version)


def calendar_of(line: str, *rows: PublishedDuty, until: int = 3, version: int = 1) -> DutyCalendar:
    """The calendar of P1, with these days published until a day number; the version is at least that of the rows."""
    stamp = Publication(
        version=max([version, *(item.version for item in rows)]),
        at=dt.datetime(2026, 2, 20, 12),
        until=MONDAY + dt.timedelta(days=until),
        digest=digest(rows, MONDAY + dt.timedelta(days=until)),
    )
    instance = make(len(line), people=2, published=rows, publication=stamp if rows else None)
    (found,) = duty_calendars(instance, lines(P1=line), ["P1"])
    return found


def numbers(calendar: DutyCalendar) -> tuple[list[tuple[str, int]], list[tuple[str, int]], list[tuple[str, int]]]:
    """Shift and sequence of all, of the changed and of the cancelled duties."""
    duties, changed, cancelled = (
        [(event.summary.split()[0], event.sequence) for event in events]
        for events in (calendar.duties, calendar.changed, calendar.cancelled)
    )
    return duties, changed, cancelled


def test_a_duty_is_told_with_its_clock_times_and_its_place() -> None:
    instance = make(1, hotspots=(hotspot("CLEM", name="Clemenceau"),))
    ((event,),) = (found.duties for found in duty_calendars(instance, lines("CLEM", P1="N"), ["P1"]))
    assert (event.summary, event.location) == ("N 22:00–06:00 CLEM", "Clemenceau")
    assert (event.sequence, event.draft) == (0, False)


@pytest.mark.parametrize(("saturday", "hours"), [(SPRING, 7), (AUTUMN, 9)])
def test_the_night_of_a_clock_change_has_its_true_length(saturday: dt.date, hours: int) -> None:
    (found,) = duty_calendars(make(2, start=saturday), lines(P1="N"), ["P1"])
    (event,) = found.duties
    assert event.end - event.start == dt.timedelta(hours=hours)


def test_an_event_is_of_a_person_and_a_date_whatever_the_shift() -> None:
    early, late = calendar_of("E").duties[0], calendar_of("L").duties[0]
    assert early.uid == late.uid == event_uid("P1", MONDAY) == PINNED
    assert event_uid("p1", MONDAY) == early.uid
    assert event_uid("P2", MONDAY) != early.uid != event_uid("P1", MONDAY + dt.timedelta(days=1))


def test_several_duties_of_one_date_stay_apart() -> None:
    instance, roster = make(1), lines(P1="E")
    twice = type(roster).of([*roster, *lines(P1="N")])
    (found,) = duty_calendars(instance, twice, ["P1"])
    assert len({event.uid for event in found.duties}) == 2
    assert event_uid("P1", MONDAY) in {event.uid for event in found.duties}


def test_nothing_has_changed_where_nothing_is_published() -> None:
    assert numbers(calendar_of("EL.N")) == ([("E", 0), ("L", 0), ("N", 0)], [], [])


def test_what_stands_as_published_is_no_news() -> None:
    found = calendar_of("EL.N", row(0, "E", 1), row(1, "L", 1), row(3, "N", 1))
    assert numbers(found) == ([("E", 0), ("L", 0), ("N", 0)], [], [])
    assert not any(event.draft for event in found.duties)


def test_a_roster_that_differs_from_what_is_published_is_one_ahead() -> None:
    """Moved on day 0, cancelled on day 1, new on day 2, as it was on day 3, a draft beyond on day 4."""
    found = calendar_of("L.ENE", row(0, "E", 1), row(1, "E", 2), row(3, "N", 1))
    assert numbers(found) == ([("L", 1), ("E", 0), ("N", 0), ("E", 0)], [("L", 1), ("E", 0)], [("E", 2)])
    assert [event.draft for event in found.duties] == [True, True, False, True]


def test_what_the_newest_version_changed_is_told_until_the_next() -> None:
    """Moved on day 0, cancelled on day 1, new on day 2, as it was on day 3; day 4 is published for the first time."""
    before = [row(0, "E", 1), row(1, "E", 1), row(3, "N", 1)]
    second = [row(0, "L", 2), row(1, OFF, 2), row(2, "E", 2), row(4, "E", 2)]
    found = calendar_of("L.ENE", *before, *second, until=4)
    assert numbers(found) == ([("L", 1), ("E", 1), ("N", 0), ("E", 1)], [("L", 1), ("E", 1)], [("E", 1)])
    assert numbers(calendar_of("L.ENE", *before, *second, until=4, version=3))[1:] == ([], [])


def test_a_cancelled_duty_that_comes_back_is_news() -> None:
    found = calendar_of("E", row(0, "E", 1), row(0, OFF, 2), row(0, "E", 3))
    assert numbers(found) == ([("E", 2)], [("E", 2)], [])


def test_the_days_of_other_periods_do_not_count() -> None:
    found = calendar_of("E", row(-1, "N", 1), row(0, "E", 1), row(7, "E", 1))
    assert numbers(found) == ([("E", 0)], [], [])
