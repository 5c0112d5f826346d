"""Pricing a master until nothing more helps, is to be had, or is worth the time."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from scheduler.engine.columns.master import HOUR, Master
from scheduler.engine.columns.optimum import Solution

LABELS = 100
"""Labels a day of a pricing."""
ROUNDING = 1e-6
"""Hours by which the objective of a linear program moves without a reason."""
LITTLE = 0.5
"""Points from which on something costs."""

Left = Callable[[], float]


def priced(
    master: Master, people: Iterable[int] | None, aim: float, rounds: int, patience: int, left: Left
) -> Solution | None:
    """About the optimum after at most so many pricings of everybody, or of some ``people``; fewer where nothing more is found or
    to be had, or where as many as ``patience`` gained nothing. None when the optimum cannot come below ``aim``, or was not found
    in time."""
    solution, least, idle = master.solve(max(0.05, left())), float("inf"), 0
    for _ in range(rounds):
        if solution is None or left() <= 0:
            return solution
        idle = 0 if solution.objective < least - ROUNDING else idle + 1
        least = min(least, solution.objective)
        found = master.price(solution, LABELS, people)
        if found.bound is not None and found.bound / HOUR > aim:
            return None
        done = found.bound is not None and solution.objective - found.bound / HOUR < LITTLE / HOUR
        if found.new == 0 or done or idle == patience:
            return solution
        solution = master.solve(max(0.05, left()))
    return solution
