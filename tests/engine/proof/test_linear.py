"""Linear programs: optima that follow from arithmetic, and bounds that hold whatever prices the solver gives."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from scheduler.engine.proof.linear import Program, Relaxation


def _forever() -> float:
    return 30.0


def test_rows_that_are_added_later_raise_the_optimum() -> None:
    program = Program()
    a, b = program.columns(np.array([4, 4])).tolist()
    program.row([(a, -2), (b, -1)], -6, "six are needed")
    relaxation = Relaxation(program)
    relaxation.minimise(np.array([a, b]), np.array([3.0, 2.0]))
    first = relaxation.solve(_forever)
    assert first is not None
    assert first.bound == pytest.approx(9.0)
    assert first.prices.tolist() == pytest.approx([1.5])
    program.row([(a, 1)], 1, "not too much of the cheap")
    second = relaxation.solve(_forever)
    assert second is not None
    assert second.bound == pytest.approx(3.0 + 8.0)
    relaxation.minimise(np.array([b]), np.array([1.0]))
    third = relaxation.solve(_forever)
    assert third is not None
    assert third.bound == pytest.approx(4.0)


@pytest.mark.parametrize(("most", "feasible"), [(3, True), (2, False)])
def test_rows_that_cannot_all_hold_have_no_optimum(most: int, feasible: bool) -> None:
    program = Program()
    column = program.columns(np.array([5]))
    program.row([(column, -1)], -3, "at least three")
    program.row([(column, 1)], most, "at most so many")
    found = Relaxation(program).solve(_forever)
    assert found is not None
    assert found.feasible is feasible


def test_without_time_there_is_no_answer() -> None:
    program = Program()
    program.columns(np.array([5]))
    assert Relaxation(program).solve(lambda: 0.0) is None


def test_a_column_named_twice_counts_with_the_sum_of_its_factors() -> None:
    program = Program()
    a, b = program.columns(np.array([4, 4])).tolist()
    program.row([(a, 2), (b, 1), (a, -1), (b, -1)], 3, "why")
    assert program.rows[0].columns.tolist() == [a]
    assert program.rows[0].coefficients.tolist() == [1]


@pytest.mark.parametrize("seed", range(20))
def test_the_bound_is_never_above_any_whole_solution(seed: int) -> None:
    rng = random.Random(seed)
    program = Program()
    columns = program.columns(np.array([3, 3, 3, 3]), np.array([0, 1, 0, 0]))
    rows = []
    for _ in range(3):
        factors, low = [rng.randint(-3, 3) for _ in range(4)], rng.randint(-4, 2)
        high = low + rng.randint(0, 5)
        rows.append((factors, low, high))
        program.row(zip(columns.tolist(), factors, strict=True), high, "random", low=low)
    costs = [rng.randint(0, 9) for _ in range(4)]
    values = [
        sum(c * x for c, x in zip(costs, point, strict=True))
        for point in itertools.product(range(4), range(1, 4), range(4), range(4))
        if all(low <= sum(f * x for f, x in zip(factors, point, strict=True)) <= high for factors, low, high in rows)
    ]
    relaxation = Relaxation(program)
    relaxation.minimise(columns, np.array(costs, dtype=np.float64))
    found = relaxation.solve(_forever)
    assert found is not None
    if values:
        assert found.feasible
        assert found.bound <= min(values) + 1e-6
        reached = float(np.array(costs) @ found.columns)
        assert found.bound == pytest.approx(reached, abs=1e-6)
