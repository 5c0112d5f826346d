"""Ceilings of fair shares."""

from __future__ import annotations

from scheduler.problem.facts import Days
from scheduler.rules.support.workable import workable_nights
from tests.builders import SHIFTS, free_contract, make, shift


def test_nights_count_on_the_days_on_which_a_night_shift_is_worked() -> None:
    terms = (free_contract(max_consecutive_nights=1),)
    assert workable_nights(make(7, contracts=terms), "P1") == 4
    night = shift("N", "22:00", "06:00", days=Days.parse("Mon, Sat-Sun"))
    assert workable_nights(make(7, contracts=terms, shifts=(*SHIFTS[:2], night)), "P1") == 2
