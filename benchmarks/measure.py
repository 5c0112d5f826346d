"""One measurement in one process: run a method, score and audit what it gives, and put everything into one JSON object."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.method_result import Claim, RefusedError
from benchmarks.methods import METHODS
from benchmarks.weighted_sum import weighted
from scheduler.config import SolveConfig
from scheduler.engine.worker import memory_used
from scheduler.problem.facts import Pooling
from scheduler.problem.instance import Instance
from scheduler.result import Progress
from scheduler.rules import declare
from scheduler.rules.audit import audit, hard_findings
from scheduler.rules.requests import granted_weight
from scheduler.rules.support.spread import spread
from scheduler.vocabulary.constraints import LEVELS
from scheduler.vocabulary.evaluate import evaluate
from scheduler.workbook.read import read

LOOK_S = 1.0
MARKS = (5, 15, 45, 60, 120, 300, 600)
"""Seconds at which value and bound of every level are read off the course of a run."""


def measure(method: str, path: Path, strategy: str, config: SolveConfig) -> dict[str, object]:
    """Run a method on a workbook under a strategy (blank: as the workbook says). Peak memory is that of this process and its
    children, so give each measurement a process of its own."""
    instance = read(path).instance
    if strategy:
        instance = instance.replace(strategy=Pooling(strategy))
    case: dict[str, object] = {
        "instance": path.stem,
        "strategy": instance.strategy.value,
        "instance_sha256": instance.sha256,
        "people": len(instance.staff),
        "hotspots": len(instance.hotspots),
        "days": instance.days,
        "method": method,
        "seed": config.seed,
        "time_limit_s": config.time_limit_s,
        "workers": config.workers,
    }
    began = time.perf_counter()
    try:
        with Peak() as peak:
            claim = METHODS[method](instance, config)
    except RefusedError as refusal:
        return {"kind": "refused", **case, "reason": str(refusal)}
    wall = time.perf_counter() - began
    # What one block of a long horizon reports says nothing about the whole: of such a run only the end is told.
    timeline = sorted((item for item in claim.timeline if not item.part), key=lambda item: item.elapsed_s)
    problem = declare(instance)
    found = evaluate(problem, claim.roster)
    required = problem.required
    return {
        "kind": "solve",
        **case,
        "wall_s": round(wall, 2),
        "build_s": _rounded(claim.build_s),
        "solve_s": None if claim.build_s is None else round(wall - claim.build_s, 2),
        "first_roster_s": _rounded(claim.first_roster_s),
        "levels": [
            {
                "name": level.code,
                "value": found.levels[level],
                "bound": claim.bounds.get(level.code),
                "required": required.get(level, 0),
            }
            for level in LEVELS
        ],
        "weighted": {"value": weighted(found.levels), "bound": claim.weighted},
        "marks": {str(mark): _at(timeline, mark) for mark in MARKS if mark <= config.time_limit_s},
        "proven_s": _proven(timeline),
        "proof_s": _rounded(claim.proof_s),
        "course": course(timeline, {level.code: found.levels[level] for level in LEVELS}, wall),
        "blocks": [block.model_dump() for block in claim.blocks],
        "violations": len(hard_findings(audit(instance, claim.roster))),
        "quality": _quality(instance, claim, found.by_rule),
        "peak_memory_mb": peak.megabytes(),
        "build_memory_mb": None if claim.build_s is None else peak.megabytes(claim.build_s),
        "note": claim.note,
    }


def course(timeline: Sequence[Progress], final: Mapping[str, int], wall_s: float) -> list[list[object]]:
    """[seconds, level, value, bound] whenever either has changed, and the audited values at the end."""
    known: dict[str, tuple[int | None, int | None]] = {}
    points: list[list[object]] = []
    for item in timeline:
        value, bound = known.get(item.level, (None, None))
        if item.value is not None:
            value = item.value
        if item.bound is not None:
            # It may fall: that of a level holds for rosters that do as well as this one at those before.
            bound = item.bound
        if known.get(item.level) != (value, bound):
            known[item.level] = (value, bound)
            points.append([round(item.elapsed_s, 2), item.level, value, bound])
    for level, final_value in final.items():
        points.append([round(wall_s, 2), level, final_value, known.get(level, (None, None))[1]])
    return points


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 2)


class Peak:
    """How much memory this process and its children use together, looked at every second; for ``with``."""

    def __init__(self) -> None:
        self._seen: list[tuple[float, int]] = []
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._done.wait(LOOK_S):
            self._look()

    def _look(self) -> None:
        self._seen.append((time.perf_counter() - self._began, memory_used()))

    def megabytes(self, seconds: float = float("inf")) -> int:
        """The most in the first ``seconds``, and at the first look after them."""
        before = [used for elapsed, used in self._seen if elapsed <= seconds]
        after = next((used for elapsed, used in self._seen if elapsed > seconds), 0)
        return max((*before, after)) // 10**6

    def __enter__(self) -> Peak:
        self._began = time.perf_counter()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()
        self._look()


def _at(timeline: Sequence[Progress], mark: float) -> dict[str, dict[str, int | None]]:
    """The value and the bound of every level that were known after ``mark`` seconds."""
    known: dict[str, dict[str, int | None]] = {}
    for item in timeline:
        if item.elapsed_s <= mark:
            level = known.setdefault(item.level, {"value": None, "bound": None})
            if item.value is not None:
                level["value"] = item.value
            if item.bound is not None:
                level["bound"] = item.bound
    return known


def _proven(timeline: Sequence[Progress]) -> dict[str, dict[str, float]]:
    """For every level with a bound, since when its final bound has stood, and since when the best roster has met its own bound
    (absent if it does not in the end). A bound may fall: it holds for rosters that do as well at the levels before."""
    final = {item.level: item.bound for item in timeline if item.bound is not None}
    known: dict[str, tuple[int | None, int]] = {}
    table: dict[str, dict[str, float]] = {level: {} for level in final}
    for item in timeline:
        if item.level not in final:
            continue
        value, bound = known.get(item.level, (None, -1))
        value, bound = known[item.level] = (
            value if item.value is None else item.value,
            bound if item.bound is None else item.bound,
        )
        stands = {"bound_s": bound >= final[item.level], "met_s": value is not None and value <= bound}
        for what, stood in stands.items():
            if stood:
                table[item.level].setdefault(what, round(item.elapsed_s, 2))
            else:
                table[item.level].pop(what, None)
    return table


def _quality(instance: Instance, claim: Claim, by_rule: Mapping[str, int]) -> dict[str, object]:
    """Points by rule, the share of the requests' weight that is granted, and the spread of nights and weekends."""
    granted, asked = granted_weight(instance, claim.roster)
    return {
        "points": dict(by_rule),
        "requests_granted": None if not asked else round(granted / asked, 4),
        "spread": [
            {"contract": row.contract, "people": row.people, "nights": row.nights, "weekends": row.weekends}
            for row in spread(instance, claim.roster)
        ],
        "duties": len(claim.roster),
    }
