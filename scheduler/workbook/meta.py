"""The solver's own memory inside the workbook: the record of the run, and every roster cell as the solver left it.

It is kept as JSON on a very hidden sheet, cut into cells that Excel can hold. Comparing it with the Roster sheet tells hand
edits exactly.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from xlsxwriter import Workbook

from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.problem.timeline import Calendar
from scheduler.result import RunRecord
from scheduler.workbook.raw_sheets import Book
from scheduler.workbook.sheets import META

FORMAT = 1
CHUNK = 30_000
"""Characters a cell; Excel holds 32,767."""

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


@dataclass(frozen=True, slots=True)
class Meta:
    """What the very hidden sheet holds."""

    record: RunRecord
    cells: Cells


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


def add_meta(book: Workbook, instance: Instance, roster: Roster, record: RunRecord) -> None:
    """Add the very hidden sheet to a workbook."""
    people: dict[str, dict[str, str]] = {}
    for (staff, on), text in roster_cells(instance.calendar, roster).items():
        people.setdefault(staff, {})[on.isoformat()] = text
    content = {"format": FORMAT, "record": record.model_dump(mode="json"), "cells": people}
    text = json.dumps(content, separators=(",", ":"))
    sheet = book.add_worksheet(META)
    for row, start in enumerate(range(0, len(text), CHUNK)):
        sheet.write_string(row, 0, text[start : start + CHUNK])
    sheet.very_hidden()


def read_meta(book: Book) -> tuple[Meta | None, tuple[InputProblem, ...]]:
    """What the solver left in a workbook, None when there is nothing, with a note when nothing of it can be understood."""
    if META not in book.titles:
        return None, ()
    try:
        # As it stands, because a blank may lie where the text was cut into cells.
        lines = book.page(META, trimmed=False).lines
        return _understood(json.loads("".join(str(values.get(1, "")) for _, values in lines))), ()
    except (InputError, ValueError, KeyError, TypeError, AttributeError, ValidationError, RecursionError):
        # Somebody's tool may have cut or changed the sheet; then the roster counts as it stands.
        message = Message(
            "record_damaged",
            "is damaged: it held the record of the solve. Hand edits and the proof are no longer known.",
        )
        hint = Message("solve_again", "A new solve writes it again.")
        return None, (InputProblem(META, "", message, hint, fatal=False),)


def _understood(content: dict[str, Any]) -> Meta:
    if content["format"] != FORMAT:
        raise ValueError(content["format"])
    cells = {
        (staff, dt.date.fromisoformat(on)): text
        for staff, days in content["cells"].items()
        for on, text in days.items()
    }
    return Meta(RunRecord.model_validate(content["record"]), cells)


def differences(before: Cells, after: Cells, *, by_hand: bool) -> tuple[Edit, ...]:
    """Every cell in which two rosters differ, in order of person and date."""
    return tuple(
        Edit(staff, on, before.get((staff, on), ""), after.get((staff, on), ""), by_hand)
        for staff, on in sorted(before.keys() | after.keys())
        if before.get((staff, on), "") != after.get((staff, on), "")
    )
