"""``python -m benchmarks run | yardstick | repair | periods | compare | commands | office | report``."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from benchmarks.methods import METHODS
from benchmarks.record import RESULTS, append, circumstances, records
from scheduler.errors import InputError

MOST_S = 7 * 24 * 3600.0


class _List(click.ParamType):
    """Values of one type with commas between."""

    name = "list"

    def __init__(self, of: click.ParamType) -> None:
        self._of = of

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> list[object]:
        if isinstance(value, list):
            return value
        return [self._of.convert(item, param, ctx) for item in str(value).split(",")]


class _NewFile(click.Path):
    """A file to append to, in a folder that is there."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(str(super().convert(str(value), param, ctx)))
        if not path.parent.is_dir():
            self.fail(f"The folder {path.parent} does not exist.", param, ctx)
        return path


FOLDER = click.Path(file_okay=False, exists=True, path_type=Path)
FILE = click.Path(dir_okay=False, exists=True, path_type=Path)
SEEDS = _List(click.IntRange(0, 2**31 - 1))
TIME_LIMIT = click.option(
    "--time-limit", type=click.FloatRange(0, MOST_S, min_open=True), default=60.0, show_default=True, metavar="SEC",
    help="Seconds for one solve.",
)  # fmt: skip
WORKERS = click.option("--workers", type=click.IntRange(1, 64), default=8, show_default=True)
TO = click.option(
    "--to", type=_NewFile(dir_okay=False), default=RESULTS / "results.jsonl", help="File of JSON lines to append to."
)


@click.group()
def app() -> None:
    """Measure, and make tables and plots of what was measured. What it means: benchmarks/README.md."""


@app.command()
@click.argument("group")
@click.option("--methods", type=_List(click.Choice(tuple(METHODS))), default=",".join(METHODS), show_default=True)
@click.option("--seeds", "--seed", type=SEEDS, default="1,2,3", show_default=True)
@TIME_LIMIT
@WORKERS
@TO
def run(group: str, methods: list[str], seeds: list[int], time_limit: float, workers: int, to: Path) -> int:
    """Measure methods on a GROUP (see benchmarks/groups.py), an example, or example:strategy, each in a fresh process."""
    from benchmarks.groups import GROUPS, Case
    from benchmarks.run import run as measured
    from instances.generate import INSTANCES
    from scheduler import Pooling

    cases = GROUPS.get(group) or (Case.parse(group),)
    if unknown := [case.instance for case in cases if case.instance not in INSTANCES]:
        raise click.BadParameter(f"There is no {', '.join(unknown)}; groups are: {', '.join(GROUPS)}.")
    if unknown := [case.strategy for case in cases if case.strategy not in ("", *Pooling)]:
        raise click.BadParameter(f"There is no strategy {', '.join(unknown)}; strategies are: {', '.join(Pooling)}.")
    return int(measured(cases, methods, seeds, time_limit, workers, to) > 0)


@app.command()
@click.argument("folder", type=FOLDER)
@click.option("--instances", type=_List(click.IntRange(1)), help="Numbers, all that are there by default.")
@click.option("--seeds", "--seed", type=SEEDS, default="1", show_default=True)
@TIME_LIMIT
@WORKERS
@TO
def yardstick(
    folder: Path, instances: list[int] | None, seeds: list[int], time_limit: float, workers: int, to: Path
) -> int:
    """Solve the benchmark of Curtois and Qu, whose instances lie in a FOLDER as Instance1.txt and so on."""
    from benchmarks import public_benchmark as curtois
    from scheduler.config import SolveConfig

    config = SolveConfig(time_limit_s=time_limit, workers=workers)
    try:
        return int(curtois.run(folder, instances or (), seeds, config, to) > 0)
    except FileNotFoundError as error:
        raise click.ClickException(f"{error}.") from error


@app.command()
@click.argument("example")
@click.option("--hotspot", default="CLEM", show_default=True, help="Where the incident is.")
@click.option("--seeds", "--seed", type=SEEDS, default="1,2,3", show_default=True)
@click.option(
    "--before", type=click.FloatRange(0, MOST_S, min_open=True), default=120.0, show_default=True, metavar="SEC"
)
@TIME_LIMIT
@WORKERS
@TO
def repair(
    example: str, hotspot: str, seeds: list[int], before: float, time_limit: float, workers: int, to: Path
) -> int:
    """Publish the roster of an EXAMPLE, repair it after an incident and three absences, and make a new one beside it."""
    from benchmarks.repair import measure

    for seed in seeds:
        record = {**measure(example, hotspot, seed, before, time_limit, workers), **circumstances()}
        append(to, record)
        click.echo(json.dumps({key: value for key, value in record.items() if key not in {"levels", "anew"}}))
    return 0


@app.command()
@click.argument("example")
@click.option("--periods", type=click.IntRange(2, 12), default=4, show_default=True)
@click.option("--weeks", type=click.IntRange(1, 26), default=13, show_default=True, help="Weeks of a period.")
@click.option("--seeds", "--seed", type=SEEDS, default="1", show_default=True)
@TIME_LIMIT
@WORKERS
@TO
def periods(example: str, periods: int, weeks: int, seeds: list[int], time_limit: float, workers: int, to: Path) -> int:
    """Solve an EXAMPLE period after period, and each period by itself: nights and weekends of comparable people."""
    from benchmarks.periods import measure

    for seed in seeds:
        record = {**measure(example, periods, weeks, seed, time_limit, workers), **circumstances()}
        append(to, record)
        click.echo(json.dumps(record))
    return 0


@app.command()
@click.argument("example")
@click.option("--strategies", type=_List(click.STRING), default="separate,lateral,single", show_default=True)
@click.option("--staffing", is_flag=True, help="With curves of staffing.")
@click.option("--keep", type=click.Path(file_okay=False, path_type=Path), help="Keep the rosters in this folder.")
@click.option("--seeds", "--seed", type=SEEDS, default="1,2,3", show_default=True)
@TIME_LIMIT
@WORKERS
@TO
def compare(
    example: str,
    strategies: list[str],
    staffing: bool,
    keep: Path | None,
    seeds: list[int],
    time_limit: float,
    workers: int,
    to: Path,
) -> int:
    """Hold strategies against each other on an EXAMPLE: levels with bounds, verdicts, figures, in one record."""
    from benchmarks.strategies import measure

    record = {
        **measure(example, strategies, seeds, time_limit, workers, staffing=staffing, keep=keep),
        **circumstances(),
    }
    append(to, record)
    click.echo("\n".join(record["said"]))
    return 0


@app.command()
@click.argument("example")
@TIME_LIMIT
@TO
def commands(example: str, time_limit: float, to: Path) -> int:
    """Time the commands on the roster of an EXAMPLE, solved within the time limit."""
    from benchmarks.command_timings import measure

    record = {**measure(example, time_limit), **circumstances()}
    append(to, record)
    click.echo(json.dumps(record, indent=1))
    return 0


@app.command()
@TO
def office(to: Path) -> int:
    """Time help, check, reading and writing of the largest example."""
    from benchmarks.cli_timings import measure

    record = {**measure(), **circumstances()}
    append(to, record)
    click.echo(json.dumps(record, indent=1))
    return 0


@app.command()
@click.argument("files", type=FILE, nargs=-1)
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="Write report.md there, and plots.")
def report(files: Sequence[Path], to: Path | None) -> int:
    """Tables in Markdown from FILES of JSON lines, by default all of benchmarks/results; with --to also plots (extra:
    benchmarks)."""
    from benchmarks.report import report as tables

    found = [record for path in files or sorted(RESULTS.glob("*.jsonl")) for record in _records(path)]
    if to is None:
        click.echo(tables(found))
        return 0
    try:
        to.mkdir(parents=True, exist_ok=True)
        table = to / "report.md"
        table.write_text(tables(found), encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"Nothing can be written in {to}: {error.strerror}.") from error
    click.echo(table, err=True)
    try:
        from benchmarks.plots import write
    except ModuleNotFoundError as error:
        raise click.ClickException(f"Plots need {error.name}: install Vigie with its extra benchmarks.") from error
    for path in write(found, to):
        click.echo(path, err=True)
    return 0


def _records(path: Path) -> list[dict[str, object]]:
    try:
        return list(records(path))
    except ValueError as error:  # Also of text that is none.
        raise click.ClickException(f"{path} is no file of JSON lines: {error}.") from error


@app.command(hidden=True)
@click.argument("wanted")
def child(wanted: str) -> int:
    """One measurement in this process, for run: WANTED is a JSON object, and so is the only line on standard output."""
    from benchmarks.measure import measure
    from scheduler.config import SolveConfig

    asked = json.loads(wanted)
    config = SolveConfig.model_validate({key: asked[key] for key in ("seed", "time_limit_s", "workers")}, strict=False)
    click.echo(json.dumps(measure(asked["method"], Path(asked["path"]), asked["strategy"], config)))
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code: 2 for wrong usage, 1 where a measurement failed."""
    try:
        return int(app.main(arguments, prog_name="python -m benchmarks", standalone_mode=False) or 0)
    except InputError as error:
        click.echo(f"{error}", err=True)
    except click.ClickException as error:
        error.show()
    except click.Abort:
        return 130
    return 2


if __name__ == "__main__":
    sys.exit(main())
