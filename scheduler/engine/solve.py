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
from scheduler.engine.columns import Columns
from scheduler.engine.construct import Builder
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.joint import is_small, solve_joint
from scheduler.engine.lines import LineModel
from scheduler.engine.neighbourhoods import Improver
from scheduler.engine.pool import Pool
from scheduler.engine.portfolio import Portfolio, Way
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
COVERAGE_SHARE = 0.75
"""Share of the time limit after which quality takes over, proven or not."""
RUIN_S = 3.0
"""One turn of ruin and recreate, in seconds."""
DIVE_S = 25.0
"""Longest dive, in seconds; what is still open is then rounded."""
MOVES_PER_S = 100
"""Moves of ruin and recreate that stand for a second in a reproducible run."""

Reporter = Callable[[Progress], None]
Step = Callable[[Incumbent, Limits], Incumbent]


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
        self._quality_bound = 0
        self._exact: dict[Level, int] = {}
        """Bounds of the joint model, where it was used."""
        self._failure: BaseException | None = None
        self._lock = threading.Lock()

    def execute(self) -> Result:
        self._pool = pool = Pool(declare(self._instance))
        self._models = [LineModel(pool, person, soft=False) for person in range(len(pool.people))]
        self._improvers = self._compile_improvers()
        self._builder = Builder(pool, self._models, self._config.seed)
        shift, spot = self._builder.build(self._clock.stop.is_set)
        best = Incumbent.of(pool, HeadCount(pool), shift, spot)
        self._best = best
        self._prover = self._start_proof(best)
        if self._clock.stop.is_set() and not len(best.roster):
            raise NoRosterError("stopped before there was a roster")
        self._report("first roster", best)
        if self._config.reproducible:
            self._prover.join()
        if is_small(pool):
            return self._result(self._in_one_shot(best))
        best = self._improve(best)
        self._prover.join()
        if self._failure is not None:
            raise self._failure
        best = self._refine(best)
        return self._result(best)

    def _compile_improvers(self) -> list[tuple[list[int], Improver]]:
        """The people of every component, and the search that improves their part of the roster."""
        classes = posting_classes(self._pool)
        groups = components(self._pool, classes)
        self._columns = Columns(self._pool, self._models)
        members_of = [[p for c in group for p in classes[c]] for group in groups]
        return [
            (members, Improver(self._pool, classes, members, self._config.seed + position))
            for position, members in enumerate(members_of)
        ]

    # -- bounds --------------------------------------------------------------------------------------------------------

    def _start_proof(self, first: Incumbent) -> threading.Thread:
        self._columns.offer(first)
        prover = threading.Thread(target=self._prove, daemon=True)
        prover.start()
        return prover

    def _prove(self) -> None:
        try:
            self._columns.prove(lambda: self._best.values, lambda: self._clock.left(PROOF_SHARE), self._proven)
        except BaseException as error:
            self._failure = error

    def _proven(self, level: Level) -> None:
        self._emit(Progress(
            elapsed_s=self._clock.elapsed, stage="proof", level=level.name.lower(), value=None, bound=self._bound(level, self._best.values), gap=None
        ))  # fmt: skip

    def _bound(self, level: Level, values: Mapping[Level, int]) -> int:
        """What nobody can beat at a level with these values at the earlier ones."""
        if level in self._exact:
            return self._exact[level]
        return self._quality_bound if level is Level.QUALITY else self._columns.bound(level, values)

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

    def _ruin(self, ruin: Ruin, share: float) -> Way:
        """A few seconds of ruin and recreate as a way of the portfolio."""

        def run(best: Incumbent) -> tuple[Incumbent, float]:
            began = self._clock.elapsed
            if self._config.reproducible:
                budget = round(min(RUIN_S, self._clock.left(share)) * MOVES_PER_S)
                return ruin.run(
                    best, lambda moves: moves < budget and not self._clock.stop.is_set()
                ), budget / MOVES_PER_S
            until = began + min(RUIN_S, self._clock.left(share))
            found = ruin.run(best, lambda _: self._clock.elapsed < until and not self._clock.stop.is_set())
            return found, self._clock.elapsed - began

        return Way("ruin and recreate", run)

    def _dive(self, members: list[int], improver: Improver) -> Way:
        """Once the proof is there: a roster read off the linear program, taken if it is better after repair."""

        def run(best: Incumbent) -> tuple[Incumbent, float]:
            began = self._clock.elapsed
            way.done = True
            lines = self._columns.dive(
                members, lambda: min(DIVE_S - self._clock.elapsed + began, self._clock.left(COVERAGE_SHARE))
            )
            if not lines:
                return best, self._clock.elapsed - began
            heads = self._builder.heads
            heads.load(best.shift, best.spot)
            self._builder.place_lines(lines)
            spot = improver.settle(
                heads.shift.copy(), heads.spot.copy(), self._limits(self._clock.left(COVERAGE_SHARE))
            )
            heads.load(heads.shift.copy(), spot)
            self._builder.repair()
            found = Incumbent(self._pool, heads.shift.copy(), heads.spot.copy(), tuple(heads.values().values()))
            ruin = Ruin(self._pool, self._builder, members, self._config.seed)
            until = self._clock.elapsed + RUIN_S
            found = ruin.run(found, lambda _: self._clock.elapsed < until)
            return (found if found.better_coverage(best) else best), self._clock.elapsed - began

        way = Way("dive", run, ready=lambda: not self._prover.is_alive())
        return way

    def _in_one_shot(self, best: Incumbent) -> Incumbent:
        """A small pool: every level to proof in the joint model."""
        self._prover.join()
        found = solve_joint(self._pool, best, lambda: self._limits(max(0.1, self._clock.left(0.9))))
        self._exact = found.bounds
        self._report("quality", found.incumbent)
        return found.incumbent

    def _improve(self, best: Incumbent) -> Incumbent:
        """Coverage, component by component, until every level is proven or the time for it is used."""
        ruins, parts, dives = [], [], []
        for position, (members, improver) in enumerate(self._improvers):
            ruins.append(
                self._ruin(Ruin(self._pool, self._builder, members, self._config.seed + position), COVERAGE_SHARE)
            )
            parts.append(self._search("neighbourhood", improver, improver.coverage, COVERAGE_SHARE))
            dives.append(self._dive(members, improver))
        # The smallest components first: a neighbourhood may hold them whole, and CP-SAT leaves Python to the proof meanwhile.
        ways = ruins + parts[::-1] + dives
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
        ways: list[Way] = []
        for _, improver in self._improvers:
            ways.append(self._search("quality", improver, improver.quality, 1.0))
            ways.append(self._search("posts", improver, improver.posts, 1.0))
        portfolio = Portfolio(ways, self._config.seed)
        self._report("quality", best)
        while self._clock.left() > 0.5 and best.quality > self._quality_bound:
            way = portfolio.next()
            found, spent = way.step(best)
            way.done = False
            self._clock.charge(spent)
            Portfolio.learn(way, best.quality - found.quality, spent)
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
        self._best = best
        values = best.values
        if stage == "quality":
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
