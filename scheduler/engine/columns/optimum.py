"""What a master finds: its columns, an optimum over them, and what a pricing at its duals says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scheduler.engine.columns.cover_costs import SCALE
from scheduler.engine.compiled_problem import Ints
from scheduler.engine.lines.labelling import Line


@dataclass(slots=True)
class Column:
    """A line of a person, with its own points, what it costs at each level that counts changes, and its number in the program."""

    person: int
    line: Line
    cost: int
    changes: tuple[int, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Pricing:
    """What a pricing found: how many columns are ``new``; in 1/SCALE, the least that the intervals cost, less what the limits of
    levels are paid, what a duty more of each quota costs, and the least that each person's line costs. ``bound`` is that of the
    whole, where everybody was asked."""

    new: int
    empty: int
    quotas: Ints
    least: Mapping[int, int]
    bound: int | None = None

    def at(self, copies: Mapping[int, int], most: Ints) -> int:
        """A lower bound, with so many like each person and so many duties of each quota: Σ least cost of the intervals −
        Σ price of a quota · most + Σ copies · least cost of a line; valid whatever the worth and the prices."""
        used = int(self.quotas @ most) if len(self.quotas) else 0
        total = self.empty - used + sum(copies[person] * least for person, least in self.least.items())
        return -(-total // SCALE)


@dataclass(frozen=True, slots=True)
class Solution:
    """An optimum over the ``columns`` so far: objective in weighted hours, ``worth[row]`` of a head in 1/SCALE person-minutes or
    points, the dual of each person's one line, the value of each column, and ``quotas[quota]``, what one duty more would save, in
    the same as the worth."""

    objective: float
    worth: Ints
    dual: Mapping[int, float]
    columns: Sequence[Column] = ()
    values: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    quotas: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
