"""What the facts alone forbid is what the rules forbid, to the minute: figures that are proven rest on it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from scheduler.analysis.workable import fits, forbidden
from scheduler.problem.facts import Shift
from scheduler.problem.instance import Instance
from scheduler.rules import declare
from scheduler.vocabulary.evaluate import evaluate
from scheduler.workflows.preflight import check_instance
from tests import builders as b

AUTUMN = dt.date(2026, 10, 24)
"""A Saturday whose night has an hour more."""


def world(shift: Shift, **limits: Any) -> Instance:
    return b.make(
        3, start=AUTUMN, people=1, shifts=(shift,), contracts=(b.free_contract(**limits),), demand=(b.demand(target=1),)
    )


@pytest.mark.parametrize(
    ("shift", "limits"),
    [
        (
            b.shift("E", "06:00", "13:20"),
            {"max_hours_24h": 7.333},
        ),  # 440 minutes; the limit is 439.98, and read as 440.
        (b.shift("E", "06:00", "13:20"), {"max_hours_24h": 7.32}),
        (b.shift("E", "06:00", "13:20"), {"max_hours_week": 7.333, "weekly_hours": 7.0}),
        (b.shift("E", "06:00", "13:20"), {"max_hours_week": 7.32, "weekly_hours": 7.0}),
        (
            b.shift("E", "06:00", "06:00"),
            {"max_hours_24h": 24.0},
        ),  # 25 hours in the autumn night, 24 of them in a window.
        (b.shift("E", "20:00", "06:00"), {"max_hours_24h": 10.0}),  # 11 hours in that night alone.
        (b.shift("E", "06:00", "18:00"), {"max_hours_24h": 12.0}),
    ],
)
def test_a_duty_is_forbidden_for_its_length_exactly_where_a_rule_forbids_it(
    shift: Shift, limits: dict[str, float]
) -> None:
    instance = world(shift, **limits)
    barred = {key for item in forbidden(instance).get("P1", ()) for key in item.duties or ()}
    problem = declare(instance)
    for day in range(instance.days):
        line = b.lines(P1="." * day + "E")
        broken = {item.rule for item in evaluate(problem, line).broken} & {"hours_24h", "hours_week"}
        assert ((day, "E") in barred) == bool(broken), day
    works = len(barred) < instance.days
    assert fits(instance, "P1", shift) == works
    places = [problem.place for problem in check_instance(instance).problems]
    assert places == ([] if works else [f"contracts[0].{next(iter(limits))}"])
