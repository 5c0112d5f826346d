"""Writing the input sheets: an empty template, an example, or the input part of a result workbook."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from scheduler.errors import OutputError
from scheduler.messages.languages import Language
from scheduler.messages.message import Message
from scheduler.messages.texts import Texts
from scheduler.workbook import cells
from scheduler.workbook.cells import CellError
from scheduler.workbook.columns import Column, Kind, Sheet
from scheduler.workbook.contract_notes import Notes, example_of, help_of
from scheduler.workbook.files import replacing_whole
from scheduler.workbook.guide import add_guide
from scheduler.workbook.lists import LAST_ROW, InputRows, add_lists, offer
from scheduler.workbook.sheets import SHEETS

BOOK_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
"""Options of every workbook that is written: text stays text, whatever it looks like."""

BLANK_SETTINGS: dict[str, object] = {
    "title": None,
    "start_date": None,
    "days": 28,
    "timezone": "Europe/Brussels",
    "language": "en",
    "legal_holidays": "yes",
}
"""The settings of an empty workbook, by canonical key."""

_NUMBER_FORMATS = {
    Kind.CLOCK: "[hh]:mm",
    **dict.fromkeys(
        (Kind.CODE, Kind.CODES, Kind.COUNTS, Kind.TEXT, Kind.ROLE, Kind.CHOICE, Kind.CHOICES, Kind.DAYS, Kind.WEEK), "@"
    ),
}
_DATE_FORMAT, _BELGIAN_DATE, _TIME_FORMAT, _CLOCK_FORMAT = "yyyy-mm-dd", "dd/mm/yyyy", "hh:mm", "[hh]:mm"
_FORMULA_SIGNS = ("=", "+", "-", "@")
_HEADER = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": "#1F3A5F",
    "border": 1,
    "border_color": "#1F3A5F",
    "align": "left",
    "valign": "vcenter",
}
_REQUIRED = _HEADER | {"bg_color": "#8A3324", "border_color": "#8A3324"}


def save_tables(
    tables: InputRows,
    path: str | os.PathLike[str],
    *,
    title: str = "",
    language: Language = Language.EN,
    to_do: Sequence[Message] = (),
    check: Callable[[Path], None] | None = None,
    created: dt.datetime | None = None,
) -> None:
    """Write an input workbook from plain rows.

    Parameters
    ----------
    tables
        Rows by canonical sheet and column names; sheets that are not named stay empty; further columns are written as
        they are, after the known ones. Clock times may be ``"22:00"`` or ``datetime.time``, dates ``datetime.date`` or ISO
        text; in Absences a ``date`` is a whole day and a ``datetime`` an instant.
    title
        Shown on the first sheet and kept in the properties of the file.
    language
        Of the names of sheets and columns, the help and the drop-downs.
    to_do
        What the planner must still see to, shown on the first sheet.
    check
        Looks at the finished file before it takes its place; what it raises keeps it from doing so.
    created
        Time of creation kept in the file; fix it to get the same bytes again.

    Raises
    ------
    OutputError
        When the file cannot be written; an older one is then untouched.
    """
    with replacing_whole(path, check) as content:
        book = xlsxwriter.Workbook(content, BOOK_OPTIONS)
        book.set_properties({"title": title, "created": created or dt.datetime.now(dt.UTC).replace(tzinfo=None)})
        add_guide(book, title, Texts(language), to_do)
        add_input_sheets(book, tables, Texts(language))
        book.close()


def new_workbook(path: str | os.PathLike[str], language: Language = Language.EN) -> None:
    """Write an empty template in a language: every sheet, with headers, notes and drop-downs; the settings are begun."""
    texts = Texts(language)
    values = BLANK_SETTINGS | {"language": language.value, "legal_holidays": texts.name("choice", "yes")}
    settings = [{"key": texts.name("setting", key), "value": value} for key, value in values.items()]
    save_tables({"Settings": settings}, path, title=texts("new_roster"), language=language)


def add_input_sheets(book: Any, tables: InputRows, texts: Texts, notes: Notes | None = None) -> None:
    """Add every input sheet and its drop-downs to an open XlsxWriter workbook, in a language; ``notes`` are comments on cells."""
    unknown = set(tables) - {sheet.name for sheet in SHEETS}
    if unknown:
        raise OutputError(
            Message("no_input_sheet", "There is no input sheet named {names}.", names=", ".join(sorted(unknown)))
        )
    formats = _Formats(book, texts)
    for sheet in SHEETS:
        _add_sheet(book, sheet, tables, notes or {}, formats)
    add_lists(book, tables, texts)


class _Formats:
    """The cell formats of one workbook, each made once, and the language it is written in."""

    def __init__(self, book: Any, texts: Texts) -> None:
        self._book = book
        self.texts = texts
        self.date = _DATE_FORMAT if texts.language is Language.EN else _BELGIAN_DATE
        self._made: dict[tuple[str, bool], Any] = {}
        self.header = book.add_format(_HEADER)
        self.required = book.add_format(_REQUIRED)

    def column(self, kind: Kind) -> Any:
        """The format of the cells of a column that are still empty."""
        return self.number(self.date if kind is Kind.DATE else _NUMBER_FORMATS.get(kind, ""))

    def number(self, code: str, *, quoted: bool = False) -> Any:
        """The format with a number format; ``quoted`` keeps Excel from reading text as a formula when it is edited."""
        key = (code, quoted)
        if key not in self._made:
            options: dict[str, object] = {"align": "left", "num_format": code or "General"}
            self._made[key] = self._book.add_format(options | ({"quote_prefix": True} if quoted else {}))
        return self._made[key]


def _add_sheet(book: Any, sheet: Sheet, tables: InputRows, notes: Notes, formats: _Formats) -> None:
    rows = tables.get(sheet.name, ())
    texts = formats.texts
    page = book.add_worksheet(texts.sheet(sheet.name))
    known = {column.name for column in sheet.columns}
    extra = list(dict.fromkeys(name for row in rows for name in row if name not in known))
    for index, column in enumerate(sheet.columns):
        header = texts.name("column", column.name)
        page.set_column(index, index, max(column.width, len(header) + 4), formats.column(column.kind))
        page.write_string(0, index, header, formats.required if column.required else formats.header)
        page.write_comment(0, index, _note(sheet, column, texts), {"x_scale": 1.6, "y_scale": 0.9})
    for index, name in enumerate(extra, start=len(sheet.columns)):
        page.write_string(0, index, name, formats.header)
    columns = [*sheet.columns, *(Column(name, Kind.ANY, "") for name in extra)]
    for number, row in enumerate(rows, start=1):
        for index, column in enumerate(columns):
            _write(page, number, index, column, row.get(column.name), formats)
            if note := notes.get((sheet.name, number - 1, column.name)):
                page.write_comment(number, index, note, {"author": "Vigie", "x_scale": 1.6, "y_scale": 0.5})
    last = max(len(rows), 1)
    page.set_row(0, 20)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, last, len(columns) - 1)
    page.ignore_errors({"number_stored_as_text": f"A2:Z{max(LAST_ROW, last + 1)}"})
    offer(page, sheet, texts)
    _print_setup(page, sheet)


def _print_setup(page: Any, sheet: Sheet) -> None:
    page.set_landscape()
    page.set_paper(8 if len(sheet.columns) > 10 else 9)  # A3 or A4
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&F&C&A&R&P / &N")


def _note(sheet: Sheet, column: Column, texts: Texts) -> str:
    words = [texts("note_required")] if column.required else []
    words.append(f"{help_of(sheet, column, texts)}.")
    if column.choices:
        words.append(f"{' / '.join(texts.name('choice', word) for word in column.choices)}.")
    if column.limit:
        words.append(texts("note_no_limit", none=texts.name("choice", "none")))
    if column.example:
        words.append(texts("note_example", example=example_of(column, texts)))
    return " ".join(words)


def _write(page: Any, row: int, index: int, column: Column, value: object, formats: _Formats) -> None:
    """Write one value as Excel's own type where the column knows it; whatever cannot be read so stays text."""
    if value is None or value == "":
        return
    if isinstance(value, tuple | list | set | frozenset):
        value = ", ".join(map(str, value))
    typed = _typed(column.kind, value)
    if isinstance(typed, bool):
        page.write_string(row, index, formats.texts.name("choice", "yes" if typed else "no"))
    elif isinstance(typed, dt.timedelta):
        page.write_number(row, index, typed / dt.timedelta(days=1), formats.number(_CLOCK_FORMAT))
    elif isinstance(typed, dt.datetime):
        page.write_datetime(row, index, typed, formats.number(f"{formats.date} {_TIME_FORMAT}"))
    elif isinstance(typed, dt.date):
        page.write_datetime(row, index, typed, formats.number(formats.date))
    elif isinstance(typed, int | float):
        page.write_number(row, index, typed, formats.number(""))
    else:
        text = str(typed)
        page.write_string(row, index, text, formats.number("@", quoted=text.startswith(_FORMULA_SIGNS)))


def _typed(kind: Kind, value: object) -> object:
    """The value in the type in which it is best kept: clock times as durations, dates as dates, codes as text."""
    if isinstance(value, dt.time):
        return dt.timedelta(minutes=cells.clock(value))
    if isinstance(value, str | int | float | dt.date | dt.timedelta) and not isinstance(value, bool):
        try:
            if kind is Kind.CLOCK:
                return dt.timedelta(minutes=cells.clock(value))
            if kind is Kind.DATE:
                return cells.date(value)
            if kind is Kind.MOMENT and isinstance(value, str):
                on, minutes = cells.moment(value)
                if minutes is None:
                    return on
                if minutes < 24 * 60:
                    return dt.datetime.combine(on, dt.time(minutes // 60, minutes % 60))
        except CellError:
            return value
        if _NUMBER_FORMATS.get(kind) == "@" and isinstance(value, int | float):
            return cells.shown(value)
    return value
