"""What a block may use of limits over the whole horizon: never more than is left, about its part, and the rest at the end."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from scheduler.horizon.blocks import Block, blocks, cut, kept
from scheduler.horizon.limit_shares import Allowances
from scheduler.problem.facts import OFF, Counter, Lock
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules import declare
from scheduler.rules.horizon_hours import HorizonHours
from scheduler.rules.max_weekends_per_year import MaxWeekendsPerYear
from scheduler.rules.shift_limits import ShiftLimits
from scheduler.vocabulary.constraints import Blocks, Total
from scheduler.vocabulary.evaluate import evaluate
from scheduler.vocabulary.problem import Problem
from tests.builders import MONDAY, elsewhere, free_contract, leave, lines, lock, make, person
from tests.rules.sixth import MostEarlies

FIRST, SECOND = Block(0, 28, 35), Block(28, 56, 56)


def world(**facts) -> Instance:
    rules = {"max_hours_horizon": 160.0, "shift_limits": (("N", 6),), "max_weekends_year": 4, "reference_weeks": 1}
    return make(**{"days": 56, "contracts": (free_contract(**facts.pop("rules", rules)),), **facts})


def shares(instance: Instance, block: Block, before: Roster) -> dict[str, int]:
    """What P1 may work in a block, by rule: minutes, nights, weekends."""
    part = cut(instance, block, before, Roster())
    found = Allowances(declare(instance)).of_block(range(block.first, block.until), before, part)
    assert all(item.person == "P1" and item.cost is None and item.least is None for item in found)
    return {item.rule: (item.most or 0) - (len(item.always) if isinstance(item, Blocks) else 0) for item in found}


def test_a_block_gets_the_part_of_its_days() -> None:
    """Five weeks of eight: 100 h in whole duties of eight hours, four nights of six, three weekends of four."""
    assert shares(world(), FIRST, Roster()) == {
        "horizon_hours": 104 * 60,
        "shift_limits": 4,
        "max_weekends_per_year": 3,
    }


def test_the_last_block_gets_what_is_left() -> None:
    found = shares(world(), SECOND, lines(P1="NNNN.EE.EEE.E"))
    assert found == {"horizon_hours": (160 - 10 * 8) * 60, "shift_limits": 2, "max_weekends_per_year": 2}


def test_who_is_seldom_there_in_a_block_gets_less() -> None:
    """Two weeks of five: 64 h, three nights; the leave takes three of eight weekends, so two of the five are of the block."""
    fewer = {"horizon_hours": 64 * 60, "shift_limits": 3, "max_weekends_per_year": 2}
    assert shares(world(absences=(leave("P1", 0, 20),)), FIRST, Roster()) == fewer
    assert shares(world(locks=tuple(lock("P1", day, OFF) for day in range(21))), FIRST, Roster()) == fewer


def test_duties_elsewhere_use_up_hours_and_weekends() -> None:
    court = world(absences=(elsewhere("P1", 5, clock=("09:00", "13:00")),))
    assert shares(court, SECOND, Roster())["horizon_hours"] == 156 * 60
    assert shares(court, SECOND, Roster())["max_weekends_per_year"] == 3
    assert shares(court, SECOND, lines(P1="....N"))["max_weekends_per_year"] == 3, (
        "the Friday night is of the same weekend"
    )


def test_later_locks_are_kept_in_reserve_and_those_of_the_block_are_part_of_it() -> None:
    later = world(locks=tuple(lock("P1", day, "N") for day in (40, 42, 46, 47, 49)))
    assert shares(later, FIRST, Roster())["shift_limits"] == 1
    assert shares(later, FIRST, Roster())["max_weekends_per_year"] == 2, "all that the locks leave, rounded up"
    inside = world(locks=tuple(lock("P1", day, "N") for day in range(5)))
    assert shares(inside, FIRST, Roster())["shift_limits"] == 6, "five are locked, and of one the part is rounded up"
    saturday = world(locks=(lock("P1", 47, "E"),), rules={"max_weekends_year": 1})
    assert shares(saturday, FIRST, Roster())["max_weekends_per_year"] == 0


def test_nothing_left_is_nothing() -> None:
    over = lines(P1="NNNNNNN" + 14 * "E")
    assert shares(world(), SECOND, over) == {"horizon_hours": 0, "shift_limits": 0, "max_weekends_per_year": 1}


def test_what_lies_in_the_block_or_beside_it_is_not_shared() -> None:
    """A week's hours, periods of a week, a shift nobody may work, prices."""
    assert (
        shares(
            world(rules={"max_hours_week": 40.0, "shift_limits": (("L", 0),), "reference_weeks": 1}), FIRST, Roster()
        )
        == {}
    )


def test_hours_of_a_reference_period_that_reaches_beyond_a_block_are_shared() -> None:
    """Eight weeks of 38 h, eight hours over, are 312: five of the weeks are 195, in whole duties 200."""
    rules = {"reference_weeks": 8}
    assert shares(world(rules=rules), FIRST, Roster()) == {"reference_hours": 200 * 60}
    assert shares(world(rules=rules), SECOND, lines(P1="EEEEE")) == {"reference_hours": (312 - 40) * 60}


def test_people_of_one_contract_share_one_mapping() -> None:
    instance = world(people=2)
    part = cut(instance, FIRST, Roster(), Roster())
    found = Allowances(declare(instance)).of_block(range(35), Roster(), part)
    assert len({id(item.weights) for item in found if isinstance(item, Total)}) == 2


def test_own_limits_go_before_those_of_the_contract() -> None:
    member = person(max_weekends_year=1, max_hours_horizon=16.0, shift_limits=(("E", 1),))
    instance = world(people=[member])
    for rule, line in ((MaxWeekendsPerYear, ".....E......E"), (HorizonHours, "E.EE"), (ShiftLimits, "EE")):
        assert any(finding.hard for finding in rule().audit(instance, lines(P1=line))), rule.code
        assert not any(finding.hard for finding in rule().audit(instance, lines(P1="E"))), rule.code
    assert not any(finding.hard for finding in ShiftLimits().audit(instance, lines(P1="LL")))


def test_a_least_in_one_block_can_be_kept_there_and_one_over_more_cannot() -> None:
    assert _divisible(world())
    assert not _divisible(world(rules={"min_hours_horizon": 100.0}))
    assert not _divisible(world(people=[person(min_hours_horizon=8.0)]))
    weekly = Total("somebody's rule", "P1", {(day, "E"): 1 for day in range(7, 14)}, least=1)
    across = Total("somebody's rule", "P1", {(day, "E"): 1 for day in range(21, 35)}, least=1)
    assert Allowances(Problem(world(), (weekly,))).divisible([range(28), range(28, 56)])
    assert not Allowances(Problem(world(), (across,))).divisible([range(28), range(28, 56)])


def _divisible(instance: Instance) -> bool:
    return Allowances(declare(instance)).divisible([range(b.first, b.stop) for b in blocks(instance)])


@pytest.mark.parametrize("seed", range(12))
def test_whatever_blocks_allow_the_whole_allows(seed: int) -> None:
    """Each block is filled until its own rules and its shares forbid more: the roster of all of them keeps the limits."""
    pick = random.Random(seed)
    rules = {
        "max_hours_horizon": pick.choice([120.0, 161.5, 300.0]),
        "shift_limits": (("N", pick.randint(1, 9)), ("E", pick.randint(0, 30))),
        "max_weekends_year": pick.randint(0, 9),
    }
    start = pick.choice([MONDAY, dt.date(2026, 11, 26)])
    instance = world(
        days=pick.choice([49, 70, 91]), start=start, rules=rules, counters=(Counter(staff="P1", weekends=pick.randint(0, 2)),),
        locks=(Lock(staff="P1", date=start + dt.timedelta(days=30), shift=OFF),),
    )  # fmt: skip
    judges = (HorizonHours(), ShiftLimits(), MaxWeekendsPerYear(), MostEarlies())
    whole = Problem(instance, tuple(item for judge in judges for item in judge.declare(instance)))
    roster = Roster()
    for block in blocks(instance):
        part = cut(instance, block, roster, Roster())
        own = tuple(item for judge in judges for item in judge.declare(part))
        share = Allowances(whole).of_block(range(block.first, block.until), roster, part)
        problem = Problem(part, (*own, *share))
        line = ["."] * part.days
        for day in pick.sample(range(part.days), part.days):
            before, line[day] = line[day], pick.choice("ELN")
            if evaluate(problem, lines(P1="".join(line))).broken:
                line[day] = before
        roster = Roster.of((*roster, *kept(block, lines(P1="".join(line)))[0]))
    assert len(roster) > 5 or rules["max_weekends_year"] == 0
    assert [finding for judge in judges for finding in judge.audit(instance, roster)] == []


@pytest.mark.parametrize(("dates", "shares"), [((0, 1), [[], [], []]), ((0, 40), [[480], [600], []])])
def test_amounts_of_nothing_have_no_share(dates: tuple[int, int], shares: list[list[int]]) -> None:
    """A limit of ten hours that lists every duty, though only those of two dates, eight hours each, count for anything."""
    instance = make(70, people=1)
    weights = {duty.key: duty.paid_min * (duty.day in dates) for duty in instance.duties}
    limits = Allowances(Problem(instance, (Total("sixth", "P1", weights, most=600),)))
    plan = blocks(instance)
    assert limits.divisible([range(block.first, block.stop) for block in plan])
    assert [
        [
            share.most
            for share in limits.of_block(
                range(block.first, block.until), Roster(), cut(instance, block, Roster(), Roster())
            )
        ]
        for block in plan
    ] == shares
