"""The best roster so far: compared level by level, never made worse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.constraints import COVERAGE_LEVELS, Cover, Level, Problem
from scheduler.engine.headcount import HeadCount
from scheduler.engine.pool import Ints, Pool
from scheduler.roster import Roster
from scheduler.score import Score, score


@dataclass(frozen=True)
class Incumbent:
    """A legal roster as ``shift[person, day]`` and ``spot[person, day]``, with the value of every coverage level."""

    pool: Pool
    shift: Ints
    spot: Ints
    coverage: tuple[int, ...]

    @classmethod
    def of(cls, pool: Pool, presence: HeadCount, shift: Ints, spot: Ints) -> Incumbent:
        presence.load(shift, spot)
        return cls(pool, shift, spot, tuple(presence.values().values()))

    def with_lines(self, people: Sequence[int], other: Incumbent) -> Incumbent:
        """This roster with the lines that another has for some people."""
        rows = list(people)
        if (self.shift[rows] == other.shift[rows]).all() and (self.spot[rows] == other.spot[rows]).all():
            return self
        shift, spot = self.shift.copy(), self.spot.copy()
        shift[rows], spot[rows] = other.shift[rows], other.spot[rows]
        return Incumbent.of(self.pool, HeadCount(self.pool), shift, spot)

    @property
    def values(self) -> dict[Level, int]:
        """The coverage levels by name."""
        return dict(zip(COVERAGE_LEVELS, self.coverage, strict=True))

    @cached_property
    def roster(self) -> Roster:
        return self.pool.roster(self.shift, self.spot)

    @cached_property
    def _score(self) -> Score:
        return score(self.pool.once(_without_coverage, lambda: _without_coverage(self.pool.problem)), self.roster)

    @property
    def quality(self) -> int:
        """Points of the quality level, by the reference interpreter of the vocabulary."""
        return self._score.levels[Level.QUALITY]

    @property
    def legal(self) -> bool:
        """Whether the reference interpreter finds every hard constraint kept: no solver's word is taken for it."""
        return not self._score.broken

    def better(self, other: Incumbent) -> bool:
        if self.coverage != other.coverage:
            return self.coverage < other.coverage
        return self.quality < other.quality


def _without_coverage(problem: Problem) -> Problem:
    """All but the coverage levels, which are counted already."""
    rest = (c for c in problem.constraints if not isinstance(c, Cover) or c.level not in COVERAGE_LEVELS)
    return replace(problem, constraints=tuple(rest))
