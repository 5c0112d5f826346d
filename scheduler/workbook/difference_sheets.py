"""The workbook of ``vigie diff``: a summary, then a sheet each for input, duties, people, hotspots and coverage."""

from __future__ import annotations

import datetime as dt
import math
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from scheduler.analysis.comparison import Comparison, CoverageDifference
from scheduler.analysis.difference import Change, ChangeKind, day_text
from scheduler.analysis.notice import Notice
from scheduler.messages import formats
from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.vocabulary.constraints import COVERAGE_LEVELS
from scheduler.workbook import style
from scheduler.workbook.collector import collector_at_rest
from scheduler.workbook.files import replacing_whole
from scheduler.workbook.input_difference import RowChange, RowDifference, counts
from scheduler.workbook.input_words import difference_words
from scheduler.workbook.style import Look
from scheduler.workbook.template import BOOK_OPTIONS

Value = str | float | dt.date | None
Line = Sequence[Value]
CellOf = Callable[[Change], str | None]
_HEAD = 3
_LINE = 14
"""Points of height of a line of text."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a table: the code of its heading, its width, and the shape of its figures; blank for text."""

    code: str
    width: float
    shape: str = ""
    bold: bool = False


def write_differences(
    path: str | os.PathLike[str],
    names: tuple[str, str],
    rows: Sequence[RowDifference],
    rosters: Comparison | None,
    cell_of: CellOf,
    language: Language,
) -> None:
    """Write what differs between two workbooks of these ``names``. Raises :class:`~scheduler.errors.OutputError` when the file
    cannot be written; an older one is then untouched."""
    with replacing_whole(path) as content, collector_at_rest():
        book = xlsxwriter.Workbook(content, BOOK_OPTIONS)
        writer = _Writer(book, Look(book), Texts(language), f"{names[0]} → {names[1]}")
        book.set_properties({"title": writer.title})
        writer.summary(rows, rosters)
        writer.input(rows)
        if rosters is not None and rosters.shared is not None:
            writer.changes(rosters, cell_of)
            writer.people(rosters)
            writer.hotspots(rosters)
            writer.coverage(rosters)
        book.close()


@dataclass(frozen=True)
class _Writer:
    book: xlsxwriter.Workbook
    look: Look
    texts: Texts
    title: str

    def _sheet(self, code: str) -> Worksheet:
        sheet = self.book.add_worksheet(self.texts(code))
        style.printed(sheet, self.texts, self.title, head=(_HEAD, _HEAD), paper=style.A4)
        sheet.set_row(0, 28)
        sheet.write_string(0, 0, f"{self.texts(code)} · {self.title}", self.look.title)
        return sheet

    def _table(self, sheet: Worksheet, row: int, columns: Sequence[_Column], lines: Iterable[Line]) -> int:
        """Write a table with its head in a row; returns the row after the last line."""
        for at, column in enumerate(columns):
            head = self.look.head_right if column.shape and column.shape != style.DATE else self.look.head
            sheet.write_string(row, at, self.texts(column.code), head)
        for line in lines:
            row += 1
            for at, (column, value) in enumerate(zip(columns, line, strict=True)):
                self._cell(sheet, row, at, column, value)
        return row + 1

    def _cell(self, sheet: Worksheet, row: int, at: int, column: _Column, value: Value) -> None:
        if value is None:
            sheet.write_blank(row, at, None, self.look.text)
        elif isinstance(value, dt.date):
            sheet.write_datetime(row, at, value, self.look.number(column.shape or style.DATE, align="left"))
        elif isinstance(value, str):
            sheet.write_string(row, at, value, self.look.name if column.bold else self.look.wrapped)
        else:
            sheet.write_number(row, at, value, self.look.number(column.shape or "#,##0"))

    def _list(self, code: str, columns: Sequence[_Column], lines: Sequence[Line], none: str) -> None:
        """A sheet with one table, to be filtered, or a word that there is nothing."""
        sheet = self._sheet(code)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
        sheet.set_row(_HEAD, 30)
        sheet.freeze_panes(_HEAD + 1, 0)
        self._table(sheet, _HEAD, columns, lines)
        for row, line in enumerate(lines, start=_HEAD + 1):
            # Not every program heeds that a text is broken into lines.
            wide = max(len(str(value or "")) / column.width for column, value in zip(columns, line, strict=True))
            if wide > 1:
                sheet.set_row(row, _LINE * math.ceil(wide))
        if lines:
            sheet.autofilter(_HEAD, 0, _HEAD + len(lines), len(columns) - 1)
        else:
            sheet.write_string(_HEAD + 1, 0, self.texts(none), self.look.note)

    # -- the sheets ------------------------------------------------------------------------------------------------------

    def summary(self, rows: Sequence[RowDifference], rosters: Comparison | None) -> None:
        sheet, texts = self._sheet("diff_sheet_summary"), self.texts
        for at, width in enumerate((26, 16, 16, 16, 16, 16)):
            sheet.set_column(at, at, width)
        sheet.write_string(1, 0, self._dates(rosters), self.look.note)
        row = self._section(sheet, _HEAD, texts("diff_sheet_input"))
        if rows:
            columns = [
                _Column("guide_sheet", 0, bold=True),
                *(_Column(f"diff_row_{kind}", 0, "0") for kind in RowChange),
            ]
            lines: list[Line] = [
                [texts.sheet(name), *(kinds[kind] for kind in RowChange)] for name, kinds in counts(rows).items()
            ]
            row = self._table(sheet, row, columns, lines)
        else:
            sheet.write_string(row, 0, texts("diff_input_same"), self.look.note)
            row += 1
        if rosters is None or rosters.shared is None:
            return
        row = self._section(sheet, row + 1, texts("diff_sheet_changes"))
        columns = [*(_Column(f"change_{kind}", 0, "0") for kind in ChangeKind), _Column("head_people", 0, "0")]
        row = self._table(sheet, row, columns, [[*rosters.kinds.values(), len(rosters.people)]])
        if rosters.published:
            said = formats.moment(rosters.announced, texts.language)
            row = self._section(sheet, row + 1, texts("diff_notice", at=said))
            columns = [_Column(f"notice_{item}", 0, "0") for item in Notice]
            row = self._table(sheet, row, columns, [[rosters.notices.count(item) for item in Notice]])
        row = self._section(sheet, row + 1, texts("diff_coverage"))
        levels: list[Line] = [[texts(level.code), *_hours(rosters.coverage_of(level))] for level in COVERAGE_LEVELS]
        self._table(sheet, row, (_Column("level", 0, bold=True), *_COVERED), levels)

    def _section(self, sheet: Worksheet, row: int, title: str) -> int:
        for at in range(6):
            sheet.write_blank(row, at, None, self.look.section)
        sheet.write_string(row, 0, title, self.look.section)
        sheet.set_row(row, 20)
        return row + 1

    def _dates(self, rosters: Comparison | None) -> str:
        """Which dates were compared, and how much lies outside."""
        texts = self.texts
        if rosters is None:
            return texts("diff_input_only")
        if rosters.shared is None:
            return texts("diff_no_dates")
        first, last = (texts.long_date(on) for on in (rosters.shared.first, rosters.shared.last))
        words = [texts("diff_dates", first=first, last=last)]
        outside = [side.duties_outside(rosters.shared) for side in (rosters.old, rosters.new)]
        if any(outside):
            words.append(texts("diff_outside", old=outside[0], new=outside[1]))
        return " ".join(words)

    def input(self, rows: Sequence[RowDifference]) -> None:
        columns = (
            _Column("guide_sheet", 16, bold=True), _Column("kind", 11), _Column("cell", 20), _Column("diff_row", 60),
            _Column("guide_column", 18), _Column("was", 28), _Column("now", 28),
        )  # fmt: skip
        lines: list[Line] = []
        for item in rows:
            words = difference_words(item, self.texts)
            kind = (self.texts.sheet(item.sheet), self.texts(f"diff_row_{item.kind.value}"))
            lines += [(*kind, cell.place, words.row, cell.column, cell.before, cell.after) for cell in words.cells]
            if not words.cells:
                lines.append((*kind, item.place, words.row, None, None, None))
        self._list("diff_sheet_input", columns, lines, "diff_input_same")

    def changes(self, rosters: Comparison, cell_of: CellOf) -> None:
        columns = (
            _Column("id", 12, bold=True), _Column("date", 12, style.DATE), _Column("day", 7), _Column("was", 18),
            _Column("now", 18), _Column("change", 16), _Column("notice", 22), _Column("cell", 16),
        )  # fmt: skip
        lines = [
            self._change(change, notice, cell_of(change) or "")
            for change, notice in zip(rosters.changes, rosters.notices, strict=True)
        ]
        self._list("diff_sheet_changes", columns, lines, "diff_same")

    def _change(self, change: Change, notice: Notice, cell: str) -> Line:
        texts, (was, now) = self.texts, map(day_text, (change.before, change.after))
        day, free = texts.weekday(change.date), texts("nobody")
        kinds = (texts(f"change_{change.kind.value}"), texts(f"notice_{notice.value}"))
        return (change.staff, change.date, day, was or free, now or free, *kinds, cell)

    def people(self, rosters: Comparison) -> None:
        columns = (
            _Column("id", 12, bold=True), *(_Column(f"change_{kind}", 14, "0") for kind in ChangeKind),
            _Column("diff_hours_before", 14, style.HOURS), _Column("diff_hours_after", 14, style.HOURS),
            _Column("difference", 14, style.SIGNED_HOURS),
        )  # fmt: skip
        lines: list[Line] = [
            (
                item.staff, *item.kinds.values(), item.minutes_before / 60, item.minutes_after / 60,
                (item.minutes_after - item.minutes_before) / 60,
            )
            for item in rosters.people
        ]  # fmt: skip
        self._list("diff_sheet_people", columns, lines, "diff_same")

    def hotspots(self, rosters: Comparison) -> None:
        figures = ("diff_duties_before", "diff_duties_after", "diff_lost", "diff_gained")
        columns = (_Column("hotspot", 14, bold=True), *(_Column(code, 16, "0") for code in figures))
        lines: list[Line] = [
            (item.hotspot, item.before, item.after, item.lost, item.gained) for item in rosters.hotspots
        ]
        self._list("diff_sheet_hotspots", columns, lines, "diff_same")

    def coverage(self, rosters: Comparison) -> None:
        columns = (_Column("hotspot", 14, bold=True), _Column("level", 24), *_COVERED)
        lines: list[Line] = [(row.hotspot, self.texts(row.level.code), *_hours(row)) for row in rosters.coverage]
        self._list("diff_sheet_coverage", columns, lines, "diff_nothing_asked")


_COVERED = (
    _Column("diff_asked_before", 16, style.HOURS),
    _Column("diff_asked_after", 16, style.HOURS),
    _Column("diff_short_before", 16, style.HOURS),
    _Column("diff_short_after", 16, style.HOURS),
    _Column("diff_gain", 16, style.SIGNED_HOURS),
)


def _hours(row: CoverageDifference) -> tuple[float, ...]:
    gain = row.short_before - row.short_after
    return tuple(
        minutes / 60 for minutes in (row.asked_before, row.asked_after, row.short_before, row.short_after, gain)
    )
