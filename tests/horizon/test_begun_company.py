"""Who stands somewhere already keeps the company that was planned for the rest of the duty, where it can still be had."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from scheduler.config import SolveConfig
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.one_shot import solve_one_shot
from scheduler.engine.headcount import HeadCount
from scheduler.engine.solve import solve_whole
from scheduler.horizon.tail import Tail, tail
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules import declare
from scheduler.rules.audit import audit
from scheduler.vocabulary.constraints import CoPresence
from scheduler.vocabulary.evaluate import evaluate
from tests.builders import SHIFTS, contract, demand, hotspot, leave, lines, make, shift
from tests.engine.zones import first, led, limits, placement, zone

DAY = 24 * 60
LONG = (*SHIFTS, shift("D", "07:00", "19:00"), shift("X", "19:00", "07:00"))
"""Shifts that relieve each other at different hours."""
MIDNIGHT = DAY
SEEDS = range(16)


def _world(**facts: object) -> Instance:
    return make(
        3, shifts=LONG, contracts=(contract(min_together=2),), hotspots=(hotspot("HAL"), hotspot("MIDI")), **facts
    )  # type: ignore[arg-type]


NIGHT = Roster.of(lines(P1="X", P2="N", P3=".E", P4=".E"))
"""P1 stands until seven, with P2 until six and then with P3 and P4."""


def _begun(part: Tail) -> list[CoPresence]:
    return [item for item in part.beside if isinstance(item, CoPresence)]


def _broken(part: Tail, roster: Roster) -> set[str]:
    return {item.rule for item in evaluate(declare(part.instance, part.beside), roster).broken}


def test_the_relief_of_who_has_begun_does_not_go_elsewhere() -> None:
    instance = _world(people=5)
    part = tail(instance, NIGHT, MIDNIGHT)
    (company,) = _begun(part)
    assert (company.rule, company.begun) == ("min_patrol_size", frozenset({("HAL", 6 * 60, 7 * 60)}))
    assert _broken(part, part.roster) == set()
    elsewhere = Roster.of(lines("MIDI", P3="E", P4="E"))
    assert _broken(part, elsewhere) == {"min_patrol_size"}
    assert [item.rule for item in audit(instance, part.whole(elsewhere)) if item.hard] == ["min_patrol_size"]
    others = Roster.of([*elsewhere, *lines(P2="......", P5="E")])
    assert _broken(part, others) == {"min_patrol_size"}, "P5 has nobody there after seven"
    assert _broken(part, Roster.of([*lines(P3="E", P5="E"), *lines("MIDI", P4="D")])) == {"min_patrol_size"}


def test_where_nobody_can_come_any_more_nothing_is_asked() -> None:
    """The relief is ill: the audit names who stands alone, and there is a repair."""
    instance = _world(people=4, absences=(leave("P3", 1, 1), leave("P4", 1, 1)))
    part = tail(instance, NIGHT, MIDNIGHT)
    assert _begun(part) == []
    assert _broken(part, Roster()) == set()
    assert {item.rule for item in audit(instance, part.whole(Roster())) if item.hard} == {"min_patrol_size"}


def test_a_relief_who_would_be_alone_later_is_none() -> None:
    """P3 could come at six, but nobody would be with him after seven."""
    part = tail(_world(people=4, absences=(leave("P4", 1, 1),)), NIGHT, MIDNIGHT)
    assert _begun(part) == []


def test_company_that_has_begun_too_needs_nobody_else() -> None:
    part = tail(_world(people=4), lines(P1="X", P2="X", P3=".E", P4=".E"), MIDNIGHT)
    assert _begun(part) == []


def test_a_first_roster_brings_somebody_else_where_the_relief_is_moved() -> None:
    """The plan is not kept, but P5 and P6 may come."""
    instance = _world(people=6)
    part = tail(instance, NIGHT, MIDNIGHT)
    free = part.instance.replace(absences=(leave("P3", 0, 3), leave("P4", 0, 3)))
    found = first(CompiledProblem(declare(free, part.beside)))
    assert found.legal
    assert len({a.staff for a in found.roster if a.hotspot == "HAL" and a.key == (0, "E")} & {"P5", "P6"}) == 2


def _open(seed: int, *, drivers: bool) -> tuple[Instance, Tail]:
    """A random zone, with shifts that overlap, in the middle of a legal roster; where there is one, at an instant at which
    somebody needs a relief."""
    pick = random.Random(seed)
    instance = zone(seed, days=4, police=6).replace(shifts=LONG, locks=(), absences=())
    instance = led(instance) if drivers else instance
    roster = first(CompiledProblem(declare(instance)), seed).roster
    for _ in range(12):
        since = pick.randrange(instance.calendar.end)
        ill = leave(f"P{pick.randrange(1, 7)}", 0, 9)
        away = (ill.replace(start=since),) if pick.random() < 0.5 else ()
        part = tail(instance.replace(absences=away), roster, since)
        if _begun(part):
            break
    return instance, part


def _alone(item: CoPresence, dependents: frozenset[str], instance: Instance, roster: Roster) -> set[tuple[str, int]]:
    """Hotspots and half hours in which too few companions stand beside so many dependents, counted one by one."""
    found = set()
    for place, start, end in item.begun:
        there = roster.presence(instance)[place]
        for minute in range(start, end, 30):
            standing = [each.staff for each in there if each.start <= minute < each.end]
            companions = sum(staff in item.companions for staff in standing)
            heads = sum(staff in dependents for staff in standing)
            if companions < item.least or (item.per and companions * item.per < heads):
                found.add((place, minute))
    return found


@pytest.mark.parametrize("drivers", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_asked_can_be_had_and_the_engines_count_it_alike(seed: int, drivers: bool) -> None:
    instance, part = _open(seed, drivers=drivers)
    asked = _begun(part)
    problem = declare(part.instance, part.beside)
    pool = CompiledProblem(problem)
    found = solve_one_shot(pool, first(pool, seed), lambda: limits(2.0)).incumbent
    assert found.legal
    for number in range(8):
        roster = found.roster if not number else pool.roster(*placement(pool, 100 * seed + number))
        broken = {item for item in evaluate(problem, roster).broken if isinstance(item, CoPresence)}
        for item in asked:
            own = replace(item, dependents=frozenset())
            alone = _alone(own, item.dependents, part.instance, roster)
            if item.per is None:
                assert bool(evaluate(replace(problem, constraints=(own,)), roster).broken) == bool(alone)
            assert not alone or item in broken
        count = HeadCount(pool)
        count.load(*pool.arrays(roster))
        assert (count.stretches_alone() > 0) == bool(broken)
        whole = audit(instance, part.whole(roster))
        named = {(each.rule, each.hotspot) for each in whole if each.hard}
        for item in asked:
            assert {(item.rule, spot) for spot, _ in _alone(item, item.dependents, part.instance, roster)} <= named


def test_the_random_worlds_ask_for_company() -> None:
    asked = [item for seed in SEEDS for item in _begun(_open(seed, drivers=False)[1])]
    assert {item.rule for item in asked} == {"co_presence", "min_patrol_size"}


def test_a_driver_who_relieves_another_does_not_go_elsewhere_nor_do_too_many_come() -> None:
    """P1, who drives, leaves at six; P2 and P4 stand there until seven, and P3 drives from six on."""
    instance = led(_world(people=6), 3)
    part = tail(instance, Roster.of(lines(P1="N", P2="X", P4="X", P3=".E", P5=".E")), MIDNIGHT)
    company = {item.rule: item for item in _begun(part)}
    assert company["role_holders"].begun == frozenset({("HAL", 6 * 60, 7 * 60)})
    assert _broken(part, part.roster) == set()
    two = Roster.of(lines("MIDI", P3="E", P5="E"))
    assert _broken(part, two) == {"role_holders"}
    assert [item.rule for item in audit(instance, part.whole(two)) if item.hard] == ["role_holders"] * 2
    heads = HeadCount(CompiledProblem(declare(part.instance, part.beside)))
    heads.load(*heads.pool.arrays(two))
    assert heads.stretches_alone() == 1
    heads.load(*heads.pool.arrays(part.roster))
    assert heads.stretches_alone() == 0


def test_the_whole_search_keeps_the_relief_where_it_is_needed() -> None:
    """More is missing at the other hotspot from six on, but P1 must not stand alone until seven."""
    wanted = tuple(
        demand(start=start, until=until, minimum=heads).model_copy(update={"hotspot": spot})
        for spot, start, until, heads in (("MIDI", "06:00", "14:00", 2), ("HAL", "08:00", "14:00", 1))
    )
    part = tail(_world(people=4, demand=wanted), NIGHT, MIDNIGHT)
    config = SolveConfig(time_limit_s=3.0, workers=2)
    found = solve_whole(part.instance, config, allowances=part.beside, start=Roster.of(lines("MIDI", P3="E", P4="E")))
    assert _broken(part, found.roster) == set()
    assert {a.hotspot for a in found.roster if a.key == (0, "E")} == {"HAL"}
