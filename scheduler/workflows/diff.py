"""Two workbooks held against each other: their input first, then their rosters over the dates that both have."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from scheduler.analysis.comparison import Comparison, Dated, compare
from scheduler.analysis.difference import Change
from scheduler.analysis.notice import announced_at
from scheduler.errors import InputError
from scheduler.messages.languages import Language
from scheduler.workbook.input_difference import RowDifference, input_differences
from scheduler.workbook.read import Reading, read
from scheduler.workflows.moments import moment, now


@dataclass(frozen=True, slots=True)
class Difference:
    """``rosters`` is None where one of the two holds none: then only the input is compared."""

    old: Reading
    new: Reading
    input: tuple[RowDifference, ...]
    rosters: Comparison | None

    @property
    def without_roster(self) -> tuple[Reading, ...]:
        """The workbooks that hold no roster."""
        return tuple(reading for reading in (self.old, self.new) if reading.roster is None)

    @property
    def staff_in_both(self) -> int:
        """How many people the two have in common, by ID."""
        return len(self.old.instance.person.keys() & self.new.instance.person.keys())

    def cell_of(self, change: Change) -> str | None:
        """The cell of a change on the Roster sheet of the new workbook, of the old one where the new one has none."""
        places = ((side.cells, side.instance.calendar) for side in (self.new, self.old))
        found = (cells.roster(change.staff, calendar.day(change.date)) for cells, calendar in places)
        return next((cell for cell in found if cell is not None), None)


def difference(old: Reading, new: Reading, announced: str | None = None) -> Difference:
    """Everything that differs between two workbooks.

    ``announced`` is the local date and time at which people hear of the changes, as ``2026-03-10 16:00``; None: when the new
    workbook was published, where that is a newer version, else from when it was repaired, else now.
    Raises :class:`InputError` where it is none.
    """
    rosters = None
    at = announced_at(old.instance, new.instance, _heard(new))
    at = at if announced is None else moment(announced, "--announced")
    if old.roster is not None and new.roster is not None:
        rosters = compare(Dated(old.instance, old.roster), Dated(new.instance, new.roster), at)
    return Difference(old, new, input_differences(old, new), rosters)


def _heard(reading: Reading) -> dt.datetime:
    """The moment from which a roster was repaired, else now, in local time where it is worked."""
    calendar = reading.instance.calendar
    if reading.memory is not None and reading.memory.standing is not None:
        return calendar.local(reading.memory.standing.since).replace(tzinfo=None)
    return now(calendar)


def load_both(old: Path, new: Path) -> tuple[Reading, Reading]:
    """Read two workbooks. Raises :class:`InputError` with the problems of the first that has some; each place names its file."""
    return _load(old), _load(new)


def _load(path: Path) -> Reading:
    try:
        return read(path)
    except InputError as error:
        # As Excel writes a cell of another workbook.
        named = [replace(item, place=_in_file(path, item.place)) for item in error.problems]
        raise InputError(named, error.notes, error.language) from error


def _in_file(path: Path, place: str) -> str:
    return place if place == path.name else f"[{path.name}]{place}"


def write_difference(path: Path, found: Difference, language: Language) -> None:
    """Write the workbook of a difference. Raises :class:`~scheduler.errors.OutputError` when it cannot be written."""
    from scheduler.workbook.difference_sheets import write_differences

    names = (found.old.path.name, found.new.path.name)
    write_differences(path, names, found.input, found.rosters, found.cell_of, language)
