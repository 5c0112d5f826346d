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
from scheduler.problem.standing import Standing, StandingDuty
from scheduler.result import RunRecord
from scheduler.workbook.raw_sheets import Sheets
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
    standing: Standing | None = None
    """What people went by when the roster was repaired; None where it was not."""
    off: frozenset[tuple[str, dt.date]] | None = None
    """The days that a lock kept free; None where that is not known."""


def add_meta(book: Workbook, meta: Meta) -> None:
    """Add the very hidden sheet to a workbook."""
    content = {"format": FORMAT, "record": meta.record.model_dump(mode="json"), "cells": _by_person(meta.cells)}
    if meta.standing is not None:
        content["standing"] = _standing_object(meta.standing)
    if meta.off is not None:
        content["off"] = [[staff, on.isoformat()] for staff, on in sorted(meta.off)]
    text = json.dumps(content, separators=(",", ":"))
    sheet = book.add_worksheet(META)
    for row, start in enumerate(range(0, len(text), CHUNK)):
        sheet.write_string(row, 0, text[start : start + CHUNK])
    sheet.very_hidden()


def _by_person(cells: Cells) -> dict[str, dict[str, str]]:
    people: dict[str, dict[str, str]] = {}
    for (staff, on), duties in cells.items():
        people.setdefault(staff, {})[on.isoformat()] = _BETWEEN.join(map(str, duties))
    return people


def _standing_object(standing: Standing) -> dict[str, Any]:
    cells = {(duty.staff, duty.date): (PostedDuty(duty.shift, duty.hotspot),) for duty in standing.duties}
    until = None if standing.until is None else standing.until.isoformat()
    stays = None if standing.stays is None else standing.stays.isoformat()
    return {
        "since": standing.since, "frozen": standing.frozen, "until": until, "stays": stays, "cells": _by_person(cells),
    }  # fmt: skip


def read_meta(book: Sheets) -> tuple[Meta | None, tuple[InputProblem, ...]]:
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
    standing, off = content.get("standing"), content.get("off")
    return Meta(
        RunRecord.model_validate(content["record"]),
        _cells(content["cells"]),
        None if standing is None else _standing(standing),
        None if off is None else frozenset((str(staff), dt.date.fromisoformat(on)) for staff, on in off),
    )


def _cells(people: dict[str, dict[str, object]]) -> dict[tuple[str, dt.date], DayDuties]:
    return {
        (str(staff), dt.date.fromisoformat(on)): _duties(text)
        for staff, days in people.items()
        for on, text in days.items()
    }


def _standing(content: dict[str, Any]) -> Standing:
    until, stays = content["until"], content.get("stays")
    return Standing(
        since=content["since"],
        frozen=content["frozen"],
        until=None if until is None else dt.date.fromisoformat(until),
        stays=None if stays is None else dt.date.fromisoformat(stays),
        duties=tuple(
            StandingDuty(staff=staff, date=on, shift=duties[0].shift, hotspot=duties[0].hotspot)
            for (staff, on), duties in _cells(content["cells"]).items()
        ),
    )


def _duties(found: object) -> DayDuties:
    """Raises ``TypeError`` for anything else than text."""
    if not isinstance(found, str):
        raise TypeError(found)
    return tuple(PostedDuty(*line.partition(" ")[::2]) for line in found.split(_BETWEEN)) if found else ()
