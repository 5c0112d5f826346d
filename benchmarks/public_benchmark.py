"""Instances that nobody here wrote: the shift scheduling benchmark of Curtois and Qu, solved as a workbook is solved.

The roster is judged by a scorer that knows the benchmark's text and nothing else (:mod:`benchmarks.curtois_score`).
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import scheduler
from benchmarks.bounds import Record
from benchmarks.curtois import instance
from benchmarks.curtois_file import Benchmark, load
from benchmarks.curtois_score import objective, violations
from benchmarks.published import PUBLISHED, SOURCE
from benchmarks.record import append, circumstances
from scheduler.problem.roster import Roster


def files(folder: Path, wanted: Iterable[int] = ()) -> dict[int, Path]:
    """The instances of a folder by number, those ``wanted`` or all. Raises ``FileNotFoundError`` for what is missing."""
    found = {
        int(match[1]): path
        for path in folder.glob("*.txt")
        if (match := re.fullmatch(r"Instance(\d+)\.txt", path.name))
    }
    numbers = list(wanted) or sorted(found)
    if missing := [number for number in numbers if number not in found]:
        raise FileNotFoundError(f"{folder} does not hold Instance{missing[0]}.txt")
    if not found:
        raise FileNotFoundError(f"{folder} holds no instance, such as Instance1.txt")
    return {number: found[number] for number in numbers}


def plan(roster: Roster) -> dict[tuple[str, int], str]:
    """A roster as the benchmark writes one: everybody's shift by day."""
    return {(cell.staff, cell.day): cell.shift for cell in roster}


def measure(number: int, given: Benchmark, config: scheduler.SolveConfig) -> dict[str, object]:
    """Solve one instance and have the roster scored by the benchmark's text."""
    began = time.monotonic()
    result = scheduler.solve(instance(given, f"Instance {number}"), config)
    wall = time.monotonic() - began
    value, broken = objective(given, plan(result.roster)), violations(given, plan(result.roster))
    quality = next(level for level in result.record.levels if level.name == "quality")
    best = PUBLISHED.get(number, {}).get("best known")
    return {
        "kind": "yardstick",
        "benchmark": "curtois",
        "instance": number,
        "days": given.days,
        "people": len(given.staff),
        "shifts": len(given.shifts),
        "time_limit_s": config.time_limit_s,
        "seed": config.seed,
        "workers": config.workers,
        "wall_s": round(wall, 1),
        "status": result.record.status.value,
        "value": value,
        "own_value": quality.value,
        "bound": quality.bound,
        "violations": len(broken),
        "first_violations": broken[:5],
        "best_known": best,
        "gap_to_best_known": None if best is None else round((value - best) / best, 4),
    }


def run(folder: Path, wanted: Sequence[int], seeds: Sequence[int], config: scheduler.SolveConfig, to: Path) -> int:
    """Solve every instance with every seed, each written down as soon as it is there; returns how many broke a rule."""
    failed = 0
    for number, path in files(folder, wanted).items():
        for seed in seeds:
            found = measure(number, load(path), config.replace(seed=seed))
            append(to, found | circumstances())
            failed += bool(found["violations"])
            told = (f"{name} {found[name]}" for name in ("value", "bound", "best_known", "violations", "wall_s"))
            print(f"instance {number}, seed {seed}: {', '.join(told)}", file=sys.stderr, flush=True)
    return failed


def table(records: Sequence[Record]) -> Iterator[str]:
    """Medians over the seeds of each instance and time limit beside what others published for ten minutes."""
    runs: dict[tuple[float, int], list[Record]] = defaultdict(list)
    for record in records:
        runs[record["time_limit_s"], record["instance"]].append(record)
    others = [name for name in next(iter(PUBLISHED.values())) if name != "best known"]
    heads = (
        "instance",
        "days",
        "people",
        "shifts",
        "limit s",
        "value",
        "bound",
        "best known",
        "gap",
        "broken",
        "seeds",
    )
    yield f"| {' | '.join((*heads, *others))} |"
    yield f"|{'--|' * (len(heads) + len(others))}"
    for (seconds, number), found in sorted(runs.items()):
        first, known = found[0], PUBLISHED.get(number, {})
        value, best = statistics.median(record["value"] for record in found), known.get("best known")
        row = (
            *(first[name] for name in ("instance", "days", "people", "shifts")),
            f"{seconds:g}",
            f"{value:,.0f}",
            f"{max(record['bound'] for record in found):,}",
            "–" if best is None else f"{best:,}",
            "–" if best is None else f"{value / best - 1:.1%}",
            max(record["violations"] for record in found),
            len({record["seed"] for record in found}),
            *("–" if known.get(name) is None else f"{known[name]:,}" for name in others),
        )
        yield f"| {' | '.join(map(str, row))} |"
    yield ""
    yield SOURCE
