"""Exchange: two people who count alike swap a stretch of days, duties and posts together.

Coverage and company stay exactly what they were, whatever is swapped; only the two lines must stay legal. So thousands of
exchanges can be tried where a neighbourhood would still be building its model, and hours, nights, weekends and wishes even out.
Late acceptance (Burke and Bykov 2017): a move is taken when it is no worse than the roster of some moves ago.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from scheduler.engine.comfort import Comfort
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines import LineModel
from scheduler.engine.pool import Ints, Pool

MEMORY = 30
"""Moves looked back by late acceptance. Measured on the zone example: 30 beats 300 and 3,000 in twenty seconds."""
LONGEST = 14
"""Days of the longest stretch."""


class Exchange:
    """Exchanges within posting classes; ``models`` price the lines of all people, soft rules included."""

    def __init__(self, pool: Pool, models: Sequence[LineModel], classes: Sequence[Sequence[int]], seed: int) -> None:
        self._pool = pool
        self._models = models
        self._classes = [np.array(members, dtype=np.int64) for members in classes if len(members) > 1]
        self._random = np.random.default_rng(seed)
        self._comfort = Comfort(pool)
        self._locked = pool.forced >= 0

    @property
    def possible(self) -> bool:
        return bool(self._classes)

    def run(self, incumbent: Incumbent, keep_going: Callable[[int], bool]) -> Incumbent:
        """Moves until ``keep_going(moves so far)`` is false; the best roster met on the way, never worse."""
        shift, spot = incumbent.shift.copy(), incumbent.spot.copy()
        self._points: Ints = np.array([self._price(p, shift, spot) or 0 for p in range(len(self._pool.people))])
        points = int(self._points.sum()) + self._comfort.apart(shift, spot)
        best, kept = points, (shift.copy(), spot.copy())
        past = [points] * MEMORY
        weights = np.array([members.size for members in self._classes], dtype=float)
        weights /= weights.sum()
        moves = 0
        while keep_going(moves):
            moves += 1
            members = self._classes[int(self._random.choice(len(self._classes), p=weights))]
            a, b = (int(p) for p in self._random.choice(members, 2, replace=False))
            found = self._try(a, b, shift, spot, points, max(points, past[moves % MEMORY]))
            if found is not None:
                points = found
                if points < best:
                    best, kept = points, (shift.copy(), spot.copy())
            past[moves % MEMORY] = points
        return Incumbent(self._pool, *kept, incumbent.coverage)

    def _try(self, a: int, b: int, shift: Ints, spot: Ints, points: int, most: int) -> int | None:
        """Swap a random stretch in place; the new points, or None with everything put back."""
        days = shift.shape[1]
        start = int(self._random.integers(days))
        stretch = slice(start, min(days, start + int(self._random.integers(1, LONGEST + 1))))
        same = (shift[a, stretch] == shift[b, stretch]) & (spot[a, stretch] == spot[b, stretch])
        if same.all() or self._locked[[a, b], stretch].any():
            return None
        before = points - int(self._points[a] + self._points[b]) - self._comfort.apart(shift, spot)
        self._swap(a, b, stretch, shift, spot)
        first = self._price(a, shift, spot)
        second = self._price(b, shift, spot) if first is not None else None
        if first is not None and second is not None:
            after = before + first + second + self._comfort.apart(shift, spot)
            if after <= most:
                self._points[a], self._points[b] = first, second
                return after
        self._swap(a, b, stretch, shift, spot)
        return None

    @staticmethod
    def _swap(a: int, b: int, stretch: slice, shift: Ints, spot: Ints) -> None:
        for table in (shift, spot):
            table[a, stretch], table[b, stretch] = table[b, stretch].copy(), table[a, stretch].copy()

    def _price(self, person: int, shift: Ints, spot: Ints) -> int | None:
        """Points of one person's line and posts, or None when the line is not legal."""
        cost = self._models[person].cost((shift[person] + 1).astype(np.int8))
        return None if cost is None else cost + self._comfort.of(person, spot[person])
