"""Classes, groups and parts on tiny pools: who is interchangeable, and who cannot help whom."""

from __future__ import annotations

from scheduler.engine.pool import Pool
from scheduler.engine.proof.groups import grouping
from scheduler.facts import Category, Organisation, OrganisationKind, Role, Staff
from scheduler.rules import declare
from tests.builders import TOWN, ZONE, contract, demand, elsewhere, hotspot, leave, make, person


def test_the_same_contract_and_jurisdiction_make_one_group_whatever_is_personal() -> None:
    staff = [person("P1"), person("P2", fte=0.5), person("P3"), person("P4")]
    found = grouping(Pool(declare(make(7, people=staff, demand=(demand(minimum=1),), absences=(leave("P3", 2),)))))
    assert [item.people for item in found.classes] == [(0, 1, 2, 3)]
    assert [group.people for group in found.groups] == [(0, 1, 2, 3)]


def test_a_day_elsewhere_does_not_tear_a_group_apart() -> None:
    away = (elsewhere("P2", 3, clock=("08:00", "12:00")),)
    found = grouping(Pool(declare(make(7, people=4, demand=(demand(minimum=1),), absences=away))))
    assert len(found.groups) == 1
    assert found.groups[0].clashes


def test_other_rules_about_lines_make_another_group_of_the_same_class() -> None:
    rules = (contract(), contract("SHORT", max_consecutive_days=3), contract("REST", min_rest_hours=17.0))
    staff: list[Staff] = []
    for name in ("POL", "SHORT", "REST"):
        staff += [person(f"{name}{number}", contract=name) for number in range(2)]
    found = grouping(Pool(declare(make(7, people=staff, contracts=rules, demand=(demand(minimum=1),)))))
    assert len(found.classes) == 1
    assert sorted(group.people for group in found.groups) == [(0, 1), (2, 3), (4, 5)]
    assert {group.rules.most_on for group in found.groups} == {3, 6}
    assert len({group.clashes for group in found.groups}) == 2


def test_a_role_that_a_demand_asks_for_makes_a_class() -> None:
    staff = [person("P1", roles=("LEAD",)), person("P2")]
    roles = (Role(code="LEAD", category=Category.POLICE),)
    facts = {"people": staff, "roles": roles}
    with_need = make(3, **facts, demand=(demand(minimum=1), demand("LEAD", minimum=1)))
    without = make(3, **facts, demand=(demand(minimum=1),))
    assert len(grouping(Pool(declare(with_need))).classes) == 2
    assert len(grouping(Pool(declare(without))).classes) == 1


def test_people_who_can_work_nothing_belong_nowhere() -> None:
    staff = [person("P1"), person("P2", fte=0.0)]
    found = grouping(Pool(declare(make(3, people=staff, demand=(demand(minimum=1),)))))
    assert [group.people for group in found.groups] == [(0,)]


def test_parts_are_those_who_can_count_for_the_same_demand() -> None:
    west = Organisation(code="WEST", name="West", kind=OrganisationKind.MUNICIPALITY)
    spots = (hotspot(), hotspot("MOL", municipality="West"))
    guard = contract("GP", category=Category.NON_POLICE, needs_police=1)
    staff = [
        person("P1"),
        person("G1", contract="GP", organisation="SGIL"),
        person("G2", contract="GP", organisation="WEST"),
    ]
    facts = {"hotspots": spots, "organisations": (ZONE, TOWN, west), "contracts": (contract(), guard)}
    wanted = [demand(minimum=1), demand("non_police", minimum=1)]
    wanted += [row.model_copy(update={"hotspot": "MOL"}) for row in wanted]
    apart = grouping(Pool(declare(make(3, people=staff, demand=tuple(wanted), **facts))))
    assert [[apart.classes[item].people for item in part.classes] for part in apart.parts] == [[(0,)], [(1,)], [(2,)]]
    assert sum(len(part.cells) for part in apart.parts) == len(
        Pool(declare(make(3, people=staff, demand=tuple(wanted), **facts))).cells
    )
    everywhere = [*staff, person("G3", contract="GP", hotspots=("HAL", "MOL"))]
    joined = grouping(Pool(declare(make(3, people=everywhere, demand=tuple(wanted), **facts))))
    assert len(joined.parts) == 2


def test_demand_that_nobody_can_serve_is_a_part_without_people() -> None:
    found = grouping(Pool(declare(make(3, demand=(demand(minimum=1), demand("non_police", minimum=1))))))
    assert [len(part.classes) for part in found.parts] == [1, 0]
    assert all(found.parts[1].cells)
