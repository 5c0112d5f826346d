"""The hours that a contract asks for: what each day of the week owes, less public holidays and leave.

Half a day of leave takes off half a day's hours. A day has two halves, before noon and after it. Leave takes off its own length,
but for each half no more than half of what the day owes. Of a day of 7 h 36, leave at 00:00-12:00, 08:00-12:00 or 13:00-17:00
takes off half (3 h 48), 08:00-17:00 all of it, and 13:00-14:30 an hour and a half.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from scheduler.problem.instance import Instance
from scheduler.problem.timeline import DAY_MINUTES
from scheduler.rules.support.windows import merged


def contract_minutes(instance: Instance, staff: str, first: int, stop: int) -> int:
    """What :func:`owed_minutes` gives, in whole minutes."""
    return whole(owed_minutes(instance, staff, first, stop))


def whole(minutes: float) -> int:
    """The nearest whole minute, halves up. What is added in floating point before it never decides which one that is."""
    return math.floor(round(minutes, 3) + 0.5)


def owed_minutes(instance: Instance, staff: str, first: int, stop: int) -> float:
    """Minutes that a contract asks for in the days ``[first, stop)``: those of the weekday, for every day in service that is no
    public holiday and not on leave; a part of it for leave that covers a part of the day. Not rounded: what is owed in two
    stretches adds up to what is owed in both."""
    member, calendar = instance.person[staff], instance.calendar
    away, leave = instance.leave_days[staff], instance.leave[staff]
    week = instance.week_minutes(staff)
    always = member.first is None and member.last is None
    owing = [
        day
        for day in range(first, stop)
        if day not in away
        and week[calendar.weekday(day)]
        and not calendar.is_holiday(day)
        and (always or instance.in_service(staff, day))
    ]
    # Days that owe the same are counted before they are multiplied: no rounding adds up.
    owed = sum(due * days for due, days in Counter(week[calendar.weekday(day)] for day in owing).items())
    spared = 0.0
    if leave:
        spans = merged(leave)
        spared = sum(_spared(instance, day, week[calendar.weekday(day)], spans) for day in owing)
    return owed - spared


def days_there(instance: Instance, staff: str) -> float:
    """Days of the horizon in service and not on leave, whether they owe hours or not; a day that owes some and is on leave in
    part counts by the hours that it still owes."""
    week, whole, spans = instance.week_minutes(staff), instance.leave_days[staff], merged(instance.leave[staff])
    days = [day for day in range(instance.days) if day not in whole and instance.in_service(staff, day)]
    if not spans:
        return len(days)
    dues = ((day, week[instance.calendar.weekday(day)]) for day in days)
    return len(days) - sum(_spared(instance, day, due, spans) / due for day, due in dues if due)


def _spared(instance: Instance, day: int, due: float, leave: Iterable[tuple[int, int]]) -> float:
    """What leave for part of a day takes off the minutes that it owes."""
    minute = instance.calendar.minute
    begins, noon, ends = minute(day), minute(day, DAY_MINUTES // 2), minute(day + 1)
    halves = ((begins, noon), (noon, ends))
    away = (sum(max(0, min(stop, end) - max(start, low)) for low, end in leave) for start, stop in halves)
    return sum(min(minutes, due / 2) for minutes in away)
