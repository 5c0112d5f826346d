"""From the rows of a table to facts: every problem of a row at once, each with its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scheduler.errors import InputProblem
from scheduler.messages.message import Message, Name
from scheduler.problem.facts import (
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
from scheduler.problem.frozen import plain
from scheduler.problem.incidents import Incident
from scheduler.problem.override import Override
from scheduler.problem.publication import PublishedDuty
from scheduler.problem.records import Call
from scheduler.problem.strategy import Strategy
from scheduler.problem.timeline import Calendar
from scheduler.workbook import cells
from scheduler.workbook.cells import CellError, Raw
from scheduler.workbook.columns import Column, Kind
from scheduler.workbook.definitions import KEYED, Definitions, as_defined
from scheduler.workbook.parse import parse
from scheduler.workbook.raw_tables import Table
from scheduler.workbook.row_rules import RowError, Values, adjust

_MODELS: Mapping[str, type[Fact]] = {
    "organisations": Organisation,
    "hotspots": Hotspot,
    "shifts": Shift,
    "roles": Role,
    "contracts": Contract,
    "staff": Staff,
    "demand": Demand,
    "incidents": Incident,
    "absences": Absence,
    "requests": Request,
    "pairs": Pair,
    "locks": Lock,
    "history": HistoryDuty,
    "counters": Counter,
    "calls": Call,
    "published": PublishedDuty,
    "strategies": Strategy,
    "overrides": Override,
}
_BLAME: Mapping[str, str] = {
    "minimum_over_target": "minimum",
    "target_over_maximum": "target",
    "break_too_long": "unpaid_break_min",
    "most_hours_below_fewest": "max_hours_horizon",
    "week_not_weekly_hours": "hours_by_weekday",
}
_LAST = {"hotspots": "until", "staff": "until", "shifts": "end", "demand": "to", "absences": "to", "requests": "to"}
"""Which column to name for a rule over several fields: by the code of its message, else the last one."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a cell is read with, beside its column."""

    calendar: Calendar
    known: Definitions = field(default_factory=dict)
    language: str = ""


@dataclass(slots=True)
class BuiltTable:
    """The facts of one table.

    ``rows`` gives the row number of each. The facts of rows with problems are among them, mended as well as may be, so that
    what else is wrong with them is found too; ``told`` gives their fields that were complained of, by index. ``broken`` are the
    codes of rows that could not be mended, so that they are not reported as unknown wherever they are used.
    """

    facts: list[Fact] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    told: dict[int, frozenset[str]] = field(default_factory=dict)
    contradictory: set[int] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    problems: list[InputProblem] = field(default_factory=list)


def build(table: Table, context: Context) -> BuiltTable:
    """Every fact of a sheet that fills a table of the instance, and every problem of its cells."""
    built = BuiltTable()
    key = table.sheet.columns[0].target if table.sheet.table in KEYED else None
    present = [(column, table.columns.get(column.name)) for column in table.sheet.columns]
    for row, raw in table.rows:
        if not any(at in raw for at in table.columns.values()):
            continue
        reader = _Row(table, row, raw, context, built.problems)
        reader.cells(present)
        fact = reader.fact()
        if fact is not None:
            if reader.told:
                built.told[len(built.facts)] = frozenset(reader.told)
            if reader.contradictory:
                built.contradictory.add(len(built.facts))
            built.facts.append(fact)
            built.rows.append(row)
        elif key is not None and key in reader.values:
            built.broken.add(reader.values[key])
    return built


@dataclass(slots=True)
class _Row:
    """One row on its way to a fact."""

    table: Table
    row: int
    raw: Mapping[int, Raw]
    context: Context
    problems: list[InputProblem]
    values: Values = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    """Fields that were complained of: another complaint about one of them only follows from the first."""
    contradictory: bool = False
    """Whether fields that are sound by themselves do not go together."""
    guessed: bool = False
    """Whether a date, a clock time or the like was put in for one that is wrong: how it lies to others says nothing."""

    def cells(self, present: Sequence[tuple[Column, int | None]]) -> None:
        """Parse every cell; a stand-in takes the place of one that cannot be read and must be there."""
        for column, at in present:
            value = self.raw.get(at) if at is not None else None
            if value is not None:
                try:
                    parsed = parse(column, value, self.context.language)
                    self.values[column.target] = as_defined(column, parsed, self.context.known)
                except CellError as error:
                    self._tell(column.name, error.message, error.hint)
            elif column.required:
                self._tell_missing(column)
            if column.target in self.told:
                self._stand_in(column)

    def fact(self) -> Fact | None:
        """The fact; None where there is no telling what the row means."""
        model = _MODELS[self.table.sheet.table]
        if any(column.required and column.target not in self.values for column in self.table.sheet.columns):
            return None
        try:
            adjust(self.table.sheet.table, self.values, self.context.calendar)
        except RowError as error:
            self._tell(error.column, error.message, error.hint)
            self.guessed = True
        replaced: set[str] = set()
        while True:
            try:
                return model.model_validate(self.values)
            except ValidationError as error:
                fields = set(self._validated(error))
            if fields & replaced:
                return None
            replaced |= fields
            if not fields:
                # Every field is sound by itself: they do not go together, which has been told.
                self.contradictory = True
                return model.model_construct(**self.values)
            for name in fields:
                column = self.table.sheet.by_field(name)
                self.values.pop(name, None)
                if column is not None and column.required and not self._stand_in(column):
                    return None

    def _validated(self, error: ValidationError) -> Iterator[str]:
        """Tell what a model refuses; the fields that are refused for themselves."""
        for item in error.errors():
            column = _column_of(self.table, item)
            if item["loc"] and item["type"] != "missing":
                yield str(item["loc"][0])
            if item["loc"] or not self.guessed:
                self._tell(column, plain(item))

    def _tell_missing(self, column: Column) -> None:
        sheet = self.table.sheet
        message = Message("cell_missing", "{column} is missing.", column=Name("column", column.name, sheet.name))
        self._tell(column.name, message, Message("what_it_is", "{help}.", help=sheet.help(column)))

    def _tell(self, name: str, message: Message, hint: Message | None = None) -> None:
        column = self.table.sheet.column(name)
        if column.target not in self.told:
            self.told.add(column.target)
            at = self.table.columns.get(name)
            value = "" if at is None else cells.shown(self.raw.get(at))
            self.problems.append(InputProblem(self.table.place(self.row, name), value, message, hint))

    def _stand_in(self, column: Column) -> bool:
        """Put a value in for a required one that is wrong, if any can do."""
        if not column.required:
            return True
        value = _stand_in(column, self.row, self.context.calendar)
        if value is None or (column.kind is Kind.CHOICE and self.table.sheet.table in KEYED):
            return False
        self.values[column.target] = value
        self.guessed |= column.kind not in {Kind.CODE, Kind.ROLE, Kind.TEXT}
        return True


def _stand_in(column: Column, row: int, calendar: Calendar) -> Any:
    match column.kind:
        case Kind.CODE | Kind.ROLE | Kind.TEXT:
            return f"?{row}"
        case Kind.CHOICE:
            return column.choices[0]
        case Kind.DATE:
            return calendar.start
        case Kind.MOMENT:
            return calendar.start, None
        case Kind.CLOCK:
            return 0
        case Kind.DAYS:
            return Days(holidays=True)
        case _:
            return None


def _column_of(table: Table, item: ErrorDetails) -> str:
    """The column to blame: that of the field; for a rule over several fields, the last one that it is about."""
    if item["loc"]:
        column = table.sheet.by_field(str(item["loc"][0]))
        if column is not None:
            return column.name
    last = _LAST.get(table.sheet.table, table.sheet.columns[0].name)
    return _BLAME.get(item["type"], last)
