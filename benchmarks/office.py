"""How long the workbook and the command line take, where people wait: help, check and write of a large workbook."""

from __future__ import annotations

import datetime as dt
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.record import ROOT
from instances.past import history_rows
from instances.people import Intake, spots_of
from instances.places import Tables, places
from instances.plan import tables
from instances.zones import ZONES
from scheduler.workbook.template import save_tables

PEOPLE = 2000
REPEATS = 3


def measure() -> dict[str, object]:
    """Median seconds of each task over some repeats."""
    large = tables(replace(ZONES["midi"], intakes=_intakes()))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        save_tables(large, path)
        times = {
            "help": _median(lambda: _command("--help")),
            "check_large": _median(lambda: _command("check", str(path), may_fail=True)),
            "read_large": _median(lambda: _read(path)),
            "write_large": _median(_writer(path, Path(folder) / "result.xlsx", large)),
        }
    return {"kind": "office", "people": len(large["Staff"]), "repeats": REPEATS, "seconds": times}


def _intakes() -> tuple[Intake, ...]:
    """The staff of the zone Midi, as many times over as makes about 2,000."""
    intakes = ZONES["midi"].intakes
    times = round(PEOPLE / sum(intake.number for intake in intakes))
    return tuple(replace(one, number=one.number * times, holders=one.holders * times) for one in intakes)


def _median(task: Callable[[], None]) -> float:
    seconds = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        task()
        seconds.append(time.perf_counter() - began)
    return round(statistics.median(seconds), 3)


def _command(*arguments: str, may_fail: bool = False) -> None:
    """The command as its entry point starts it, interpreter included."""
    start = "import sys; from cli import main; sys.exit(main())"
    subprocess.run((sys.executable, "-c", start, *arguments), cwd=ROOT, capture_output=True, check=not may_fail)


def _read(path: Path) -> None:
    from scheduler.workbook.read import read

    read(path)


def _writer(source: Path, target: Path, large: Tables) -> Callable[[], None]:
    """Writing a result: the rotations of the example's history, run on into the horizon, stand in for a solver's roster."""
    from scheduler.audit import audit
    from scheduler.result import Coverage, RunRecord, Status
    from scheduler.roster import Assignment, Roster
    from scheduler.shortages import shortages
    from scheduler.workbook.read import read
    from scheduler.workbook.write import write_result

    reading = read(source)
    instance = reading.instance
    zone = places(ZONES["midi"].zones)
    allowed = spots_of(_intakes(), zone, large["Staff"])
    after = instance.calendar.date(instance.days)
    roster = Roster.of(
        Assignment(str(row["staff"]), day, str(row["shift"]), str(row["hotspot"]))
        for row in history_rows(large["Staff"], allowed, after, instance.days)
        for day in [instance.calendar.day(dt.date.fromisoformat(str(row["date"])))]
        if day not in instance.leave_days[str(row["staff"])] and instance.in_service(str(row["staff"]), day)
    )
    findings = audit(instance, roster)
    missing = shortages(instance, roster)
    record = RunRecord(
        status=Status.FEASIBLE, levels=(), coverage=Coverage(required_minutes=0, short_minutes=0, short_bound=0),
        wall_s=0, seed=1, workers=1, reproducible=True, versions={}, instance_sha256=instance.sha256,
    )  # fmt: skip
    return lambda: write_result(target, reading.tables, instance, roster, record, findings, missing)
