from __future__ import annotations

from itertools import product

import pytest

from scheduler.capacity import capacity
from scheduler.constraints import Level
from scheduler.facts import Category, Counter
from scheduler.instance import Instance
from scheduler.rules import declare
from scheduler.score import score
from tests.builders import SHIFTS, demand, elsewhere, free_contract, hotspot, leave, lines, make, past, person, shift


def world(**facts: object) -> Instance:
    """A week at HAL with two heads at every moment: 20,160 person-minutes."""
    return make(7, **{"contracts": (free_contract(),), "demand": (demand(minimum=2),), **facts})


def test_a_permanent_post_of_two_needs_nearly_nine_full_time_staff() -> None:
    (post,) = capacity(world()).posts
    assert (post.minimum_min, post.target_min) == (20160, 20160)
    assert post.fte_minimum == pytest.approx(2 * 168 / 38)


def test_without_staff_the_week_of_38_hours_counts() -> None:
    (post,) = capacity(world(people=[])).posts
    assert post.fte_target == pytest.approx(8.842, abs=0.001)


def test_what_everybody_may_work_at_most_proves_a_shortage() -> None:
    (pool,) = capacity(world(people=2)).pools
    assert pool.due_min == 2 * 38 * 60
    assert pool.most_min == 2 * (38 + 8) * 60
    assert pool.minimum_short == 20160 - pool.most_min
    # 20,160 minutes at 46 hours each: seven people fall short, eight may do.
    assert capacity(world(people=7)).pools[0].minimum_short == 840
    assert capacity(world(people=8)).pools[0].minimum_short == 0


def test_leave_part_time_balance_and_duties_elsewhere_lower_what_is_due() -> None:
    instance = world(
        people=[person("P1", fte=0.5), person("P2"), person("P3"), person("P4"), person("P5", fte=0.0)],
        absences=(leave("P2", 0, 1), elsewhere("P3", 2, clock=("09:00", "13:00"))),
        counters=(Counter(staff="P4", hours_balance=10.0),),
    )
    (pool,) = capacity(instance).pools
    hours = 19 + (38 - 2 * 7.6) + (38 - 4) + (38 - 10)
    assert pool.due_min == round(hours * 60)
    assert pool.gross_min == round(3.5 * 38 * 60)
    assert pool.most_min == round((hours + 3.5 * 8) * 60)
    assert pool.availability == pytest.approx(hours / (3.5 * 38))


def test_the_weekly_maximum_holds_where_it_is_lower() -> None:
    (pool,) = capacity(world(contracts=(free_contract(max_hours_week=20.0),))).pools
    assert pool.most_min == 20 * 60


def test_the_allowance_over_the_contract_is_the_settings() -> None:
    (pool,) = capacity(world(parameters={"reference_hours.most_over_hours": 2.0})).pools
    assert pool.most_min == 40 * 60


def test_unpaid_breaks_and_history_still_standing_are_presence() -> None:
    breaks = (shift("E", "06:00", "14:00", unpaid_break_min=60), *SHIFTS[1:])
    (pool,) = capacity(world(shifts=breaks, history=past("P1", "N", spot="HAL"))).pools
    assert pool.most_min == round(46 * 60 * 480 / 420) + 360
    (without,) = capacity(world(shifts=breaks, history=past("P1", "N"))).pools
    assert without.most_min == round(46 * 60 * 480 / 420)


def test_hotspots_that_share_staff_are_one_pool_and_others_are_not() -> None:
    rows = tuple(demand(minimum=1).model_copy(update={"hotspot": code}) for code in ("HAL", "MIDI", "ANTO"))
    people = [person("P1", hotspots=("HAL",)), person("P2", hotspots=("HAL", "MIDI")), person("P3", hotspots=("ANTO",))]
    spots = (hotspot("HAL"), hotspot("MIDI"), hotspot("ANTO"))
    pools = capacity(world(hotspots=spots, people=people, demand=rows)).pools
    assert [(pool.hotspots, pool.people) for pool in pools] == [(("ANTO",), 1), (("HAL", "MIDI"), 2)]
    assert [pool.minimum_min for pool in pools] == [10080, 20160]


def test_categories_never_stand_in_for_one_another() -> None:
    instance = world(
        contracts=(free_contract(), free_contract("GDP", category=Category.NON_POLICE)),
        people=[person("P1"), person("G1", contract="GDP")],
        demand=(demand(minimum=1), demand("non_police", target=1)),
    )
    pools = {pool.category: pool for pool in capacity(instance).pools}
    assert {category: pool.people for category, pool in pools.items()} == {Category.POLICE: 1, Category.NON_POLICE: 1}
    assert pools[Category.NON_POLICE].minimum_short == 0
    assert pools[Category.NON_POLICE].target_short == 10080 - 46 * 60


def test_without_demand_there_is_nothing_to_say() -> None:
    found = capacity(world(demand=()))
    assert (found.posts, found.pools) == ((), ())


def test_the_proven_shortage_is_reached_and_never_undercut() -> None:
    # Eight hours at most: one duty in three days. 4,320 minutes are wanted, so 3,840 must be missing, and can be.
    instance = make(3, contracts=(free_contract(weekly_hours=0.0),), demand=(demand(minimum=1),))
    problem = declare(instance)
    legal = [
        found.levels[Level.POLICE_MINIMUM]
        for line in product(".ELN", repeat=3)
        if not (found := score(problem, lines(P1="".join(line)))).broken
    ]
    assert min(legal) == capacity(instance).pools[0].minimum_short == 3840
