from __future__ import annotations

from typing import Any

import pytest

from scheduler.errors import InputError
from scheduler.problem.facts import Category, Role
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules import rules_for
from scheduler.rules.base import Finding
from scheduler.rules.role_holders import RoleHolders
from tests.builders import AUTUMN, SHIFTS, SPRING, free_contract, hotspot, lines, make, past, person, shift

WARDENS = free_contract("GDP", category=Category.NON_POLICE)
CREW = [
    person("D1", roles=("DRIVER",)),
    person("D2", roles=("LEAD", "DRIVER")),
    *(person(f"P{i}") for i in range(1, 5)),
    person("G1", contract="GDP"),
]


def world(heads: float | None = None, days: int = 2, role: str = "DRIVER", **facts: Any) -> Instance:
    parameters: dict[str, float | str] = {"role_holders.role": role}
    if heads is not None:
        parameters["role_holders.heads"] = heads
    return make(
        days,
        people=CREW,
        contracts=(free_contract(), WARDENS),
        roles=tuple(Role(code=code, category=Category.POLICE) for code in ("DRIVER", "LEAD")),
        hotspots=(hotspot("HAL"), hotspot("MIDI")),
        parameters=parameters,
        **facts,
    )


def found(instance: Instance, roster: Roster) -> list[Finding]:
    return list(RoleHolders.for_instance(instance).audit(instance, roster))


@pytest.mark.parametrize(
    ("heads", "drivers", "others", "right"),
    [
        (2, 1, 0, True),
        (2, 1, 1, True),
        (2, 1, 2, False),
        (2, 2, 2, True),
        (2, 2, 3, False),
        (2, 0, 1, False),
        (2, 0, 0, True),
        (1, 2, 0, True),
        (1, 1, 1, False),
        (3, 1, 2, True),
        (3, 1, 3, False),
    ],
)
def test_one_holder_for_each_started_number_of_heads(heads: float, drivers: int, others: int, right: bool) -> None:
    names = [*("D1", "D2")[:drivers], *("P1", "P2", "P3")[:others]]
    findings = found(world(heads), lines(**dict.fromkeys(names, "E")))
    assert {finding.staff[0] for finding in findings} == (set() if right else set(names))
    assert all((finding.hard, finding.amount, finding.hotspot) == (True, 480, "HAL") for finding in findings)


def test_people_of_the_other_category_are_not_judged() -> None:
    findings = found(world(), lines(P1="E", G1="E"))
    assert [finding.staff for finding in findings] == [("P1",)]
    assert found(world(), lines(G1="E")) == []


def test_what_is_missing_is_said() -> None:
    (finding, *_) = found(world(), lines(D1="E", P1="E", P2="E"))
    assert str(finding.message) == (
        "D1 stands at HAL with 1 of role DRIVER among 3 people at 2026-03-02 06:00, 480 minutes in all; 2 must stand there"
    )
    assert (finding.days, finding.unit) == ((0,), "minutes")


def test_without_a_role_there_is_no_rule() -> None:
    instance = world(role="")
    assert found(instance, lines(P1="E")) == []
    assert list(RoleHolders.for_instance(instance).declare(instance)) == []
    assert list(RoleHolders.for_instance(make()).declare(make())) == []


def test_another_category_is_neither_counted_nor_judged() -> None:
    assert found(world(), lines(D1="E", P1="E", G1="E")) == []
    assert found(world(), lines(G1="E")) == []


def test_a_holder_at_another_hotspot_is_none() -> None:
    apart = Roster.of([*lines("MIDI", D1="E"), *lines(P1="E")])
    assert [finding.staff for finding in found(world(), apart)] == [("P1",)]


def test_only_the_minutes_without_enough_holders_are_counted() -> None:
    """From 20:00 to 22:00 there are three; the driver of the late shift leaves at 22:00, and the other one comes then."""
    instance = world(shifts=(*SHIFTS, shift("X", "20:00", "04:00")))
    findings = found(instance, lines(D1="L", P1="L", P2="X", D2="N"))
    assert {finding.staff[0]: finding.amount for finding in findings} == {"D1": 120, "P1": 120, "P2": 120}


@pytest.mark.parametrize(("start", "hours"), [(SPRING, 7), (AUTUMN, 9)])
def test_over_midnight_at_a_clock_change(start: Any, hours: int) -> None:
    instance = world(start=start, days=3)
    assert found(instance, lines(D1="N", P1="N")) == []
    assert [finding.amount for finding in found(instance, lines(P1="N"))] == [hours * 60]


def test_history_counts_on_both_sides_and_is_not_judged() -> None:
    late = (*SHIFTS, shift("M", "04:00", "12:00"))
    with_driver = world(history=past("D1", "N", spot="HAL"), shifts=late)
    (finding,) = found(with_driver, lines(P1="M"))
    assert finding.amount == 6 * 60, "the driver of the night leaves at 06:00"
    without = world(history=past("P1", "N", spot="HAL"), shifts=late)
    assert found(without, lines()) == []
    assert [f.amount for f in found(without, lines(D1="M", P2="M"))] == [120, 120]


def test_where_reserves_wait_none_is_needed() -> None:
    waiting = (*SHIFTS, shift("R", "06:00", "14:00", hotspots=("MIDI",), reserve=True))
    assert found(world(shifts=waiting), lines("MIDI", P1="R", P2="R")) == []


def test_the_last_night_needs_a_holder_to_its_end() -> None:
    assert [finding.amount for finding in found(world(), lines(P1=".N"))] == [480]


def test_it_is_declared_of_the_category_with_its_holders() -> None:
    instance = world(3)
    (company,) = RoleHolders.for_instance(instance).declare(instance)
    assert company.dependents == {"D1", "D2", "P1", "P2", "P3", "P4"}
    assert (company.companions, company.least, company.per) == ({"D1", "D2"}, 1, 3)


def test_a_role_that_is_not_in_the_workbook_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        rules_for(world(role="DRIVR"))
    (problem,) = refused.value.problems
    assert problem.value == "role_holders.role"
    assert str(problem.message) == "is DRIVR, which is not on sheet Roles."
    assert str(problem.hint) == "Did you mean 'DRIVER'?"
