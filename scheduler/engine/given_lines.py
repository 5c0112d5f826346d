"""The roster that people go by, in arrays: what a repair pays for each day on which somebody does something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from scheduler.engine.compiled_problem import Bools, CompiledProblem, Ints
from scheduler.vocabulary.constraints import CHANGE_LEVELS, Distance, Level

NOWHERE = -2
"""A given hotspot that this problem is not about: whoever works the given shift stands elsewhere."""


class GivenLines:
    """Every :class:`~scheduler.vocabulary.constraints.Distance` of a pool.

    ``levels`` are those that count changes, in order. ``shift[person, day]`` and ``spot[person, day]`` are given; −1: free, or
    not named. ``cost[level, person, day, choice]`` is the price of another choice, 0 for free and shift + 1; that of the given
    shift is paid at another hotspot only.
    """

    def __init__(self, pool: CompiledProblem) -> None:
        self.levels = tuple(level for level in pool.problem.levels if level in CHANGE_LEVELS)
        self._spots = len(pool.hotspots)
        shape = (len(pool.people), pool.days)
        self.shift: Ints = np.full(shape, -1, dtype=np.int64)
        self.spot: Ints = np.full(shape, -1, dtype=np.int64)
        self.cost: Ints = np.zeros((len(self.levels), *shape, len(pool.shifts) + 1), dtype=np.int64)
        named = np.zeros(shape, dtype=bool)
        for distance in pool.problem.all(Distance):
            level, person = self.levels.index(distance.level), pool.person[distance.person]
            for day, given in distance.given.items():
                shift = -1 if given is None else pool.shift[given[0]]
                spot = -1 if given is None else pool.hotspot.get(given[1], NOWHERE)
                if named[person, day] and (self.shift[person, day], self.spot[person, day]) != (shift, spot):
                    raise ValueError(f"{distance.person} is given two different lines")
                named[person, day] = True
                self.shift[person, day], self.spot[person, day] = shift, spot
            for day, costs in distance.costs.items():
                for code, cost in costs.items():
                    self.cost[level, person, day, 0 if code is None else pool.shift[code] + 1] += cost

    def values(self, shift: Ints, spot: Ints, people: Sequence[int] | None = None) -> dict[Level, int]:
        """What a roster ``shift[person, day]``, ``spot[person, day]`` costs at each level, of everybody or of some ``people``."""
        who = slice(None) if people is None else list(people)
        return {level: int(self._paid(place, shift, spot)[who].sum()) for place, level in enumerate(self.levels)}

    def changed_days(self, place: int, shift: Ints, spot: Ints) -> Bools:
        """``[person, day]``: what a roster pays for at the level of a place in ``levels``."""
        return self._paid(place, shift, spot) > 0

    def _paid(self, place: int, shift: Ints, spot: Ints) -> Ints:
        costs = np.take_along_axis(self.cost[place], (shift + 1)[:, :, np.newaxis], axis=2)[..., 0]
        kept = (shift >= 0) & (shift == self.shift) & (spot == self.spot)
        paid: Ints = np.where(kept, 0, costs)
        return paid

    def against_free(self, person: int, worth: Mapping[Level, int]) -> Ints:
        """``[day, shift, hotspot]``: what a person pays at each post more than for a free day, by what a point is worth."""
        price = sum(worth[level] * cost for level, cost in zip(self.levels, self.cost[:, person], strict=True))
        more: Ints = np.repeat((price[:, 1:] - price[:, :1])[:, :, np.newaxis], self._spots, axis=2)
        days = np.flatnonzero(self.spot[person] >= 0)
        more[days, self.shift[person, days], self.spot[person, days]] = -price[days, 0]
        return more

    def of_lines(self, place: int, post: Bools) -> Ints:
        """``[person, day, choice]``: what a choice costs at the level of a place in ``levels`` where it costs least, among the
        open posts ``[person, day, shift, hotspot]``."""
        costs: Ints = self.cost[place].copy()
        people, days = np.nonzero(self.spot >= 0)
        shifts = self.shift[people, days]
        stays = post[people, days, shifts, self.spot[people, days]]
        costs[people[stays], days[stays], shifts[stays] + 1] = 0
        return costs


def given_lines(pool: CompiledProblem) -> GivenLines:
    """The given lines of a pool, the same object for every search."""
    made: GivenLines = pool.once(GivenLines, lambda: GivenLines(pool))
    return made
