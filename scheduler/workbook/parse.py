"""The value of a cell by the kind of its column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from scheduler.messages.message import AnyOf, Message, Name
from scheduler.problem.day_words import DayWordsError
from scheduler.problem.facts import Days
from scheduler.workbook import cells
from scheduler.workbook.cells import CellError, ErrorValue, Raw
from scheduler.workbook.columns import Column, Kind
from scheduler.workbook.raw_sheets import UNCALCULATED
from scheduler.workbook.sheets import choice
from scheduler.workbook.suggest import choice_hint
from scheduler.workbook.week import read_week

_PARSERS: Mapping[Kind, Callable[[Raw], Any]] = {
    Kind.TEXT: cells.shown,
    Kind.CODE: cells.code,
    Kind.ROLE: cells.code,
    Kind.CODES: cells.codes,
    Kind.DATE: cells.date,
    Kind.MOMENT: cells.moment,
    Kind.CLOCK: cells.clock,
    Kind.COUNT: cells.count,
    Kind.COUNTS: cells.counts,
    Kind.NUMBER: cells.number,
    Kind.SHARE: cells.share,
    Kind.HOURS: cells.hours,
    Kind.YES_NO: cells.yes_no,
    Kind.ANY: cells.shown,
}


def parse(column: Column, value: Raw, language: str = "") -> Any:
    """The value of one cell that is not blank. Raises :class:`CellError`."""
    if isinstance(value, ErrorValue):
        if value is UNCALCULATED:
            raise CellError(uncalculated(), Message("calculate_it", "Open the file in Excel, save it, and try again."))
        raise CellError(formula_error(), Message("correct_formula", "Correct the formula, or type the value."))
    if column.limit and cells.is_none(value):
        return None
    if column.name == "needs_police":
        return _heads(value)
    if column.kind is Kind.CHOICE:
        return _choice(cells.code(value), column.choices)
    if column.kind is Kind.CHOICES:
        return tuple(_choice(word, column.choices) for word in cells.codes(value))
    if column.kind is Kind.DAYS:
        return _days(value, language)
    if column.kind is Kind.WEEK:
        return read_week(value, language)
    return _PARSERS[column.kind](value)


def uncalculated() -> Message:
    return Message("never_calculated", "is a formula that was never calculated.")


def formula_error() -> Message:
    return Message("formula_error", "is an error of a formula.")


def _heads(value: Raw) -> int:
    """A head count, or yes for a patrol of two."""
    try:
        return cells.count(value)
    except CellError:
        return 2 if cells.yes_no(value) else 0


def _choice(text: str, choices: tuple[str, ...]) -> str:
    found = choice(text, choices)
    if found is None:
        names = AnyOf(tuple(Name("choice", name) for name in choices))
        raise CellError(
            Message("not_a_choice", "is not allowed here: use {choices}.", choices=names), choice_hint(text, choices)
        )
    return found


def _days(value: Raw, language: str) -> Days:
    # A single date in Excel's own form is as good as its text.
    text = cells.date(value).isoformat() if not isinstance(value, str) else value
    try:
        return Days.parse(text, language)
    except DayWordsError as error:
        raise CellError(Message("days_not_understood", "is not understood: {reason}", reason=error.message)) from error
