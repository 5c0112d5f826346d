"""The ways to improve a roster, tied to the clock: small moves by turns of a few seconds, CP-SAT searches one at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from scheduler.config import SolveConfig
from scheduler.engine.classes import components, posting_classes
from scheduler.engine.clock import Clock
from scheduler.engine.construct import Builder
from scheduler.engine.exchange import Exchange
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines import LineModel
from scheduler.engine.neighbourhoods import Improver
from scheduler.engine.polish import Polish
from scheduler.engine.pool import Pool
from scheduler.engine.portfolio import Way
from scheduler.engine.ruin import Ruin
from scheduler.engine.search import Limits

TURN_S = 3.0
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

    members: Sequence[int]
    improver: Improver
    seed: int


class Ways:
    """Makes the ways of one run. ``share`` is the part of the time limit after which a way stops by itself."""

    def __init__(self, pool: Pool, builder: Builder, config: SolveConfig, clock: Clock) -> None:
        self._pool = pool
        self._builder = builder
        self._config = config
        self._clock = clock
        self._classes = posting_classes(pool)
        self._models = [LineModel(pool, person, soft=True) for person in range(len(pool.people))]
        self._components = []
        for position, group in enumerate(components(pool, self._classes)):
            members = [person for c in group for person in self._classes[c]]
            seed = config.seed + position
            self._components.append(_Component(members, Improver(pool, self._classes, members, seed), seed))

    def coverage(self, share: float, proof_settled: Callable[[], bool]) -> list[Way]:
        """Ruin and recreate, then neighbourhoods: of the small components before the large, because CP-SAT may hold them
        whole, and none while the proof still needs its core. Exchanges leave coverage as it is, but shake the lines."""
        moves, searches = [], []
        for part in self._components:
            ruin = Ruin(self._pool, self._builder, part.members, part.seed)
            moves.append(self._moves("ruin and recreate", ruin, RUINS_PER_S, share))
            search = self._search("neighbourhood", part.improver, part.improver.coverage, share)
            search.ready = proof_settled
            searches.append(search)
        return moves + self._exchange(share) + searches[::-1]

    def quality(self) -> list[Way]:
        """Exchanges, polish, and CP-SAT on lines and on posts, until the time is used."""
        ways = self._exchange(1.0)
        for part in self._components:
            polish = Polish(self._pool, self._builder, self._models, part.members, part.seed)
            ways.append(self._moves("polish", polish, POLISHES_PER_S, 1.0))
            ways.append(self._search("lines", part.improver, part.improver.quality, 1.0))
            ways.append(self._search("posts", part.improver, part.improver.posts, 1.0))
        return ways

    def _exchange(self, share: float) -> list[Way]:
        exchange = Exchange(self._pool, self._models, self._classes, self._config.seed)
        return [self._moves("exchange", exchange, EXCHANGES_PER_S, share)] if exchange.possible else []

    def limits(self, seconds: float) -> Limits:
        """What a CP-SAT search of at most so many seconds may use."""
        return Limits(seconds, self._config.workers, self._config.seed, self._config.reproducible, self._clock.stop)

    def _search(self, name: str, improver: Improver, step: Step, share: float) -> Way:
        def run(best: Incumbent) -> tuple[Incumbent, float]:
            began = self._clock.elapsed
            found = step(best, self.limits(min(improver.patience, self._clock.left(share))))
            way.done = improver.proven
            return found, improver.spent if self._config.reproducible else self._clock.elapsed - began

        way = Way(name, run)
        return way

    def _moves(self, name: str, mover: Mover, per_second: int, share: float) -> Way:
        def run(best: Incumbent) -> tuple[Incumbent, float]:
            began, stop = self._clock.elapsed, self._clock.stop
            seconds = min(TURN_S, self._clock.left(share))
            if self._config.reproducible:
                budget = max(1, round(seconds * per_second))
                return mover.run(best, lambda moves: moves < budget and not stop.is_set()), seconds
            until = began + seconds
            found = mover.run(best, lambda _: self._clock.elapsed < until and not stop.is_set())
            return found, self._clock.elapsed - began

        return Way(name, run)
