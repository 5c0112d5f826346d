"""One CP-SAT search: time limit, hint, stop switch and reproducibility in one place."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

ROUNDING = 1e-6
"""What a bound may be off."""
SECOND = 1.0
"""Deterministic units granted for one second of wall clock in a reproducible run."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a search may use. ``stop`` ends it from outside; ``reproducible`` counts deterministic time on one worker."""

    seconds: float
    workers: int
    seed: int
    reproducible: bool
    stop: threading.Event


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a search found. ``status`` is CP-SAT's; ``value`` reads variables of the best solution;
    ``work`` is the deterministic time spent."""

    status: cp_model.CpSolverStatus
    bound: float
    value: Callable[[cp_model.LinearExprT], int]
    work: float

    @property
    def solved(self) -> bool:
        return self.status in (cp_model.OPTIMAL, cp_model.FEASIBLE)

    @property
    def optimal(self) -> bool:
        return self.status == cp_model.OPTIMAL


TO_PROOF = ("reduced_costs",)
"""What searches for a proof: one strategy that branches on reduced costs. The other workers look for better solutions near the
best one. Two workers so proved in seconds what eight with CP-SAT's own choice of strategies did in half a minute."""


def search(model: cp_model.CpModel, limits: Limits, strategies: Sequence[str] = ()) -> Outcome:
    """Solve; never longer than the limits, and at once when ``stop`` is set. ``strategies`` are those of CP-SAT that search for
    a proof, by name; without any it chooses itself."""
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = limits.seed
    solver.parameters.catch_sigint_signal = False
    # Rosters are close to their linear relaxation: with all of it, one worker proves what eight do not (see benchmarks).
    solver.parameters.linearization_level = 2
    if strategies:
        solver.parameters.subsolvers.extend(strategies)
        # It took as long as it saved (see benchmarks).
        solver.parameters.symmetry_level = 0
    if limits.reproducible:
        solver.parameters.num_workers = 1
        # Strategies then take turns on one worker.
        solver.parameters.interleave_search = bool(strategies)
        solver.parameters.max_deterministic_time = max(0.01, limits.seconds * SECOND)
    else:
        solver.parameters.num_workers = limits.workers
        solver.parameters.max_time_in_seconds = max(0.05, limits.seconds)
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            if limits.stop.is_set():
                solver.stop_search()

    guard = threading.Thread(target=watch, daemon=True)
    guard.start()
    try:
        status = solver.solve(model)
    finally:
        done.set()
        guard.join()
    return Outcome(status, solver.best_objective_bound, solver.value, solver.response_proto.deterministic_time)
