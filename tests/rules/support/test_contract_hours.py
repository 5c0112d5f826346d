"""What a contract asks for: half days, fixed weeks, holidays. All values by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from scheduler.errors import InputError
from scheduler.problem.facts import Week
from scheduler.problem.instance import Instance
from scheduler.rules.reference_hours import periods
from scheduler.rules.support.contract_hours import contract_minutes
from tests.builders import AUTUMN, MONDAY, elsewhere, free_contract, leave, make, person

THREE_DAYS: Week = (4.0, 8.0, 8.0, 0.0, 0.0, 0.0, 0.0)
WEDNESDAY = 2


def week(days: int = 7, *, own: Week | None = None, fte: float = 1.0, **facts: Any) -> Instance:
    terms = facts.pop("terms", {"weekly_hours": 38.0})
    return make(days, contracts=(free_contract(**terms),), people=[person(fte=fte, hours_by_weekday=own)], **facts)


def due(instance: Instance) -> int:
    return contract_minutes(instance, "P1", 0, instance.days)


def h(hours: int, minutes: int = 0) -> int:
    return hours * 60 + minutes


@pytest.mark.parametrize(
    ("clock", "off"),
    [
        (("00:00", "12:00"), h(3, 48)),
        (("12:00", "24:00"), h(3, 48)),
        (("08:00", "12:00"), h(3, 48)),
        (("13:00", "17:00"), h(3, 48)),
        (("08:00", "17:00"), h(7, 36)),
        (("13:00", "14:30"), h(1, 30)),
        (("11:00", "13:00"), h(2)),
        (("00:00", "24:00"), h(7, 36)),
        (("00:00", "23:59"), h(7, 36)),
    ],
)
def test_half_a_day_of_leave_takes_off_half_a_day(clock: tuple[str, str], off: int) -> None:
    instance = week(absences=(leave("P1", WEDNESDAY, clock=clock),))
    assert due(instance) == h(38) - off
    assert periods(instance, "P1")[0].due_min == h(38) - off


def test_half_a_wednesday_of_38_hours() -> None:
    assert due(week(absences=(leave("P1", WEDNESDAY, clock=("00:00", "12:00")),))) == h(34, 12)


def test_two_halves_are_a_day_and_the_same_half_twice_is_one() -> None:
    morning, afternoon = leave("P1", 2, clock=("08:00", "12:00")), leave("P1", 2, clock=("12:30", "17:00"))
    assert due(week(absences=(morning, afternoon))) == h(30, 24)
    assert due(week(absences=(morning, morning))) == h(34, 12)
    assert due(week(absences=(morning, leave("P1", 2)))) == h(30, 24)


def test_leave_of_a_day_and_a_half() -> None:
    assert due(week(absences=(leave("P1", 1, 2, clock=("00:00", "12:00")),))) == h(38) - h(7, 36) - h(3, 48)
    assert due(week(absences=(leave("P1", 1, 2, clock=("12:00", "24:00")),))) == h(38) - h(7, 36) - h(3, 48)


def test_half_a_day_of_a_half_timer_is_a_quarter_of_a_day() -> None:
    instance = week(fte=0.5, absences=(leave("P1", WEDNESDAY, clock=("08:00", "12:00")),))
    assert due(instance) == h(19) - h(1, 54)


def test_half_a_day_on_which_nothing_is_due_takes_nothing_off() -> None:
    morning = ("00:00", "12:00")
    assert due(week(absences=(leave("P1", 5, clock=morning),))) == h(38)
    assert due(week(absences=(leave("P1", 2, clock=morning),), holidays={MONDAY + dt.timedelta(2): "x"})) == h(30, 24)
    assert due(week(absences=(elsewhere("P1", 2, clock=morning),))) == h(38)


def test_half_a_day_when_the_clock_goes_back() -> None:
    """Sunday 25 October 2026 has 25 hours; noon stays noon."""
    own = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 7.6)
    for clock in (("00:00", "12:00"), ("12:00", "24:00")):
        sunday = (leave("P1", 1, clock=clock, start=AUTUMN),)
        assert due(week(2, start=AUTUMN, own=own, fte=0.2, absences=sunday)) == h(3, 48)


@pytest.mark.parametrize(("day", "off"), [(0, h(4)), (1, h(8)), (2, h(8)), (3, 0), (4, 0), (5, 0)])
def test_a_fixed_week_owes_its_own_days(day: int, off: int) -> None:
    for world in (
        {"terms": {"hours_by_weekday": THREE_DAYS}},
        {"own": THREE_DAYS, "fte": 0.53},
    ):
        assert due(week(**world)) == h(20)
        assert due(week(absences=(leave("P1", day),), **world)) == h(20) - off
        assert due(week(holidays={MONDAY + dt.timedelta(day): "x"}, **world)) == h(20) - off
        half = leave("P1", day, clock=("12:00", "24:00"))
        assert due(week(absences=(half,), **world)) == h(20) - off // 2


def test_a_contracts_week_is_at_full_time_and_a_persons_own_is_not() -> None:
    terms = {"hours_by_weekday": (8.0, 8.0, 8.0, 8.0, 6.0, 0.0, 0.0)}
    assert due(week(terms=terms, fte=0.5, absences=(leave("P1", 4),))) == h(16)
    assert due(week(terms=terms, own=(8.0, 8.0, 3.0, 0.0, 0.0, 0.0, 0.0), fte=0.5, absences=(leave("P1", 2),))) == h(16)


def test_weekly_hours_left_out_are_those_of_the_fixed_week() -> None:
    assert free_contract(hours_by_weekday=THREE_DAYS).weekly_hours == 20.0
    assert free_contract(hours_by_weekday=THREE_DAYS, weekly_hours=20.0).hours_by_weekday == THREE_DAYS
    with pytest.raises(InputError, match=r"adds up to 20 h a week, but weekly_hours is 38 h"):
        free_contract(hours_by_weekday=THREE_DAYS, weekly_hours=38.0)


@pytest.mark.parametrize(("fte", "fine"), [(0.5, False), (0.52, False), (0.53, True), (0.5263, True), (1.0, False)])
def test_an_own_week_comes_to_the_share_of_full_time(fte: float, fine: bool) -> None:
    if fine:
        assert due(week(own=THREE_DAYS, fte=fte)) == h(20)
        return
    with pytest.raises(InputError, match=r"hours_by_weekday.*adds up to 20 h a week, but fte .* of 'POL' \(38 h\) is"):
        week(own=THREE_DAYS, fte=fte)


def test_a_whole_day_elsewhere_stands_for_that_day_of_the_week() -> None:
    def paid(day: int) -> int:
        instance = week(own=THREE_DAYS, fte=0.53, absences=(elsewhere("P1", day),))
        return instance.commitments["P1"][0].paid_min

    assert (paid(0), paid(1)) == (h(4), h(8))
    assert paid(3) == h(6, 40), "a day without hours stands for the mean of 4, 8 and 8"
