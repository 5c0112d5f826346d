"""A roster against every rule."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.commands.exits import BROKEN, FINE
from scheduler.commands.help import SpokenCommand
from scheduler.commands.options import WORKBOOK, common
from scheduler.commands.speech import spoken
from scheduler.messages.languages import Language


@click.command(cls=SpokenCommand)
@click.argument("file", type=WORKBOOK)
@click.option("--all", "every", is_flag=True, help="List every priced finding, not only the dearest.")
@common()
def audit(file: Path, every: bool, json: bool, lang: Language | None, debug: bool) -> int:
    """Check the roster in a workbook against every rule, whoever made it; name the cells that break one."""
    import scheduler
    from scheduler.report.objects import audit_object
    from scheduler.report.speak import say, tell
    from scheduler.report.terminal import audit_lines, note_lines
    from scheduler.workflows.review import review

    reading = scheduler.load(file)
    lang = spoken(lang, reading.instance.language)
    found = review(reading)
    tell(note_lines(reading.notes, lang))
    say(audit_lines(found, lang, every=every), audit_object(found), json)
    return BROKEN if found.violations else FINE
