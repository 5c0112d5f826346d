"""What a row says between its cells: ends over midnight, whole days, instants of the horizon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from scheduler.messages.message import Message
from scheduler.problem.facts import OFF, Category, OrganisationKind, Pooling
from scheduler.problem.timeline import DAY_MINUTES, Calendar
from scheduler.rules.overridable import rule_code

LONGEST_NIGHT = 16 * 60
"""Minutes that a shift over midnight may last; beyond, its end is taken to be mistyped."""

Values = dict[str, Any]
"""Parsed cells by field of the fact; changed in place."""


class RowError(Exception):
    """The cells of a row do not fit together; ``column`` is the one to change."""

    def __init__(self, column: str, message: Message, hint: Message | None = None) -> None:
        super().__init__(message)
        self.column, self.message, self.hint = column, message, hint


def _organisation(values: Values, calendar: Calendar) -> None:
    values["kind"] = OrganisationKind(values["kind"])


def _category(values: Values, calendar: Calendar) -> None:
    values["category"] = Category(values["category"])


def _starts_in_the_day(values: Values, column: str) -> None:
    if values["start"] == DAY_MINUTES:
        raise RowError(
            column,
            Message("end_of_day", "is the end of a day, not a start."),
            Message("write_midnight", "Write 00:00, on the day that it begins."),
        )


def _shift(values: Values, calendar: Calendar) -> None:
    start, end = values["start"], values["end"]
    if "categories" in values:
        values["categories"] = frozenset(map(Category, values["categories"]))
    _starts_in_the_day(values, "start")
    if end <= start:
        values["end"] = end + DAY_MINUTES
        if end < start and end + DAY_MINUTES - start > LONGEST_NIGHT:
            message = Message(
                "shift_over_midnight_long",
                "is before the start, and over midnight the shift would last {hours} hours.",
                hours=(end + DAY_MINUTES - start) / 60,
            )
            raise RowError("end", message)


def _demand(values: Values, calendar: Calendar) -> None:
    values.setdefault("target", values.get("minimum", 0))
    _starts_in_the_day(values, "from")
    if values["until"] <= values["start"]:
        values["until"] += DAY_MINUTES


def _absence(values: Values, calendar: Calendar) -> None:
    """Both ends at midnight are whole days, the last included: so dates look in exports that know no date without a time.
    Beside a clock time at the other end, midnight is a clock time too."""
    (first, opens), (last, closes) = values["start"], values["end"]
    if not opens and not closes:
        closes = DAY_MINUTES
    values["start"] = calendar.minute(calendar.day(first), opens or 0)
    values["end"] = calendar.minute(calendar.day(last), DAY_MINUTES if closes is None else closes)


def _incident(values: Values, calendar: Calendar) -> None:
    on, clock = values["at"]
    values["at"] = calendar.minute(calendar.day(on), clock or 0)


def _request(values: Values, calendar: Calendar) -> None:
    values.setdefault("last", values["first"])


def _call(values: Values, calendar: Calendar) -> None:
    on, minutes = values["at"]
    values["at"] = dt.datetime.combine(on, dt.time()) + dt.timedelta(minutes=minutes or 0)


def _lock(values: Values, calendar: Calendar) -> None:
    if values["shift"].upper() == OFF:
        values["shift"] = OFF


def _override(values: Values, calendar: Calendar) -> None:
    values["rule"] = rule_code(values["rule"])


def _strategy(values: Values, calendar: Calendar) -> None:
    values["pooling"] = Pooling(values.get("pooling", Pooling.SEPARATE))


_ADJUST: Mapping[str, Callable[[Values, Calendar], None]] = {
    "organisations": _organisation,
    "roles": _category,
    "shifts": _shift,
    "contracts": _category,
    "demand": _demand,
    "incidents": _incident,
    "absences": _absence,
    "published": _lock,
    "requests": _request,
    "locks": _lock,
    "calls": _call,
    "strategies": _strategy,
    "overrides": _override,
}


def adjust(table: str, values: Values, calendar: Calendar) -> None:
    """Turn the parsed cells of one row into the fields of its fact. Raises :class:`RowError`."""
    if table in _ADJUST:
        _ADJUST[table](values, calendar)
