from __future__ import annotations

from scheduler.problem.facts import Pair
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.partners import Partners, PartnersParameters, days_away
from tests.builders import MONDAY, elsewhere, hotspot, leave, lines, make, person


def world(**facts: object) -> Instance:
    return make(
        4,
        **{
            "people": 2,
            "hotspots": (hotspot("HAL"), hotspot("MIDI")),
            "pairs": (Pair(staff_a="P1", staff_b="P2", kind="together"),),
            **facts,
        },
    )


def test_the_same_duty_at_the_same_hotspot_is_together() -> None:
    assert list(Partners().audit(world(), lines(P1="E", P2="E"))) == []


def test_each_duty_without_the_partner_costs_once() -> None:
    (alone,) = Partners().audit(world(), lines(P1="E"))
    assert (alone.cost, alone.staff, alone.days) == (60, ("P1", "P2"), (0,))
    assert len(list(Partners().audit(world(), lines(P1="E", P2="L")))) == 2
    elsewhere_on_post = Roster.of([*lines(P1="E"), *lines("MIDI", P2="E")])
    assert len(list(Partners().audit(world(), elsewhere_on_post))) == 2


def test_days_on_which_one_is_away_do_not_count() -> None:
    instance = world(absences=(leave("P2", 1, clock=("08:00", "10:00")), elsewhere("P1", 2)))
    assert days_away(instance, "P1", "P2") == {1, 2}
    assert [f.days for f in Partners().audit(instance, lines(P1="EE.E"))] == [(0,), (3,)]


def test_days_out_of_service_do_not_count() -> None:
    instance = world(people=[person("P1"), person("P2", last=MONDAY)])
    assert days_away(instance, "P1", "P2") == {1, 2, 3}


def test_a_price_of_zero_switches_the_rule_off() -> None:
    rule = Partners(PartnersParameters(cost_per_duty=0))
    assert list(rule.audit(world(), lines(P1="E"))) == []
    assert list(rule.declare(world())) == []


def test_days_away_begin_with_the_first_day_and_end_with_the_last() -> None:
    away = (leave("P1", -2, 0), leave("P2", 3, 5))
    assert days_away(world(absences=away), "P1", "P2") == {0, 3}
