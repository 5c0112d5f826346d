"""Strategies held against each other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.commands.exits import BROKEN, FINE, GONE, reason_of
from scheduler.commands.help import SpokenCommand
from scheduler.commands.options import INPUT, WORKBOOK, common, on_a_cluster, refuse_cluster, searching
from scheduler.commands.speech import MisusedError, spoken
from scheduler.messages.languages import Language
from scheduler.messages.message import Message

if TYPE_CHECKING:
    from scheduler.workflows.compare import Comparison


@click.command(cls=SpokenCommand)
@click.argument("file", type=INPUT)
@click.option("-o", "--output", required=True, type=WORKBOOK, help="Workbook of the comparison to write (.xlsx).")
@click.option("--html", type=WORKBOOK, metavar="PAGE", help="Write a page to read and to print as well (.html).")
@click.option(
    "--strategies", default="separate,lateral,single", show_default=True, metavar="NAME,NAME",
    help="What is compared: separate zones, zones that lend each other police (lateral), one zone (single), police-only, "
    "no-federal, and those of the sheet Strategies.",
)  # fmt: skip
@click.option(
    "--seeds",
    default="1",
    show_default=True,
    metavar="N,N",
    help="Each strategy is solved once with each of these seeds.",
)
@click.option("--weeks", type=click.IntRange(1, 52), metavar="N", help="Compare the first N weeks only.")
@click.option(
    "--staffing", is_flag=True,
    help="Say also what is missing at least with more or fewer people, and solve what would make strategies as good as the best.",
)  # fmt: skip
@searching(120.0, seed=False)
@on_a_cluster()
@click.option("--resume", is_flag=True, help="Take up the rosters that a stopped comparison has left.")
@click.option("--force", is_flag=True, help="Replace the output and its rosters if they exist.")
@common()
def compare(
    file: Path, output: Path, html: Path | None, strategies: str, seeds: str, weeks: int | None, staffing: bool,
    time_limit: float, gap: float, workers: int, reproducible: bool, quiet: bool, verbose: bool, cluster: str | None,
    insecure_cluster: bool, resume: bool, force: bool, json: bool, lang: Language | None, debug: bool,
) -> int:  # fmt: skip
    """Solve the same people and demand under several strategies, and say which is better where that is proven.

    --time-limit is that of each solve. Every roster is kept in a folder beside OUT. Ctrl-C compares what is there.
    """
    from scheduler.system.interrupt import attended

    attendant = click.get_current_context().with_resource(attended())
    from rich.console import Console

    import scheduler
    from scheduler.backends.choose import backend_for
    from scheduler.commands.watched import watched
    from scheduler.messages.texts import Texts, text
    from scheduler.report.compare_lines import compare_lines
    from scheduler.report.compare_object import compare_object
    from scheduler.report.page.capacity import capacity
    from scheduler.report.page.compare_page import compare_page
    from scheduler.report.progress_panel import printer
    from scheduler.report.speak import deliver, say, tell
    from scheduler.report.strategy_names import called
    from scheduler.report.terminal import note_lines
    from scheduler.system.safe_output import refuse_source, refuse_unwritable
    from scheduler.workbook.compare_sheets import write_comparison
    from scheduler.workflows import compare as comparing
    from scheduler.workflows.existing import refuse_roster
    from scheduler.workflows.preflight import check_instance
    from scheduler.workflows.strategies import known, notes

    if quiet and verbose:
        raise MisusedError(Message("quiet_and_verbose", "--quiet and --verbose exclude each other."))
    refuse_cluster(cluster, insecure=insecure_cluster)
    refuse_unwritable(output, force=force, suffix=".xlsx")
    refuse_source(output, file)
    if html is not None:
        refuse_unwritable(html, force=force, suffix=".html")
    reading = scheduler.load(file)
    refuse_roster(reading)
    lang = spoken(lang, reading.instance.language)
    names = [name.strip() for name in strategies.split(",") if name.strip()]
    plan = comparing.Plan(
        reading, known(names, reading.strategies), _seeds(seeds), output.with_suffix(".rosters"), weeks
    )
    checked = check_instance(reading.instance, reading.cells.of, reading.notes, reading.cells.naming)
    checked.demand_sound()
    tell(note_lines([*checked.notes, *notes(plan.strategies, plan.instance)], lang))
    config = scheduler.SolveConfig(
        time_limit_s=time_limit, gap=gap / 100, workers=workers, reproducible=reproducible
    )  # fmt: skip
    cascades = () if html is None else capacity(plan.instance, Texts(lang))  # While nobody waits for the page yet.
    shown = printer(Console(stderr=True), lang, quiet=quiet, verbose=verbose, limit_s=time_limit)
    found = watched(
        lambda on_progress, stop, backend: comparing.compare(
            plan, config, resume=resume, force=force, staffing=staffing, on_progress=on_progress, stop=stop, backend=backend,
            on_run=lambda strategy, seed: tell([text(lang, "compare_run", strategy=strategy.name, seed=seed)]),
        ),
        plan.instance, config, backend_for(config, cluster, insecure=insecure_cluster), attendant, lang, shown,
        lambda error: tell([reason_of(error, lang)[0]]),
    )  # fmt: skip
    write_comparison(output, reading.title, called(found.compared, lang), lang)
    if html is not None:
        deliver(html, compare_page(reading.title, found, lang, cascades=cascades), lang)
    say([*compare_lines(found.compared, lang), text(lang, "written", path=output)], compare_object(found, output), json)
    tell(run.unlogged.text(lang) for outcome in found.outcomes for run in outcome.runs if run.unlogged is not None)
    return _ending(found)


def _ending(found: Comparison) -> int:
    if any(outcome.error is not None for outcome in found.outcomes):
        return BROKEN
    return GONE if any(run.record.cut_short for outcome in found.outcomes for run in outcome.runs) else FINE


def _seeds(given: str) -> tuple[int, ...]:
    """Raises :class:`MisusedError` for anything but whole numbers, none of them twice."""
    words = [word.strip() for word in given.split(",") if word.strip()]
    plain = all(word.isascii() and word.isdigit() and len(word) <= 9 for word in words)
    seeds = tuple(map(int, words)) if plain else ()
    if not seeds or len(set(seeds)) < len(seeds):
        raise MisusedError(Message("seeds_form", "--seeds takes whole numbers, each once, such as 1,2,3."))
    return seeds
