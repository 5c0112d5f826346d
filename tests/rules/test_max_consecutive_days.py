from scheduler.rules.max_consecutive_days import MaxConsecutiveDays
from tests.builders import elsewhere, free_contract, leave, lines, make, past
from tests.rules.verdict import amounts, days, found


def world(most: int | None, **facts):
    return make(**{"contracts": (free_contract(max_consecutive_days=most),), "days": 10, **facts})


def test_both_sides_of_the_limit():
    assert found(MaxConsecutiveDays, world(3), lines(P1="ELN.EEE...")) == []
    findings = found(MaxConsecutiveDays, world(3), lines(P1=".EEEEE...."))
    assert amounts(findings) == [2]
    # The first day over the limit is the one to change.
    assert days(findings) == [(4, 1, 2, 3, 5)]
    assert found(MaxConsecutiveDays, world(None), lines(P1="EEEEEEEEEE")) == []


def test_the_last_day_of_the_horizon_counts():
    assert found(MaxConsecutiveDays, world(3), lines(P1=".......EEE")) == []
    assert amounts(found(MaxConsecutiveDays, world(3), lines(P1="......EEEE"))) == [1]


def test_the_history_is_the_beginning_of_the_run():
    instance = world(3, history=past("P1", "E.EE"))
    assert found(MaxConsecutiveDays, instance, lines(P1="E.EEE")) == []
    assert days(found(MaxConsecutiveDays, instance, lines(P1="EE"))) == [(1, 0)]


def test_a_night_before_the_horizon_counts_for_its_date():
    assert found(MaxConsecutiveDays, world(1, history=past("P1", "N.")), lines(P1="E")) == []
    assert days(found(MaxConsecutiveDays, world(1, history=past("P1", "N")), lines(P1="E"))) == [(0,)]


def test_leave_breaks_a_run_and_a_duty_elsewhere_does_not():
    assert found(MaxConsecutiveDays, world(2, absences=(leave("P1", 2),)), lines(P1="EE.EE")) == []
    assert days(found(MaxConsecutiveDays, world(2, absences=(elsewhere("P1", 2),)), lines(P1="EE.EE"))) == [
        (3, 0, 1, 4)
    ]


def test_fixed_work_alone_is_no_finding_but_may_not_be_lengthened():
    instance = world(2, history=past("P1", "EEE"), absences=(elsewhere("P1", 5, 7),))
    assert found(MaxConsecutiveDays, instance, lines(P1=".EE......E")) == []
    for line, cell in (("E", 0), ("....E", 4), ("........E", 8)):
        assert days(found(MaxConsecutiveDays, instance, lines(P1=line))) == [(cell,)]
