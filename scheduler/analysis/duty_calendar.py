"""A person's duties as events of a calendar, and what of them has changed against what was published.

An event keeps its identity for ever: it is that of a person and a date, not of a shift. Its sequence number rises with each
version that changes it, so that an older file never undoes a newer one.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from scheduler.problem.codes import fold
from scheduler.problem.facts import OFF
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.problem.timeline import clock_text

_NAMESPACE = uuid.UUID("2f4dd2a5-6f0c-5a3e-9a53-8d6c6a4a5c11")
"""Never to be changed: every event that was ever handed out is known by it."""


class PublishedRow(Protocol):
    """A duty as it was published in a version, or ``OFF`` where a version took it back. Versions count from 1; a date of a person
    that a version does not change has no row of that version."""

    @property
    def staff(self) -> str: ...
    @property
    def date(self) -> dt.date: ...
    @property
    def shift(self) -> str: ...
    @property
    def hotspot(self) -> str | None: ...
    @property
    def version(self) -> int: ...


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One duty. ``start`` and ``end`` are instants in UTC; ``draft`` says that it is not published although others are."""

    uid: str
    sequence: int
    start: dt.datetime
    end: dt.datetime
    summary: str
    location: str
    draft: bool = False


@dataclass(frozen=True, slots=True)
class DutyCalendar:
    """The events of a person: all duties of the roster; of these the ``changed`` ones, moved or new within the period that was
    published before; and the ``cancelled`` ones, as they last stood."""

    staff: str
    duties: tuple[CalendarEvent, ...]
    changed: tuple[CalendarEvent, ...]
    cancelled: tuple[CalendarEvent, ...]


def duty_calendars(
    instance: Instance, roster: Roster, published: Iterable[PublishedRow], staff: Sequence[str]
) -> tuple[DutyCalendar, ...]:
    """The calendars of these people, in this order.

    What is told as changed: where the roster differs from what is published, and what the newest version changed in the period
    that the versions before it had published.
    """
    log = _Log(instance, tuple(published))
    return tuple(_calendar(log, roster, person) for person in staff)


def event_uid(staff: str, on: dt.date, nth: int = 0) -> str:
    """The identity of a person's duty on a date, the same in every file; ``nth`` counts the further duties of a date. It does
    not tell who it is, as calendars are shared."""
    return str(uuid.uuid5(_NAMESPACE, f"{fold(staff)}/{on.isoformat()}" + (f"/{nth}" if nth else "")))


@dataclass(frozen=True)
class _Log:
    """The versions, as they are asked here."""

    instance: Instance
    rows: tuple[PublishedRow, ...]

    @cached_property
    def newest(self) -> int:
        """The newest version; 0 when nothing is published."""
        return max((row.version for row in self.rows), default=0)

    @cached_property
    def by_day(self) -> Mapping[str, Mapping[int, Sequence[PublishedRow]]]:
        """The rows of each person's days of the horizon, oldest version first."""
        found: dict[str, dict[int, list[PublishedRow]]] = {}
        for row in sorted(self.rows, key=lambda row: row.version):
            day = self.instance.calendar.day(row.date)
            if 0 <= day < self.instance.days:
                found.setdefault(row.staff, {}).setdefault(day, []).append(row)
        return found

    def until(self, version: int) -> int:
        """The last day number of the period that was published up to a version; -1 when none was."""
        days = (self.instance.calendar.day(row.date) for row in self.rows if row.version <= version)
        return max(days, default=-1)

    @cached_property
    def published_until(self) -> int:
        return self.until(self.newest)

    @cached_property
    def published_before(self) -> int:
        return self.until(self.newest - 1)


def _calendar(log: _Log, roster: Roster, staff: str) -> DutyCalendar:
    published = log.by_day.get(staff, {})
    duties: list[CalendarEvent] = []
    changed: list[CalendarEvent] = []
    worked: Counter[int] = Counter()
    for assignment in roster.line(staff):
        day, rows = assignment.day, published.get(assignment.day, ())
        stands = bool(rows) and (rows[-1].shift, rows[-1].hotspot) == (assignment.shift, assignment.hotspot)
        event = _event(log.instance, staff, day, assignment.shift, assignment.hotspot, nth=worked[day])
        event = replace(event, sequence=rows[-1].version - stands if rows else 0, draft=log.newest > 0 and not stands)
        worked[day] += 1
        duties.append(event)
        if _is_news(log, day, rows, stands=stands):
            changed.append(event)
    cancelled = (_taken_back(log, day, rows) for day, rows in sorted(published.items()) if not worked[day])
    return DutyCalendar(staff, tuple(duties), tuple(changed), tuple(event for event in cancelled if event is not None))


def _is_news(log: _Log, day: int, rows: Sequence[PublishedRow], *, stands: bool) -> bool:
    """Whether a duty of the roster differs from what the person was told of the date."""
    if not stands:
        return bool(rows) or day <= log.published_until
    return rows[-1].version == log.newest and (len(rows) > 1 or day <= log.published_before)


def _taken_back(log: _Log, day: int, rows: Sequence[PublishedRow]) -> CalendarEvent | None:
    """The last duty published for a date that is free now; None where there is nothing to tell any more."""
    last, old = rows[-1], next((row for row in reversed(rows) if row.shift != OFF), None)
    if old is None or (last.shift == OFF and last.version != log.newest):
        return None
    event = _event(log.instance, old.staff, day, old.shift, old.hotspot)
    return replace(event, sequence=last.version - (last.shift == OFF))


def _event(instance: Instance, staff: str, day: int, shift: str, hotspot: str | None, *, nth: int = 0) -> CalendarEvent:
    duty, facts = instance.duty(day, shift), instance.shift[shift]
    place = None if hotspot is None else instance.hotspot[hotspot]
    clock = f"{shift} {clock_text(facts.start)}–{clock_text(facts.end)}"
    return CalendarEvent(
        uid=event_uid(staff, instance.calendar.date(day), nth),
        sequence=0,
        start=instance.calendar.local(duty.start).astimezone(dt.UTC),
        end=instance.calendar.local(duty.end).astimezone(dt.UTC),
        summary=clock if place is None else f"{clock} {place.code}",
        location="" if place is None else place.name or place.code,
    )
