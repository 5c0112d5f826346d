"""Two workbooks held against each other."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.commands.exits import FINE
from scheduler.commands.help import SpokenCommand
from scheduler.commands.options import INPUT, WORKBOOK, common
from scheduler.commands.speech import spoken
from scheduler.messages.languages import Language


@click.command(cls=SpokenCommand)
@click.argument("old", type=INPUT)
@click.argument("new", type=INPUT)
@click.option("-o", "--output", type=WORKBOOK, help="Workbook to write, with every difference (.xlsx).")
@click.option(
    "--announced", metavar="MOMENT",
    help="When people hear of the changes, as 2026-03-10 16:00.  [default: when NEW was published or repaired, else now]",
)  # fmt: skip
@click.option("--all", "every", is_flag=True, help="List every row, change and person, not only the first.")
@click.option("--force", is_flag=True, help="Replace the output if it exists.")
@common()
def diff(
    old: Path, new: Path, output: Path | None, announced: str | None, every: bool, force: bool, json: bool,
    lang: Language | None, debug: bool,
) -> int:  # fmt: skip
    """Show what differs between two workbooks: input first, then duties, people, hotspots and coverage.

    Rosters are compared by date, over the dates that both have; what lies outside is counted.
    """
    from scheduler.messages.texts import text
    from scheduler.report.diff_lines import diff_lines
    from scheduler.report.diff_object import diff_object
    from scheduler.report.speak import say
    from scheduler.system.safe_output import refuse_source, refuse_unwritable
    from scheduler.workflows.diff import difference, load_both, write_difference

    if output is not None:
        refuse_unwritable(output, force=force, suffix=".xlsx")
        refuse_source(output, old, new)
    before, after = load_both(old, new)
    lang = spoken(lang, after.instance.language)
    found = difference(before, after, announced)
    lines = [*diff_lines(found, lang, every=every)]
    if output is not None:
        write_difference(output, found, lang)
        lines.append(text(lang, "written", path=output))
    say(lines, diff_object(found, output), json)
    return FINE
