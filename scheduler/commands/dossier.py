"""What a committee is shown of a roster."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.commands.exits import BROKEN, FINE
from scheduler.commands.help import SpokenCommand
from scheduler.commands.options import WORKBOOK, InputWorkbook, common
from scheduler.commands.speech import spoken
from scheduler.messages.languages import Language
from scheduler.messages.message import Message

ROSTER_FILE = InputWorkbook(
    Message("stdin_no_log", "The dossier tells of the log of runs beside the roster: name the roster's file, not -.")
)


@click.command(cls=SpokenCommand)
@click.argument("file", type=ROSTER_FILE)
@click.option("-o", "--output", required=True, type=WORKBOOK, help="Document to write (.html).")
@click.option("--force", is_flag=True, help="Replace the output if it exists.")
@common()
def dossier(file: Path, output: Path, force: bool, json: bool, lang: Language | None, debug: bool) -> int:
    """Write the dossier of a roster for the concertation committee: one document to read and to print.

    It tells what the roster was made from and what was not used, every rule with its figures, which of them exceed the
    default and since which decision, prices, fairness, decisions of people, what is proven, versions and fingerprints,
    and whether the log of runs beside the roster is whole. Nobody is named. --lang chooses its language.
    """
    import scheduler
    from scheduler.messages.texts import text
    from scheduler.report.dossier.object import dossier_object
    from scheduler.report.dossier.page import dossier_page
    from scheduler.report.speak import say, tell
    from scheduler.report.terminal import note_lines
    from scheduler.system.files import replace_text
    from scheduler.system.safe_output import refuse_unwritable
    from scheduler.workflows import dossier as work
    from scheduler.workflows.moments import now

    refuse_unwritable(output, force=force, suffix=".html")
    reading = scheduler.load(file)
    lang = spoken(lang, reading.instance.language)
    found = work.dossier(reading, now(reading.instance.calendar))
    tell(note_lines((*reading.notes, *found.review.without_effect), lang))
    replace_text(output, dossier_page(found, lang))
    broken = found.review.violations
    warnings = [text(lang, "dossier_edited", count=found.edited)] * bool(found.edited)
    warnings += [text(lang, "dossier_broken_warning", count=broken)] * bool(broken)
    tell(warnings)
    say([text(lang, "written", path=output)], dossier_object(found, output), json)
    return BROKEN if broken else FINE
