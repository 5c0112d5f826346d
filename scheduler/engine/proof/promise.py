"""Lower bounds that hold for every roster, whatever it does at the earlier levels.

The optimum of a level falls when an earlier level may be worse, but no faster than the price of that earlier level: the optimum
without integrality is convex in it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.constraints import COVERAGE_LEVELS, Level

ROUNDING = 1e-4
"""Share of a step by which a bound may be above a value and is still taken for it."""


@dataclass(frozen=True, slots=True)
class Promise:
    """About one part: its value of a level is at least ``optimum − Σ prices · (value − caps)`` over the earlier levels, each of
    which is at least its cap. ``step``: the level takes multiples of this only."""

    optimum: float
    step: int = 1
    caps: Mapping[Level, int] = field(default_factory=dict)
    prices: Mapping[Level, float] = field(default_factory=dict)

    @property
    def base(self) -> int:
        """The bound when the earlier levels are at their caps."""
        return rounded(self.optimum, self.step)


def rounded(bound: float, step: int) -> int:
    """The lowest multiple of ``step`` that is not below a bound, nor below 0; solvers' tolerances are forgiven."""
    return max(0, math.ceil(bound / step - ROUNDING) * step)


@dataclass(frozen=True)
class Promises:
    """What is promised about every part, by level."""

    parts: Sequence[Mapping[Level, Promise]]

    def bound(self, level: Level, values: Mapping[Level, int] | None = None) -> int:
        """A lower bound of a level, summed over the parts, for rosters with these ``values`` at the earlier levels (left out:
        their own bounds)."""
        about = [part[level] for part in self.parts if level in part]
        if not about:
            return 0
        cost = 0.0
        for earlier in COVERAGE_LEVELS:
            price = max(promise.prices.get(earlier, 0.0) for promise in about)
            if earlier < level and price > 0.0:
                value = self.bound(earlier) if values is None or earlier not in values else values[earlier]
                # However the excess is spread over the parts, none of it saves more than the dearest price.
                excess = value - sum(_least(part, level, earlier) for part in self.parts)
                cost += price * max(0, excess)
        if cost == 0.0:
            return sum(promise.base for promise in about)
        return rounded(sum(promise.optimum for promise in about) - cost, math.gcd(*(item.step for item in about)))


def _least(part: Mapping[Level, Promise], level: Level, earlier: Level) -> int:
    """What a part has at least at an earlier level, as its promise about ``level`` takes it."""
    if level in part and earlier in part[level].caps:
        return part[level].caps[earlier]
    return part[earlier].base if earlier in part else 0
