"""Two rosters held against each other, over the dates that both have: what changed for each person and at each hotspot, and what
coverage was gained or lost."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.analysis.coverage import level_of, shortages
from scheduler.analysis.difference import (
    Change,
    ChangeKind,
    Dates,
    differences,
    horizon,
    roster_cells,
    shared_dates,
)
from scheduler.analysis.notice import Notice, notices
from scheduler.problem.facts import Category
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Level


@dataclass(frozen=True, slots=True)
class Dated:
    """A roster with the facts that it is of."""

    instance: Instance
    roster: Roster

    @property
    def dates(self) -> Dates:
        return horizon(self.instance.calendar)

    def duties_outside(self, shared: Dates | None) -> int:
        """How many duties lie on none of the shared dates."""
        date = self.instance.calendar.date
        return sum(shared is None or date(a.day) not in shared for a in self.roster)


@dataclass(frozen=True, slots=True)
class PersonDifference:
    """How often each kind of change touches a person, and the paid minutes of the shared dates before and after. Where one of the
    two rosters does not know the person, they work nothing there."""

    staff: str
    kinds: Mapping[ChangeKind, int]
    minutes_before: int
    minutes_after: int


@dataclass(frozen=True, slots=True)
class HotspotDifference:
    """Duties at a hotspot on the shared dates before and after: ``lost`` are those that somebody no longer does there, ``gained``
    those that somebody does there now."""

    hotspot: str
    before: int
    after: int
    lost: int
    gained: int


@dataclass(frozen=True, slots=True)
class CoverageDifference:
    """Person-minutes asked and missing at a hotspot and a level on the shared dates, each under the facts of its own workbook.
    Targets include the minimums."""

    hotspot: str
    level: Level
    asked_before: int
    asked_after: int
    short_before: int
    short_after: int

    @property
    def changed(self) -> bool:
        return (self.asked_before, self.short_before) != (self.asked_after, self.short_after)


@dataclass(frozen=True, slots=True)
class Comparison:
    """``shared`` is None, and nothing compared, where the two have no date in common. ``notices`` are those of the changes,
    ``announced`` is the local time of which they speak. People and hotspots are those that a change touches, coverage is
    every hotspot and level that either asks for."""

    old: Dated
    new: Dated
    shared: Dates | None
    announced: dt.datetime
    changes: tuple[Change, ...] = ()
    notices: tuple[Notice, ...] = ()
    people: tuple[PersonDifference, ...] = ()
    hotspots: tuple[HotspotDifference, ...] = ()
    coverage: tuple[CoverageDifference, ...] = ()

    @property
    def published(self) -> bool:
        """Whether notice is due for any of the changes."""
        return any(notice is not Notice.NOT_DUE for notice in self.notices)

    @property
    def kinds(self) -> Mapping[ChangeKind, int]:
        return _counted(self.changes)

    def coverage_of(self, level: Level) -> CoverageDifference:
        """The coverage of all hotspots together at a level."""
        rows = [row for row in self.coverage if row.level is level]
        return CoverageDifference(
            "", level,
            sum(row.asked_before for row in rows), sum(row.asked_after for row in rows),
            sum(row.short_before for row in rows), sum(row.short_after for row in rows),
        )  # fmt: skip


def compare(old: Dated, new: Dated, announced: dt.datetime) -> Comparison:
    """Hold two rosters against each other; ``announced`` is the local time at which people hear of the changes."""
    shared = shared_dates(old.instance.calendar, new.instance.calendar)
    if shared is None:
        return Comparison(old, new, None, announced)
    before, after = (roster_cells(side.instance.calendar, side.roster) for side in (old, new))
    changes = differences(before, after, dates=shared)
    return Comparison(
        old, new, shared, announced, changes, notices(old.instance, new.instance, changes, announced),
        _people(old, new, shared, changes), _hotspots(old, new, shared, changes), _coverage(old, new, shared),
    )  # fmt: skip


def _counted(changes: Iterable[Change]) -> Mapping[ChangeKind, int]:
    found = Counter(change.kind for change in changes)
    return {kind: found[kind] for kind in ChangeKind}


def _people(old: Dated, new: Dated, shared: Dates, changes: Iterable[Change]) -> tuple[PersonDifference, ...]:
    touched: dict[str, list[Change]] = {}
    for change in changes:
        touched.setdefault(change.staff, []).append(change)
    return tuple(
        PersonDifference(staff, _counted(theirs), _minutes(old, staff, shared), _minutes(new, staff, shared))
        for staff, theirs in touched.items()
    )


def _minutes(side: Dated, staff: str, shared: Dates) -> int:
    instance = side.instance
    line = (a for a in side.roster.line(staff) if instance.calendar.date(a.day) in shared)
    return sum(instance.duty(a.day, a.shift).paid_min for a in line)


def _hotspots(old: Dated, new: Dated, shared: Dates, changes: Iterable[Change]) -> tuple[HotspotDifference, ...]:
    lost: Counter[str] = Counter()
    gained: Counter[str] = Counter()
    for change in changes:
        lost.update(duty.hotspot for duty in change.before if duty not in change.after)
        gained.update(duty.hotspot for duty in change.after if duty not in change.before)
    before, after = (
        Counter(a.hotspot for a in side.roster if side.instance.calendar.date(a.day) in shared) for side in (old, new)
    )
    return tuple(
        HotspotDifference(code, before[code], after[code], lost[code], gained[code])
        for code in _codes(old, new)
        if lost[code] or gained[code]
    )


def _codes(old: Dated, new: Dated) -> tuple[str, ...]:
    """Hotspots in the order of the new workbook, then those that only the old one has."""
    return tuple(dict.fromkeys([*new.instance.hotspot, *old.instance.hotspot]))


def _coverage(old: Dated, new: Dated, shared: Dates) -> tuple[CoverageDifference, ...]:
    (asked_before, short_before), (asked_after, short_after) = _minutes_of(old, shared), _minutes_of(new, shared)
    return tuple(
        CoverageDifference(code, level, asked_before[key], asked_after[key], short_before[key], short_after[key])
        for code in _codes(old, new)
        for level in COVERAGE_LEVELS
        if asked_before[key := (code, level)] or asked_after[key]
    )


Minutes = Counter[tuple[str, Level]]
"""Person-minutes by hotspot and level."""


def _minutes_of(side: Dated, shared: Dates) -> tuple[Minutes, Minutes]:
    """What is asked, and what is missing, while the shared dates last."""
    instance, calendar = side.instance, side.instance.calendar
    low, high = calendar.minute(calendar.day(shared.first)), calendar.minute(calendar.day(shared.last) + 1)
    categories = instance.role_category
    asked, short = Minutes(), Minutes()
    for need in instance.needs:
        minutes = max(0, min(need.end, high) - max(need.start, low))
        police = categories[need.role] is Category.POLICE
        asked[need.hotspot, Level.POLICE_MINIMUM if police else Level.NON_POLICE_MINIMUM] += need.minimum * minutes
        asked[need.hotspot, Level.TARGETS] += need.target * minutes
    for item in shortages(instance, side.roster):
        minutes = item.heads_missing * max(0, min(item.end, high) - max(item.start, low))
        # Heads below the minimum are below the target too.
        for level in {level_of(instance, item), Level.TARGETS}:
            short[item.hotspot, level] += minutes
    return asked, short
