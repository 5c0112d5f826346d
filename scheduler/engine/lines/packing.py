"""The most that duties come to under limits of hours alone: a knapsack of days within weeks within periods.

One duty a day, and sums of paid minutes that may not exceed a limit. Limits count where their days lie within each other or
apart, as weeks lie in a period; one that crosses an earlier one is left out, and so is one of anything but paid minutes. What is
found is then still no less than what any line comes to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from scheduler.engine.compiled_problem import CompiledProblem, Ints
from scheduler.vocabulary.constraints import Total

NEVER = np.int64(-(1 << 50))


@dataclass
class _Limit:
    """``most`` paid minutes on some days; ``inner`` are limits on a part of them."""

    days: frozenset[int]
    most: int
    inner: list[_Limit] = field(default_factory=list)


def packed(pool: CompiledProblem, totals: Iterable[Total], amount: Ints) -> int:
    """The largest Σ ``amount[day, shift]`` of at most one duty a day that keeps the limits of some totals."""
    useful = amount > 0
    if not useful.any():
        return 0
    unit = max(1, int(np.gcd.reduce(pool.paid[useful])))
    options = [
        [(int(pool.paid[day, shift]) // unit, int(amount[day, shift])) for shift in np.flatnonzero(useful[day])]
        for day in range(pool.days)
    ]
    outer = _nested(_limits(pool, totals, amount))
    limited = frozenset().union(*(limit.days for limit in outer))
    best = sum(max((worth for _, worth in options[day]), default=0) for day in range(pool.days) if day not in limited)
    return best + sum(int(_table(limit, options, unit)[-1]) for limit in outer)


def _limits(pool: CompiledProblem, totals: Iterable[Total], amount: Ints) -> list[_Limit]:
    """Those of paid minutes, one for each set of days."""
    found: dict[frozenset[int], int] = {}
    for total in totals:
        if total.most is None:
            continue
        paid = all(weight == pool.paid[day, pool.shift[code]] for (day, code), weight in total.weights.items())
        days = frozenset(day for day, _ in total.weights)
        whole = all((day, pool.shifts[shift]) in total.weights for day in days for shift in np.flatnonzero(amount[day]))
        if paid and whole and days:
            most = max(0, total.most - total.base)
            found[days] = min(most, found.get(days, most))
    return [_Limit(days, most) for days, most in found.items()]


def _nested(limits: Sequence[_Limit]) -> list[_Limit]:
    """The outermost limits, with the others inside; those that cross an earlier, longer one are left out."""
    outer: list[_Limit] = []
    for limit in sorted(limits, key=lambda item: (-len(item.days), min(item.days))):
        level = outer
        while (around := next((other for other in level if limit.days <= other.days), None)) is not None:
            level = around.inner
        if all(limit.days.isdisjoint(other.days) for other in level):
            level.append(limit)
    return outer


def _table(limit: _Limit, options: Sequence[Sequence[tuple[int, int]]], unit: int) -> Ints:
    """``[units]``: the most with no more than so many units of paid minutes on the days of a limit."""
    best: Ints = np.zeros(limit.most // unit + 1, dtype=np.int64)
    free = limit.days
    for inner in limit.inner:
        free -= inner.days
        best = _joined(best, list(enumerate(_table(inner, options, unit).tolist())))
    for day in sorted(free):
        best = _joined(best, [(0, 0), *options[day]])
    return best


def _joined(best: Ints, options: Iterable[tuple[int, int]]) -> Ints:
    """With one of some options (units, worth) more."""
    found: Ints = np.full_like(best, NEVER)
    for units, worth in options:
        if units < len(best):
            np.maximum(found[units:], best[: len(best) - units] + worth, out=found[units:])
    return found
