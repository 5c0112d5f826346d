from scheduler.rules.shift_sequence import ShiftSequence
from tests.builders import elsewhere, free_contract, lines, make, past, shift
from tests.rules.verdict import days, found

FORWARD = (
    shift("E", "06:00", "14:00"),
    shift("L", "14:00", "22:00", not_followed_by=("E",)),
    shift("N", "22:00", "06:00", not_followed_by=("E", "L")),
)


def world(**facts):
    return make(**{"contracts": (free_contract(),), "shifts": FORWARD, **facts})


def test_what_may_follow_and_what_may_not():
    assert found(ShiftSequence, world(), lines(P1="EELLNN")) == []
    assert days(found(ShiftSequence, world(), lines(P1="LE"))) == [(1, 0)]
    assert days(found(ShiftSequence, world(), lines(P1="ENLE"))) == [(2, 1), (3, 2)]


def test_a_free_day_between_is_enough():
    assert found(ShiftSequence, world(), lines(P1="N.E")) == []


def test_everybody_has_an_order_of_their_own():
    assert found(ShiftSequence, world(people=2), lines(P1="N.", P2=".E")) == []
    assert len(found(ShiftSequence, world(people=2), lines(P1="NE", P2="NE"))) == 2


def test_the_last_shift_of_the_history_counts():
    instance = world(history=past("P1", "N"))
    assert days(found(ShiftSequence, instance, lines(P1="E"))) == [(0,)]
    assert found(ShiftSequence, instance, lines(P1="N")) == []
    assert found(ShiftSequence, world(history=past("P1", "N.")), lines(P1="E")) == []


def test_a_duty_elsewhere_is_no_shift():
    assert found(ShiftSequence, world(absences=(elsewhere("P1", 0),)), lines(P1=".E")) == []


def test_without_any_order_everything_may_follow():
    assert found(ShiftSequence, make(contracts=(free_contract(),)), lines(P1="NLEN")) == []
