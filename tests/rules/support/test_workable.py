"""Ceilings of fair shares."""

from __future__ import annotations

from scheduler.problem.facts import Absence, Days
from scheduler.rules.support.weekends import weekends
from scheduler.rules.support.workable import workable_nights, workable_weekends
from tests.builders import SHIFTS, elsewhere, free_contract, leave, make, past, shift


def test_nights_count_on_the_days_on_which_a_night_shift_is_worked() -> None:
    terms = (free_contract(max_consecutive_nights=1),)
    assert workable_nights(make(7, contracts=terms), "P1") == 4
    night = shift("N", "22:00", "06:00", days=Days.parse("Mon, Sat-Sun"))
    assert workable_nights(make(7, contracts=terms, shifts=(*SHIFTS[:2], night)), "P1") == 2


def test_a_weekend_counts_once_whether_it_is_free_or_taken() -> None:
    def count(most: int | None, *absences: Absence) -> int:
        instance = make(14, contracts=(free_contract(max_weekends_year=most),), absences=absences)
        return workable_weekends(instance, "P1", weekends(instance))

    court, holiday = elsewhere("P1", 5), leave("P1", 12, 13)
    assert count(None) == count(None, court) == count(2, court) == 2
    assert count(1, court) == count(None, holiday) == count(None, court, holiday) == 1
    assert (count(0), count(0, court)) == (0, 1)


def test_weekends_before_the_horizon_count_in_the_row() -> None:
    def count(history: str) -> int:
        instance = make(14, contracts=(free_contract(max_weekends_in_row=2),), history=past("P1", history))
        return workable_weekends(instance, "P1", weekends(instance))

    assert (count(""), count("......E"), count("......E......E")) == (2, 1, 1)
    assert count("......E.......") == 2
