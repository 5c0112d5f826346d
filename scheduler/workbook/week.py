"""A fixed week as planners write it: seven numbers from Monday on, or days with their hours, in three languages."""

from __future__ import annotations

import re

from scheduler.messages.message import Message
from scheduler.problem.day_words import DayWordsError, read_weekdays
from scheduler.problem.facts import Week
from scheduler.workbook import cells
from scheduler.workbook.cells import CellError, Raw

_HINT = Message(
    "write_week",
    "Write seven numbers from Monday on (4 8 8 0 0 0 0), or days with their hours (mon 4, tue 8, wed 8).",
)
_HOURS = r"\d{1,2}(?:[.,]\d{1,2}|\s?[:hHuU]\s?[0-5]\d)?"
_UNIT = r"(?:\s?(?:h|u|hours?|heures?|uur|uren))?\.?"
_NUMBERS = re.compile(rf"(?:{_HOURS}{_UNIT}(?:\s*[;/+\n]\s*|,\s+|\s+|$))+", re.IGNORECASE)
_ONLY_COMMAS = re.compile(r"\d{1,2}(?:,\d{1,2}){6}|\d{1,2}(?:,\d{1,2}){4}")
_NAMED = re.compile(
    rf"\s*([^\d]+?)[\s:=]*({_HOURS}){_UNIT}\s*(?:[,;/+\n]|(?<=\s)(?:and|et|en)\s|(?<=\s)(?=\D)|$)", re.IGNORECASE
)


def read_week(value: Raw, language: str = "") -> Week:
    """The hours of each weekday, Monday first; days that are not named have none. Raises :class:`CellError`.

    ``4 8 8 0 0 0 0``, ``7,6 7,6 7,6 7,6 7,6`` (Monday to Friday), ``mon 4, tue 8, wed 8``, ``lundi 4h et mardi 8h``,
    ``lu-ve 7h36``, ``ma 4; di 8``.
    ``language`` (fr or nl) decides what ``ma`` and ``di`` mean where the text does not show it.
    """
    text = value.strip() if isinstance(value, str) else cells.shown(value)
    hours = _numbers(text) if text[:1].isdigit() else _named(text, language)
    for figure in hours:
        if figure > 24:
            raise CellError(Message("day_over_24_hours", "has a day of {hours} hours.", hours=figure), _HINT)
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = hours
    return monday, tuesday, wednesday, thursday, friday, saturday, sunday


def _numbers(text: str) -> list[float]:
    if _ONLY_COMMAS.fullmatch(text):
        found = text.split(",")
    elif _NUMBERS.fullmatch(text):
        found = re.findall(_HOURS, text)
    else:
        raise CellError(_not_a_week(), _HINT)
    if len(found) not in {5, 7}:
        message = Message(
            "not_seven_days", ("names {count} of seven days.", "names {count} of seven days."), count=len(found)
        )
        raise CellError(message, _HINT)
    return [*(cells.hours(figure.replace(" ", "")) for figure in found), *[0.0] * (7 - len(found))]


def _named(text: str, language: str) -> list[float]:
    names: list[str] = []
    figures: list[float] = []
    at = 0
    while at < len(text):
        match = _NAMED.match(text, at)
        if match is None:
            raise CellError(_not_a_week(), _HINT)
        names.append(match[1])
        figures.append(cells.hours(match[2].replace(" ", "")))
        at = match.end()
    hours: dict[int, float] = {}
    try:
        named = read_weekdays(names, language)
    except DayWordsError as error:
        message = Message("days_not_understood", "is not understood: {reason}", reason=error.message)
        raise CellError(message, _HINT) from error
    for days, figure in zip(named, figures, strict=True):
        if days & hours.keys():
            raise CellError(Message("day_named_twice", "names a day twice."), _HINT)
        hours |= dict.fromkeys(days, figure)
    return [hours.get(day, 0.0) for day in range(7)]


def _not_a_week() -> Message:
    return Message("not_a_week", "is not understood as the hours of a week.")


def week_text(week: Week) -> str:
    """The form that :func:`read_week` reads back to the same hours: ``4 8 8 0 0 0 0``, ``7.6 …`` or ``6:40 …``."""
    return " ".join(map(_figure, week))


def _figure(hours: float) -> str:
    minutes = round(hours * 60)
    clock = f"{minutes // 60}:{minutes % 60:02d}"
    short = f"{hours:.2f}".rstrip("0").rstrip(".")
    return short if float(short) == hours else clock
