"""By how many weeks dates can move so that everything counted in weekdays, hours and calendar years stays the same."""

from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise
from zoneinfo import ZoneInfo

from scheduler.problem.timeline import Calendar

_NEAREST, _FURTHEST = 26, 520
"""Weeks that dates are moved at least and at most."""
_CYCLE = 1461
"""Weeks of 28 years: after them the calendar is the same, but for the years about 2100."""
_MARGIN = 14
"""Days after the horizon that rules look at."""


def weeks_that_keep(calendar: Calendar, first: int, pick: random.Random) -> int:
    """A number of weeks, positive or negative, by which all dates can move.

    From day number ``first`` to two weeks after the horizon, clock changes then fall on the same days, and each weekend into
    the same year of the horizon, since counters are those of a calendar year. 0 where there is no such number, or where the
    period cannot move so far.
    """
    candidates = [sign * weeks for weeks in range(_NEAREST, _FURTHEST + 1) for sign in (1, -1)]
    pick.shuffle(candidates)
    span = range(first - 1, calendar.days + _MARGIN)
    same = _signature(calendar, calendar.start, span)
    for weeks in (*candidates, _CYCLE, -_CYCLE):
        start = calendar.start + dt.timedelta(weeks=weeks)
        if 2000 <= start.year <= 2099 and _signature(calendar, start, span) == same:
            return weeks
    return 0


def _signature(calendar: Calendar, start: dt.date, span: range) -> tuple[object, ...]:
    """What must not differ, with the horizon moved to another first day."""
    zone = ZoneInfo(calendar.timezone)
    dates = [start + dt.timedelta(days=day) for day in span]
    offsets = [dt.datetime(on.year, on.month, on.day, 12, tzinfo=zone).utcoffset() for on in dates]
    # The offset itself may be another, summer time instead of winter time: only its changes are felt.
    changes = tuple(
        (day, after - before)
        for day, (before, after) in zip(span, pairwise(offsets), strict=False)
        if before is not None and after is not None and before != after
    )
    years = tuple(on.year - start.year for day, on in zip(span, dates, strict=True) if on.weekday() == 5 and day >= -1)
    return changes, years
