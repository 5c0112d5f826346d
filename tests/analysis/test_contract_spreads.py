"""How work is spread, with nobody named."""

from __future__ import annotations

from scheduler.analysis.contract_spreads import FEWEST, Quarters, contract_spreads
from scheduler.analysis.staff_statistics import StaffStatistics
from scheduler.problem.roster import Assignment, Roster
from tests.builders import make, person


def test_quarters_are_figures_of_somebody() -> None:
    assert Quarters.of([8, 1, 2, 2, 3, 4, 5, 9]) == Quarters(1, 2, 4, 8, 9)
    assert Quarters.of([7]) == Quarters(7, 7, 7, 7, 7)


def test_of_too_few_people_nothing_is_told() -> None:
    for count in (FEWEST - 1, FEWEST):
        (found,) = contract_spreads(StaffStatistics(make(7, people=count), Roster.of([])))
        assert found.people == count
        assert (found.told is None) == (count < FEWEST)


def test_people_without_hours_count_for_nothing() -> None:
    people = (*(person(f"P{number}") for number in range(FEWEST)), person("Z", fte=0.0))
    days = [("P0", 0), ("P0", 5), ("P1", 0)]
    roster = Roster.of([Assignment(staff, day, "N", "HAL") for staff, day in days])
    (found,) = contract_spreads(StaffStatistics(make(7, people=people), roster))
    told = found.told
    assert told is not None
    assert found.people == told.counts.people == FEWEST
    assert told.counts.nights == {0: 3, 1: 1, 2: 1}
    assert told.counts.weekends == {0: 4, 1: 1}
    assert (told.nights.most, told.weekends.most, told.nights.middle) == (2, 1, 0)
    assert (told.hours.least, told.hours.most) == (-38, 16 - 38)
