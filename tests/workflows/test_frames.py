"""A result as DataFrames: the same figures as everywhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import scheduler
from scheduler.analysis.coverage import coverage, shortages
from scheduler.errors import InputError
from scheduler.problem.roster import Assignment, Roster
from scheduler.result import Result
from tests.builders import demand, make

INSTANCE = make(3, people=2, demand=(demand(minimum=1, target=2), demand("non_police", minimum=1)))


def solved() -> Result:
    return scheduler.solve(INSTANCE, scheduler.SolveConfig(time_limit_s=2.0))


def test_the_figures_are_those_of_the_result() -> None:
    result = solved()
    found = scheduler.to_frames(INSTANCE, result)
    assert len(found["roster"]) == len(result.roster) > 0
    assert [tuple(row) for row in found["levels"][["name", "value", "bound"]].itertuples(index=False)] == [
        (level.name, level.value, level.bound) for level in result.record.levels
    ]
    assert int(found["shortages"]["person_minutes"].sum()) == sum(item.person_minutes for item in result.shortages) > 0
    whole = found["coverage"].sum(numeric_only=True)
    assert whole["target_minutes"] == result.record.coverage.required_minutes
    assert whole["target_short_minutes"] == result.record.coverage.short_minutes
    minimum = [item.person_minutes for item in result.shortages if item.level == "minimum"]
    assert whole["minimum_short_minutes"] == sum(minimum)


def test_moments_are_those_of_the_place() -> None:
    found = scheduler.to_frames(INSTANCE, solved())
    for name in ("roster", "timeline", "shortages"):
        assert str(found[name]["start"].dt.tz) == INSTANCE.calendar.timezone
        assert (found[name]["start"] < found[name]["end"]).all()
    assert found["timeline"]["start"].min() == pd.Timestamp("2026-03-02 00:00", tz="Europe/Brussels")


def test_the_time_line_has_no_holes() -> None:
    """Stretches of a place follow each other, and change something."""
    timeline = scheduler.to_frames(INSTANCE, solved())["timeline"]
    for _, place in timeline.groupby(["hotspot", "role"]):
        assert list(place["end"])[:-1] == list(place["start"])[1:]
        assert (place["end"].iloc[-1] - place["start"].iloc[0]) == pd.Timedelta(days=3)


def test_an_empty_roster_without_demand_has_empty_frames() -> None:
    bare = make(2, people=1, demand=())
    short = shortages(bare, Roster())
    record = solved().record.replace(levels=(), coverage=coverage(bare, short, 0), instance_sha256=bare.sha256)
    found = scheduler.to_frames(bare, Result(Roster(), record, (), short))
    for name in ("roster", "timeline", "coverage", "shortages", "levels"):
        assert found[name].empty
    assert scheduler.from_frames({name: found[name] for name in found if name[0].isupper()}) == bare


def test_a_result_of_other_facts_is_refused() -> None:
    with pytest.raises(InputError, match="of other facts"):
        scheduler.to_frames(INSTANCE.replace(demand=INSTANCE.demand[:1]), solved())


@pytest.mark.parametrize(
    "assignment",
    [
        Assignment("X", 0, "E", "HAL"),
        Assignment("P1", 9, "E", "HAL"),
        Assignment("P1", 0, "X", "HAL"),
        Assignment("P1", 0, "E", "X"),
    ],
)
def test_a_roster_of_other_facts_is_refused(assignment: Assignment, tmp_path: Path) -> None:
    edited = Roster.of([assignment])
    result = replace(solved(), roster=edited)
    for asked in (
        lambda: scheduler.to_frames(INSTANCE, result),
        lambda: scheduler.save(tmp_path / "a.xlsx", INSTANCE, result),
        lambda: scheduler.solve(INSTANCE, scheduler.SolveConfig(time_limit_s=2.0), start=edited),
    ):
        with pytest.raises(InputError, match=r"is no known|outside the horizon"):
            asked()
