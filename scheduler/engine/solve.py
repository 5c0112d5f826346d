"""The whole way from an instance to an audited roster with its proof.

First a legal roster, then the staffing bounds beside the search, which works on all components side by side: coverage until it is
proven or its share of the time is used, then quality with coverage held. The best roster is kept at every moment.
"""

from __future__ import annotations

import importlib.metadata
import platform
import threading
from collections.abc import Callable, Mapping

from scheduler.audit import audit, hard_findings
from scheduler.config import SolveConfig
from scheduler.constraints import COVERAGE_LEVELS, Level
from scheduler.engine.clock import Clock
from scheduler.engine.cores import cores
from scheduler.engine.cpsat.joint import is_small, solve_joint
from scheduler.engine.cpsat.search import Limits
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lanes import Lanes
from scheduler.engine.lines.programme import LineModel
from scheduler.engine.moves.construct import Builder
from scheduler.engine.pool import Pool
from scheduler.engine.proof.prover import Order, Prover
from scheduler.engine.track import LAST_S, Track, tracks
from scheduler.errors import NoRosterError
from scheduler.instance import Instance
from scheduler.result import Coverage, LevelResult, Progress, Result, RunRecord, Status
from scheduler.rules import declare
from scheduler.score import score
from scheduler.shortages import shortages

PROOF_SHARE = 0.9
"""Share of the time limit after which the proof takes what it has."""
JOINT_SHARE = 0.9
"""Share of the time limit after which the joint model of a small pool ends."""
UNHURRIED_S = 7 * 24 * 3600.0
"""The proof's time in a reproducible run."""

Reporter = Callable[[Progress], None]


def solve_whole(
    instance: Instance,
    config: SolveConfig | None = None,
    *,
    on_progress: Reporter | None = None,
    stop: threading.Event | None = None,
) -> Result:
    """The best roster of a horizon in one piece within the limits, audited, with a valid bound for every level.

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
        self._prover: Prover | None = None
        self._exact: dict[Level, int] = {}
        """Bounds of the joint model, where it was used."""
        self._lock = threading.Lock()

    def execute(self) -> Result:
        self._pool = pool = Pool(declare(self._instance))
        models = [LineModel(pool, person, soft=False) for person in range(len(pool.people))]
        builder = Builder(pool, models, self._config.seed)
        self._build_s = self._clock.elapsed
        shift, spot = builder.build(self._clock.stop.is_set)
        best = Incumbent.of(pool, HeadCount(pool), shift, spot)
        if self._clock.stop.is_set() and not len(best.roster):
            raise NoRosterError("stopped before there was a roster")
        self._report("first roster", best)
        if is_small(pool):
            return self._result(self._in_one_shot(best))
        # In a reproducible run the proof takes the time it needs, and the search does not look at it.
        patience = UNHURRIED_S if self._config.reproducible else PROOF_SHARE * self._config.time_limit_s
        self._prover = Prover(Order(self._instance, shift, patience), self._proven)
        try:
            count = 1 if self._config.reproducible else min(self._config.workers, cores())
            began = self._clock.elapsed
            found = tracks(pool, models, self._config, self._clock, count)
            self._build_s += self._clock.elapsed - began
            best = self._improve(best, Lanes(found, count))
            if self._config.reproducible:
                self._prover.join(self._clock.stop)
        finally:
            self._prover.close()
        return self._result(best)

    # -- bounds --------------------------------------------------------------------------------------------------------

    def _proven(self, level: Level) -> None:
        bound = self._bound(level, self._best.values)
        self._emit(Progress(
            elapsed_s=self._clock.elapsed, stage="proof", level=level.name.lower(), value=None, bound=bound, gap=None
        ))  # fmt: skip

    def _bound(self, level: Level, values: Mapping[Level, int]) -> int:
        """What nobody can beat at a level with these values at the earlier ones."""
        if level in self._exact:
            return self._exact[level]
        return 0 if self._prover is None else self._prover.bound(level, values)

    # -- search --------------------------------------------------------------------------------------------------------

    def _in_one_shot(self, best: Incumbent) -> Incumbent:
        """A small pool: every level to proof in the joint model."""

        def limits() -> Limits:
            config = self._config
            seconds = max(0.1, self._clock.left(JOINT_SHARE))
            return Limits(seconds, config.workers, config.seed, config.reproducible, self._clock.stop)

        found = solve_joint(self._pool, best, limits)
        self._exact = found.bounds
        self._report("quality", found.incumbent)
        return found.incumbent

    def _improve(self, best: Incumbent, lanes: Lanes) -> Incumbent:
        """Every component on its track, coverage before quality, until the time is used."""

        def keep_going(best: Incumbent) -> bool:
            covered = self._covered(best)
            if covered:
                lanes.settle()
            return self._clock.left() > LAST_S and not (
                covered and best.quality <= self._bound(Level.QUALITY, best.values)
            )

        def told(track: Track, before: Incumbent, after: Incumbent) -> None:
            self._clock.charge(track.work)
            if after is not before:
                self._report(f"{track.stage}: {track.method}", after)

        best = lanes.run(best, keep_going, told)
        self._report("quality", best)
        return best

    def _covered(self, best: Incumbent) -> bool:
        if self._config.reproducible:
            return False
        required = self._pool.problem.required
        values = best.values
        return all(
            value - self._bound(level, values) <= self._config.gap * required[level] for level, value in values.items()
        )

    # -- telling -------------------------------------------------------------------------------------------------------

    def _emit(self, progress: Progress) -> None:
        with self._lock:
            self._timeline.append(progress)
        if self._on_progress is not None:
            self._on_progress(progress)

    def _report(self, stage: str, best: Incumbent) -> None:
        self._best = best
        values = best.values
        if stage.startswith("quality"):
            values[Level.QUALITY] = best.quality
        for level, value in values.items():
            result = self._level(level, values)
            self._emit(Progress(
                elapsed_s=self._clock.elapsed, stage=stage, level=result.name, value=value, bound=result.bound, gap=result.gap
            ))  # fmt: skip

    def _level(self, level: Level, values: Mapping[Level, int]) -> LevelResult:
        return LevelResult(
            name=level.name.lower(),
            value=values[level],
            bound=self._bound(level, values),
            required=self._pool.problem.required.get(level, 0),
        )

    def _result(self, best: Incumbent) -> Result:
        roster = best.roster
        measured = score(self._pool.problem, roster).levels
        findings = audit(self._instance, roster)
        levels = tuple(self._level(level, measured) for level in (*COVERAGE_LEVELS, Level.QUALITY))
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
            build_s=round(self._build_s, 3),
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
