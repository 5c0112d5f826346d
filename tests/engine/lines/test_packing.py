"""A knapsack of hours against the dynamic programme of lines, and against every choice of small worlds."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.lines.packing import packed
from scheduler.rules import declare
from scheduler.vocabulary.constraints import Total
from tests import builders as b

SHIFTS = (b.shift("E", "06:00", "14:00"), b.shift("D", "08:00", "20:00"), b.shift("P", "10:00", "14:30"))
POOL = CompiledProblem(declare(b.make(5, shifts=SHIFTS, contracts=(b.free_contract(),))))


def total(first: int, stop: int, most: int | None, base: int = 0) -> Total:
    weights = {
        (day, code): int(POOL.paid[day, shift]) for day in range(first, stop) for code, shift in POOL.shift.items()
    }
    return Total("x", "P1", weights, base=base, most=most)


def best(totals: list[Total], amount: np.ndarray) -> int:
    """By trying everything."""
    found = 0
    for line in itertools.product(range(-1, len(SHIFTS)), repeat=POOL.days):
        duties = [(day, POOL.shifts[shift]) for day, shift in enumerate(line) if shift >= 0]
        kept = all(
            item.most is None
            or item.base + sum(item.weights.get(duty, 0) for duty in duties) <= max(item.most, item.base)
            for item in totals
        )
        if kept:
            found = max(found, sum(int(amount[day, POOL.shift[code]]) for day, code in duties))
    return found


@pytest.mark.parametrize("seed", range(30))
def test_nested_limits_are_kept_exactly(seed: int) -> None:
    pick = random.Random(seed)
    amount = np.array([[pick.choice([0, 120, 270, 480, 720]) for _ in SHIFTS] for _ in range(POOL.days)])
    cut = pick.randint(1, 4)
    totals = [
        total(0, 5, pick.choice([None, 900, 1500, 2400]), base=pick.choice([0, 300])),
        total(0, cut, pick.choice([480, 750, 1200])),
        total(cut, 5, pick.choice([480, 1000])),
    ]
    assert packed(POOL, totals, amount) == best(totals, amount)


def test_limits_that_cross_or_count_something_else_only_make_it_more() -> None:
    amount = POOL.paid.copy()
    crossing = [total(0, 4, 1000), total(3, 5, 480)]
    assert packed(POOL, crossing, amount) >= best(crossing, amount)
    counted = Total("x", "P1", {(day, "D"): 1 for day in range(5)}, most=1)
    assert packed(POOL, [counted], amount) == 5 * 720 >= best([counted], amount)


def test_what_nobody_wants_is_worth_nothing() -> None:
    assert packed(POOL, [total(0, 5, 1000)], np.zeros_like(POOL.paid)) == 0
