"""A result as DataFrames: the same figures as everywhere else."""

from __future__ import annotations

import pandas as pd

import scheduler
from scheduler.analysis.coverage import coverage, shortages
from scheduler.problem.roster import Roster
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
    record = solved().record.replace(levels=(), coverage=coverage(bare, short, 0))
    found = scheduler.to_frames(bare, Result(Roster(), record, (), short))
    for name in ("roster", "timeline", "coverage", "shortages", "levels"):
        assert found[name].empty
    assert scheduler.from_frames({name: found[name] for name in found if name[0].isupper()}) == bare
