"""Moments that a command is told, or that are now, in the local time of a roster."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from scheduler.errors import InputError, InputProblem
from scheduler.problem.timeline import Calendar
from scheduler.workbook import cells
from scheduler.workbook.cells import CellError


def now(calendar: Calendar) -> dt.datetime:
    """Local time where the roster is worked, to the minute."""
    return dt.datetime.now(ZoneInfo(calendar.timezone)).replace(tzinfo=None, second=0, microsecond=0)


def moment(text: str, option: str) -> dt.datetime:
    """A date and time that was typed; a date alone begins with its day. Raises :class:`InputError` that names the option."""
    try:
        on, clock = cells.moment(text)
    except CellError as error:
        raise InputError([InputProblem(option, text, error.message, error.hint)]) from error
    return dt.datetime.combine(on, dt.time()) + dt.timedelta(minutes=clock or 0)


def date(text: str, option: str) -> dt.date:
    """A date that was typed. Raises :class:`InputError` that names the option."""
    try:
        return cells.date(text)
    except CellError as error:
        raise InputError([InputProblem(option, text, error.message, error.hint)]) from error


def instant(calendar: Calendar, local: dt.datetime) -> int:
    """Minutes from the horizon's start to a local date and time."""
    return calendar.minute(calendar.day(local.date()), local.hour * 60 + local.minute)
