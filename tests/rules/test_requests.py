from __future__ import annotations

import datetime as dt

import pytest

from scheduler.problem.facts import Request
from scheduler.problem.instance import Instance
from scheduler.rules.requests import Requests, RequestsParameters, granted_weight
from scheduler.vocabulary.constraints import Wish
from tests.builders import MONDAY, lines, make


def world(kind: str, first: int, last: int, code: str | None = None, weight: int = 1) -> Instance:
    day = dt.timedelta(days=1)
    request = Request(
        staff="P1", first=MONDAY + first * day, last=MONDAY + last * day, shift=code, kind=kind, weight=weight
    )
    return make(4, people=2, requests=(request,))


def test_each_date_of_a_wanted_duty_that_is_not_worked_costs_its_weight() -> None:
    instance = world("want", 0, 2, "E", weight=2)
    findings = list(Requests().audit(instance, lines(P1="EL..")))
    assert [(f.days, f.cost, f.amount) for f in findings] == [((1,), 240, 2), ((2,), 240, 2)]
    assert granted_weight(instance, lines(P1="EL..")) == (2, 6)


def test_a_day_that_should_be_free_costs_only_when_worked() -> None:
    instance = world("avoid", 1, 2)
    assert list(Requests().audit(instance, lines(P1="E..E", P2=".EE."))) == []
    (finding,) = Requests().audit(instance, lines(P1="..N."))
    assert (finding.staff, finding.days, finding.cost) == (("P1",), (2,), 120)


@pytest.mark.parametrize(
    ("kind", "code", "line", "said"),
    [
        ("want", None, ".", "P1 wanted to work on 2026-03-02 and does not (weight 1)"),
        ("want", "E", "L", "P1 wanted to work E on 2026-03-02 and does not (weight 1)"),
        ("avoid", None, "L", "P1 works on 2026-03-02 and asked not to (weight 1)"),
        ("avoid", "L", "L", "P1 works L on 2026-03-02 and asked not to (weight 1)"),
    ],
)
def test_what_is_not_granted_is_said(kind: str, code: str | None, line: str, said: str) -> None:
    (finding,) = Requests().audit(world(kind, 0, 0, code), lines(P1=line))
    assert str(finding.message) == said


def test_avoiding_one_shift_leaves_the_others_free() -> None:
    instance = world("avoid", 0, 0, "N")
    assert list(Requests().audit(instance, lines(P1="E"))) == []
    assert len(list(Requests().audit(instance, lines(P1="N")))) == 1


def test_dates_outside_the_horizon_neither_cost_nor_count() -> None:
    instance = world("want", -3, 0)
    assert granted_weight(instance, lines(P1="E")) == (1, 1)
    assert granted_weight(instance, lines()) == (0, 1)
    assert granted_weight(world("want", 3, 9), lines()) == (0, 1)


def test_declares_a_wish_with_all_its_dates() -> None:
    (wish,) = Requests(RequestsParameters(points_per_weight=10)).declare(world("want", 0, 1, "E", 3))
    assert wish == Wish("requests", "P1", 30, frozenset({(0, "E"), (1, "E")}), want=True)
