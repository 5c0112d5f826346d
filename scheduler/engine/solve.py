"""The whole way from an instance to an audited roster with its proof.

First a legal roster, then the staffing bounds beside the first improvements, then coverage until it is proven or its share of
the time is used, then quality with coverage held. The best roster is kept at every moment.
"""

from __future__ import annotations

import importlib.metadata
import platform
import threading
from collections.abc import Callable, Mapping
from typing import Protocol

from scheduler.audit import audit, hard_findings
from scheduler.config import SolveConfig
from scheduler.constraints import COVERAGE_LEVELS, Level
from scheduler.engine.classes import components, posting_classes
from scheduler.engine.clock import Clock
from scheduler.engine.construct import Builder
from scheduler.engine.exchange import Exchange
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.joint import is_small, solve_joint
from scheduler.engine.lines import LineModel
from scheduler.engine.neighbourhoods import Improver
from scheduler.engine.polish import Polish
from scheduler.engine.pool import Pool
from scheduler.engine.portfolio import Portfolio, Way
from scheduler.engine.prover import Order, Prover
from scheduler.engine.ruin import Ruin
from scheduler.engine.search import Limits
from scheduler.errors import NoRosterError
from scheduler.instance import Instance
from scheduler.result import Coverage, LevelResult, Progress, Result, RunRecord, Status
from scheduler.rules import declare
from scheduler.score import score
from scheduler.shortages import shortages

PROOF_SHARE = 0.6
"""Share of the time limit after which the proof takes what it has."""
PROOF_ALONE = 0.3
"""Share of the time limit after which CP-SAT no longer waits for the proof."""
COVERAGE_SHARE = 0.75
"""Share of the time limit after which quality takes over, proven or not."""
TURN_S = 3.0
"""One turn of small moves, in seconds."""
RUINS_PER_S, POLISHES_PER_S, EXCHANGES_PER_S = 100, 100, 5000
"""Moves that stand for a second in a reproducible run."""

Reporter = Callable[[Progress], None]
Step = Callable[[Incumbent, Limits], Incumbent]


class Mover(Protocol):
    """Anything that improves a roster by many small moves, as long as it is told to go on."""

    def run(self, incumbent: Incumbent, keep_going: Callable[[int], bool]) -> Incumbent: ...


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
        self._models = [LineModel(pool, person, soft=False) for person in range(len(pool.people))]
        self._builder = Builder(pool, self._models, self._config.seed)
        shift, spot = self._builder.build(self._clock.stop.is_set)
        best = Incumbent.of(pool, HeadCount(pool), shift, spot)
        if self._clock.stop.is_set() and not len(best.roster):
            raise NoRosterError("stopped before there was a roster")
        self._report("first roster", best)
        if is_small(pool):
            return self._result(self._in_one_shot(best))
        self._improvers = self._compile_improvers()
        self._prover = Prover(Order(self._instance, shift, PROOF_SHARE * self._config.time_limit_s), self._proven)
        try:
            if self._config.reproducible:
                # What is proven by when must not decide how the search goes on.
                self._prover.join(self._clock.stop)
            best = self._refine(self._improve(best))
        finally:
            self._prover.close()
        return self._result(best)

    def _compile_improvers(self) -> list[tuple[list[int], Improver]]:
        """The people of every component, and the search that improves their part of the roster."""
        classes = posting_classes(self._pool)
        groups = components(self._pool, classes)
        members_of = [[p for c in group for p in classes[c]] for group in groups]
        return [
            (members, Improver(self._pool, classes, members, self._config.seed + position))
            for position, members in enumerate(members_of)
        ]

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
        if level is Level.QUALITY or self._prover is None or self._prover.bounds is None:
            return 0
        return self._prover.bounds.of(level, values)

    # -- search --------------------------------------------------------------------------------------------------------

    def _limits(self, seconds: float) -> Limits:
        return Limits(seconds, self._config.workers, self._config.seed, self._config.reproducible, self._clock.stop)

    def _search(self, name: str, improver: Improver, step: Step, share: float) -> Way:
        """A CP-SAT neighbourhood as a way of the portfolio."""

        def run(best: Incumbent) -> tuple[Incumbent, float]:
            began = self._clock.elapsed
            found = step(best, self._limits(min(improver.patience, self._clock.left(share))))
            way.done = way.done or improver.proven
            return found, improver.spent if self._config.reproducible else self._clock.elapsed - began

        way = Way(name, run)
        return way

    def _moves(self, name: str, mover: Mover, per_second: int, share: float) -> Way:
        """A few seconds of small moves as a way of the portfolio; a reproducible run counts moves instead."""

        def run(best: Incumbent) -> tuple[Incumbent, float]:
            began = self._clock.elapsed
            seconds = min(TURN_S, self._clock.left(share))
            if self._config.reproducible:
                budget = max(1, round(seconds * per_second))
                return mover.run(best, lambda moves: moves < budget and not self._clock.stop.is_set()), seconds
            until = began + seconds
            found = mover.run(best, lambda _: self._clock.elapsed < until and not self._clock.stop.is_set())
            return found, self._clock.elapsed - began

        return Way(name, run)

    def _in_one_shot(self, best: Incumbent) -> Incumbent:
        """A small pool: every level to proof in the joint model."""
        found = solve_joint(self._pool, best, lambda: self._limits(max(0.1, self._clock.left(0.9))))
        self._exact = found.bounds
        self._report("quality", found.incumbent)
        return found.incumbent

    def _improve(self, best: Incumbent) -> Incumbent:
        """Coverage, component by component, until every level is proven or the time for it is used."""
        ruins, parts = [], []
        for position, (members, improver) in enumerate(self._improvers):
            ruin = Ruin(self._pool, self._builder, members, self._config.seed + position)
            ruins.append(self._moves("ruin and recreate", ruin, RUINS_PER_S, COVERAGE_SHARE))
            part = self._search("neighbourhood", improver, improver.coverage, COVERAGE_SHARE)
            # CP-SAT wants every core: not before the proof has its bounds, unless that takes too long.
            part.ready = lambda: self._prover is None or self._prover.settled or self._clock.left(PROOF_ALONE) <= 0
            parts.append(part)
        ways = ruins + parts[::-1]
        portfolio = Portfolio(ways, self._config.seed)
        while self._clock.left(COVERAGE_SHARE) > 0 and not self._covered(best) and not portfolio.exhausted:
            way = portfolio.next()
            found, spent = way.step(best)
            self._clock.charge(spent)
            Portfolio.learn(way, _worth(best.coverage) - _worth(found.coverage), spent)
            if found.better_coverage(best):
                self._report(way.name, found)
            best = found
        return best

    def _covered(self, best: Incumbent) -> bool:
        required = self._pool.required
        values = best.values
        return all(
            value - self._bound(level, values) <= self._config.gap * required[level] for level, value in values.items()
        )

    def _refine(self, best: Incumbent) -> Incumbent:
        """Quality with coverage held, until the time is used."""
        pool, seed = self._pool, self._config.seed
        models = [LineModel(pool, person, soft=True) for person in range(len(pool.people))]
        exchange = Exchange(pool, models, posting_classes(pool), seed)
        ways = [self._moves("exchange", exchange, EXCHANGES_PER_S, 1.0)] if exchange.possible else []
        for position, (members, improver) in enumerate(self._improvers):
            polish = Polish(pool, self._builder, models, members, seed + position)
            ways.append(self._moves("polish", polish, POLISHES_PER_S, 1.0))
            ways.append(self._search("quality", improver, improver.quality, 1.0))
            ways.append(self._search("posts", improver, improver.posts, 1.0))
        portfolio = Portfolio(ways, self._config.seed)
        self._report("quality", best)
        while self._clock.left() > 0.5 and best.quality > self._bound(Level.QUALITY, best.values):
            way = portfolio.next()
            found, spent = way.step(best)
            way.done = False
            self._clock.charge(spent)
            Portfolio.learn(way, best.quality - found.quality, spent)
            if found.better(best):
                self._report(f"quality: {way.name}", found)
            best = found
        return best

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


def _worth(coverage: tuple[int, ...]) -> float:
    """Coverage values as one figure, for comparing how fast ways improve them; the order of levels is kept elsewhere."""
    return float(sum(value * weight for value, weight in zip(coverage, (20, 20, 1), strict=True)))


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
