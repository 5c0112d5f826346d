"""The search on one problem: a legal roster first, then better ones beside the staffing bounds, until the time is used.

All components are worked on side by side: coverage until it is proven or its share of the time is used, then quality with
coverage held. Every better roster and every bound is told at once, so that nothing is lost when the search ends early.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from scheduler.config import SolveConfig
from scheduler.engine.clock import Clock
from scheduler.engine.closest import Closest
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.component_search import LAST_S, ComponentSearch, component_searches
from scheduler.engine.cpsat.one_shot import is_small, solve_one_shot
from scheduler.engine.cpsat.solver import Limits
from scheduler.engine.events import Built, Event, Found, Trouble, at_home
from scheduler.engine.given_lines import given_lines
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.initial_roster import first_legal
from scheduler.engine.lines.models import LineModels
from scheduler.engine.parallel_search import ParallelSearch
from scheduler.engine.proof.bounds import Exact, News, Proof
from scheduler.engine.proof.prover import Order, Prover
from scheduler.errors import OutOfTimeError
from scheduler.problem.roster import Roster
from scheduler.result import Method, Stage
from scheduler.system.cores import cores
from scheduler.vocabulary.constraints import Level
from scheduler.vocabulary.problem import Problem

PROOF_SHARE = 0.9
"""Share of the time limit after which the proof takes what it has."""
ONE_SHOT_SHARE = 0.3
"""Share of the time limit after which the one-shot model of a small problem ends, proven or not."""
UNHURRIED_S = 7 * 24 * 3600.0
"""The proof's time in a reproducible run."""


class Search:
    """One search. ``on_event`` gets every :class:`Found`, all news of the proof and what went wrong, from several threads."""

    def __init__(
        self,
        problem: Problem,
        config: SolveConfig,
        clock: Clock,
        on_event: Callable[[Event], None],
        start: Roster | None = None,
    ) -> None:
        """``start`` is a roster to go on from, legal or not; without one a first roster is built."""
        began = time.monotonic()
        self._pool = CompiledProblem(problem)
        self._built = time.monotonic() - began
        self._config = config
        self._clock = clock
        self._on_event = on_event
        self._start = start
        self._proof = Proof()

    def run(self) -> None:
        """Search until everything is proven or the time is used.

        Raises :class:`~scheduler.errors.ContradictionError` when the locks cannot all hold and
        :class:`~scheduler.errors.NoRosterError` when stopped before there was any roster.
        """
        with self._clock.watched():
            self._run()

    def _run(self) -> None:
        pool, config = self._pool, self._config
        with self._building():
            models = LineModels(pool, over=self._clock.over)
        best = self._first(models)
        self._emit(best, Stage.FIRST_ROSTER)
        if not config.reproducible and self._clock.left() <= LAST_S:
            return
        if is_small(pool) and pool.problem.scope is None:
            best = self._in_one_shot(best)
            values = {**best.values, Level.QUALITY: best.quality}
            if all(value <= self._proof.bound(level, values) for level, value in values.items()):
                return
        # In a reproducible run the proof of coverage takes the time it needs, and the search does not look at it; that of quality
        # could take hours.
        patience = UNHURRIED_S if config.reproducible else PROOF_SHARE * self._clock.limit.seconds
        order = Order(pool.problem, best.shift, patience, coverage_only=config.reproducible)
        prover = Prover(order, self._learn, lambda what: self._on_event(Trouble(what, ends=False)))
        beside: threading.Thread | None = None
        try:
            count = 1 if config.reproducible else min(config.workers, cores())
            # The time may be over in the middle of a step: the best roster has been told.
            with suppress(OutOfTimeError):
                if given_lines(pool).levels:
                    closest = Closest(pool, models, config, self._clock, self._proof)
                    best = self._closest(best, closest)
                    beside = threading.Thread(target=self._prove_rest, args=(closest,), daemon=True)
                    beside.start()
                    if config.reproducible:  # How far it gets must not depend on the search.
                        beside.join()
                with self._building():
                    found = component_searches(pool, models, config, self._clock, count)
                self._improve(best, ParallelSearch(found, count))
            if config.reproducible:
                prover.join(self._clock.stop)
        finally:
            prover.close()
            if beside is not None:
                beside.join()

    @contextmanager
    def _building(self) -> Iterator[None]:
        began = time.monotonic()
        try:
            yield
        finally:
            self._built += time.monotonic() - began
            self._on_event(Built(self._built))

    def _first(self, models: LineModels) -> Incumbent:
        pool = self._pool
        found, home = first_legal(pool, models, self._limits(1.0), self._start)
        if home:
            self._on_event(Trouble(at_home(home), ends=False))
        return found

    def _in_one_shot(self, best: Incumbent) -> Incumbent:
        """A small problem: every level to proof in the one-shot model, if it gets there."""

        found = solve_one_shot(self._pool, best, lambda: self._limits(ONE_SHOT_SHARE))
        self._learn(Exact(found.bounds, found.held))
        self._emit(found.incumbent, Stage.QUALITY)
        return found.incumbent

    def _closest(self, best: Incumbent, closest: Closest) -> Incumbent:
        """A repair: its first levels as far as they can be proven."""
        for found, proven in closest.solve(best):
            self._learn(proven)
            if found is not best:
                best = found
                self._emit(best, Stage.COVERAGE, Method.CP_SAT)
        return best

    def _prove_rest(self, closest: Closest) -> None:
        # The time may be over in the middle of it: what is known has been told.
        with suppress(OutOfTimeError):
            for proven in closest.rest():
                self._learn(proven)

    def _limits(self, share: float) -> Limits:
        """Of a CP-SAT search that may take what is left of a share of the time."""
        config, seconds = self._config, max(0.1, self._clock.left(share))
        return Limits(seconds, config.workers, config.seed, config.reproducible, self._clock.stop)

    def _improve(self, best: Incumbent, searches: ParallelSearch) -> None:
        """Every component by its own search, coverage before quality, until the time is used."""

        def keep_going(best: Incumbent) -> bool:
            covered = self._covered(best)
            if covered:
                searches.settle()
            return self._clock.left() > LAST_S and not (
                covered and best.quality <= self._proof.bound(Level.QUALITY, best.values)
            )

        def told(component: ComponentSearch, before: Incumbent, after: Incumbent) -> None:
            self._clock.charge(component.work)
            if after is not before:
                self._emit(after, component.stage, component.method)

        self._emit(searches.run(best, keep_going, told), Stage.QUALITY)

    def _covered(self, best: Incumbent) -> bool:
        if self._config.reproducible:
            return False
        required = self._pool.problem.required
        values = best.values
        return all(
            value - self._proof.bound(level, values) <= self._config.gap * required.get(level, 0)
            for level, value in values.items()
        )

    def _learn(self, news: News) -> None:
        self._proof.learn(news)
        self._on_event(news)

    def _emit(self, best: Incumbent, stage: Stage, method: Method | None = None) -> None:
        values = best.values
        if stage is Stage.QUALITY:
            values[Level.QUALITY] = best.quality
        self._on_event(Found(stage, best.roster, values, method))
