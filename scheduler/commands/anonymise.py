"""A workbook without what names people."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.commands.exits import FINE
from scheduler.commands.help import SpokenCommand
from scheduler.commands.options import INPUT, WORKBOOK, common
from scheduler.commands.speech import MisusedError, spoken
from scheduler.messages.languages import Language
from scheduler.messages.message import Message


@click.command(cls=SpokenCommand)
@click.argument("file", type=INPUT)
@click.option("-o", "--output", type=WORKBOOK, required=True, help="The anonymised workbook.")
@click.option("--map", "mapping", type=WORKBOOK, help="Write who is who as CSV, for you alone (mode 0600).")
@click.option("--seed", type=click.IntRange(min=0), help="Repeat the same choices.  [default: unpredictable]")
@click.option("--force", is_flag=True, help="Replace the files if they exist.")
@common()
def anonymise(
    file: Path, output: Path, mapping: Path | None, seed: int | None, force: bool, json: bool, lang: Language | None,
    debug: bool,
) -> int:  # fmt: skip
    """Write a workbook that solves to the same values and names nobody: new ids in random order, dates moved by whole weeks, no
    names, titles, comments, columns and sheets of your own, and no record of a solve.

    It is not proof against somebody who works there: a leave, an odd contract or a run of nights may still be recognised. Values
    that fewer than three people share are named.
    """
    import scheduler
    from scheduler.report.anonymous import anonymous_lines, anonymous_object
    from scheduler.report.speak import say
    from scheduler.system.files import replace_text
    from scheduler.system.safe_output import refuse_unwritable
    from scheduler.workbook.save import save_facts
    from scheduler.workflows import anonymise as work

    if mapping == output:
        raise MisusedError(Message("same_place", "Two outputs name the same place."))
    refuse_unwritable(output, force=force, suffix=".xlsx")
    if mapping is not None:
        refuse_unwritable(mapping, force=force)
    reading = scheduler.load(file)
    lang = spoken(lang, reading.instance.language)
    found = work.anonymise(reading.instance, reading.roster, seed=seed)
    save_facts(output, found.instance, found.roster)
    if mapping is not None:
        replace_text(mapping, work.mapping_text(reading.instance, found), private=True)
    say(anonymous_lines(found, output, mapping, lang), anonymous_object(found, output, mapping), json)
    return FINE
