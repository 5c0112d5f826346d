"""The methods that are compared. Each gets an instance and a limit, and gives back a roster with what it claims about it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping

from benchmarks.method_result import Claim
from scheduler.config import SolveConfig
from scheduler.problem.instance import Instance
from scheduler.result import Progress, Stage


def ours(instance: Instance, config: SolveConfig) -> Claim:
    """What ``vigie solve`` does."""
    import scheduler
    from scheduler.backends.choose import backend_for

    with backend_for(config, None) as backend:
        result = scheduler.solve(instance, config, backend=backend)
    timeline = tuple(item for item in result.record.timeline if not item.pool)
    first = next((item.elapsed_s for item in timeline if item.stage is Stage.FIRST_ROSTER), None)
    bounds = {level.name: level.bound for level in result.record.levels}
    record = result.record
    return Claim(
        result.roster, first, timeline, bounds, record.blocks, record.build_s, proof_s=proof_s(record.timeline)
    )


def proof_s(timeline: Iterable[Progress]) -> float | None:
    """When the proof had been through the coverage levels of everybody: the first it says of quality comes next, of the last pool
    where they are proven apart. None of a horizon in blocks, and where the limit came first."""
    told = [item for item in timeline if not item.part]
    pools = {item.pool for item in told if item.pool} or {""}
    begun = {
        item.pool: item.elapsed_s for item in reversed(told) if (item.stage, item.level) == (Stage.PROOF, "quality")
    }
    return max(begun[pool] for pool in pools) if pools <= begun.keys() else None


def one_shot(instance: Instance, config: SolveConfig) -> Claim:
    """One CP-SAT model of everything at once, levels weighted, starting from the locks."""
    from benchmarks.one_shot import solve

    return solve(instance, config)


def textbook(instance: Instance, config: SolveConfig) -> Claim:
    """The textbook's CP-SAT model of :mod:`benchmarks.textbook`."""
    from benchmarks.textbook import solve

    return solve(instance, config)


def milp(instance: Instance, config: SolveConfig) -> Claim:
    """The same model for HiGHS, :mod:`benchmarks.milp`; refuses what is too large for it."""
    from benchmarks.milp import solve

    return solve(instance, config)


def greedy(instance: Instance, config: SolveConfig) -> Claim:
    """The greedy planner of :mod:`benchmarks.greedy`; limit and seed do not matter to it."""
    from benchmarks.greedy import plan
    from scheduler.rules import declare

    began = time.perf_counter()
    problem = declare(instance)
    built = time.perf_counter() - began
    roster = plan(problem)
    return Claim(roster, time.perf_counter() - began, build_s=built)


METHODS: Mapping[str, Callable[[Instance, SolveConfig], Claim]] = {
    "ours": ours,
    "one-shot": one_shot,
    "textbook": textbook,
    "milp": milp,
    "greedy": greedy,
}
