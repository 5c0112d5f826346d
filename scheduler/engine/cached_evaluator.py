"""What a roster is worth, and whether it is legal, by the reference reading of the vocabulary: no search's word is taken for it.

Most constraints are about one person's line, and from one roster to the next most lines stay: what was read of a line is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from scheduler.engine.compiled_problem import CompiledProblem, Ints
from scheduler.problem.roster import Roster
from scheduler.vocabulary.constraints import (
    Constraint,
    Cover,
    Distance,
    Level,
    LineConstraint,
    ShortageLimit,
    Variety,
)
from scheduler.vocabulary.evaluate import evaluate
from scheduler.vocabulary.problem import Problem

LINES_KEPT = 16
"""Lines of each person, on average, whose verdicts are kept."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether every hard constraint is kept, and the points of the quality level."""

    legal: bool
    points: int


class CachedEvaluator:
    """Judges rosters of one pool by everything but its :class:`~scheduler.vocabulary.constraints.Cover`,
    :class:`~scheduler.vocabulary.constraints.ShortageLimit` and :class:`~scheduler.vocabulary.constraints.Distance`: heads and
    changes are counted elsewhere."""

    def __init__(self, pool: CompiledProblem) -> None:
        self._pool = pool
        problem = pool.problem
        personal: dict[str, list[Constraint]] = {person: [*problem.line(person)] for person in pool.people}
        for variety in problem.all(Variety):
            personal[variety.person].append(variety)
        self._personal = [self._of(personal[person]) for person in pool.people]
        self._shared = self._of(
            c
            for c in problem.constraints
            if not isinstance(c, LineConstraint | Variety | Cover | ShortageLimit | Distance)
        )
        self._line = lru_cache(LINES_KEPT * len(pool.people))(self._read)

    def verdict(self, shift: Ints, spot: Ints, roster: Callable[[], Roster]) -> Verdict:
        """Of a roster as ``shift[person, day]`` and ``spot[person, day]``; ``roster`` makes it of them where it is needed."""
        people = range(len(self._pool.people))
        found = [self._line(person, shift[person].tobytes(), spot[person].tobytes()) for person in people]
        if self._shared.constraints:
            found.append(_verdict(self._shared, roster()))
        return Verdict(all(part.legal for part in found), sum(part.points for part in found))

    def unlawful(self, shift: Ints, spot: Ints) -> list[int]:
        """Whose own line breaks a hard constraint."""
        return [
            person for person in range(len(self._pool.people)) if not self.lawful(person, shift[person], spot[person])
        ]

    def lawful(self, person: int, shift: Ints, spot: Ints) -> bool:
        """Whether somebody's own line, ``shift[day]`` and ``spot[day]``, keeps every hard constraint."""
        return self._line(person, shift.tobytes(), spot.tobytes()).legal

    def _read(self, person: int, shift: bytes, spot: bytes) -> Verdict:
        """Of one person's line, given as the bytes of its arrays."""
        shifts, spots = (np.frombuffer(row, dtype=np.int64)[np.newaxis] for row in (shift, spot))
        return _verdict(self._personal[person], self._pool.roster(shifts, spots, [self._pool.people[person]]))

    def _of(self, constraints: Iterable[Constraint]) -> Problem:
        return Problem(self._pool.problem.instance, tuple(constraints))


def _verdict(problem: Problem, roster: Roster) -> Verdict:
    found = evaluate(problem, roster)
    return Verdict(not found.broken, found.levels[Level.QUALITY])


def evaluator(pool: CompiledProblem) -> CachedEvaluator:
    """The evaluator of a pool, the same object for every roster."""
    return pool.once(CachedEvaluator, lambda: CachedEvaluator(pool))
