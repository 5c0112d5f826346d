"""The best roster so far: compared level by level, never made worse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduler.engine.cached_evaluator import Verdict, evaluator
from scheduler.engine.compiled_problem import CompiledProblem, Ints
from scheduler.engine.headcount import HeadCount
from scheduler.problem.roster import Roster
from scheduler.vocabulary.constraints import Level


@dataclass(frozen=True)
class Incumbent:
    """A legal roster as ``shift[person, day]`` and ``spot[person, day]``, with the value of every leading level, and what
    heads missing and heads too many cost at the quality level."""

    pool: CompiledProblem
    shift: Ints
    spot: Ints
    leading: tuple[int, ...]
    points_of_heads: int

    @classmethod
    def of(cls, pool: CompiledProblem, presence: HeadCount, shift: Ints, spot: Ints) -> Incumbent:
        presence.load(shift, spot)
        return cls(pool, shift, spot, tuple(presence.values().values()), presence.points())

    def with_lines(self, people: Sequence[int], other: Incumbent) -> Incumbent:
        """This roster with the lines that another has for some people."""
        rows = list(people)
        unlike = (self.shift != other.shift).any(axis=1) | (self.spot != other.spot).any(axis=1)
        if not unlike[rows].any():
            return self
        if np.count_nonzero(unlike) == np.count_nonzero(unlike[rows]):
            return other
        shift, spot = self.shift.copy(), self.spot.copy()
        shift[rows], spot[rows] = other.shift[rows], other.spot[rows]
        return Incumbent.of(self.pool, HeadCount(self.pool), shift, spot)

    @property
    def values(self) -> dict[Level, int]:
        """The leading levels by name."""
        return dict(zip(self.pool.problem.leading_levels, self.leading, strict=True))

    @cached_property
    def roster(self) -> Roster:
        return self.pool.roster(self.shift, self.spot)

    @cached_property
    def _verdict(self) -> Verdict:
        return evaluator(self.pool).verdict(self.shift, self.spot, lambda: self.roster)

    @property
    def quality(self) -> int:
        """Points of the quality level."""
        return self.points_of_heads + self._verdict.points

    @property
    def legal(self) -> bool:
        """Whether the reference interpreter finds every hard constraint kept."""
        return self._verdict.legal

    def better(self, other: Incumbent) -> bool:
        if self.leading != other.leading:
            return self.leading < other.leading
        return self.quality < other.quality
