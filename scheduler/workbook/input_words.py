"""Differences of input in words: which row, and what stood and stands in its cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.messages import formats
from scheduler.messages.texts import Texts
from scheduler.problem.timeline import clock_text
from scheduler.workbook.input_difference import RowChange, RowDifference, key_of
from scheduler.workbook.rows import Row, in_words
from scheduler.workbook.sheets import SETTING_KEYS, sheet


@dataclass(frozen=True, slots=True)
class CellWords:
    """A cell that differs; blank text is a blank cell."""

    place: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowWords:
    """``row`` says which one: its key where cells of it changed, else all that stands in it."""

    row: str
    cells: tuple[CellWords, ...] = ()

    def text(self, texts: Texts) -> str:
        """All of it in one line."""
        changed = " · ".join(f"{cell.column} {cell.before or '–'} → {cell.after or '–'}" for cell in self.cells)
        return texts("labelled", label=self.row, words=changed) if changed else self.row


def difference_words(item: RowDifference, texts: Texts) -> RowWords:
    """A difference of input in the words of a language."""
    shown = _shown(item.sheet, item.row, texts)
    if item.kind is not RowChange.CHANGED:
        return RowWords(" · ".join(word for word in shown.values() if word))
    before, after = (
        _shown(item.sheet, {**item.row, **{cell.column: getattr(cell, side) for cell in item.cells}}, texts)
        for side in ("before", "after")
    )
    cells = tuple(
        CellWords(cell.place, texts.name("column", cell.column), before[cell.column], after[cell.column])
        for cell in item.cells
    )
    return RowWords(" ".join(shown[column] for column in key_of(item.sheet) if shown[column]), cells)


def _shown(name: str, row: Row, texts: Texts) -> Mapping[str, str]:
    """Every column of a row as text."""
    if name == "Settings":
        key, value = str(row["key"]), row["value"]
        known = texts.name("setting", key) if key in SETTING_KEYS else key
        word = texts.name("choice", value) if isinstance(value, str) and key in _WORDY else _text(value, texts)
        return {"key": known, "value": word}
    words = in_words(sheet(name), {column: value for column, value in row.items() if value is not None}, texts)
    return {column.name: _text(words.get(column.name), texts) for column in sheet(name).columns}


_WORDY = frozenset({"language", "strategy", "legal_holidays"})
"""Settings whose values are words of a drop-down."""


def _text(value: object, texts: Texts) -> str:
    match value:
        case None:
            return ""
        case bool():
            return texts.name("choice", "yes" if value else "no")
        case dt.datetime():
            return formats.moment(value, texts.language)
        case dt.date():
            return formats.date(value, texts.language)
        case dt.timedelta():
            return clock_text(round(value.total_seconds() / 60))
        case int() | float():
            return formats.figure(value, texts.language)
        case _:
            return " ".join(str(value).split())
