"""Lower bounds of the levels, collected as they are found and valid for every roster.

A component's level is bounded in two ways: *alone*, as if nothing else mattered; and *weighed* against the earlier levels of the
component, ``level + weight · Σ earlier ≥ bound``, the stronger one once the earlier levels are known to be near their best. In a
weighed bound every level counts in person-minutes, by what a unit of it is :data:`WORTH`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from math import gcd

from scheduler.vocabulary.constraints import Level, before

ALONE = 0
WEIGHTS = (2, 5)
"""Worth of a minute of an earlier level against one of the level that is bounded. More says a little more once the earlier levels
are at their best, and much less before."""
QUALITY_WEIGHTS = (2, 10)
"""Worth of a minute of a coverage level, in points of the quality level."""


WORTH: Mapping[Level, int] = dict.fromkeys(Level, 1) | {Level.CHANGES_IN_NOTICE: 300, Level.CHANGES: 30}
"""Person-minutes that one unit of a level counts for in a weighed bound: a change about as many as a duty has, a point a tenth of
it."""


NOTICE_WEIGHTS = (1, 2)
"""The same against changes inside notice, which are few: what a minimum misses more than it need costs the bound dear."""


def weights_of(level: Level) -> tuple[int, ...]:
    """The weights that earlier levels may have when a level is bounded."""
    return {Level.QUALITY: QUALITY_WEIGHTS, Level.CHANGES_IN_NOTICE: NOTICE_WEIGHTS}.get(level, WEIGHTS)


@dataclass
class Bounds:
    """``present[component]`` are the levels a component has a say in; ``floor[level]`` is short whatever anybody does, for all
    levels of the problem in their order; every
    value of a level is a multiple of ``unit[level]``, 0 where there can be none. All in weighted person-minutes, or points of the
    quality level."""

    present: Sequence[tuple[Level, ...]]
    floor: Mapping[Level, int]
    unit: Mapping[Level, int]
    known: dict[tuple[int, Level, int], int] = field(default_factory=dict)
    """By component, level and the weight of the earlier levels, :data:`ALONE` for none."""

    def learn(self, component: int, level: Level, weight: int, value: int) -> bool:
        """Keep a bound if it is the best of its kind so far; whether it is."""
        key = (component, level, weight)
        better = value > self.known.get(key, -1)
        if better:
            self.known[key] = value
        return better

    @classmethod
    def joined(cls, parts: Sequence[Bounds]) -> Bounds:
        """The bounds of parts that have nothing to do with each other, as those of one whole."""
        whole = cls(
            [levels for part in parts for levels in part.present],
            {level: sum(part.floor[level] for part in parts) for level in parts[0].floor},
            {level: gcd(*(part.unit[level] for part in parts)) for level in parts[0].unit},
        )
        first = 0
        for part in parts:
            whole.known |= {(first + c, level, weight): value for (c, level, weight), value in part.known.items()}
            first += len(part.present)
        return whole

    def of(self, level: Level, values: Mapping[Level, int]) -> int:
        """What no roster with these ``values`` at the earlier levels can beat, as far as is known by now.

        Σ alone, and on top what the weighed bounds say more, less what the earlier levels have more than they need: that excess
        can be anywhere, but only once.
        """
        best = 0
        earlier = [lower for lower in before(level, self.floor) if lower in values]
        for weight in weights_of(level):
            gains = [(self._earlier(c, level), self._gain(c, level, weight)) for c in range(len(self.present))]
            for size in range(1, len(earlier) + 1):
                for kept in combinations(earlier, size):
                    inside = sum(gain for lowers, gain in gains if lowers <= set(kept))
                    excess = sum(WORTH[lower] * self._excess(lower, values) for lower in kept)
                    best = max(best, inside - weight * excess)
        unit = max(1, self.unit[level])
        return -(-(self._alone(level) * WORTH[level] + best) // (unit * WORTH[level])) * unit

    def _alone(self, level: Level) -> int:
        """What all components need at least, whatever happens at the other levels."""
        return self.floor[level] + sum(self.known.get((c, level, ALONE), 0) for c in range(len(self.present)))

    def _earlier(self, component: int, level: Level) -> set[Level]:
        return set(before(level, self.floor)) & set(self.present[component])

    def _gain(self, component: int, level: Level, weight: int) -> int:
        """Person-minutes that a weighed bound says more than the one alone, with the component's earlier levels at their known
        least."""
        least = sum(
            WORTH[lower] * self.known.get((component, lower, ALONE), 0) for lower in self._earlier(component, level)
        )
        alone = WORTH[level] * self.known.get((component, level, ALONE), 0)
        return max(0, self.known.get((component, level, weight), 0) - weight * least - alone)

    def _excess(self, level: Level, values: Mapping[Level, int]) -> int:
        """What a level has more than all components need at least."""
        return max(0, values[level] - self._alone(level))


@dataclass(frozen=True)
class Bound:
    """One bound of one component, see :class:`Bounds`."""

    component: int
    level: Level
    weight: int
    value: int


@dataclass(frozen=True)
class Exact:
    """Bounds of the one-shot model of a whole: each holds for rosters that have at most ``held`` at every earlier level."""

    bounds: Mapping[Level, int]
    held: Mapping[Level, int]

    def of(self, level: Level, values: Mapping[Level, int]) -> int:
        """What no roster with these ``values`` can beat at a level; 0 where the model has not asked."""
        earlier = before(level, self.held)
        asked = all(lower in values and values[lower] <= self.held[lower] for lower in earlier)
        return self.bounds.get(level, 0) if asked else 0


News = Bounds | Bound | Exact


class Proof:
    """What is proven of one search by now, put together from its news. One thread may learn while others ask."""

    def __init__(self) -> None:
        self._bounds: Bounds | None = None
        self._exact = Exact({}, {})
        self._lock = threading.Lock()

    def learn(self, news: News) -> tuple[Level, ...]:
        """Take news in; the levels they are about."""
        with self._lock:
            match news:
                case Exact():
                    self._exact = news
                    return tuple(news.bounds)
                case Bound() if self._bounds is not None:
                    self._bounds.learn(news.component, news.level, news.weight, news.value)
                    return (news.level,)
                case Bounds() if self._bounds is None:  # A copy: in one process others learn from the same news.
                    self._bounds = replace(news, known=dict(news.known))
        return ()

    def bound(self, level: Level, values: Mapping[Level, int]) -> int:
        """What no roster with these ``values`` at the earlier levels can beat, as far as is known by now."""
        return bound_of([self], level, values)


def bound_of(proofs: Iterable[Proof], level: Level, values: Mapping[Level, int]) -> int:
    """What no roster of a whole can beat at a level with these ``values`` of the whole at the earlier ones, given the proofs of
    its independent parts; nothing is claimed for a part that has not spoken yet."""
    exact, found = 0, []
    for proof in proofs:
        with proof._lock:
            exact += proof._exact.of(level, values)
            if proof._bounds is not None:
                found.append(replace(proof._bounds, known=dict(proof._bounds.known)))
    return max(exact, Bounds.joined(found).of(level, values) if found else 0)
