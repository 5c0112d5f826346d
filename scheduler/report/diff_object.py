"""What ``vigie diff --json`` puts on standard output."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.analysis.comparison import Comparison, CoverageDifference
from scheduler.analysis.difference import Change, Dates, day_text
from scheduler.analysis.notice import Notice
from scheduler.problem.timeline import clock_text
from scheduler.report.objects import Object
from scheduler.vocabulary.constraints import COVERAGE_LEVELS
from scheduler.workbook.input_difference import RowDifference

if TYPE_CHECKING:
    from scheduler.workbook.read import Reading
    from scheduler.workflows.diff import Difference

SCHEMA = 1


def diff_object(found: Difference, output: Path | None) -> Object:
    """Sheets, columns and words are the canonical English ones; dates are ISO, clock times ``22:00``. ``rosters`` is null
    where one of the workbooks holds none, its ``shared`` where the two have no date in common. Minutes are person-minutes of the
    shared dates; targets include the minimums. ``output`` is the workbook that was written, null where none was."""
    return {
        "schema": SCHEMA,
        "old": _side(found.old),
        "new": _side(found.new),
        "staff_in_both": found.staff_in_both,
        "input": [_row(item) for item in found.input],
        "rosters": None if found.rosters is None else _rosters(found, found.rosters),
        "output": None if output is None else str(output),
    }


def _side(reading: Reading) -> Object:
    calendar = reading.instance.calendar
    return {
        "path": str(reading.path),
        "start_date": calendar.start.isoformat(),
        "days": calendar.days,
        "assignments": None if reading.roster is None else len(reading.roster),
        "instance_sha256": reading.instance.sha256,
    }


def _row(item: RowDifference) -> Object:
    return {
        "sheet": item.sheet,
        "kind": item.kind.value,
        "place": item.place,
        "row": {column: _value(value) for column, value in item.row.items()},
        "columns": [
            {
                "column": cell.column,
                "place": cell.place,
                "before": _value(cell.before),
                "after": _value(cell.after),
            }
            for cell in item.cells
        ],
    }


def _value(value: object) -> object:
    match value:
        case dt.datetime():
            return value.isoformat(timespec="minutes")
        case dt.date():
            return value.isoformat()
        case dt.timedelta():
            return clock_text(round(value.total_seconds() / 60))
        case None | bool() | int() | float():
            return value
        case _:
            return str(value)


def _rosters(found: Difference, rosters: Comparison) -> Object:
    shared = rosters.shared
    return {
        "shared": None if shared is None else _dates(shared),
        "duties_outside": {
            "old": rosters.old.duties_outside(shared),
            "new": rosters.new.duties_outside(shared),
        },
        "counts": {kind.value: number for kind, number in rosters.kinds.items()},
        "announced": rosters.announced.isoformat(timespec="minutes"),
        "notice": {notice.value: rosters.notices.count(notice) for notice in Notice},
        "changes": [
            {**_change(found, change), "notice": notice.value}
            for change, notice in zip(rosters.changes, rosters.notices, strict=True)
        ],
        "people": [
            {
                "staff": item.staff,
                **{kind.value: number for kind, number in item.kinds.items()},
                "minutes_before": item.minutes_before,
                "minutes_after": item.minutes_after,
            }
            for item in rosters.people
        ],
        "hotspots": [
            {
                "hotspot": item.hotspot,
                "duties_before": item.before,
                "duties_after": item.after,
                "lost": item.lost,
                "gained": item.gained,
            }
            for item in rosters.hotspots
        ],
        "coverage": {
            "levels": [_coverage(rosters.coverage_of(level)) for level in COVERAGE_LEVELS],
            "hotspots": [{"hotspot": row.hotspot, **_coverage(row)} for row in rosters.coverage],
        },
    }


def _dates(dates: Dates) -> Object:
    return {"first": dates.first.isoformat(), "last": dates.last.isoformat()}


def _change(found: Difference, change: Change) -> Object:
    return {
        "staff": change.staff,
        "date": change.date.isoformat(),
        "before": day_text(change.before),
        "after": day_text(change.after),
        "change": change.kind.value,
        "cell": found.cell_of(change),
    }


def _coverage(row: CoverageDifference) -> Object:
    return {
        "level": row.level.code,
        "asked_before": row.asked_before,
        "asked_after": row.asked_after,
        "short_before": row.short_before,
        "short_after": row.short_after,
    }
