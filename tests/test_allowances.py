"""What a block may use of limits over the whole horizon: never more than is left, about its part, and the rest at the end."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from scheduler.blocks import Block, blocks, cut, kept
from scheduler.facts import OFF, Counter, Lock
from scheduler.instance import Instance
from scheduler.roster import Roster
from scheduler.rules.horizon_hours import HorizonHours
from scheduler.rules.shift_limits import ShiftLimits
from scheduler.rules.weekends_year import WeekendsYear
from tests.builders import MONDAY, elsewhere, free_contract, leave, lines, lock, make, person

FIRST, SECOND = Block(0, 28, 35), Block(28, 56, 56)


def world(**facts) -> Instance:
    rules = {"max_hours_horizon": 160.0, "shift_limits": (("N", 6), ("L", 0)), "max_weekends_year": 4}
    return make(**{"days": 56, "contracts": (free_contract(**facts.pop("rules", rules)),), **facts})


def of_block(instance: Instance, block: Block, before: Roster):
    (member,) = cut(instance, block, before, Roster()).staff
    return member


def test_a_block_gets_the_part_of_its_days() -> None:
    """Five weeks of eight: 100 h and a duty more, four nights of six, three weekends of four."""
    member = of_block(world(), FIRST, Roster())
    assert member.max_hours_horizon == 100 + 8
    assert member.shift_limits == (("N", 4), ("L", 0))
    assert member.max_weekends_year == 3
    assert member.min_hours_horizon is None


def test_the_last_block_gets_what_is_left() -> None:
    member = of_block(world(), SECOND, lines(P1="NNNN.EE.EEE.E"))
    assert member.max_hours_horizon == 160 - 10 * 8
    assert member.shift_limits == (("N", 2), ("L", 0))
    assert member.max_weekends_year == 4, "two are counted already, two are left"


def test_who_is_seldom_there_in_a_block_gets_less() -> None:
    away = world(absences=(leave("P1", 0, 20),))
    assert of_block(away, FIRST, Roster()).max_hours_horizon == 160 * 14 / 35 + 8
    off = world(locks=tuple(lock("P1", day, OFF) for day in range(21)))
    assert of_block(off, FIRST, Roster()).max_hours_horizon == 160 * 14 / 35 + 8


def test_duties_elsewhere_use_up_hours() -> None:
    court = world(absences=(elsewhere("P1", 3, clock=("09:00", "13:00")),))
    assert of_block(court, SECOND, Roster()).max_hours_horizon == 156


def test_nothing_left_is_nothing() -> None:
    over = lines(P1="NNNNNNN" + 14 * "E")
    member = of_block(world(), SECOND, over)
    assert (member.max_hours_horizon, member.shift_limits) == (0, (("N", 0), ("L", 0)))


def test_without_limits_a_person_stays_as_they_are() -> None:
    assert of_block(make(56), FIRST, Roster()) == person()


def test_own_limits_go_before_those_of_the_contract() -> None:
    member = person(max_weekends_year=1, max_hours_horizon=16.0, shift_limits=(("E", 1),))
    instance = world(people=[member])
    for rule, line in ((WeekendsYear, ".....E......E"), (HorizonHours, "E.EE"), (ShiftLimits, "EE")):
        assert any(finding.hard for finding in rule().audit(instance, lines(P1=line))), rule.code
        assert not any(finding.hard for finding in rule().audit(instance, lines(P1="E"))), rule.code
    assert not any(finding.hard for finding in ShiftLimits().audit(instance, lines(P1="LL")))


def test_a_least_of_hours_keeps_a_horizon_in_one_piece() -> None:
    assert len(blocks(world())) > 1
    assert blocks(world(rules={"min_hours_horizon": 100.0})) == (Block(0, 56, 56),)
    assert blocks(world(people=[person(min_hours_horizon=8.0)])) == (Block(0, 56, 56),)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_blocks_allow_the_whole_allows(seed: int) -> None:
    """Each block is filled until its own rules forbid more: the roster of all of them keeps the limits of the horizon."""
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
    judges = (HorizonHours(), ShiftLimits(), WeekendsYear())
    roster = Roster()
    for block in blocks(instance):
        part = cut(instance, block, roster, Roster())
        line = ["."] * part.days
        for day in pick.sample(range(part.days), part.days):
            before, line[day] = line[day], pick.choice("ELN")
            if any(True for judge in judges for _ in judge.audit(part, lines(P1="".join(line)))):
                line[day] = before
        roster = Roster.of((*roster, *kept(block, lines(P1="".join(line)))[0]))
    assert len(roster) > 5 or rules["max_weekends_year"] == 0
    assert [finding for judge in judges for finding in judge.audit(instance, roster)] == []
