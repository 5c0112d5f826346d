"""The roster for other programs: a table of duties (CSV, pandas) and the whole result as JSON."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.result import RunRecord, Shortage
from scheduler.rules.base import Finding

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "staff",
    "organisation",
    "category",
    "roles",
    "date",
    "shift",
    "start",
    "end",
    "hotspot",
    "locked",
)
"""The columns of the table, in order. Programs rely on them."""

_SEPARATORS = ",;\t\r\n"
_LOOKED_THROUGH = r"\s\"'\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff"
_FORMULA_SIGNS = r"=+\-@＝＋－＠﹦﹢﹣﹫"
_FORMULA = re.compile(f"(^|[{_SEPARATORS}])(?=[{_LOOKED_THROUGH}]*[{_FORMULA_SIGNS}])")
"""Where a cell begins that a spreadsheet would take for a formula: at the start of a text or after anything that it may split at,
whatever stands before the sign that it would not show."""


def duties(instance: Instance, roster: Roster) -> pd.DataFrame:
    """One row for each assignment, in order of person and day.

    ``start`` and ``end`` are ISO 8601 with offset, ``date`` an ISO date, ``roles`` codes separated by semicolons, ``locked`` a
    bool: whether the workbook locks this person's duty on that date.
    """
    import pandas as pd

    locked = _locked(instance)
    rows = [_row(instance, assignment, locked) for assignment in roster]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"locked": bool})


def csv_text(instance: Instance, roster: Roster) -> str:
    """The table of duties as CSV with a header line; ``locked`` is ``true`` or ``false``.

    Text that a spreadsheet would take for a formula gets an apostrophe before it, also in the middle of a cell, behind a comma
    or a semicolon: not every spreadsheet splits at the comma.
    """
    table = duties(instance, roster)
    table["locked"] = table["locked"].map({True: "true", False: "false"})
    for column in COLUMNS:
        table[column] = table[column].map(inert)
    return str(table.to_csv(index=False, lineterminator="\n"))


def belgian_csv_text(instance: Instance, roster: Roster, language: Language) -> str:
    """The same table for a spreadsheet of Belgian settings, opened by double click: semicolons, a byte-order mark, local times as
    ``dd/mm/yyyy hh:mm``, and words of a language for the header and for what is yes or no. No column has decimals."""
    texts, table = Texts(language), duties(instance, roster)
    for column in ("start", "end"):
        table[column] = [f"{dt.datetime.fromisoformat(at):%d/%m/%Y %H:%M}" for at in table[column]]
    table["date"] = [f"{dt.date.fromisoformat(on):%d/%m/%Y}" for on in table["date"]]
    table["category"] = [texts.name("choice", category) for category in table["category"]]
    table["locked"] = [texts("yes" if locked else "no") for locked in table["locked"]]
    table["roles"] = table["roles"].str.replace(";", ", ")
    for column in COLUMNS:
        table[column] = table[column].map(inert)
    table.columns = [texts("locked") if name == "locked" else texts.name("column", name) for name in COLUMNS]
    return "\ufeff" + str(table.to_csv(index=False, sep=";", lineterminator="\r\n"))


def whole(
    instance: Instance,
    roster: Roster,
    *,
    record: RunRecord | None = None,
    findings: Sequence[Finding] = (),
    shortages: Sequence[Shortage] = (),
) -> dict[str, Any]:
    """Everything about a result as plain JSON values: the period, the record of the run, duties, shortages and findings.

    ``record`` is None for a roster that no solve has left a record of.
    """
    calendar = instance.calendar
    locked = _locked(instance)
    return {
        "title": instance.title,
        "start_date": calendar.start.isoformat(),
        "days": calendar.days,
        "timezone": calendar.timezone,
        "instance_sha256": instance.sha256,
        "record": None if record is None else _record(record),
        "roster": [_row(instance, assignment, locked) for assignment in roster],
        "shortages": [shortage_object(instance, item) for item in shortages],
        "findings": [finding_object(instance, item) for item in findings],
    }


def _record(record: RunRecord) -> dict[str, Any]:
    """The record with its incidents as English sentences."""
    blocks = [
        {**block.model_dump(mode="json"), "incidents": [str(incident) for incident in block.incidents]}
        for block in record.blocks
    ]
    incidents = [str(incident) for incident in record.incidents]
    return {**record.model_dump(mode="json"), "blocks": blocks, "incidents": incidents}


def _locked(instance: Instance) -> frozenset[tuple[str, int]]:
    return frozenset((lock.staff, instance.calendar.day(lock.date)) for lock in instance.locks)


def _row(instance: Instance, assignment: Assignment, locked: frozenset[tuple[str, int]]) -> dict[str, Any]:
    member, duty = instance.person[assignment.staff], instance.duty(assignment.day, assignment.shift)
    return {
        "staff": member.id,
        "organisation": member.organisation,
        "category": instance.category(member.id).value,
        "roles": ";".join(member.roles),
        "date": instance.calendar.date(assignment.day).isoformat(),
        "shift": assignment.shift,
        "start": instance.calendar.iso(duty.start),
        "end": instance.calendar.iso(duty.end),
        "hotspot": assignment.hotspot,
        "locked": (assignment.staff, assignment.day) in locked,
    }


def shortage_object(instance: Instance, item: Shortage) -> dict[str, Any]:
    """A shortage as plain JSON values, with its moments as dates and times."""
    times = {"start": instance.calendar.iso(item.start), "end": instance.calendar.iso(item.end)}
    return {**item.model_dump(mode="json"), **times, "person_minutes": item.person_minutes}


def finding_object(instance: Instance, item: Finding) -> dict[str, Any]:
    """A finding as plain JSON values. ``level`` is the one that pays for it, null for a broken hard rule; ``message`` is
    in English, ``code`` the same in any language."""
    return {
        "rule": item.rule,
        "hard": item.hard,
        "level": None if item.hard else item.level.code,
        "code": item.message.code,
        "message": str(item.message),
        "staff": list(item.staff),
        "dates": [instance.calendar.date(day).isoformat() for day in item.days],
        "hotspot": item.hotspot,
        "amount": item.amount,
        "unit": item.unit,
        "cost": item.cost,
    }


def inert(text: str) -> str:
    return _FORMULA.sub(r"\1'", text)
