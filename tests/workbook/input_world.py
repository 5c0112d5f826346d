"""A small, complete set of input rows for tests of the workbook; every person is synthetic."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from scheduler.errors import InputError, InputProblem
from scheduler.messages.languages import Language
from scheduler.messages.message import Message, Name
from scheduler.workbook.read import Reading, read
from scheduler.workbook.template import save_tables

Rows = dict[str, list[dict[str, object]]]
D = dt.date

_WORLD: Rows = {
    "Settings": [
        {"key": "title", "value": "Synthetic staff"},
        {"key": "start_date", "value": D(2026, 3, 2)},
        {"key": "days", "value": 14},
        {"key": "timezone", "value": "Europe/Brussels"},
        {"key": "language", "value": "fr"},
        {"key": "published_until", "value": D(2026, 3, 8)},
        {"key": "reference_hours.most_over_hours", "value": 4},
        {"key": "published_version", "value": 2},
        {"key": "published_at", "value": dt.datetime(2026, 2, 20, 16, 30)},
        {"key": "published_hash", "value": "3a0816884f2367b3"},
    ],
    "Organisations": [
        {"code": "5341", "name": "Zone Midi", "kind": "police_zone"},
        {"code": "SGIL", "name": "Saint-Gilles", "kind": "municipality"},
    ],
    "Hotspots": [
        {
            "code": "HAL",
            "name": "Porte de Hal",
            "municipality": "Saint-Gilles",
            "zone": "5341",
            "lat": 50.833,
            "lon": 4.344,
            "priority": 3,
            "neighbours": "MIDI",
        },
        {
            "code": "MIDI",
            "municipality": "SGIL",
            "zone": "5341",
            "from": D(2026, 3, 4),
            "until": D(2026, 6, 30),
        },
    ],
    "Shifts": [
        {"code": "E", "start": "06:00", "end": "14:00"},
        {"code": "L", "start": "14:00", "end": "24:00", "unpaid_break_min": 30},
        {"code": "N", "start": "22:00", "end": "06:00", "categories": "police"},
    ],
    "Roles": [{"code": "LEAD", "name": "Patrol leader", "category": "police"}],
    "Contracts": [
        {
            "code": "POL-38",
            "category": "police",
            "max_weekends_year": "none",
            "min_rest_hours": 10.5,
            "decision_date": D(2026, 1, 15),
        },
        {
            "code": "GAR",
            "name": "Peacekeepers",
            "category": "non_police",
            "weekly_hours": 36.5,
            "needs_police": "yes",
            "notice_days": 10,
        },
    ],
    "Staff": [
        {"id": "P-1", "organisation": "5341", "roles": "LEAD", "contract": "POL-38", "home_hotspot": "HAL"},
        {"id": "P-2", "organisation": "5341", "contract": "POL-38", "fte": 0.8, "hotspots": "HAL, MIDI"},
        {"id": "G-1", "organisation": "SGIL", "contract": "GAR", "from": D(2026, 3, 3), "until": D(2026, 3, 10)},
    ],
    "Demand": [
        {
            "hotspot": "HAL",
            "role": "police",
            "days": "Mon-Sun",
            "from": "22:00",
            "to": "06:00",
            "minimum": 2,
            "target": 2,
            "maximum": 4,
        },
        {"hotspot": "MIDI", "role": "LEAD", "days": "weekend", "from": "00:00", "to": "24:00", "minimum": 1},
    ],
    "Incidents": [
        {
            "when": dt.datetime(2026, 3, 1, 23, 40),
            "hotspot": "HAL",
            "heads": 4,
            "days": 7,
            "neighbours": True,
            "decays": True,
            "kind": "shooting",
        },
    ],
    "Absences": [
        {"staff": "P-1", "from": D(2026, 3, 9), "to": D(2026, 3, 10)},
        {
            "staff": "P-2",
            "from": dt.datetime(2026, 3, 5, 9, 30),
            "to": dt.datetime(2026, 3, 6, 0, 0),
            "counts_as_work": True,
        },
    ],
    "Requests": [{"staff": "P-1", "from": D(2026, 3, 14), "shift": "N", "kind": "avoid", "weight": 5}],
    "Pairs": [{"staff_a": "P-1", "staff_b": "P-2", "kind": "together"}],
    "Locked": [
        {"staff": "P-1", "date": D(2026, 3, 3), "shift": "N", "hotspot": "HAL"},
        {"staff": "P-2", "date": D(2026, 3, 4), "shift": "OFF"},
    ],
    "History": [{"staff": "P-2", "date": D(2026, 3, 1), "shift": "N", "hotspot": "HAL"}],
    "Counters": [{"staff": "P-1", "hours_balance": -4.5, "nights": 7, "weekends": 3, "holidays": 1}],
    "Published": [
        {"staff": "P-1", "date": D(2026, 3, 3), "shift": "N", "hotspot": "HAL", "version": 1},
        {"staff": "P-2", "date": D(2026, 3, 4), "shift": "E", "hotspot": "HAL", "version": 1},
        {"staff": "P-2", "date": D(2026, 3, 4), "shift": "OFF", "version": 2},
    ],
    "Holidays": [{"date": D(2026, 3, 6), "name": "Made up"}],
    "Calls": [
        {
            "staff": "P-1",
            "at": dt.datetime(2026, 3, 3, 18, 5),
            "for_date": D(2026, 3, 3),
            "shift": "N",
            "hotspot": "HAL",
            "answer": "no",
            "note": "Calls back",
        },
    ],
    "Strategies": [{"name": "half a day", "pooling": "lateral", "lends_percent": 5, "shifts": "N", "federal": "no"}],
}


def world(**changes: list[dict[str, object]]) -> Rows:
    """A fresh copy of the rows, with some sheets replaced."""
    return {**copy.deepcopy(_WORLD), **changes}


def saved(tmp_path: Path, rows: Rows | None = None, change: Callable[[Any], None] | None = None) -> Path:
    """The rows as a workbook; ``change`` edits it with openpyxl, as a planner would by hand."""
    path = tmp_path / "world.xlsx"
    save_tables(world() if rows is None else rows, path)
    if change is not None:
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)
    return path


def reading(tmp_path: Path, rows: Rows | None = None, change: Callable[[Any], None] | None = None) -> Reading:
    return read(saved(tmp_path, rows, change))


def problems(
    tmp_path: Path, rows: Rows | None = None, change: Callable[[Any], None] | None = None
) -> list[InputProblem]:
    """The problems for which a workbook is refused."""
    with pytest.raises(InputError) as caught:
        reading(tmp_path, rows, change)
    assert all(problem.fatal and problem.message for problem in caught.value.problems)
    return list(caught.value.problems)


def only_problem(tmp_path: Path, rows: Rows | None = None, change: Callable[[Any], None] | None = None) -> InputProblem:
    found = problems(tmp_path, rows, change)
    assert len(found) == 1, [str(problem) for problem in found]
    return found[0]


def codes_of(problem: InputProblem) -> set[str]:
    """The codes of everything that a problem says, what stands within another sentence included."""
    waiting: list[object] = [problem.message, problem.hint]
    found: set[str] = set()
    while waiting:
        said = waiting.pop()
        if isinstance(said, Message):
            found.add(said.code)
            waiting += [value for _, value in said.arguments]
    return found


def own(kind: str, name: str) -> str:
    """What a name is called in the workbook of these rows, which is French, where the file itself does not name it."""
    return Name(kind, name).text(Language.FR)


def set_cell(sheet: str, cell: str, value: object) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book[sheet][cell] = value

    return change
