"""How long the workbook and the command line take, where people wait: help, check, reading and writing the largest example."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.groups import Case
from benchmarks.record import ROOT

LARGEST = Case("capital-x4", "single")
REPEATS = 3


def measure(case: Case = LARGEST) -> dict[str, object]:
    """Median seconds of each task over some repeats."""
    path = case.path()
    with tempfile.TemporaryDirectory() as folder:
        write, people, duties = _writer(case, Path(folder) / "result.xlsx")
        times = {
            "help": _median(lambda: _command("--help")),
            "check": _median(lambda: _command("check", str(path))),
            "read": _median(lambda: _read(path)),
            "write": _median(write),
        }
    return {"kind": "office", "instance": case.instance, "people": people, "duties": duties, "repeats": REPEATS,
            "seconds": times}  # fmt: skip


def _median(task: Callable[[], None]) -> float:
    seconds = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        task()
        seconds.append(time.perf_counter() - began)
    return round(statistics.median(seconds), 3)


def _command(*arguments: str) -> None:
    """The command as its entry point starts it, interpreter included."""
    start = "import sys; from vigie import main; sys.exit(main())"
    subprocess.run((sys.executable, "-c", start, *arguments), cwd=ROOT, capture_output=True, check=True)


def _read(path: Path) -> None:
    from scheduler.workbook.read import read

    read(path)


def _writer(case: Case, target: Path) -> tuple[Callable[[], None], int, int]:
    """Writing a result, the first legal roster: how, of how many people, and of how many duties."""
    import scheduler
    from scheduler.analysis.coverage import shortages
    from scheduler.engine.compiled_problem import CompiledProblem
    from scheduler.engine.cpsat.solver import Limits
    from scheduler.engine.initial_roster import first_legal
    from scheduler.engine.lines.models import LineModels
    from scheduler.result import Coverage, Result, RunRecord, Status
    from scheduler.rules import declare
    from scheduler.rules.audit import audit

    reading = scheduler.load(case.path())
    instance = reading.instance
    if case.strategy:
        instance = instance.replace(strategy=scheduler.Pooling(case.strategy))
    pool = CompiledProblem(declare(instance))
    models = LineModels(pool)
    roster = first_legal(pool, models, Limits(60.0, 8, 1, False, threading.Event()))[0].roster
    record = RunRecord(
        status=Status.FEASIBLE, levels=(), coverage=Coverage(required_minutes=0, short_minutes=0, short_bound=0),
        wall_s=0, seed=1, workers=1, reproducible=True, versions={}, instance_sha256=instance.sha256,
    )  # fmt: skip
    result = Result(roster, record, audit(instance, roster), shortages(instance, roster))
    return lambda: scheduler.save(target, instance, result, reading), len(instance.staff), len(roster)
