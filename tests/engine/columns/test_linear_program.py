"""The growing program against MathOpt's own objects, which solve each state of it from the start."""

from __future__ import annotations

import numpy as np
import pytest
from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

from scheduler.engine.columns import linear_program
from scheduler.engine.columns.linear_program import Program
from scheduler.engine.columns.restricted import in_whole_numbers


class Twice:
    """The same changes made in both."""

    def __init__(self, rows: int, random: np.random.Generator) -> None:
        self.random = random
        self.program, self.model = Program(), mathopt.Model()
        self.variables: list[mathopt.Variable] = []
        self.rows = [self.model.add_linear_constraint(lb=2.0, ub=9.0) for _ in range(rows)]
        assert [self.program.add_row(2.0, 9.0) for _ in self.rows] == list(range(rows))
        for row in range(rows):  # So that there always is a solution.
            self.add({row: 1.0}, 50.0)

    def add(self, entries: dict[int, float], cost: float) -> None:
        assert self.program.add_column(cost, entries, 4.0) == len(self.variables)
        self.variables.append(self.model.add_variable(lb=0.0, ub=4.0))
        self.model.objective.set_linear_coefficient(self.variables[-1], cost)
        for row, coefficient in entries.items():
            self.rows[row].set_coefficient(self.variables[-1], coefficient)

    def change(self) -> None:
        for _ in range(4):
            some = self.random.choice(len(self.rows), 3, replace=False)
            self.add({int(row): float(self.random.choice([-1.0, 1.0, 2.0])) for row in some}, self.cost())
        column, closed = self.random.integers(len(self.rows), len(self.variables), 2)
        cost, offset = self.cost(), self.cost()
        self.program.set_cost(int(column), cost)
        self.model.objective.set_linear_coefficient(self.variables[column], cost)
        self.program.set_offset(offset)
        self.model.objective.offset = offset
        self.program.close(int(closed))
        self.variables[closed].upper_bound = 0.0

    def cost(self) -> float:
        return float(self.random.integers(-5, 20))


@pytest.mark.parametrize("seed", range(20))
def test_after_every_change_the_optimum_is_that_of_a_fresh_model(seed: int) -> None:
    twice = Twice(6, np.random.default_rng(seed))
    for _ in range(6):
        twice.change()
        found = twice.program.solve(10.0)
        fresh = mathopt.solve(twice.model, mathopt.SolverType.GLOP)
        assert found is not None
        assert found.objective == pytest.approx(fresh.objective_value())
        assert found.values.shape == (len(twice.variables),)
        assert found.duals.shape == (len(twice.rows),)
        reduced = np.array(
            [
                twice.model.objective.get_linear_coefficient(v)
                - sum(row.get_coefficient(v) * dual for row, dual in zip(twice.rows, found.duals, strict=True))
                for v in twice.variables
            ]
        )
        high = np.array([v.upper_bound for v in twice.variables])
        assert reduced[(found.values > 1e-6) & (found.values < high - 1e-6)] == pytest.approx(0.0, abs=1e-6)
        assert (reduced[(found.values < 1e-6) & (high > 0)] > -1e-6).all()


def test_no_solution_is_none() -> None:
    program = Program()
    row = program.add_row(1.0, 1.0)
    program.add_column(1.0, {row: 1.0}, 0.5)
    assert program.solve(10.0) is None


@pytest.mark.parametrize("seed", range(10))
def test_in_whole_numbers_it_is_the_optimum_of_another_solver(seed: int) -> None:
    twice = Twice(6, np.random.default_rng(seed))
    twice.change()
    for variable in twice.variables:
        variable.integer = True
    best = mathopt.solve(twice.model, mathopt.SolverType.HIGHS).objective_value()
    model, columns = in_whole_numbers(twice.program.figures(), 1, best, 9)
    solver = cp_model.CpSolver()
    assert solver.solve(model) == cp_model.OPTIMAL
    assert solver.objective_value == pytest.approx(best)
    assert len(columns) == len(twice.variables)
    for row in twice.rows:
        total = sum(row.get_coefficient(v) * solver.value(c) for v, c in zip(twice.variables, columns, strict=True))
        assert 2 <= total <= 9
    below, _ = in_whole_numbers(twice.program.figures(), 1, best - 0.5, 9)
    assert cp_model.CpSolver().solve(below) == cp_model.INFEASIBLE
    relaxed = twice.program.solve(10.0)
    assert relaxed is not None
    assert relaxed.objective <= best + 1e-6
    with pytest.raises(RuntimeError, match="before"):
        twice.program.figures()


class _Lost:
    """A solver that ends as GLOP does where numbers are lost: every later call is refused too."""

    def update(self, _: object) -> bool:
        raise ArithmeticError

    def solve(self, *_: object) -> None:
        raise ArithmeticError


def test_a_program_that_lost_its_numbers_has_no_optimum_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program()
    row = program.add_row(1.0, 2.0)
    program.add_column(1.0, {row: 1.0})
    monkeypatch.setattr(linear_program, "StatusNotOk", ArithmeticError)
    monkeypatch.setattr(linear_program.core, "new", lambda *_: _Lost())
    assert program.solve(1.0) is None
    program.add_column(1.0, {row: 1.0})
    program.set_row(row, 1.0, 3.0)
    assert program.solve(1.0) is None
