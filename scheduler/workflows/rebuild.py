"""Every result sheet of a workbook made again from its roster as it stands, without a solve: what hangs on the wall is true."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from scheduler.analysis.difference import PostedDuty
from scheduler.analysis.repair_changes import Cause, RepairChange
from scheduler.problem.facts import OFF, Lock

if TYPE_CHECKING:
    from scheduler.analysis.difference import Change
    from scheduler.problem.instance import Instance
    from scheduler.problem.standing import Standing
    from scheduler.workbook.read import Reading
    from scheduler.workflows.review import Review


def rebuild(path: str | os.PathLike[str], reading: Reading, found: Review, instance: Instance | None = None) -> None:
    """Write the workbook of a reading with the result sheets of its review, with other facts where an ``instance`` is given.

    Input rows and the record of the last solve stay as they are, so that hand edits remain such; the sheet Changes lists them.
    Of a repaired roster it lists what differs from the one that people went by, as the repair did. Raises
    :class:`~scheduler.errors.OutputError` when the file cannot be written; an older one is then untouched.
    """
    from scheduler.workbook.rows import input_rows
    from scheduler.workbook.write import write_review

    tables = reading.tables if instance is None else input_rows(instance, reading)
    shown = _with_words(instance or found.instance, reading)
    write_review(
        path, tables, shown, found.roster, found.assessment, found.findings, found.shortages,
        accepted=found.accepted, changes=found.edits, meta=reading.memory,
        repairs=_with_edits(found.repairs, found.edits or (), None if reading.memory is None else reading.memory.standing),
    )  # fmt: skip


def _with_words(instance: Instance, reading: Reading) -> Instance:
    """With locks for those whom the Roster sheet keeps free: the word stays there."""
    more = tuple(Lock(staff=staff, date=on, shift=OFF) for staff, on in reading.kept_free)
    return instance.replace(locks=(*instance.locks, *more)) if more else instance


def _with_edits(
    repairs: Sequence[RepairChange] | None, edits: Sequence[Change], standing: Standing | None
) -> tuple[RepairChange, ...] | None:
    """What a repair changed, and the hand edits that are no change to those who went by the old roster, or one of a past day."""
    if repairs is None or standing is None:
        return None
    listed = {(row.change.staff, row.change.date) for row in repairs}
    stood = {(item.staff, item.date): (PostedDuty(item.shift, item.hotspot),) for item in standing.duties}
    more = (
        RepairChange(edit, Cause.EDIT, edit.after != stood.get((edit.staff, edit.date), ()), 0)
        for edit in edits
        if (edit.staff, edit.date) not in listed
    )
    return tuple(sorted((*repairs, *more), key=lambda row: (row.change.staff, row.change.date)))
