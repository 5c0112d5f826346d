import pytest

from scheduler.problem.roster import Assignment, Roster
from scheduler.rules.hours_24h import Hours24h
from tests.builders import AUTUMN, SHIFTS, SPRING, elsewhere, free_contract, lines, make, past, shift
from tests.rules.verdict import amounts, days, found


def world(limit: float | None, **facts):
    return make(**{"contracts": (free_contract(max_hours_24h=limit),), **facts})


def test_two_duties_in_a_sliding_window():
    # From Monday 14:00 to Tuesday 14:00 lie a late and an early duty.
    findings = found(Hours24h, world(12.0), lines(P1="LE"))
    assert days(findings) == [(1, 0)]
    assert amounts(findings) == [4 * 60]
    assert found(Hours24h, world(16.0), lines(P1="LE")) == []
    assert found(Hours24h, world(None), lines(P1="LE")) == []


@pytest.mark.parametrize(("limit", "over"), [(10.0, []), (9.75, [15])])
def test_a_window_holds_parts_of_duties(limit: float, over: list[int]):
    # L 14:00–22:00, then S 12:00–20:00: any 24 hours hold at most 10 of the 16.
    shifts = (*SHIFTS, shift("S", "12:00", "20:00"))
    assert amounts(found(Hours24h, world(limit, shifts=shifts), lines(P1="LS"))) == over


@pytest.mark.parametrize(("start", "length"), [(SPRING, 11), (AUTUMN, 13)])
def test_a_single_duty_is_as_long_as_the_night_is(start, length: int):
    shifts = (shift("N", "19:00", "07:00", unpaid_break_min=60),)
    for limit, over in ((float(length), []), (length - 0.5, [30])):
        instance = world(limit, days=2, start=start, shifts=shifts)
        assert amounts(found(Hours24h, instance, lines(P1="N"))) == over


def test_the_history_counts_and_alone_is_no_finding():
    instance = world(12.0, history=past("P1", "LE"))
    assert days(found(Hours24h, instance, lines(P1="E"))) == []
    instance = world(12.0, history=past("P1", "EN"))
    assert found(Hours24h, instance, lines(P1="....E")) == []
    assert days(found(Hours24h, instance, lines(P1="L"))) == [(0,)]


def test_a_duty_elsewhere_between_two_duties():
    # Neither pair is too much, all three are: 8 h, 1 h and 5 h of the next within 24 hours.
    court = elsewhere("P1", 0, clock=("18:00", "19:00"))
    shifts = (shift("E", "06:00", "14:00"), shift("M", "01:00", "09:00"))
    instance = world(14.0, absences=(court,), shifts=shifts)
    assert found(Hours24h, instance, lines(P1="EM")) == []
    assert found(Hours24h, world(13.0, shifts=shifts), lines(P1="EM")) == []
    instance = world(13.0, absences=(court,), shifts=shifts)
    assert days(found(Hours24h, instance, lines(P1="EM"))) == [(1, 0)]
    assert found(Hours24h, instance, lines(P1="E")) == []
    assert found(Hours24h, instance, lines(P1=".M")) == []


def test_three_duties_in_the_short_spring_night():
    # 23:30 on Saturday to 00:00 on Monday are 23.5 hours: a window of 24 can hold 15 minutes of a third duty.
    shifts = (shift("A", "23:30", "01:30"), shift("B", "12:00", "14:00"), shift("C", "00:00", "02:00"))
    assert found(Hours24h, world(4.5, days=3, start=SPRING, shifts=shifts), lines(P1="ABC")) == []
    instance = world(4.25, days=3, start=SPRING, shifts=shifts)
    assert amounts(found(Hours24h, instance, lines(P1="ABC"))) == [15]
    for two in ("AB.", ".BC", "A.C"):
        assert found(Hours24h, instance, lines(P1=two)) == []


def test_minutes_are_counted_once_where_duties_overlap():
    shifts = (shift("A", "08:00", "14:00"), shift("B", "10:00", "18:00"))
    both = Roster.of([Assignment("P1", 0, "A", "HAL"), Assignment("P1", 0, "B", "HAL")])
    rule = Hours24h()
    assert list(rule.audit(world(10.0, shifts=shifts), both)) == []
    assert [finding.amount for finding in rule.audit(world(9.5, shifts=shifts), both)] == [30]
