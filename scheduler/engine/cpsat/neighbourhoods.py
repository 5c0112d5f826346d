"""Improve a legal roster by solving parts of it exactly, again and again.

A neighbourhood frees the whole lines of some people, or everybody's duties in a window of days, and lets CP-SAT choose lines and
posts against true coverage. It starts from the current roster as a complete hint, so it never comes back worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.model import ModelScope, RosterModel
from scheduler.engine.cpsat.posting import Posting
from scheduler.engine.cpsat.solver import Limits, search
from scheduler.engine.given_lines import given_lines
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines.labelling import LineModel
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Level

WORTH = {
    Level.POLICE_MINIMUM: 1000,
    Level.NON_POLICE_MINIMUM: 1000,
    Level.CHANGES_IN_NOTICE: 10_000,
    Level.TARGETS: 20,
    Level.CHANGES: 1,
}
"""Worth of a minute short, and of a change, inside a neighbourhood. A roster that is worse at an earlier level is not taken, so
the order stays strict."""

ANYWHERE = 0.3
"""Share of the windows of a repair that are not about a day on which somebody is missing."""
CHANGED = 0.5
"""Share of the others that are about a day on which something was changed inside notice."""
HOLD_ALL = 0.5
"""Share of the neighbourhoods of a repair in which all levels but the last are held."""
STEP_S = 3.0
"""Longest search of one neighbourhood, in seconds."""
BEGIN = 230.0
"""Person-days freed at first."""
WHOLE_LINES = 0.25
"""Share of the person-days freed that goes to whole lines of a few people, the rest to a window of days."""
CAP = 100
"""Labels a day where somebody's fullest line need not be exact."""
SHORTEST = 3
"""Days of a window below which it rather holds fewer people."""


@dataclass(slots=True)
class Size:
    """Person-days a neighbourhood frees; grows while searches finish early, shrinks while they do not."""

    duties: float = BEGIN

    def adapt(self, optimal: bool, people: int, days: int) -> None:
        """After a search of a component of so many ``people``: from three days of eight people to everything."""
        least = min(8.0 * SHORTEST, float(people * days))
        self.duties = min(max(least, self.duties * (1.1 if optimal else 0.9)), float(people * days))


class Improver:
    """Large-neighbourhood search over one component: ``members`` are the people whose lines and posts it may change."""

    def __init__(
        self,
        pool: CompiledProblem,
        models: Sequence[LineModel],
        classes: Sequence[Sequence[int]],
        members: Sequence[int],
        seed: int,
    ) -> None:
        self._pool = pool
        self._classes = classes
        self._members = np.array(sorted(members), dtype=np.int64)
        self._random = np.random.default_rng(seed)
        self._presence = HeadCount(pool)
        self._posting = Posting(pool)
        self._people_scope = np.zeros(len(pool.people), dtype=bool)
        self._people_scope[self._members] = True
        self._models = models
        self._size = Size()
        self.spent = 0.0
        """Deterministic work of the last step."""

    @cached_property
    def _most(self) -> NDArray[np.int64]:
        """About the paid minutes of each member's fullest line."""
        return np.array([self._models[person].most(self._pool.paid, cap=CAP) for person in self._members])

    # -- choosing ------------------------------------------------------------------------------------------------------

    def _day_of_need(self, incumbent: Incumbent) -> int | None:
        """In a repair, now and then, a day on which something of an earlier level may be gained: one on which a change inside
        notice was made, or one on which heads are missing at the first level that misses any."""
        given = given_lines(self._pool)
        if not given.levels or self._random.random() < ANYWHERE:
            return None
        if self._random.random() < CHANGED:
            changed = given.changed_days(0, incumbent.shift, incumbent.spot)[self._members].any(axis=0)
            return int(self._random.choice(np.flatnonzero(changed))) if changed.any() else None
        level = next((level for level in COVERAGE_LEVELS if incumbent.values[level]), None)
        return None if level is None else self._presence.short_day(incumbent.shift, incumbent.spot, level, self._random)

    def _free(self, incumbent: Incumbent, day: int | None) -> ModelScope:
        """A window of days, about a ``day`` if one is given, for everybody, or as many as fit, and the whole lines of a few,
        rather of those who have hours to give: what they give must find its place among what the others do in the window."""
        pool, members = self._pool, self._members
        free = np.zeros((len(pool.people), pool.days), dtype=bool)
        duties = self._size.duties
        if duties >= free[members].size:
            free[members] = True
            return ModelScope(free, self._people_scope)
        few = min(len(members), round(WHOLE_LINES * duties / pool.days))
        slack = self._hours_to_give(incumbent)
        free[self._random.choice(members, few, replace=False, p=slack / slack.sum())] = True
        left = (1 - WHOLE_LINES) * duties
        length = min(pool.days, max(SHORTEST, round(left / len(members))))
        low, high = (0, pool.days) if day is None else (max(0, day - length + 1), day + 1)
        start = int(self._random.integers(low, max(low + 1, min(high, pool.days - length + 1))))
        together = self._random.choice(members, min(len(members), round(left / length)), replace=False)
        free[together, start : start + length] = True
        return ModelScope(free, self._people_scope, days=tuple(int(day) for day in np.flatnonzero(free.any(axis=0))))

    def _hours_to_give(self, incumbent: Incumbent) -> NDArray[np.float64]:
        """Minutes of each member's fullest line that they do not work, and a little, so that everybody has a chance."""
        shift = incumbent.shift[self._members]
        people, days = np.nonzero(shift >= 0)
        worked = np.bincount(people, self._pool.paid[days, shift[people, days]], minlength=len(self._members))
        return np.asarray(np.maximum(0.0, self._most - worked) + 30.0)

    # -- one step ------------------------------------------------------------------------------------------------------

    def coverage(self, incumbent: Incumbent, limits: Limits) -> Incumbent:
        """One neighbourhood on the coverage levels; the incumbent again when nothing better was found."""
        scope = self._free(incumbent, self._day_of_need(incumbent))
        model = RosterModel(self._pool, scope, self._classes, incumbent.shift, incumbent.spot)
        _hold(model, incumbent, self._held())
        _minimize_coverage(model)
        found = self._solve(model, limits)
        return found if found is not None and found.leading <= incumbent.leading else incumbent

    def _held(self) -> Sequence[Level]:
        """The levels that may not get worse: all but the last, or, where one is about changes, now and then fewer, since what is
        missed at an earlier level is only mended by changing more."""
        leading = self._pool.problem.leading_levels
        if leading == COVERAGE_LEVELS or self._random.random() < HOLD_ALL:
            return leading[:-1]
        return leading[: int(self._random.integers(len(leading) - 1))]

    def _solve(self, model: RosterModel, limits: Limits) -> Incumbent | None:
        model.hint()
        outcome = search(model.model, replace(limits, seed=int(self._random.integers(1 << 30)), workers=1))
        self.spent = outcome.work
        self._size.adapt(outcome.optimal, len(self._members), self._pool.days)
        if not outcome.solved:
            return None
        found = Incumbent.of(self._pool, self._presence, *self._posting.read_off(model, outcome))
        return found if found.legal else None


def _hold(model: RosterModel, incumbent: Incumbent, levels: Sequence[Level]) -> None:
    """No level may get worse than the incumbent's."""
    for level in levels:
        if model.levels[level].variables:
            model.model.add(model.levels[level].expression() <= incumbent.values[level])


def _minimize_coverage(model: RosterModel) -> None:
    """Coverage first; among equals the fewest paid hours (begun ones count whole): what is kept can be given where a later
    neighbourhood lacks it."""
    hours = -(-model.pool.paid // 60)
    most = sum({(p, d): int(hours[d].max()) for p, d, _ in model.x}.values())
    cover = sum(WORTH[level] * model.levels[level].expression() for level in model.pool.problem.leading_levels)
    given = cp_model.LinearExpr.weighted_sum(list(model.x.values()), [int(hours[d, k]) for _, d, k in model.x])
    model.model.minimize((most + 1) * cover + given)
