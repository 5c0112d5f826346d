"""Limits that many people share, in arrays: duties at some hotspots, and minutes that may be missing."""

from __future__ import annotations

import numpy as np

from scheduler.engine.compiled_problem import Bools, CompiledProblem, Ints
from scheduler.vocabulary.constraints import Quota, ShortageLimit


class SharedLimits:
    """Every :class:`~scheduler.vocabulary.constraints.Quota` and :class:`~scheduler.vocabulary.constraints.ShortageLimit` of a
    pool.

    ``counted[quota, person, hotspot]`` says whose duties count where, ``most[quota]`` how many there may be. What counts against
    a shortage limit are the requirements of the pool's intervals with its number.
    """

    def __init__(self, pool: CompiledProblem) -> None:
        quotas = pool.problem.all(Quota)
        self.counted: Bools = np.zeros((len(quotas), len(pool.people), len(pool.hotspots)), dtype=bool)
        for number, quota in enumerate(quotas):
            people = [pool.person[staff] for staff in sorted(quota.people)]
            self.counted[number][np.ix_(people, pool.positions(sorted(quota.hotspots)))] = True
        self.most: Ints = np.array([quota.most for quota in quotas], dtype=np.int64)
        self.shortages = pool.problem.all(ShortageLimit)

    def used(self, spot: Ints) -> Ints:
        """``[quota]``: the duties of a roster ``spot[person, day]`` (−1: free) that count."""
        people, days = np.nonzero(spot >= 0)
        return np.asarray(self.counted[:, people, spot[people, days]].sum(axis=1), dtype=np.int64)


def shared_limits(pool: CompiledProblem) -> SharedLimits:
    """The shared limits of a pool, the same object for every search."""
    return pool.once(SharedLimits, lambda: SharedLimits(pool))
