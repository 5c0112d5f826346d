"""Every result sheet of a workbook made again from its roster as it stands, without a solve: what hangs on the wall is true."""

from __future__ import annotations

import os

from scheduler.analysis.difference import PostedDuty
from scheduler.analysis.repair_changes import Cause, RepairChange, repair_changes
from scheduler.problem.instance import Instance
from scheduler.problem.standing import Standing
from scheduler.workbook.read import Reading
from scheduler.workflows.review import Review


def rebuild(path: str | os.PathLike[str], reading: Reading, found: Review, instance: Instance | None = None) -> None:
    """Write the workbook of a reading with the result sheets of its review, with other facts where an ``instance`` is given.

    Input rows and the record of the last solve stay as they are, so that hand edits remain such; the sheet Changes lists them.
    Of a repaired roster it lists what differs from the roster that people went by, as the repair did. Raises
    :class:`~scheduler.errors.OutputError` when the file cannot be written; an older one is then untouched.
    """
    from scheduler.workbook.rows import input_rows
    from scheduler.workbook.write import write_review

    tables = reading.tables if instance is None else input_rows(instance, reading)
    standing = None if reading.memory is None else reading.memory.standing
    write_review(
        path, tables, instance or found.instance, found.roster, found.assessment, found.findings, found.shortages,
        accepted=found.accepted, changes=found.edits, meta=reading.memory,
        repairs=None if standing is None else _repairs(found, standing),
    )  # fmt: skip


def _repairs(found: Review, standing: Standing) -> tuple[RepairChange, ...]:
    """What differs from the roster that people go by, and the hand edits that do not: those of past days, and those that put back
    what stood. What is locked was decided by the planner, too."""
    instance = found.instance
    day_of = instance.calendar.day
    # What the facts no longer have was no duty of this roster.
    known = standing.replace(
        duties=tuple(item for item in standing.duties if item.staff in instance.person and item.shift in instance.shift)
    )
    edits = tuple(edit for edit in found.edits or () if edit.staff in instance.person)
    decided = {(edit.staff, day_of(edit.date)) for edit in edits}
    decided |= {(lock.staff, day_of(lock.date)) for lock in instance.locks}
    rows = repair_changes(instance, known, found.roster, decided)
    listed = {(row.change.staff, row.change.date) for row in rows}
    stood = {(item.staff, item.date): (PostedDuty(item.shift, item.hotspot),) for item in known.duties}
    more = (
        RepairChange(edit, Cause.EDIT, edit.after != stood.get((edit.staff, edit.date), ()), 0)
        for edit in edits
        if (edit.staff, edit.date) not in listed
    )
    return tuple(sorted((*rows, *more), key=lambda row: (row.change.staff, row.change.date)))
