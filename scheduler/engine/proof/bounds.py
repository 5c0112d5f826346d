"""Lower bounds of the coverage levels, collected as they are found and valid for every roster.

A component's level is bounded in two ways: *alone*, as if nothing else mattered; and *weighed* against the earlier levels of the
component, ``level + EARLIER · Σ earlier ≥ bound``, the stronger one once the earlier levels are known to be at their best.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.constraints import Level

EARLIER = 50
"""Worth of a minute of an earlier level against one of the level that is bounded."""


@dataclass
class Bounds:
    """``present[component]`` are the levels a component has a say in; ``floor[level]`` is short whatever anybody does; every
    value of a level is a multiple of ``unit[level]``. All in weighted person-minutes."""

    present: Sequence[tuple[Level, ...]]
    floor: Mapping[Level, int]
    unit: Mapping[Level, int]
    alone: dict[tuple[int, Level], int] = field(default_factory=dict)
    weighed: dict[tuple[int, Level], int] = field(default_factory=dict)

    def learn(self, component: int, level: Level, value: int, *, alone: bool) -> None:
        """Keep a bound if it is the best of its kind so far."""
        table = self.alone if alone else self.weighed
        table[component, level] = max(value, table.get((component, level), 0))

    def of(self, level: Level, values: Mapping[Level, int]) -> int:
        """What no roster with these ``values`` at the earlier levels can beat, as far as is known by now."""
        known = self.floor[level]
        for component, present in enumerate(self.present):
            best = self.alone.get((component, level), 0)
            if (component, level) in self.weighed:
                earlier = sum(self._most(component, lower, values) for lower in present if lower < level)
                best = max(best, self.weighed[component, level] - EARLIER * earlier)
            known += best
        return -(-known // self.unit[level]) * self.unit[level]

    def _most(self, component: int, level: Level, values: Mapping[Level, int]) -> int:
        """The most of a level's value that can be this component's: what the others need at least is not."""
        others = sum(value for (other, at), value in self.alone.items() if at == level and other != component)
        return values[level] - self.floor[level] - others
