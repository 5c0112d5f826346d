import datetime as dt

import pytest

from scheduler.errors import InputError
from scheduler.problem.facts import Counter
from scheduler.rules.reference_hours import ReferenceHours, periods
from scheduler.rules.support.contract_hours import contract_minutes
from tests.builders import MONDAY, elsewhere, free_contract, leave, lines, make, past, person
from tests.rules.verdict import amounts, found


def world(**facts):
    terms = free_contract(weekly_hours=40.0, reference_weeks=facts.pop("weeks", 8))
    balance = facts.pop("balance", 0.0)
    return make(
        **{"contracts": (terms,), "days": 14, "counters": (Counter(staff="P1", hours_balance=balance),), **facts}
    )


def cost(instance, line: str) -> int:
    return sum(finding.cost or 0 for finding in found(ReferenceHours, instance, lines(P1=line)))


@pytest.mark.parametrize(
    ("facts", "minutes"),
    [
        ({}, 10 * 480),
        ({"people": [person(fte=0.5)]}, 10 * 240),
        ({"absences": (leave("P1", 0, 1),)}, 8 * 480),
        ({"absences": (leave("P1", 5, 6),)}, 10 * 480),
        ({"absences": (elsewhere("P1", 0, 1),)}, 10 * 480),
        ({"holidays": {MONDAY: "a holiday"}}, 9 * 480),
        ({"people": [person(first=MONDAY + dt.timedelta(days=3), last=MONDAY + dt.timedelta(days=9))]}, 5 * 480),
    ],
)
def test_what_a_contract_asks_for(facts: dict, minutes: int):
    assert contract_minutes(world(**facts), "P1", 0, 14) == minutes


def test_each_minute_off_target_costs_a_point():
    assert cost(world(), "EEEEE..EEEEE..") == 0
    assert cost(world(), "EEEEE..EEEE...") == 480
    assert cost(world(), "EEEEE.EEEEEE..") == 480
    dear = world(parameters={"reference_hours.cost_per_hour": 120})
    assert cost(dear, "EEEEE..EEEE...") == 960
    free = world(parameters={"reference_hours.cost_per_hour": 0})
    assert cost(free, "E") == 0


def test_a_duty_elsewhere_counts_in_the_period_of_its_day_alone():
    """The first week owes nothing; work elsewhere on the Monday after it, or after the end, is not its own."""
    away = (leave("P1", 0, 4), leave("P1", 8, 11), elsewhere("P1", 7), elsewhere("P1", 14))
    instance = world(weeks=1, absences=away)
    worked = instance.commitments["P1"][0].paid_min
    assert worked > 0
    assert [period.target_min for period in periods(instance, "P1")] == [0, max(480, worked)]
    assert cost(instance, ".......") == max(480, worked) - worked


def test_no_more_than_so_much_over():
    assert amounts(found(ReferenceHours, world(), lines(P1="EEEEE.EEEEEE.."))) == []
    assert amounts(found(ReferenceHours, world(), lines(P1="EEEEEEEEEEEE.."))) == [480]
    wide = world(parameters={"reference_hours.most_over_hours": 16})
    assert amounts(found(ReferenceHours, wide, lines(P1="EEEEEEEEEEEE.."))) == []


def test_the_margin_is_in_proportion_to_the_share_of_full_time():
    half = world(people=[person(fte=0.5)])
    assert amounts(found(ReferenceHours, half, lines(P1="EEEEE"))) == []
    assert amounts(found(ReferenceHours, half, lines(P1="EEEEEE"))) == [240]


def test_the_balance_is_paid_back():
    assert cost(world(balance=8.0), "EEEEE..EEEE...") == 0
    assert cost(world(balance=-8.0), "EEEEE..EEEEEE.") == 0
    assert amounts(found(ReferenceHours, world(balance=8.0), lines(P1="EEEEE.EEEEEE.."))) == [480]


def test_a_balance_larger_than_what_is_due():
    instance = world(balance=100.0)
    assert found(ReferenceHours, instance, lines()) == []
    assert amounts(found(ReferenceHours, instance, lines(P1="E"))) == [20 * 60]


def test_duties_elsewhere_count_and_the_history_does_not():
    # Two days elsewhere are 16 hours; what came before the horizon is in the balance.
    instance = world(absences=(elsewhere("P1", 0, 1),), history=past("P1", "EEEE"))
    assert cost(instance, "..EEE..EEEEE..") == 0


def test_fixed_work_over_the_target_costs_nothing():
    instance = world(days=7, absences=(elsewhere("P1", 0, 5),))
    assert periods(instance, "P1")[0].target_min == 6 * 480
    assert found(ReferenceHours, instance, lines()) == []
    assert cost(instance, "......E") == 480


def test_each_reference_period_by_itself():
    instance = world(weeks=1, balance=8.0)
    assert [(p.first, p.stop, p.due_min) for p in periods(instance, "P1")] == [(0, 7, 32 * 60), (7, 14, 40 * 60)]
    assert cost(instance, "EEEE...EEEEE..") == 0
    assert cost(instance, "EEEEE..EEEE...") == 2 * 480


@pytest.mark.parametrize(
    ("before", "parts"), [(0, [(0, 7), (7, 14)]), (6, [(0, 1), (1, 8), (8, 14)]), (1, [(0, 6), (6, 13), (13, 14)])]
)
def test_a_reference_period_may_have_begun_before_the_first_day(before: int, parts: list[tuple[int, int]]):
    instance = world(weeks=1, reference_start=MONDAY - dt.timedelta(days=before))
    assert [(p.first, p.stop) for p in periods(instance, "P1")] == parts


def test_nobody_is_asked_for_hours_without_a_share_of_full_time():
    assert found(ReferenceHours, world(people=[person(fte=0.0)]), lines()) == []


@pytest.mark.parametrize(("key", "value"), [("cost_per_hour", 90), ("most_over_hours", -1), ("cost_per_hour", -60)])
def test_parameters_out_of_range(key: str, value: float):
    with pytest.raises(InputError, match=f"reference_hours.{key}"):
        ReferenceHours.for_instance(world(parameters={f"reference_hours.{key}": value}))
