from scheduler.problem.roster import Assignment, Roster
from scheduler.rules.single_assignment_per_day import SingleAssignmentPerDay
from tests.builders import SHIFTS, elsewhere, lines, make, past, shift
from tests.rules.verdict import amounts, days, found

LONG = shift("D", "20:00", "08:00")


def test_two_duties_on_a_date():
    both = Roster.of([Assignment("P1", 1, "E", "HAL"), Assignment("P1", 1, "N", "HAL")])
    assert days(found(SingleAssignmentPerDay, make(), both)) == [(1,)]
    assert found(SingleAssignmentPerDay, make(), lines(P1="ENE")) == []


def test_two_people_may_share_a_duty():
    assert found(SingleAssignmentPerDay, make(people=2), lines(P1="E", P2="E")) == []


def test_duties_of_neighbouring_dates_overlap():
    instance = make(shifts=(*SHIFTS, LONG))
    findings = found(SingleAssignmentPerDay, instance, lines(P1="DE"))
    assert days(findings) == [(1, 0)]
    assert amounts(findings) == [2 * 60]
    assert found(SingleAssignmentPerDay, instance, lines(P1="NE")) == []


def test_the_history_reaches_into_the_first_day():
    instance = make(shifts=(*SHIFTS, LONG), history=past("P1", "D"))
    assert days(found(SingleAssignmentPerDay, instance, lines(P1="E"))) == [(0,)]
    assert found(SingleAssignmentPerDay, instance, lines(P1="L")) == []


def test_duties_elsewhere_are_another_rule():
    assert (
        found(SingleAssignmentPerDay, make(absences=(elsewhere("P1", 0, clock=("08:00", "12:00")),)), lines(P1="E"))
        == []
    )
