"""Ruin and recreate for quality: a few people give their lines back and take, one by one, the ones that please most.

Coverage is worth more than any wish, so a line first takes what would otherwise be missing; among those that cover the same, the
dynamic programme weighs requests, hours, nights, weekends and rhythm exactly as the rules price them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from scheduler.engine.comfort import Comfort
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines.programme import LineModel
from scheduler.engine.moves.construct import Builder
from scheduler.engine.pool import Ints, Pool

LABELS = 200
"""Partial lines kept a day. Measured on the zone example: 200 beats 600 and 1,500 in equal time."""
COVER = 10
"""Points that a unit of coverage gain outweighs while a line is chosen."""
MOST_RUINED = 3
"""People taken off at once."""


class Polish:
    """Ruin and recreate on the quality level over given people, coverage held."""

    def __init__(
        self, pool: Pool, builder: Builder, models: Sequence[LineModel], members: Sequence[int], seed: int
    ) -> None:
        self._pool = pool
        self._builder = builder
        self._models = models
        self._members = np.array(sorted(members), dtype=np.int64)
        self._random = np.random.default_rng(seed)
        self._comfort = Comfort(pool)

    def run(self, incumbent: Incumbent, keep_going: Callable[[int], bool]) -> Incumbent:
        """Moves until ``keep_going(moves so far)`` is false; never worse."""
        heads = self._builder.heads
        heads.load(incumbent.shift, incumbent.spot)
        self._points = self._price(incumbent)
        coverage, points = incumbent.coverage, self._sum()
        moves = 0
        while keep_going(moves):
            moves += 1
            people = self._victims()
            before = [(p, heads.shift[p].copy(), heads.spot[p].copy(), int(self._points[p])) for p in people]
            for person in people:
                heads.clear(person)
            complete = all(self._renew(person) for person in people)
            after = self._sum()
            if (
                complete
                and after <= points
                and tuple(heads.values().values()) <= coverage
                and not heads.anybody_lonely()
            ):
                points = after
                continue
            for person, shift, spot, price in before:
                heads.restore(person, shift, spot)
                self._points[person] = price
        return Incumbent(self._pool, heads.shift.copy(), heads.spot.copy(), tuple(heads.values().values()))

    def _price(self, incumbent: Incumbent) -> Ints:
        """Points of every person's line and posts."""
        points = np.zeros(len(self._pool.people), dtype=np.int64)
        for person in self._members:
            line = (incumbent.shift[person] + 1).astype(np.int8)
            points[person] = (self._models[person].cost(line) or 0) + self._comfort.of(person, incumbent.spot[person])
        return points

    def _sum(self) -> int:
        heads = self._builder.heads
        return int(self._points[self._members].sum()) + self._comfort.apart(heads.shift, heads.spot) + heads.over()

    def _victims(self) -> list[int]:
        """The dearer a person's line, the likelier; the others are anybody."""
        weight = self._points[self._members].astype(float) + 60.0
        first = int(self._random.choice(self._members, p=weight / weight.sum()))
        others = self._members[self._members != first]
        count = min(int(self._random.integers(1, MOST_RUINED)), len(others))
        people = [first, *(int(p) for p in self._random.choice(others, count, replace=False))]
        self._random.shuffle(people)
        return people

    def _renew(self, person: int) -> bool:
        """The line that pleases most, for a person without any; False when the narrowed search finds none."""
        builder, heads = self._builder, self._builder.heads
        legal = builder.open_posts(person)
        worth = heads.gains(person) * COVER - self._comfort.dislike[person]
        worth[~legal] = np.iinfo(np.int64).min // 4
        spots = worth.argmax(axis=2)
        reward = worth.max(axis=2)
        among, spots = builder.with_locks(person, np.asarray(legal.any(axis=2)), spots)
        reward[~np.asarray(legal.any(axis=2))] = 0
        found = self._models[person].best(reward, among=among, beam=1, cap=LABELS)
        if found is None:
            return False
        cost, line = found
        worked = np.flatnonzero(line)
        builder.place(person, line, spots)
        paid = int(reward[worked, line[worked].astype(np.int64) - 1].sum())
        self._points[person] = cost + paid + self._comfort.of(person, heads.spot[person])
        return True
