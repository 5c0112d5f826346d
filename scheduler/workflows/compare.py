"""Strategies held against each other: the same people, demand and seeds, and what is proven of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.analysis.strategy_comparison import Compared, StrategyComparison
from scheduler.analysis.strategy_figures import strategy_figures
from scheduler.analysis.verdict import Levels, attained
from scheduler.backends.backend import Backend
from scheduler.config import SolveConfig
from scheduler.errors import InputError, InputProblem, OutputError, VigieError
from scheduler.messages.message import AllOf, Message
from scheduler.messages.sentences import closest
from scheduler.problem.facts import fold
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.problem.roster import Roster
from scheduler.problem.strategy import READY, Dropped, Strategy, apply
from scheduler.result import Progress, RunRecord
from scheduler.rules.audit import broken_rules
from scheduler.system.file_names import safe_stem
from scheduler.system.safe_output import make_folder, refuse_unwritable
from scheduler.system.versions import rules_digest
from scheduler.workbook.read import Reading, read
from scheduler.workflows import run_log

STRATEGIES = "--strategies"


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
        """What it attains; empty where there is no run."""
        return attained([run.record.levels for run in self.runs]) if self.runs else ()


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

    def path(self, strategy: Strategy, seed: int) -> Path:
        """Where the roster of a strategy and a seed is kept."""
        return self.folder / f"{safe_stem(strategy.name)}-{seed}.xlsx"

    def make_room(self, *, force: bool) -> None:
        """Make the folder. Raises :class:`OutputError` if a roster could not be written there, or stands there already and there
        is no ``force``."""
        make_folder(self.folder)
        first = [item.alone(self.strategies) for item in self.strategies if item.needs_alone]
        for strategy in (*first, *self.strategies):
            for seed in self.seeds:
                refuse_unwritable(self.path(strategy, seed), force=force, suffix=".xlsx")


def known(names: Sequence[str], given: Iterable[Strategy] = ()) -> tuple[Strategy, ...]:
    """The strategies of these names: those ``given`` in the workbook, and the ready ones that it does not name otherwise. Raises
    :class:`InputError` with every name that is unknown or stands twice."""
    there = {fold(item.name): item for item in (*READY.values(), *given)}
    problems: list[InputProblem] = []
    found: list[Strategy] = []
    for name in names:
        strategy = there.get(fold(name))
        if strategy is None:
            every = Message(
                "strategies_known", "Known are {names}.", names=AllOf(tuple(item.name for item in there.values()))
            )
            message = Message("strategy_unknown", "is no strategy.")
            problems.append(InputProblem(STRATEGIES, name, message, closest(name, there.keys()) or every))
        elif strategy in found:
            problems.append(InputProblem(STRATEGIES, name, Message("strategy_again", "stands here twice.")))
        else:
            found.append(strategy)
    if problems:
        raise InputError(problems)
    return tuple(found)


def empty_places(instance: Instance) -> tuple[str, ...]:
    """Hotspots where somebody is asked for and nobody may stand."""
    asked = {need.hotspot for need in instance.needs if need.target}
    reached = {code for member in instance.staff if member.fte for code in allowed_hotspots(instance, member.id)}
    return tuple(spot.code for spot in instance.hotspots if spot.code in asked - reached)


def notes(plan: Plan) -> Iterator[InputProblem]:
    """What is said of the strategies before anything is solved."""
    for strategy in plan.strategies:
        instance, _ = apply(strategy, plan.reading.instance)
        spots = empty_places(instance)
        if spots:
            message = Message("strategy_leaves_empty", "leaves nobody who may stand at {spots}.", spots=AllOf(spots))
            yield InputProblem(STRATEGIES, strategy.name, message, fatal=False)
        if strategy.needs_alone and strategy.alone(plan.strategies) not in plan.strategies:
            message = Message("strategy_needs_alone", "needs what each zone misses alone, which is solved first.")
            yield InputProblem(STRATEGIES, strategy.name, message, fatal=False)


def compare(
    plan: Plan,
    config: SolveConfig,
    *,
    resume: bool = False,
    force: bool = False,
    on_run: Callable[[Strategy, int], None] = lambda *_: None,
    on_progress: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
    backend: Backend | None = None,
) -> Comparison:
    """Solve every strategy with every seed, one after the other, and hold them against each other.

    Each roster is written as a workbook as soon as it is there; with ``resume`` those that fit are taken up again, and
    those that do not fit fail their strategy. Only with ``force`` is a roster replaced; otherwise raises :class:`OutputError`.
    A strategy that fails keeps the others from nothing. When ``stop`` is set, what is there is compared.
    """
    plan.make_room(force=force or resume)
    work = _Work(plan, config, resume, force, on_run, on_progress, stop or threading.Event(), backend)
    outcomes = tuple(work.outcome(strategy) for strategy in plan.strategies)
    return Comparison(outcomes, StrategyComparison(tuple(map(_compared, outcomes))))


def _compared(outcome: Outcome) -> Compared:
    best = outcome.best
    figures = None if best is None else strategy_figures(best.instance, best.roster)
    return Compared(outcome.strategy, outcome.dropped, outcome.levels, figures, outcome.error)


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
    done: dict[str, Outcome] = field(default_factory=dict)

    def outcome(self, strategy: Strategy) -> Outcome:
        """All runs of a strategy, as far as they come; solved once, however often it is asked for."""
        if strategy.name not in self.done:
            self.done[strategy.name] = self._runs(strategy)
        return self.done[strategy.name]

    def _runs(self, strategy: Strategy) -> Outcome:
        """Where zones are guaranteed what they have alone, that is solved first with all seeds: its best roster sets the limits
        and begins every run. So all runs are of the same facts, and what is proven in one holds for all."""
        alone, start = None, None
        if strategy.needs_alone:
            first = self.outcome(strategy.alone(self.plan.strategies))
            if first.best is None:
                return Outcome(strategy, apply(strategy, self.plan.reading.instance)[1], error=first.error)
            places = strategy_figures(first.best.instance, first.best.roster).zones
            alone = {zone: place.police_minimum / 60 for zone, place in places.items()}
            start = first.best.roster
        instance, dropped = apply(strategy, self.plan.reading.instance, alone)
        runs: list[Run] = []
        for seed in self.plan.seeds:
            if self.stop.is_set():
                break
            try:
                runs.append(self._run(strategy, instance, seed, start))
            except VigieError as error:
                return Outcome(strategy, dropped, tuple(runs), error)
        return Outcome(strategy, dropped, tuple(runs))

    def _run(self, strategy: Strategy, instance: Instance, seed: int, start: Roster | None) -> Run:
        path = self.plan.path(strategy, seed)
        if self.resume and path.exists():
            run = _resumed(instance, seed, path)
            if run is not None:
                return run
            if not self.force:
                raise OutputError(
                    Message(
                        "compare_kept_unfit",
                        "{path} was edited, or is of other facts, rules or seeds; add --force to solve it again.",
                        path=str(path),
                    )
                )
        self.on_run(strategy, seed)
        return self._solved(instance, seed, path, start)

    def _solved(self, instance: Instance, seed: int, path: Path, start: Roster | None) -> Run:
        from scheduler.horizon.rolling import solve
        from scheduler.workbook.save import save_result

        config = self.config.replace(seed=seed)
        result = solve(
            instance, config, on_progress=self.on_progress, stop=self.stop,
            backend=self.backend, start=start,
        )  # fmt: skip
        save_result(path, instance, result, self.plan.reading)
        origin, made = run_log.Origin.of("compare", self.plan.reading), run_log.Outcome.solved(instance, result, config)
        unlogged = run_log.log_run(path, origin, made)
        if result.violations:
            message = Message("compare_broken", "The roster in {path} breaks hard rules.", path=str(path))
            raise VigieError(message)
        return Run(seed, instance, result.roster, result.record, path, unlogged=unlogged)


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
