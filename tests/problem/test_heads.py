from __future__ import annotations

from scheduler.problem.heads import Heads
from scheduler.problem.roster import Presence


def stand(start: int, end: int) -> Presence:
    return Presence("P1", start, end, 0, "E")


def test_counts_change_where_somebody_comes_or_goes() -> None:
    heads = Heads([stand(0, 10), stand(5, 15)])
    assert list(heads.over(-5, 20)) == [(-5, 0, 0), (0, 5, 1), (5, 10, 2), (10, 15, 1), (15, 20, 0)]


def test_a_question_inside_one_stretch_gets_one_answer() -> None:
    assert list(Heads([stand(0, 10)]).over(3, 7)) == [(3, 7, 1)]
    assert list(Heads([stand(0, 10)]).over(0, 10)) == [(0, 10, 1)]
    assert list(Heads([stand(0, 10)]).over(10, 12)) == [(10, 12, 0)]


def test_nobody_is_zero_and_an_empty_question_has_no_answer() -> None:
    assert list(Heads([]).over(0, 5)) == [(0, 5, 0)]
    assert list(Heads([stand(0, 10)]).over(5, 5)) == []
