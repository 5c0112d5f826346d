"""The roster for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.commands.exits import BROKEN, FINE
from scheduler.commands.help import SpokenCommand
from scheduler.commands.options import WORKBOOK, common
from scheduler.commands.speech import MisusedError, spoken
from scheduler.messages.languages import Language
from scheduler.messages.message import Message


@click.command(cls=SpokenCommand)
@click.argument("file", type=WORKBOOK)
@click.option("--csv", type=WORKBOOK, help="Write a row for each duty; - for standard output.")
@click.option("--json", type=WORKBOOK, help="Write roster, proof, shortages and findings; - for standard output.")
@click.option("--force", is_flag=True, help="Replace the files if they exist.")
@common(json=False)
def export(file: Path, csv: Path | None, json: Path | None, force: bool, lang: Language | None, debug: bool) -> int:
    """Write the roster in a workbook for other programs, as CSV or JSON or both.

    A roster that breaks a hard rule is written too, with a warning and exit code 3.
    """
    import scheduler
    from scheduler.messages.texts import text
    from scheduler.report.objects import export_object
    from scheduler.report.speak import STANDARD_OUTPUT, deliver, json_text, tell
    from scheduler.system.safe_output import refuse_unwritable
    from scheduler.workflows import export as to
    from scheduler.workflows.review import review

    if csv is None and json is None:
        raise MisusedError(Message("nothing_to_export", "Say what to write: --csv PATH, --json PATH, or both."))
    if csv == json:
        raise MisusedError(Message("same_place", "--csv and --json name the same place."))
    for path in (csv, json):
        if path is not None and path != STANDARD_OUTPUT:
            refuse_unwritable(path, force=force)
    reading = scheduler.load(file)
    lang = spoken(lang, reading.instance.language)
    found = review(reading)
    if csv is not None:
        deliver(csv, to.csv_text(found.instance, found.roster), lang)
    if json is not None:
        deliver(json, json_text(export_object(found), indent=1) + "\n", lang)
    if found.violations:
        tell([text(lang, "exported_broken", count=found.violations)])
    return BROKEN if found.violations else FINE
