"""The restricted master: the best of all combinations of the columns that are there, below what was aimed at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pytest

from scheduler.engine.columns.cover_costs import empty_cost
from scheduler.engine.columns.master import HOUR, Master
from scheduler.engine.columns.optimum import Column, Solution
from scheduler.engine.columns.restricted import restricted
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.lines.labelling import Line, LineModel
from tests.engine.columns.programs import program, short_of_staff
from tests.engine.zones import limits

LINES = 6


@pytest.fixture(scope="module")
def pool() -> CompiledProblem:
    return short_of_staff(days=7, people=4)


def _some(pool: CompiledProblem, seed: int) -> tuple[Master, Solution]:
    """A program with some lines of everybody that are best for something."""
    master, random = program(pool), np.random.default_rng(seed)
    for person in master.members:
        model = LineModel(pool, person, soft=False)
        for _ in range(LINES):
            reward = random.integers(0, 1000, (pool.days, len(pool.shifts)))
            master.add(person, model.k_best(reward, 1)[0][0][1], int(random.integers(0, 50)))
    optimum = master.solve(10.0)
    assert optimum is not None
    return master, optimum


def _price(pool: CompiledProblem, master: Master, columns: Sequence[Column]) -> float:
    """What lines cost together, in hours: counted, not asked of a program."""
    heads = Counter((int(day), int(column.line[day]) - 1) for column in columns for day in np.flatnonzero(column.line))
    points = sum(column.cost for column in columns)
    for interval in (
        pool.intervals[number] for number in master.intervals
    ):  # What nobody can fill is not in the program.
        missing = empty_cost(interval, sum(heads[duty] for duty in interval.duties), priced=True)
        points += sum(master.levels[level] * cost for level, cost in missing.items())
    return points / HOUR


def _combinations(master: Master, optimum: Solution) -> product[tuple[Column, ...]]:
    return product(*([column for column in optimum.columns if column.person == person] for person in master.members))


def _all(pool: CompiledProblem, master: Master, optimum: Solution) -> list[float]:
    """What every combination of the columns of an optimum costs."""
    return [_price(pool, master, columns) for columns in _combinations(master, optimum)]


def _chosen(master: Master, lines: Mapping[int, Line]) -> list[Column]:
    return [
        next(column for column in master.columns if column.person == person and (column.line == line).all())
        for person, line in lines.items()
    ]


def test_it_is_the_best_of_all_combinations(pool: CompiledProblem) -> None:
    mixed = 0
    for seed in range(12):
        master, optimum = _some(pool, seed)
        least = min(_all(pool, master, optimum))
        mixed += least > optimum.objective + 0.01
        for aim in least + 20.0, least + 1e-6:
            lines = restricted(master, optimum, aim, limits())
            assert lines is not None
            assert set(lines) == set(master.members)
            assert _price(pool, master, _chosen(master, lines)) == pytest.approx(least)
        assert restricted(master, optimum, least - 0.02, limits()) is None
    assert mixed >= 4, "nothing to choose: the optima are whole"


@pytest.mark.parametrize("seed", range(5))
def test_columns_left_out_are_in_no_choice_below_the_aim(pool: CompiledProblem, seed: int) -> None:
    master, optimum = _some(pool, seed)
    prices = _all(pool, master, optimum)
    aim = float(np.quantile(prices, 0.01))
    kept = {id(column) for column in master.within(optimum, aim)}
    assert 0 < len(kept) < len(optimum.columns)
    below = [columns for columns, price in zip(_combinations(master, optimum), prices, strict=True) if price <= aim]
    assert below
    assert all(id(column) in kept for columns in below for column in columns)


def test_below_the_optimum_there_is_none(pool: CompiledProblem) -> None:
    master, optimum = _some(pool, 0)
    assert restricted(master, optimum, optimum.objective - 0.02, limits()) is None
