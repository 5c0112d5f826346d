import datetime as dt

import pytest

from scheduler.problem.facts import Days
from scheduler.rules.availability import Availability
from tests.builders import AUTUMN, MONDAY, SPRING, elsewhere, hotspot, leave, lines, make, past, person, shift
from tests.rules.verdict import amounts, days, found


def test_service_dates_are_included_on_both_sides():
    member = person(first=MONDAY + dt.timedelta(days=1), last=MONDAY + dt.timedelta(days=3))
    instance = make(people=[member])
    assert found(Availability, instance, lines(P1=".E.N...")) == []
    assert days(found(Availability, instance, lines(P1="E...E"))) == [(0,), (4,)]


@pytest.mark.parametrize(("dates", "line", "off"), [({"first": 1}, "E", 0), ({"last": 1}, "..E", 2)])
def test_one_service_date_is_enough(dates: dict[str, int], line: str, off: int) -> None:
    instance = make(people=[person(**{name: MONDAY + dt.timedelta(days=day) for name, day in dates.items()})])
    assert days(found(Availability, instance, lines(P1=line))) == [(off,)]
    assert found(Availability, instance, lines(P1=".E")) == []


def test_leave_excludes_a_night_that_reaches_into_it():
    instance = make(absences=(leave("P1", 2),))
    assert found(Availability, instance, lines(P1="EL.E")) == []
    findings = found(Availability, instance, lines(P1=".NE"))
    assert days(findings) == [(1,), (2,)]
    assert amounts(findings) == [6 * 60, 8 * 60]


def test_leave_for_part_of_a_day_touches_to_the_minute():
    assert found(Availability, make(absences=(leave("P1", 0, clock=("14:00", "16:00")),)), lines(P1="E")) == []
    findings = found(Availability, make(absences=(leave("P1", 0, clock=("13:59", "16:00")),)), lines(P1="E"))
    assert amounts(findings) == [1]


def test_leave_is_measured_on_the_clock_of_its_date():
    # The night of 24–25 October is an hour longer; leave on the 25th starts at midnight all the same.
    instance = make(2, start=AUTUMN, absences=(leave("P1", 1, start=AUTUMN),))
    findings = found(Availability, instance, lines(P1="N"))
    assert amounts(findings) == [7 * 60]


def test_duties_elsewhere_are_not_leave():
    assert found(Availability, make(absences=(elsewhere("P1", 0),)), lines(P1="E")) == []


def test_a_duty_lies_within_the_dates_of_its_hotspot():
    spot = hotspot(opens=MONDAY + dt.timedelta(days=1), closes=MONDAY + dt.timedelta(days=2))
    instance = make(hotspots=(spot, hotspot("CLEM")))
    assert found(Availability, instance, lines(P1=".EL")) == []
    assert found(Availability, instance, lines("CLEM", P1="EEEEE")) == []
    findings = found(Availability, instance, lines(P1="N.N"))
    assert days(findings) == [(0,), (2,)]
    assert {finding.hotspot for finding in findings} == {"HAL"}


@pytest.mark.parametrize("start", [MONDAY, SPRING, AUTUMN])
def test_a_hotspot_opens_and_closes_at_midnight_also_after_a_clock_change(start: dt.date) -> None:
    shifts = (
        shift("L", "16:00", "24:00"),
        shift("M", "16:01", "00:01"),
        shift("A", "23:59", "06:00"),
        shift("B", "00:00", "06:00"),
    )
    closing = make(3, start=start, hotspots=(hotspot(closes=start + dt.timedelta(days=1)),), shifts=shifts)
    assert found(Availability, closing, lines(P1=".L")) == []
    assert days(found(Availability, closing, lines(P1=".M"))) == [(1,)]
    opening = make(3, start=start, hotspots=(hotspot(opens=start + dt.timedelta(days=2)),), shifts=shifts)
    assert days(found(Availability, opening, lines(P1=".A"))) == [(1,)]
    assert found(Availability, opening, lines(P1="..B")) == []


@pytest.mark.parametrize(
    ("days", "worked"),
    [("Sat-Sun", "5,6"), ("holiday", "2"), ("2026-03-03", "1"), ("Mon, 2026-03-05..2026-03-06", "0,3,4")],
)
def test_a_shift_is_worked_on_its_days_only(days: str, worked: str) -> None:
    night = shift("N", "22:00", "06:00", days=Days.parse(days))
    instance = make(7, shifts=(night,), holidays={MONDAY + dt.timedelta(days=2): "Synthetic"}, history=past("P1", "N"))
    off = [(day,) for day in range(7) if str(day) not in worked.split(",")]
    findings = found(Availability, instance, lines(P1="NNNNNNN"))
    assert [finding.days for finding in findings] == off
    assert {finding.message.code for finding in findings} == {"availability_shift_day"}
