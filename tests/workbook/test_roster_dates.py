"""The period of a workbook that holds a roster is not moved by hand: duties would be lost without a word."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.workbook.input_world import D, problems, reading, set_cell, world
from tests.workbook.test_roster_sheet import ROSTER, with_roster

pytestmark = pytest.mark.slow

PLAIN = world(Locked=[], History=[], Requests=[])
"""Rows with nothing but the roster that a date could be wrong for."""
START, DAYS = "B3", "B4"
LAST_DAY = set_cell("Roster", "P5", "N HAL")
"""A duty on 15 March."""


def refused(tmp_path: Any, *changes: Any) -> tuple[str, str, str, dict[str, Any]]:
    """Place, value, what is wrong, and what the hint names."""
    problem = problems(tmp_path, PLAIN, with_roster(*changes))[0]
    assert problem.hint is not None
    return problem.place, problem.value, problem.message.code, dict(problem.hint.arguments)


@pytest.mark.parametrize("start", [D(2026, 3, 30), D(2026, 3, 9), D(2026, 3, 3), D(2026, 2, 2), D(2026, 2, 23)])
def test_a_start_date_that_the_roster_does_not_begin_with(start: dt.date, tmp_path) -> None:
    """None of its dates in the period, or not all of them."""
    found = refused(tmp_path, set_cell("Settings", START, start), LAST_DAY)
    assert found == ("Settings!B3", start.isoformat(), "start_of_other_roster", {"begins": D(2026, 3, 2)})


def test_fewer_days_than_the_roster_has_duties_on(tmp_path) -> None:
    assert refused(tmp_path, set_cell("Settings", DAYS, 13), LAST_DAY) == (
        "Settings!B4",
        "13",
        "days_too_few",
        {"days": 14},
    )


@pytest.mark.parametrize(
    ("start", "days", "more"),
    [(D(2026, 3, 2), 28, 14), (D(2026, 3, 2), 4, 0), (D(2026, 2, 23), 21, 7), (D(2026, 3, 2), 14, 0)],
    ids=["longer", "shorter", "earlier", "as it was"],
)
def test_days_without_a_duty_come_and_go(start: dt.date, days: int, more: int, tmp_path) -> None:
    """Of days that the roster has no column for a note says that nobody goes by them."""
    rows = {**PLAIN, "Absences": [], "Holidays": []}
    got = reading(tmp_path, rows, with_roster(set_cell("Settings", START, start), set_cell("Settings", DAYS, days)))
    assert got.roster is not None
    assert {(a.staff, got.instance.calendar.date(a.day), a.shift) for a in got.roster} == {
        (a.staff, D(2026, 3, 2) + dt.timedelta(days=a.day), a.shift) for a in ROSTER
    }
    notes = [note for note in got.notes if note.message.code == "days_without_column"]
    assert [(note.place, dict(note.message.arguments)["count"]) for note in notes] == (
        [("Settings!B4", more)] if more else []
    )
