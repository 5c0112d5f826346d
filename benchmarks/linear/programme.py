"""A linear programme in whole numbers, without a solver: variables from 0 to a limit, rows of weighted sums, and levels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from scheduler.vocabulary.constraints import LEVELS, Level


@dataclass(slots=True)
class Sum:
    """A constant and weighted variables, to be added up."""

    constant: int = 0
    columns: list[int] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, columns: Iterable[int]) -> Sum:
        """The plain sum of some variables."""
        listed = list(columns)
        return cls(0, listed, [1] * len(listed))

    def add(self, column: int, weight: int = 1) -> None:
        self.columns.append(column)
        self.weights.append(weight)

    def plus(self, other: Sum, times: int = 1) -> Sum:
        """This and so many times another, as a new sum."""
        return Sum(
            self.constant + times * other.constant,
            [*self.columns, *other.columns],
            [*self.weights, *(times * weight for weight in other.weights)],
        )

    def minus(self, amount: int) -> Sum:
        return Sum(self.constant - amount, list(self.columns), list(self.weights))

    def value(self, of: Sequence[int]) -> int:
        """What it comes to where variable ``c`` has the value ``of[c]``."""
        return self.constant + sum(w * of[c] for c, w in zip(self.columns, self.weights, strict=True))


@dataclass(frozen=True, slots=True)
class Row:
    """``low`` ≤ Σ weights · variables ≤ ``high``; no lower limit where it is None."""

    columns: list[int]
    weights: list[int]
    high: int
    low: int | None = None


@dataclass(slots=True)
class Programme:
    """Variable ``c`` is whole and lies in [0, ``upper[c]``]; ``levels`` are to be made small."""

    upper: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    levels: dict[Level, Sum] = field(default_factory=lambda: {level: Sum() for level in LEVELS})

    def variable(self, upper: int = 1) -> int:
        self.upper.append(upper)
        return len(self.upper) - 1

    def never_above_zero(self, excess: Sum) -> None:
        """excess ≤ 0; no row where it cannot be otherwise."""
        if self._most(excess) > 0:
            self.rows.append(Row(excess.columns, excess.weights, -excess.constant))

    def exactly(self, total: Sum, value: int) -> None:
        limit = value - total.constant
        self.rows.append(Row(total.columns, total.weights, limit, limit))

    def priced(self, excess: Sum, cost: int | None, level: Level = Level.QUALITY) -> None:
        """That price at a level for each unit of excess above zero; without a price there is none."""
        if cost is None:
            self.never_above_zero(excess)
            return
        most = self._most(excess)
        if most > 0:
            paid = self.variable(most)
            self.levels[level].add(paid, cost)
            self.never_above_zero(excess.plus(Sum.of([paid]), -1))

    def _most(self, total: Sum) -> int:
        """The most that a sum can come to."""
        pairs = zip(total.columns, total.weights, strict=True)
        return total.constant + sum(weight * self.upper[column] for column, weight in pairs if weight > 0)
