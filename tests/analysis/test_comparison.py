"""Two rosters held against each other: figures of people, hotspots and coverage over the shared dates."""

from __future__ import annotations

import datetime as dt

from scheduler.analysis.comparison import Comparison, CoverageDifference, Dated, compare
from scheduler.analysis.difference import ChangeKind, Dates
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.vocabulary.constraints import Level
from tests.builders import MONDAY, demand, hotspot, lines, make

NOW = dt.datetime(2026, 3, 1)
WEEK = dt.timedelta(days=7)


def against(old: tuple[Instance, Roster], new: tuple[Instance, Roster]) -> Comparison:
    return compare(Dated(*old), Dated(*new), NOW)


def test_people_and_hotspots_are_those_that_changes_touch() -> None:
    instance = make(people=3, hotspots=(hotspot(), hotspot("MIDI")))
    before = lines(P1="EEE", P2="LLL", P3="N")
    after = Roster.of([*lines(P1="E.L", P3="N"), *(Assignment("P2", day, "L", "MIDI") for day in range(3))])
    found = against((instance, before), (instance, after))
    assert found.kinds == {
        ChangeKind.ADDED: 0, ChangeKind.REMOVED: 1, ChangeKind.MOVED: 3, ChangeKind.CHANGED: 1,
    }  # fmt: skip
    assert [(item.staff, item.minutes_before, item.minutes_after) for item in found.people] == [
        ("P1", 24 * 60, 16 * 60),
        ("P2", 24 * 60, 24 * 60),
    ]
    assert [(item.hotspot, item.before, item.after, item.lost, item.gained) for item in found.hotspots] == [
        ("HAL", 7, 3, 5, 1),
        ("MIDI", 0, 3, 0, 3),
    ]


def test_coverage_is_that_of_the_shared_dates_under_the_facts_of_each() -> None:
    asked = (demand(start="06:00", until="14:00", minimum=1, target=2),)
    more = (demand(start="06:00", until="14:00", minimum=2, target=2),)
    old = make(days=14, people=2, demand=asked)
    new = make(days=14, people=2, start=MONDAY + WEEK, demand=more)
    found = against((old, lines(P1="E" * 14)), (new, lines(P1="E" * 3)))
    assert found.shared == Dates(MONDAY + WEEK, MONDAY + WEEK + dt.timedelta(days=6))
    assert [side.duties_outside(found.shared) for side in (found.old, found.new)] == [7, 0]
    hours = 8 * 60
    assert found.coverage == (
        CoverageDifference("HAL", Level.POLICE_MINIMUM, 7 * hours, 14 * hours, 0, (3 + 8) * hours),
        CoverageDifference("HAL", Level.TARGETS, 14 * hours, 14 * hours, 7 * hours, (3 + 8) * hours),
    )
    assert found.coverage_of(Level.TARGETS).short_after == 11 * hours


def test_a_night_of_the_evening_before_the_shared_dates_counts_where_it_runs_on() -> None:
    nights = (demand(start="00:00", until="06:00", minimum=1),)
    old, new = make(days=8, demand=nights), make(days=7, start=MONDAY + WEEK, demand=nights)
    found = against((old, lines(P1="......N.")), (new, Roster()))
    row = found.coverage_of(Level.POLICE_MINIMUM)
    assert (row.short_before, row.short_after) == (0, 6 * 60)


def test_rosters_without_a_common_date_are_not_compared() -> None:
    found = against((make(), lines(P1="E")), (make(start=MONDAY + WEEK), lines(P1="EE")))
    assert (found.shared, found.changes, found.coverage) == (None, (), ())
    assert [side.duties_outside(None) for side in (found.old, found.new)] == [1, 2]


def test_people_whom_only_one_workbook_knows() -> None:
    found = against((make(people=2), lines(P2="E")), (make(people=1), lines(P1="E")))
    assert [(item.staff, item.minutes_before, item.minutes_after) for item in found.people] == [
        ("P1", 0, 480),
        ("P2", 480, 0),
    ]
