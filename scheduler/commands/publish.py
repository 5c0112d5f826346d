"""A roster that people are told of."""

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
@click.option("-o", "--output", required=True, type=WORKBOOK, help="Workbook to write (.xlsx).")
@click.option(
    "--until", metavar="DATE",
    help="Last date to publish.  [default: four weeks, or what is published already if that is more]",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Replace the output if it exists.")
@common()
def publish(
    file: Path, output: Path, until: str | None, force: bool, json: bool, lang: Language | None, debug: bool
) -> int:
    """Publish the roster in a workbook: its duties become facts, with a version and a date.

    From then on `vigie replan` counts what it changes, and protects the days that are less than the days of notice
    ahead. A roster that breaks a hard rule without a decision on sheet Overrides is not published.
    """
    import scheduler
    from scheduler.commands.conclude import tell_log
    from scheduler.messages.texts import text
    from scheduler.report.repair_lines import broken_lines, published_lines
    from scheduler.report.repair_object import published_object
    from scheduler.report.speak import say, tell
    from scheduler.report.terminal import note_lines
    from scheduler.system.safe_output import refuse_unwritable
    from scheduler.workflows import publish as publishing
    from scheduler.workflows.moments import date, now
    from scheduler.workflows.run_log import Origin, Outcome

    refuse_unwritable(output, force=force, suffix=".xlsx")
    last = None if until is None else date(until, "--until")
    reading = scheduler.load(file)
    lang = spoken(lang, reading.instance.language)
    tell(note_lines(reading.notes, lang))
    found = publishing.publish(reading, last, now(reading.instance.calendar))
    if found.broken:
        say(broken_lines(found, lang), published_object(found, None), json)
        return BROKEN
    publishing.write_published(output, found)
    tell_log(output, Origin.of("publish", reading), Outcome.reviewed(found.review, found.instance), lang)
    say([*published_lines(found, lang), text(lang, "written", path=output)], published_object(found, output), json)
    return FINE
