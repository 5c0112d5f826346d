"""The briefing pages: one for each hotspot and day, leads first, absent people without a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.result import Shortage
from scheduler.workbook.read import read
from scheduler.workbook.result_sheets import posts
from scheduler.workbook.rows import input_rows
from scheduler.workbook.sheets import find_result_sheet
from scheduler.workbook.write import write_result
from tests.builders import elsewhere, leave
from tests.workbook import result_world
from tests.workbook.result_world import asked
from tests.workbook.test_write import opened

WORKED = Roster.of(
    [
        Assignment("P-001", 0, "L", "HAL"),
        Assignment("P-006", 0, "E", "HAL"),
        Assignment("P-003", 0, "L", "HAL"),
        Assignment("G-01", 0, "L", "HAL"),
        Assignment("P-002", 0, "N", "MIDI"),
    ]
)


def written(tmp_path: Path, instance: Instance, roster: Roster = WORKED, short: Sequence[Shortage] = ()) -> Path:
    path = tmp_path / "out.xlsx"
    record = result_world.record(instance, roster)
    write_result(path, input_rows(instance), instance, roster, record, short=short)
    return path


def lines(sheet: Any) -> list[list[Any]]:
    """What is printed under the header, without blank cells; first of a page is its heading."""
    return [[cell for cell in row[2:] if cell] for row in sheet.iter_rows(min_row=5, values_only=True)]


def led(**facts: Any) -> Instance:
    """Six police, of whom P-003 and P-006 may lead, and HAL asks for a lead."""
    instance = result_world.world(size=6, days=3, **facts)
    return instance.replace(demand=(*instance.demand, asked("LEAD", "HAL", "06:00", "22:00", minimum=1)))


def test_leads_stand_first_in_their_shift_then_police_then_others(tmp_path: Path) -> None:
    sheet = opened(written(tmp_path, led()))["Posts"]
    hal = lines(sheet)[:5]
    assert hal[0] == ["HAL Place HAL · Mon 2 March 2026"]
    assert [(line[0], line[2]) for line in hal[1:]] == [("E", "P-006"), ("L", "P-003"), ("L", "P-001"), ("L", "G-01")]
    assert hal[1] == ["E", "06:00–14:00", "P-006", "LEAD", "5341"]
    assert [sheet.cell(row, 5).font.bold for row in (6, 7, 8, 9)] == [True, True, False, False]


def test_a_role_that_the_place_does_not_ask_for_leads_nobody(tmp_path: Path) -> None:
    sheet = opened(written(tmp_path, result_world.world(size=6, days=3)))["Posts"]
    assert [line[2] for line in lines(sheet)[1:5]] == ["P-006", "P-001", "P-003", "G-01"]
    assert not sheet.cell(6, 5).font.bold


def test_every_hotspot_and_day_has_a_page_of_its_own_that_the_filters_find(tmp_path: Path) -> None:
    instance = result_world.world(size=6, days=3)
    sheet = opened(written(tmp_path, instance))["Posts"]
    heads = [row for row in range(5, sheet.max_row + 1) if " · " in str(sheet.cell(row, 3).value)]
    assert [brk.id for brk in sheet.row_breaks.brk] == [row - 1 for row in heads[1:]]
    keys = [(sheet.cell(row, 1).value.date(), sheet.cell(row, 2).value) for row in heads]
    assert keys == [(dt.date(2026, 3, day), spot) for day in (2, 3, 4) for spot in ("HAL", "MIDI")]
    assert sheet.auto_filter.ref == f"A4:H{sheet.max_row}"
    assert sheet.print_area == f"'Posts'!$C$4:$H${sheet.max_row}"
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage, (
        "Excel heeds no page break on a sheet that is fitted to a page"
    )


def test_the_absent_are_named_where_they_could_stand_without_a_reason(tmp_path: Path) -> None:
    """P-002 is on leave but works that day; P-004 on leave, P-005 elsewhere: the page tells no difference."""
    away = (leave("P-002", 0), leave("P-004", 0), elsewhere("P-005", 0), leave("G-02", 0))
    spots = (result_world.spot("HAL"), result_world.spot("MIDI", municipality="Anderlecht"))
    sheet = opened(written(tmp_path, led(absences=away, hotspots=spots)))["Posts"]
    found = [line for line in lines(sheet) if line[0] == "absent"]
    assert found == [["absent", "G-02, P-004, P-005"], ["absent", "P-004, P-005"]]  # G-02 may not stand at MIDI.


def test_many_absent_people_are_broken_between_ids_only(tmp_path: Path) -> None:
    instance = result_world.world(size=40, days=3, absences=tuple(leave(f"P-{n:03d}", 0) for n in range(1, 41)))
    sheet = opened(written(tmp_path, instance, Roster()))["Posts"]
    (first, *_), *_ = texts = [[line[-1] for line in lines(sheet) if "P-0" in str(line[-1])][:5]]
    assert first.startswith("P-001, P-002")
    assert ", ".join(part.rstrip(",") for part in texts[0]) == ", ".join(f"P-{n:03d}" for n in range(1, 41))


def test_what_is_missing_is_clipped_to_the_day(tmp_path: Path) -> None:
    instance = result_world.world(size=6, days=3)
    evening = 22 * 60
    facts = {"hotspot": "HAL", "role": "police", "heads_missing": 1, "heads_wanted": 2}
    gaps = [
        Shortage(level=level, start=evening, end=evening + length, **facts)
        for level, length in (("minimum", 120), ("target", 300))
    ]
    sheet = opened(written(tmp_path, instance, short=gaps))["Posts"]
    found = [line for line in lines(sheet) if line[0] == "missing"]
    assert found == [["missing", "22:00–24:00 police −2"], ["missing", "00:00–03:00 police −1"]]


def test_the_phone_column_is_left_blank(tmp_path: Path) -> None:
    sheet = opened(written(tmp_path, led()))["Posts"]
    assert sheet["H4"].value == "phone"
    assert {sheet.cell(row, 8).value for row in range(5, sheet.max_row + 1)} == {None}


def test_a_place_without_demand_and_people_has_no_page(tmp_path: Path) -> None:
    instance = result_world.world(size=3, days=3, demand=(asked("police", "HAL", "00:00", "24:00", minimum=2),))
    sheet = opened(written(tmp_path, instance, Roster()))["Posts"]
    assert lines(sheet)[:2] == [["HAL Place HAL · Mon 2 March 2026"], ["–"]]
    assert "MIDI" not in {cell.value for cell in sheet["B"]}


def test_more_pages_than_excel_breaks_go_on_further_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posts, "MOST_BREAKS", 4)
    path = written(tmp_path, result_world.world(size=6, days=5))
    book = opened(path)
    found = {title: len(book[title].row_breaks.brk) for title in book.sheetnames if title.startswith("Posts")}
    assert found == {"Posts": 3, "Posts 2": 3, "Posts 3": 1}
    assert book["Posts 2"]["A5"].value == dt.datetime(2026, 3, 4)
    assert [note for note in read(path).notes if "Posts" in note.place] == []


def test_a_further_sheet_of_another_name_is_not_ours() -> None:
    assert find_result_sheet("Postes 12") == "Posts"
    assert find_result_sheet("Hours 2") is None


def test_a_day_of_more_places_than_a_sheet_holds_goes_on_too() -> None:
    blocks = [(day, str(spot)) for day in range(2) for spot in range(5)]
    assert [len(sheet) for sheet in posts._in_sheets(blocks, 2)] == [2, 2, 1, 2, 2, 1]
    assert posts._in_sheets([], 2) == [[]]
