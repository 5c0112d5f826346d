"""How a note on input without effect is made: what is alike in one note, at the first of its cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from scheduler.errors import InputProblem
from scheduler.messages.message import Message
from scheduler.problem.instance import Instance

Where = Callable[[str, int, str], str]
"""Where a fact stands in its workbook: ``(table, index, field)`` → ``Sheet!Cell``."""
About = tuple[Callable[[Instance, Where], Iterator[InputProblem]], frozenset[str]]
"""What makes notes, and the tables of which no row may be missing, so that they are true."""


def note(places: Sequence[str], value: str, message: Message, hint: Message | None = None) -> Iterator[InputProblem]:
    """One note for all places, at the first; none where there is no place."""
    if places:
        yield InputProblem(places[0], value, message, _and_more(hint, len(places) - 1), fatal=False)


def _and_more(hint: Message | None, others: int) -> Message | None:
    if not others:
        return hint
    more = Message("more_like_it", ("{count} more like it.", "{count} more like it."), count=others)
    return more if hint is None else Message("hint_and_more", "{hint} {more}", hint=hint, more=more)


def is_open(instance: Instance, first: dt.date | None, last: dt.date | None) -> bool:
    """Whether a span of dates, open at an end that is None, touches the horizon."""
    calendar = instance.calendar
    begins, ends = calendar.date(0), calendar.date(calendar.days - 1)
    return (first is None or first <= ends) and (last is None or last >= begins)
