"""One search: proof, limits, the stop switch, reproducibility."""

from __future__ import annotations

import dataclasses
import threading

from ortools.sat.python import cp_model

from scheduler.engine.cpsat.solver import Limits, search
from tests.engine.zones import limits


def _queens(size: int = 8) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """Queens that do not meet, with the first as far right as may be."""
    model = cp_model.CpModel()
    columns = [model.new_int_var(0, size - 1, "") for _ in range(size)]
    model.add_all_different(columns)
    model.add_all_different([column + row for row, column in enumerate(columns)])
    model.add_all_different([column - row for row, column in enumerate(columns)])
    model.minimize(size - 1 - columns[0])
    return model, columns


def test_an_optimum_is_read_and_proven() -> None:
    model, columns = _queens()
    outcome = search(model, limits())
    assert outcome.optimal
    assert outcome.solved
    assert outcome.value(columns[0]) == 7
    assert outcome.bound == 0
    assert outcome.work > 0


def test_infeasible_is_neither_solved_nor_optimal() -> None:
    outcome = search(_queens(3)[0], limits())
    assert not outcome.solved
    assert not outcome.optimal


def test_equal_seeds_give_equal_solutions() -> None:
    def solution(seed: int) -> list[int]:
        model, columns = _queens(10)
        outcome = search(model, limits(seed=seed))
        return [outcome.value(column) for column in columns]

    assert solution(4) == solution(4)


def _hopeless() -> cp_model.CpModel:
    """A pigeon too many, without any relaxation to see it: no search ends by itself."""
    model = cp_model.CpModel()
    size = 60
    at = [[model.new_bool_var("") for _ in range(size - 1)] for _ in range(size)]
    late = [model.new_bool_var("") for _ in range(size)]
    for pigeon, row in enumerate(at):
        model.add_bool_or([*row, late[pigeon]])
    for hole in range(size - 1):
        for a in range(size):
            for b in range(a):
                model.add_bool_or([~at[a][hole], ~at[b][hole]])
    weights = [3 + (7 * pigeon) % 11 for pigeon in range(size)]
    model.minimize(cp_model.LinearExpr.weighted_sum(late, weights))
    return model


def test_a_stop_set_beforehand_ends_the_search() -> None:
    """Without the switch this would take the ten minutes that the limit allows."""
    stop = threading.Event()
    stop.set()
    outcome = search(_hopeless(), Limits(600.0, workers=1, seed=1, reproducible=False, stop=stop))
    assert outcome.work < 600


def test_deterministic_work_is_limited() -> None:
    given = dataclasses.replace(limits(0.2))
    assert search(_hopeless(), given).work < 2.0
