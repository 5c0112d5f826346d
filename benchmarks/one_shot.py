"""The one-shot model, to compare with: every line, every post and every rule in one CP-SAT model, solved once.

It starts from the roster that holds only the locks. It shares the compilation of the rules with the engine and nothing of its
stages: no bounds of its own, no first roster, no neighbourhoods.
"""

from __future__ import annotations

import time

import numpy as np
from ortools.sat.python import cp_model

from benchmarks.cpsat_timeline import search
from benchmarks.method_result import Claim
from scheduler.config import SolveConfig
from scheduler.engine.compiled_problem import CompiledProblem, Ints
from scheduler.engine.cpsat.one_shot import one_shot_model, read_off
from scheduler.problem.instance import Instance
from scheduler.rules import declare


def solve(instance: Instance, config: SolveConfig) -> Claim:
    """The best roster of one search within the limits, building included; the roster of the locks when none came in time."""
    began = time.perf_counter()
    pool = CompiledProblem(declare(instance))
    shift, spot = _locks(pool)
    model = one_shot_model(pool, shift, spot)
    levels = {level: terms.expression() for level, terms in model.levels.items()}
    solver = cp_model.CpSolver()
    solver.parameters.linearization_level = 2
    built = time.perf_counter() - began
    found = search(model.model, levels, config, began, solver)
    note = ""
    if found.outcome.solved:
        shift, spot = read_off(model, found.outcome)
    else:
        note = f"no legal roster in time ({found.status}): only the locks"
    return Claim(
        pool.roster(shift, spot), found.first_s, found.timeline, build_s=built, weighted=found.bound, note=note
    )


def _locks(pool: CompiledProblem) -> tuple[Ints, Ints]:
    """The roster that holds nothing but the locks: where the search starts."""
    shift = np.where(pool.forced >= 0, pool.forced, -1)
    spot = np.full_like(shift, -1)
    for person, day in np.argwhere(shift >= 0).tolist():
        anywhere = int(pool.post[person, day, shift[person, day]].argmax())
        spot[person, day] = pool.locked_at.get((person, day), anywhere)
    return shift, spot
