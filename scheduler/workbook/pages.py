"""The raw cells of a workbook's sheets, at their true positions.

openpyxl parses the file and turns numbers into dates; what it would hide is found in the sheet's XML beside it: formulas
that were never calculated, and merged cells. Only the rows are given to it, so that no odd drawing or formatting of another
program stops a planner.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from scheduler.workbook.cells import ErrorValue, Raw, clean
from scheduler.workbook.guard import refuse, workbook_bytes

MAX_ROWS = 50_000
MAX_COLUMNS = 1_000

UNCALCULATED = ErrorValue("(formula)")
"""Stands for the value of a formula that no program has calculated yet."""

_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
    rb"\s*(<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_POSITION = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_ROWS_END = b"</sheetData>"


@dataclass(frozen=True, slots=True)
class Area:
    """A block of merged cells, from 1, ends included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: rows that hold something, as ``(row number, {column number: value})``; both count from 1."""

    title: str
    lines: tuple[tuple[int, dict[int, Raw]], ...] = ()
    merged: tuple[Area, ...] = ()
    too_long: bool = False


@dataclass
class Book:
    """The sheets of a workbook, each parsed when it is asked for."""

    path: str | os.PathLike[str]
    _book: Any
    _timed: dict[int, bool] = field(default_factory=dict)

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(sheet.title for sheet in self._book.worksheets)

    def page(self, title: str, *, trimmed: bool = True) -> Page:
        """The raw cells of one sheet, without the blanks around a text. Raises :class:`InputError` when its XML is damaged."""
        sheet = self._book[title]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return self._parse(sheet, self._book._archive.read(sheet._worksheet_path), trimmed)
        except Exception as error:
            # Whatever a damaged file makes the parser raise, the planner reads the same sentence.
            raise _damaged(self.path, f"sheet {title!r}") from error

    def _parse(self, sheet: Any, xml: bytes, trimmed: bool) -> Page:
        from openpyxl.worksheet._reader import WorkSheetParser

        cut = xml.rfind(_ROWS_END)
        rows, rest = (xml, xml) if cut < 0 else (xml[:cut] + _ROWS_END + b"</worksheet>", xml[cut:])
        pending = dict(_never_calculated(rows))
        parser = WorkSheetParser(
            io.BytesIO(rows),
            sheet._shared_strings,
            data_only=True,
            epoch=self._book.epoch,
            date_formats=self._book._date_formats,
            timedelta_formats=self._book._timedelta_formats,
        )
        lines: list[tuple[int, dict[int, Raw]]] = []
        for number, row in parser.parse():
            read = ((cell["column"], self._value(cell)) for cell in row)
            values: dict[int, Raw] = {
                column: found for column, value in read if (found := clean(value) if trimmed else value) is not None
            }
            values |= pending.get(number, {})
            values = {column: value for column, value in values.items() if column <= MAX_COLUMNS}
            if values:
                if number > MAX_ROWS:
                    return Page(sheet.title, tuple(lines), too_long=True)
                lines.append((number, values))
        return Page(sheet.title, tuple(lines), tuple(_merged(rest)))

    def _value(self, cell: dict[str, Any]) -> Raw:
        value: Raw = cell["value"]
        if value is None:
            return None
        if cell["data_type"] == "e":
            return ErrorValue(value)
        if isinstance(value, dt.datetime) and value.time() == dt.time() and not self._shows_time(cell["style_id"]):
            return value.date()
        return value

    def _shows_time(self, style: int) -> bool:
        """Whether a date cell of this style shows hours: then midnight is an instant, else the date is a whole day."""
        if style not in self._timed:
            from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

            number = self._book._cell_styles[style].numFmtId
            code = (
                BUILTIN_FORMATS.get(number, "")
                if number < BUILTIN_FORMATS_MAX_SIZE
                else self._book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE]
            )
            self._timed[style] = "h" in re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code.casefold())
        return self._timed[style]


def open_book(path: str | os.PathLike[str]) -> Book:
    """Open a workbook for reading. Raises :class:`InputError` for everything that is not a whole .xlsx file."""
    content = workbook_bytes(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from openpyxl import load_workbook

            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        # As above: the parser's own errors are of a dozen types.
        raise _damaged(path, "the workbook") from error
    return Book(path, book)


def column_letter(column: int) -> str:
    """1 → ``A``, 28 → ``AB``."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _never_calculated(xml: bytes) -> dict[int, dict[int, Raw]]:
    found: dict[int, dict[int, Raw]] = {}
    if b"<f" not in xml and b":f" not in xml:
        return found
    for match in _FORMULA.finditer(xml):
        # An empty text result is written with its type: such a formula was calculated.
        position = _POSITION.search(match[1])
        if position is not None and not (match[2] and b't="str"' in match[1]):
            found.setdefault(int(position[2]), {})[_column_number(position[1])] = UNCALCULATED
    return found


def _merged(xml: bytes) -> Iterator[Area]:
    for left, top, right, bottom in _MERGE.findall(xml):
        yield Area(int(top), int(bottom), _column_number(left), _column_number(right))


def _damaged(path: str | os.PathLike[str], what: str) -> Exception:
    return refuse(path, f"is damaged: {what} cannot be read.", "Let Excel repair it and save it again.")
