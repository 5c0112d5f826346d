from __future__ import annotations

from scheduler.problem.facts import Category
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.co_presence import CoPresenceRule
from tests.builders import SHIFTS, free_contract, hotspot, lines, make, past, person, shift


def world(needs: int = 2, **facts: object) -> Instance:
    return make(
        2,
        contracts=(free_contract(), free_contract("GDP", category=Category.NON_POLICE, needs_police=needs)),
        people=[person("P1"), person("P2"), person("G1", contract="GDP")],
        hotspots=(hotspot("HAL"), hotspot("MIDI")),
        shifts=(*SHIFTS, shift("X", "13:00", "21:00")),
        **facts,
    )


def test_enough_police_for_the_whole_duty_is_right_and_one_too_few_is_not() -> None:
    assert list(CoPresenceRule().audit(world(), lines(P1="E", P2="E", G1="E"))) == []
    (finding,) = CoPresenceRule().audit(world(), lines(P1="E", G1="E"))
    assert (finding.hard, finding.staff, finding.days, finding.hotspot) == (True, ("G1",), (0,), "HAL")
    assert (finding.amount, finding.unit) == (480, "minutes")
    assert "with 1 police there" in str(finding.message)


def test_police_who_leave_before_the_end_are_not_enough() -> None:
    (finding,) = CoPresenceRule().audit(world(needs=1), lines(P1="E", G1="X"))
    assert finding.amount == 7 * 60
    # The next patrol takes over at 14:00: no gap.
    assert list(CoPresenceRule().audit(world(needs=1), lines(P1="E", P2="L", G1="X"))) == []


def test_police_at_another_hotspot_do_not_count() -> None:
    roster = Roster.of([*lines("MIDI", P1="E", P2="E"), *lines(G1="E")])
    assert len(list(CoPresenceRule().audit(world(), roster))) == 1


def test_police_of_the_history_count_but_history_itself_is_not_judged() -> None:
    night = (*SHIFTS, shift("M", "00:00", "06:00"))
    facts = {"history": past("P1", "N", spot="HAL"), "shifts": night}
    instance = make(
        2,
        contracts=(free_contract(), free_contract("GDP", category=Category.NON_POLICE, needs_police=1)),
        people=[person("P1"), person("G1", contract="GDP")],
        **facts,
    )
    assert list(CoPresenceRule().audit(instance, lines(G1="M"))) == []
    alone = world(history=past("G1", "N", spot="HAL"))
    assert list(CoPresenceRule().audit(alone, lines())) == []


def test_contracts_that_need_no_police_are_left_out() -> None:
    assert list(CoPresenceRule().declare(world(needs=0))) == []
    (company,) = CoPresenceRule().declare(world(needs=2))
    assert (company.dependents, company.companions, company.least) == ({"G1"}, {"P1", "P2"}, 2)
