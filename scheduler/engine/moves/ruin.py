"""Ruin and recreate: take a few people off the roster and give them, one by one, their best lines back.

A line comes from the dynamic programme in milliseconds and is the best answer to everybody else's, so hundreds of these moves a
second take a first roster most of the way; what needs several people to move at once is left to the CP-SAT neighbourhoods.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from scheduler.engine.incumbent import Incumbent
from scheduler.engine.moves.construct import Builder
from scheduler.engine.pool import Pool

MOST_RUINED = 4
"""People taken off at once. Measured on the zone example: 3 and 4 beat 5, 5 beats 8."""
KINDRED = 0.7
"""Share of the moves in which those taken off can take each other's place."""


class Ruin:
    """Ruin and recreate over given people, starting from an incumbent."""

    def __init__(self, pool: Pool, builder: Builder, members: Sequence[int], seed: int) -> None:
        self._pool = pool
        self._builder = builder
        self._members = np.array(sorted(members), dtype=np.int64)
        self._random = np.random.default_rng(seed)
        self._reach = pool.reach

    def run(self, incumbent: Incumbent, keep_going: Callable[[int], bool]) -> Incumbent:
        """Moves until ``keep_going(moves so far)`` is false. Never worse, level by level; equal is taken, to drift."""
        heads = self._builder.heads
        heads.load(incumbent.shift, incumbent.spot)
        current = incumbent.coverage
        moves = 0
        while keep_going(moves):
            moves += 1
            people = self._victims()
            before = [(p, heads.shift[p].copy(), heads.spot[p].copy()) for p in people]
            for person in people:
                heads.clear(person)
            complete = self._recreate(people)
            after = tuple(heads.values().values())
            if complete and after <= current and not heads.anybody_lonely():
                current = after
                continue
            for person, shift, spot in before:
                heads.restore(person, shift, spot)
        return Incumbent(self._pool, heads.shift.copy(), heads.spot.copy(), current)

    def _victims(self) -> list[int]:
        """A few people; often such as may stand at the same hotspots, because they can take each other's place."""
        first = int(self._random.choice(self._members))
        others = self._members[self._members != first]
        if self._random.random() < KINDRED:
            others = others[np.asarray((self._reach[others] & self._reach[first]).any(axis=1))]
        count = min(int(self._random.integers(0, MOST_RUINED)), len(others))
        return [first, *(int(p) for p in self._random.choice(others, count, replace=False))]

    def _recreate(self, people: Sequence[int]) -> bool:
        """All but the last may open a post where company is still to come; the last joins company that is there, and who
        waited in vain joins others too. False when somebody's locks leave them no such line."""
        builder = self._builder
        for person in people[:-1]:
            if not builder.renew(person, strict=bool(self._random.random() < 0.5)):
                return False
        if not builder.renew(people[-1], strict=True):
            return False
        return all(builder.renew(person, strict=True) for person in people[:-1] if builder.heads.lonely([person]))
