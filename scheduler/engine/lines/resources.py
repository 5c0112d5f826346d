"""Sums along a line of work that rules limit or price: what each choice adds, and what the final value costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.engine.compiled import LIMIT
from scheduler.engine.compiled_problem import Ints
from scheduler.engine.lines.automata import INF
from scheduler.vocabulary.constraints import Total


@dataclass(frozen=True, slots=True)
class Resource:
    """A sum along the line that a rule bounds or prices: units per choice, price of its final value, hard limit."""

    weight: Ints
    first: int
    last: int
    limit: int
    term: Ints
    monotone: bool
    emitter: int = -1

    @property
    def prices_nothing(self) -> bool:
        """Whether it only forbids amounts of duties that are too large or too small."""
        return self.emitter < 0 and bool(((self.term == 0) | (self.term >= LIMIT)).all())


def sum_resource(weight: Ints, group: Sequence[Total]) -> Resource | None:
    used = np.flatnonzero(weight.any(axis=1))
    unit = int(np.gcd.reduce(weight[weight > 0])) if used.size else 1
    reachable = int(weight.max(axis=1).sum()) // unit
    bounds = [(total.base, total.least, total.most, total.cost) for total in group]
    if all(
        (least is None or base >= least) and (most is None or base + reachable * unit <= most)
        for base, least, most, _ in bounds
    ):
        return None
    first, last = (int(used[0]), int(used[-1])) if used.size else (0, 0)
    return priced(weight // unit, first, last, reachable, unit, bounds, -1)


def priced(
    weight: Ints, first: int, last: int, reachable: int, unit: int,
    bounds: Sequence[tuple[int, int | None, int | None, int | None]], emitter: int,
) -> Resource:  # fmt: skip
    """Price every final value of a sum. Values over a hard maximum are cut off at once: weights are not negative."""
    limit = reachable
    for base, _, most, cost in bounds:
        if most is not None and cost is None:
            limit = min(limit, (most - base) // unit)
    term = np.zeros(max(limit, 0) + 1, dtype=np.int64)
    for base, least, most, cost in bounds:
        for value in range(term.size):
            amount = base + value * unit
            off = max(0, (least or amount) - amount) if least is not None else 0
            off += max(0, amount - most) if most is not None else 0
            if off and cost is None:
                term[value] = INF
            elif off and cost is not None:
                term[value] = min(int(INF), int(term[value]) + off * cost)
    if limit < 0:
        term[:] = INF
    monotone = bool((np.diff(term) >= 0).all())
    return Resource(weight, first, last, max(limit, 0), term, monotone, emitter)
