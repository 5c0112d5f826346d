"""`check` of a workbook whose cells are sound one by one and do not go together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from scheduler.messages.languages import Language
from scheduler.system.examples import example_path
from scheduler.workflows.preflight import check_workbook

BROKEN: dict[str, tuple[str, dict[str, Any]]] = {
    "minimum_over_target": ("Demand", {"minimum": 9}),
    "break_too_long": ("Shifts", {"unpaid_break_min": 240, "start": "06:00", "end": "07:00"}),
    "hotspot_closes_first": ("Hotspots", {"from": "2026-03-09", "until": "2026-03-02"}),
    "leaves_first": ("Staff", {"from": "2026-03-09", "until": "2026-03-02"}),
    "most_hours_below_fewest": ("Contracts", {"min_hours_horizon": 20, "max_hours_horizon": 10}),
    "week_not_weekly_hours": ("Contracts", {"weekly_hours": 38, "hours_by_weekday": "4 4 4 0 0 0 0"}),
    "absence_ends_first": ("Absences", {"staff": "P-01", "from": "2026-03-04", "to": "2026-03-02"}),
    "request_ends_first": ("Requests", {"staff": "P-01", "from": "2026-03-04", "to": "2026-03-02", "kind": "avoid"}),
}


@pytest.mark.parametrize("code", BROKEN)
def test_a_contradiction_of_cells_is_named_with_its_cell(code: str, tmp_path: Path) -> None:
    sheet, cells = BROKEN[code]
    book = openpyxl.load_workbook(example_path("tiny"))
    page = book[sheet]
    at = {cell.value: cell.column for cell in page[1]}
    for column, value in cells.items():
        page.cell(2, at[column], value)
    book.save(tmp_path / "broken.xlsx")
    found = check_workbook(tmp_path / "broken.xlsx")
    problem = next(problem for problem in found.problems if problem.message.code == code)
    assert problem.place.startswith(f"{sheet}!")
    assert problem.place.endswith("2")


def test_a_workbook_that_names_no_language_speaks_that_of_its_sheets(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(example_path("tiny"))
    book["Settings"].cell(next(row[0].row for row in book["Settings"] if row[0].value == "language"), 2, "de")
    book["Staff"].title, book["Demand"].title, book["Shifts"].title = "Personnel", "Besoins", "Services"
    for name, title in (
        ("Settings", "Paramètres"),
        ("Contracts", "Contrats"),
        ("Roles", "Rôles"),
        ("History", "Historique"),
    ):
        book[name].title = title
    for name, title in (
        ("Requests", "Souhaits"),
        ("Pairs", "Binômes"),
        ("Locked", "Verrouillés"),
        ("Counters", "Compteurs"),
    ):
        if name in book.sheetnames:
            book[name].title = title
    book.save(tmp_path / "french.xlsx")
    assert check_workbook(tmp_path / "french.xlsx").language is Language.FR


def test_a_note_on_a_whole_sheet_is_placed_by_its_title(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(example_path("tiny"))
    page = book["Staff"]
    at = {cell.value: cell.column for cell in page[1]}
    town = next(row for row in range(2, 9) if str(page.cell(row, at["id"]).value).startswith("G"))
    book["Organisations"].append(["9999", "Nowhere", "municipality"])
    page.cell(town, at["organisation"], "9999")
    page.title = "Personnel"
    book.save(tmp_path / "idle.xlsx")
    notes = check_workbook(tmp_path / "idle.xlsx").notes
    assert [note.place for note in notes if note.message.code == "idle_people"] == ["Personnel"]
