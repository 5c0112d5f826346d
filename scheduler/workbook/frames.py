"""DataFrames as the sheets of a workbook: read by the same rules, with the same messages.

The header of a frame counts as row 1 of its sheet, so that ``Staff!C3`` is the third column of its second row.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import Message, Name
from scheduler.messages.sentences import closest
from scheduler.problem.instance import Instance
from scheduler.workbook.cells import Raw, clean, shown
from scheduler.workbook.columns import Sheet
from scheduler.workbook.raw_sheets import RawSheet
from scheduler.workbook.raw_tables import cell_name
from scheduler.workbook.read import examine_book
from scheduler.workbook.rows import canonical_rows
from scheduler.workbook.sheets import SHEETS, find_column, find_sheet
from scheduler.workbook.sheets import sheet as sheet_named

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class FrameBook:
    """Sheets that stand in no file."""

    sheets: Mapping[str, RawSheet]
    path: str = "frames"
    sha256: str = ""

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(self.sheets)

    def page(self, title: str, *, trimmed: bool = True) -> RawSheet:
        """The cells are clean, asked for or not: no file has blanks in them that could be kept."""
        return self.sheets[title]


def from_frames(frames: Mapping[str, pd.DataFrame | Mapping[str, Any] | Iterable[Mapping[str, Any]]]) -> Instance:
    """The facts of tables that go by the names of the sheets, with the columns of the sheets.

    Parameters
    ----------
    frames
        A DataFrame, or rows as mappings, for each sheet: at least Hotspots, Shifts, Contracts, Staff, Demand, Organisations and
        Settings. Names of sheets and columns may be those of any language. ``Settings`` may be a mapping of key to value:
        ``{"start_date": "2026-03-02", "days": 28}``. NaN, NaT and None are blank, lists are codes, a named index counts as
        columns. Moments are local times, without a time zone.

    Returns
    -------
    Instance
        As :func:`scheduler.load` would read them from a workbook.

    Raises
    ------
    InputError
        With everything that is wrong, each problem with its place, and for a sheet or a column that there is not.

    Examples
    --------
    >>> new("zone.xlsx", example="tiny")
    >>> frames = to_frames(load("zone.xlsx").instance)
    >>> frames["Staff"]["id"].tolist()
    ['P-01', 'P-02', 'P-03', 'G-01', 'G-02']
    >>> from_frames(frames) == load("zone.xlsx").instance
    True
    """
    problems: list[InputProblem] = []
    sheets: dict[str, RawSheet] = {}
    for name, given in frames.items():
        sheet = find_sheet(str(name))
        if sheet is None:
            message = Message("frame_unknown", "is not the name of an input sheet.")
            known = {each.name: each.name for each in SHEETS}
            problems.append(InputProblem("frames", str(name), message, closest(str(name), known)))
            continue
        page = _page(sheet, given)
        sheets[sheet.name] = page
        problems += _unknown_columns(page, sheet)
    if problems:
        raise InputError(problems)
    return examine_book(FrameBook(sheets)).reading().instance


def facts_of(instance: Instance) -> dict[str, pd.DataFrame]:
    """The facts as one DataFrame for each sheet that has rows or is needed, in the columns of the sheets: :func:`from_frames`
    makes the same instance of them."""
    import pandas as pd

    needed = {sheet.name for sheet in SHEETS if sheet.needed}
    return {
        name: pd.DataFrame(list(map(_plain, rows)), columns=None if rows else _columns(name))
        for name, rows in canonical_rows(instance).items()
        if rows or name in needed
    }


def _columns(name: str) -> list[str]:
    return [column.name for column in sheet_named(name).columns]


def _plain(row: Mapping[str, object]) -> dict[str, object]:
    """Clock times as text: 22:00, and 24:00 for the end of a day."""
    return {name: shown(value) if isinstance(value, dt.timedelta) else value for name, value in row.items()}


def _page(sheet: Sheet, given: Any) -> RawSheet:
    """The header in row 1, a row of cells for each row."""
    import pandas as pd

    if isinstance(given, Mapping):
        given = [{sheet.columns[0].name: key, sheet.columns[1].name: value} for key, value in given.items()]
    frame = given if isinstance(given, pd.DataFrame) else pd.DataFrame(list(given))
    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index()
    names = [str(name) for name in frame.columns]
    columns = [[_cell(value) for value in frame.iloc[:, place].tolist()] for place in range(len(names))]
    lines: list[tuple[int, dict[int, Raw]]] = [(1, dict(enumerate(names, start=1)))]
    for number, row in enumerate(zip(*columns, strict=True), start=2):
        lines.append((number, {place: value for place, value in enumerate(row, start=1) if value is not None}))
    return RawSheet(sheet.name, tuple(lines))


def _cell(value: Any) -> Raw:
    import pandas as pd

    if isinstance(value, list | tuple | set | frozenset):
        words = value if isinstance(value, list | tuple) else sorted(value, key=str)
        return ", ".join(str(word) for word in words) or None
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return str(value)  # Refused as no local time.
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime(warn=False)
    if isinstance(value, pd.Timedelta):
        return value.to_pytimedelta()
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, str | int | float | dt.date | dt.time | dt.timedelta):
        return clean(value)
    return clean(str(value))


def _unknown_columns(page: RawSheet, sheet: Sheet) -> Iterator[InputProblem]:
    """A column that no sheet has would be passed over: it is said, because a name may be misspelt."""
    header = page.lines[0][1]
    known = {column.name: column.name for column in sheet.columns}
    for place, name in header.items():
        if find_column(sheet.name, shown(name)) is None:
            message = Message("frame_column_unknown", "is not a column of {sheet}.", sheet=Name("sheet", sheet.name))
            yield InputProblem(cell_name(page.title, 1, place), shown(name), message, closest(shown(name), known))
