"""Writing a finished solve so that it is never thrown away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.output import write_or_rescue
from scheduler.problem.instance import Instance
from scheduler.result import Result

if TYPE_CHECKING:
    from scheduler.workbook.read import Reading


def keep(
    path: Path, instance: Instance, result: Result, reading: Reading, language: str
) -> tuple[Path, Exception | None]:
    """Save a result as :func:`scheduler.save` does; where that raises anything, under another name, or else its duties as CSV.

    Returns where it went, and the refusal if there was one. It is raised only when every place refuses everything; a note on it
    then holds the duties.
    """
    import scheduler
    from scheduler.export import csv_text
    from scheduler.report.texts import text
    from scheduler.workbook.files import replace_text

    try:
        return write_or_rescue(
            path,
            lambda place: scheduler.save(place, instance, result, reading),
            lambda place: replace_text(place, csv_text(instance, result.roster)),
        )
    except Exception as error:
        error.add_note(f"{text(language, 'unrescued')}\n{csv_text(instance, result.roster)}")
        raise
