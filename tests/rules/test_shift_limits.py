from scheduler.rules.shift_limits import ShiftLimits
from tests.builders import free_contract, lines, make, past, person
from tests.rules.verdict import amounts, days, found


def world(*limits: tuple[str, int], **facts):
    return make(**{"contracts": (free_contract(shift_limits=limits),), **facts})


def test_both_sides_of_the_limit():
    assert found(ShiftLimits, world(("N", 2)), lines(P1="N.N.EEE")) == []
    findings = found(ShiftLimits, world(("N", 2)), lines(P1="N.NNN"))
    assert amounts(findings) == [2]
    # The last one is the one to change.
    assert days(findings) == [(4, 3, 2, 0)]


def test_a_shift_that_is_not_named_has_no_limit():
    assert found(ShiftLimits, world(("N", 0)), lines(P1="EEEEEEL")) == []


def test_none_at_all_means_not_qualified():
    assert days(found(ShiftLimits, world(("N", 0)), lines(P1="E.N"))) == [(2,)]


def test_each_shift_and_each_person_is_counted_alone():
    instance = world(("N", 1), ("E", 1), people=[person("P1"), person("P2")])
    assert found(ShiftLimits, instance, lines(P1="EN", P2="NE")) == []
    assert len(found(ShiftLimits, instance, lines(P1="ENEN", P2="N"))) == 2


def test_the_history_does_not_count():
    assert found(ShiftLimits, world(("N", 1), history=past("P1", "NN")), lines(P1="N")) == []
