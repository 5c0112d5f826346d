"""What an incident asks for, hotspot by hotspot and step by step, and what becomes of the demand."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduler.errors import InputError
from scheduler.problem.incidents import Incident, Raise, raises
from scheduler.problem.instance import Need
from tests.builders import AUTUMN, demand, hotspot, make

DAY = 24 * 60
SPOTS = {"HAL": hotspot(neighbours=("MIDI",)), "MIDI": hotspot("MIDI"), "CLEM": hotspot("CLEM")}


def _needs(*incidents: Incident, days: int = 3, **facts: object) -> list[tuple[str, int, int, int, int]]:
    given = {"hotspots": tuple(SPOTS.values()), "demand": (demand(minimum=2, target=3),), "people": 2} | facts
    needs = make(days, incidents=incidents, **given).needs
    return [(need.hotspot, need.start, need.end, need.minimum, need.target) for need in needs]


def test_a_raise_is_a_patrol_of_two_for_two_weeks_at_that_hotspot() -> None:
    assert list(raises(Incident(at=100, hotspot="HAL"), SPOTS)) == [Raise("HAL", 100, 100 + 14 * DAY, 2)]


def test_neighbours_are_raised_where_the_row_says_so() -> None:
    found = list(raises(Incident(at=0, hotspot="HAL", days=1, neighbours=True), SPOTS))
    assert found == [Raise("HAL", 0, DAY, 2), Raise("MIDI", 0, DAY, 2)]


def test_a_decaying_raise_falls_head_by_head() -> None:
    found = list(raises(Incident(at=0, hotspot="CLEM", heads=3, days=3, decays=True), SPOTS))
    assert found == [Raise("CLEM", 0, DAY, 3), Raise("CLEM", DAY, 2 * DAY, 2), Raise("CLEM", 2 * DAY, 3 * DAY, 1)]


def test_the_minimum_goes_up_and_the_target_where_it_must() -> None:
    before = _needs()
    assert before == [("HAL", 0, 3 * DAY, 2, 3)]
    after = _needs(Incident(at=DAY, hotspot="HAL", days=1))
    assert after == [("HAL", 0, DAY, 2, 3), ("HAL", DAY, 2 * DAY, 4, 4), ("HAL", 2 * DAY, 3 * DAY, 2, 3)]


def test_where_nothing_was_asked_the_raise_is_the_minimum() -> None:
    assert ("CLEM", 0, 12 * 60, 2, 2) in _needs(Incident(at=-12 * 60, hotspot="CLEM", days=1))


def test_of_two_incidents_at_a_time_the_higher_holds() -> None:
    found = _needs(Incident(at=0, hotspot="CLEM", days=1, heads=2), Incident(at=60, hotspot="CLEM", days=1, heads=4))
    assert [need for need in found if need[0] == "CLEM"] == [
        ("CLEM", 0, 60, 2, 2),
        ("CLEM", 60, 60 + DAY, 4, 4),
    ]


def test_a_maximum_makes_room_for_the_raise() -> None:
    instance = make(
        1, people=2, demand=(demand(minimum=2, target=2, maximum=3),), incidents=(Incident(at=0, hotspot="HAL"),)
    )
    assert instance.needs == (Need("HAL", "police", 0, DAY, 4, 4, 4),)


def test_a_day_of_an_incident_has_24_hours_at_a_clock_change() -> None:
    """From Saturday 12:00 for one day: until 11:00 by the clock, as the night is an hour longer."""
    instance = make(3, start=AUTUMN, people=2, incidents=(Incident(at=12 * 60, hotspot="HAL", days=1),))
    (need,) = instance.needs
    assert instance.calendar.local(need.end).time() == dt.time(11)


def test_a_closed_hotspot_is_not_raised() -> None:
    spot = hotspot(closes=dt.date(2026, 3, 2))
    found = make(3, people=2, hotspots=(spot,), incidents=(Incident(at=0, hotspot="HAL"),)).needs
    assert [(need.start, need.end) for need in found] == [(0, DAY)]


@pytest.mark.parametrize(
    ("incidents", "code"),
    [
        ((Incident(at=0, hotspot="NORD"),), "not_on_sheet"),
        ((Incident(at=3 * DAY, hotspot="HAL"),), "date_outside_horizon"),
        ((Incident(at=5, hotspot="HAL"), Incident(at=5, hotspot="HAL", heads=4)), "incident_again"),
    ],
)
def test_an_incident_that_cannot_be_is_named(incidents: tuple[Incident, ...], code: str) -> None:
    with pytest.raises(InputError) as caught:
        make(3, people=2, incidents=incidents)
    assert [problem.message.code for problem in caught.value.problems] == [code]


def test_an_incident_that_is_over_stays_as_a_record() -> None:
    assert make(3, people=2, incidents=(Incident(at=-40 * DAY, hotspot="HAL"),)).needs == ()


def test_incidents_are_facts_that_a_roster_depends_on_and_what_was_published_is_not() -> None:
    plain = make(3, people=2)
    assert plain.replace(incidents=(Incident(at=0, hotspot="HAL"),)).sha256 != plain.sha256
