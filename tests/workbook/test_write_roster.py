"""The Roster sheet cell by cell, and the totals that follow it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from scheduler.problem.facts import Days
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.workbook.result_sheets.page import RosterLayout
from scheduler.workbook.write import write_result
from tests.builders import AUTUMN, MONDAY, SPRING, elsewhere
from tests.workbook import result_world
from tests.workbook.test_write import opened

pytestmark = pytest.mark.slow


def sheet_of(tmp_path: Path, instance: Instance, roster: Roster, name: str = "Roster") -> Any:
    path = tmp_path / "out.xlsx"
    write_result(path, {}, instance, roster, result_world.record(instance, roster))
    return opened(path)[name]


def row_of(sheet: Any, staff: str) -> int:
    return next(cell.row for cell in sheet["A"] if cell.value == staff)


def test_cells_hold_duties_and_marks(tmp_path: Path) -> None:
    instance = result_world.world(size=6, days=7)
    roster = Roster.of([Assignment("P-001", 0, "E", "HAL"), Assignment("P-002", 2, "N", "MIDI")])
    sheet = sheet_of(tmp_path, instance, roster)

    def line(staff: str) -> list[object]:
        return [cell.value for cell in sheet[row_of(sheet, staff)][RosterLayout.FIRST_DAY : RosterLayout.FIRST_DAY + 7]]

    assert line("P-001") == ["E HAL", None, None, None, None, None, None]
    assert line("P-002") == [None, None, "N MIDI", "(leave)", "(leave)", "(leave)", "(leave)"]
    assert line("P-003") == [None, "(elsewhere)", None, None, None, None, None]
    assert line("P-004") == [None, None, "(off)", None, None, None, None]


def test_dates_stand_in_the_header_and_headings_have_no_id(tmp_path: Path) -> None:
    instance = result_world.world(size=4, days=7)
    sheet = sheet_of(tmp_path, instance, Roster())
    head = sheet[RosterLayout.HEAD + 1]
    days = [cell.value.date() for cell in head[RosterLayout.FIRST_DAY : RosterLayout.FIRST_DAY + 7]]
    assert days == [MONDAY + dt.timedelta(days=day) for day in range(7)]
    assert head[0].value == "staff"
    ids = [cell.value for cell in sheet["A"][RosterLayout.HEAD + 1 :] if cell.value is not None]
    assert ids == [member.id for member in instance.staff]
    headings = [cell.value for cell in sheet["B"] if cell.value and "people" in str(cell.value)]
    assert headings == [
        "5341 Midi · POL Police 38 h · 4 people, 4 fte",
        "SGIL Saint-Gilles · GDP Peacekeeper · 2 people, 2 fte",
    ]


def test_locked_cells_are_framed_and_others_are_not(tmp_path: Path) -> None:
    instance = result_world.world(size=6, days=7)
    sheet = sheet_of(
        tmp_path, instance, Roster.of([Assignment("P-001", 0, "E", "HAL"), Assignment("P-001", 1, "E", "HAL")])
    )
    cells = sheet[row_of(sheet, "P-001")]
    locked, free = cells[RosterLayout.FIRST_DAY], cells[RosterLayout.FIRST_DAY + 1]
    assert (locked.border.top.style, locked.font.b) == ("medium", True)
    assert (free.border.top.style, free.font.b) == ("thin", False)


@pytest.mark.parametrize(("start", "hours"), [(SPRING, 7), (AUTUMN, 9), (MONDAY, 8)])
def test_hours_are_right_on_the_nights_of_a_clock_change(start: dt.date, hours: int, tmp_path: Path) -> None:
    instance = result_world.world(
        size=1, days=2, start=start, absences=(), locks=(), requests=(), history=(), counters=()
    )
    sheet = sheet_of(tmp_path, instance, Roster.of([Assignment("P-001", 0, "N", "HAL")]))
    row = sheet[row_of(sheet, "P-001")]
    assert (row[4].value, row[6].value) == (hours, 1)


@pytest.mark.parametrize(
    ("friday", "weekends"), [("L", 0), ("N", 1)]
)  # 14:00–22:00 ends before Saturday, 22:00–06:00 does not
def test_a_friday_night_touches_the_weekend(friday: str, weekends: int, tmp_path: Path) -> None:
    instance = result_world.world(size=8, days=14)
    sheet = sheet_of(tmp_path, instance, Roster.of([Assignment("P-001", 4, friday, "HAL")]))
    assert sheet[row_of(sheet, "P-001")][7].value == weekends


def test_duties_elsewhere_count_in_hours_and_weekends(tmp_path: Path) -> None:
    absences = (elsewhere("P-001", 1), elsewhere("P-001", 5, clock=("09:00", "13:00")))
    instance = result_world.world(size=1, days=14, absences=absences)
    sheet = sheet_of(tmp_path, instance, Roster())
    row = sheet[row_of(sheet, "P-001")]
    assert row[4].value == pytest.approx(7.6 + 4)
    assert row[7].value == 1


def test_heads_on_duty_are_counted_under_the_people(tmp_path: Path) -> None:
    instance = result_world.world(size=6, days=3)
    roster = Roster.of(
        [Assignment("P-001", 0, "E", "HAL"), Assignment("P-002", 0, "E", "MIDI"), Assignment("G-01", 0, "E", "HAL")]
    )
    sheet = sheet_of(tmp_path, instance, roster)
    rows = [row for row in sheet.iter_rows(min_row=row_of(sheet, "G-03") + 1) if row[1].value]
    assert [row[RosterLayout.FIRST_DAY].value for row in rows if str(row[1].value).startswith("E ")] == [2, 1]


def test_colours_and_choices_follow_hand_edits(tmp_path: Path) -> None:
    instance = result_world.world(size=6, days=7)
    sheet = sheet_of(tmp_path, instance, Roster())
    layout = RosterLayout(instance)
    area = f"{layout.cell('P-001', 0)}:{layout.cell('G-03', 6)}"
    rules = {str(area.sqref): area.rules for area in sheet.conditional_formatting}
    tests = [rule.formula[0] for rule in rules[area]]
    assert len(tests) == len(instance.shifts) + 1
    assert all(f'="{shift.code}"' in test for shift, test in zip(instance.shifts, sorted(tests[:3]), strict=True))
    choices = {str(item.sqref): item.formula1 for item in sheet.data_validations.dataValidation}
    assert choices == {area: "roster_codes"}


def test_hours_sheet_follows_the_roster_sheet(tmp_path: Path) -> None:
    instance = result_world.world(size=8, days=7)
    roster = Roster.of([Assignment("P-008", 0, "E", "HAL"), Assignment("P-008", 1, "N", "HAL")])
    sheet = sheet_of(tmp_path, instance, roster, "Hours")
    heads = [cell.value for cell in sheet[4]]
    row = dict(zip(heads, (cell.value for cell in sheet[row_of(sheet, "P-008")]), strict=True))
    due = 38 / 5 * 4  # a week less the public holiday on its Friday
    assert row["hours due"] == pytest.approx(due)
    assert row["hours planned"] == 16
    assert row["±"] == pytest.approx(16 - due)
    assert row["balance in"] == -4.5
    assert row["balance out"] == pytest.approx(16 - due - 4.5)
    assert (row["nights"], row["nights before"], row["weekends before"]) == (1, 6, 3)


def test_the_choices_of_a_day_are_the_shifts_worked_then(tmp_path: Path) -> None:
    instance = result_world.world(size=6, days=9)
    plain = sheet_of(tmp_path, instance, Roster())
    assert [choice.formula1 for choice in plain.data_validations.dataValidation] == ["roster_codes"]
    first, *others = instance.shifts
    weekend = instance.replace(shifts=(first.replace(days=Days.parse("Sat-Sun")), *others))
    path = tmp_path / "weekend.xlsx"
    write_result(path, {}, weekend, Roster(), result_world.record(weekend, Roster()))
    book = opened(path)
    found = [(choice.formula1, str(choice.sqref)) for choice in book["Roster"].data_validations.dataValidation]
    assert [name for name, _ in found] == ["roster_codes", "roster_codes_1", "roster_codes"]
    saturday = openpyxl.utils.get_column_letter(RosterLayout.FIRST_DAY + 1 + 5)
    assert found[1][1].startswith(saturday)
    offered = {
        name: {cell[0].value.split()[0] for cell in book["_codes"][book.defined_names[name].attr_text.split("!")[1]]}
        for name in ("roster_codes", "roster_codes_1")
    }
    assert offered["roster_codes_1"] - offered["roster_codes"] == {first.code}
