"""What the messages of several rules share: words for roles and spans of time."""

from __future__ import annotations

import datetime as dt

from scheduler.messages.message import Message
from scheduler.problem.facts import Category
from scheduler.problem.timeline import Calendar

_CATEGORIES = {
    Category.POLICE.value: Message("police", "police"),
    Category.NON_POLICE.value: Message("non_police", "non-police"),
}


def role_name(role: str) -> Message | str:
    """A category by its name, a role by its code."""
    return _CATEGORIES.get(role, role)


def span(calendar: Calendar, start: int, end: int) -> tuple[dt.datetime, dt.datetime | str]:
    """The local time at which a stretch starts and ends; the end without its date where that is the same."""
    first, last = calendar.local(start), calendar.local(end)
    return first, f"{last:%H:%M}" if last.date() == first.date() else last
