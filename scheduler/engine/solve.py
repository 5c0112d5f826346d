"""The whole way from an instance to an audited roster with its proof.

First a legal roster, then the staffing bounds beside the first improvements, then coverage until it is proven or its share of
the time is used, then quality with coverage held. The best roster is kept at every moment.
"""

from __future__ import annotations

import importlib.metadata
import platform
import threading
from collections.abc import Callable, Mapping

from scheduler.audit import audit, hard_findings
from scheduler.config import SolveConfig
from scheduler.constraints import COVERAGE_LEVELS, Level
from scheduler.engine.classes import components, posting_classes
from scheduler.engine.clock import Clock
from scheduler.engine.construct import Builder
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines import LineModel, attainable
from scheduler.engine.neighbourhoods import Improver
from scheduler.engine.pool import Pool
from scheduler.engine.headcount import HeadCount
from scheduler.engine.search import Limits
from scheduler.engine.staffing import staff
from scheduler.errors import NoRosterError
from scheduler.instance import Instance
from scheduler.result import Coverage, LevelResult, Progress, Result, RunRecord, Status
from scheduler.rules import declare
from scheduler.score import score
from scheduler.shortages import shortages

COVERAGE_SHARE = 0.75
"""Share of the time limit after which quality takes over, proven or not."""
STEP_S = 6.0
"""Longest search of one neighbourhood, in seconds."""

Reporter = Callable[[Progress], None]


def solve(
    instance: Instance,
    config: SolveConfig | None = None,
    *,
    on_progress: Reporter | None = None,
    stop: threading.Event | None = None,
) -> Result:
    """The best roster within the limits, audited, with a valid bound for every level.

    ``stop`` ends the run early with the best roster so far. Raises :class:`~scheduler.errors.ContradictionError` when the locks
    cannot all hold and :class:`~scheduler.errors.NoRosterError` when stopped before there was any roster.
    """
    return _Run(instance, config or SolveConfig(), on_progress, stop or threading.Event()).execute()


class _Run:
    def __init__(
        self, instance: Instance, config: SolveConfig, on_progress: Reporter | None, stop: threading.Event
    ) -> None:
        self._instance = instance
        self._config = config
        self._on_progress = on_progress
        self._clock = Clock(config, stop)
        self._timeline: list[Progress] = []
        self._bounds: dict[Level, int] = dict.fromkeys((*COVERAGE_LEVELS, Level.QUALITY), 0)
        self._lock = threading.Lock()

    def execute(self) -> Result:
        self._pool = pool = Pool(declare(self._instance))
        self._models = [LineModel(pool, person, soft=False) for person in range(len(pool.people))]
        self._classes = posting_classes(pool)
        prover = self._start_proof()
        builder = Builder(pool, self._models, self._config.seed)
        shift, spot = builder.build(self._clock.stop.is_set)
        best = Incumbent.of(pool, HeadCount(pool), shift, spot)
        if self._clock.stop.is_set() and not len(best.roster):
            raise NoRosterError("stopped before there was a roster")
        self._report("first roster", best)
        if self._config.reproducible:
            prover.join()
        best = self._improve(best)
        prover.join()
        best = self._refine(best)
        return self._result(best)

    # -- bounds --------------------------------------------------------------------------------------------------------

    def _start_proof(self) -> threading.Thread:
        prover = threading.Thread(target=self._prove, daemon=True)
        prover.start()
        return prover

    def _prove(self) -> None:
        reach = attainable(self._models, self._pool)
        staff(
            self._pool,
            attainable=reach,
            deadline=self._clock.began + max(self._clock.left(0.9), 1.0),
            seed=self._config.seed,
            on_level=self._proven,
            stop=self._clock.stop,
        )

    def _proven(self, level: Level, value: int | None, bound: int) -> None:
        with self._lock:
            self._bounds[level] = max(self._bounds[level], bound)
        self._emit(Progress(
            elapsed_s=self._clock.elapsed, stage="staffing", level=level.name.lower(), value=value, bound=bound, gap=None
        ))  # fmt: skip

    # -- search --------------------------------------------------------------------------------------------------------

    def _limits(self, seconds: float) -> Limits:
        return Limits(
            seconds, self._config.workers, self._config.seed, self._config.reproducible, self._clock.stop
        )

    def _improvers(self) -> list[Improver]:
        groups = components(self._pool, self._classes)
        return [
            Improver(self._pool, self._classes, [p for c in group for p in self._classes[c]], self._config.seed + i)
            for i, group in enumerate(groups)
        ]

    def _improve(self, best: Incumbent) -> Incumbent:
        """Coverage, component by component, until every level is proven or the time for it is used."""
        improvers = self._improvers()
        done: set[int] = set()
        turn = 0
        while self._clock.left(COVERAGE_SHARE) > 0 and not self._covered(best) and len(done) < len(improvers):
            position = turn % len(improvers)
            turn += 1
            if position in done:
                continue
            improver = improvers[position]
            found = improver.coverage(best, self._limits(min(STEP_S, self._clock.left(COVERAGE_SHARE))))
            self._clock.charge(improver.spent)
            if improver.proven:
                done.add(position)
            if found.better_coverage(best):
                best = found
                self._report("coverage", best)
        return best

    def _covered(self, best: Incumbent) -> bool:
        required = self._pool.required
        return all(
            value - self._bounds[level] <= self._config.gap * required[level]
            for level, value in zip(COVERAGE_LEVELS, best.coverage, strict=True)
        )

    def _refine(self, best: Incumbent) -> Incumbent:
        """Quality with coverage held, until the time is used."""
        improvers = self._improvers()
        self._report("quality", best)
        turn = 0
        while self._clock.left() > 0.5 and best.quality > self._bounds[Level.QUALITY]:
            improver = improvers[turn % len(improvers)]
            step = improver.posts if turn // len(improvers) % 3 == 2 else improver.quality
            turn += 1
            found = step(best, self._limits(min(STEP_S, self._clock.left())))
            self._clock.charge(improver.spent)
            if found.better(best):
                best = found
                self._report("quality", best)
        return best

    # -- telling -------------------------------------------------------------------------------------------------------

    def _emit(self, progress: Progress) -> None:
        with self._lock:
            self._timeline.append(progress)
        if self._on_progress is not None:
            self._on_progress(progress)

    def _report(self, stage: str, best: Incumbent) -> None:
        values = dict(zip(COVERAGE_LEVELS, best.coverage, strict=True))
        if stage == "quality":
            values[Level.QUALITY] = best.quality
        for level, value in values.items():
            result = self._level(level, value)
            self._emit(Progress(
                elapsed_s=self._clock.elapsed, stage=stage, level=result.name, value=value, bound=result.bound, gap=result.gap
            ))  # fmt: skip

    def _level(self, level: Level, value: int) -> LevelResult:
        return LevelResult(
            name=level.name.lower(), value=value, bound=min(self._bounds[level], value), required=self._pool.required.get(level, 0)
        )

    def _result(self, best: Incumbent) -> Result:
        roster = best.roster
        measured = score(self._pool.problem, roster).levels
        findings = audit(self._instance, roster)
        levels = tuple(self._level(level, measured[level]) for level in (*COVERAGE_LEVELS, Level.QUALITY))
        if hard_findings(findings):
            status = Status.REJECTED
        elif self._clock.stop.is_set():
            status = Status.INTERRUPTED
        else:
            status = Status.OPTIMAL if all(level.proven for level in levels) else Status.FEASIBLE
        targets = next(level for level in levels if level.name == Level.TARGETS.name.lower())
        record = RunRecord(
            status=status,
            levels=levels,
            coverage=Coverage(
                required_minutes=targets.required, short_minutes=targets.value, short_bound=targets.bound
            ),
            wall_s=round(self._clock.elapsed, 3),
            seed=self._config.seed,
            workers=1 if self._config.reproducible else self._config.workers,
            reproducible=self._config.reproducible,
            versions=versions(),
            instance_sha256=self._instance.sha256,
            timeline=tuple(self._timeline),
        )
        return Result(roster, record, findings, shortages(self._instance, roster))


def versions() -> Mapping[str, str]:
    """Versions of what decides the outcome of a run."""
    names = ("vigie", "ortools", "numba", "numpy", "pydantic")
    found = {"python": platform.python_version()}
    for name in names:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "source"
    return found

