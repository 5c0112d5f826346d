"""What stands beside the sheets of a workbook: their names and parts, the texts they share, and which formats show a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Flag, auto
from functools import cached_property

from scheduler.workbook.package_parts import Archive, Attributes, DamagedError, Starts, TooLargeError

MOST_SHEETS = 1_000
_RELATION_ID = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_ESCAPE = "x005F_"
"""What Excel puts before an underscore that could be taken for the beginning of an escape."""


class Shape(Flag):
    """What the number format of a cell says of its number."""

    DATE = auto()
    TIMED = auto()
    """The format shows hours: midnight is a clock time, where a date alone is a whole day."""
    DURATION = auto()
    PER_CENT = auto()


PLAIN = Shape(0)


@dataclass(frozen=True)
class Package:
    """One workbook. What is damaged raises :class:`~scheduler.workbook.package_parts.DamagedError` when it is asked for."""

    archive: Archive

    @cached_property
    def _relations(self) -> Mapping[str, tuple[str, str]]:
        return self.archive.relations(self.archive.workbook())

    @cached_property
    def _listed(self) -> tuple[Mapping[str, str], bool]:
        """The part of each sheet by its title, and whether days count from 1904."""
        sheets: dict[str, str] = {}
        from_1904: list[bool] = []

        def properties(given: Attributes) -> None:
            from_1904.append(given.get("date1904") in {"1", "true"})

        def sheet(given: Attributes) -> None:
            kind, target = self._relations.get(given.get(_RELATION_ID, ""), ("", ""))
            if kind.endswith("/worksheet") and self.archive.has(target):
                title = given.get("name", "")
                if title in sheets:
                    raise DamagedError(title)
                sheets[title] = target
            if len(sheets) > MOST_SHEETS:
                raise TooLargeError

        self.archive.parse(self.archive.workbook(), {"workbookPr": properties, "sheet": sheet})
        return sheets, any(from_1904)

    @property
    def sheets(self) -> Mapping[str, str]:
        return self._listed[0]

    @cached_property
    def epoch(self) -> dt.datetime:
        """The day that number 0 stands for."""
        return dt.datetime(1904, 1, 1) if self._listed[1] else dt.datetime(1899, 12, 30)

    def _part(self, kind: str) -> str | None:
        return next((target for found, target in self._relations.values() if found.endswith(f"/{kind}")), None)

    @cached_property
    def strings(self) -> list[str]:
        """The texts that cells refer to by number."""
        found: list[str] = []
        name = self._part("sharedStrings")
        if name is not None:
            reader = TextReader()
            ends = reader.ends | {"si": lambda: found.append(reader.take())}
            self.archive.parse(name, reader.starts, ends, reader.text)
        return found

    @cached_property
    def shapes(self) -> list[Shape]:
        """What each cell style says of a number, by index."""
        formats: dict[str, str] = {}
        styles: list[str] = []
        tables: list[str] = []

        def table(name: str) -> Callable[[Attributes], None]:
            return lambda _given: tables.append(name)

        def cell_format(given: Attributes) -> None:
            if tables[-1:] == ["cellXfs"]:
                styles.append(given.get("numFmtId", "0"))

        def number_format(given: Attributes) -> None:
            formats[given.get("numFmtId", "")] = given.get("formatCode", "")

        name = self._part("styles")
        if name is not None:
            starts = {name: table(name) for name in ("cellStyleXfs", "cellXfs", "cellStyles")}
            self.archive.parse(name, {**starts, "numFmt": number_format, "xf": cell_format})
        known = {number: _shape(number, formats) for number in set(styles)}
        return [known[number] for number in styles]


class TextReader:
    """Gathers the text of a shared or an inline string: its runs, not how they are pronounced."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._reading = False
        self._spoken = False

        self.starts: Starts = {"t": self._begin, "rPh": self._begin_spoken}
        self.ends: dict[str, Callable[[], None]] = {"t": self._end, "rPh": self._end_spoken}

    def _begin(self, _given: Attributes) -> None:
        self._reading = not self._spoken

    def _end(self) -> None:
        self._reading = False

    def _begin_spoken(self, _given: Attributes) -> None:
        self._spoken = True

    def _end_spoken(self) -> None:
        self._spoken = False

    def text(self, piece: str) -> None:
        if self._reading:
            self._pieces.append(piece)

    def take(self) -> str:
        if not self._pieces:
            return ""
        text = "".join(self._pieces)
        self._pieces.clear()
        return text.replace(_ESCAPE, "") if _ESCAPE in text else text


def _shape(number: str, formats: Mapping[str, str]) -> Shape:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

    code = formats.get(number)
    if code is None:
        code = BUILTIN_FORMATS.get(int(number), "") if number.isdecimal() and len(number) < 4 else ""
    code = code[:255]
    shape = PLAIN
    if is_timedelta_format(code):
        shape |= Shape.DURATION
    if is_date_format(code):
        shape |= Shape.DATE
        if "h" in _bare(code):
            shape |= Shape.TIMED
    elif "%" in _bare(code):
        shape |= Shape.PER_CENT
    return shape


def _bare(code: str) -> str:
    """A number format without its literal text, colours and conditions."""
    kept: list[str] = []
    closing = ""
    skip = False
    for letter in code.casefold():
        if skip:
            skip = False
        elif closing:
            closing = "" if letter == closing else closing
        elif letter in '"[':
            closing = '"' if letter == '"' else "]"
        elif letter == "\\":
            skip = True
        else:
            kept.append(letter)
    return "".join(kept)
