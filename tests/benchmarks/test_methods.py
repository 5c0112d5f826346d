"""The textbook's model and the MILP: legal by the audit, as good as the joint model where it proves, never above their values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest
from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

from benchmarks import milp, textbook
from benchmarks.greedy_state import Desk
from benchmarks.measure import measure
from benchmarks.method_result import Claim, RefusedError
from benchmarks.methods import METHODS
from benchmarks.weighted_sum import WEIGHTS, weighted
from instances.generate import COMMITTED, FOLDER
from scheduler.config import SolveConfig
from scheduler.engine.solve import solve_whole
from scheduler.problem.instance import Instance
from scheduler.result import Status
from scheduler.rules import declare
from scheduler.rules.audit import audit, hard_findings
from scheduler.vocabulary.constraints import Level
from scheduler.vocabulary.evaluate import evaluate
from scheduler.workbook.read import read

pytestmark = pytest.mark.slow

SMALL = sorted(name for name in COMMITTED if name != "edge-contradictory-locks" and not name.startswith("brussels"))
LONG = "edge-autumn"
CONFIG = SolveConfig(time_limit_s=20.0, workers=2)
SLOW = "edge-history"
"""HiGHS does not prove its quality within the limit of a test."""


def _marked(names: Iterable[str]) -> list[Any]:
    """Names of instances, of which the one that takes longest is left to `make test`."""
    return [pytest.param(name, marks=pytest.mark.slowest) if name == LONG else name for name in names]


def example(name: str) -> Instance:
    return read(FOLDER / f"{name}.xlsx").instance


def values(instance: Instance, claim: Claim) -> dict[Level, int]:
    """The levels of a claim's roster, which must break nothing."""
    assert hard_findings(audit(instance, claim.roster)) == ()
    found = evaluate(declare(instance), claim.roster)
    assert found.broken == ()
    return {level: found.levels[level] for level in WEIGHTS}


@lru_cache
def proven(name: str) -> dict[Level, int]:
    """The best value of every level, by the joint model of the engine."""
    record = solve_whole(example(name), CONFIG).record
    assert record.status is Status.OPTIMAL
    return {level: row.value for level, row in zip(WEIGHTS, record.levels, strict=True)}


@pytest.mark.parametrize("name", _marked(SMALL))
def test_the_textbook_reaches_the_proven_optimum(name: str) -> None:
    instance = example(name)
    claim = textbook.solve(instance, SolveConfig(time_limit_s=60.0, workers=2))
    found = values(instance, claim)
    assert found == proven(name)
    assert claim.weighted == weighted(found)
    assert claim.bounds == {}, "a bound of the sum is none of a level"
    assert claim.note == ""
    assert claim.first_roster_s is not None
    assert claim.build_s is not None
    assert 0 < claim.build_s < claim.first_roster_s


@pytest.mark.parametrize("name", _marked(name for name in SMALL if name != SLOW))
def test_the_milp_reaches_and_proves_the_optimum(name: str) -> None:
    instance = example(name)
    claim = milp.solve(instance, CONFIG)
    assert values(instance, claim) == proven(name)
    assert claim.bounds == {level.code: value for level, value in proven(name).items()}


def test_a_bound_of_the_milp_is_never_above_the_best_value() -> None:
    instance = example(SLOW)
    claim = milp.solve(instance, SolveConfig(time_limit_s=4.0))
    best = {level.code: value for level, value in proven(SLOW).items()}
    assert claim.bounds
    assert all(bound <= best[level] for level, bound in claim.bounds.items())
    assert values(instance, claim)[Level.POLICE_MINIMUM] >= best["police_minimum"]


def test_the_milp_claims_no_bound_after_a_level_it_has_not_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    """HiGHS leaves the first level a minute short of its proof: bounds of the next ones hold only given its value."""
    calls = []

    def short(*given: Any, **named: Any) -> mathopt.SolveResult:
        result = solve(*given, **named)
        if not calls:
            bounds = replace(
                result.termination.objective_bounds, dual_bound=result.termination.objective_bounds.dual_bound - 1
            )
            result = replace(result, termination=replace(result.termination, objective_bounds=bounds))
        calls.append(result)
        return result

    solve = mathopt.solve
    monkeypatch.setattr(mathopt, "solve", short)
    instance = example("edge-opening")
    claim = milp.solve(instance, CONFIG)
    assert len(calls) == 4, "the levels after it are made small all the same"
    assert values(instance, claim) == proven("edge-opening")
    assert claim.bounds == {"police_minimum": proven("edge-opening")[Level.POLICE_MINIMUM] - 1}
    assert {item.level for item in claim.timeline if item.bound is not None} == {"police_minimum"}


@pytest.mark.slowest
@pytest.mark.parametrize("method", ["textbook", "milp"])
def test_where_nothing_is_found_the_locks_stand(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The solvers are given no time at all."""
    highs, cpsat = mathopt.solve, cp_model.CpSolver.solve

    def highs_at_once(*given: Any, params: mathopt.SolveParameters, **named: Any) -> mathopt.SolveResult:
        return highs(*given, params=replace(params, time_limit=dt.timedelta()), **named)

    def cpsat_at_once(solver: cp_model.CpSolver, *given: Any) -> Any:
        solver.parameters.max_time_in_seconds = 0.0
        return cpsat(solver, *given)

    monkeypatch.setattr(mathopt, "solve", highs_at_once)
    monkeypatch.setattr(cp_model.CpSolver, "solve", cpsat_at_once)
    monkeypatch.setattr(milp, "MOST_POSTS", 10**9)
    instance = example("brussels-ouest")
    claim = METHODS[method](instance, SolveConfig(time_limit_s=5.0, workers=1))
    assert claim.roster == Desk(declare(instance)).roster()
    assert "only the locks" in claim.note
    assert claim.first_roster_s is None


def test_the_milp_refuses_what_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(milp, "MOST_POSTS", 3)
    with pytest.raises(RefusedError, match="at most 3"):
        milp.solve(example("tiny"), CONFIG)
    record = measure("milp", FOLDER / "tiny.xlsx", "", CONFIG)
    assert record["kind"] == "refused"
    assert "at most 3" in str(record["reason"])


@pytest.mark.parametrize("method", METHODS)
def test_every_record_tells_building_from_solving(method: str) -> None:
    record = measure(method, FOLDER / "tiny.xlsx", "", SolveConfig(time_limit_s=2.0))
    build, solve, wall = record["build_s"], record["solve_s"], record["wall_s"]
    assert isinstance(build, float)
    assert isinstance(solve, float)
    assert wall == pytest.approx(build + solve, abs=0.02)
    built, peak = record["build_memory_mb"], record["peak_memory_mb"]
    assert isinstance(built, int)
    assert isinstance(peak, int)
    assert 0 < built <= peak
    assert record["people"] == 5
    assert record["violations"] == 0
    levels = {row["name"]: row["value"] for row in record["levels"]}  # type: ignore[attr-defined]
    ends = {level: value for _, level, value, _ in record["course"] if level in levels}  # type: ignore[attr-defined]
    assert ends == levels
