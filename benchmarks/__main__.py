"""``python -m benchmarks run | yardstick | office | report``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.methods import METHODS
from benchmarks.record import RESULTS, append, circumstances, records


def main() -> int:
    options = _parser().parse_args()
    if options.command == "child":
        return _child(json.loads(options.wanted))
    if options.command == "report":
        return _report(options.file or sorted(RESULTS.glob("*.jsonl")), options.to)
    if options.command == "office":
        from benchmarks.office import measure

        record = {**measure(), **circumstances()}
        append(options.to, record)
        print(json.dumps(record, indent=1))
        return 0
    seeds = [int(seed) for seed in options.seeds.split(",")]
    if options.command == "yardstick":
        from benchmarks import yardstick
        from scheduler.config import SolveConfig

        config = SolveConfig(time_limit_s=options.time_limit, workers=options.workers)
        wanted = [int(number) for number in options.instances.split(",") if number]
        return int(yardstick.run(options.folder, wanted, seeds, config, options.to) > 0)
    from benchmarks.groups import GROUPS, Case
    from benchmarks.run import run
    from instances.generate import INSTANCES

    cases = GROUPS.get(options.group) or (Case.parse(options.group),)
    if unknown := [case.instance for case in cases if case.instance not in INSTANCES]:
        print(f"There is no {', '.join(unknown)}; groups are: {', '.join(GROUPS)}", file=sys.stderr)
        return 2
    methods = options.methods.split(",")
    if unknown := [method for method in methods if method not in METHODS]:
        print(f"There is no method {', '.join(unknown)}; methods are: {', '.join(METHODS)}", file=sys.stderr)
        return 2
    return int(run(cases, methods, seeds, options.time_limit, options.workers, options.to) > 0)


def _report(files: Sequence[Path], folder: Path | None) -> int:
    """The tables on standard output, or as ``report.md`` into a folder, with the plots beside it."""
    from benchmarks.report import report

    found = [record for path in files for record in records(path)]
    if folder is None:
        print(report(found))
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / "report.md"
    table.write_text(report(found), encoding="utf-8")
    print(table, file=sys.stderr)
    try:
        from benchmarks.plots import write
    except ModuleNotFoundError as error:
        print(f"Plots need {error.name}: install Vigie with its extra benchmarks", file=sys.stderr)
        return 2
    for path in write(found, folder):
        print(path, file=sys.stderr)
    return 0


def _child(wanted: dict[str, object]) -> int:
    """One measurement; the only line on standard output is its JSON object."""
    from benchmarks.measure import measure
    from scheduler.config import SolveConfig

    config = SolveConfig.model_validate({key: wanted[key] for key in ("seed", "time_limit_s", "workers")}, strict=False)
    print(json.dumps(measure(str(wanted["method"]), Path(str(wanted["path"])), str(wanted["strategy"]), config)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="measure methods on instances, each in a fresh process")
    run.add_argument("group", help="a group (see benchmarks/groups.py), an example, or example:strategy")
    run.add_argument("--methods", default=",".join(METHODS), help="comma-separated (default: %(default)s)")
    yardstick = commands.add_parser("yardstick", help="solve the benchmark of Curtois and Qu")
    yardstick.add_argument("folder", type=Path, help="where Instance1.txt and its like are")
    yardstick.add_argument("--instances", default="", help="comma-separated numbers; all that are there without them")
    for command, seeds in ((run, "1,2,3"), (yardstick, "1")):
        command.add_argument("--seeds", "--seed", default=seeds, help="comma-separated (default: %(default)s)")
        command.add_argument("--time-limit", type=float, default=60.0, help="seconds for one solve")
        command.add_argument("--workers", type=int, default=8)
    office = commands.add_parser("office", help="time help, check and write of a large workbook")
    for command in (run, yardstick, office):
        command.add_argument(
            "--to", type=Path, default=RESULTS / "results.jsonl", help="file of JSON lines to append to"
        )
    report = commands.add_parser("report", help="tables in Markdown from measurements")
    report.add_argument("file", type=Path, nargs="*", help="files of JSON lines; all of benchmarks/results without one")
    report.add_argument(
        "--to", type=Path, metavar="FOLDER", help="write report.md there, and plots (extra: benchmarks)"
    )
    child = commands.add_parser("child", help="one measurement in this process, for run")
    child.add_argument("wanted", help="a JSON object")
    return parser


if __name__ == "__main__":
    sys.exit(main())
