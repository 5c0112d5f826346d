"""From the raw cells of a sheet to its table: which row holds the headers, which column is which, and what is amiss."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.errors import InputProblem
from scheduler.messages.message import Message, Name
from scheduler.workbook import cells
from scheduler.workbook.cells import Raw
from scheduler.workbook.columns import Sheet, normal
from scheduler.workbook.raw_sheets import MAX_ROWS, RawSheet, column_letter
from scheduler.workbook.sheets import COLUMN_ALIASES, find_column

_HEADER_WITHIN = 10


@dataclass(frozen=True, slots=True)
class Table:
    """An input sheet as it stands in the file.

    ``columns`` gives the column number of each canonical name, ``headers`` the text above it; ``extra`` the column numbers of
    other headers; ``rows`` are the rows below the header, as in
    :class:`~scheduler.workbook.raw_sheets.RawSheet`; ``sound`` is False
    when it cannot be read by column.
    """

    sheet: Sheet
    title: str
    header: int
    columns: Mapping[str, int]
    extra: Mapping[str, int]
    rows: Sequence[tuple[int, Mapping[int, Raw]]]
    sound: bool
    headers: Mapping[str, str]

    def place(self, row: int, column: str) -> str:
        """``Staff!C4``; the row alone when the column is missing."""
        at = self.columns.get(column)
        return cell_name(self.title, row, at) if at is not None else f"{quoted(self.title)}!{row}:{row}"

    def raw_rows(self) -> tuple[dict[str, Raw], ...]:
        """Every row by canonical names (and other headers as they are), to be written back unchanged."""
        names = {at: name for table in (self.extra, self.columns) for name, at in table.items()}
        return tuple(
            {
                names[at]: value
                for at, value in values.items()
                if at in names and not isinstance(value, cells.ErrorValue)
            }
            for _, values in self.rows
        )


def quoted(title: str) -> str:
    """A sheet's title as it stands before the exclamation mark of a reference."""
    return title if title.replace("_", "").isalnum() else "'" + title.replace("'", "''") + "'"


def cell_name(title: str, row: int, column: int) -> str:
    return f"{quoted(title)}!{column_letter(column)}{row}"


def table_of(page: RawSheet, sheet: Sheet) -> tuple[Table, list[InputProblem]]:
    """Find the table on a page, and every problem of its shape (fatal) and of its headers (notes where they are not)."""
    header, line = _header(page, sheet)
    problems: list[InputProblem] = []
    columns: dict[str, int] = {}
    headers: dict[str, str] = {}
    extra: dict[str, int] = {}
    for at, value in sorted(line.items()):
        title = cells.shown(value)
        column = find_column(sheet.name, title)
        if column is None:
            extra.setdefault(title, at)
        elif column.name in columns:
            message = Message(
                "column_again",
                "repeats the column '{column}'; the first is {first}.",
                column=_column(sheet, column.name),
                first=cell_name(page.title, header, columns[column.name]),
            )
            problems.append(InputProblem(cell_name(page.title, header, at), title, message, delete_or_rename()))
        else:
            columns[column.name] = at
            headers[column.name] = title
    rows = tuple((number, values) for number, values in page.lines if number > header)
    missing = [column.name for column in sheet.columns if column.required and column.name not in columns]
    needed = bool(rows) or sheet.needed
    if needed:
        problems += [_missing(page, sheet, header, name, extra) for name in missing]
    problems += _notes(page, sheet, header, columns, extra, rows)
    problems += _merges(page, header, columns, rows)
    if page.too_long:
        message = Message("too_many_rows", "has rows below row {most}; that is more than Vigie reads.", most=MAX_ROWS)
        hint = Message("delete_rows", "Delete the rows that are not needed.")
        problems.append(InputProblem(quoted(page.title), "", message, hint))
    return Table(sheet, page.title, header, columns, extra, rows, not (missing and needed), headers), problems


def _header(page: RawSheet, sheet: Sheet) -> tuple[int, Mapping[int, Raw]]:
    def known(line: tuple[int, Mapping[int, Raw]]) -> int:
        found = (find_column(sheet.name, cells.shown(value)) for value in line[1].values())
        return len({column.name for column in found if column is not None})

    top = list(page.lines[:_HEADER_WITHIN])
    return max(top, key=known) if top else (1, {})


def _missing(page: RawSheet, sheet: Sheet, header: int, name: str, extra: Mapping[str, int]) -> InputProblem:
    words = {normal(word): word for word in extra}
    close = [
        words[found]
        for target in (name, *COLUMN_ALIASES.get(name, ()))
        for found in difflib.get_close_matches(normal(target), list(words), n=1, cutoff=0.7)
    ]
    hint = (
        Message("is_it_the_column", "Is it the column '{header}'?", header=close[0])
        if close
        else Message("add_column", "Add it: {help}.", help=sheet.help(sheet.column(name)))
    )
    message = Message("column_missing", "the column '{column}' is missing.", column=_column(sheet, name))
    return InputProblem(f"{quoted(page.title)}!{header}:{header}", "", message, hint)


def _column(sheet: Sheet, name: str) -> Name:
    return Name("column", name, sheet.name)


def _notes(
    page: RawSheet,
    sheet: Sheet,
    header: int,
    columns: Mapping[str, int],
    extra: Mapping[str, int],
    rows: Sequence[tuple[int, Mapping[int, Raw]]],
) -> Iterator[InputProblem]:
    for title, at in extra.items():
        message = Message("not_a_column", "is not a column of this sheet; it is ignored.")
        yield InputProblem(cell_name(page.title, header, at), title, message, fatal=False)
    headed = set(columns.values()) | set(extra.values())
    bare = sorted({at for _, values in rows for at in values} - headed)
    for at in bare[:3]:
        row = next(number for number, values in rows if at in values)
        message = Message("no_header", "stands in a column without a header; it is ignored.")
        yield InputProblem(cell_name(page.title, row, at), "", message, fatal=False)
    if not rows and sheet.needed:
        yield InputProblem(quoted(page.title), "", Message("no_rows", "has no rows."), fatal=False)


def _merges(
    page: RawSheet, header: int, columns: Mapping[str, int], rows: Sequence[tuple[int, Mapping[int, Raw]]]
) -> Iterator[InputProblem]:
    last = rows[-1][0] if rows else header
    for area in page.merged:
        reached = header < area.last_row and area.first_row <= last
        if reached and any(area.first_column <= at <= area.last_column for at in columns.values()):
            message = Message(
                "merged_up_to",
                "is merged with the cells up to {end}: only the first of them holds the value.",
                end=f"{column_letter(area.last_column)}{area.last_row}",
            )
            place = cell_name(page.title, area.first_row, area.first_column)
            yield InputProblem(place, "", message, unmerge())


def unmerge() -> Message:
    return Message("unmerge", "Unmerge them and fill in every cell.")


def delete_or_rename() -> Message:
    return Message("delete_or_rename", "Delete or rename one of them.")
