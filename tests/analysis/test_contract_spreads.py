"""How work is spread, with nobody named."""

from __future__ import annotations

from scheduler.analysis.contract_spreads import FEWEST, Distribution, contract_spreads
from scheduler.analysis.staff_statistics import StaffStatistics
from scheduler.problem.roster import Assignment, Roster
from tests.builders import make, person


def test_quarters_are_figures_of_somebody() -> None:
    found = Distribution.of([8, 1, 2, 2, 3, 4, 5, 9])
    assert (found.least, found.quarter, found.middle, found.three_quarters, found.most) == (1, 2, 4, 8, 9)
    assert found.counts == {1: 1, 2: 2, 3: 1, 4: 1, 5: 1, 8: 1, 9: 1}
    assert Distribution.of([7]).middle == 7


def test_of_too_few_people_nothing_is_told() -> None:
    for count in (FEWEST - 1, FEWEST):
        instance = make(7, people=count)
        (found,) = contract_spreads(StaffStatistics(instance, Roster.of([])))
        assert found.people == count
        assert (found.nights is None) == (found.weekends is None) == (found.hours_off is None) == (count < FEWEST)


def test_people_without_hours_count_for_nothing() -> None:
    people = (*(person(f"P{number}") for number in range(FEWEST)), person("Z", fte=0.0))
    instance = make(7, people=people)
    roster = Roster.of(
        [Assignment("P0", 0, "N", "HAL"), Assignment("P0", 5, "N", "HAL"), Assignment("P1", 0, "N", "HAL")]
    )
    (found,) = contract_spreads(StaffStatistics(instance, roster))
    assert found.people == FEWEST
    assert found.nights is not None
    assert found.nights.counts == {0: 3, 1: 1, 2: 1}
    assert found.weekends is not None
    assert found.weekends.counts == {0: 4, 1: 1}
    assert found.hours_off is not None
    assert found.hours_off.most < 0
