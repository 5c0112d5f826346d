"""What the smallest thing costs that the quality level has a price for: the grain of what a search may forgive."""

from __future__ import annotations

from math import gcd

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.vocabulary.constraints import Level, Total


def smallest_price(pool: CompiledProblem) -> int:
    """Points of the cheapest step: a unit of a rule, minutes of a sum by the longest ones that fit all duties, a head of an
    interval.

    0 when nothing has a price.
    """
    prices = [
        requirement.weight * interval.minutes
        for interval in pool.intervals
        for requirement in interval.requirements
        if requirement.level is Level.QUALITY
    ]
    for constraint in pool.problem.constraints:
        cost = getattr(constraint, "cost", None)
        if cost:
            prices.append(cost * (gcd(*constraint.weights.values()) if isinstance(constraint, Total) else 1))
    return min((price for price in prices if price), default=0)
