import datetime as dt

import pytest

from scheduler.rules.complete_weekends import CompleteWeekends, CompleteWeekendsParameters
from tests.builders import MONDAY, elsewhere, lines, make, past

RULE = CompleteWeekends(CompleteWeekendsParameters(cost=50))


def days(instance, **given: str) -> list[int]:
    found = list(RULE.audit(instance, lines(**given)))
    assert all(item.cost == 50 and not item.hard for item in found)
    return [item.days[0] for item in found]


@pytest.mark.parametrize(
    ("line", "half"),
    [
        (".......", []),
        ("EEEEEEE", []),
        (".....EE", []),
        (".....E.", [5]),
        ("......N", [6]),
        ("....N..", []),
        (".....NL", []),
    ],
)
def test_both_days_or_neither(line: str, half: list[int]) -> None:
    """A Friday night counts for its Friday."""
    assert days(make(7), P1=line) == half


def test_a_weekend_whose_sunday_lies_after_the_horizon_is_not_judged() -> None:
    assert days(make(6), P1=".....E") == []


@pytest.mark.parametrize(
    ("history", "line", "half"), [("E", "E", []), ("E", ".", [0]), (".", "E", [0]), (".", ".", [])]
)
def test_the_saturday_may_lie_before_the_horizon(history: str, line: str, half: list[int]) -> None:
    sunday = MONDAY - dt.timedelta(days=1)
    instance = make(1, start=sunday, history=past("P1", history, start=sunday))
    assert days(instance, P1=line) == half


def test_a_duty_elsewhere_is_work() -> None:
    assert days(make(7, absences=(elsewhere("P1", 5),)), P1=".......") == [5]
    assert days(make(7, absences=(elsewhere("P1", 5),)), P1="......E") == []


def test_without_a_price_there_is_no_rule() -> None:
    assert list(CompleteWeekends().audit(make(7), lines(P1=".....E."))) == []
    assert list(CompleteWeekends().declare(make(7))) == []
