"""Each measurement in a fresh process, one after the other, each written down as soon as it is there."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.groups import Case
from benchmarks.record import ROOT, append, circumstances

WARM_S = 10.0
"""Time limit of the solve whose only use is that what it compiles lies ready for those that are measured."""
GRACE_S = 300
"""Seconds over the time limit after which a process counts as hung."""


def run(
    cases: Sequence[Case], methods: Iterable[str], seeds: Sequence[int], seconds: float, workers: int, to: Path
) -> int:
    """Measure every method on every case with every seed; returns how many measurements failed.

    Before that one solve that is not written down: the first after a change compiles the search for the machine.
    """
    _child(_wanted("ours", Case("brussels-nord"), 1, WARM_S, workers), WARM_S)
    failed = 0
    for method in methods:
        for case in cases:
            for seed in seeds if method != "greedy" else seeds[:1]:
                failed += not _measure(_wanted(method, case, seed, seconds, workers), seconds, to)
    return failed


def _wanted(method: str, case: Case, seed: int, seconds: float, workers: int) -> dict[str, object]:
    return {
        "method": method,
        "path": str(case.path().resolve()),
        "strategy": case.strategy,
        "seed": seed,
        "time_limit_s": seconds,
        "workers": workers,
    }


def _child(wanted: dict[str, object], seconds: float) -> subprocess.CompletedProcess[str]:
    """One measurement in a process of its own; raises ``TimeoutExpired`` when it hangs."""
    return subprocess.run(
        (sys.executable, "-m", "benchmarks", "child", json.dumps(wanted)),
        cwd=ROOT, capture_output=True, text=True, timeout=seconds + GRACE_S, check=False,
    )  # fmt: skip


def _measure(wanted: dict[str, object], seconds: float, to: Path) -> bool:
    where = circumstances()
    case = Case(Path(str(wanted["path"])).stem, str(wanted["strategy"]))
    label = f"{wanted['method']} on {case.name}, seed {wanted['seed']}, {seconds:g} s"
    print(label, file=sys.stderr, flush=True)
    try:
        child = _child(wanted, seconds)
        error = "" if child.returncode == 0 else f"exit {child.returncode}: {child.stderr[-2000:]}"
        found = {"kind": "failed", **wanted, "error": error} if error else json.loads(child.stdout.splitlines()[-1])
    except subprocess.TimeoutExpired:
        error = f"not back {GRACE_S} s after its time limit"
        found = {"kind": "failed", **wanted, "error": error}
    append(to, {**found, **where})
    print(f"  {error or _short(found)}", file=sys.stderr, flush=True)
    return not error


def _short(found: dict[str, object]) -> str:
    if found["kind"] == "refused":
        return f"refused: {found['reason']}"
    levels = found["levels"]
    values = ", ".join(f"{row['name']} {row['value']}/{row['bound']}" for row in levels if isinstance(row, dict)) \
        if isinstance(levels, list) else ""  # fmt: skip
    return f"{values}; {found['wall_s']} s, {found['peak_memory_mb']} MB, {found['violations']} violations"
