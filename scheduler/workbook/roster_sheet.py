"""The Roster sheet back into a roster: people by id, dates by header, ``SHIFT HOTSPOT`` in each cell.

A blank cell, a dash or a text in parentheses, such as ``(leave)``, is no duty; the words for a day off say that the person is
kept free. Rows without an id (totals, headings) and columns without a date are passed over, so that a planner may add their own;
but a duty in them is a problem, since nobody would work it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.errors import InputProblem
from scheduler.messages.languages import Language
from scheduler.messages.message import AllOf, Message, Name
from scheduler.messages.sentences import closest
from scheduler.messages.texts import Texts
from scheduler.problem.facts import OFF, fold
from scheduler.problem.roster import Assignment, Roster
from scheduler.problem.timeline import Calendar
from scheduler.workbook import cells
from scheduler.workbook.cells import CellError, ErrorValue, Raw
from scheduler.workbook.parse import formula_error, uncalculated
from scheduler.workbook.raw_sheets import UNCALCULATED, RawSheet
from scheduler.workbook.raw_tables import cell_name, quoted, unmerge
from scheduler.workbook.sheets import find_column

_HEADER_WITHIN = 30
_MOST_HINTS = 50
_BETWEEN = re.compile(r"[\s+/,;&|]+")
"""What planners write between the duties of a day."""
_FREE = frozenset({"-", "–", "—", ".", "/", OFF})
_OFF_WORDS = frozenset({OFF.casefold(), *(Texts(language)("off").casefold() for language in Language)})
_LEAVE_WORDS = frozenset(Texts(language)("leave").casefold() for language in Language)
_BARE_OFF, _BARE_LEAVE = (frozenset(word.strip("()") for word in words) for words in (_OFF_WORDS, _LEAVE_WORDS))
"""The same without the parentheses: as planners type them, where no shift has such a code."""


@dataclass(frozen=True, slots=True)
class Known:
    """The codes that a roster may name."""

    staff: Collection[str]
    shifts: Collection[str]
    hotspots: Collection[str]


@dataclass(slots=True)
class RosterPage:
    """What was found: the assignments, and the row and column of each person and day; ``dates`` are those of the header,
    ``outside`` those of them that lie outside the horizon and hold duties; ``off`` are the people and days that a cell keeps
    free, ``on_leave`` those that it calls leave."""

    title: str
    roster: Roster | None = None
    rows: dict[str, int] = field(default_factory=dict)
    columns: dict[int, int] = field(default_factory=dict)
    problems: list[InputProblem] = field(default_factory=list)
    dates: list[dt.date] = field(default_factory=list)
    outside: list[dt.date] = field(default_factory=list)
    off: set[tuple[str, int]] = field(default_factory=set)
    on_leave: set[tuple[str, int]] = field(default_factory=set)


def read_roster(page: RawSheet, known: Known, calendar: Calendar) -> RosterPage:
    """Read the sheet; every cell that cannot be read is a problem."""
    found = RosterPage(page.title)
    header = next(((row, line) for row, line in page.lines[:_HEADER_WITHIN] if _is_header(line)), None)
    if header is None:
        message = Message(
            "no_roster_header",
            "has no row with the header {column} and dates; no roster is read from it.",
            column=Name("column", "id", "Staff"),
        )
        found.problems.append(InputProblem(quoted(page.title), "", message, fatal=False))
        return found
    id_at = next(at for at, value in header[1].items() if _is_id(value))
    days = _days(found, header, calendar)
    reader = _Reader(known)
    people = [(row, reader.staff(line.get(id_at)), line) for row, line in page.lines if row > header[0]]
    rows = {row for row, staff, _ in people if staff in known.staff}
    found.problems += _merged(page, rows, set(days) | {id_at})
    found.dates = sorted(on for value in header[1].values() if (on := _date(value)) is not None)
    found.outside = sorted(_outside(people, header[1], rows, calendar))
    found.problems += _strays(page.title, reader, people, header[1])
    assignments: list[Assignment] = []
    for row, staff, line in people:
        duties = [(at, line[at]) for at in days if at in line]
        if staff in known.staff and staff not in found.rows:
            found.rows[staff] = row
        elif staff and any(isinstance(value, str) and not _is_free(value) for _, value in duties):
            found.problems.append(_stranger(found, reader, cell_name(page.title, row, id_at), staff))
            continue
        else:
            continue
        for at, value in duties:
            try:
                duty = reader.duty(value)
            except CellError as error:
                if _says(value, _BARE_OFF | _BARE_LEAVE):
                    (found.off if _says(value, _BARE_OFF) else found.on_leave).add((staff, days[at]))
                    continue
                place = cell_name(page.title, row, at)
                found.problems.append(InputProblem(place, cells.shown(value), error.message, error.hint))
                continue
            if duty is not None:
                assignments.append(Assignment(staff, days[at], *duty))
            elif _says(value, _OFF_WORDS):
                found.off.add((staff, days[at]))
            elif _says(value, _LEAVE_WORDS):
                found.on_leave.add((staff, days[at]))
    found.roster = Roster.of(assignments)
    return found


def _strays(
    title: str, reader: _Reader, people: Sequence[tuple[int, str, Mapping[int, Raw]]], header: Mapping[int, Raw]
) -> Iterator[InputProblem]:
    """Duties that stand beside no person, or under no date."""
    dated = {at for at, value in header.items() if _date(value) is not None}
    for row, staff, line in people:
        for at, value in line.items():
            if (staff and at in dated) or not isinstance(value, str) or not reader.is_duty(value):
                continue
            message = Message("duty_without_date", "is a duty in a column without a date.")
            if at in dated:
                message = Message("duty_without_person", "is a duty in a row without a person.")
            hint = Message("duty_move", "Move it to a person's day, or delete it.")
            yield InputProblem(cell_name(title, row, at), cells.shown(value), message, hint)


def _says(value: Raw, words: Collection[str]) -> bool:
    return cells.shown(value).casefold() in words


def _is_id(value: Raw) -> bool:
    if not isinstance(value, str):
        return False
    column = find_column("Staff", value) or find_column("Locked", value)
    return column is not None and column.name in {"id", "staff"}


def _date(value: Raw) -> dt.date | None:
    try:
        return cells.date(value)
    except CellError:
        return None


def _is_header(line: Mapping[int, Raw]) -> bool:
    return any(map(_is_id, line.values())) and any(_date(value) is not None for value in line.values())


def _name(value: Raw) -> str:
    try:
        return "" if value is None or isinstance(value, ErrorValue) else cells.code(value)
    except CellError:
        return ""


def _is_free(value: Raw) -> bool:
    text = cells.shown(value)
    return not text or text.upper() in _FREE or (text.startswith("(") and text.endswith(")"))


def _days(found: RosterPage, header: tuple[int, Mapping[int, Raw]], calendar: Calendar) -> dict[int, int]:
    """Column → day, for the dates of the horizon."""
    days: dict[int, int] = {}
    for at, value in sorted(header[1].items()):
        on = _date(value)
        if on is None or not 0 <= calendar.day(on) < calendar.days:
            continue
        day = calendar.day(on)
        if day in found.columns:
            place = cell_name(found.title, header[0], at)
            message = Message("date_column_again", "is a date that stands here a second time.")
            found.problems.append(InputProblem(place, on.isoformat(), message))
        else:
            found.columns[day] = at
            days[at] = day
    return days


def _merged(page: RawSheet, rows: Collection[int], read: Collection[int]) -> Iterator[InputProblem]:
    """Merged cells where people's duties stand, in the ``rows`` and the columns that are ``read``."""
    for area in page.merged:
        if any(area.first_row <= row <= area.last_row for row in rows) and any(
            area.first_column <= at <= area.last_column for at in read
        ):
            place = cell_name(page.title, area.first_row, area.first_column)
            yield InputProblem(place, "", Message("merged", "is merged with other cells."), unmerge())


def _outside(
    people: Sequence[tuple[int, str, Mapping[int, Raw]]],
    header: Mapping[int, Raw],
    rows: Collection[int],
    calendar: Calendar,
) -> Iterator[dt.date]:
    """The dates outside the horizon in whose columns people have duties."""
    for at, value in header.items():
        on = _date(value)
        if (
            on is not None
            and not 0 <= calendar.day(on) < calendar.days
            and any(not _is_free(line.get(at)) for row, _, line in people if row in rows)
        ):
            yield on


def _stranger(found: RosterPage, reader: _Reader, place: str, staff: str) -> InputProblem:
    if staff in found.rows:
        again = Message("row_again", "stands here a second time; the first is in row {row}.", row=found.rows[staff])
        return InputProblem(place, staff, again)
    unknown = Message("not_on_sheet", "is not on sheet {sheet}.", sheet=Name("sheet", "Staff"))
    return InputProblem(place, staff, unknown, reader.suggest(staff, reader.known.staff))


class _Reader:
    """Reads the text of roster cells; each different text once."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._read: dict[str, tuple[str, str] | None] = {}
        self._folded = {
            kind: {fold(code): code for code in codes}
            for kind, codes in (("staff", known.staff), ("shift", known.shifts), ("hotspot", known.hotspots))
        }
        self._hints = 0

    def staff(self, value: Raw) -> str:
        """The id that a cell names, as it is on sheet Staff; unknown ones stay."""
        name = _name(value)
        return self._folded["staff"].get(fold(name), name)

    def duty(self, value: Raw) -> tuple[str, str] | None:
        """Shift and hotspot; None for a free day. Raises :class:`CellError`."""
        if isinstance(value, ErrorValue):
            message = uncalculated() if value is UNCALCULATED else formula_error()
            raise CellError(message, Message("type_the_duty", "Type the duty itself."))
        text = cells.shown(value)
        if text not in self._read:
            self._read[text] = None if _is_free(text) else self._parse(text)
        return self._read[text]

    def is_duty(self, value: str) -> bool:
        """Whether a text says a duty."""
        try:
            return self.duty(value) is not None
        except CellError:
            return False

    def _parse(self, text: str) -> tuple[str, str]:
        words = fold(text).split()
        shifts, hotspots = self._folded["shift"], self._folded["hotspot"]
        for cut in range(1, len(words)):
            shift, hotspot = shifts.get(" ".join(words[:cut])), hotspots.get(" ".join(words[cut:]))
            if shift is not None and hotspot is not None:
                return shift, hotspot
        named = [word for word in _BETWEEN.split(text) if word.casefold() in shifts]
        if len(named) > 1:
            raise CellError(
                Message(
                    "several_duties",
                    "names more than one duty ({shifts}); a person has one duty a date.",
                    shifts=AllOf(tuple(named)),
                ),
                Message(
                    "keep_one_duty",
                    "Keep one, or give the hours a shift of their own on sheet {sheet}.",
                    sheet=Name("sheet", "Shifts"),
                ),
            )
        first, rest = text.split()[0], " ".join(text.split()[1:])
        if fold(first) not in shifts:
            message = Message(
                "names_no_shift",
                "names no shift: '{shift}' is not on sheet {sheet}.",
                shift=first,
                sheet=Name("sheet", "Shifts"),
            )
            raise CellError(message, self.suggest(first, self.known.shifts))
        if not rest:
            example = Message(
                "write_a_duty", "Write the shift, a space and the hotspot, such as '{shift} HAL'.", shift=first
            )
            raise CellError(Message("duty_without_hotspot", "names no hotspot."), example)
        message = Message(
            "names_no_hotspot",
            "names no hotspot: '{hotspot}' is not on sheet {sheet}.",
            hotspot=rest,
            sheet=Name("sheet", "Hotspots"),
        )
        raise CellError(message, self.suggest(rest, self.known.hotspots))

    def suggest(self, text: str, codes: Collection[str]) -> Message | None:
        """``Did you mean …?``; only for the first few dozen, since each comparison with thousands of codes takes time."""
        self._hints += 1
        if self._hints > _MOST_HINTS:
            return None
        return closest(fold(text), {fold(code): code for code in codes})
