"""A workbook of plain tables: sheets with a title, a head and rows that can be filtered and printed."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from scheduler.messages.texts import Texts
from scheduler.workbook import style
from scheduler.workbook.style import Look

Value = str | float | dt.date | None
Line = Sequence[Value]
HEAD = 3
"""Row of the head of a table that fills a sheet, counted from 0."""
_LINE = 14
"""Points of height of a line of text."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: the code of its heading, or what it says where that is no word, its width, and the shape of its
    figures; blank for text."""

    code: str
    width: float
    shape: str = ""
    bold: bool = False
    said: str = ""


@dataclass(frozen=True)
class TableBook:
    """Writes the sheets of one workbook."""

    book: xlsxwriter.Workbook
    look: Look
    texts: Texts
    title: str

    def sheet(self, code: str) -> Worksheet:
        sheet = self.book.add_worksheet(self.texts(code))
        style.printed(sheet, self.texts, self.title, head=(HEAD, HEAD), paper=style.A4)
        sheet.set_row(0, 28)
        sheet.write_string(0, 0, f"{self.texts(code)} · {self.title}", self.look.title)
        return sheet

    def table(self, sheet: Worksheet, row: int, columns: Sequence[Column], lines: Iterable[Line]) -> int:
        """Write a table with its head in a row; returns the row after the last line."""
        sheet.set_row(row, 30)
        for at, column in enumerate(columns):
            head = self.look.head_right if column.shape and column.shape != style.DATE else self.look.head
            sheet.write_string(row, at, column.said or self.texts(column.code), head)
        for line in lines:
            row += 1
            for at, (column, value) in enumerate(zip(columns, line, strict=True)):
                self._cell(sheet, row, at, column, value)
        return row + 1

    def _cell(self, sheet: Worksheet, row: int, at: int, column: Column, value: Value) -> None:
        if value is None:
            sheet.write_blank(row, at, None, self.look.text)
        elif isinstance(value, dt.date):
            sheet.write_datetime(row, at, value, self.look.number(column.shape or style.DATE, align="left"))
        elif isinstance(value, str):
            sheet.write_string(row, at, value, self.look.name if column.bold else self.look.wrapped)
        else:
            sheet.write_number(row, at, value, self.look.number(column.shape or "#,##0"))

    def list(self, code: str, columns: Sequence[Column], lines: Sequence[Line], none: str) -> Worksheet:
        """A sheet with one table, to be filtered, or a word that there is nothing."""
        sheet = self.sheet(code)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, style.head_width(column.said or self.texts(column.code), column.width))
        sheet.freeze_panes(HEAD + 1, 0)
        self.table(sheet, HEAD, columns, lines)
        for row, line in enumerate(lines, start=HEAD + 1):
            # Not every program heeds that a text is broken into lines.
            wide = max(len(str(value or "")) / column.width for column, value in zip(columns, line, strict=True))
            if wide > 1:
                sheet.set_row(row, _LINE * math.ceil(wide))
        if lines:
            sheet.autofilter(HEAD, 0, HEAD + len(lines), len(columns) - 1)
        else:
            sheet.write_string(HEAD + 1, 0, self.texts(none), self.look.note)
        return sheet

    def section(self, sheet: Worksheet, row: int, title: str) -> int:
        for at in range(6):
            sheet.write_blank(row, at, None, self.look.section)
        sheet.write_string(row, 0, title, self.look.section)
        sheet.set_row(row, 20)
        return row + 1
