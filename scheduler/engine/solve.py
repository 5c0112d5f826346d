"""The whole way from an instance to an audited roster with its proof.

First a legal roster, then the staffing bounds beside the first improvements, then coverage until it is proven or its share of
the time is used, then quality with coverage held. Small moves and CP-SAT searches run side by side, on different components.
The best roster is kept at every moment.
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
from scheduler.engine.cpsat.joint import is_small, solve_joint
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines.programme import LineModel
from scheduler.engine.moves.construct import Builder
from scheduler.engine.pool import Pool
from scheduler.engine.portfolio import Portfolio, Way
from scheduler.engine.proof.prover import Order, Prover
from scheduler.engine.side import Side
from scheduler.engine.ways import Ways
from scheduler.errors import NoRosterError
from scheduler.instance import Instance
from scheduler.result import Coverage, LevelResult, Progress, Result, RunRecord, Status
from scheduler.rules import declare
from scheduler.score import score
from scheduler.shortages import shortages

PROOF_SHARE = 0.6
"""Share of the time limit after which the proof takes what it has."""
COVERAGE_SHARE = 0.75
"""Share of the time limit after which only quality counts, proven or not."""
LARGEST = 0
"""Position of the largest component."""
STALLED = 5
"""Turns of small moves with next to no gain after which they go for quality, while CP-SAT stays with coverage."""
TRIFLE = 0.001
"""Share of the shortage that is next to no gain."""
COVERAGE_POINTS = 10
"""Points of quality that a minute of a target is worth when ways are compared."""
UNHURRIED_S = 7 * 24 * 3600.0
"""The proof's time in a reproducible run."""
LAST_S = 0.5
"""Seconds kept for the audit and the record."""

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
        self._prover: Prover | None = None
        self._exact: dict[Level, int] = {}
        """Bounds of the joint model, where it was used."""
        self._lock = threading.Lock()

    def execute(self) -> Result:
        self._pool = pool = Pool(declare(self._instance))
        models = [LineModel(pool, person, soft=False) for person in range(len(pool.people))]
        builder = Builder(pool, models, self._config.seed)
        shift, spot = builder.build(self._clock.stop.is_set)
        best = Incumbent.of(pool, HeadCount(pool), shift, spot)
        if self._clock.stop.is_set() and not len(best.roster):
            raise NoRosterError("stopped before there was a roster")
        self._report("first roster", best)
        self._ways = Ways(pool, models, builder, self._config, self._clock)
        if is_small(pool):
            return self._result(self._in_one_shot(best))
        # In a reproducible run the proof takes the time it needs, and the search does not look at it.
        patience = UNHURRIED_S if self._config.reproducible else PROOF_SHARE * self._config.time_limit_s
        self._prover = Prover(Order(self._instance, shift, patience), self._proven)
        try:
            best = self._refine(self._improve(best))
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
        found = solve_joint(self._pool, best, lambda: self._ways.limits(max(0.1, self._clock.left(0.9))))
        self._exact = found.bounds
        self._report("quality", found.incumbent)
        return found.incumbent

    def _improve(self, best: Incumbent) -> Incumbent:
        """Coverage, until every level is proven, its share of the time is used, or small moves lead nowhere any more.

        In that case they turn to the quality of the largest component, while CP-SAT stays with the coverage of the others.
        """
        ways = self._ways
        searches = ways.neighbourhoods(COVERAGE_SHARE)
        best = self._search(best, ways.ruins(), searches, COVERAGE_SHARE, self._covered, "coverage")
        if self._sequential or self._covered(best):
            return best
        others = [way for way in searches if way.component != LARGEST]
        largest = [way for way in ways.shakes() + ways.refinements() if way.component == LARGEST]
        return self._search(best, largest, others, COVERAGE_SHARE, self._covered, "quality")

    def _refine(self, best: Incumbent) -> Incumbent:
        """Quality with coverage held, until the time is used."""
        self._report("quality", best)
        ways = self._ways
        return self._search(best, ways.shakes() + ways.refinements(), [], 1.0, lambda _: False, "quality")

    @property
    def _sequential(self) -> bool:
        return self._config.reproducible or self._config.workers == 1 or not self._ways.divided

    def _search(
        self,
        best: Incumbent,
        moves: list[Way],
        searches: list[Way],
        share: float,
        done: Callable[[Incumbent], bool],
        stage: str,
    ) -> Incumbent:
        """Small moves here, CP-SAT searches beside them; all here, one after the other, where only one may run."""
        worth = _worth if stage == "coverage" else _worth_of_all
        if self._sequential:
            moves, searches = moves + searches, []
        portfolio = Portfolio(moves, self._config.seed)
        side = Side(self._pool, Portfolio(searches, self._config.seed), worth)
        self._ways.interrupted = lambda: side.ready
        spare = LAST_S if share == 1.0 else 0.0
        idle = 0
        while self._clock.left(share) > spare and not done(best) and not (portfolio.exhausted and side.exhausted):
            best = self._kept(best, side.tend(best), f"{stage}: CP-SAT")
            if portfolio.exhausted:
                side.wait(0.1)
                continue
            before = best
            best = self._step(portfolio.next(side.component), portfolio, best, worth, stage)
            idle = 0 if worth(before) - worth(best) > TRIFLE * worth(before) else idle + 1
            if searches and idle >= STALLED and stage == "coverage":
                break
        return self._kept(best, side.close(best), f"{stage}: CP-SAT")

    def _kept(self, before: Incumbent, after: Incumbent, stage: str) -> Incumbent:
        if after is not before:
            self._report(stage, after)
        return after

    def _covered(self, best: Incumbent) -> bool:
        if self._config.reproducible:
            return False
        required = self._pool.required
        values = best.values
        return all(
            value - self._bound(level, values) <= self._config.gap * required[level] for level, value in values.items()
        )

    def _step(
        self, way: Way, portfolio: Portfolio, best: Incumbent, worth: Callable[[Incumbent], float], stage: str
    ) -> Incumbent:
        """One turn of one way; the roster it leaves, which is never worse."""
        found, spent = way.step(best)
        self._clock.charge(spent)
        gain = worth(best) - worth(found)
        portfolio.learn(way, gain, spent)
        if gain > 0:
            self._report(f"{stage}: {way.name}", found)
        return found

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
            required=self._pool.required.get(level, 0),
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
        )
        return Result(roster, record, findings, shortages(self._instance, roster))


def _worth(roster: Incumbent) -> float:
    """Coverage as one figure, for comparing how fast ways improve it; the order of levels is kept elsewhere."""
    return float(sum(value * weight for value, weight in zip(roster.coverage, (20, 20, 1), strict=True)))


def _worth_of_all(roster: Incumbent) -> float:
    """Quality too, far behind coverage."""
    return COVERAGE_POINTS * _worth(roster) + roster.quality


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
