"""From counts to people: who of those on a duty stands at which hotspot.

A model that posts by class says how many of a class stand where. Inside a class anybody will do for coverage and company, so the
people are matched to the places by what matters to them: their own hotspot, and few different ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from ortools.graph.python import linear_sum_assignment

from scheduler.engine.compiled_problem import CompiledProblem, Ints
from scheduler.engine.cpsat.model import RosterModel
from scheduler.engine.cpsat.solver import Outcome
from scheduler.engine.given_lines import given_lines
from scheduler.engine.post_preferences import Preferences

FORBIDDEN = 1 << 40
KEPT = 1 << 20
"""Worth of a point that staying at a given place saves; the first level that counts changes is worth as much again for each."""


class Posting:
    """Matches people to places by the price of a duty there and of a place they have not been at."""

    def __init__(self, pool: CompiledProblem) -> None:
        self._pool = pool
        self._preferences = Preferences(pool)
        self._given = given_lines(pool)

    def read_off(self, model: RosterModel, outcome: Outcome) -> tuple[Ints, Ints]:
        """The roster ``shift[person, day]``, ``spot[person, day]`` of the best solution of a model that posts by class; what was
        not free stays."""
        shift = np.where(model.scope.free, -1, model.shift)
        for (p, d, k), x in model.x.items():
            if outcome.value(x):
                shift[p, d] = k
        counts = {post: outcome.value(z) for post, z in model.z.items()}
        return shift, self.distribute(model.classes, counts, shift, model.spot)

    def distribute(
        self, classes: Sequence[Sequence[int]], counts: Mapping[tuple[int, int, int, int], int], shift: Ints, spot: Ints
    ) -> Ints:
        """New ``spot[person, day]`` for the people of ``classes`` so that ``counts[class, day, shift, hotspot]`` holds.

        ``spot`` is where people stood before; days and classes without counts keep it.
        """
        result = np.where(shift >= 0, spot, -1)
        wanted: dict[tuple[int, int, int], dict[int, int]] = defaultdict(dict)
        for (c, d, k, h), count in counts.items():
            if count:
                wanted[c, d, k][h] = count
        used = np.zeros((len(self._pool.people), len(self._pool.hotspots)), dtype=np.int64)
        people, days = np.nonzero((result >= 0) & (shift >= 0))
        np.add.at(used, (people, result[people, days]), 1)
        for (c, d, k), heads in sorted(wanted.items()):
            members = [p for p in classes[c] if shift[p, d] == k]
            for person in members:
                if result[person, d] >= 0:
                    used[person, result[person, d]] -= 1
            for person, place in self._match(members, heads, d, k, used):
                result[person, d] = place
                used[person, place] += 1
        return result

    def _match(
        self, members: list[int], heads: Mapping[int, int], day: int, shift: int, used: Ints
    ) -> list[tuple[int, int]]:
        places = [h for h, count in sorted(heads.items()) for _ in range(count)]
        if len(heads) == 1:
            return list(zip(members, places, strict=True))
        assignment = linear_sum_assignment.SimpleLinearSumAssignment()
        for i, person in enumerate(members):
            lock = self._pool.locked_at.get((person, day)) if self._pool.forced[person, day] == shift else None
            for j, place in enumerate(places):
                fresh = 0 if used[person, place] > 0 else int(self._preferences.variety[person])
                cost = 4 * (int(self._preferences.dislike[person, place]) + fresh) - min(int(used[person, place]), 20)
                if (shift, place) == (self._given.shift[person, day], self._given.spot[person, day]):
                    cost -= self._worth_of_staying(person, day, shift)
                assignment.add_arc_with_cost(i, j, FORBIDDEN if lock is not None and lock != place else cost)
        if assignment.solve() != assignment.OPTIMAL:
            return list(zip(members, places, strict=True))
        return [(person, places[assignment.right_mate(i)]) for i, person in enumerate(members)]

    def _worth_of_staying(self, person: int, day: int, shift: int) -> int:
        saved = self._given.cost[:, person, day, shift + 1].tolist()
        return sum(min(cost, 1 << 8) * KEPT >> (9 * place) for place, cost in enumerate(saved))
