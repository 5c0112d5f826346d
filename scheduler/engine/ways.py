"""The ways to improve a roster, tied to the clock: small moves by turns of a few seconds, CP-SAT searches one at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from scheduler.config import SolveConfig
from scheduler.engine.classes import components, posting_classes
from scheduler.engine.clock import Clock
from scheduler.engine.cpsat.neighbourhoods import STEP_S, Improver
from scheduler.engine.cpsat.search import Limits
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines.programme import LineModel
from scheduler.engine.moves.construct import Builder
from scheduler.engine.moves.exchange import Exchange
from scheduler.engine.moves.polish import Polish
from scheduler.engine.moves.ruin import Ruin
from scheduler.engine.pool import Pool
from scheduler.engine.portfolio import Way

TURN_S = 2.0
"""One turn of small moves, in seconds."""
RUINS_PER_S, POLISHES_PER_S, EXCHANGES_PER_S = 100, 100, 5000
"""Moves that stand for a second in a reproducible run."""

Step = Callable[[Incumbent, Limits], Incumbent]


class Mover(Protocol):
    """Anything that improves a roster by many small moves, as long as it is told to go on."""

    def run(self, incumbent: Incumbent, keep_going: Callable[[int], bool]) -> Incumbent: ...


@dataclass(frozen=True)
class _Component:
    """People whose posts depend on each other, and the search that improves their part."""

    classes: Sequence[Sequence[int]]
    members: Sequence[int]
    improver: Improver
    seed: int


class Ways:
    """Makes the ways of one run. ``share`` is the part of the time limit after which a way has nothing left to do."""

    def __init__(
        self, pool: Pool, hard: Sequence[LineModel], builder: Builder, config: SolveConfig, clock: Clock
    ) -> None:
        self._pool = pool
        self._builder = builder
        self._config = config
        self._clock = clock
        self.interrupted: Callable[[], bool] = lambda: False
        """Whether a turn of small moves ends early, because something waits to be collected."""
        self._classes = posting_classes(pool)
        self._models = [LineModel(pool, person, soft=True) for person in range(len(pool.people))]
        self._components = []
        for position, group in enumerate(components(pool, self._classes)):
            members = [person for c in group for person in self._classes[c]]
            seed = config.seed + position
            self._components.append(
                _Component(
                    [self._classes[c] for c in group],
                    members,
                    Improver(pool, hard, self._classes, members, seed),
                    seed,
                )
            )

    @property
    def divided(self) -> bool:
        """Whether there are components to work on side by side."""
        return len(self._components) > 1

    def ruins(self) -> list[Way]:
        """Ruin and recreate, component by component."""
        return [
            self._moves("ruin and recreate", Ruin(self._pool, self._builder, part.members, part.seed), RUINS_PER_S, at)
            for at, part in enumerate(self._components)
        ]

    def neighbourhoods(self, share: float) -> list[Way]:
        """CP-SAT on coverage, of the small components before the large."""
        return [
            self._search("neighbourhood", part.improver, part.improver.coverage, share, at)
            for at, part in enumerate(self._components)
        ][::-1]

    def shakes(self) -> list[Way]:
        """Small moves on quality: exchanges, and polish."""
        ways = []
        for at, part in enumerate(self._components):
            exchange = Exchange(self._pool, self._models, part.classes, part.seed)
            if exchange.possible:
                ways.append(self._moves("exchange", exchange, EXCHANGES_PER_S, at))
        for at, part in enumerate(self._components):
            polish = Polish(self._pool, self._builder, self._models, part.members, part.seed)
            ways.append(self._moves("polish", polish, POLISHES_PER_S, at))
        return ways

    def refinements(self) -> list[Way]:
        """CP-SAT on quality: lines, and posts."""
        ways = []
        for at, part in enumerate(self._components):
            ways.append(self._search("lines", part.improver, part.improver.quality, 1.0, at))
            ways.append(self._search("posts", part.improver, part.improver.posts, 1.0, at))
        return ways

    def limits(self, seconds: float) -> Limits:
        """What a CP-SAT search of at most so many seconds may use."""
        return Limits(seconds, self._config.workers, self._config.seed, self._config.reproducible, self._clock.stop)

    def _search(self, name: str, improver: Improver, step: Step, share: float, component: int) -> Way:
        def run(best: Incumbent) -> tuple[Incumbent, float]:
            began = self._clock.elapsed
            found = step(best, self.limits(min(STEP_S, self._clock.left(share))))
            way.done = improver.proven or self._clock.left(share) <= 0
            return found, improver.spent if self._config.reproducible else self._clock.elapsed - began

        way = Way(name, run, component=component)
        return way

    def _moves(self, name: str, mover: Mover, per_second: int, component: int) -> Way:
        def run(best: Incumbent) -> tuple[Incumbent, float]:
            began, stop = self._clock.elapsed, self._clock.stop
            seconds = min(TURN_S, self._clock.left())
            if self._config.reproducible:
                budget = max(1, round(seconds * per_second))
                return mover.run(best, lambda moves: moves < budget and not stop.is_set()), seconds
            until = began + seconds
            found = mover.run(
                best, lambda _: self._clock.elapsed < until and not stop.is_set() and not self.interrupted()
            )
            return found, self._clock.elapsed - began

        return Way(name, run, component=component)
