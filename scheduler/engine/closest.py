"""A repair's first levels, pool by pool to proof: the minima, and then the fewest changes inside notice.

What people go by decides most of a repair, so its whole model is soon solved: CP-SAT proves most pools of a hundred people over
two weeks within half a minute of two cores. A pool is closed (see :mod:`~scheduler.engine.decomposition`), so that its
bounds hold whatever the others do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from scheduler.config import SolveConfig
from scheduler.engine.clock import Clock
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.in_order import InOrder, Stage, Way, solve_in_order
from scheduler.engine.cpsat.model import ModelScope, RosterModel
from scheduler.engine.cpsat.posting import Posting
from scheduler.engine.cpsat.solver import TO_PROOF, Limits
from scheduler.engine.decomposition import pools
from scheduler.engine.given_lines import given_lines
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.parallel_search import merged
from scheduler.engine.posting_classes import component_people, posting_classes
from scheduler.engine.proof.bounds import Exact, Proof
from scheduler.vocabulary.constraints import Level

SHARE, FIRST_SHARE = 0.75, 0.35
"""Share of the time limit after which this ends, proven or not, and after which the first level does."""
WORKERS = 2
"""One for the proof, one for better rosters."""
LARGEST = 30_000
"""Duties to choose from, above which a pool is left to the search in parts."""


@dataclass(frozen=True)
class ClosedPool:
    """People whose posts depend on each other, by any rule, and the components they are."""

    members: tuple[int, ...]
    components: tuple[int, ...]


def closed_pools(pool: CompiledProblem) -> list[ClosedPool]:
    """Those who have any duty to choose, fewest people first; components are numbered as in the proof."""
    groups = component_people(pool, posting_classes(pool, tell_apart=False))
    found = []
    for scope in pools(pool):
        people = {pool.person[name] for name in scope.people}
        mine = tuple(number for number, group in enumerate(groups) if people.issuperset(group))
        if mine:
            found.append(ClosedPool(tuple(sorted(person for number in mine for person in groups[number])), mine))
    return sorted(found, key=lambda closed: len(closed.members))


class Closest:
    """Solves the first levels of a repair, pool by pool."""

    def __init__(self, pool: CompiledProblem, config: SolveConfig, clock: Clock, proof: Proof) -> None:
        """``proof``: what is known by now."""
        self._pool, self._config, self._clock, self._proof = pool, config, clock, proof
        self._classes = posting_classes(pool)
        self._posting = Posting(pool)
        self._given = given_lines(pool)

    def solve(self, best: Incumbent) -> Iterator[tuple[Incumbent, Exact]]:
        """The best roster after each stage of each pool, and what is proven of it: stage by stage, the small pools first.

        The first roster is close to what people go by. What the first stage finds is good at one level and at no other, so it is
        no roster to end with.
        """
        stages = self._stages(best)
        closed = [each for each in closed_pools(self._pool) if self._choices(each) <= LARGEST]
        courses = []
        for number, each in enumerate(closed):
            share = len(each.members) / sum(len(later.members) for later in closed[number:])
            courses.append((each, solve_in_order(best, self._way(each), stages, partial(self._limits, share))))
        for stage in stages:
            for each, course in courses:
                found = next(course, None) if self._seconds(stage) else None
                if found is not None:
                    self._clock.charge(found.work)
                    best = merged(best, found.incumbent, each.members) if stage is stages[-1] else best
                    yield best, _exact(found, each)

    def _stages(self, near: Incumbent) -> tuple[Stage, Stage]:
        """The first level alone, which is soon proven; then the others together, as close as can be to what people go by: that
        is good at the later levels too."""
        levels = self._pool.problem.leading_levels
        late, other = self._given.levels
        first, *rest = levels[: levels.index(late) + 1]
        return Stage((first,)), Stage(tuple(rest), other, near)

    def _choices(self, closed: ClosedPool) -> int:
        return int(self._pool.allowed[list(closed.members)].sum())

    def _way(self, closed: ClosedPool) -> Way:
        people = np.zeros(len(self._pool.people), dtype=bool)
        people[list(closed.members)] = True
        free = np.repeat(people[:, np.newaxis], self._pool.days, axis=1)

        def model(incumbent: Incumbent) -> RosterModel:
            made = RosterModel(self._pool, ModelScope(free, people), self._classes, incumbent.shift, incumbent.spot)
            made.hint()
            return made

        def least(level: Level, held: Mapping[Level, int]) -> int:
            # What the proof has found by now depends on how fast it is, so it has no place in a reproducible run.
            return 0 if self._config.reproducible else self._proof.least(closed.components, level, held)

        return Way(model, self._posting.read_off, least, self._most(closed), TO_PROOF)

    def _most(self, closed: ClosedPool) -> dict[Level, int]:
        """The largest values of the levels that count changes."""
        costs = self._given.cost[:, list(closed.members)]
        return dict(zip(self._given.levels, costs.max(axis=3).sum(axis=(1, 2)).tolist(), strict=True))

    def _seconds(self, stage: Stage) -> float:
        """Seconds that a stage may take of all pools together."""
        return self._clock.left(SHARE if stage.tie else FIRST_SHARE)

    def _limits(self, share: float, stage: Stage) -> Limits:
        """``share``: a pool's of what is left for a stage."""
        config, seconds = self._config, share * self._seconds(stage)
        return Limits(seconds, WORKERS, config.seed, config.reproducible, self._clock.stop)


def _exact(found: InOrder, closed: ClosedPool) -> Exact:
    bounds, held = (
        {level: part[level] - found.elsewhere[level] for level in part} for part in (found.bounds, found.held)
    )
    return Exact(bounds, held, closed.components)
