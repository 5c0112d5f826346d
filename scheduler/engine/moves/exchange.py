"""Exchange: two people who count alike swap some days, duties and posts together.

Coverage and company stay exactly what they were, whatever is swapped; only the two lines must stay legal. So thousands of
exchanges can be tried where a neighbourhood would still be building its model, and hours, nights, weekends and wishes even out.
Late acceptance (Burke and Bykov 2017): a move is taken when it is no worse than the roster of some moves ago.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from scheduler.engine.comfort import Comfort
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines.programme import LineModel
from scheduler.engine.pool import Ints, Pool

MEMORY = 30
"""Moves looked back by late acceptance. Measured on the zone example: 30 beats 300 and 3,000 in twenty seconds."""
LONGEST = 8
"""Days of the longest stretch."""
LONGEST_BACK = 4
"""Days of the longest stretch given back for it."""
TRADED = 0.7
"""Share of the moves, among those that shift hours, that look for a stretch to give back."""


class Exchange:
    """Exchanges within posting classes; ``models`` price the lines of all people, soft rules included."""

    def __init__(self, pool: Pool, models: Sequence[LineModel], classes: Sequence[Sequence[int]], seed: int) -> None:
        self._pool = pool
        self._models = models
        self._classes = [np.array(members, dtype=np.int64) for members in classes if len(members) > 1]
        self._random = np.random.default_rng(seed)
        self._comfort = Comfort(pool)
        self._locked = pool.forced >= 0
        self._every = np.arange(pool.days)
        self._paid: Ints = np.hstack([pool.paid, np.zeros((pool.days, 1), dtype=np.int64)])
        """Paid minutes ``[day, shift]``; the last column, which −1 means, is a free day."""

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
        """Swap random days in place; the new points, or None with everything put back."""
        days = self._days(a, b, shift)
        same = (shift[a, days] == shift[b, days]) & (spot[a, days] == spot[b, days])
        if same.all() or self._locked[a, days].any() or self._locked[b, days].any():
            return None
        before = points - int(self._points[a] + self._points[b]) - self._comfort.apart(shift, spot)
        self._swap(a, b, days, shift, spot)
        first = self._price(a, shift, spot)
        second = self._price(b, shift, spot) if first is not None else None
        if first is not None and second is not None:
            after = before + first + second + self._comfort.apart(shift, spot)
            if after <= most:
                self._points[a], self._points[b] = first, second
                return after
        self._swap(a, b, days, shift, spot)
        return None

    def _days(self, a: int, b: int, shift: Ints) -> Ints:
        """A random stretch; and where it moves hours from one to the other, often a second one that moves them back: people
        who are short or at their limit can only trade."""
        horizon = self._pool.days
        start = int(self._random.integers(horizon))
        stop = min(horizon, start + int(self._random.integers(1, LONGEST + 1)))
        first = np.arange(start, stop)
        moved = self._paid[self._every, shift[a]] - self._paid[self._every, shift[b]]
        surplus = int(moved[start:stop].sum())
        if surplus == 0 or self._random.random() > TRADED:
            return first
        length = int(self._random.integers(1, min(LONGEST_BACK, horizon) + 1))
        sums = np.convolve(moved, np.ones(length, dtype=np.int64), mode="valid")
        starts = np.flatnonzero(sums == -surplus)
        starts = starts[(starts + length <= start) | (starts >= stop)]
        if not starts.size:
            return first
        back = int(self._random.choice(starts))
        return np.concatenate([first, np.arange(back, back + length)])

    @staticmethod
    def _swap(a: int, b: int, days: Ints, shift: Ints, spot: Ints) -> None:
        for table in (shift, spot):
            table[a, days], table[b, days] = table[b, days].copy(), table[a, days].copy()

    def _price(self, person: int, shift: Ints, spot: Ints) -> int | None:
        """Points of one person's line and posts, or None when the line is not legal."""
        cost = self._models[person].cost((shift[person] + 1).astype(np.int8))
        return None if cost is None else cost + self._comfort.of(person, spot[person])
