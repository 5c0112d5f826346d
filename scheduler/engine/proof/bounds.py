"""Lower bounds of the coverage levels, collected as they are found and valid for every roster.

A component's level is bounded in two ways: *alone*, as if nothing else mattered; and *weighed* against the earlier levels of the
component, ``level + weight · Σ earlier ≥ bound``, the stronger one once the earlier levels are known to be near their best.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from scheduler.constraints import Level

ALONE = 0
WEIGHTS = (2, 5)
"""Worth of a minute of an earlier level against one of the level that is bounded. More says a little more once the earlier levels
are at their best, and much less before."""


@dataclass
class Bounds:
    """``present[component]`` are the levels a component has a say in; ``floor[level]`` is short whatever anybody does; every
    value of a level is a multiple of ``unit[level]``. All in weighted person-minutes."""

    present: Sequence[tuple[Level, ...]]
    floor: Mapping[Level, int]
    unit: Mapping[Level, int]
    known: dict[tuple[int, Level, int], int] = field(default_factory=dict)
    """By component, level and the weight of the earlier levels, :data:`ALONE` for none."""

    def learn(self, component: int, level: Level, weight: int, value: int) -> None:
        """Keep a bound if it is the best of its kind so far."""
        key = (component, level, weight)
        self.known[key] = max(value, self.known.get(key, 0))

    def of(self, level: Level, values: Mapping[Level, int]) -> int:
        """What no roster with these ``values`` at the earlier levels can beat, as far as is known by now.

        Σ alone, and on top what the weighed bounds say more, less what the earlier levels have more than they need: that excess
        can be anywhere, but only once.
        """
        best = 0
        earlier = [lower for lower in values if lower < level]
        for weight in WEIGHTS:
            gains = [(self._earlier(c, level), self._gain(c, level, weight)) for c in range(len(self.present))]
            for size in range(1, len(earlier) + 1):
                for kept in combinations(earlier, size):
                    inside = sum(gain for lowers, gain in gains if lowers <= set(kept))
                    best = max(best, inside - weight * sum(self._excess(lower, values) for lower in kept))
        return -(-(self._alone(level) + best) // self.unit[level]) * self.unit[level]

    def _alone(self, level: Level) -> int:
        """What all components need at least, whatever happens at the other levels."""
        return self.floor[level] + sum(self.known.get((c, level, ALONE), 0) for c in range(len(self.present)))

    def _earlier(self, component: int, level: Level) -> set[Level]:
        return {lower for lower in self.present[component] if lower < level}

    def _gain(self, component: int, level: Level, weight: int) -> int:
        """What a weighed bound says more than the one alone, with the component's earlier levels at their known least."""
        least = sum(self.known.get((component, lower, ALONE), 0) for lower in self._earlier(component, level))
        alone = self.known.get((component, level, ALONE), 0)
        return max(0, self.known.get((component, level, weight), 0) - weight * least - alone)

    def _excess(self, level: Level, values: Mapping[Level, int]) -> int:
        """What a level has more than all components need at least."""
        return max(0, values[level] - self._alone(level))
