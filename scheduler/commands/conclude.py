"""The end of a solve: its roster written, then its result said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.commands.exits import BROKEN, FINE, GONE, reason_of
from scheduler.messages.languages import Language
from scheduler.messages.texts import text
from scheduler.report.objects import solve_object
from scheduler.report.speak import say, tell
from scheduler.report.terminal import never_lines, solve_lines
from scheduler.result import Result, Status
from scheduler.workflows.rescue import keep
from scheduler.workflows.run_log import Origin, Outcome, log_run

if TYPE_CHECKING:
    from scheduler.config import SolveConfig
    from scheduler.horizon.checkpoints import BlockFiles
    from scheduler.problem.instance import Instance
    from scheduler.workbook.read import Reading


def conclude(
    result: Result,
    output: Path,
    instance: Instance,
    reading: Reading,
    store: BlockFiles,
    language: Language,
    json: bool,
    verbose: bool,
    origin: Origin,
    config: SolveConfig,
) -> tuple[Path, Exception | None]:
    """Write first, then speak: whatever goes wrong from here on, the roster is somewhere, and every message says where.

    Returns where the roster is, and what refused the place that was asked for, if anything did.
    """
    written, refusal = keep(output, instance, result, reading, language)
    try:
        tell_log(written, origin, Outcome.solved(instance, result, config), language)
        if result.record.status in (Status.OPTIMAL, Status.FEASIBLE):
            store.remove()
        lines = [*solve_lines(instance, result, language, verbose=verbose), *never_lines(instance, language)]
        say([*lines, text(language, "written", path=written)], solve_object(instance, result, written), json)
        tell(incident.text(language) for incident in result.record.incidents)
    except (Exception, KeyboardInterrupt) as error:
        error.add_note(text(language, "safe", path=written))
        raise
    return written, refusal


def tell_log(written: Path, origin: Origin, outcome: Outcome, language: Language) -> None:
    """Add a written roster to the log of its folder, and say so where the log refuses."""
    refused = log_run(written, origin, outcome)
    if refused is not None:
        tell([refused.text(language)])


def exit_code(written: Path, refusal: Exception | None, language: Language, *, violations: int, cut_short: bool) -> int:
    """How a search ends, and where its roster is if that is not where it should be."""
    if refusal is not None:
        reason, code = reason_of(refusal, language)
        tell([text(language, "rescued", reason=reason, path=written)])
        return code
    return BROKEN if violations else GONE if cut_short else FINE
