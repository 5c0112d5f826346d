"""Points of the quality level that depend on who stands where: own hotspot, few different ones, partners."""

from __future__ import annotations

import numpy as np

from scheduler.engine.compiled_problem import CompiledProblem, Ints
from scheduler.vocabulary.constraints import Together, Variety, Wish


class Preferences:
    """``dislike[person, hotspot]`` and ``variety[person]`` are the points of a duty there and of each further hotspot."""

    def __init__(self, pool: CompiledProblem) -> None:
        self.dislike: Ints = np.zeros((len(pool.people), len(pool.hotspots)), dtype=np.int64)
        for wish in pool.problem.all(Wish):
            if wish.hotspots is not None and wish.duties is None:
                self.dislike[pool.person[wish.person], pool.positions(wish.hotspots)] += wish.cost
        self.variety = np.zeros(len(pool.people), dtype=np.int64)
        for variety in pool.problem.all(Variety):
            self.variety[pool.person[variety.person]] = variety.cost
        self.pairs: list[tuple[int, int, int, Ints]] = []
        """Partners as (person, partner, points of a duty that one works without the other, days that count)."""
        for pair in pool.problem.all(Together):
            counted = np.array([day for day in range(pool.days) if day not in pair.excused], dtype=np.int64)
            self.pairs.append((pool.person[pair.person], pool.person[pair.partner], pair.cost, counted))
