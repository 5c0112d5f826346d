"""Two people exchange duties."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.commands.exits import BROKEN, FINE
from scheduler.commands.help import SpokenCommand
from scheduler.commands.options import INPUT, common
from scheduler.commands.speech import spoken
from scheduler.messages.languages import Language


@click.command(cls=SpokenCommand)
@click.argument("file", type=INPUT)
@click.argument("one", metavar="ID:DATE")
@click.argument("other", metavar="ID:DATE")
@common()
def swap(file: Path, one: str, other: str, json: bool, lang: Language | None, debug: bool) -> int:
    """Show what it does to the roster in a workbook when two people exchange duties, and whether it is legal.

    Each takes what the other has on the other's date; a free day can be exchanged for a duty. Shows both lines before
    and after, coverage, company and quality. The exit code is 3 where a hard rule is broken that was kept before. Both
    must agree: nothing is written.
    """
    import scheduler
    from scheduler.report.exchange import swap_lines, swap_object
    from scheduler.report.speak import say, tell
    from scheduler.report.terminal import note_lines
    from scheduler.workflows.swap import find_swap
    from scheduler.workflows.swap import swap as swapped

    reading = scheduler.load(file)
    lang = spoken(lang, reading.instance.language)
    found = swapped(reading, find_swap(reading, one, other))
    tell(note_lines(reading.notes, lang))
    say(swap_lines(found, lang), swap_object(found), json)
    return FINE if found.effect.legal else BROKEN
