"""The solver's own memory inside the workbook: the record of the run, and every roster cell as the solver left it.

It is kept as JSON on a very hidden sheet, cut into cells that Excel can hold. Comparing it with the Roster sheet tells hand
edits exactly.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from xlsxwriter import Workbook

from scheduler.analysis.difference import Cells, DayDuties, PostedDuty
from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import Message
from scheduler.result import RunRecord
from scheduler.workbook.raw_sheets import Book
from scheduler.workbook.sheets import META

FORMAT = 1
CHUNK = 30_000
"""Characters a cell; Excel holds 32,767."""
_BETWEEN = "\n"
"""Stands between several duties of one day: in no code there is a line break."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What the very hidden sheet holds."""

    record: RunRecord
    cells: Cells


def add_meta(book: Workbook, meta: Meta) -> None:
    """Add the very hidden sheet to a workbook."""
    people: dict[str, dict[str, str]] = {}
    for (staff, on), duties in meta.cells.items():
        people.setdefault(staff, {})[on.isoformat()] = _BETWEEN.join(map(str, duties))
    content = {"format": FORMAT, "record": meta.record.model_dump(mode="json"), "cells": people}
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
        (str(staff), dt.date.fromisoformat(on)): _duties(text)
        for staff, days in content["cells"].items()
        for on, text in days.items()
    }
    return Meta(RunRecord.model_validate(content["record"]), cells)


def _duties(found: object) -> DayDuties:
    """Raises ``TypeError`` for anything else than text."""
    if not isinstance(found, str):
        raise TypeError(found)
    return tuple(PostedDuty(*line.partition(" ")[::2]) for line in found.split(_BETWEEN)) if found else ()
