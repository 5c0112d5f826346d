"""What the commands say in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.checking import check_instance
from scheduler.report.terminal import check_lines, solve_lines, table
from scheduler.result import Coverage, LevelResult, Result, RunRecord, Shortage, Status
from scheduler.roster import Roster
from tests import builders as b


def record(status: Status, *levels: LevelResult) -> RunRecord:
    return RunRecord(
        status=status,
        levels=levels,
        coverage=Coverage(required_minutes=600, short_minutes=120, short_bound=60),
        wall_s=1.0,
        seed=1,
        workers=8,
        reproducible=False,
        versions={},
        instance_sha256="0" * 64,
    )


def test_a_table_has_its_first_column_to_the_left_and_figures_to_the_right() -> None:
    assert list(table(["a", "figure"], [["long", "1"], ["b", "22"]])) == [
        "  a     figure",
        "  long       1",
        "  b         22",
    ]


@pytest.mark.parametrize(("bound", "words"), [(120, "proven"), (60, "10.00 %")])
def test_a_level_is_proven_or_has_a_gap(bound: int, words: str) -> None:
    level = LevelResult(name="targets", value=120, bound=bound, required=600)
    lines = list(solve_lines(Result(Roster(), record(Status.FEASIBLE, level)), "en"))
    assert words in next(line for line in lines if line.strip().startswith("Targets"))
    assert "2.0 h" in "\n".join(lines)
    assert lines[-1] == "No shortage."


def test_shortages_are_summed_in_person_hours() -> None:
    short = Shortage(hotspot="HAL", role="police", level="minimum", start=0, end=90, heads_missing=2, heads_wanted=2)
    lines = list(solve_lines(Result(Roster(), record(Status.OPTIMAL), shortages=(short,)), "en"))
    assert "3.0 person-hours" in lines[-1]


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_verdict(status: Status) -> None:
    assert next(solve_lines(Result(Roster(), record(status)), "nl"))


def test_capacity_is_shown_where_something_is_demanded() -> None:
    asked = check_instance(b.make(demand=(b.demand(minimum=2),)))
    idle = check_instance(b.make())
    assert any("HAL" in line for line in check_lines(Path("x.xlsx"), asked, "en"))
    assert len(list(check_lines(Path("x.xlsx"), idle, "en"))) == 1
