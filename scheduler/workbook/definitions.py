"""The codes that the sheets define. Wherever a code is named, in any case, it becomes the code as it was defined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scheduler.problem.facts import Category, fold
from scheduler.workbook import cells
from scheduler.workbook.cells import CellError
from scheduler.workbook.columns import Column, Kind
from scheduler.workbook.raw_tables import Table
from scheduler.workbook.sheets import choice

KEYED = frozenset({"organisations", "hotspots", "shifts", "roles", "contracts", "staff"})
"""Tables whose first column names the row, for others to refer to."""

Definitions = Mapping[str, Mapping[str, str]]
"""By name of a sheet: every code as it was first defined, by its folded form."""


def definitions(tables: Iterable[Table]) -> Definitions:
    """The codes of every sheet that defines some."""
    found: dict[str, dict[str, str]] = {}
    for table in tables:
        at = table.columns.get(table.sheet.columns[0].name)
        if table.sheet.table in KEYED and table.sound and at is not None:
            codes = found.setdefault(table.sheet.name, {})
            for _, raw in table.rows:
                try:
                    code = cells.code(raw.get(at))
                except CellError:
                    continue
                codes.setdefault(fold(code), code)
    return found


def as_defined(column: Column, value: Any, known: Definitions) -> Any:
    """The parsed value of a cell, its codes spelt as on the sheet that the column refers to; unknown ones stay."""
    if not column.refers:
        return value
    codes = known.get(column.refers, {})
    match column.kind:
        case Kind.CODES:
            return tuple(dict.fromkeys(codes.get(fold(code), code) for code in value))
        case Kind.COUNTS:
            return tuple((codes.get(fold(code), code), figure) for code, figure in value)
        case Kind.ROLE:
            return _role(value, codes)
        case Kind.CODE:
            return codes.get(fold(value), value)
        case _:
            return value


def _role(text: str, codes: Mapping[str, str]) -> str:
    """A category by its own name, a role by its code, or a category by another word for it, in this order."""
    if fold(text) in set(Category):
        return fold(text)
    return codes.get(fold(text)) or choice(text, tuple(Category)) or text
