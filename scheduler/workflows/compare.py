"""Strategies held against each other: the same people, demand and seeds, and what is proven of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from scheduler.analysis.staffing_words import Matched
from scheduler.analysis.strategy_comparison import Compared, StrategyComparison
from scheduler.analysis.strategy_figures import strategy_figures
from scheduler.analysis.verdict import Levels, attained, within
from scheduler.backends.backend import Backend
from scheduler.config import SolveConfig
from scheduler.errors import InputError, InputProblem, OutputError, VigieError
from scheduler.horizon.blocks import first_weeks
from scheduler.messages.message import Message
from scheduler.problem.facts import Pooling
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.problem.staffing import with_more
from scheduler.problem.strategy import Dropped, Strategy, apply
from scheduler.result import Progress, RunRecord, Status
from scheduler.rules.audit import broken_rules
from scheduler.rules.demand import counted, targets_priced
from scheduler.system.file_names import safe_stem
from scheduler.system.safe_output import make_folder, refuse_unwritable
from scheduler.system.versions import rules_digest
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Level
from scheduler.workbook.read import Reading, read
from scheduler.workflows import run_log
from scheduler.workflows.staffing import curves_of
from scheduler.workflows.strategies import STRATEGIES


@dataclass(frozen=True)
class Run:
    """A roster of one strategy from one seed, and where it is."""

    seed: int
    instance: Instance
    roster: Roster
    record: RunRecord
    path: Path
    resumed: bool = False
    unlogged: Message | None = None
    """Why it is not in the log of runs; None where it is."""

    @property
    def finished(self) -> bool:
        """Whether it had all of its time: neither was it stopped, nor was what it ran on lost."""
        return self.record.status is not Status.INTERRUPTED


@dataclass(frozen=True)
class Outcome:
    """What became of one strategy: its ``runs``, in order of seeds, and what went wrong with it, if anything did."""

    strategy: Strategy
    dropped: Dropped
    runs: tuple[Run, ...] = ()
    error: VigieError | None = None

    @property
    def best(self) -> Run | None:
        """The run with the best roster, level by level."""
        return min(self.runs, key=lambda run: [level.value for level in run.record.levels], default=None)

    @property
    def levels(self) -> Levels:
        """What it attains; empty where there is no run. Targets that are points of the quality level are no level."""
        found = attained([run.record.levels for run in self.runs]) if self.runs else ()
        return tuple(counted(self.runs[0].instance, found)) if found else ()

    @property
    def priced(self) -> bool:
        """Whether targets are weighed as points."""
        return bool(self.runs) and targets_priced(self.runs[0].instance)


@dataclass(frozen=True)
class Comparison:
    """All strategies, in the order in which they were asked for: their runs, and what is said of them."""

    outcomes: tuple[Outcome, ...]
    compared: StrategyComparison


@dataclass(frozen=True)
class Plan:
    """What is to be run: strategies, seeds, the facts they are applied to, and the folder of the rosters."""

    reading: Reading
    strategies: tuple[Strategy, ...]
    seeds: tuple[int, ...]
    folder: Path
    weeks: int | None = None
    """The first weeks of the period, where not all of it is compared."""

    @cached_property
    def instance(self) -> Instance:
        """The facts that strategies are applied to. Raises :class:`InputError` where the period has fewer weeks."""
        given = self.reading.instance
        if self.weeks is None:
            return given
        if 7 * self.weeks > given.days:
            message = Message("weeks_too_many", "is longer than the period, which has {days} days.", days=given.days)
            raise InputError([InputProblem("--weeks", str(self.weeks), message)])
        return first_weeks(given, self.weeks)

    def path(self, strategy: Strategy, seed: int) -> Path:
        """Where the roster of a strategy and a seed is kept."""
        return self.folder / f"{safe_stem(strategy.name)}-{seed}.xlsx"

    @property
    def alone(self) -> tuple[Strategy, ...]:
        """What is solved first for those that ask what each zone misses alone."""
        return tuple(item.alone(self.strategies) for item in self.strategies if item.needs_alone)

    def make_room(self, *, force: bool) -> None:
        """Make the folder. Raises :class:`InputError` if two strategies would be kept in one file, and :class:`OutputError` if a
        roster could not be written there, or stands there already and there is no ``force``."""
        names = {item.name: item for item in self.strategies}
        if taken := [item.name for item in self.alone if names.get(item.name, item) != item]:
            message = Message("strategy_name_taken", "is the name of what each zone misses alone: give it another one.")
            raise InputError([InputProblem(STRATEGIES, name, message) for name in taken])
        make_folder(self.folder)
        for strategy in (*self.alone, *self.strategies):
            for seed in self.seeds:
                path = self.path(strategy, seed)
                if path.is_file() and not force:
                    message = Message(
                        "compare_kept",
                        "{path} is of an earlier comparison; add --resume to take it up, or --force to solve it again.",
                        path=str(path),
                    )
                    raise OutputError(message)
                refuse_unwritable(path, force=force, suffix=".xlsx")


def compare(
    plan: Plan,
    config: SolveConfig,
    *,
    resume: bool = False,
    force: bool = False,
    staffing: bool = False,
    on_run: Callable[[Strategy, int], None] = lambda *_: None,
    on_progress: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
    backend: Backend | None = None,
) -> Comparison:
    """Solve every strategy with every seed, and hold them against each other.

    On a cluster runs go side by side where it has workers for the pools of several, and ``on_progress`` is told nothing; else one
    after the other. Each roster is written as a workbook as soon as it is there; with ``resume`` those that fit are taken up
    again, those that were stopped before their end go on, and those that do not fit fail their strategy. Only with ``force`` is
    any other roster replaced; otherwise raises :class:`OutputError`. A strategy that fails keeps the others from nothing. When
    ``stop`` is set, what is there is compared.

    With ``staffing`` also what is missing at least with more or fewer people, and a roster of each worse strategy with as many
    people more as it takes at least to be as good as the best one.
    """
    _ = plan.instance  # Raises where there is none, before anything is made.
    plan.make_room(force=force or resume)
    work = _Work(plan, config, resume, force, on_run, on_progress, stop or threading.Event(), backend)
    outcomes = work.outcomes()
    compared = tuple(work.compared(outcome, levels_of(outcome, outcomes), staffing=staffing) for outcome in outcomes)
    found = StrategyComparison(compared)
    return Comparison(outcomes, replace(found, matched=tuple(work.matched(outcomes, found))))


def levels_of(outcome: Outcome, every: Sequence[Outcome]) -> Levels:
    """What a strategy attains, with what is proven of one zone of the same people and shifts. Every roster under another pooling
    is a roster of that one, where it misses no more: a guarantee of lateral adds to what is missing. Only coverage is valued
    alike."""
    strategy, levels = outcome.strategy, outcome.levels
    if strategy.pooling is Pooling.SINGLE or not levels:
        return levels
    coverage = {level.code for level in COVERAGE_LEVELS}
    for other in every:
        alike = other.strategy.replace(
            name=strategy.name,
            pooling=strategy.pooling,
            lends_percent=strategy.lends_percent,
            guarantee=strategy.guarantee,
        )
        if other.strategy.pooling is Pooling.SINGLE and alike == strategy:
            levels = within(levels, tuple(level for level in other.levels if level.name in coverage))
    return levels


@dataclass(frozen=True)
class _Facts:
    """What all runs of a strategy are of: so what is proven in one holds for all. ``start`` begins every run."""

    strategy: Strategy
    instance: Instance
    dropped: Dropped
    start: Roster | None = None


@dataclass
class _Work:
    """The runs of a comparison."""

    plan: Plan
    config: SolveConfig
    resume: bool
    force: bool
    on_run: Callable[[Strategy, int], None]
    on_progress: Callable[[Progress], None] | None
    stop: threading.Event
    backend: Backend | None

    def outcomes(self) -> tuple[Outcome, ...]:
        """All runs of all strategies, as far as they come. What zones miss alone is solved with all seeds before those that ask
        for it: its best roster sets their limits."""
        asked, given = self.plan.strategies, self.plan.instance
        first = {item.name: item for item in (*self.plan.alone, *asked) if not item.needs_alone}
        done = self._solved_all([_Facts(item, *apply(item, given)) for item in first.values()])
        later: list[_Facts] = []
        for item in asked:
            if item.needs_alone:
                alone = done[item.alone(asked).name]
                if alone.best is None:
                    done[item.name] = Outcome(item, apply(item, given)[1], error=alone.error)
                else:
                    later.append(self._guaranteed(item, alone.best))
        done |= self._solved_all(later)
        return tuple(done[item.name] for item in asked)

    def compared(self, outcome: Outcome, levels: Levels, *, staffing: bool) -> Compared:
        """What is told of a strategy."""
        best, figures, curves = outcome.best, None, None
        if best is not None:
            figures = strategy_figures(best.instance, best.roster)
            if staffing and not outcome.priced and not self.stop.is_set():
                curves = curves_of(best.instance, best.roster, best.record.levels, self.stop)
        stopped = tuple(run.seed for run in outcome.runs if not run.finished)
        solved = {run.seed for run in outcome.runs}
        unsolved = () if outcome.error else tuple(seed for seed in self.plan.seeds if seed not in solved)
        return Compared(outcome.strategy, outcome.dropped, levels, figures, outcome.error, curves, stopped, unsolved)

    def matched(self, outcomes: Sequence[Outcome], compared: StrategyComparison) -> Iterator[Matched]:
        """Every strategy that is proven to miss more of the targets than the best one does, with as many people more as it takes
        at least."""
        by_name = {outcome.strategy.name: outcome for outcome in outcomes}
        for one, best in compared.behind():
            aim, outcome = best.value_of(Level.TARGETS), by_name[one.name]
            more = None if one.curves is None else one.curves.fewest(Level.TARGETS, aim)
            if more and outcome.best is not None and not self.stop.is_set():
                found = Matched(one.name, best.name, aim, more)
                try:
                    yield replace(found, short=self._short_with(outcome, outcome.best, found))
                except VigieError as error:
                    yield replace(found, error=error)

    def _short_with(self, outcome: Outcome, best: Run, wanted: Matched) -> int:
        """What the best roster that is found with people more misses of the targets, in person-minutes."""
        strategy = outcome.strategy.replace(name=f"{outcome.strategy.name}-with-{wanted.people}-more")
        facts = _Facts(strategy, with_more(best.instance, wanted.more), outcome.dropped, best.roster)
        run = self._run(facts, best.seed, 1)
        return next(level.value for level in run.record.levels if level.name == Level.TARGETS.code)

    def _guaranteed(self, strategy: Strategy, alone: Run) -> _Facts:
        places = strategy_figures(alone.instance, alone.roster).zones
        limits = {zone: place.police_minimum / 60 for zone, place in places.items()}
        return _Facts(strategy, *apply(strategy, self.plan.instance, limits), alone.roster)

    def _solved_all(self, facts: Sequence[_Facts]) -> dict[str, Outcome]:
        """Every run of some strategies, by name: so many side by side as the backend has workers for."""
        width = self._side_by_side([each.instance for each in facts])
        failed: dict[str, VigieError] = {}

        def run(each: _Facts, seed: int) -> Run | None:
            if self.stop.is_set() or each.strategy.name in failed:
                return None
            try:
                return self._run(each, seed, width)
            except VigieError as error:
                failed.setdefault(each.strategy.name, error)
                return None

        with ThreadPoolExecutor(width) as threads:
            waiting = {
                each.strategy.name: [threads.submit(run, each, seed) for seed in self.plan.seeds] for each in facts
            }
            runs = {
                name: tuple(each for task in tasks if (each := task.result()) is not None)
                for name, tasks in waiting.items()
            }
        return {
            each.strategy.name: Outcome(
                each.strategy, each.dropped, runs[each.strategy.name], failed.get(each.strategy.name)
            )
            for each in facts
        }

    def _side_by_side(self, instances: Sequence[Instance]) -> int:
        """Runs side by side: each with a worker for every pool."""
        if self.backend is None or self.backend.one_machine:
            return 1
        from scheduler.engine.compiled_problem import CompiledProblem
        from scheduler.engine.decomposition import pools
        from scheduler.rules import declare

        most = max((len(pools(CompiledProblem(declare(instance)))) for instance in instances), default=1)
        return max(1, self.backend.width // most)

    def _run(self, facts: _Facts, seed: int, width: int) -> Run:
        path = self.plan.path(facts.strategy, seed)
        if not self.resume:
            refuse_unwritable(path, force=self.force, suffix=".xlsx")
        elif path.exists():
            run = _resumed(facts.instance, seed, path)
            if run is not None and run.finished:
                return run
            if run is not None:
                facts = replace(facts, start=run.roster)
            elif not self.force:
                raise OutputError(
                    Message(
                        "compare_kept_unfit",
                        "{path} was edited, or is of other facts, rules or seeds; add --force to solve it again.",
                        path=str(path),
                    )
                )
        self.on_run(facts.strategy, seed)
        part = self.backend and replace(self.backend, width=max(1, self.backend.width // width))
        return self._solved(facts, seed, path, part, self.on_progress if width == 1 else None)

    def _solved(
        self, facts: _Facts, seed: int, path: Path, backend: Backend | None, heard: Callable[[Progress], None] | None
    ) -> Run:
        from scheduler.horizon.rolling import solve
        from scheduler.workbook.save import save_result

        config = self.config.replace(seed=seed)
        result = solve(
            facts.instance, config, on_progress=heard, stop=self.stop, backend=backend, start=facts.start,
        )  # fmt: skip
        save_result(path, facts.instance, result, self.plan.reading)
        origin = run_log.Origin.of("compare", self.plan.reading)
        unlogged = run_log.log_run(path, origin, run_log.Outcome.solved(facts.instance, result, config))
        if result.violations:
            message = Message("compare_broken", "The roster in {path} breaks hard rules.", path=str(path))
            raise VigieError(message)
        return Run(seed, facts.instance, result.roster, result.record, path, unlogged=unlogged)


def _resumed(instance: Instance, seed: int, path: Path) -> Run | None:
    """A run that an earlier comparison has left: of these facts and rules, this seed, and unbroken."""
    try:
        reading = read(path)
    except VigieError:
        return None
    record = None if reading.memory is None else reading.memory.record
    if record is None or reading.roster is None or reading.edits:
        return None
    fits = (record.instance_sha256, record.rules_digest, record.seed) == (instance.sha256, rules_digest(), seed)
    if not fits or reading.instance.sha256 != instance.sha256 or broken_rules(instance, reading.roster):
        return None
    return Run(seed, instance, reading.roster, record, path, resumed=True)
