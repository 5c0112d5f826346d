"""The one-shot model: everybody free, posted one by one, level after level to proof.

The reference that tests hold every other stage against, and the last word on small pools, where it proves every level,
quality included.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from scheduler.engine.compiled_problem import CompiledProblem, Ints
from scheduler.engine.cpsat.in_order import InOrder, Stage, Way, solve_in_order
from scheduler.engine.cpsat.model import ModelScope, RosterModel
from scheduler.engine.cpsat.solver import Limits, Outcome
from scheduler.engine.incumbent import Incumbent
from scheduler.vocabulary.constraints import Level

SMALL = 2500
"""A pool with at most this many person-duty-hotspot choices is solved in one shot."""


def is_small(pool: CompiledProblem) -> bool:
    """Whether the one-shot model is the right tool for the whole pool."""
    return int(pool.post.sum()) <= SMALL


def one_shot_model(pool: CompiledProblem, shift: Ints, spot: Ints) -> RosterModel:
    """The model of everything, hinted with a roster ``shift[person, day]``, ``spot[person, day]``."""
    shape = (len(pool.people), pool.days)
    scope = ModelScope(np.ones(shape, dtype=bool), np.ones(shape[0], dtype=bool), single=True)
    model = RosterModel(pool, scope, [[person] for person in range(shape[0])], shift, spot, soft=True)
    model.hint()
    return model


def read_off(model: RosterModel, outcome: Outcome) -> tuple[Ints, Ints]:
    """The roster of a one-shot model's best solution."""
    shift = np.full_like(model.shift, -1)
    spot = np.full_like(model.spot, -1)
    for (person, day, duty), x in model.x.items():
        if outcome.value(x):
            shift[person, day] = duty
    for (person, day, duty, place), z in model.z.items():
        if shift[person, day] == duty and outcome.value(z):
            spot[person, day] = place
    return shift, spot


def solve_one_shot(
    pool: CompiledProblem, start: Incumbent, limits: Callable[[], Limits], levels: Sequence[Level] | None = None
) -> InOrder:
    """Minimise level after level, each with the earlier ones held at their best: all of them, or those given. ``limits`` gives
    each search its limits."""
    way = Way(lambda incumbent: one_shot_model(pool, incumbent.shift, incumbent.spot), read_off)
    stages = [Stage((level,)) for level in (pool.problem.levels if levels is None else levels)]
    return [InOrder(start, {}, {}, {}), *solve_in_order(start, way, stages, lambda _: limits())][-1]
