"""DataFrames as the sheets of a workbook: read by the same rules, with the same messages.

The header of a frame counts as row 1 of its sheet, so that ``Staff!C3`` is the third column of its second row.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import Message, Name
from scheduler.messages.sentences import closest
from scheduler.problem.instance import Instance
from scheduler.workbook.cells import Raw, clean, shown
from scheduler.workbook.columns import Sheet
from scheduler.workbook.raw_sheets import RawSheet
from scheduler.workbook.raw_tables import cell_name, delete_or_rename
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
        Settings. Names of sheets and columns may be those of any language. ``Settings`` may be a mapping of key to value,
        ``{"start_date": "2026-03-02", "days": 28}``, and ``Holidays`` one of date to name. NaN, NaT and None are blank, lists
        and arrays are codes, a named index counts as columns. Moments are local times, without a time zone.

    Returns
    -------
    Instance
        As :func:`scheduler.load` would read them from a workbook.

    Raises
    ------
    InputError
        With everything that is wrong, each problem with its place; for a sheet, a column or a setting that there is not; for
        Calls and Strategies, which are no facts of an instance.

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
    for name, given in _named(frames):
        sheet = find_sheet(str(name))
        if sheet is None or sheet.record or sheet.name in sheets:
            problems.append(_no_sheet(str(name), sheet))
            continue
        try:
            frame = _frame(sheet, given)
        except _NoTableError:
            message = Message("frame_no_table", "is no table: give a DataFrame, or rows as mappings.")
            problems.append(InputProblem("frames", str(name), message))
            continue
        problems += _zoned(sheet, frame)
        page = _page(sheet, frame)
        sheets[sheet.name] = page
        problems += _unknown_columns(page, sheet)
    if problems:
        raise InputError(problems)
    found = examine_book(FrameBook(sheets))
    if unheard := [*_without_effect(found.notes)]:
        raise InputError([*found.errors, *unheard])
    return found.reading().instance


def _named(frames: Any) -> Iterable[tuple[Any, Any]]:
    if not isinstance(frames, Mapping):
        message = Message("frames_not_named", "is no mapping of the names of sheets to tables.")
        raise InputError([InputProblem("frames", type(frames).__name__, message)])
    return frames.items()


def _no_sheet(name: str, sheet: Sheet | None) -> InputProblem:
    """Why a table cannot be taken: its name is that of no sheet, of a sheet of records, or of one that there is already."""
    if sheet is None:
        message = Message("frame_unknown", "is not the name of an input sheet.")
        known = {each.name: each.name for each in SHEETS if not each.record}
        return InputProblem("frames", name, message, closest(name, known))
    if sheet.record:
        return InputProblem("frames", name, Message("frame_of_records", "holds no facts of an instance."))
    message = Message("sheet_again", "repeats the sheet '{sheet}'.", sheet=Name("sheet", sheet.name))
    return InputProblem("frames", name, message, delete_or_rename())


def _without_effect(notes: Iterable[InputProblem]) -> Iterator[InputProblem]:
    """What a workbook may hold beside its facts, and a caller must not give in vain."""
    for note in notes:
        if note.message.code == "not_a_setting":
            yield replace(note, message=Message("frame_setting_unknown", "is not a setting."), fatal=True)
        elif note.message.code == "published_by_hand":
            yield replace(note, fatal=True)


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


class _NoTableError(Exception):
    """What was given is no table."""


def _frame(sheet: Sheet, given: Any) -> pd.DataFrame:
    import pandas as pd

    if isinstance(given, Mapping) and sheet.name in _PAIRS:
        given = [{sheet.columns[0].name: key, sheet.columns[1].name: value} for key, value in given.items()]
    if not isinstance(given, pd.DataFrame):
        rows = list(given) if isinstance(given, Iterable) and not isinstance(given, Mapping) else [None]
        if not all(isinstance(row, Mapping) for row in rows):
            raise _NoTableError
        return pd.DataFrame(rows)
    if any(name is not None for name in given.index.names):
        return given.reset_index(allow_duplicates=True)
    return given


_PAIRS = frozenset({"Settings", "Holidays"})
"""Sheets that may be a mapping of the first column to the second."""


def _page(sheet: Sheet, frame: pd.DataFrame) -> RawSheet:
    """The header in row 1, a row of cells for each row."""
    names = [str(name) for name in frame.columns]
    columns = [[_cell(value) for value in _values(frame, place)] for place in range(len(names))]
    lines: list[tuple[int, dict[int, Raw]]] = [(1, dict(enumerate(names, start=1)))]
    for number, row in enumerate(zip(*columns, strict=True), start=2):
        lines.append((number, {place: value for place, value in enumerate(row, start=1) if value is not None}))
    return RawSheet(sheet.name, tuple(lines))


def _values(frame: pd.DataFrame, place: int) -> list[Any]:
    return frame.iloc[:, place].tolist()


def _zoned(sheet: Sheet, frame: pd.DataFrame) -> Iterator[InputProblem]:
    """Which local time was meant is not guessed."""
    for place in range(len(frame.columns)):
        for row, value in enumerate(_values(frame, place), start=2):
            if isinstance(value, dt.datetime | dt.time) and value.tzinfo is not None:
                message = Message("frame_zoned", "has a time zone, where a local time is wanted.")
                hint = Message("frame_zone_hint", "Take it away with tz_localize(None).")
                yield InputProblem(cell_name(sheet.name, row, place + 1), str(value), message, hint)


def _cell(value: Any) -> Raw:
    import pandas as pd

    if pd.api.types.is_list_like(value) and not isinstance(value, Mapping):
        words = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return ", ".join(word for word in (shown(_cell(word)) for word in words) if word) or None
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
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
