"""How many reserves are enough: the arithmetic of risk pooling."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from scheduler.analysis.reserves import Reserves, independent, simulated

ON_DUTY = {"5339": 17, "5341": 17, "5340": 14, "5344": 8}


def test_four_zones_apart_need_11_and_one_pool_6_at_5_percent() -> None:
    found = independent(ON_DUTY, 0.05)
    assert found.separate == 11
    assert found.by_pool == {"5339": 3, "5341": 3, "5340": 3, "5344": 2}
    assert found.pooled == 6


def test_at_8_percent_one_pool_needs_8_and_no_fewer_than_14_do_apart() -> None:
    found = independent(ON_DUTY, 0.08)
    assert (found.separate, found.pooled) == (14, 8)

    def chance(numbers: tuple[int, ...]) -> float:
        return math.prod(
            sum(math.comb(duty, k) * 0.08**k * 0.92 ** (duty - k) for k in range(number + 1))
            for number, duty in zip(numbers, ON_DUTY.values(), strict=True)
        )

    fewer = [numbers for numbers in itertools.product(range(9), repeat=4) if sum(numbers) == 13]
    assert max(map(chance, fewer)) < 0.95 <= found.chance
    assert chance(tuple(found.by_pool.values())) == pytest.approx(found.chance)


def test_nobody_away_needs_no_reserve_and_everybody_away_all() -> None:
    assert independent({"a": 3, "b": 2}, 0.0) == Reserves({"a": 0, "b": 0}, 1.0, 0, 1.0)
    all_away = independent({"a": 3, "b": 2}, 1.0)
    assert (all_away.by_pool, all_away.pooled) == ({"a": 3, "b": 2}, 5)


def test_samples_of_independent_absences_give_what_the_arithmetic_gives() -> None:
    random = np.random.default_rng(1)
    missing = np.stack([random.binomial(number, 0.05, 40_000) for number in ON_DUTY.values()], axis=1)
    found, exact = simulated(missing, missing.sum(axis=1), list(ON_DUTY)), independent(ON_DUTY, 0.05)
    assert (found.separate, found.pooled) == (11, 6)
    assert found.chance == pytest.approx(exact.chance, abs=0.005)
    assert found.pooled_chance == pytest.approx(exact.pooled_chance, abs=0.005)


def test_pools_that_are_away_together_need_fewer_than_those_that_are_not() -> None:
    together = np.repeat([[0, 0], [2, 2]], [95, 5], axis=0)
    apart = np.repeat([[0, 0], [2, 0], [0, 2]], [90, 5, 5], axis=0)
    assert simulated(together, together.sum(axis=1), ["a", "b"]).separate == 0
    assert simulated(apart, apart.sum(axis=1), ["a", "b"]).separate == 2
