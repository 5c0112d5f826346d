"""A repair of a published roster, beside a new roster made for the same days: how soon, how close to the bounds, and how many
days of people change.

The case: a shooting on the second Saturday at 23:40, and three police officers who call in sick on the Monday after it for five
days. Who they are is drawn by the seed among those on duty that Monday who have no lock.
"""

from __future__ import annotations

import datetime as dt
import random
import tempfile
import time
from pathlib import Path
from typing import Any

import scheduler
from scheduler.analysis.repair_changes import repair_changes
from scheduler.backends.choose import backend_for
from scheduler.config import SolveConfig
from scheduler.engine.solve import solve_whole
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.result import Progress
from scheduler.rules.audit import audit
from scheduler.workbook.read import Reading
from scheduler.workflows.publish import publish, write_published
from scheduler.workflows.replan import Asked, Repair, prepare, search

ABSENT = 3
DAYS_AWAY = 5


def measure(example: str, hotspot: str, seed: int, before_s: float, seconds: float, workers: int) -> dict[str, Any]:
    """One record: the roster is made in ``before_s`` seconds, repaired in ``seconds``, and made anew in as many."""
    config = SolveConfig(time_limit_s=seconds, seed=seed, workers=workers)
    with tempfile.TemporaryDirectory() as folder:
        reading = _published(example, Path(folder), config.replace(time_limit_s=before_s))
    asked = _happened(reading, hotspot, seed)
    began = time.monotonic()
    repair = prepare(reading, asked)
    prepared = time.monotonic() - began
    first: list[float] = []

    def on_progress(progress: Progress) -> None:
        if progress.value is not None and not progress.pool:
            first.append(progress.elapsed_s)

    with backend_for(config, None, insecure=False) as backend:
        found = search(repair, config, on_progress=on_progress, backend=backend)
    with backend_for(config, None, insecure=False) as backend:
        anew = solve_whole(
            repair.tail.instance.replace(standing=None), config, backend=backend, allowances=repair.tail.beside
        )
    whole = repair.tail.whole(anew.roster)
    return {
        "kind": "repair",
        "instance": example,
        "seed": seed,
        "before_s": before_s,
        "time_limit_s": seconds,
        "workers": workers,
        "since": asked.since,
        "prepared_s": round(prepared, 2),
        "first_legal_s": round(prepared + first[0], 2) if first else None,
        "wall_s": found.result.record.wall_s,
        "violations": len(found.broken),
        "levels": [level.model_dump() | {"gap": level.gap} for level in found.result.record.levels],
        "changed_days": len(found.changes),
        "changed_late": sum(item.late for item in found.changes),
        "people": len({item.change.staff for item in found.changes}),
        "anew": {
            "levels": [level.model_dump() | {"gap": level.gap} for level in anew.record.levels],
            "changed_days": len(_changed(repair, whole)),
            "violations": sum(item.hard for item in audit(repair.instance, whole)),
        },
    }


def _published(example: str, folder: Path, config: SolveConfig) -> Reading:
    """The example solved and published before its first day."""
    scheduler.new(folder / "example.xlsx", example)
    reading = scheduler.load(folder / "example.xlsx")
    with backend_for(config, None, insecure=False) as backend:
        result = scheduler.solve(reading.instance, config, backend=backend)
    scheduler.save(folder / "roster.xlsx", reading.instance, result, reading)
    solved = scheduler.load(folder / "roster.xlsx")
    before = dt.datetime.combine(reading.instance.calendar.start, dt.time(9)) - dt.timedelta(days=10)
    write_published(folder / "published.xlsx", publish(solved, None, before))
    return scheduler.load(folder / "published.xlsx")


def _happened(reading: Reading, hotspot: str, seed: int) -> Asked:
    instance, roster = reading.instance, reading.roster or Roster()
    calendar = instance.calendar
    saturday = [day for day in range(calendar.days) if calendar.weekday(day) == 5][1]
    monday, last = (calendar.date(saturday + 2 + days) for days in (0, DAYS_AWAY - 1))
    locked = {lock.staff for lock in instance.locks}
    working = sorted({a.staff for a in roster if a.day == saturday + 2 and _police(instance, a.staff)} - locked)
    away = random.Random(seed).sample(working, ABSENT)
    moment = f"{calendar.date(saturday)} 23:40"
    return Asked(moment, tuple(f"{staff}:{monday}..{last}" for staff in away), (f"{moment} {hotspot}",))


def _police(instance: Instance, staff: str) -> bool:
    return instance.category(staff) == "police"


def _changed(repair: Repair, roster: Roster) -> tuple[object, ...]:
    return repair_changes(repair.instance, repair.standing, roster)
