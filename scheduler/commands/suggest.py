"""Replacements for a hole in a roster."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.commands.exits import FINE
from scheduler.commands.help import SpokenCommand
from scheduler.commands.options import INPUT, common
from scheduler.commands.speech import spoken
from scheduler.messages.languages import Language


@click.command(cls=SpokenCommand)
@click.argument("file", type=INPUT)
@click.option("--date", required=True, metavar="DATE", help="Date on which the duty starts: 2026-03-14 or 14/03/2026.")
@click.option("--shift", metavar="CODE", help="Shift of the duty.")
@click.option("--hotspot", metavar="CODE", help="Where it is.")
@click.option("--for", "off", metavar="ID", help="Whose duty it is; the person is taken off it.")
@click.option("--all", "every", is_flag=True, help="List everybody, with every reason.")
@common()
def suggest(
    file: Path, date: str, shift: str | None, hotspot: str | None, off: str | None, every: bool, json: bool,
    lang: Language | None, debug: bool,
) -> int:  # fmt: skip
    """Name who can legally take a duty of the roster in a workbook, ranked; then who cannot, with the rule and by how much;
    then chains of two moves.

    The duty is that of a date, a shift and a hotspot, or that of a person on a date (--for). Legal is what breaks no hard
    rule that the roster keeps. Nobody is ranked by what they answered to earlier calls. Nothing is written.
    """
    import scheduler
    from scheduler.report.speak import say, tell
    from scheduler.report.suggestion import suggestion_lines, suggestions_object
    from scheduler.report.terminal import note_lines
    from scheduler.workflows.suggest import find_hole
    from scheduler.workflows.suggest import suggest as suggested

    reading = scheduler.load(file)
    lang = spoken(lang, reading.instance.language)
    found = suggested(reading, find_hole(reading, date, shift, hotspot, off))
    tell(note_lines(reading.notes, lang))
    say(suggestion_lines(found, lang, every=every), suggestions_object(found), json)
    return FINE
