"""What differs between two rosters, cell by cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.problem.roster import Assignment, Roster
from scheduler.problem.timeline import Calendar

Cells = Mapping[tuple[str, dt.date], str]
"""What stands in the roster, by person and date, as ``N HAL``; free days are left out."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A roster cell that differs between two rosters; empty text is a free day. ``by_hand`` tells a planner's change of the
    solver's roster from one that the solve made."""

    staff: str
    date: dt.date
    before: str
    after: str
    by_hand: bool = True


def post_text(assignment: Assignment) -> str:
    """What stands in a cell of the Roster sheet: shift and hotspot, one space between them."""
    return f"{assignment.shift} {assignment.hotspot}"


def roster_cells(calendar: Calendar, roster: Roster) -> dict[tuple[str, dt.date], str]:
    """The roster as cells. Several duties on one date (a broken roster) are joined by `` + ``."""
    cells: dict[tuple[str, dt.date], str] = {}
    for assignment in roster:
        key = (assignment.staff, calendar.date(assignment.day))
        text = post_text(assignment)
        cells[key] = f"{cells[key]} + {text}" if key in cells else text
    return cells


def differences(before: Cells, after: Cells, *, by_hand: bool) -> tuple[Edit, ...]:
    """Every cell in which two rosters differ, in order of person and date."""
    return tuple(
        Edit(staff, on, before.get((staff, on), ""), after.get((staff, on), ""), by_hand)
        for staff, on in sorted(before.keys() | after.keys())
        if before.get((staff, on), "") != after.get((staff, on), "")
    )
