"""From what stands in one cell to a value, and the reasons why it cannot be read. Nothing is guessed by a library.

A raw cell is None, text, a number, a bool, a date (a cell that shows no time), a datetime, a time, a duration, or an
:class:`ErrorValue`. Every function raises :class:`CellError` with a message.
"""

from __future__ import annotations

import datetime as dt
import math
import re

from scheduler.messages.message import Message
from scheduler.problem.facts import fold
from scheduler.problem.timeline import DAY_MINUTES

Raw = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
Moment = tuple[dt.date, int | None]
"""A date and minutes after its midnight; None for the whole day."""

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u200b": None, "\ufeff": None, "\t": " "})
_YES = frozenset({"yes", "y", "true", "x", "1", "oui", "o", "vrai", "ja", "j", "waar"})
_NO = frozenset({"no", "n", "false", "0", "non", "faux", "nee", "neen", "onwaar", "-"})
_NONE = frozenset({"none", "no limit", "aucun", "aucune", "sans limite", "geen", "geen grens"})
_CLOCK_HINT = Message("write_clock", "Write a clock time from 00:00 to 24:00, for example 22:00.")
_DATE_HINT = Message("write_date", "Write a date such as 2026-03-02 or 02/03/2026.")
LONGEST_CODE = 60
"""Characters."""


class CellError(Exception):
    """A cell cannot be read as what its column takes. The reader turns it into a problem with its place."""

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ErrorValue(str):
    """An Excel error such as ``#N/A`` that stands in a cell."""

    __slots__ = ()


class PerCent(float):
    """A number in a cell that shows it in per cent: 0.8 is seen as 80 %."""

    __slots__ = ()


def clean(value: Raw) -> Raw:
    """The value with blanks of every sort trimmed; empty text becomes None."""
    if isinstance(value, str) and not isinstance(value, ErrorValue):
        if value.isascii() and value.isalnum():
            return value
        return value.translate(_SPACES).strip() or None
    return value


def shown(value: Raw) -> str:
    """The value as a planner sees it, for messages."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case PerCent():
            return f"{value * 100:g}%"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case dt.datetime():
            return value.isoformat(" ", "minutes")
        case dt.time():
            return value.isoformat("minutes")
        case dt.timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02d}"
        case _:
            return str(value)


def code(value: Raw) -> str:
    """A code as text; a number such as 5339 is one that Excel has turned into a number."""
    if isinstance(value, bool | dt.date | dt.time | dt.timedelta):
        raise CellError(
            Message("yes_no_for_code", "is yes or no, where a code is wanted.")
            if isinstance(value, bool)
            else Message("time_for_code", "is a date or a time, where a code is wanted."),
            Message("type_code_as_text", "Format the cell as text and type the code again: Excel has changed it."),
        )
    text = shown(value)
    if len(text) > LONGEST_CODE:
        raise CellError(Message("longer_than", "is longer than {most} characters.", most=LONGEST_CODE))
    if "\n" in text or "\r" in text:
        raise CellError(Message("line_break", "has a line break in it."))
    return " ".join(text.split())


def codes(value: Raw) -> tuple[str, ...]:
    """Codes separated by commas, semicolons or line breaks; a code named twice counts once."""
    if not isinstance(value, str):
        return (code(value),)
    parts = (code(part.strip()) for part in re.split(r"[,;\n]", value))
    return tuple(dict.fromkeys(part for part in parts if part))


def number(value: Raw) -> float:
    """A number; text with a decimal comma is understood."""
    if isinstance(value, PerCent) or (isinstance(value, str) and value.endswith("%")):
        raise CellError(
            Message("is_percentage", "is a percentage, where a number is wanted."),
            Message("write_number", "Write the number itself, without a per cent sign."),
        )
    return share(value)


def share(value: Raw) -> float:
    """A share of a whole: ``0.8`` or ``80 %``."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = float(value)
    elif isinstance(value, str):
        match = re.fullmatch(r"([+-]?) ?(\d{1,9}(?:[.,]\d{1,12})?|[.,]\d{1,12}) ?(%?)", value.replace("−", "-"))
        if match is None:
            raise CellError(_not_a_number())
        found = float(match[1] + match[2].replace(",", ".")) / (100 if match[3] else 1)
    else:
        hint = Message("formatted_as_date", "The cell may be formatted as a date or a time.")
        raise CellError(_not_a_number(), hint)
    if not math.isfinite(found) or abs(found) > 1e9:
        raise CellError(Message("not_a_usable_number", "is not a usable number."))
    return found


def _not_a_number() -> Message:
    return Message("not_a_number", "is not a number.")


def count(value: Raw) -> int:
    """A whole number."""
    found = number(value)
    if not found.is_integer():
        raise CellError(Message("not_whole", "is not a whole number."))
    return int(found)


def counts(value: Raw) -> tuple[tuple[str, int], ...]:
    """Codes with a whole number each: ``N=5, D=0``."""
    found: dict[str, int] = {}
    for part in codes(value):
        name, _, figure = (piece.strip() for piece in part.rpartition("="))
        if not name or not figure.isdecimal():
            raise CellError(
                Message("part_not_understood", "is not understood: '{part}'.", part=part),
                Message("write_counts", "Write codes with a number each, for example N=5, D=0."),
            )
        if fold(name) in map(fold, found):
            raise CellError(Message("code_named_twice", "names {code} twice.", code=name))
        found[name] = count(figure)
    return tuple(found.items())


def hours(value: Raw) -> float:
    """A number of hours: ``7.6``, ``7,6``, ``7:36``, ``7h36`` or ``-4h30``."""
    if isinstance(value, dt.timedelta):
        return value.total_seconds() / 3600
    if isinstance(value, dt.time):
        return value.hour + value.minute / 60
    if isinstance(value, str) and (
        match := re.fullmatch(r"([+-]?) ?(\d{1,4})\s*[:hHuU]\s*([0-5]\d)?", value.replace("−", "-"))
    ):
        return float(f"{match[1]}1") * (int(match[2]) + int(match[3] or 0) / 60)
    return number(value)


def yes_no(value: Raw) -> bool:
    """Yes or no, in any of the languages."""
    word = ("1" if value else "0") if isinstance(value, bool) else shown(value).casefold()
    if word in _YES | _NO:
        return word in _YES
    raise CellError(
        Message("neither_yes_nor_no", "is neither yes nor no."), Message("write_yes_or_no", "Write yes or no.")
    )


def is_none(value: Raw) -> bool:
    """Whether the cell says in words that there is no limit."""
    return isinstance(value, str) and value.casefold() in _NONE


def clock(value: Raw) -> int:
    """A clock time as minutes after midnight, 0 to 1440.

    Excel shows 24:00 as a duration or as the first of January 1900; a fraction of a day is a time without its format;
    whole numbers are read as ``2200`` or as hours.
    """
    minutes = _clock_minutes(value)
    if not 0 <= minutes <= DAY_MINUTES:
        raise CellError(Message("not_a_clock_time", "is not a clock time."), _CLOCK_HINT)
    return minutes


def _clock_minutes(value: Raw) -> int:
    match value:
        case dt.datetime():
            minutes = round((value - dt.datetime(1899, 12, 31)).total_seconds() / 60)
            if minutes > 2 * DAY_MINUTES or minutes < 0:
                raise CellError(Message("date_for_clock", "is a date, where a clock time is wanted."), _CLOCK_HINT)
            return minutes
        case dt.time():
            return round((value.hour * 3600 + value.minute * 60 + value.second) / 60)
        case dt.timedelta():
            return round(value.total_seconds() / 60)
        case float() if 0 < value < 1:
            return round(value * DAY_MINUTES)
        case str() | int() | float() if not isinstance(value, bool):
            text = shown(value).replace(" ", "")
            if match := re.fullmatch(r"(\d{1,2})[:hHuU](\d\d)?(?::\d\d)?|(\d{1,2})\.(\d\d)|(\d{1,2}?)(\d\d)?", text):
                hour, minute = match[1] or match[3] or match[5], match[2] or match[4] or match[6] or "0"
                if hour is not None and int(minute) < 60:
                    return int(hour) * 60 + int(minute)
    raise CellError(Message("not_a_clock_time", "is not a clock time."), _CLOCK_HINT)


def date(value: Raw) -> dt.date:
    """A civil date; text is read year first (2026-03-02) or day first (02/03/2026)."""
    on, minutes = moment(value)
    if minutes:
        raise CellError(Message("has_time_of_day", "has a time of day, where only a date is wanted."), _DATE_HINT)
    return on


def moment(value: Raw) -> Moment:
    """A date, or a date and a time. ``24:00`` is the end of the day."""
    if isinstance(value, dt.datetime):
        return _sensible(value.date()), round((value.hour * 3600 + value.minute * 60 + value.second) / 60)
    if isinstance(value, dt.date):
        return _sensible(value), None
    if not isinstance(value, str):
        raise CellError(Message("not_a_date", "is not a date."), _DATE_HINT)
    match = re.fullmatch(
        r"(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d\d))(?:(?:\s+|T)(\S.*))?", value
    )
    if match is None:
        raise CellError(Message("not_a_date", "is not a date."), _DATE_HINT)
    if match[1]:
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    else:
        year, month, day = int(match[6]) + (2000 if len(match[6]) == 2 else 0), int(match[5]), int(match[4])
    try:
        on = dt.date(year, month, day)
    except ValueError as error:
        raise CellError(Message("not_in_calendar", "is not a date of the calendar."), _DATE_HINT) from error
    return _sensible(on), clock(match[7]) if match[7] else None


def _sensible(on: dt.date) -> dt.date:
    if on.year < 1901:
        # Excel shows a clock time in a date cell as a day of 1900.
        raise CellError(Message("before_1901", "lies before the year 1901."), _DATE_HINT)
    return on
