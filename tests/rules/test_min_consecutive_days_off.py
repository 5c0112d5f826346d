import datetime as dt

import pytest

from scheduler.rules.min_consecutive_days_off import MinConsecutiveDaysOff
from tests.builders import AUTUMN, SPRING, elsewhere, free_contract, leave, lines, make, past
from tests.rules.verdict import amounts, days, found


def world(least: int = 2, **facts):
    return make(**{"contracts": (free_contract(min_days_off=least),), "days": 8, **facts})


def test_both_sides_of_the_limit():
    assert found(MinConsecutiveDaysOff, world(2), lines(P1="E..EE..E")) == []
    findings = found(MinConsecutiveDaysOff, world(2), lines(P1="E.E..E.."))
    assert days(findings) == [(2, 0)]
    assert amounts(findings) == [1]
    assert amounts(found(MinConsecutiveDaysOff, world(3), lines(P1="E.E..E"))) == [2, 1]
    assert found(MinConsecutiveDaysOff, world(1), lines(P1="E.E.E.E.")) == []


def test_the_end_of_the_horizon_is_excused():
    assert found(MinConsecutiveDaysOff, world(), lines(P1="......E.")) == []
    assert days(found(MinConsecutiveDaysOff, world(), lines(P1=".....E.E"))) == [(7, 5)]


def test_nothing_known_before_means_rested():
    assert found(MinConsecutiveDaysOff, world(), lines(P1=".E")) == []


@pytest.mark.parametrize(
    ("history", "line", "short"),
    [
        ("E", ".E", [(1,)]),
        ("E.", ".E", []),
        ("E.", "E", [(0,)]),
        ("E..", "E", []),
        ("E", "E", []),
        ("E.E", "..E", []),
    ],
)
def test_the_stretch_may_begin_in_the_history(history: str, line: str, short: list[tuple[int, ...]]):
    assert days(found(MinConsecutiveDaysOff, world(history=past("P1", history)), lines(P1=line))) == short


def test_leave_excuses():
    assert found(MinConsecutiveDaysOff, world(absences=(leave("P1", 1),)), lines(P1="E.E")) == []
    part = leave("P1", 1, clock=("08:00", "12:00"))
    assert days(found(MinConsecutiveDaysOff, world(absences=(part,)), lines(P1="E.E"))) == [(2, 0)]
    before = world(history=past("P1", "E."), absences=(leave("P1", -1),))
    assert found(MinConsecutiveDaysOff, before, lines(P1="E")) == []


@pytest.mark.parametrize("start", [SPRING + dt.timedelta(days=2), AUTUMN + dt.timedelta(days=2)])
def test_leave_on_the_day_of_a_clock_change_before_the_horizon_excuses(start: dt.date) -> None:
    """The Sunday before the horizon, and the Saturday, which ends where that begins."""
    for day in (-1, -2):
        facts = {"start": start, "history": past("P1", "E..", start=start)}
        away = leave("P1", day, start=start)
        assert days(found(MinConsecutiveDaysOff, world(3, **facts), lines(P1="E"))) == [(0,)]
        assert found(MinConsecutiveDaysOff, world(3, absences=(away,), **facts), lines(P1="E")) == []


def test_a_duty_elsewhere_ends_a_stretch():
    assert days(found(MinConsecutiveDaysOff, world(absences=(elsewhere("P1", 2),)), lines(P1="E"))) == [(0,)]
    assert found(MinConsecutiveDaysOff, world(absences=(elsewhere("P1", 3),)), lines(P1="E")) == []


def test_a_gap_before_fixed_work_after_the_horizon_is_not_excused():
    """What lies beyond is no end of a stretch: the roster could leave it longer."""
    instance = world(3, absences=(elsewhere("P1", 5), elsewhere("P1", 8)))
    assert days(found(MinConsecutiveDaysOff, instance, lines(P1=".......E"))) == [(7,)]
    assert found(MinConsecutiveDaysOff, instance, lines(P1="......EE")) == []


def test_a_gap_between_fixed_work_is_excused():
    instance = world(3, absences=(elsewhere("P1", 2), elsewhere("P1", 5)))
    for line in ("........", "...E....", "...EE..."):
        assert found(MinConsecutiveDaysOff, instance, lines(P1=line)) == []
    assert days(found(MinConsecutiveDaysOff, instance, lines(P1=".......E"))) == [(7,)]
