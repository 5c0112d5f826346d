"""Differences of input: rows are known again, named with sheet and columns, and only facts count."""

from __future__ import annotations

import copy
import datetime as dt
from pathlib import Path

import pytest

from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.workbook.input_difference import RowChange, RowDifference, counts, input_differences
from scheduler.workbook.input_words import difference_words
from scheduler.workbook.read import read
from scheduler.workbook.template import save_tables
from tests.workbook import input_world

D = dt.date


def differences(tmp_path: Path, new: input_world.Rows, language: Language = Language.EN) -> tuple[RowDifference, ...]:
    save_tables(input_world.world(), tmp_path / "old.xlsx")
    save_tables(new, tmp_path / "new.xlsx", language=language)
    return input_differences(read(tmp_path / "old.xlsx"), read(tmp_path / "new.xlsx"))


def told(found: tuple[RowDifference, ...], language: Language = Language.EN) -> list[tuple[str, str, str]]:
    return [
        (item.place, item.kind.value, difference_words(item, Texts(language)).text(Texts(language))) for item in found
    ]


def test_another_spelling_order_or_language_is_no_difference(tmp_path: Path) -> None:
    rows = input_world.world()
    rows["Demand"].reverse()
    rows["Staff"] = [{**row, "fte": 1} if "fte" not in row else row for row in reversed(rows["Staff"])]
    rows["Demand"][0]["days"] = "sam, dim"
    assert differences(tmp_path, rows, Language.NL) == ()


@pytest.mark.parametrize(
    ("sheet", "row", "change", "place", "words"),
    [
        ("Settings", 2, {"value": 13}, "Settings!B4", "days: value 14 → 13"),
        ("Contracts", 0, {"min_rest_hours": 12}, "Contracts!H2", "POL-38: min_rest_hours 10.5 → 12"),
        ("Contracts", 0, {"max_weekends_year": 28}, "Contracts!N2", "POL-38: max_weekends_year none → 28"),
        ("Staff", 1, {"fte": None}, "Staff!F3", "P-2: fte 0.8 → 1"),
        ("Demand", 0, {"target": 3}, "Demand!G2", "HAL police Mon-Sun 22:00 06:00: target 2 → 3"),
        ("Demand", 0, {"to": "05:00"}, "Demand!E2", "HAL police Mon-Sun 22:00 05:00: to 06:00 → 05:00"),
        ("Absences", 0, {"to": D(2026, 3, 12)}, "Absences!C2", "P-1 2026-03-09: to 2026-03-10 → 2026-03-12"),
        ("Requests", 0, {"kind": "want"}, "Requests!E2", "P-1 2026-03-14 N: kind avoid → want"),
        ("Locked", 0, {"shift": "E"}, "Locked!C2", "P-1 2026-03-03: shift N → E"),
        ("Hotspots", 0, {"neighbours": None}, "Hotspots!H2", "HAL: neighbours MIDI → –"),
    ],
)
def test_a_changed_row_names_its_cell_and_column(
    sheet: str, row: int, change: dict[str, object], place: str, words: str, tmp_path: Path
) -> None:
    rows = copy.deepcopy(input_world.world())
    rows[sheet][row].update(change)
    assert told(differences(tmp_path, rows)) == [(place, "changed", words)]


def test_new_and_gone_rows_are_told_whole(tmp_path: Path) -> None:
    rows = input_world.world(Pairs=[])
    rows["Absences"].append({"staff": "G-1", "from": D(2026, 3, 5), "to": D(2026, 3, 6), "counts_as_work": True})
    found = differences(tmp_path, rows)
    assert told(found, Language.FR) == [
        ("Absences!A4", "added", "G-1 · 05/03/2026 · 06/03/2026 · oui"),
        ("Pairs!A2", "removed", "P-1 · P-2 · ensemble"),
    ]
    assert counts(found) == {"Absences": {RowChange.ADDED: 1}, "Pairs": {RowChange.REMOVED: 1}}


def test_equal_rows_are_counted(tmp_path: Path) -> None:
    """One of two equal rows that goes is one row gone."""
    rows = input_world.world()
    rows["Demand"].append(copy.deepcopy(rows["Demand"][0]))
    assert [item.kind for item in differences(tmp_path, rows)] == [RowChange.ADDED]


def test_every_cell_that_differs_has_its_place(tmp_path: Path) -> None:
    rows = input_world.world()
    rows["Demand"][0].update({"minimum": 3, "target": 4})
    (found,) = differences(tmp_path, rows)
    assert [(cell.place, cell.before, cell.after) for cell in found.cells] == [("Demand!F2", 2, 3), ("Demand!G2", 2, 4)]
