"""From the rows of a table to facts: every cell parsed by the kind of its column, every refusal a problem with its cell."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from scheduler.calendar import Calendar
from scheduler.errors import Problem
from scheduler.facts import (
    Absence,
    Contract,
    Counter,
    Days,
    Demand,
    Fact,
    HistoryDuty,
    Hotspot,
    Lock,
    Organisation,
    Pair,
    Request,
    Role,
    Shift,
    Staff,
)
from scheduler.workbook import cells
from scheduler.workbook.adjust import RowError, Values, adjust
from scheduler.workbook.cells import CellError, ErrorValue, Raw
from scheduler.workbook.columns import Column, Kind
from scheduler.workbook.pages import UNCALCULATED
from scheduler.workbook.sheets import CHOICE_WORDS, choice, normal
from scheduler.workbook.tables import Table

_MODELS: Mapping[str, type[Fact]] = {
    "organisations": Organisation,
    "hotspots": Hotspot,
    "shifts": Shift,
    "roles": Role,
    "contracts": Contract,
    "staff": Staff,
    "demand": Demand,
    "absences": Absence,
    "requests": Request,
    "pairs": Pair,
    "locks": Lock,
    "history": HistoryDuty,
    "counters": Counter,
}
_PARSERS: Mapping[Kind, Callable[[Raw], Any]] = {
    Kind.TEXT: cells.shown,
    Kind.CODE: cells.code,
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
KEYED = frozenset({"organisations", "hotspots", "shifts", "roles", "contracts", "staff"})
"""Tables whose first column names the row, for others to refer to."""

_BLAME = {
    "demand": {"minimum": "minimum", "maximum": "target"},
    "shifts": {"break": "unpaid_break_min"},
    "contracts": {"horizon": "max_hours_horizon"},
}
_LAST = {"hotspots": "until", "staff": "until", "shifts": "end", "demand": "to", "absences": "to", "requests": "to"}
"""Which column to name for a rule over several fields: by a word of its sentence, else the last one."""

_PLAIN = {
    "greater_than_equal": "is less than {ge}.",
    "greater_than": "is not more than {gt}.",
    "less_than_equal": "is more than {le}.",
    "less_than": "is not less than {lt}.",
    "string_too_long": "is longer than {max_length} characters.",
    "string_pattern_mismatch": "is not a code: no blanks before or after it, and no line breaks.",
}


@dataclass(slots=True)
class Built:
    """The facts of one table. ``rows`` gives the row number of each; ``broken`` the codes of rows that could not be read,
    so that they are not reported as unknown wherever they are used."""

    facts: list[Fact] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def build(table: Table, calendar: Calendar) -> Built:
    """Every fact of a sheet that fills a table of the instance, and every problem of its cells."""
    built = Built()
    name = table.sheet.table
    model = _MODELS[name]
    present = [(column, table.columns.get(column.name)) for column in table.sheet.columns]
    key = table.sheet.columns[0].target if name in KEYED else None
    for row, raw in table.rows:
        if not any(at in raw for at in table.columns.values()):
            continue
        values: Values = {}
        before = len(built.problems)
        for column, at in present:
            value = raw.get(at) if at is not None else None
            if value is None:
                if column.required:
                    built.problems.append(
                        Problem(
                            table.place(row, column.name), "", f"{column.name} is missing.", f"{_capital(column.help)}."
                        )
                    )
                continue
            try:
                values[column.target] = parse(column, value)
            except CellError as error:
                place = table.place(row, column.name)
                built.problems.append(Problem(place, cells.shown(value), error.message, error.hint))
        fact = None
        if len(built.problems) == before:
            fact = _fact(model, name, values, calendar, table, row, raw, built.problems)
        if fact is not None:
            built.facts.append(fact)
            built.rows.append(row)
        elif key is not None and key in values:
            built.broken.add(values[key])
    return built


def parse(column: Column, value: Raw) -> Any:
    """The value of one cell that is not blank. Raises :class:`CellError`."""
    if isinstance(value, ErrorValue):
        if value is UNCALCULATED:
            raise CellError(
                "is a formula that was never calculated.", "Open the file in Excel, save it, and try again."
            )
        raise CellError("is an error of a formula.", "Correct the formula, or type the value.")
    if column.limit and cells.is_none(value):
        return None
    if column.name == "needs_police":
        return _heads(value)
    if column.kind is Kind.CHOICE:
        return _choice(cells.code(value), column.choices)
    if column.kind is Kind.CHOICES:
        return tuple(_choice(word, column.choices) for word in cells.codes(value))
    if column.kind is Kind.ROLE:
        return choice(cells.code(value), ("police", "non_police")) or cells.code(value)
    if column.kind is Kind.DAYS:
        return _days(value)
    return _PARSERS[column.kind](value)


def _heads(value: Raw) -> int:
    """A head count, or yes for a patrol of two."""
    try:
        return cells.count(value)
    except CellError:
        return 2 if cells.yes_no(value) else 0


def _choice(text: str, choices: tuple[str, ...]) -> str:
    found = choice(text, choices)
    if found is None:
        raise CellError(f"is not {cells.one_of(choices)}.", _choice_hint(text, choices))
    return found


@lru_cache(maxsize=1024)
def _choice_hint(text: str, choices: tuple[str, ...]) -> str:
    words = {normal(word): name for name in choices for word in (name, *CHOICE_WORDS.get(name, ()))}
    close = difflib.get_close_matches(normal(text), list(words), n=1)
    return f"Did you mean {words[close[0]]!r}?" if close else ""


def _days(value: Raw) -> Days:
    # A single date in Excel's own form is as good as its text.
    text = cells.date(value).isoformat() if not isinstance(value, str) else value
    try:
        return Days.parse(text)
    except ValueError as error:
        raise CellError(f"is not understood: {error}.") from error


def _fact(
    model: type[Fact],
    name: str,
    values: Values,
    calendar: Calendar,
    table: Table,
    row: int,
    raw: Mapping[int, Raw],
    problems: list[Problem],
) -> Fact | None:
    def shown(column: str) -> str:
        at = table.columns.get(column)
        return "" if at is None else cells.shown(raw.get(at))

    try:
        adjust(name, values, calendar)
        return model(**values)
    except RowError as error:
        problems.append(Problem(table.place(row, error.column), shown(error.column), error.message, error.hint))
    except ValidationError as error:
        for item in error.errors():
            column = _column_of(table, item)
            problems.append(Problem(table.place(row, column), shown(column), plain(item)))
    return None


def plain(item: Any) -> str:
    """One of pydantic's error details as the rest of a sentence about the value."""
    message = item["msg"].removeprefix("Value error, ")
    return _PLAIN.get(item["type"], "{message}.").format(message=message, **item.get("ctx", {}))


def _column_of(table: Table, item: Any) -> str:
    """The column to blame: that of the field; for a rule over several fields, the last one that its sentence is about."""
    if item["loc"]:
        column = table.sheet.by_field(str(item["loc"][0]))
        if column is not None:
            return column.name
    told = [column for word, column in _BLAME.get(table.sheet.table, {}).items() if word in item["msg"]]
    return told[0] if told else _LAST.get(table.sheet.table, table.sheet.columns[0].name)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
