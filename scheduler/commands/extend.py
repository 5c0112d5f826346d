"""The workbook of the next period."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.commands.exits import FINE
from scheduler.commands.help import SpokenCommand
from scheduler.commands.options import WORKBOOK, common
from scheduler.commands.speech import spoken
from scheduler.messages.languages import Language


@click.command(cls=SpokenCommand)
@click.argument("file", type=WORKBOOK)
@click.option("-o", "--output", required=True, type=WORKBOOK, help="Workbook to write (.xlsx).")
@click.option(
    "--weeks", type=click.IntRange(1, 57), default=4, show_default=True, help="Length of the next period, in weeks."
)
@click.option(
    "--allow-broken", is_flag=True,
    help="Take a roster that breaks hard rules without a decision as it is; what it breaks is told on the first sheet.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Replace the output if it exists.")
@common()
def extend(
    file: Path, output: Path, weeks: int, allow_broken: bool, force: bool, json: bool, lang: Language | None,
    debug: bool,
) -> int:  # fmt: skip
    """Make the workbook of the next period from the roster in FILE.

    Its duties become history, the counters go on from them, and all that reaches into the next period comes along.
    What must still be filled in is told here and on the first sheet. A roster that breaks hard rules is refused.
    """
    import scheduler
    from scheduler.report.objects import extend_object
    from scheduler.report.speak import say, tell
    from scheduler.report.terminal import extend_lines, note_lines
    from scheduler.system.safe_output import refuse_unwritable
    from scheduler.workflows.extend import extend as extended
    from scheduler.workflows.extend import save_extension

    refuse_unwritable(output, force=force, suffix=".xlsx")
    reading = scheduler.load(file)
    lang = spoken(lang, reading.instance.language)
    tell(note_lines(reading.notes, lang))
    found = extended(reading, weeks, allow_broken=allow_broken)
    save_extension(output, reading, found)
    say(extend_lines(found, output, lang), extend_object(found, output), json)
    return FINE
