"""Weekends as numbered blocks: which duties touch which, and which are taken by fixed work.

A weekend lasts from Saturday 00:00 to Monday 00:00, local time, and is worked when any minute of a duty lies in it: a Friday
night duty touches it. Weekend 0 is the one of the horizon's first calendar week; earlier ones have negative numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.problem.instance import DutyKey, Instance
from scheduler.problem.timeline import Calendar


@dataclass(frozen=True, slots=True)
class Weekend:
    """One weekend: the day number of its Saturday, its instants, and the duties of the horizon that touch it."""

    saturday: int
    start: int
    end: int
    duties: frozenset[DutyKey] = frozenset()


def weekend(instance: Instance, number: int) -> Weekend:
    """The weekend of a number, with the duties of the horizon that touch it."""
    calendar = instance.calendar
    saturday = calendar.monday(0) + 5 + 7 * number
    start, end = calendar.minute(saturday), calendar.minute(saturday + 2)
    touching = frozenset(
        duty.key
        for day in range(max(0, saturday - 2), min(instance.days, saturday + 2))
        for duty in (instance.duty(day, shift.code) for shift in instance.shifts)
        if duty.overlaps(start, end)
    )
    return Weekend(saturday, start, end, touching)


def weekends(instance: Instance) -> tuple[Weekend, ...]:
    """Weekends 0, 1, … that lie in the horizon or that one of its duties touches (a Friday night at its very end)."""
    found: list[Weekend] = []
    while (block := weekend(instance, len(found))).saturday < instance.days or block.duties:
        found.append(block)
    return tuple(found)


def touched_by_fixed(
    instance: Instance, staff: str, *, since: int | None = None, before: int | None = None
) -> frozenset[int]:
    """Numbers of the weekends that a person's history and duties elsewhere touch, of those that start in ``[since, before)``."""
    return frozenset(
        number
        for item in instance.commitments[staff]
        if (since is None or item.start >= since) and (before is None or item.start < before)
        for number in touched(instance.calendar, item.start, item.end)
    )


def touched(calendar: Calendar, start: int, end: int) -> Iterator[int]:
    """Numbers of the weekends of which a minute lies in ``[start, end)``; a number may come twice."""
    origin = calendar.monday(0)
    for day in range(calendar.day_of(start), calendar.day_of(end - 1) + 1):
        if calendar.weekday(day) >= 5:
            yield (day - origin) // 7


def year_of(calendar: Calendar, number: int) -> int:
    """The calendar year that a weekend counts for: that of its Saturday, or of the horizon's first day for one begun then."""
    return calendar.date(max(0, calendar.monday(0) + 5 + 7 * number)).year
