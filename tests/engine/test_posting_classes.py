"""Who is interchangeable at a post, and whose posts have nothing to do with each other."""

from __future__ import annotations

import pytest

from scheduler.engine.posting_classes import components, posting_classes
from scheduler.problem.facts import Category, Pair, Role
from scheduler.problem.instance import Instance
from tests.builders import contract, demand, free_contract, hotspot, make, person
from tests.engine.zones import compiled, zone

SPOTS = (hotspot("HAL"), hotspot("MIDI"))
BOTH = (demand(minimum=1), demand(minimum=1).model_copy(update={"hotspot": "MIDI"}))


def _names(instance: Instance, *, tell_apart: bool = True) -> set[frozenset[str]]:
    pool = compiled(instance)
    return {frozenset(pool.people[p] for p in group) for group in posting_classes(pool, tell_apart=tell_apart)}


def _parts(instance: Instance) -> set[frozenset[str]]:
    pool = compiled(instance)
    classes = posting_classes(pool)
    return {frozenset(pool.people[p] for c in group for p in classes[c]) for group in components(pool, classes)}


def test_contracts_that_matter_to_lines_only_share_a_class() -> None:
    shorter = free_contract("SHORT", weekly_hours=20.0)
    people = [person("P1"), person("P2", contract="SHORT")]
    assert _names(make(2, people=people, contracts=(contract(), shorter), demand=(demand(minimum=1),))) == {
        frozenset({"P1", "P2"})
    }


def test_reach_role_and_category_tell_classes_apart() -> None:
    people = [
        person("P1", hotspots=("HAL",)),
        person("P2", roles=("lead",)),
        person("P3"),
        person("P4"),
        person("G1", contract="GDP"),
        person("Z1", fte=0.0),
    ]
    wardens = free_contract("GDP", category=Category.NON_POLICE)
    instance = make(
        2, people=people, contracts=(contract(), wardens), roles=(Role(code="lead", category=Category.POLICE),),
        hotspots=SPOTS, demand=(*BOTH, demand("lead", minimum=1)),
    )  # fmt: skip
    assert _names(instance) == {frozenset(group) for group in (("P1",), ("P2",), ("P3", "P4"), ("G1",))}


def test_people_kept_apart_are_alone_unless_it_is_for_a_bound() -> None:
    instance = make(2, people=3, pairs=(Pair(staff_a="P1", staff_b="P2", kind="apart"),))
    assert _names(instance) == {frozenset({"P1"}), frozenset({"P2"}), frozenset({"P3"})}
    assert _names(instance, tell_apart=False) == {frozenset({"P1", "P2", "P3"})}


def _two_posts(**third: object) -> Instance:
    people = [person("P1", hotspots=("HAL",)), person("P2", hotspots=("MIDI",)), *([person("P3")] if third else [])]
    return make(2, people=people, hotspots=SPOTS, demand=BOTH)


def test_hotspots_without_common_staff_are_parts_of_their_own() -> None:
    assert _parts(_two_posts()) == {frozenset({"P1"}), frozenset({"P2"})}
    assert _parts(_two_posts(floats=True)) == {frozenset({"P1", "P2", "P3"})}


@pytest.mark.parametrize(("together", "parts"), [(1, [("G1",), ("G2",)]), (2, [("G1", "G2")])])
def test_patrols_join_and_co_presence_does_not(together: int, parts: list[tuple[str, ...]]) -> None:
    """Wardens of whom no demand speaks depend on each other when they keep each other company; the police come first."""
    wardens = contract("GDP", category=Category.NON_POLICE, needs_police=1, min_together=together)
    people = [
        person("P1"),
        person("G1", contract="GDP", hotspots=("HAL",)),
        person("G2", contract="GDP", hotspots=("HAL", "MIDI")),
    ]
    nothing_for_surplus = {"surplus.cost_per_minute": 0}
    instance = make(
        2, people=people, hotspots=SPOTS, contracts=(contract(), wardens), demand=BOTH, parameters=nothing_for_surplus
    )
    assert _parts(instance) == {frozenset(part) for part in (("P1",), *parts)}
    assert _parts(instance.replace(parameters={})) == {frozenset({"P1"}), frozenset({"G1", "G2"})}


def test_those_who_share_the_drivers_depend_on_each_other() -> None:
    """Nobody is asked for by a demand; P2 and P3 stand at different hotspots, with whatever drivers there are."""
    people = [
        person("P1", roles=("D",)),
        person("P2", hotspots=("HAL",)),
        person("P3", hotspots=("HAL",)),
        person("P4", hotspots=("MIDI",)),
    ]
    facts = {"people": people, "hotspots": SPOTS, "roles": (Role(code="D", category=Category.POLICE),)}
    no_surplus = {"surplus.cost_per_minute": 0.0}
    assert len(_parts(make(2, **facts, parameters=no_surplus))) == 3
    assert _parts(make(2, **facts, parameters={**no_surplus, "role_holders.role": "D"})) == {
        frozenset({"P1", "P2", "P3", "P4"})
    }


@pytest.mark.parametrize("seed", range(10))
def test_classes_and_parts_hold_everybody_who_can_work_once(seed: int) -> None:
    pool = compiled(zone(seed))
    classes = posting_classes(pool)
    everybody = sorted(p for members in classes for p in members)
    assert everybody == [p for p in range(len(pool.people)) if pool.allowed[p].any()]
    assert sorted(c for group in components(pool, classes) for c in group) == list(range(len(classes)))
    for members in classes:
        assert all((pool.reach[p] == pool.reach[members[0]]).all() for p in members)
        assert all(len({bool(staff_set[p]) for p in members}) == 1 for staff_set in pool.staff_sets)
