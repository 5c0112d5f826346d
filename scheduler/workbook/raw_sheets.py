"""The raw cells of a workbook's sheets, at their true positions.

Each sheet is read in one pass that heeds cells and merged areas and nothing else, so that no odd drawing or formatting of another
program stops a planner.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from scheduler.messages.message import Message
from scheduler.workbook.archive import PLAIN, Package, Shape, TextReader
from scheduler.workbook.cells import ErrorValue, PerCent, Raw, clean
from scheduler.workbook.file_checks import refuse, too_much, workbook_bytes
from scheduler.workbook.package_parts import (
    MOST_ELEMENTS,
    Archive,
    Attributes,
    DamagedError,
    Ends,
    EnoughError,
    Starts,
    TooLargeError,
)

MAX_ROWS = 50_000
MAX_COLUMNS = 1_000

UNCALCULATED = ErrorValue("=…")
"""Stands for the value of a formula that no program has calculated yet."""


@dataclass(frozen=True, slots=True)
class Area:
    """A block of merged cells, from 1, ends included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet: rows that hold something, as ``(row number, {column number: value})``; both count from 1."""

    title: str
    lines: tuple[tuple[int, dict[int, Raw]], ...] = ()
    merged: tuple[Area, ...] = ()
    too_long: bool = False


class Sheets(Protocol):
    """The sheets of a workbook, or of what stands for one. ``path`` is what it is called; ``sha256`` is the fingerprint of the
    file's bytes, blank where there is no file."""

    @property
    def path(self) -> str | os.PathLike[str]: ...

    @property
    def sha256(self) -> str: ...

    @property
    def titles(self) -> tuple[str, ...]: ...

    def page(self, title: str, *, trimmed: bool = True) -> RawSheet: ...


@dataclass(frozen=True)
class Book:
    """The sheets of a file, each parsed when it is asked for. ``sha256`` is the fingerprint of the file's bytes."""

    path: str | os.PathLike[str]
    package: Package
    sha256: str

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(self.package.sheets)

    def page(self, title: str, *, trimmed: bool = True) -> RawSheet:
        """The raw cells of one sheet, without the blanks around a text if ``trimmed``. Raises :class:`InputError` when its
        XML is damaged, or too much of it."""
        with _in_plain_words(
            self.path, Message("sheet_damaged", "is damaged: sheet '{title}' cannot be read.", title=title)
        ):
            reader = _SheetReader(self.package, clean if trimmed else _as_it_is)
            self.package.archive.parse(self.package.sheets[title], reader.starts, reader.ends, reader.text)
            return RawSheet(title, tuple(reader.lines), tuple(reader.merged), reader.too_long)


def open_book(path: str | os.PathLike[str]) -> Book:
    """Open a workbook for reading. Raises :class:`InputError` for everything that is not a whole .xlsx file."""
    content = workbook_bytes(path)
    with _in_plain_words(path, Message("workbook_damaged", "is damaged: it cannot be read.")):
        package = Package(Archive(zipfile.ZipFile(io.BytesIO(content))))
        # Asked for here, so that what all sheets need is told once.
        _ = package.sheets, package.strings, package.shapes
    return Book(path, package, hashlib.sha256(content).hexdigest())


@contextmanager
def _in_plain_words(path: str | os.PathLike[str], damaged: Message) -> Iterator[None]:
    try:
        yield
    except TooLargeError as error:
        message = Message(
            "too_many_cells",
            "holds more than {most} million cells and texts; that is more than Vigie reads.",
            most=MOST_ELEMENTS // 2_000_000,
        )
        raise too_much(path, message) from error
    except (DamagedError, ValueError, OverflowError, LookupError) as error:
        # Numbers and positions that are none: whatever is damaged, the planner reads the same sentence.
        hint = Message("repair_it", "Let Excel repair it and save it again.")
        raise refuse(path, damaged, hint) from error


def _as_it_is(text: str) -> Raw:
    return text or None


@dataclass
class _SheetReader:
    """What the XML of one sheet says, element by element."""

    package: Package
    clean: Callable[[str], Raw]
    """What is made of a text."""
    lines: list[tuple[int, dict[int, Raw]]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    too_long: bool = False

    _row: int = 0
    _column: int = 0
    _values: dict[int, Raw] = field(default_factory=dict)
    _kind: str = "n"
    _style: int = 0
    _formula: bool = False
    _valued: bool = False
    _reading: bool = False
    _value: list[str] = field(default_factory=list)
    _inline: TextReader = field(default_factory=TextReader)

    @property
    def starts(self) -> Starts:
        own = {"row": self._begin_row, "c": self._begin_cell, "v": self._begin_value, "f": self._begin_formula}
        return {**self._inline.starts, **own, "mergeCell": self._merge}

    @property
    def ends(self) -> Ends:
        return {**self._inline.ends, "row": self._end_row, "c": self._end_cell, "v": self._end_value}

    def text(self, piece: str) -> None:
        if self._reading:
            self._value.append(piece)
        else:
            self._inline.text(piece)

    def _begin_row(self, given: Attributes) -> None:
        self._row = int(given["r"]) if "r" in given else self._row + 1
        self._column, self._values = 0, {}

    def _end_row(self) -> None:
        if not self._values:
            return
        if self._row > MAX_ROWS:
            self.too_long = True
            raise EnoughError
        self.lines.append((self._row, self._values))

    def _begin_formula(self, _given: Attributes) -> None:
        self._formula = True

    def _begin_value(self, _given: Attributes) -> None:
        self._reading = self._valued = True

    def _end_value(self) -> None:
        self._reading = False

    def _begin_cell(self, given: Attributes) -> None:
        position = given.get("r")
        if position is None:
            self._column += 1
        else:
            self._column = _position(position)[1]
        self._kind = given.get("t", "n")
        self._style = int(given.get("s", 0))
        self._formula = self._valued = False
        self._value.clear()
        self._inline.take()

    def _end_cell(self) -> None:
        if self._column > MAX_COLUMNS:
            return
        text = "".join(self._value)
        value = self.clean(self._inline.take()) if self._kind == "inlineStr" else self._typed(text) if text else None
        # An empty text result is written with its type: such a formula was calculated.
        if not text and self._formula and not (self._valued and self._kind == "str"):
            value = UNCALCULATED
        if value is not None:
            self._values[self._column] = value

    def _typed(self, text: str) -> Raw:
        match self._kind:
            case "n":
                return self._number(float(text) if set(text) & set(".eE") else int(text))
            case "s":
                return self.clean(self.package.strings[int(text)])
            case "b":
                return bool(int(text))
            case "e":
                return ErrorValue(text)
            case "d":
                from openpyxl.utils.datetime import from_ISO8601

                return self._in_time(from_ISO8601(text))  # type: ignore[no-untyped-call]
            case _:
                return self.clean(text)

    def _number(self, number: int | float) -> Raw:
        shape = self._shape
        if shape is PLAIN:
            return number
        if Shape.PER_CENT in shape:
            return PerCent(number)
        if Shape.DATE not in shape:
            return number
        from openpyxl.utils.datetime import from_excel

        try:
            found = from_excel(number, self.package.epoch, timedelta=Shape.DURATION in shape)
        except (OverflowError, ValueError):
            return ErrorValue("#VALUE!")
        return self._in_time(found)

    @property
    def _shape(self) -> Shape:
        shapes = self.package.shapes
        return shapes[self._style] if self._style < len(shapes) else PLAIN

    def _in_time(self, value: Raw) -> Raw:
        """A date alone where the cell shows no hours."""
        if isinstance(value, dt.datetime) and value.time() == dt.time() and Shape.TIMED not in self._shape:
            return value.date()
        return value

    def _merge(self, given: Attributes) -> None:
        first, _, last = given.get("ref", "").partition(":")
        (top, left), (bottom, right) = _position(first), _position(last or first)
        self.merged.append(Area(top, bottom, left, right))


def _position(text: str) -> tuple[int, int]:
    """``AB12`` → ``(12, 28)``."""
    text = text.replace("$", "").upper()
    letters = text.rstrip("0123456789")
    if not 0 < len(letters) < 4 or len(text) > 10:
        raise DamagedError(text)
    return int(text[len(letters) :]), _column_number(letters)


def column_letter(column: int) -> str:
    """1 → ``A``, 28 → ``AB``."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise DamagedError(letters)
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
