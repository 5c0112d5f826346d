"""Many runs of absences over one roster, on several cores: who stands where in the end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from scheduler.analysis.stress import Stretches
from scheduler.engine.compiled_problem import Bools, CompiledProblem, Ints
from scheduler.engine.headcount import HeadCount
from scheduler.engine.lines.models import LineModels
from scheduler.engine.lines.stack import stack
from scheduler.engine.local_search.move_tables import SearchState, lay_out, nobody_on
from scheduler.engine.recourse.kernel import COUNTS, Scratch, placed, withstand
from scheduler.engine.recourse.plan import plan_of
from scheduler.problem.facts import OFF, Category
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules import declare
from scheduler.vocabulary.constraints import Cover, Level

MINIMUMS = (Level.POLICE_MINIMUM, Level.NON_POLICE_MINIMUM)


@dataclass(frozen=True, eq=False)
class Realised:
    """What became of some runs: ``heads[run, stretch]``, and ``counts[run, what]`` (see the kernel)."""

    heads: Ints
    counts: Ints


class Recourse:
    """One roster that absences fall upon. Nobody has two duties on a date in it.

    Locks of duties are no limit to who is called, days locked free are.
    """

    def __init__(self, instance: Instance, roster: Roster) -> None:
        self.instance = instance.replace(
            locks=tuple(lock for lock in instance.locks if lock.shift == OFF), standing=None
        )
        self.pool = CompiledProblem(declare(self.instance))
        self._board = lay_out(self.pool)
        self._lines = stack(LineModels(self.pool))
        self.plan = plan_of(self.pool, roster)
        self._planned = self._blank()
        placed(self._board, self._planned, self.plan.shift, self.plan.spot)

    @property
    def planned_heads(self) -> Ints:
        """``[stretch]`` of the roster as it is."""
        return self._planned.heads

    def _blank(self) -> SearchState:
        return nobody_on(self._board, HeadCount(self.pool), self.plan.shift.shape)

    def run(self, away: Bools, comes: Bools, cores: int = 1) -> Realised:
        """Runs with ``away[run, person, day]`` and ``comes[run, person, day]``; the same whatever the cores."""
        runs = away.shape[0]
        found = Realised(
            np.zeros((runs, self._planned.heads.size), dtype=np.int64), np.zeros((runs, COUNTS), dtype=np.int64)
        )
        if cores <= 1 or runs <= 1:
            self._some(away, comes, found.heads, found.counts)
            return found
        edges = np.linspace(0, runs, min(cores, runs) + 1).astype(int)
        with ThreadPoolExecutor(len(edges) - 1) as threads:
            parts = [slice(low, high) for low, high in pairwise(edges)]
            done = threads.map(lambda p: self._some(away[p], comes[p], found.heads[p], found.counts[p]), parts)
            list(done)
        return found

    def _some(self, away: Bools, comes: Bools, heads: Ints, counts: Ints) -> SearchState:
        position = self._blank()
        scratch = Scratch.blank(self.plan.shift, self._lines)
        withstand(self._board, self._lines, self.plan, self._planned, position, scratch, away, comes, heads, counts)
        return position

    def realised(self, away: Bools, comes: Bools) -> Roster:
        """The roster that one run, ``away[person, day]``, leaves."""
        heads, counts = np.zeros((1, self._planned.heads.size), np.int64), np.zeros((1, COUNTS), np.int64)
        position = self._some(away[np.newaxis], comes[np.newaxis], heads, counts)
        return self.pool.roster(position.shift, position.spot)

    def stretches(self) -> Stretches:
        """Where and when heads are counted, and how many are asked for."""
        roles = {(cover.hotspot, cover.people): cover.role for cover in self.pool.problem.all(Cover)}
        sets = [frozenset(np.array(self.pool.people)[members].tolist()) for members in self.pool.staff_sets]
        categories = self.instance.role_category
        intervals = self.pool.intervals
        codes = [roles[self.pool.hotspots[item.hotspot], sets[item.staff_set]] for item in intervals]
        asked = np.zeros((2, len(intervals)), dtype=np.int64)
        for place, interval in enumerate(intervals):
            for wish in interval.requirements:
                if not wish.above:
                    kind = 0 if wish.level in MINIMUMS else 1
                    asked[kind, place] = max(asked[kind, place], wish.heads)
        return Stretches(
            hotspots=self.pool.hotspots,
            roles=tuple(codes),
            police=np.array([categories[code] is Category.POLICE for code in codes], dtype=bool),
            hotspot=np.array([item.hotspot for item in intervals], dtype=np.int64),
            start=np.array([item.start for item in intervals], dtype=np.int64),
            end=np.array([item.end for item in intervals], dtype=np.int64),
            minimum=asked[0],
            target=np.maximum(asked[0], asked[1]),
        )
