from scheduler.rules.duties_elsewhere import DutiesElsewhere
from tests.builders import elsewhere, leave, lines, make
from tests.rules.verdict import amounts, days, found


def test_overlap_to_the_minute():
    free = make(absences=(elsewhere("P1", 0, clock=("14:00", "16:00")),))
    assert found(DutiesElsewhere, free, lines(P1="E")) == []
    busy = make(absences=(elsewhere("P1", 0, clock=("13:59", "16:00")),))
    findings = found(DutiesElsewhere, busy, lines(P1="E"))
    assert (days(findings), amounts(findings)) == ([(0,)], [1])


def test_a_whole_day_elsewhere_excludes_the_night_before():
    instance = make(absences=(elsewhere("P1", 2),))
    assert days(found(DutiesElsewhere, instance, lines(P1=".NL"))) == [(1,), (2,)]
    assert found(DutiesElsewhere, instance, lines(P1=".L.E")) == []


def test_leave_is_another_rule():
    assert found(DutiesElsewhere, make(absences=(leave("P1", 0),)), lines(P1="E")) == []
