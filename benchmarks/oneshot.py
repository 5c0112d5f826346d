"""The one-shot model, to compare with: every line, every post and every rule in one CP-SAT model, solved once.

It starts from the roster that holds only the locks. It shares the compilation of the rules with the engine and nothing of its
stages: no bounds of its own, no first roster, no neighbourhoods. Levels become weights, far enough apart that none
pays for the next in practice.
"""

from __future__ import annotations

import threading
import time

import numpy as np

from benchmarks.claim import Claim
from scheduler.config import SolveConfig
from scheduler.constraints import Level
from scheduler.engine.cpsat.joint import joint_model, read_off
from scheduler.engine.cpsat.search import Limits, search
from scheduler.engine.pool import Ints, Pool
from scheduler.instance import Instance
from scheduler.rules import declare

WEIGHTS = {Level.POLICE_MINIMUM: 1000, Level.NON_POLICE_MINIMUM: 1000, Level.TARGETS: 100, Level.QUALITY: 1}


def solve(instance: Instance, config: SolveConfig) -> Claim:
    """The best roster of one search within the limits, building included; the roster of the locks when none came in time."""
    began = time.perf_counter()
    pool = Pool(declare(instance))
    shift, spot = _locks(pool)
    model = joint_model(pool, shift, spot)
    model.model.minimize(sum(weight * model.levels[level].expression() for level, weight in WEIGHTS.items()))
    first: list[float] = []

    def found(_value: int) -> None:
        if not first:
            first.append(time.perf_counter() - began)

    left = max(1.0, config.time_limit_s - (time.perf_counter() - began))
    limits = Limits(left, config.workers, config.seed, config.reproducible, threading.Event())
    outcome = search(model.model, limits, found)
    if not outcome.solved:
        return Claim(pool.roster(shift, spot), None)
    shift, spot = read_off(model, outcome)
    return Claim(pool.roster(shift, spot), first[0] if first else None)


def _locks(pool: Pool) -> tuple[Ints, Ints]:
    """The roster that holds nothing but the locks: where the search starts."""
    shift = np.where(pool.forced >= 0, pool.forced, -1)
    spot = np.full_like(shift, -1)
    for person, day in np.argwhere(shift >= 0).tolist():
        anywhere = int(pool.post[person, day, shift[person, day]].argmax())
        spot[person, day] = pool.locked_at.get((person, day), anywhere)
    return shift, spot
