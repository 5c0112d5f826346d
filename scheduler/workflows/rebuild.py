"""Every result sheet of a workbook made again from its roster as it stands, without a solve: what hangs on the wall is true."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.workbook.read import Reading
    from scheduler.workflows.review import Review


def rebuild(path: str | os.PathLike[str], reading: Reading, found: Review) -> None:
    """Write the workbook of a reading with the result sheets of its review.

    Input rows and the record of the last solve stay as they are, so that hand edits remain such; the sheet Changes lists them.
    Raises :class:`~scheduler.errors.OutputError` when the file cannot be written; an older one is then untouched.
    """
    from scheduler.workbook.write import write_review

    write_review(
        path, reading.tables, found.instance, found.roster, found.assessment, found.findings, found.shortages,
        accepted=found.accepted, changes=found.edits, meta=reading.memory,
    )  # fmt: skip
