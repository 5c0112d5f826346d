"""How many reserves are enough: the fewest with which every pool covers its own absences, and those of one pool for all."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

ENOUGH = 0.95
"""The chance with which reserves must be enough."""
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Reserves:
    """Reserves of each pool, and of all as one pool; ``chance`` and ``pooled_chance`` are those with which they are enough."""

    by_pool: Mapping[str, int]
    chance: float
    pooled: int
    pooled_chance: float

    @property
    def separate(self) -> int:
        """Reserves of all pools together."""
        return sum(self.by_pool.values())


def independent(on_duty: Mapping[str, int], absence: float, enough: float = ENOUGH) -> Reserves:
    """For so many people on duty in each pool, each of whom is away with the chance ``absence``, whatever the others are."""
    within = {pool: _binomial(number, absence) for pool, number in on_duty.items()}
    pools, every = list(on_duty), _binomial(sum(on_duty.values()), absence)

    def holds(numbers: Sequence[int]) -> float:
        return math.prod(within[pool][min(number, on_duty[pool])] for pool, number in zip(pools, numbers, strict=True))

    least = [_first(within[pool], enough) for pool in pools]
    found, chance = _fewest(least, holds, enough)
    pooled = _first(every, enough)
    return Reserves(dict(zip(pools, found, strict=True)), chance, pooled, every[pooled])


def _binomial(number: int, chance: float) -> list[float]:
    """The chance of at most k of a number, for k from 0 on."""
    exactly = [math.comb(number, k) * chance**k * (1 - chance) ** (number - k) for k in range(number + 1)]
    return [float(chance) for chance in np.cumsum(exactly)]


def _first(within: Sequence[float], enough: float) -> int:
    return next(number for number, chance in enumerate(within) if chance >= enough - ROUNDING)


def simulated(missing: Ints, together: Ints, pools: Sequence[str], enough: float = ENOUGH) -> Reserves:
    """For what was missing in many samples: ``missing[sample, pool]`` of each pool, ``together[sample]`` of all as one."""
    kinds, counts = np.unique(missing, axis=0, return_counts=True)
    weights = counts / counts.sum()

    def holds(numbers: Sequence[int]) -> float:
        return float(weights[(kinds <= np.array(numbers)).all(axis=1)].sum())

    least = [_level(kinds[:, place], weights, enough) for place in range(len(pools))]
    found, chance = _fewest(least, holds, enough)
    pooled = _level(together, np.full(together.size, 1 / together.size), enough)
    return Reserves(dict(zip(pools, found, strict=True)), chance, pooled, float((together <= pooled).mean()))


def _level(values: Ints, weights: NDArray[np.float64], enough: float) -> int:
    """The smallest value that is not exceeded often enough."""
    shares = np.bincount(values, weights=weights).cumsum()
    return _first([float(share) for share in shares], enough)


def _fewest(least: Sequence[int], holds: Callable[[Sequence[int]], float], enough: float) -> tuple[list[int], float]:
    """The fewest in all that hold often enough; of several ways the one that holds most often. No pool can have fewer than
    ``least``, with which it holds often enough by itself."""
    more = 0
    while True:
        best: tuple[float, list[int]] | None = None
        for chosen in combinations_with_replacement(range(len(least)), more):
            numbers = [number + chosen.count(place) for place, number in enumerate(least)]
            chance = holds(numbers)
            if best is None or chance > best[0]:
                best = (chance, numbers)
        if best is None:
            return [], 1.0
        if best[0] >= enough - ROUNDING:
            return best[1], best[0]
        more += 1
