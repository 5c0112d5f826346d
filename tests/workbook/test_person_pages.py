"""A page to print for each person: the weeks, the figures, the absences, and nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scheduler.analysis.staff_statistics import StaffStatistics
from scheduler.messages.languages import Language
from scheduler.workbook import person_pages
from scheduler.workbook.person_pages import write_person_pages
from tests.builders import SPRING, lines, make
from tests.workbook import result_world
from tests.workbook.test_write import opened

WORLD = result_world.world(size=4, days=10)
ROTA = result_world.rota(WORLD)


def page(tmp_path: Path, *staff: str, language: Language = Language.EN) -> Any:
    write_person_pages(tmp_path / "pages.xlsx", WORLD, ROTA, staff, language)
    book = opened(tmp_path / "pages.xlsx")
    return book[book.sheetnames[0]]


def test_the_duties_of_each_week_stand_by_day(tmp_path: Path) -> None:
    sheet = page(tmp_path, "P-001")
    assert sheet["A1"].value == f"P-001 · {result_world.HOSTILE}"
    assert [sheet.cell(4, column).value for column in range(1, 11)] == [
        *("dates", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "hours", "nights"),
    ]
    assert sheet["A5"].value == "Week 10\n02/03–08/03"
    assert sheet["B5"].value == "02/03\n06:00–14:00\nE HAL"
    assert sheet["H5"].value == "08/03", "a free day"
    assert sheet["E6"].value is None, "outside the period"
    assert (sheet["I5"].value, sheet["J5"].value) == (48, 2)


def test_a_day_of_leave_and_one_elsewhere_say_so_without_a_reason(tmp_path: Path) -> None:
    sheet = page(tmp_path, "P-002")
    assert sheet["E5"].value == "05/03\n(leave)"
    found = [row[0].value for row in sheet.iter_rows(min_row=8)]
    assert found[found.index("Absences") + 1] == "05/03 00:00 – 08/03 24:00 (leave)"
    assert page(tmp_path, "P-003")["C5"].value == "03/03\n(elsewhere)"


def test_weeks_and_figures_add_up(tmp_path: Path) -> None:
    figures = StaffStatistics(WORLD, ROTA).people
    for member in WORLD.staff:
        sheet = page(tmp_path, member.id)
        assert sum(sheet.cell(row, 9).value for row in (5, 6)) == figures[member.id].planned / 60
        assert sum(sheet.cell(row, 10).value for row in (5, 6)) == figures[member.id].nights
        titles = [cell.value for cell in sheet[8]]
        values = dict(zip(titles, (cell.value for cell in sheet[9]), strict=True))
        assert values["hours planned"] == figures[member.id].planned / 60
        assert values["balance out"] == pytest.approx(
            values["balance in"] + values["hours planned"] - values["hours due"]
        )


def test_each_person_has_a_page_with_nobody_else(tmp_path: Path) -> None:
    staff = [member.id for member in WORLD.staff]
    sheet = page(tmp_path, *staff)
    heads = [row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, 1).value).split(" · ")[0] in staff]
    assert [brk.id for brk in sheet.row_breaks.brk] == [row - 1 for row in heads[1:]]
    assert len(heads) == len(staff)
    text = "\n".join(str(cell.value) for row in page(tmp_path, "P-002").iter_rows() for cell in row)
    assert not any(other in text for other in staff if other != "P-002")


def test_more_pages_than_excel_breaks_go_on_further_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(person_pages, "MOST_BREAKS", 1)
    write_person_pages(tmp_path / "a.xlsx", WORLD, ROTA, [member.id for member in WORLD.staff][:3], Language.FR)
    book = opened(tmp_path / "a.xlsx")
    assert [len(sheet.row_breaks.brk) for sheet in book] == [1, 0]
    assert book.sheetnames == ["Prestations", "Prestations 2"]


def test_the_night_of_a_clock_change_counts_as_long_as_it_is(tmp_path: Path) -> None:
    write_person_pages(tmp_path / "a.xlsx", make(2, start=SPRING), lines(P1="N"), ["P1"], Language.EN)
    (sheet,) = opened(tmp_path / "a.xlsx")
    assert sheet["I5"].value == 7
