"""What a change of a roster is: the one place that knows. Rosters are compared person by person and date by date, so that two of
different horizons can be compared over the dates that both have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from scheduler.problem.roster import Assignment, Roster
from scheduler.problem.timeline import Calendar


class PostedDuty(NamedTuple):
    """A shift at a hotspot, whoever works it and when: what stands in a cell of the Roster sheet."""

    shift: str
    hotspot: str

    def __str__(self) -> str:
        return f"{self.shift} {self.hotspot}"


DayDuties = tuple[PostedDuty, ...]
"""What one person does on one date, in order of shift: none is a free day, several are a broken roster."""
Cells = Mapping[tuple[str, dt.date], DayDuties]
"""A roster by person and date; free days are left out."""


class ChangeKind(StrEnum):
    ADDED = "added"
    """A duty on a day that was free."""
    REMOVED = "removed"
    """A free day where there was a duty."""
    MOVED = "moved"
    """The same shift at another hotspot."""
    CHANGED = "changed"
    """Another shift."""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A person's day that differs between two rosters. ``by_hand`` tells what a planner did to the solver's roster."""

    staff: str
    date: dt.date
    before: DayDuties
    after: DayDuties
    by_hand: bool = False

    @property
    def kind(self) -> ChangeKind:
        if not self.before:
            return ChangeKind.ADDED
        if not self.after:
            return ChangeKind.REMOVED
        same_shifts = [duty.shift for duty in self.before] == [duty.shift for duty in self.after]
        return ChangeKind.MOVED if same_shifts else ChangeKind.CHANGED


@dataclass(frozen=True, slots=True)
class Dates:
    """A span of dates, the last included."""

    first: dt.date
    last: dt.date

    def __contains__(self, on: dt.date) -> bool:
        return self.first <= on <= self.last

    def __iter__(self) -> Iterator[dt.date]:
        return (self.first + dt.timedelta(days=number) for number in range((self.last - self.first).days + 1))


def horizon(calendar: Calendar) -> Dates:
    """The dates of a roster."""
    return Dates(calendar.start, calendar.date(calendar.days - 1))


def shared_dates(one: Calendar, other: Calendar) -> Dates | None:
    """The dates that two horizons have in common; None where there are none."""
    first = max(one.start, other.start)
    last = min(horizon(one).last, horizon(other).last)
    return Dates(first, last) if first <= last else None


def posted(assignment: Assignment) -> PostedDuty:
    return PostedDuty(assignment.shift, assignment.hotspot)


def roster_cells(calendar: Calendar, roster: Roster) -> dict[tuple[str, dt.date], DayDuties]:
    """A roster by person and date."""
    cells: dict[tuple[str, dt.date], DayDuties] = {}
    for assignment in roster:
        key = (assignment.staff, calendar.date(assignment.day))
        cells[key] = (*cells.get(key, ()), posted(assignment))
    return cells


def differences(
    before: Cells, after: Cells, *, by_hand: bool = False, dates: Dates | None = None
) -> tuple[Change, ...]:
    """Every person's day on which two rosters differ, in order of person and date; only of these ``dates`` if given."""
    return tuple(
        Change(staff, on, before.get((staff, on), ()), after.get((staff, on), ()), by_hand)
        for staff, on in sorted(before.keys() | after.keys())
        if before.get((staff, on), ()) != after.get((staff, on), ()) and (dates is None or on in dates)
    )


def day_text(duties: DayDuties) -> str:
    """``N HAL``, as a cell of the Roster sheet has it; several are joined by `` + ``, and a free day is blank."""
    return " + ".join(map(str, duties))
