"""Improve a legal roster by solving parts of it exactly, again and again.

A neighbourhood frees the whole lines of some people, or everybody's duties in a window of days, and lets CP-SAT choose lines and
posts against true coverage. It starts from the current roster as a complete hint, so it never comes back worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from scheduler.constraints import COVERAGE_LEVELS, Level
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.model import RosterModel, Scope
from scheduler.engine.pool import Pool
from scheduler.engine.posting import Posting
from scheduler.engine.search import Limits, search

EXCHANGE = {Level.POLICE_MINIMUM: 200, Level.NON_POLICE_MINIMUM: 200, Level.TARGETS: 1}
"""Worth of a minute inside a neighbourhood; earlier levels are also held by a constraint, so the order stays strict."""

STEP_S = 6.0
"""Longest search of one neighbourhood, in seconds; twice that for a whole component."""
PROVABLE = 10
"""A whole component of more people is only improved (CP-SAT's own neighbourhoods), for want of any hope of a proof."""
WHOLE = 36
"""A component of at most this many people is searched as a whole."""


@dataclass(slots=True)
class Size:
    """How much a neighbourhood frees; grows while searches finish early, shrinks while they do not."""

    people: float
    days: float

    def adapt(self, optimal: bool, most_people: int, most_days: int) -> None:
        step = 1.15 if optimal else 0.87
        self.people = min(max(4.0, self.people * step), float(most_people))
        self.days = min(max(3.0, self.days * step), float(most_days))


class Improver:
    """Large-neighbourhood search over one component: ``members`` are the people whose lines and posts it may change."""

    def __init__(self, pool: Pool, classes: Sequence[Sequence[int]], members: Sequence[int], seed: int) -> None:
        self._pool = pool
        self._classes = classes
        self._members = np.array(sorted(members), dtype=np.int64)
        self._random = np.random.default_rng(seed)
        self._presence = HeadCount(pool)
        self._posting = Posting(pool)
        self._people_scope = np.zeros(len(pool.people), dtype=bool)
        self._people_scope[self._members] = True
        self._size = Size(people=24.0, days=8.0)
        self.whole = len(self._members) <= WHOLE
        """Whether one neighbourhood holds the whole component."""
        self.patience = 2 * STEP_S if self.whole else STEP_S
        """Longest search of a step, in seconds."""
        self._turn = 0
        self.spent = 0.0
        """Deterministic work of the last step."""
        self.proven = False
        """Whether the last coverage step proved that this component cannot do better."""

    # -- choosing ------------------------------------------------------------------------------------------------------

    def _free(self, incumbent: Incumbent) -> Scope:
        pool = self._pool
        free = np.zeros((len(pool.people), pool.days), dtype=bool)
        self._turn += 1
        if self.whole:
            free[self._members] = True
            return Scope(free, self._people_scope)
        if self._turn % 3 == 0 and pool.days > 7:
            length = round(self._size.days)
            start = int(self._random.integers(0, max(1, pool.days - length + 1)))
            free[self._members, start : start + length] = True
            return Scope(free, self._people_scope, days=tuple(range(start, min(pool.days, start + length))))
        count = round(self._size.people)
        chosen = self._random.choice(self._members, count, replace=False, p=self._preference(incumbent))
        free[chosen] = True
        return Scope(free, self._people_scope)

    def _preference(self, incumbent: Incumbent) -> np.ndarray:
        """Half of the time those who still have hours to give are likelier to be freed."""
        paid = np.zeros(len(self._members))
        for position, person in enumerate(self._members):
            worked = np.flatnonzero(incumbent.shift[person] >= 0)
            paid[position] = self._pool.paid[worked, incumbent.shift[person, worked]].sum()
        weight = np.ones(len(self._members))
        if self._turn % 2:
            idle = paid.max() - paid
            weight += 2 * idle / max(1.0, idle.max())
        chances: np.ndarray = weight / weight.sum()
        return chances

    # -- one step ------------------------------------------------------------------------------------------------------

    def coverage(self, incumbent: Incumbent, limits: Limits) -> Incumbent:
        """One neighbourhood on the coverage levels; the incumbent again when nothing better was found."""
        scope = self._free(incumbent)
        model = RosterModel(self._pool, scope, self._classes, incumbent.shift, incumbent.spot)
        _hold(model, incumbent, COVERAGE_LEVELS[:-1])
        model.model.minimize(sum(EXCHANGE[level] * model.levels[level].expression() for level in COVERAGE_LEVELS))
        found = self._solve(model, scope, incumbent, limits)
        return found if found is not None and found.coverage <= incumbent.coverage else incumbent

    def quality(self, incumbent: Incumbent, limits: Limits) -> Incumbent:
        """One neighbourhood on the quality level with every coverage level held."""
        scope = self._free(incumbent)
        model = RosterModel(self._pool, scope, self._classes, incumbent.shift, incumbent.spot, soft=True)
        _hold(model, incumbent, COVERAGE_LEVELS)
        model.model.minimize(model.levels[Level.QUALITY].expression())
        found = self._solve(model, scope, incumbent, limits)
        return found if found is not None and found.better(incumbent) else incumbent

    def posts(self, incumbent: Incumbent, limits: Limits) -> Incumbent:
        """Who stands where in a window of days, person by person, with lines fixed and coverage held."""
        pool = self._pool
        length = min(pool.days, max(2, round(self._size.days / 2)))
        start = int(self._random.integers(0, pool.days - length + 1))
        nobody = np.zeros((len(pool.people), pool.days), dtype=bool)
        scope = Scope(nobody, self._people_scope, single=True, days=tuple(range(start, start + length)))
        model = RosterModel(pool, scope, self._classes, incumbent.shift, incumbent.spot, soft=True)
        _hold(model, incumbent, COVERAGE_LEVELS)
        model.model.minimize(model.levels[Level.QUALITY].expression())
        found = self._solve(model, scope, incumbent, limits)
        return found if found is not None and found.better(incumbent) else incumbent

    def _solve(self, model: RosterModel, scope: Scope, incumbent: Incumbent, limits: Limits) -> Incumbent | None:
        model.hint()
        provable = not self.whole or len(self._members) <= PROVABLE
        outcome = search(model.model, replace(limits, seed=int(self._random.integers(1 << 30)), prove=provable))
        self.spent = outcome.work
        self.proven = outcome.optimal and bool(scope.free[self._members].all())
        self._size.adapt(outcome.optimal, len(self._members), self._pool.days)
        if not outcome.solved:
            return None
        shift = incumbent.shift.copy()
        for p, d in np.argwhere(scope.free):
            shift[p, d] = -1
        for (p, d, k), x in model.x.items():
            if outcome.value(x):
                shift[p, d] = k
        counts = {post: outcome.value(z) for post, z in model.z.items()}
        spot = self._posting.distribute(model.classes, counts, shift, incumbent.spot)
        found = Incumbent.of(self._pool, self._presence, shift, spot)
        return found if found.legal else None


def _hold(model: RosterModel, incumbent: Incumbent, levels: Sequence[Level]) -> None:
    """No level may get worse than the incumbent's."""
    for level in levels:
        if model.levels[level].variables:
            model.model.add(model.levels[level].expression() <= incumbent.values[level])
