"""A workbook's roster looked at again: hand edits and changed facts are told."""

from __future__ import annotations

from pathlib import Path

import pytest

import scheduler
from scheduler.config import SolveConfig
from scheduler.errors import InputError
from scheduler.review import review


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    scheduler.new(folder / "tiny.xlsx", "tiny")
    reading = scheduler.load(folder / "tiny.xlsx")
    result = scheduler.solve(reading.instance, SolveConfig(time_limit_s=1.5))
    scheduler.save(folder / "roster.xlsx", reading.instance, result, reading)
    return folder / "roster.xlsx"


def test_our_own_roster_is_as_it_was_written(solved: Path) -> None:
    found = review(scheduler.load(solved))
    assert found.violations == 0
    assert found.edits == ()
    assert found.facts_changed is False
    assert found.record is not None
    first = found.roster.assignments[0]
    assert str(found.cell_of(first.staff, first.day)).startswith("Roster!")
    assert found.cell_of(first.staff, 99) is None


def test_a_workbook_without_a_roster_is_refused(solved: Path) -> None:
    with pytest.raises(InputError, match="no sheet Roster"):
        review(scheduler.load(solved.with_name("tiny.xlsx")))


def test_a_solved_workbook_may_be_solved_again(solved: Path, tmp_path: Path) -> None:
    reading = scheduler.load(solved)
    result = scheduler.solve(reading.instance, SolveConfig(time_limit_s=1.5, seed=2))
    scheduler.save(tmp_path / "again.xlsx", reading.instance, result, reading)
    assert review(scheduler.load(tmp_path / "again.xlsx")).violations == 0
