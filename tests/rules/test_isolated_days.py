from __future__ import annotations

from scheduler.rules.isolated_days import IsolatedDays
from tests.builders import elsewhere, free_contract, leave, lines, make, past


def found(line: str, **facts: object) -> list[tuple[int, ...]]:
    instance = make(len(line), contracts=(free_contract(),), **facts)
    return [f.days for f in IsolatedDays().audit(instance, lines(P1=line))]


def test_one_work_day_between_free_days_and_one_free_day_between_work_days() -> None:
    assert found("..E..") == [(2,)]
    assert found("EE.EE") == [(3,)]
    assert found("EE..EE") == []


def test_the_last_day_is_not_judged_and_the_first_is() -> None:
    assert found("....E") == []
    assert found("E....") == [(0,)]
    assert found("EE...") == []


def test_history_lengthens_the_run_or_leaves_it_alone() -> None:
    assert found("E...", history=past("P1", "E")) == []
    assert found("....", history=past("P1", ".E")) == [(0,)]
    assert found("....", history=past("P1", "EE")) == []
    assert found("EE..", history=past("P1", "EE.")) == [(0,)]


def test_a_duty_elsewhere_is_work_and_leave_excuses_a_free_day() -> None:
    assert found("..E...", absences=(elsewhere("P1", 3),)) == []
    assert found("EE.EE.", absences=(leave("P1", 2),)) == []


def test_single_free_days_are_left_to_the_hard_rule_where_two_are_due() -> None:
    instance = make(5, contracts=(free_contract(min_days_off=2),))
    assert list(IsolatedDays().audit(instance, lines(P1="EE.EE"))) == []
    assert len(list(IsolatedDays().declare(instance))) == 1
    assert len(list(IsolatedDays().declare(make(5, contracts=(free_contract(),))))) == 2
