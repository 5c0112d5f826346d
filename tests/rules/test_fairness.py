from __future__ import annotations

import pytest

from scheduler.constraints import Blocks, Total
from scheduler.facts import Category, Counter
from scheduler.instance import Instance
from scheduler.rules.fairness import Fairness, FairnessParameters, Spread, spread
from scheduler.rules.shares import shares
from tests.builders import demand, elsewhere, free_contract, hotspot, leave, lines, make, person


def world(nights: int = 1, **facts: object) -> Instance:
    """Two weeks; at night ``nights`` heads are wanted, 22:00 to 06:00, so that 14 × ``nights`` night duties must be shared."""
    return make(
        14,
        **{
            "people": 4,
            "contracts": (free_contract(),),
            "demand": (demand(start="22:00", until="06:00", minimum=nights),),
            **facts,
        },
    )


def test_equal_people_have_equal_shares_that_add_up_to_the_work() -> None:
    found = shares(world(), 1.0, 0.5)
    # Seen from the horizon: six hours of the night before it, and two of its last night.
    assert sum(share.nights for share in found.values()) == pytest.approx(14)
    assert len({share.nights for share in found.values()}) == 1


def test_part_time_and_leave_lower_the_share() -> None:
    people = [person("P1"), person("P2", fte=0.5), person("P3", fte=0.0)]
    found = shares(world(people=people, absences=(leave("P1", 0, 6),)), 1.0, 0.5)
    assert found["P1"].nights == pytest.approx(found["P2"].nights)
    assert found["P3"].nights == 0


def test_nobody_is_expected_to_work_more_than_the_contract() -> None:
    one = shares(world(8, people=1), 1.0, 0.5)["P1"]
    assert one.nights == pytest.approx(2 * 38 / 8)


def test_those_who_did_more_before_get_less_within_the_cap() -> None:
    counters = (Counter(staff="P1", nights=40), Counter(staff="P2", nights=36))
    found = shares(world(people=2, counters=counters), 1.0, 0.5)
    assert (found["P1"].nights, found["P2"].nights) == (pytest.approx(6), pytest.approx(8))
    freely = shares(world(people=2, counters=counters), 50.0, 0.5)
    assert (freely["P1"].nights, freely["P2"].nights) == (pytest.approx(5), pytest.approx(9))


def test_evening_hours_that_day_duties_can_cover_are_no_nights() -> None:
    evening = demand(start="20:00", until="24:00", minimum=1)
    found = shares(world(contracts=(free_contract(night_from=20 * 60),), demand=(evening,)), 1.0, 0.5)
    # L covers 20:00 to 22:00; only N covers the two hours after, of the eight that a night duty holds.
    assert sum(share.nights for share in found.values()) == pytest.approx(14 * 2 / 8)


def test_a_weekend_that_is_worked_holds_one_and_a_half_duties() -> None:
    saturdays = demand(days="Sat", start="06:00", until="18:00", minimum=1)
    found = shares(world(demand=(saturdays,)), 1.0, 0.5)
    assert sum(share.weekends for share in found.values()) == pytest.approx(2 * 12 / (1.5 * 8))


def test_people_who_cannot_replace_one_another_are_not_compared() -> None:
    people = [person("P1", hotspots=("HAL",)), person("P2", hotspots=("MIDI",))]
    found = shares(world(people=people, hotspots=(hotspot("HAL"), hotspot("MIDI"))), 1.0, 0.5)
    assert found["P2"].nights == 0
    assert found["P1"].nights > 9


def test_a_deviation_is_free_up_to_near_and_dearer_beyond_far() -> None:
    instance = world(people=2)  # 14 nights: 7 each
    rule = Fairness(FairnessParameters(weekend_cost=0, weekend_cost_far=0))

    def cost(nights: int) -> int:
        found = rule.audit(instance, lines(P1="N" * nights, P2="N" * 7))
        return sum(f.cost or 0 for f in found if f.staff == ("P1",))

    assert [cost(nights) for nights in (7, 6, 8, 5, 9, 4, 10)] == [0, 0, 0, 120, 120, 600, 600]


def test_the_finding_says_how_many_and_what_is_fair() -> None:
    rule = Fairness(FairnessParameters(weekend_cost=0, weekend_cost_far=0))
    (finding,) = rule.audit(world(people=2), lines(P1="N" * 7, P2="N" * 5))
    assert finding.message == "P2 works 5 nights; the fair share is 7"
    assert (finding.days, finding.amount, finding.unit) == ((0, 1, 2, 3, 4), 2, "nights")


def test_without_demand_there_is_nothing_to_share() -> None:
    instance = world(demand=(), counters=(Counter(staff="P1", nights=30),))
    assert all(share.nights == share.weekends == 0 for share in shares(instance, 1.0, 0.5).values())


def test_night_totals_of_one_contract_share_their_weights() -> None:
    totals = [item for item in Fairness().declare(world()) if isinstance(item, Total)]
    assert len({id(item.weights) for item in totals}) == 1
    assert set(totals[0].weights) == {(day, "N") for day in range(14)}
    assert [(item.least, item.most, item.cost) for item in totals[:2]] == [(3, 5, 120), (2, 6, 360)]


def test_weekends_taken_by_a_duty_elsewhere_count() -> None:
    instance = world(2, people=3, absences=(elsewhere("P1", 5),))
    rule = Fairness(FairnessParameters(near=0))
    blocks = {item.person: item for item in rule.declare(instance) if isinstance(item, Blocks)}
    assert blocks["P1"].always == {0}
    assert blocks["P2"].always == frozenset()
    assert [len(block) for block in blocks["P2"].blocks] == [7, 7]


def test_the_spread_compares_people_who_are_there_throughout_with_the_same_share() -> None:
    people = [person("P1"), person("P2"), person("P3", fte=0.5), person("P4")]
    instance = world(people=people, absences=(leave("P4", 0),))
    roster = lines(P1="NNN..E", P2="N.....", P3="......", P4=".")
    assert spread(instance, roster) == (Spread("POL", 2, 2, 1),)


def test_a_contract_nobody_of_which_is_comparable_has_no_spread() -> None:
    instance = world(
        contracts=(free_contract(), free_contract("GDP", category=Category.NON_POLICE)),
        people=[person("P1"), person("G1", contract="GDP", fte=0.0)],
    )
    assert spread(instance, lines(P1="NN")) == (Spread("POL", 0, 0, 0),)
