"""One CP-SAT search for the weighted sum of the levels, with its course: every better roster and every better bound."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from ortools.sat.python import cp_model

from benchmarks.weighted_sum import WEIGHTED, WEIGHTS
from scheduler.config import SolveConfig
from scheduler.engine.cpsat.solver import Outcome
from scheduler.result import Progress, Stage
from scheduler.vocabulary.constraints import Level


@dataclass(frozen=True, slots=True)
class Watched:
    """``bound`` is one on the weighted sum: it bounds no level by itself."""

    outcome: Outcome
    status: str
    timeline: tuple[Progress, ...]
    first_s: float | None
    bound: int | None


class _Watch(cp_model.CpSolverSolutionCallback):
    """Writes down the levels of every solution, in seconds since ``began``."""

    def __init__(self, levels: Mapping[Level, cp_model.LinearExpr], began: float) -> None:
        super().__init__()
        self._levels = levels
        self._began = began
        self.timeline: list[Progress] = []

    def on_solution_callback(self) -> None:
        self.note(WEIGHTED, round(self.objective_value), None)
        for level, expression in self._levels.items():
            self.note(level.code, self.value(expression), None)

    def bounded(self, bound: float) -> None:
        self.note(WEIGHTED, None, ceil(bound - 1e-6))

    def note(self, level: str, value: int | None, bound: int | None) -> None:
        now = time.perf_counter() - self._began
        self.timeline.append(
            Progress(elapsed_s=now, stage=Stage.SEARCH, level=level, value=value, bound=bound, gap=None)
        )


def search(
    model: cp_model.CpModel,
    levels: Mapping[Level, cp_model.LinearExpr],
    config: SolveConfig,
    began: float,
    solver: cp_model.CpSolver,
) -> Watched:
    """Minimise the weighted sum in what is left of the time limit since ``began`` (at least a second). ``solver`` may have
    parameters of its own."""
    model.minimize(sum(weight * levels[level] for level, weight in WEIGHTS.items()))
    watch = _Watch(levels, began)
    solver.best_bound_callback = watch.bounded
    solver.parameters.random_seed = config.seed
    solver.parameters.num_workers = config.workers
    solver.parameters.max_time_in_seconds = max(1.0, config.time_limit_s - (time.perf_counter() - began))
    status = solver.solve(model, watch)
    outcome = Outcome(status, solver.best_objective_bound, solver.value, solver.response_proto.deterministic_time)
    if outcome.solved:
        watch.bounded(outcome.bound)
    first = next((item.elapsed_s for item in watch.timeline if item.value is not None), None)
    bounds = [item.bound for item in watch.timeline if item.bound is not None]
    return Watched(outcome, solver.status_name(status), tuple(watch.timeline), first, max(bounds, default=None))
