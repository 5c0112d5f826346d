"""A line now and then, ever more seldom."""

from __future__ import annotations

from itertools import pairwise

from scheduler.report.count_progress import CountPrinter


def test_lines_come_ever_more_seldom_and_none_at_the_end() -> None:
    told: list[str] = []
    clock = [0.0]
    printer = CountPrinter(100, lambda done: f"{done} of 100", told.append, lambda: clock[0])
    for done in range(1, 101):
        clock[0] = float(done)
        printer(done)
    assert told[0] == "3 of 100"
    marks = [int(line.split()[0]) for line in told]
    assert all(later >= 1.5 * earlier for earlier, later in pairwise(marks))
    assert 100 not in marks


def test_what_is_over_at_once_is_told_nothing() -> None:
    told: list[str] = []
    CountPrinter(5, str, told.append)(5)
    CountPrinter(5, str, told.append)(3)
    assert told == []
