"""A repair's first levels, pool by pool: proven as the one-shot model proves them, and by bounds that hold."""

from __future__ import annotations

import threading

import pytest

from scheduler.config import SolveConfig
from scheduler.engine.clock import Clock, TimeLimit
from scheduler.engine.closest import Closest, closed_pools
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.one_shot import solve_one_shot
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines.models import LineModels
from scheduler.engine.posting_classes import component_people, posting_classes
from scheduler.engine.proof.bounds import Exact, Proof
from scheduler.engine.proof.column_bounds import Columns
from scheduler.problem.facts import Organisation, OrganisationKind, Pair
from scheduler.rules import declare
from scheduler.vocabulary.constraints import REPAIR_LEVELS, Distance, Level
from scheduler.vocabulary.evaluate import evaluate
from tests.builders import ZONE, contract, demand, hotspot, make, person
from tests.engine.test_distances import repair
from tests.engine.zones import built, limits

LATE = Level.CHANGES_IN_NOTICE
SOLVED = REPAIR_LEVELS[: REPAIR_LEVELS.index(LATE) + 1]
SEEDS = range(10)


def _solved(pool: CompiledProblem, proof: Proof, *, reproducible: bool = False) -> tuple[Incumbent, list[Exact]]:
    config = SolveConfig(time_limit_s=60.0, seed=1, reproducible=reproducible)
    closest = Closest(pool, LineModels(pool), config, Clock(TimeLimit.from_now(config), threading.Event()), proof)
    found = list(closest.solve(built(pool)[1]))
    return found[-1][0], [exact for _, exact in found]


def _proof(pool: CompiledProblem) -> tuple[Proof, Columns]:
    columns = Columns(pool, LineModels(pool))
    columns.offer(built(pool)[1].shift)
    columns.prove(lambda: 30.0, lambda *_: None)
    proof = Proof()
    proof.learn(columns.bounds)
    return proof, columns


@pytest.mark.parametrize(
    ("seed", "drivers"), [*((seed, False) for seed in SEEDS), *((seed, True) for seed in range(5))]
)
def test_the_first_levels_are_as_good_as_can_be_and_proven(seed: int, drivers: bool) -> None:
    pool = repair(seed, drivers=drivers)
    proof, _ = _proof(pool)
    best, told = _solved(pool, proof)
    for exact in told:
        proof.learn(exact)
    joint = solve_one_shot(pool, built(pool)[1], limits)
    for level in SOLVED:
        assert joint.bounds[level] == joint.incumbent.values[level], "the reference must be proven"
        assert best.values[level] == joint.incumbent.values[level]
        assert proof.bound(level, best.values) == best.values[level]


@pytest.mark.parametrize(
    ("seed", "drivers"), [*((seed, False) for seed in SEEDS), *((seed, True) for seed in range(5))]
)
def test_no_roster_is_below_what_is_proven(seed: int, drivers: bool) -> None:
    """Whatever it has at the earlier levels: the first roster, one of fewest changes only, the best of every level alone."""
    pool = repair(seed, drivers=drivers)
    proof, _ = _proof(pool)
    first = built(pool)[1]
    for exact in _solved(pool, proof)[1]:
        proof.learn(exact)
    others = [solve_one_shot(pool, first, limits, [level]).incumbent for level in REPAIR_LEVELS]
    for roster in (first, *others):
        values = evaluate(pool.problem, roster.roster).levels
        for level in REPAIR_LEVELS:
            assert proof.bound(level, values) <= values[level], level


def test_a_reproducible_run_solves_the_same_twice_and_looks_at_no_clock() -> None:
    pool = repair(3)
    (one, _), (other, _) = (_solved(pool, Proof(), reproducible=True) for _ in range(2))
    assert one.roster == other.roster


@pytest.mark.parametrize("seed", SEEDS)
def test_pools_are_whole_components_as_the_column_bounds_number_them(seed: int) -> None:
    _numbered_as_in_the_proof(repair(seed))


def test_people_kept_apart_where_nobody_is_asked_for_are_numbered_as_in_the_proof() -> None:
    """Told apart, they would be components of their own."""
    people = [person(f"P{i}") for i in range(1, 4)]
    people += [person(f"Q{i}", organisation="OTHER") for i in range(1, 5)]
    pair = Pair(staff_a="Q1", staff_b="Q2", kind="apart")
    instance = make(
        3, people=people, hotspots=(hotspot("HAL"), hotspot("MIDI", zone="OTHER", municipality="Elsewhere")),
        organisations=(ZONE, Organisation(code="OTHER", kind=OrganisationKind.POLICE_ZONE)), demand=(demand(minimum=2),),
        pairs=(pair,), contracts=(contract(min_together=1),), parameters={"surplus.cost_per_minute": 0.0},
    )  # fmt: skip
    costs: dict[int, dict[str | None, int]] = {0: {"L": 1, "N": 1, None: 1}}
    given = Distance("changes", LATE, "P1", {0: ("E", "HAL")}, costs)
    pool = CompiledProblem(declare(instance, [given]))
    apart = component_people(pool, posting_classes(pool))
    assert len(apart) > len(component_people(pool, posting_classes(pool, tell_apart=False)))
    _numbered_as_in_the_proof(pool)
    proof, _ = _proof(pool)
    best, told = _solved(pool, proof)
    for exact in told:
        proof.learn(exact)
    assert all(proof.bound(level, best.values) <= best.values[level] for level in SOLVED)


def _numbered_as_in_the_proof(pool: CompiledProblem) -> None:
    mine = list(map(sorted, component_people(pool, posting_classes(pool, tell_apart=False))))
    found = [part for parts in closed_pools(pool) for part in parts]
    assert sorted(number for part in found for number in part.numbers) == list(range(len(mine)))
    for part in found:
        assert sorted(part.members) == mine[part.numbers[0]]
