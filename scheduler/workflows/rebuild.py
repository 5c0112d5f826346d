"""Every result sheet of a workbook made again from its roster as it stands, without a solve: what hangs on the wall is true."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.problem.instance import Instance
    from scheduler.workbook.read import Reading
    from scheduler.workflows.review import Review


def rebuild(path: str | os.PathLike[str], reading: Reading, found: Review, instance: Instance | None = None) -> None:
    """Write the workbook of a reading with the result sheets of its review, with other facts where an ``instance`` is given.

    Input rows and the record of the last solve stay as they are, so that hand edits remain such; the sheet Changes lists them.
    Raises :class:`~scheduler.errors.OutputError` when the file cannot be written; an older one is then untouched.
    """
    from scheduler.workbook.rows import input_rows
    from scheduler.workbook.write import write_review

    tables = reading.tables if instance is None else input_rows(instance, reading)
    write_review(
        path, tables, instance or found.instance, found.roster, found.assessment, found.findings, found.shortages,
        accepted=found.accepted, changes=found.edits, repairs=found.repairs, meta=reading.memory,
    )  # fmt: skip
