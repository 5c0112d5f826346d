"""What ``vigie publish --json`` and ``vigie replan --json`` put on standard output."""

from __future__ import annotations

from pathlib import Path

from scheduler.analysis.difference import Change, day_text
from scheduler.analysis.repair_changes import RepairChange, least_changes
from scheduler.report.objects import Object, placed_finding_object, solve_object
from scheduler.workflows.publish import Published
from scheduler.workflows.replan import Repaired

SCHEMA = 1


def published_object(found: Published, output: Path | None) -> Object:
    """``duties`` and ``people`` are counts; ``broken`` the findings for which nothing is published, ``output`` is then null."""
    publication, review = found.publication, found.review
    return {
        "schema": SCHEMA,
        "version": publication.version,
        "at": publication.at.isoformat(timespec="minutes"),
        "until": publication.until.isoformat(),
        "digest": publication.digest,
        "duties": found.duties,
        "people": found.people,
        "changes": [change_object(change) for change in found.changes],
        "broken": [placed_finding_object(finding, review.instance, review.cell_of) for finding in found.broken],
        "output": None if output is None else str(output),
    }


def repaired_object(found: Repaired, output: Path) -> Object:
    """As of a solve, of which the levels are those of the days that were open; and every change with its cause, whether it is
    announced late or past, and its price at its level. ``people`` and ``late`` are counts of the days to come."""
    repair, calendar = found.repair, found.repair.instance.calendar
    return {
        "schema": SCHEMA,
        **solve_object(repair.instance, found.result, output),
        "violations": len(found.broken),
        "broken": [
            placed_finding_object(finding, repair.instance, repair.reading.cells.roster) for finding in found.broken
        ],
        "since": calendar.iso(repair.standing.since),
        "changes": [repair_object(item) for item in found.changes],
        "people": len({item.change.staff for item in found.changes if not item.past}),
        "late": sum(item.late for item in found.changes),
        "least_late": least_changes(found.result.record.levels),
        "edits": [change_object(edit) for edit in repair.edits],
    }


def repair_object(item: RepairChange) -> Object:
    found = {"cause": item.cause.value, "late": item.late, "past": item.past, "price": item.price}
    return {**change_object(item.change), **found}


def change_object(change: Change) -> Object:
    """A changed day of a person; empty text is a free day."""
    return {
        "staff": change.staff,
        "date": change.date.isoformat(),
        "before": day_text(change.before),
        "after": day_text(change.after),
        "kind": change.kind.value,
    }
