"""A roster under absences that come after it is published."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.commands.exits import FINE
from scheduler.commands.help import SpokenCommand
from scheduler.commands.options import INPUT, WORKBOOK, common
from scheduler.commands.speech import spoken
from scheduler.messages.languages import Language


@click.command(cls=SpokenCommand)
@click.argument("file", metavar="ROSTER", type=INPUT)
@click.option(
    "--new-absence", default="5%", show_default=True, metavar="PCT",
    help="Share of all days on which somebody is away whom the roster counts on.",
)  # fmt: skip
@click.option(
    "--runs", type=click.IntRange(1, 1_000_000), default=1000, show_default=True, help="How many simulations."
)
@click.option(
    "--reliability", default="100%", show_default=True, metavar="PCT",
    help="Share of the help promised by other zones that comes; for the strategy lateral.",
)  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True)
@click.option(
    "--reserves", type=click.Choice(["auto"]),
    help="auto: find how many police reserves are enough in 95 % of cases, for each zone and pooled.",
)  # fmt: skip
@click.option("-o", "--output", type=WORKBOOK, help="Write the figures to a workbook as well (.xlsx).")
@click.option("--force", is_flag=True, help="Replace the output if it exists.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@common()
def stress(
    file: Path, new_absence: str, runs: int, reliability: str, seed: int, reserves: str | None, output: Path | None,
    force: bool, quiet: bool, json: bool, lang: Language | None, debug: bool,
) -> int:  # fmt: skip
    """Simulate absences after publication, and say what coverage remains.

    Only legal replacements come: reserves first, then people who are free that day. Every roster of the same people meets
    the same absences.
    """
    import scheduler
    from scheduler.messages.texts import text
    from scheduler.report.count_progress import CountPrinter
    from scheduler.report.speak import say, tell
    from scheduler.report.stress_lines import stress_lines
    from scheduler.report.stress_object import stress_object
    from scheduler.report.terminal import note_lines
    from scheduler.system.safe_output import refuse_unwritable
    from scheduler.workbook.stress_sheets import write_stress
    from scheduler.workflows import stress as stressing

    if output is not None:
        refuse_unwritable(output, force=force, suffix=".xlsx")
    plan = stressing.StressPlan(
        absence=stressing.share_of(stressing.NEW_ABSENCE, new_absence),
        reliability=stressing.share_of(stressing.RELIABILITY, reliability),
        runs=runs,
        seed=seed,
        reserves=reserves is not None,
    )
    reading = scheduler.load(file)
    lang = spoken(lang, reading.instance.language)
    tell(note_lines([*reading.notes, *stressing.notes(reading, plan)], lang))
    if not quiet:
        tell([text(lang, "stress_begins", count=runs)])
    progress = CountPrinter(
        runs,
        lambda done: text(lang, "stress_running", done=done, count=runs),
        lambda line: tell([] if quiet else [line]),
    )
    found = stressing.stress(reading, plan, progress)
    if output is not None:
        write_stress(output, reading.title, found, lang)
    written = [] if output is None else [text(lang, "written", path=output)]
    say([*stress_lines(found, lang), *written], stress_object(found, output), json)
    return FINE
