"""A roster against every rule."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.commands.exits import BROKEN, FINE
from scheduler.commands.help import SpokenCommand
from scheduler.commands.options import INPUT, WORKBOOK, common
from scheduler.commands.speech import spoken
from scheduler.messages.languages import Language


@click.command(cls=SpokenCommand)
@click.argument("file", type=INPUT)
@click.option("--all", "every", is_flag=True, help="List every priced finding, not only the dearest.")
@click.option("-o", "--output", type=WORKBOOK, help="Write the workbook anew, every result sheet as the roster is now.")
@click.option("--force", is_flag=True, help="Replace the output if it exists.")
@common()
def audit(
    file: Path, every: bool, output: Path | None, force: bool, json: bool, lang: Language | None, debug: bool
) -> int:
    """Check the roster in a workbook against every rule, whoever made it; name the cells that break one.

    A broken rule that a row of sheet Overrides accepts by decision is listed apart, and does not count in the exit code.

    With -o every result sheet is made again; input and record of the solve stay. Comments, colours and sheets that you
    added are not copied.
    """
    import scheduler
    from scheduler.commands.conclude import tell_log
    from scheduler.messages.texts import text
    from scheduler.report.objects import audit_object
    from scheduler.report.speak import say, tell
    from scheduler.report.terminal import audit_lines, note_lines
    from scheduler.system.safe_output import refuse_unwritable
    from scheduler.workflows.rebuild import rebuild
    from scheduler.workflows.review import review
    from scheduler.workflows.run_log import Origin, Outcome

    if output is not None:
        refuse_unwritable(output, force=force, suffix=".xlsx")
    reading = scheduler.load(file)
    lang = spoken(lang, reading.instance.language)
    found = review(reading)
    tell(note_lines((*reading.notes, *found.without_effect), lang))
    lines = [*audit_lines(found, lang, every=every)]
    if output is not None:
        rebuild(output, reading, found)
        tell_log(output, Origin.of("audit", reading), Outcome.reviewed(found), lang)
        lines.append(text(lang, "written", path=output))
    say(lines, audit_object(found, output), json)
    return BROKEN if found.violations else FINE
