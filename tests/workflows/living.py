"""Workbooks with a roster, and what planners do to them. Every person is synthetic."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from collections.abc import Mapping
from pathlib import Path

import openpyxl

import scheduler
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.workbook.read import read
from scheduler.workflows.publish import publish, write_published
from tests.builders import MONDAY, contract, demand, hotspot, make
from tests.workflows.test_review import proven

NOW = dt.datetime(2026, 2, 20, 9, 0)
PEOPLE = 6


def world(days: int = 7, **facts: object) -> Instance:
    """Six people of whom one early and one late duty a day ask two; who works does so every other day."""
    rows = (demand(start="06:00", until="14:00", minimum=1), demand(start="14:00", until="22:00", minimum=1))
    given: dict[str, object] = {
        "people": PEOPLE, "demand": rows, "contracts": (contract(min_days_off=1),),
        "hotspots": (hotspot(), hotspot("MIDI")),
    }  # fmt: skip
    return make(days, **given | facts)  # type: ignore[arg-type]


def regular(instance: Instance) -> Roster:
    """Two people a day, one early and one late, in turns of three."""
    ids = [member.id for member in instance.staff]
    return Roster.of(
        Assignment(ids[(day % 3) * 2 + place], day, shift, "HAL")
        for day in range(instance.days)
        for place, shift in enumerate(("E", "L"))
    )


def roster_file(folder: Path, days: int = 7, **facts: object) -> Path:
    """A workbook with a legal roster as a solve would leave it."""
    instance = world(days, **facts)
    scheduler.save(folder / "roster.xlsx", instance, proven(instance, regular(instance)))
    return folder / "roster.xlsx"


def told(path: Path, to: str = "told.xlsx") -> Path:
    """A copy that is published."""
    write_published(path.with_name(to), publish(scheduler.load(path), None, NOW))
    return path.with_name(to)


def edited(path: Path, cells: Mapping[tuple[str, int], str], to: str = "edited.xlsx") -> Path:
    """A copy of a workbook in which a planner has typed into days of people; blank text clears them."""
    places = read(path).cells
    return typed(path, {str(places.roster(*day)): text or None for day, text in cells.items()}, to)


def typed(path: Path, cells: Mapping[str, object], to: str = "typed.xlsx") -> Path:
    """A copy of a workbook in which somebody has typed into cells, as ``Sheet!C4``."""
    book = opened(path)
    for place, value in cells.items():
        sheet, _, cell = place.partition("!")
        book[sheet][cell] = value
    book.save(path.with_name(to))
    return path.with_name(to)


def without(path: Path, sheet: str, to: str = "without.xlsx") -> Path:
    """A copy of a workbook without one of its sheets."""
    book = opened(path)
    del book[sheet]
    book.save(path.with_name(to))
    return path.with_name(to)


def opened(path: Path) -> openpyxl.Workbook:
    """The workbook as a planner's tool opens it."""
    with warnings.catch_warnings():
        # It does not know the data bars of the result sheets, and drops them, as other tools of planners do.
        warnings.filterwarnings("ignore", ".* is not supported and will be removed", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


def on(day: int) -> dt.date:
    return MONDAY + dt.timedelta(days=day)
