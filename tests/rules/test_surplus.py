from __future__ import annotations

from scheduler.problem.facts import Category, Role
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules.base import Finding
from scheduler.rules.fairness import FairnessParameters
from scheduler.rules.reference_hours import ReferenceHoursParameters
from scheduler.rules.surplus import Surplus, SurplusParameters
from scheduler.vocabulary.constraints import Cover, Level
from tests.builders import demand, free_contract, hotspot, lines, make, past, person

NON_POLICE = free_contract("GDP", category=Category.NON_POLICE)
ROLES = (
    Role(code="LEAD", category=Category.POLICE),
    Role(code="EDU", category=Category.NON_POLICE),
    Role(code="GDP", category=Category.NON_POLICE),
)


def found(instance: Instance, roster: Roster) -> list[Finding]:
    return list(Surplus(SurplusParameters(cost_per_minute=4)).audit(instance, roster))


def minutes(instance: Instance, roster: Roster) -> int:
    return sum(finding.amount for finding in found(instance, roster))


def test_a_day_without_any_demand_is_named_with_its_price() -> None:
    instance = make(7, demand=(demand(days="Mon-Sat", start="06:00", until="14:00", minimum=1),))
    assert not found(instance, lines(P1="EEEEEE."))
    (finding,) = found(instance, lines(P1="E.....E"))
    assert str(finding.message) == "HAL has 1 police from 2026-03-08 06:00 to 14:00; none are asked for"
    assert (finding.days, finding.hotspot, finding.amount, finding.cost) == ((6,), "HAL", 480, 4 * 480)
    assert finding.level is Level.QUALITY


def test_heads_above_the_target_are_surplus_whatever_the_maximum() -> None:
    instance = make(1, people=3, demand=(demand(minimum=1, target=2, maximum=3),))
    assert not found(instance, lines(P1="E", P2="E"))
    (finding,) = found(instance, lines(P1="E", P2="E", P3="E"))
    assert str(finding.message) == "HAL has 3 police from 2026-03-02 06:00 to 14:00; 2 are asked for"


def test_only_the_part_of_a_duty_outside_the_demand_counts() -> None:
    instance = make(1, demand=(demand(start="08:00", until="12:30", minimum=1),))
    assert minutes(instance, lines(P1="E")) == 2 * 60 + 90


def test_what_lies_after_the_horizon_is_not_counted() -> None:
    instance = make(1, demand=(demand(start="06:00", until="14:00", minimum=1),))
    assert minutes(instance, lines(P1="N")) == 2 * 60


def test_history_that_reaches_into_the_horizon_stands_there_too() -> None:
    instance = make(1, people=2, history=past("P1", "N", spot="HAL"), demand=(demand(until="06:00", minimum=1),))
    assert not found(instance, lines())


def test_another_hotspot_has_no_demand_of_this_one() -> None:
    instance = make(1, hotspots=(hotspot("HAL"), hotspot("MIDI")), demand=(demand(minimum=1),))
    assert minutes(instance, lines("MIDI", P1="E")) == 480


def test_a_role_is_part_of_its_category() -> None:
    people = [person("P1", roles=("LEAD",)), person("P2"), person("P3", roles=("LEAD",))]
    instance = make(1, people=people, roles=ROLES, demand=(demand("LEAD", minimum=1), demand(minimum=2)))
    assert not found(instance, lines(P1="E", P2="E"))
    assert not found(instance, lines(P1="E", P3="E"))
    assert minutes(instance, lines(P1="E", P2="E", P3="E")) == 480


def test_roles_that_nobody_shares_are_counted_apart() -> None:
    people = [person("G1", contract="GDP", roles=("EDU",)), person("G2", contract="GDP", roles=("GDP",))]
    asked = (
        demand("EDU", start="06:00", until="14:00", minimum=1),
        demand("GDP", start="14:00", until="22:00", minimum=1),
    )
    instance = make(1, people=people, roles=ROLES, contracts=(NON_POLICE,), demand=asked)
    assert not found(instance, lines(G1="E", G2="L"))
    assert minutes(instance, lines(G1="L")) == minutes(instance, lines(G2="E")) == 480


def test_roles_of_one_person_add_up() -> None:
    people = [person(f"G{n}", contract="GDP", roles=("EDU", "GDP")) for n in (1, 2, 3)]
    instance = make(
        1,
        people=people,
        roles=ROLES,
        contracts=(NON_POLICE,),
        demand=(demand("EDU", minimum=1), demand("GDP", minimum=1)),
    )
    assert not found(instance, lines(G1="E", G2="E"))
    assert minutes(instance, lines(G1="E", G2="E", G3="E")) == 480


def test_people_whose_role_nobody_asks_for_are_surplus() -> None:
    people = [person("P1"), person("G1", contract="GDP", roles=("GDP",)), person("G2", contract="GDP")]
    instance = make(1, people=people, roles=ROLES, contracts=(free_contract(), NON_POLICE), demand=(demand(minimum=2),))
    given = found(instance, Roster.of([Assignment("G1", 0, "E", "HAL"), Assignment("G2", 0, "L", "HAL")]))
    assert sorted(str(finding.message)[: len("HAL has 1 non-police")] for finding in given) == [
        "HAL has 1 GDP from 2",
        "HAL has 1 non-police",
    ]


def test_without_a_price_nothing_is_said_or_declared() -> None:
    rule = Surplus(SurplusParameters(cost_per_minute=0))
    assert not list(rule.audit(make(1), lines(P1="E")))
    assert not list(rule.declare(make(1)))


def test_what_is_declared_is_about_heads_too_many_at_every_moment() -> None:
    instance = make(2, demand=(demand(days="Mon", start="08:00", until="12:00", target=2),))
    declared = [item for item in Surplus().declare(instance) if isinstance(item, Cover)]
    assert [(item.start, item.end, item.heads, item.above) for item in declared] == [
        (0, 480, 0, True),
        (480, 720, 2, True),
        (720, 2880, 0, True),
    ]


def test_a_minute_that_nobody_asked_for_costs_more_than_one_that_is_owed() -> None:
    """Also where somebody is as far under the fair share as can be."""
    fair = FairnessParameters()
    under = ReferenceHoursParameters().cost_per_hour + fair.hours_cost + fair.hours_cost_far
    assert 60 * SurplusParameters().cost_per_minute > under
