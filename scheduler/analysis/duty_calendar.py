"""A person's duties as events of a calendar, and what of them has changed against what was published.

An event keeps its identity for ever: it is that of a person and a date, not of a shift. Its sequence number rises with each
version that changes it, so that an older file never undoes a newer one.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.problem.codes import fold
from scheduler.problem.instance import Instance
from scheduler.problem.publication import PublishedDuty, of_version
from scheduler.problem.roster import Assignment, Roster
from scheduler.problem.timeline import clock_text

_NAMESPACE = uuid.UUID("2f4dd2a5-6f0c-5a3e-9a53-8d6c6a4a5c11")
"""Never to be changed: every event that was ever handed out is known by it."""


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


def duty_calendars(instance: Instance, roster: Roster, staff: Sequence[str]) -> tuple[DutyCalendar, ...]:
    """The calendars of these people, in this order.

    What is told as changed: where the roster differs from what is published, and what the newest version changed in the period
    that the versions before it had published.
    """
    log = _Log(instance)
    return tuple(_calendar(log, roster, person) for person in staff)


def event_uid(staff: str, on: dt.date, nth: int = 0) -> str:
    """The identity of a person's duty on a date, the same in every file; ``nth`` counts the further duties of a date. It does
    not tell who it is, as calendars are shared."""
    return str(uuid.uuid5(_NAMESPACE, f"{fold(staff)}/{on.isoformat()}" + (f"/{nth}" if nth else "")))


@dataclass(frozen=True)
class _Log:
    """What people were told, as it is asked here."""

    instance: Instance

    @cached_property
    def newest(self) -> int:
        """The newest version, which need not have changed anything; 0 when nothing is published."""
        return 0 if self.instance.publication is None else self.instance.publication.version

    @cached_property
    def told(self) -> Mapping[str, Mapping[int, PublishedDuty]]:
        """The rows that hold now, by person and day of the horizon."""
        found: dict[str, dict[int, PublishedDuty]] = {}
        for (staff, on), row in of_version(self.instance.published).items():
            day = self.instance.calendar.day(on)
            if 0 <= day < self.instance.days:
                found.setdefault(staff, {})[day] = row
        return found

    @cached_property
    def told_before(self) -> Mapping[tuple[str, dt.date], PublishedDuty]:
        """The rows that held before the newest version."""
        return of_version(self.instance.published, self.newest - 1)

    @cached_property
    def until(self) -> dt.date:
        """The last date that is published."""
        publication = self.instance.publication
        return dt.date.min if publication is None else publication.until

    @cached_property
    def until_before(self) -> dt.date:
        """The last date of a duty that was published before the newest version."""
        return max((on for _, on in self.told_before), default=dt.date.min)


def _calendar(log: _Log, roster: Roster, staff: str) -> DutyCalendar:
    told = log.told.get(staff, {})
    duties: list[CalendarEvent] = []
    changed: list[CalendarEvent] = []
    worked: Counter[int] = Counter()
    for a in roster.line(staff):
        row = told.get(a.day)
        stands = row is not None and row.post == (a.shift, a.hotspot)
        sequence = 0 if row is None else row.version - stands
        event = _event(log.instance, a, nth=worked[a.day], sequence=sequence, draft=log.newest > 0 and not stands)
        worked[a.day] += 1
        duties.append(event)
        if _is_news(log, log.instance.calendar.date(a.day), row, stands=stands):
            changed.append(event)
    cancelled = (_taken_back(log, day, row) for day, row in sorted(told.items()) if not worked[day])
    return DutyCalendar(staff, tuple(duties), tuple(changed), tuple(event for event in cancelled if event is not None))


def _is_news(log: _Log, on: dt.date, row: PublishedDuty | None, *, stands: bool) -> bool:
    """Whether a duty of the roster differs from what the person was told of the date before."""
    if row is None:
        return on <= log.until
    known = (row.staff, on) in log.told_before or on <= log.until_before
    return not stands or (row.version == log.newest and known)


def _taken_back(log: _Log, day: int, row: PublishedDuty) -> CalendarEvent | None:
    """The last duty that was published for a date that is free now; None where the person knows already."""
    cancelled = row.post is None
    last = log.told_before.get((row.staff, row.date)) if cancelled and row.version == log.newest else row
    if last is None or last.post is None:
        return None
    return _event(log.instance, Assignment(row.staff, day, *last.post), sequence=row.version - cancelled)


def _event(instance: Instance, a: Assignment, *, sequence: int, nth: int = 0, draft: bool = False) -> CalendarEvent:
    duty, shift, place = instance.duty(a.day, a.shift), instance.shift[a.shift], instance.hotspot[a.hotspot]
    return CalendarEvent(
        uid=event_uid(a.staff, instance.calendar.date(a.day), nth),
        sequence=sequence,
        start=instance.calendar.local(duty.start).astimezone(dt.UTC),
        end=instance.calendar.local(duty.end).astimezone(dt.UTC),
        summary=f"{a.shift} {clock_text(shift.start)}–{clock_text(shift.end)} {a.hotspot}",
        location=place.name or place.code,
        draft=draft,
    )
