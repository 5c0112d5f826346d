"""A check of a workbook with errors gives the notes that are true all the same, and no other."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import scheduler
from tests.workbook.input_world import saved, world

WRONG_YEAR = {"staff": "P-1", "from": dt.date(2031, 3, 3), "to": dt.date(2031, 3, 4)}


def told(tmp_path: Path, **sheets: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """The places of the errors and of the notes."""
    found = scheduler.check(saved(tmp_path, world(**sheets)))
    return [problem.place for problem in found.problems], [note.place for note in found.notes]


def with_row(sheet: str, **changes: Any) -> list[dict[str, Any]]:
    """The rows of a sheet, the first changed."""
    first, *others = world()[sheet]
    return [{**first, **changes}, *others]


def test_a_note_stands_beside_a_value_that_cannot_be_read(tmp_path: Path) -> None:
    last = len(world()["Staff"]) + 1
    staff = [*world()["Staff"], {**world()["Staff"][-1], "id": "X9", "fte": 7}]
    problems, notes = told(tmp_path, Staff=staff, Absences=[WRONG_YEAR])
    assert [place.startswith("Staff!") and place.endswith(str(last + 1)) for place in problems] == [True]
    assert [place.startswith("Absences!") and place.endswith("2") for place in notes] == [True]


def test_a_note_stands_beside_a_reference_to_nothing_and_names_its_own_row(tmp_path: Path) -> None:
    rows = [{"staff": "NOBODY", "from": dt.date(2026, 3, 3), "to": dt.date(2026, 3, 4)}, WRONG_YEAR]
    problems, notes = told(tmp_path, Absences=rows)
    assert [place[-1] for place in problems] == ["2"]
    assert [place[-1] for place in notes] == ["3"]


def test_a_row_at_fault_gives_no_note_about_what_it_would_have_held(tmp_path: Path) -> None:
    """The only leader's row cannot be read: nobody says that the role is held by nobody."""
    problems, notes = told(tmp_path, Staff=with_row("Staff", fte=7))
    assert len(problems) >= 1
    assert notes == []


def test_without_a_horizon_there_are_only_the_errors(tmp_path: Path) -> None:
    settings = [row for row in world()["Settings"] if row["key"] != "start_date"]
    problems, notes = told(tmp_path, Settings=settings, Absences=[WRONG_YEAR])
    assert len(problems) >= 1
    assert notes == []


def test_history_is_not_called_old_where_its_newest_row_cannot_be_read(tmp_path: Path) -> None:
    old, new = ({"staff": "P-1", "date": dt.date(year, 3, 1), "shift": "N"} for year in (2025, 2026))
    assert "History!" in [place[:8] for place in told(tmp_path, History=[old])[1]]
    problems, notes = told(tmp_path, History=[old, {**new, "shift": "nonsense"}])
    assert [place[:8] for place in problems] == ["History!"]
    assert "History!" not in [place[:8] for place in notes]
