"""A linear expression under construction."""

from __future__ import annotations

from dataclasses import dataclass, field

from ortools.sat.python import cp_model

Var = cp_model.IntVar
Post = tuple[int, int, int, int]
"""Class, day, shift and hotspot."""


@dataclass(slots=True)
class Terms:
    """A constant and weighted variables, to be summed."""

    constant: int = 0
    variables: list[Var] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)

    def add(self, variable: Var, weight: int = 1) -> None:
        self.variables.append(variable)
        self.weights.append(weight)

    def expression(self) -> cp_model.LinearExpr:
        return cp_model.LinearExpr.weighted_sum(self.variables, self.weights) + self.constant
