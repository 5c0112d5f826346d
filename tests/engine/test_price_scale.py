"""The smallest price, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.price_scale import smallest_price
from scheduler.rules import declare
from scheduler.vocabulary.constraints import Constraint, Cover, Level, Run, Total, Wish
from tests.builders import make

SUM = {(0, "E"): 480, (1, "E"): 480, (0, "N"): 600}


@pytest.mark.parametrize(
    ("constraints", "price"),
    [
        ((), 0),
        ((Run("r", "P1", most=1),), 0),
        ((Run("r", "P1", most=1, cost=7), Wish("r", "P1", 9)), 7),
        ((Total("r", "P1", SUM, most=480, cost=2), Wish("r", "P1", 500)), 240),
        ((Total("r", "P1", {}, most=480, cost=2), Wish("r", "P1", 500)), 500),
        ((Cover("r", Level.TARGETS, "HAL", "police", frozenset({"P1"}), 360, 361, 1),), 0),
        ((Cover("r", Level.QUALITY, "HAL", "police", frozenset({"P1"}), 360, 420, 1, 3),), 180),
    ],
)
def test_the_smallest_price(constraints: tuple[Constraint, ...], price: int) -> None:
    problem = declare(make(2))
    assert smallest_price(CompiledProblem(replace(problem, constraints=constraints))) == price
