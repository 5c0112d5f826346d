from __future__ import annotations

from scheduler.problem.facts import Category
from scheduler.rules.stable_starts import StableStarts
from tests.builders import SHIFTS, lines, make, past, shift


def costs(line: str, **facts: object) -> list[tuple[tuple[int, ...], int | None]]:
    instance = make(len(line), **facts)
    return [(f.days, f.cost) for f in StableStarts().audit(instance, lines(P1=line))]


def test_the_same_start_or_a_later_one_is_free() -> None:
    assert costs("EELLN") == []


def test_each_start_time_gone_back_over_costs_one_step() -> None:
    assert costs("LE") == [((1, 0), 30)]
    assert costs("NE") == [((1, 0), 60)]


def test_a_free_day_between_starts_a_new_run() -> None:
    assert costs("N.E") == []


def test_history_is_the_day_before_the_first() -> None:
    assert costs("EE", history=past("P1", "N")) == [((0, -1), 60)]
    assert costs("EE", history=past("P1", "N.")) == []


def test_only_start_times_of_the_own_category_are_steps() -> None:
    other = shift("X", "10:00", "18:00", categories=frozenset({Category.NON_POLICE}))
    both = shift("Y", "10:00", "18:00")
    assert costs("LE", shifts=(*SHIFTS, other)) == [((1, 0), 30)]
    assert costs("LE", shifts=(*SHIFTS, both)) == [((1, 0), 60)]
