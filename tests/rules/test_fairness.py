from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import combinations_with_replacement

import pytest

from scheduler.problem.facts import Category, Counter, Days
from scheduler.problem.instance import Instance
from scheduler.rules.fairness import Fairness, FairnessParameters
from scheduler.rules.support.shares import shares
from scheduler.rules.support.spread import Spread, spread
from scheduler.vocabulary.constraints import Blocks, Total
from tests.builders import (
    AUTUMN,
    SHIFTS,
    SPRING,
    demand,
    elsewhere,
    free_contract,
    hotspot,
    leave,
    lines,
    make,
    person,
    shift,
)

NIGHTS_ONLY = FairnessParameters(weekend_cost=0, weekend_cost_far=0, hours_cost=0, hours_cost_far=0)


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
    found = shares(world(), 1.0, 0.5, 1.0)
    # Seen from the horizon: six hours of the night before it, and two of its last night.
    assert sum(share.nights for share in found.values()) == pytest.approx(14)
    assert len({share.nights for share in found.values()}) == 1


def test_part_time_and_leave_lower_the_share() -> None:
    people = [person("P1"), person("P2", fte=0.5), person("P3", fte=0.0)]
    found = shares(world(people=people, absences=(leave("P1", 0, 6),)), 1.0, 0.5, 1.0)
    assert found["P1"].nights == pytest.approx(found["P2"].nights)
    assert found["P3"].nights == 0


def test_nobody_is_expected_to_work_more_than_the_contract() -> None:
    one = shares(world(8, people=1), 1.0, 0.5, 1.0)["P1"]
    assert one.nights == pytest.approx(2 * 38 / 8)


def test_those_who_did_more_before_get_less_within_the_cap() -> None:
    counters = (Counter(staff="P1", nights=40), Counter(staff="P2", nights=36))
    found = shares(world(people=2, counters=counters), 1.0, 0.5, 1.0)
    assert (found["P1"].nights, found["P2"].nights) == (pytest.approx(6), pytest.approx(8))
    freely = shares(world(people=2, counters=counters), 50.0, 0.5, 1.0)
    assert (freely["P1"].nights, freely["P2"].nights) == (pytest.approx(5), pytest.approx(9))


@pytest.mark.parametrize(("days", "nights"), [("Mon-Sun", 0), ("2027-01-01", 14 * 3 / 8)])
def test_only_a_duty_that_is_worked_in_the_horizon_covers_night_hours(days: str, nights: float) -> None:
    early = shift("D", "03:00", "11:00", days=Days.parse(days))
    wanted = demand(start="03:00", until="06:00", minimum=1)
    found = shares(world(shifts=(*SHIFTS, early), demand=(wanted,)), 1.0, 0.5, 1.0)
    assert sum(share.nights for share in found.values()) == pytest.approx(nights)


@pytest.mark.parametrize(("start", "begin", "end"), [(SPRING, "00:00", "01:00"), (AUTUMN, "23:00", "24:00")])
def test_a_holiday_after_a_clock_change_lasts_from_midnight_to_midnight(start: dt.date, begin: str, end: str) -> None:
    """One hour is wanted on each of two Mondays, of which one is a holiday: an eighth of a duty of eight hours."""
    wanted = demand(days="Mon", start=begin, until=end, minimum=1)
    found = shares(
        world(start=start, demand=(wanted,), holidays={start + dt.timedelta(days=2): "Synthetic"}), 1.0, 0.5, 1.0
    )
    assert sum(share.holidays for share in found.values()) == pytest.approx(1 / 8)


def test_evening_hours_that_day_duties_can_cover_are_no_nights() -> None:
    evening = demand(start="20:00", until="24:00", minimum=1)
    found = shares(world(contracts=(free_contract(night_from=20 * 60),), demand=(evening,)), 1.0, 0.5, 1.0)
    # L covers 20:00 to 22:00; only N covers the two hours after, of the eight that a night duty holds.
    assert sum(share.nights for share in found.values()) == pytest.approx(14 * 2 / 8)


def test_a_weekend_that_is_worked_holds_one_and_a_half_duties() -> None:
    saturdays = demand(days="Sat", start="06:00", until="18:00", minimum=1)
    found = shares(world(demand=(saturdays,)), 1.0, 0.5, 1.0)
    assert sum(share.weekends for share in found.values()) == pytest.approx(2 * 12 / (1.5 * 8))


def test_people_who_cannot_replace_one_another_are_not_compared() -> None:
    people = [person("P1", hotspots=("HAL",)), person("P2", hotspots=("MIDI",))]
    found = shares(world(people=people, hotspots=(hotspot("HAL"), hotspot("MIDI"))), 1.0, 0.5, 1.0)
    assert found["P2"].nights == 0
    assert found["P1"].nights > 9


def test_a_deviation_is_free_up_to_near_and_dearer_beyond_far() -> None:
    instance = world(people=2)  # 14 nights: 7 each
    rule = Fairness(NIGHTS_ONLY)

    def cost(nights: int) -> int:
        found = rule.audit(instance, lines(P1="N" * nights, P2="N" * 7))
        return sum(f.cost or 0 for f in found if f.staff == ("P1",))

    assert [cost(nights) for nights in (7, 6, 8, 5, 9, 4, 10)] == [0, 0, 0, 120, 120, 600, 600]


def test_the_finding_says_how_many_and_what_is_fair() -> None:
    rule = Fairness(NIGHTS_ONLY)
    (finding,) = rule.audit(world(people=2), lines(P1="N" * 7, P2="N" * 5))
    assert str(finding.message) == "P2 works 5 nights; the fair share is 7"
    assert (finding.days, finding.amount, finding.unit) == ((0, 1, 2, 3, 4), 2, "nights")


def test_without_demand_there_is_nothing_to_share() -> None:
    instance = world(demand=(), counters=(Counter(staff="P1", nights=30),))
    assert all(share.nights == share.weekends == 0 for share in shares(instance, 1.0, 0.5, 1.0).values())


def test_night_totals_of_one_contract_share_their_weights() -> None:
    totals = [item for item in Fairness(NIGHTS_ONLY).declare(world()) if isinstance(item, Total)]
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


# -- hours, public holidays, ceilings --------------------------------------------------------------------------------------


def week(people: int, heads: int, **facts: object) -> Instance:
    """Six early duties for each head, Monday to Saturday."""
    asked = (demand(days="Mon-Sat", start="06:00", until="14:00", minimum=heads),)
    return make(7, people=people, contracts=(free_contract(),), demand=asked, **facts)


def cost(instance: Instance, duties: Sequence[int]) -> int:
    """The price of so many duties of each person, one a day from Monday on."""
    roster = lines(**{f"P{number + 1}": "E" * count for number, count in enumerate(duties)})
    return sum(finding.cost or 0 for finding in Fairness().audit(instance, roster))


def test_scarce_work_is_cheapest_where_nobody_has_two_duties_more_than_another() -> None:
    instance = week(people=7, heads=2)
    ways = [way for way in combinations_with_replacement(range(7), 7) if sum(way) == 12]
    least = min(cost(instance, way) for way in ways)
    assert [way for way in ways if cost(instance, way) == least] == [(1, 1, 2, 2, 2, 2, 2)]


def test_scarce_work_is_shared_in_proportion_to_the_hours_owed() -> None:
    instance = week(people=[person("P1"), person("P2", fte=0.5)], heads=1)
    parameters = FairnessParameters(hours_near=0.0, weekend_cost=0, weekend_cost_far=0)
    found = {f.staff: str(f.message) for f in Fairness(parameters).audit(instance, lines())}
    assert found[("P1",)].endswith("works 0 h 00 from 2026-03-02; the fair share is 32 h 00")
    assert found[("P2",)].endswith("works 0 h 00 from 2026-03-02; the fair share is 16 h 00")


def test_where_there_is_work_for_everybody_the_share_is_what_is_due() -> None:
    instance = week(people=2, heads=3, counters=(Counter(staff="P1", hours_balance=6.0),))
    found = [str(f.message) for f in Fairness().audit(instance, lines()) if f.unit == "minutes"]
    assert [message[-7:] for message in found] == ["32 h 00", "38 h 00"]


def test_hours_are_free_up_to_near_and_dearer_beyond_far() -> None:
    instance = week(people=2, heads=1, parameters={"fairness.weekend_cost": 0.0, "fairness.weekend_cost_far": 0.0})
    rule = Fairness.for_instance(instance)  # 48 h: 24 each

    def off(duties: int) -> int:
        found = rule.audit(instance, lines(P1="E" * duties, P2="EEE"))
        return sum(finding.cost or 0 for finding in found)

    assert [off(duties) for duties in (3, 2, 4, 1, 5)] == [0, 240, 240, 720 + 240, 720 + 240]


def test_training_counts_in_full_beside_the_share() -> None:
    instance = week(people=2, heads=1, absences=(elsewhere("P1", 6, clock=("08:00", "16:00")),))
    parameters = FairnessParameters(hours_near=0.0, weekend_cost=0, weekend_cost_far=0)
    found = {f.staff: str(f.message) for f in Fairness(parameters).audit(instance, lines())}
    assert found[("P1",)].endswith("works 8 h 00 from 2026-03-02; the fair share is 26 h 57")
    assert found[("P2",)].endswith("the fair share is 24 h 00")


def test_without_demand_no_hours_are_shared() -> None:
    assert not list(Fairness().audit(week(people=2, heads=0), lines(P1="EEEEE")))


CHRISTMAS = {"start": dt.date(2026, 12, 21), "holidays": {dt.date(2026, 12, 25): "Christmas"}}


@pytest.mark.parametrize("rested", ["P1", "P2", "P3"])
def test_who_worked_fewer_public_holidays_is_due_for_the_next(rested: str) -> None:
    counters = tuple(Counter(staff=staff, holidays=6 * (staff != rested)) for staff in ("P1", "P2", "P3"))
    friday = demand(days="2026-12-25", start="06:00", until="14:00", minimum=1)
    instance = make(7, people=3, contracts=(free_contract(),), demand=(friday,), counters=counters, **CHRISTMAS)

    def price(staff: str) -> int:
        found = Fairness().audit(instance, lines(**{staff: "....E"}))
        return sum(finding.cost or 0 for finding in found if finding.unit == "public holidays")

    assert {staff: price(staff) for staff in ("P1", "P2", "P3")} == {
        staff: 0 if staff == rested else 240 for staff in ("P1", "P2", "P3")
    }


def test_the_share_of_weekends_is_no_more_than_the_contract_allows() -> None:
    asked = (demand(days="Sat-Sun", minimum=4),)
    for limits, most in (({}, 4), ({"max_weekends_in_row": 1}, 2), ({"max_weekends_year": 1}, 1)):
        instance = make(28, people=2, contracts=(free_contract(**limits),), demand=asked)
        roster = lines(P1="......E" * 4)
        found = [
            str(f.message) for f in Fairness().audit(instance, roster) if f.unit == "weekends" and f.staff == ("P1",)
        ]
        expected = [] if most == 4 else [f"P1 works 4 weekends; the fair share is {most}"]
        assert found == expected


def test_the_share_of_nights_is_no_more_than_the_limits_of_shifts_leave() -> None:
    instance = world(2, people=2, contracts=(free_contract(shift_limits=(("N", 3),)),))
    found = [str(f.message) for f in Fairness(NIGHTS_ONLY).audit(instance, lines(P2="NNN")) if f.unit == "nights"]
    assert found == ["P1 works 0 nights; the fair share is 3"]


def test_a_rule_that_has_looked_at_one_world_judges_another_by_its_own_shares() -> None:
    rule, roster = Fairness(), lines(P1="NNNN", P2="N")
    alone, together = world(people=2), world(people=4)
    for instance in (alone, together, alone):
        assert list(rule.audit(instance, roster)) == list(Fairness().audit(instance, roster))
