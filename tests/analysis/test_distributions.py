"""How nights, weekends and hours are spread: everybody is counted once, and nobody is named."""

from __future__ import annotations

import pytest

from scheduler.analysis.distributions import HOURS_STEP, distributions
from scheduler.problem.facts import Counter
from scheduler.problem.roster import Roster
from tests.builders import ZONE, free_contract, lines, make, person


def test_everybody_is_counted_once_in_each() -> None:
    instance = make(14, people=3, contracts=(free_contract(),))
    found = distributions(instance, lines(P1="NN...EE", P2=".....EE.....EE"))
    assert found.people == 3
    assert found.nights == {0: 2, 2: 1}
    assert found.weekends == {0: 1, 1: 1, 2: 1}
    assert [sum(each.values()) for each in (found.nights, found.weekends, found.hours)] == [3, 3, 3]


@pytest.mark.parametrize(
    ("balance", "step"),
    [(0.0, -8), (-0.1, -16), (-8.0, -16), (0.1, -8), (7.9, -8), (8.0, 0), (8.1, 0), (15.9, 0), (16.0, 8)],
)
def test_hours_are_counted_from_the_step_below(balance: float, step: int) -> None:
    """Of 40 h owed 32 h are worked; 8 h are owed still, less the balance that is carried in."""
    instance = make(
        7, people=[person(fte=1.0)], contracts=(free_contract(weekly_hours=40.0),),
        counters=(Counter(staff="P1", hours_balance=balance),),
    )  # fmt: skip
    found = distributions(instance, lines(P1="EEEE"))
    assert HOURS_STEP == 8
    assert found.hours == {step: 1}


def test_who_may_stand_nowhere_and_works_nothing_is_not_counted() -> None:
    other = ZONE.replace(code="5342")
    people = [person("P1"), person("P2", organisation="5342"), person("P3", fte=0.0)]
    instance = make(7, organisations=(ZONE, other), people=people)
    assert distributions(instance, Roster.of([])).people == 1
