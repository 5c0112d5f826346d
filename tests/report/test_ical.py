"""Calendar files, opened by a second parser that has nothing to do with the one that wrote them."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
import vobject

from scheduler.analysis.duty_calendar import CalendarEvent, DutyCalendar, duty_calendars, event_uid
from scheduler.errors import OutputError
from scheduler.report.ical import calendar_files, file_stem, refuse_calendars, write_calendars
from tests.builders import AUTUMN, MONDAY, SPRING, hotspot, lines, make, person

NOW = dt.datetime(2026, 2, 20, 12, tzinfo=dt.UTC)


def opened(content: bytes) -> Any:
    return vobject.readOne(content.decode())


def files(calendar: DutyCalendar) -> dict[str, Any]:
    return {name: opened(content) for name, content in calendar_files(calendar, NOW).items()}


def event(day: int = 0, **changes: Any) -> CalendarEvent:
    start = dt.datetime(2026, 3, 2, 5, tzinfo=dt.UTC) + dt.timedelta(days=day)
    uid = event_uid("P1", MONDAY + dt.timedelta(days=day))
    facts: dict[str, Any] = {"uid": uid, "sequence": 0, "summary": "E", "location": "HAL", **changes}
    return CalendarEvent(start=start, end=start + dt.timedelta(hours=8), **facts)


def calendar(**changes: Any) -> DutyCalendar:
    return DutyCalendar(**{"staff": "P1", "duties": (event(),), "changed": (), "cancelled": (), **changes})


@pytest.mark.parametrize(("saturday", "start", "end"), [(SPRING, (21, 28), (4, 29)), (AUTUMN, (20, 24), (5, 25))])
def test_a_second_parser_reads_the_night_of_a_clock_change(
    saturday: dt.date, start: tuple[int, int], end: tuple[int, int]
) -> None:
    instance = make(2, start=saturday, hotspots=(hotspot("HAL", name="Porte de Hal, côté place; bas\\haut"),))
    (made,) = duty_calendars(instance, lines(P1="N"), ["P1"])
    (found,) = files(made)["P1.ics"].vevent_list
    at = [(moment.value.astimezone(dt.UTC).hour, moment.value.day) for moment in (found.dtstart, found.dtend)]
    assert at == [start, end]
    assert found.dtstart.value.utcoffset() == dt.timedelta(0)
    assert found.summary.value == "N 22:00–06:00 HAL"
    assert found.location.value == "Porte de Hal, côté place; bas\\haut"


def test_a_file_has_one_method() -> None:
    made = calendar(
        duties=(event(), event(1, sequence=2, draft=True)),
        changed=(event(1, sequence=2),),
        cancelled=(event(2, sequence=1),),
    )
    found = files(made)
    assert {name: calendar.method.value for name, calendar in found.items()} == {
        "P1.ics": "PUBLISH",
        "P1-changes.ics": "PUBLISH",
        "P1-cancelled.ics": "CANCEL",
    }
    assert [item.status.value for item in found["P1.ics"].vevent_list] == ["CONFIRMED", "TENTATIVE"]
    (moved,), (gone,) = found["P1-changes.ics"].vevent_list, found["P1-cancelled.ics"].vevent_list
    assert (moved.uid.value, moved.sequence.value) == (event(1).uid, "2")
    assert (gone.uid.value, gone.sequence.value, gone.status.value) == (event(2).uid, "1", "CANCELLED")


def test_there_is_no_calendar_without_an_event() -> None:
    assert files(calendar(duties=())) == {}
    assert set(files(calendar(duties=(), cancelled=(event(),)))) == {"P1-cancelled.ics"}


def test_nobody_else_is_in_a_persons_files() -> None:
    instance = make(2, people=[person("P-007", name="Somebody"), person("P-008", name="Other")])
    made = duty_calendars(instance, lines(**{"P-007": "E.", "P-008": "EE"}), ["P-007"])
    (content,) = calendar_files(made[0], NOW).values()
    for word in (b"P-008", b"Other", b"Somebody", b"ATTENDEE", b"ORGANIZER"):
        assert word not in content


def test_plain_ids_are_the_names_of_their_files() -> None:
    assert [file_stem(staff) for staff in ("P-001", "5341.12_b")] == ["P-001", "5341.12_b"]


@pytest.mark.parametrize(
    "staff",
    [
        "../../etc/passwd",
        "..",
        "a/b",
        "a\\b",
        "a:b",
        "Zoé",
        "con",
        "LPT1.x",
        ".hidden",
        "x.",
        "a b",
        "A-changes",
        "-",
        "%~",
    ],
)
def test_odd_ids_get_names_that_every_system_takes(staff: str) -> None:
    stem = file_stem(staff)
    assert set(stem) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_~")
    assert len(stem) <= 70
    assert stem.casefold() not in {"con", "nul"}
    assert stem != file_stem(staff + "/")


def test_names_differ_where_ids_do() -> None:
    ids = ["a/b", "a:b", "a_b", "a b", "A", "A-changes", "A-cancelled"]
    names = [name for staff in ids for name in calendar_files(calendar(staff=staff, changed=(event(),)), NOW)]
    assert len({name.casefold() for name in names}) == len(names)


def test_the_folder_is_made_and_nothing_is_replaced_without_force(tmp_path: Path) -> None:
    folder = tmp_path / "calendars"
    refuse_calendars(folder, ["P1"], force=False)
    assert not folder.exists()
    write_calendars(folder, [calendar(changed=(event(),))], written=NOW)
    assert sorted(os.listdir(folder)) == ["P1-changes.ics", "P1.ics"]
    refuse_calendars(folder, ["P2"], force=False)
    with pytest.raises(OutputError, match="--force"):
        refuse_calendars(folder, ["P1"], force=False)


def test_changes_that_no_longer_hold_do_not_stay_beside_the_new_calendar(tmp_path: Path) -> None:
    write_calendars(tmp_path, [calendar(changed=(event(),))], written=NOW)
    (tmp_path / "P2-changes.ics").write_text("of somebody else")
    refuse_calendars(tmp_path, ["P1"], force=True)
    write_calendars(tmp_path, [calendar()], written=NOW)
    assert sorted(os.listdir(tmp_path)) == ["P1.ics", "P2-changes.ics"]


def test_a_folder_that_cannot_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for folder in (tmp_path / "file", tmp_path / "no" / "where"):
        with pytest.raises(OutputError):
            refuse_calendars(folder, ["P1"], force=True)
