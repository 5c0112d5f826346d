"""An instance and its result as DataFrames."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from scheduler.problem.heads import Heads
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.result import Result
from scheduler.workbook.frames import facts_of
from scheduler.workbook.save import refuse_result_of_others
from scheduler.workflows.export import duties, shortage_object

if TYPE_CHECKING:
    import pandas as pd

PLACE = ["hotspot", "role"]
MINUTES = ["minimum_minutes", "minimum_short_minutes", "target_minutes", "target_short_minutes"]


def to_frames(instance: Instance, result: Result | None = None) -> dict[str, pd.DataFrame]:
    """The facts, and what a solve made of them, as DataFrames.

    Parameters
    ----------
    instance
        The facts.
    result
        What :func:`scheduler.solve` gave back for them; left out, the facts alone are told.

    Returns
    -------
    dict
        One frame for each sheet with rows, by the sheet's English name (``Staff``, ``Demand`` …): :func:`scheduler.from_frames`
        makes the same instance of these. With a result also, in lower case:

        - ``roster``: a row for each duty, as ``vigie export --csv`` writes them;
        - ``timeline``: for each hotspot and role, stretches in which the same heads stand there and are wanted;
        - ``coverage``: of each hotspot and role the person-minutes wanted and missing, of the minimum and of the target (those
          of the minimum included);
        - ``shortages``: the stretches in which heads are missing, with the cause where nobody could stand there;
        - ``levels``: value, bound, required and gap of each level, in the unit of the level.

        Moments are timestamps in the time zone of the instance.

    Raises
    ------
    InputError
        When the result is of another instance.

    Examples
    --------
    >>> new("zone.xlsx", example="tiny")
    >>> instance = load("zone.xlsx").instance
    >>> to_frames(instance, solve(instance))["coverage"]["target_short_minutes"].tolist()
    [960, 2880]
    """
    found = facts_of(instance)
    if result is not None:
        refuse_result_of_others(instance, result)
        found |= _result_frames(instance, result)
    return found


def _result_frames(instance: Instance, result: Result) -> dict[str, pd.DataFrame]:
    import pandas as pd

    timeline = pd.DataFrame(_stretches(instance, result.roster), columns=_STRETCH)
    roster = duties(instance, result.roster)
    short = pd.DataFrame([shortage_object(instance, item) for item in result.shortages], columns=_SHORTAGE)
    for frame in (timeline, roster, short):
        for name in ("start", "end"):
            frame[name] = pd.to_datetime(frame[name], utc=True).dt.tz_convert(instance.calendar.timezone)
    levels = [{**level.model_dump(exclude={"trades"}), "gap": level.gap} for level in result.record.levels]
    return {
        "roster": roster, "timeline": timeline, "coverage": _coverage(timeline), "shortages": short,
        "levels": pd.DataFrame(levels, columns=["name", "value", "bound", "required", "gap"]),
    }  # fmt: skip


_STRETCH = [*PLACE, "start", "end", "heads", "minimum", "target"]
_SHORTAGE = [
    *PLACE, "level", "start", "end", "heads_missing", "heads_wanted", "person_minutes", "cause",
]  # fmt: skip


def _stretches(instance: Instance, roster: Roster) -> Iterator[tuple[Any, ...]]:
    """Rows of :data:`_STRETCH`, in order of hotspot and role as they are asked for, and of time."""
    present = roster.presence(instance)
    for need in instance.needs:
        people = instance.people(need.role)
        heads = Heads(item for item in present[need.hotspot] if item.staff in people)
        for start, end, number in heads.over(need.start, need.end):
            moments = instance.calendar.iso(start), instance.calendar.iso(end)
            yield (need.hotspot, need.role, *moments, number, need.minimum, need.target)


def _coverage(timeline: pd.DataFrame) -> pd.DataFrame:
    """Person-minutes by hotspot and role."""
    minutes = (timeline["end"] - timeline["start"]).dt.total_seconds().div(60).astype("int64")
    counted = timeline[PLACE].assign(
        **{
            f"{wanted}_{what}": heads.clip(lower=0) * minutes
            for wanted in ("minimum", "target")
            for what, heads in (
                ("minutes", timeline[wanted]),
                ("short_minutes", timeline[wanted] - timeline["heads"]),
            )
        }
    )
    return counted.groupby(PLACE, sort=False, as_index=False)[MINUTES].sum()
