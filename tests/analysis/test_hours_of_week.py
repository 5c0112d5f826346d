"""What is asked and missing by hour of the week adds up to demand and shortages, also where the clock changes."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduler.analysis.coverage import shortages
from scheduler.analysis.hours_of_week import hours_of_week
from tests.builders import AUTUMN, MONDAY, SPRING, demand, lines, make


@pytest.mark.parametrize("start", [MONDAY, SPRING, AUTUMN, MONDAY + dt.timedelta(days=3)])
@pytest.mark.parametrize("until", ["14:20", "24:00"])
def test_the_hours_add_up(start: dt.date, until: str) -> None:
    instance = make(9, start=start, people=2, demand=(demand(start="05:40", until=until, minimum=1, target=2),))
    roster = lines(P1="E.L.N..EL", P2="..EE")
    missing = shortages(instance, roster)
    (week,) = hours_of_week(instance, missing).values()
    assert sum(week.asked) == sum(need.target * (need.end - need.start) for need in instance.needs)
    assert sum(week.short) == sum(item.person_minutes for item in missing) > 0
    assert all(0 <= short <= asked for short, asked in zip(week.short, week.asked, strict=True))


def test_an_hour_is_that_of_the_local_clock() -> None:
    """Asked on Tuesdays from 08:30 to 10:00; one early duty covers it in the first of two weeks."""
    instance = make(14, people=1, demand=(demand(days="Tue", start="08:30", until="10:00", minimum=1),))
    roster = lines(P1=".E............")
    (week,) = hours_of_week(instance, shortages(instance, roster)).values()
    assert {hour: minutes for hour, minutes in enumerate(week.asked) if minutes} == {24 + 8: 60, 24 + 9: 120}
    assert {hour: minutes for hour, minutes in enumerate(week.short) if minutes} == {24 + 8: 30, 24 + 9: 60}
    assert week.covered(24 + 8) == 0.5
    assert week.covered(0) is None


def test_a_hotspot_that_is_not_asked_for_has_no_week() -> None:
    assert hours_of_week(make(7), ()) == {}
