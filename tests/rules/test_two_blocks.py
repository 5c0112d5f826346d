"""Every rule holds over a horizon that is solved in blocks, also one that nothing in the package has heard of."""

from __future__ import annotations

import random
from typing import Any

import pytest

from scheduler.config import SolveConfig
from scheduler.horizon.blocks import blocks
from scheduler.horizon.rolling import solve
from scheduler.problem.facts import OFF, Category, Counter, Pair, Pooling, Role
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.result import Status
from scheduler.rules.base import Rule
from scheduler.vocabulary.constraints import Total
from tests.builders import SHIFTS, contract, demand, elsewhere, hotspot, leave, lock, make, past, person, shift
from tests.parity_cases import ANOTHER, zones
from tests.rules.sixth import EVERY, MostEarlies, registered

pytestmark = pytest.mark.slow

__all__ = ["registered"]

POLICE = ("P1", "P2", "P3", "P4")
DRIVERS = ("P1", "P3")


def world() -> Instance:
    """Seven weeks with every limit that a planner can set, and more work than they allow anybody."""
    limits: dict[str, Any] = {
        "min_consecutive_days": 2,
        "max_consecutive_days": 4,
        "max_consecutive_nights": 2,
        "max_weekends_in_row": 2,
        "max_weekends_year": 6,
        "max_hours_horizon": 150.0,
        "shift_limits": (("N", 5),),
        "min_together": 2,
    }
    wardens = contract("GDP", category=Category.NON_POLICE, needs_police=1, max_weekends_year=4)
    return make(
        49,
        people=[
            *(person(staff, roles=("DRIVER",) if staff in DRIVERS else ()) for staff in POLICE),
            person("G1", contract="GDP", organisation="SGIL"),
            person("P5", fte=0.0),
        ],
        strategy=Pooling.LATERAL,
        organisations=zones(lends_percent=5.0, short_hours=100.0),
        hotspots=(hotspot("HAL"), hotspot("MIDI", zone=ANOTHER.code)),
        contracts=(contract(**limits), wardens),
        roles=(Role(code="DRIVER", category=Category.POLICE),),
        parameters={"role_holders.role": "DRIVER", "complete_weekends.cost": 100.0},
        shifts=(*SHIFTS[:2], shift("N", "22:00", "06:00", not_followed_by=("E", "L"))),
        demand=(demand(minimum=2, target=3), demand("non_police", start="06:00", until="22:00", minimum=1)),
        history=past("P1", "EE"),
        counters=(Counter(staff="P1", weekends=3, hours_balance=-5.0),),
        absences=(leave("P2", 24, 30), elsewhere("P3", 36, clock=("09:00", "17:00"))),
        pairs=(Pair(staff_a="P1", staff_b="P2", kind="together"), Pair(staff_a="P3", staff_b="G1", kind="apart")),
        locks=(lock("P1", 40, "N"), lock("P2", 40, "N"), lock("P4", 30, OFF)),
    )


INSTANCE = world()


@pytest.fixture(scope="module")
def roster(registered: None) -> Roster:
    found = solve(INSTANCE, SolveConfig(time_limit_s=1.0, reproducible=True))
    assert [(block.first, block.stop) for block in found.record.blocks] == [(0, 28), (28, 49)]
    assert {a.day < 28 for a in found.roster} == {True, False}
    return found.roster


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.code)
def test_a_rule_holds_over_both_blocks(rule: type[Rule[Any]], roster: Roster) -> None:
    judge = rule.for_instance(INSTANCE)
    assert [finding for finding in judge.audit(INSTANCE, roster) if finding.hard] == []
    assert rule.hard == any(finding.hard for finding in judge.audit(INSTANCE, careless())), "the world does not test it"


def careless() -> Roster:
    """Everybody works twice on two days of three, anywhere."""
    pick = random.Random(1)
    return Roster.of(
        Assignment(member.id, day, code, pick.choice(("HAL", "MIDI")))
        for member in INSTANCE.staff
        for day in range(INSTANCE.days)
        for code in pick.sample("ELN", pick.choice((0, 2, 2)))
    )


def test_a_limit_of_the_whole_period_is_shared_and_used_up(registered: None) -> None:
    """Ten weeks, twelve early duties for each of two people, wanted every day: no block takes them all."""
    instance = make(
        70,
        people=2,
        demand=(demand(start="06:00", until="14:00", minimum=1),),
        parameters={"most_earlies.most": 12.0},
    )
    found = solve(instance, SolveConfig(time_limit_s=3.0, reproducible=True))
    assert found.record.status is Status.FEASIBLE
    assert [found.roster.line(staff) != () for staff in ("P1", "P2")] == [True, True]
    for staff in ("P1", "P2"):
        days = [a.day for a in found.roster.line(staff) if a.shift == "E"]
        assert len(days) == 12
        assert max(sum(block.first <= day < block.stop for day in days) for block in blocks(instance)) < 12


def test_a_least_over_the_whole_period_keeps_it_in_one_piece(registered: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def declare(self: MostEarlies, instance: Instance) -> Any:
        yield Total(self.code, "P1", {(day, "E"): 1 for day in range(instance.days)}, least=3)

    monkeypatch.setattr(MostEarlies, "declare", declare)
    found = solve(make(49), SolveConfig(time_limit_s=1.0, reproducible=True))
    assert not found.record.blocks
    assert sum(a.shift == "E" for a in found.roster.line("P1")) >= 3
