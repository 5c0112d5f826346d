from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from itertools import product

import pytest

from scheduler.analysis.capacity import capacity, proven_short
from scheduler.problem.facts import Category, Counter, Role
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules import declare
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Level
from scheduler.vocabulary.evaluate import evaluate
from tests.builders import (
    MONDAY,
    SHIFTS,
    SPRING,
    demand,
    elsewhere,
    free_contract,
    hotspot,
    leave,
    lines,
    make,
    past,
    person,
    shift,
)

ONE_DAY = dt.timedelta(days=1)


def world(**facts: object) -> Instance:
    """A week at HAL with two heads at every moment: 20,160 person-minutes, of which no duty reaches the first six hours, 720."""
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
    assert pool.unreachable_minimum_min == 2 * 6 * 60
    assert pool.minimum_short == 20160 - 720 - pool.most_min
    # 19,440 minutes at 46 hours each: seven people fall short, eight may do.
    assert capacity(world(people=7)).pools[0].minimum_short == 120
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


def test_the_weekly_maximum_is_rounded_week_by_week_as_the_rule_does() -> None:
    """10 h 00.6 is 601 minutes in each week; over four weeks that is a minute and more above the sum that is rounded once."""
    contracts = (free_contract(max_hours_week=10.01),)
    assert capacity(make(28, contracts=contracts, demand=(demand(minimum=2),))).pools[0].most_min == 4 * 601


def test_the_allowance_over_the_contract_is_the_settings() -> None:
    (pool,) = capacity(world(parameters={"reference_hours.most_over_hours": 2.0})).pools
    assert pool.most_min == 40 * 60


def test_unpaid_breaks_and_history_still_standing_are_presence() -> None:
    breaks = (shift("E", "06:00", "14:00", unpaid_break_min=60), *SHIFTS[1:])
    (pool,) = capacity(world(shifts=breaks, history=past("P1", "N", spot="HAL"))).pools
    assert pool.most_min == round(46 * 60 * 480 / 420) + 360
    (only,) = capacity(world(shifts=breaks, history=past("P1", "N"))).pools
    assert only.most_min == pool.most_min, "it can only have stood at the only hotspot"
    unknown = world(shifts=breaks, history=past("P1", "N"), hotspots=(hotspot("HAL"), hotspot("MIDI")))
    (without,) = capacity(unknown).pools
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
    assert pools[Category.NON_POLICE].target_short == 10080 - 360 - 46 * 60


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
        if not (found := evaluate(problem, lines(P1="".join(line)))).broken
    ]
    assert min(legal) == proven_short(instance, problem.required)[Level.POLICE_MINIMUM] == 3840
    # Six hours of it are those before any duty begins; the rest is for want of people.
    assert capacity(instance).pools[0].minimum_short == 3480


SPLIT = (shift("M", "07:00", "11:00"), shift("A", "16:00", "20:00"))
TWICE_A_DAY = (demand(start="07:00", until="11:00", minimum=1), demand(start="16:00", until="20:00", minimum=1))


def test_nobody_works_two_duties_of_one_date() -> None:
    instance = make(3, contracts=(free_contract(),), shifts=SPLIT, demand=TWICE_A_DAY)
    (pool,) = capacity(instance).pools
    assert (pool.minimum_min, pool.most_min, pool.minimum_short) == (24 * 60, 12 * 60, 12 * 60)


def test_a_long_duty_outside_the_demand_covers_nothing_of_it() -> None:
    night = shift("N", "22:00", "06:00")
    instance = make(3, contracts=(free_contract(),), shifts=(*SPLIT, night), demand=TWICE_A_DAY)
    assert capacity(instance).pools[0].minimum_short == 12 * 60


def test_only_duties_that_the_facts_leave_open_count() -> None:
    """Four hours a date of the three: none on leave, none before service, none of another category or hotspot."""
    long = shift("D", "07:00", "20:00", categories=frozenset({Category.NON_POLICE}))
    elsewhere_only = shift("X", "07:00", "20:00", hotspots=("MIDI",))
    facts = {
        "contracts": (free_contract(),),
        "hotspots": (hotspot("HAL"), hotspot("MIDI")),
        "shifts": (*SPLIT, long, elsewhere_only),
        "demand": TWICE_A_DAY,
    }
    (pool,) = capacity(make(3, **facts)).pools
    assert pool.most_min == 3 * 4 * 60
    (pool,) = capacity(make(3, absences=(leave("P1", 1, clock=("10:00", "17:00")),), **facts)).pools
    assert pool.most_min == 2 * 4 * 60
    (pool,) = capacity(make(3, people=[person(first=MONDAY + dt.timedelta(days=2))], **facts)).pools
    assert pool.most_min == 4 * 60


def test_a_duty_without_paid_time_is_bounded_by_its_presence() -> None:
    """In the night of the spring change the hour that is left of this duty is its unpaid break."""
    short = shift("S", "01:30", "03:30", unpaid_break_min=60)
    instance = make(2, start=SPRING, contracts=(free_contract(),), shifts=(short,), demand=(demand(minimum=1),))
    assert instance.duty(1, "S").paid_min == 0
    assert capacity(instance).pools[0].most_min == 120 + 60


def test_hours_that_no_shift_reaches_ask_for_nobody() -> None:
    instance = world(shifts=SHIFTS[:2])
    (post,) = capacity(instance).posts
    assert post.fte_minimum == pytest.approx(2 * 16 * 7 / 38)
    assert capacity(instance).pools[0].unreachable_minimum_min == 2 * 8 * 60 * 7


def test_history_of_the_night_before_is_neither_short_nor_unreachable() -> None:
    (pool,) = capacity(world(people=2, history=past("P1", "N", spot="HAL"))).pools
    assert pool.unreachable_minimum_min == 6 * 60
    assert pool.minimum_short == 20160 - 360 - pool.most_min


# -- against every roster there is -------------------------------------------------------------------------------------


def tiny(chance: random.Random) -> Instance:
    """Two dates, two people, two shifts, and whatever may come between: history, leave, opening dates, roles, breaks."""
    clocks = [f"{hour:02d}:00" for hour in range(0, 24, 2)]
    codes = ("A", "B")
    shifts = tuple(
        shift(
            code,
            *chance.sample(clocks, 2),
            unpaid_break_min=chance.choice((0, 0, 30)),
            hotspots=chance.choice(((), (), ("HAL",))),
        )
        for code in codes
    )
    spots = (
        hotspot("HAL", priority=chance.choice((1, 3)), opens=chance.choice((None, None, MONDAY, MONDAY + ONE_DAY))),
        hotspot("MIDI", closes=chance.choice((None, MONDAY))),
    )
    roles = (Role(code="LEAD", category=Category.POLICE),)
    people = [
        person("P1", roles=("LEAD",), hotspots=chance.choice((("HAL",), ()))),
        person("P2", fte=chance.choice((0.5, 1.0)), first=chance.choice((None, MONDAY + ONE_DAY))),
    ]
    rows = []
    for code, role in product(("HAL", "MIDI"), ("police", "LEAD")):
        least = chance.choice((0, 1, 1, 2))
        start, until = chance.choice((("00:00", "24:00"), tuple(chance.sample(clocks, 2))))
        row = demand(role, start=start, until=until, minimum=least, target=least + chance.choice((0, 1)))
        rows.append(row.model_copy(update={"hotspot": code}))
    past_line = chance.choice(("A", "B", "."))
    return make(
        2,
        shifts=shifts,
        hotspots=spots,
        roles=roles,
        people=people,
        demand=tuple(rows),
        contracts=(
            free_contract(weekly_hours=chance.choice((10.0, 38.0)), max_hours_week=chance.choice((None, 12.0))),
        ),
        history=past("P1", past_line, spot=chance.choice(("HAL", "MIDI", None))),
        absences=(leave("P2", 1, clock=("06:00", "12:00")),) if chance.random() < 0.3 else (),
        parameters={"reference_hours.most_over_hours": chance.choice((0.0, 8.0))},
    )


def every_roster(instance: Instance) -> Iterator[Roster]:
    cells = [(member.id, day) for member in instance.staff for day in range(instance.days)]
    posts = [None, *product((item.code for item in instance.shifts), (spot.code for spot in instance.hotspots))]
    for plan in product(posts, repeat=len(cells)):
        yield Roster.of(Assignment(*cell, *post) for cell, post in zip(cells, plan, strict=True) if post is not None)


@pytest.mark.parametrize("seed", range(24))
def test_no_legal_roster_lacks_less_than_the_arithmetic_proves(seed: int) -> None:
    instance = tiny(random.Random(seed))
    problem = declare(instance)
    least = proven_short(instance, problem.required)
    legal = [found.levels for roster in every_roster(instance) if not (found := evaluate(problem, roster)).broken]
    assert legal
    for level in COVERAGE_LEVELS:
        assert min(values[level] for values in legal) >= least[level], level.name


def test_the_worlds_against_which_it_is_held_ask_something_of_it() -> None:
    found = [
        proven_short(instance, declare(instance).required) for instance in map(tiny, map(random.Random, range(24)))
    ]
    for level in (Level.POLICE_MINIMUM, Level.TARGETS):
        assert sum(least[level] > 0 for least in found) > 12
