"""Pricing a master until nothing more helps, is to be had, or is worth the time."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable

from scheduler.engine.columns.master import HOUR, Master
from scheduler.engine.columns.optimum import Pricing, Solution
from scheduler.engine.columns.pricing_effort import PricingEffort

LABELS = 100
"""Labels a day of a pricing."""
ROUNDING = 1e-6
"""Hours by which the objective of a linear program moves without a reason."""
LITTLE = 0.5
"""Points from which on something costs."""

Left = Callable[[], float]


def pricings(
    master: Master, left: Left, near: Callable[[Solution, Pricing], bool] = lambda *_: False
) -> Generator[tuple[Solution, Pricing], None, bool]:
    """Optimum and pricing by turns, exact in the end. True where that ended because the bound was ``near``, or because no line
    helps any more; False where time was over."""
    looks = PricingEffort()
    while left() > 0 and (solution := master.solve(max(left(), 0.1))) is not None:
        found = master.price(solution, looks.next)
        yield solution, found
        if near(solution, found) or not looks.after(found.new, solution.objective):
            return True
    return False


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
