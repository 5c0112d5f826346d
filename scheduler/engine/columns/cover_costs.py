"""What heads of an interval save, and the least that intervals cost when heads can be had at a price."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.engine.compiled_problem import CoverInterval, Ints
from scheduler.vocabulary.constraints import Level

SCALE = 1024
"""Worth is rounded to this many parts of a person-minute, or of a point, for the bound, which keeps it exact in whole numbers."""

Prices = Mapping[Level, int]


@dataclass(frozen=True, slots=True)
class Tier:
    """``heads`` of an interval (None: all further ones) that save the same: ``saves[level]`` weighted person-minutes or points a
    head, negative for a head too many."""

    heads: int | None
    saves: Prices

    def worth(self, levels: Prices) -> int:
        return sum(levels.get(level, 0) * saved for level, saved in self.saves.items())


@dataclass(frozen=True, slots=True)
class CoverRow:
    """One interval, filled by ``posts``: what it costs without any more heads, and tiers from the next head to the last."""

    empty: Prices
    tiers: tuple[Tier, ...]
    posts: tuple[tuple[int, int, int, int], ...]


class PricedRows:
    """Rows with what a person-minute, or a point, is worth at each level; ``lowest[row]`` and ``highest[row]`` are what a head is
    worth at least and at most, and ``empty`` what all cost without heads, in 1/SCALE person-minutes or points."""

    def __init__(self, rows: Sequence[CoverRow], levels: Prices) -> None:
        worths = [[SCALE * tier.worth(levels) for tier in row.tiers] for row in rows]
        self.highest = np.array([steps[0] for steps in worths], dtype=np.int64)
        self.lowest = np.array([steps[-1] for steps in worths], dtype=np.int64)
        self.empty = SCALE * sum(levels.get(level, 0) * cost for row in rows for level, cost in row.empty.items())
        self._worth = np.array([worth for steps in worths for worth in steps[:-1]], dtype=np.int64)
        self._heads = np.array([tier.heads for row in rows for tier in row.tiers[:-1]], dtype=np.int64)
        self._row = np.repeat(np.arange(len(rows)), [len(row.tiers) - 1 for row in rows])

    def least(self, worth: Ints) -> int:
        """The least cost of all intervals when heads of row r can be had for ``worth[r]`` each, whatever their number."""
        if (worth < self.lowest).any():
            raise ValueError("a head may not be had for less than the last tier is worth")
        gains = self._heads * np.maximum(0, self._worth - worth[self._row])
        return int(self.empty - sum(gains.tolist()))


def empty_cost(interval: CoverInterval, heads: int, *, priced: bool) -> dict[Level, int]:
    """What an interval costs at each level with so many heads; ``priced``: with what heads cost at the quality level."""
    cost: dict[Level, int] = defaultdict(int)
    for requirement in interval.requirements:
        if requirement.weight and (priced or requirement.level is not Level.QUALITY):
            off = heads - requirement.heads if requirement.above else requirement.heads - heads
            cost[requirement.level] += max(0, off) * requirement.weight * interval.minutes
    return dict(cost)


def tiers(interval: CoverInterval, heads: int, *, priced: bool) -> tuple[Tier, ...]:
    """What heads beyond ``heads`` save, from the next to the last."""
    requirements = [
        requirement
        for requirement in interval.requirements
        if requirement.weight and (priced or requirement.level is not Level.QUALITY)
    ]
    edges = sorted({requirement.heads for requirement in requirements if requirement.heads > heads})
    found: list[Tier] = []
    for low, high in zip([heads, *edges], [*edges, None], strict=True):
        saves: dict[Level, int] = defaultdict(int)
        for requirement in requirements:
            if requirement.above and requirement.heads <= low:
                saves[requirement.level] -= requirement.weight * interval.minutes
            elif not requirement.above and requirement.heads > low:
                saves[requirement.level] += requirement.weight * interval.minutes
        found.append(Tier(None if high is None else high - low, dict(saves)))
    return tuple(found)
