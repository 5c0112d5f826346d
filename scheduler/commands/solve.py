"""The best roster within the time limit."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.commands.exits import reason_of
from scheduler.commands.help import SpokenCommand
from scheduler.commands.options import INPUT, WORKBOOK, Within, common, on_a_cluster, refuse_cluster, searching
from scheduler.commands.speech import MisusedError, spoken
from scheduler.messages.languages import Language
from scheduler.messages.message import Message

ORIGIN = "vigie.origin"
"""Where a command that solves for another one leaves what its run began with, in the meta of click's context."""
STRATEGIES = ("separate", "lateral", "single")


@click.command(cls=SpokenCommand)
@click.argument("file", type=INPUT)
@click.option("-o", "--output", required=True, type=WORKBOOK, help="Workbook to write (.xlsx).")
@searching(120.0)
@click.option(
    "--strategy", type=click.Choice(STRATEGIES),
    help="Whose police a hotspot may draw on: its own zone's; also what others lend; or all zones' as if they were one."
    " [default: the setting in FILE, else separate]",
)  # fmt: skip
@click.option(
    "--memory-limit", type=Within(0, min_open=True), metavar="GB",
    help="End with the best roster so far when the searches of this machine, or those of one worker, use this much."
    "  [default: none]",
)  # fmt: skip
@on_a_cluster()
@click.option("--resume", is_flag=True, help="Go on with the finished blocks that a stopped run of months has left.")
@click.option("--recompute", is_flag=True, help="With --resume: solve blocks again that are damaged or of another run.")
@click.option("--start", is_flag=True, help="Begin with the roster in FILE, and improve it.")
@click.option("--afresh", is_flag=True, help="Make a new roster, whatever roster FILE holds.")
@click.option("--force", is_flag=True, help="Replace the output if it exists.")
@common()
def solve(
    file: Path, output: Path, time_limit: float, gap: float, seed: int, workers: int,
    strategy: str | None, memory_limit: float | None, reproducible: bool, cluster: str | None,
    insecure_cluster: bool, resume: bool, recompute: bool, start: bool, afresh: bool, quiet: bool, verbose: bool,
    force: bool, json: bool, lang: Language | None, debug: bool,
) -> int:  # fmt: skip
    """Make the best roster within the time limit, with a proof of how good it is.

    A workbook that holds a roster is solved again only with --start or --afresh; `vigie replan` keeps the roster
    and changes what it must.

    Ctrl-C stops the search and writes the best roster so far; a second Ctrl-C abandons it. The signals that
    service managers, a shutdown and closed terminals send (SIGTERM, SIGHUP) do the same.
    """
    from scheduler.system.interrupt import attended

    attendant = click.get_current_context().with_resource(attended())
    from rich.console import Console

    import scheduler
    from scheduler.backends.choose import backend_for
    from scheduler.commands.conclude import conclude, exit_code
    from scheduler.commands.watched import watched
    from scheduler.horizon.checkpoints import BlockFiles, blocks_folder
    from scheduler.messages.texts import text
    from scheduler.report.progress_panel import printer
    from scheduler.report.speak import tell
    from scheduler.report.terminal import note_lines
    from scheduler.system.safe_output import refuse_unwritable
    from scheduler.workflows.existing import say_what_becomes_of_it, what_may_change
    from scheduler.workflows.preflight import check_instance
    from scheduler.workflows.run_log import Origin

    _refuse_misuse(quiet and verbose, start and afresh, recompute and not resume)
    refuse_cluster(cluster, insecure=insecure_cluster)
    refuse_unwritable(output, force=force, suffix=".xlsx")
    reading = scheduler.load(file)
    say_what_becomes_of_it(reading, start=start, afresh=afresh)
    instance = reading.instance
    lang = spoken(lang, instance.language)
    if strategy is not None:
        instance = instance.replace(strategy=scheduler.Pooling(strategy))
    checked = check_instance(instance, reading.cells.of, reading.notes, reading.cells.naming)
    checked.demand_sound()
    config = scheduler.SolveConfig(
        time_limit_s=time_limit, gap=gap / 100, seed=seed, workers=workers, reproducible=reproducible,
        memory_limit_gb=memory_limit,
    )  # fmt: skip
    store = BlockFiles(
        blocks_folder(output), instance, config,
        resume=resume, recompute=recompute, warn=lambda said: tell([said.text(lang)]),
    )  # fmt: skip
    if resume != bool(store.finished()):
        tell([text(lang, "no_blocks_left" if resume else "blocks_left", folder=blocks_folder(output))])
    tell(note_lines([*checked.notes, *what_may_change(reading)], lang))
    backend = backend_for(config, cluster, insecure=insecure_cluster)
    shown = printer(Console(stderr=True), lang, quiet=quiet, verbose=verbose, limit_s=time_limit)
    begun = reading.roster if start else None
    result = watched(
        lambda on_progress, stop, on: scheduler.solve(
            instance, config, on_progress=on_progress, stop=stop, store=store, backend=on, start=begun
        ),
        instance, config, backend, attendant, lang, shown, lambda error: tell([reason_of(error, lang)[0]]),
    )  # fmt: skip
    origin = click.get_current_context().meta.get(ORIGIN) or Origin.of("solve", reading)
    written, refusal = conclude(result, output, instance, reading, store, lang, json, verbose, origin, config)
    return exit_code(written, refusal, lang, violations=result.violations, cut_short=result.record.cut_short)


def _refuse_misuse(loud_and_quiet: bool, start_and_afresh: bool, recompute_alone: bool) -> None:
    """Raises :class:`MisusedError` for options that do not go together."""
    if loud_and_quiet:
        raise MisusedError(Message("quiet_and_verbose", "--quiet and --verbose exclude each other."))
    if start_and_afresh:
        raise MisusedError(Message("start_and_afresh", "--start and --afresh exclude each other."))
    if recompute_alone:
        raise MisusedError(Message("recompute_alone", "--recompute goes with --resume."))
