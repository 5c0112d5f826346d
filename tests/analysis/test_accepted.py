"""What is broken by decision: that rule, that person and that date, and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from scheduler.analysis.accepted import cell_to_change, judge
from scheduler.errors import InputError
from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.override import Override
from scheduler.rules import declare
from scheduler.rules.base import Finding
from tests.builders import MONDAY, hotspot, make

SAID = Message("told", "{text}", text="broken")


def finding(rule: str = "daily_rest", *staff: str, days: tuple[int, ...] = (1, 0), **more: Any) -> Finding:
    return Finding(rule, SAID, staff or ("P1",), days, **more)


def override(day: int = 1, **more: Any) -> Override:
    given = {"rule": "daily_rest", "staff": "P1", "decided_by": "Chief", "decided_on": MONDAY, "reason": "Shooting"}
    return Override(**{**given, "date": MONDAY + dt.timedelta(days=day), **more})


def world(*overrides: Override) -> Instance:
    return make(people=2, hotspots=(hotspot(), hotspot("MIDI")), overrides=overrides)


def test_the_cell_that_the_audit_names_is_accepted() -> None:
    judged = judge(world(override()), [finding()])
    assert judged.open == ()
    assert judged.idle == ()
    (item,) = judged.accepted
    assert str(item.decision) == "accepted by decision of Chief on 2026-03-02: Shooting"


@pytest.mark.parametrize(
    "other",
    [
        finding("hours_24h"),
        finding("daily_rest", "P2"),
        finding("daily_rest", "P2", "P1"),
        finding(days=(0, 1)),
        finding(days=(2,)),
        finding(cost=5),
    ],
)
def test_nothing_else_is_accepted(other: Finding) -> None:
    judged = judge(world(override()), [other])
    assert judged.open == (other,)
    assert judged.accepted == ()
    assert [index for index, _ in judged.idle] == [0]


def test_a_hotspot_narrows_a_decision() -> None:
    here, there = finding(hotspot="HAL"), finding(hotspot="MIDI")
    judged = judge(world(override(hotspot="HAL")), [here, there])
    assert ([item.finding for item in judged.accepted], judged.open) == ([here], (there,))


def test_the_more_precise_decision_is_named() -> None:
    both = (override(reason="any"), override(hotspot="HAL", reason="here"))
    (item,) = judge(world(*both), [finding(hotspot="HAL")]).accepted
    assert (item.index, item.override.reason) == (1, "here")


def test_a_decision_beside_the_mark_is_told_where_the_mark_is() -> None:
    ((index, hint),) = judge(world(override(day=3)), [finding()]).idle
    assert (index, str(hint)) == (0, "The audit points to P1, 2026-03-03: decide about that.")
    assert judge(world(override(day=3)), []).idle == ((0, None),)


def test_a_finding_about_a_whole_line_is_about_the_first_day() -> None:
    instance = world(override(day=0, rule="horizon_hours"))
    assert cell_to_change(instance, finding(days=())) == ("P1", 0)
    assert cell_to_change(instance, finding(days=(-1, 2))) == ("P1", 2)
    assert cell_to_change(instance, Finding("demand", SAID)) is None
    assert judge(instance, [finding("horizon_hours", days=())]).open == ()


@pytest.mark.parametrize("rule", ["fairness", "no such rule"])
def test_rules_that_no_decision_breaks_are_refused(rule: str) -> None:
    with pytest.raises(InputError, match=r"overrides\[0\].rule"):
        judge(world(override(rule=rule)), [])


def test_no_proof_depends_on_a_decision() -> None:
    decided, bare = world(override()), world()
    assert decided.sha256 == bare.sha256
    assert declare(decided).constraints == declare(bare).constraints
