"""Pools found from the data, and a problem that falls apart into theirs without losing or gaining anything."""

from __future__ import annotations

import pytest

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.decomposition import bundles, pools
from scheduler.problem.facts import Organisation, OrganisationKind, Pair
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules import declare
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, LEVELS, CoPresence
from scheduler.vocabulary.evaluate import evaluate
from scheduler.vocabulary.problem import Scope
from tests.builders import TOWN, ZONE, demand, hotspot, make, past, person
from tests.engine.zones import example, first

pytestmark = pytest.mark.slow

NORTH = Organisation(code="5344", name="Nord", kind=OrganisationKind.POLICE_ZONE)


def two_zones(days: int = 7, **changes: object) -> Instance:
    """Three people and two hotspots in one zone, two people and one hotspot in another."""
    return make(
        days,
        people=[person("A1"), person("A2"), person("A3"), *(person(f"B{i}", organisation="5344") for i in (1, 2))],
        organisations=(ZONE, TOWN, NORTH),
        hotspots=(hotspot("HAL"), hotspot("MIDI"), hotspot("NORD", zone="5344")),
        demand=tuple(demand(minimum=1, target=2).model_copy(update={"hotspot": code}) for code in ("HAL", "NORD")),
        **changes,
    )  # type: ignore[arg-type]


def found(instance: Instance) -> list[Scope]:
    return pools(CompiledProblem(declare(instance)))


def test_zones_that_share_nobody_are_pools() -> None:
    assert found(two_zones()) == [Scope(("A1", "A2", "A3"), ("HAL", "MIDI")), Scope(("B1", "B2"), ("NORD",))]


@pytest.mark.parametrize("kind", ["together", "apart"])
def test_pairs_join_pools(kind: str) -> None:
    joined = two_zones(pairs=(Pair(staff_a="A1", staff_b="B1", kind=kind),))  # type: ignore[arg-type]
    assert [len(scope.people) for scope in found(joined)] == [5]


def test_whoever_still_stands_there_joins() -> None:
    """A night of the history that ends in the horizon counts as presence at its hotspot."""
    lent = two_zones(history=past("A1", "N", spot="NORD"))
    assert [len(scope.people) for scope in found(lent)] == [5]
    over = two_zones(history=past("A1", "N..", spot="NORD"))
    assert [len(scope.people) for scope in found(over)] == [3, 2]


def test_staff_without_a_hotspot_and_hotspots_without_staff_are_pools_of_their_own() -> None:
    instance = make(
        2,
        people=[person("A1"), person("C1", organisation="5344")],
        organisations=(ZONE, TOWN, NORTH, Organisation(code="5345", name="Uccle", kind=OrganisationKind.POLICE_ZONE)),
        hotspots=(hotspot("HAL"), hotspot("UCCLE", zone="5345")),
    )
    assert sorted(found(instance), key=repr) == sorted(
        [Scope(("A1",), ("HAL",)), Scope(("C1",), ()), Scope((), ("UCCLE",))], key=repr
    )


def test_bundles_are_balanced_and_lose_nobody() -> None:
    pool = CompiledProblem(declare(example("brussels-region")))
    whole = pools(pool)
    for most in (1, 2, 3, 8):
        loads = bundles(whole, most)
        assert sorted(code for load in loads for code in load.people) == sorted(pool.people)
        assert sorted(code for load in loads for code in load.hotspots) == sorted(pool.hotspots)
        assert all(load.people and load.hotspots for load in loads)
        sizes = [len(load.people) for load in loads]
        assert max(sizes) - min(sizes) <= max(len(scope.people) for scope in whole)
    assert [len(bundles(whole, most)) for most in (1, 2, 8)] == [1, 2, 4]


def test_nobody_at_all_is_one_bundle() -> None:
    assert len(bundles(found(make(2, people=0)), 4)) == 1


@pytest.mark.parametrize("seed", range(2))
def test_the_values_of_the_parts_add_up_to_the_whole(seed: int) -> None:
    """For every level, on legal rosters of a whole region; and the required minutes too."""
    problem = declare(example("brussels-region"))
    whole = CompiledProblem(problem)
    parts = [problem.within(scope) for scope in bundles(pools(whole), 3)]
    rosters = [first(CompiledProblem(part), seed).roster for part in parts]
    together = Roster.of(a for roster in rosters for a in roster)
    measured = evaluate(problem, together)
    assert measured.broken == ()
    assert len(together) > 1000
    single = [evaluate(part, roster) for part, roster in zip(parts, rosters, strict=True)]
    for level in LEVELS:
        assert measured.levels[level] == sum(one.levels[level] for one in single)
    for level in COVERAGE_LEVELS:
        assert problem.required[level] == sum(part.required[level] for part in parts)


def test_company_outside_a_part_is_nobody_not_forgotten() -> None:
    """Peacekeepers who need police keep needing them, even in a part that has none."""
    problem = declare(example("brussels-region"))
    guards = tuple(s.id for s in problem.instance.staff if problem.instance.category(s.id).value == "non_police")
    part = problem.within(Scope(guards, problem.hotspots))
    accompanied = [company for company in part.all(CoPresence) if not company.companions]
    assert accompanied
    assert all(company.dependents for company in part.all(CoPresence))
