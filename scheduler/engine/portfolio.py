"""Which move next: several ways to improve, and the one that lately paid best for its time goes first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from scheduler.engine.incumbent import Incumbent

CURIOSITY = 0.15
"""Share of turns that go to a way picked at random."""
MEMORY = 0.5
"""How much of an earlier rate is kept when a new one comes in."""


@dataclass(slots=True)
class Way:
    """One way to improve. ``step`` takes the incumbent and returns a roster at least as good, with the seconds (or the
    deterministic work) it used; ``rate`` is what it lately gained per second; ``done`` ways have nothing left to find."""

    name: str
    step: Callable[[Incumbent], tuple[Incumbent, float]]
    rate: float = field(default=float("inf"))
    done: bool = False
    component: int | None = None
    """Position of the component it changes; none: any."""


class Portfolio:
    """Chooses among ways by what they gained per second."""

    def __init__(self, ways: Sequence[Way], seed: int) -> None:
        self._ways = list(ways)
        self._random = np.random.default_rng(seed)

    @property
    def exhausted(self) -> bool:
        return all(way.done for way in self._ways)

    def next(self, avoid: int | None = None) -> Way:
        """Untried ways first, in order; then usually the best rate, sometimes any. None that changes the component to
        ``avoid``, if there are others."""
        open_ways = [way for way in self._ways if not way.done]
        elsewhere = [way for way in open_ways if avoid is None or way.component != avoid]
        open_ways = elsewhere or open_ways
        if self._random.random() < CURIOSITY and all(np.isfinite(way.rate) for way in open_ways):
            return open_ways[int(self._random.integers(len(open_ways)))]
        return max(open_ways, key=lambda way: way.rate)

    def learn(self, way: Way, gain: float, spent: float) -> None:
        """Remember what a turn gained. A gain may open what other ways had given up."""
        rate = gain / max(spent, 1e-3)
        way.rate = rate if not np.isfinite(way.rate) else MEMORY * way.rate + (1 - MEMORY) * rate
        if gain > 0:
            for other in self._ways:
                other.done = other.done and other is way
