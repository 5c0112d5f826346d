"""The workbook of the next period."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.commands.exits import FINE
from scheduler.commands.help import SpokenCommand
from scheduler.commands.options import INPUT, WORKBOOK, Within, common
from scheduler.commands.speech import spoken
from scheduler.messages.languages import Language


@click.command(cls=SpokenCommand)
@click.argument("file", type=INPUT)
@click.option("-o", "--output", required=True, type=WORKBOOK, help="Workbook to write (.xlsx).")
@click.option(
    "--weeks", type=click.IntRange(1, 57), default=4, show_default=True, help="Length of the next period, in weeks."
)
@click.option(
    "--allow-broken", is_flag=True,
    help="Take a roster that breaks hard rules without a decision as it is; what it breaks is told on the first sheet.",
)  # fmt: skip
@click.option("--solve", "solved", is_flag=True, help="Solve the next period at once: OUT then holds its roster.")
@click.option(
    "--time-limit", type=Within(0, 7 * 24 * 3600, min_open=True), default=120.0, show_default=True, metavar="SEC",
    help="Of --solve.",
)  # fmt: skip
@click.option("--quiet", is_flag=True, help="Show no progress.")
@click.option("--force", is_flag=True, help="Replace the output if it exists.")
@common()
def extend(
    file: Path, output: Path, weeks: int, allow_broken: bool, solved: bool, time_limit: float, quiet: bool, force: bool,
    json: bool, lang: Language | None, debug: bool,
) -> int:  # fmt: skip
    """Make the workbook of the next period from the roster in FILE.

    Its duties become history, the counters go on from them, and all that reaches into the next period comes along.
    What must still be filled in is told here and, without --solve, on the first sheet. A roster that breaks hard
    rules is refused.
    """
    import tempfile

    import scheduler
    from scheduler.commands.solve import ORIGIN, solve
    from scheduler.report.objects import extend_object
    from scheduler.report.speak import say, tell
    from scheduler.report.terminal import extend_lines, note_lines
    from scheduler.system.safe_output import refuse_unwritable
    from scheduler.workflows.extend import extend as extended
    from scheduler.workflows.extend import refuse_itself, save_extension
    from scheduler.workflows.run_log import Origin

    refuse_unwritable(output, force=force, suffix=".xlsx")
    reading = scheduler.load(file)
    lang = spoken(lang, reading.instance.language)
    tell(note_lines(reading.notes, lang))
    refuse_itself(output, reading)
    found = extended(reading, weeks, allow_broken=allow_broken)
    if not solved:
        save_extension(output, reading, found)
        say(extend_lines(found, output, lang), extend_object(found, output), json)
        return FINE
    tell(extend_lines(found, None, lang))
    with tempfile.TemporaryDirectory() as folder:
        unsolved = Path(folder) / output.name
        save_extension(unsolved, reading, found)
        options = {"time_limit": time_limit, "quiet": quiet, "force": force, "json": json, "lang": lang, "debug": debug}
        context = click.get_current_context()
        context.meta[ORIGIN] = Origin.of("extend", reading)
        code: int = context.invoke(solve, file=unsolved, output=output, **options)
        return code
