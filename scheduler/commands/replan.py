"""A roster repaired with the fewest changes."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.commands.exits import reason_of
from scheduler.commands.help import SpokenCommand
from scheduler.commands.options import INPUT, WORKBOOK, Within, common, searching
from scheduler.commands.speech import MisusedError, spoken
from scheduler.messages.languages import Language
from scheduler.messages.message import Message


@click.command(cls=SpokenCommand)
@click.argument("file", type=INPUT)
@click.option("-o", "--output", required=True, type=WORKBOOK, help="Workbook to write (.xlsx).")
@click.option(
    "--from", "since", metavar="MOMENT",
    help='From when on duties may change, as "2026-03-11 06:00"; what began before is past.  [default: now]',
)  # fmt: skip
@click.option(
    "--absent", multiple=True, metavar="ID:DATE..DATE",
    help="Somebody who is away, as P-007:2026-03-11..2026-03-15; may be repeated. Sheet Absences holds it afterwards.",
)  # fmt: skip
@click.option(
    "--incident", multiple=True, metavar="MOMENT HOTSPOT",
    help='Where more police are needed, as "2026-03-14 23:40 CLEM"; may be repeated. Sheet Incidents holds it afterwards.',
)  # fmt: skip
@click.option(
    "--freeze", type=Within(0, 366 * 24), default=0.0, metavar="HOURS",
    help="Hours after --from in which nothing changes either.",
)  # fmt: skip
@searching(60.0)
@click.option("--force", is_flag=True, help="Replace the output if it exists.")
@common()
def replan(
    file: Path, output: Path, since: str | None, absent: tuple[str, ...], incident: tuple[str, ...], freeze: float,
    time_limit: float, gap: float, seed: int, workers: int, reproducible: bool, quiet: bool, verbose: bool,
    force: bool, json: bool, lang: Language | None, debug: bool,
) -> int:  # fmt: skip
    """Repair the roster in a workbook with the fewest changes, after absences, incidents and edits by hand.

    What began before --from is past and stays. Edits by hand are decisions: they become rows of sheet Locked, and
    the rest is mended around them. A published day inside the days of notice changes only for a minimum.

    Ctrl-C stops the search and writes the best roster so far; a second Ctrl-C abandons it.
    """
    from scheduler.system.interrupt import attended

    attendant = click.get_current_context().with_resource(attended())
    from rich.console import Console

    import scheduler
    from scheduler.backends.choose import backend_for
    from scheduler.commands.conclude import exit_code, tell_log
    from scheduler.commands.watched import watched
    from scheduler.messages.texts import text
    from scheduler.report.progress_panel import printer
    from scheduler.report.repair_lines import repaired_lines
    from scheduler.report.repair_object import repaired_object
    from scheduler.report.speak import say, tell
    from scheduler.report.terminal import note_lines
    from scheduler.system.safe_output import refuse_unwritable
    from scheduler.workflows import replan as repairing
    from scheduler.workflows.run_log import Origin, Outcome

    if quiet and verbose:
        raise MisusedError(Message("quiet_and_verbose", "--quiet and --verbose exclude each other."))
    refuse_unwritable(output, force=force, suffix=".xlsx")
    reading = scheduler.load(file)
    lang = spoken(lang, reading.instance.language)
    repair = repairing.prepare(reading, repairing.Asked(since, absent, incident, freeze))
    tell(note_lines(repair.notes, lang))
    config = scheduler.SolveConfig(
        time_limit_s=time_limit, gap=gap / 100, seed=seed, workers=workers, reproducible=reproducible
    )
    shown = printer(Console(stderr=True), lang, quiet=quiet, verbose=verbose, limit_s=time_limit)
    found = watched(
        lambda on_progress, stop, backend: repairing.search(
            repair, config, on_progress=on_progress, stop=stop, backend=backend
        ),
        repair.tail.instance, config, backend_for(config, None, insecure=False), attendant, lang, shown,
        lambda error: tell([reason_of(error, lang)[0]]),
    )  # fmt: skip
    written, refusal = repairing.keep_repaired(output, found, lang)
    outcome = Outcome.solved(repair.instance, found.result, config, len(repair.edits))
    tell_log(written, Origin.of("replan", reading), outcome, lang)
    lines = [*repaired_lines(found, lang, verbose=verbose), text(lang, "written", path=written)]
    say(lines, repaired_object(found, written), json)
    tell(incident.text(lang) for incident in found.result.record.incidents)
    return exit_code(written, refusal, lang, violations=len(found.broken), cut_short=found.result.record.cut_short)
