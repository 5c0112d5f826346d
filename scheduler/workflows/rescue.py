"""Writing a finished solve so that it is never thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.messages.languages import Language
from scheduler.problem.instance import Instance
from scheduler.result import Result
from scheduler.system.safe_output import write_or_rescue

if TYPE_CHECKING:
    from scheduler.analysis.repair_changes import RepairChange
    from scheduler.problem.standing import Standing
    from scheduler.workbook.read import Reading


def keep(
    path: Path,
    instance: Instance,
    result: Result,
    reading: Reading,
    language: Language,
    repairs: Sequence[RepairChange] | None = None,
    standing: Standing | None = None,
) -> tuple[Path, Exception | None]:
    """Save a result as :func:`scheduler.save` does, of a repair with what it changes of the standing roster; where that raises
    anything, under another name, or else its duties as CSV.

    Returns where it went, and the refusal if there was one. It is raised only when every place refuses everything; a note on it
    then holds the duties.
    """
    from scheduler.messages.texts import text
    from scheduler.system.files import replace_text
    from scheduler.workbook.save import save_result
    from scheduler.workflows.export import csv_text

    try:
        return write_or_rescue(
            path,
            lambda place: save_result(place, instance, result, reading, repairs=repairs, standing=standing),
            lambda place: replace_text(place, csv_text(instance, result.roster)),
        )
    except Exception as error:
        error.add_note(f"{text(language, 'unrescued')}\n{csv_text(instance, result.roster)}")
        raise
