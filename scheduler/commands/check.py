"""Every problem of a workbook, and its capacity."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.commands.exits import BROKEN, FINE, USAGE
from scheduler.commands.help import SpokenCommand
from scheduler.commands.options import INPUT, common
from scheduler.commands.speech import spoken
from scheduler.messages.languages import Language


@click.command(cls=SpokenCommand)
@click.argument("file", type=INPUT)
@common()
def check(file: Path, json: bool, lang: Language | None, debug: bool) -> int:
    """Name every problem of a workbook with its cell, then show the capacity arithmetic."""
    import scheduler
    from scheduler.report.objects import check_object
    from scheduler.report.speak import say
    from scheduler.report.terminal import check_lines

    found = scheduler.check(file)
    lang = spoken(lang, found.language)
    say(check_lines(file, found, lang), check_object(found), json)
    return FINE if found.ok else BROKEN if found.impossible else USAGE
