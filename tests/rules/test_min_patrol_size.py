from __future__ import annotations

from scheduler.problem.facts import Category
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.min_patrol_size import MinPatrolSize
from tests.builders import free_contract, hotspot, lines, make, person


def world(together: int = 2) -> Instance:
    return make(
        2,
        contracts=(
            free_contract(min_together=together),
            free_contract("ONE"),
            free_contract("GDP", category=Category.NON_POLICE),
        ),
        people=[person("P1"), person("P2"), person("S1", contract="ONE"), person("G1", contract="GDP")],
        hotspots=(hotspot("HAL"), hotspot("MIDI")),
    )


def test_two_stand_together_and_one_does_not_stand_alone() -> None:
    assert list(MinPatrolSize().audit(world(), lines(P1="E", P2="E"))) == []
    (finding,) = MinPatrolSize().audit(world(), lines(P1="E"))
    assert (finding.hard, finding.staff, finding.days, finding.amount) == (True, ("P1",), (0,), 480)
    assert str(finding.message) == (
        "P1 stands at HAL with 1 police there at 2026-03-02 06:00, 480 minutes in all; 2 must stand there"
    )


def test_anybody_of_the_category_is_company_whatever_the_contract() -> None:
    assert list(MinPatrolSize().audit(world(), lines(P1="E", S1="E"))) == []
    assert len(list(MinPatrolSize().audit(world(), lines(P1="E", G1="E")))) == 1


def test_a_contract_without_the_rule_may_stand_alone() -> None:
    assert list(MinPatrolSize().audit(world(), lines(S1="E"))) == []
    (company,) = MinPatrolSize().declare(world())
    assert (company.dependents, company.least) == ({"P1", "P2"}, 2)
    assert company.companions == {"P1", "P2", "S1"}


def test_three_must_be_three_at_the_same_place() -> None:
    assert len(list(MinPatrolSize().audit(world(3), lines(P1="E", P2="E")))) == 2
    apart = Roster.of([*lines(P1="E", P2="E"), *lines("MIDI", S1="E")])
    assert len(list(MinPatrolSize().audit(world(3), apart))) == 2
    assert list(MinPatrolSize().audit(world(3), lines(P1="E", P2="E", S1="E"))) == []
