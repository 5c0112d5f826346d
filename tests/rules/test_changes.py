"""The price of each changed day, in figures: both faces of the rule reckon it in the same way."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from scheduler.problem.facts import Request
from scheduler.problem.standing import Standing, StandingDuty
from scheduler.rules.changes import Changes
from scheduler.vocabulary.constraints import Level
from scheduler.vocabulary.evaluate import evaluate
from scheduler.vocabulary.problem import Problem
from tests.builders import MONDAY, free_contract, hotspot, lines, make

PRICES = {
    "cost_per_day": 100.0, "cost_per_place": 50.0, "more_for_night": 7.0, "more_for_weekend": 3.0,
    "more_for_request": 21.0, "draft_percent": 30.0,
}  # fmt: skip


def day(number: int) -> dt.date:
    return MONDAY + dt.timedelta(days=number)


def wish(number: int, shift: str) -> Request:
    return Request(staff="P1", first=day(number), last=day(number), shift=shift, kind="want")


def paid(
    before: str, now: str, *, until: int | None = 13, notice: int = 0, since: int = 0, spot: str = "HAL", **facts: Any
) -> list[tuple[int, Level, int]]:
    """Day, level and cost of what is changed of a fortnight that begins on a Monday."""
    duties = tuple(
        StandingDuty(staff="P1", date=day(number), shift=code, hotspot="HAL")
        for number, code in enumerate(before)
        if code != "."
    )
    instance = make(
        14,
        contracts=(free_contract(notice_days=notice),),
        hotspots=(hotspot(), hotspot("MIDI")),
        standing=Standing(since=since, frozen=since, duties=duties, until=None if until is None else day(until)),
        parameters={f"changes.{name}": price for name, price in PRICES.items()},
        **facts,
    )
    rule = Changes.for_instance(instance)
    roster = lines(spot, P1=now)
    findings = list(rule.audit(instance, roster))
    levels = evaluate(Problem.of(instance, rule.declare(instance)), roster).levels
    for level in (Level.CHANGES_IN_NOTICE, Level.CHANGES):
        assert sum(finding.cost or 0 for finding in findings if finding.level is level) == levels.get(level, 0)
    return [(finding.days[0], finding.level, finding.cost or 0) for finding in findings]


@pytest.mark.parametrize(
    ("before", "now", "cost"),
    [
        ("E", "L", 100),
        ("E", ".", 100),
        (".", "E", 100),
        ("E", "N", 107),
        ("N", "E", 107),
        ("N", ".", 107),
        (".", "N", 107),
        (".....E", ".....L", 103),
        ("......E", "......L", 103),
        (".....N", "......", 110),
    ],
)
def test_a_published_day_costs_its_figures(before: str, now: str, cost: int) -> None:
    number = len(before) - 1
    assert paid(before, now) == [(number, Level.CHANGES, cost)]


def test_what_stays_is_free() -> None:
    assert paid("ELN.E", "ELN.E") == []


def test_another_place_of_the_same_shift_costs_less() -> None:
    assert paid("E", "E", spot="MIDI") == [(0, Level.CHANGES, 50)]
    assert paid("N", "N", spot="MIDI") == [(0, Level.CHANGES, 57)]
    assert paid("E", "L", spot="MIDI") == [(0, Level.CHANGES, 100)]


def test_a_holiday_counts_as_a_weekend() -> None:
    assert paid("E", "L", holidays={day(0): "Fair"}) == [(0, Level.CHANGES, 103)]


def test_a_granted_request_costs_more_and_another_one_does_not() -> None:
    assert paid("E", "L", requests=(wish(0, "E"),)) == [(0, Level.CHANGES, 121)]
    assert paid("E", "L", requests=(wish(0, "L"),)) == [(0, Level.CHANGES, 100)]


def test_of_a_draft_a_share_of_the_sum_counts_rounded_up() -> None:
    assert paid("EE", "LL", until=0) == [(0, Level.CHANGES, 100), (1, Level.CHANGES, 30)]
    assert paid("E", "L", until=None) == [(0, Level.CHANGES, 30)]
    # 30 % of 107 is 32.1, of 128 it is 38.4: parts rounded up would be 40 together.
    assert paid("N", "L", until=None) == [(0, Level.CHANGES, 33)]
    assert paid("N", "L", until=None, requests=(wish(0, "N"),)) == [(0, Level.CHANGES, 39)]
    assert paid(".....N", ".....L", until=None, requests=(wish(5, "N"),)) == [(5, Level.CHANGES, 40)]


def test_in_notice_every_day_counts_one() -> None:
    assert paid("ENE", "LLL", notice=2) == [
        (0, Level.CHANGES_IN_NOTICE, 1), (1, Level.CHANGES_IN_NOTICE, 1), (2, Level.CHANGES, 100),
    ]  # fmt: skip
    assert paid("EE", "LL", notice=2, until=0) == [(0, Level.CHANGES_IN_NOTICE, 1), (1, Level.CHANGES, 30)]


def test_what_began_before_the_repair_is_past() -> None:
    noon = 12 * 60
    assert paid("E", ".", since=noon) == []
    assert paid("L", ".", since=noon) == [(0, Level.CHANGES, 100)]
    assert paid(".", "L", since=14 * 60) == [(0, Level.CHANGES, 100)]
    assert paid(".", "L", since=14 * 60 + 1) == []
