import pytest

from scheduler.rules.max_consecutive_nights import MaxConsecutiveNights
from tests.builders import SHIFTS, elsewhere, free_contract, lines, make, past, shift
from tests.rules.verdict import amounts, days, found


def world(most: int | None, **facts):
    changes = facts.pop("changes", {})
    return make(**{"contracts": (free_contract(max_consecutive_nights=most, **changes),), "days": 10, **facts})


def test_both_sides_of_the_limit():
    assert found(MaxConsecutiveNights, world(2), lines(P1="NN.NNENNLL")) == []
    findings = found(MaxConsecutiveNights, world(2), lines(P1="..NNN....."))
    assert days(findings) == [(4, 2, 3)]
    assert amounts(findings) == [1]
    assert found(MaxConsecutiveNights, world(None), lines(P1="NNNNNNNNNN")) == []


def test_the_history_is_the_beginning_of_the_run():
    assert found(MaxConsecutiveNights, world(2, history=past("P1", "NN")), lines(P1="ENN")) == []
    assert days(found(MaxConsecutiveNights, world(2, history=past("P1", "EN")), lines(P1="NN"))) == [(1, 0)]


@pytest.mark.parametrize(("night_from", "over"), [(20 * 60, [1]), (22 * 60, [])])
def test_the_window_of_the_contract_says_what_a_night_is(night_from: int, over: list[int]):
    # 16:00–00:00 lies half within a night that begins at 20:00, and a quarter within one from 22:00.
    instance = world(1, shifts=(shift("M", "16:00", "24:00"),), changes={"night_from": night_from})
    assert amounts(found(MaxConsecutiveNights, instance, lines(P1="MM"))) == over


def test_a_duty_elsewhere_at_night_counts():
    # A transfer late in the evening between two nights.
    transfer = elsewhere("P1", 1, 1, clock=("22:00", "24:00"))
    assert days(found(MaxConsecutiveNights, world(2, absences=(transfer,)), lines(P1="N.N"))) == [(2, 0)]
    assert found(MaxConsecutiveNights, world(2, absences=(elsewhere("P1", 1),)), lines(P1="N.N")) == []


def test_fixed_nights_alone_are_no_finding_but_may_not_be_lengthened():
    instance = world(2, history=past("P1", "NNN"), shifts=SHIFTS)
    assert found(MaxConsecutiveNights, instance, lines(P1="LNN")) == []
    assert days(found(MaxConsecutiveNights, instance, lines(P1="N"))) == [(0,)]
