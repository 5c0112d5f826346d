"""What somebody types on a command line, read as the codes and dates of a workbook: every mistake at once, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from scheduler.analysis.difference import posted
from scheduler.analysis.waterfall_stages import organisation_homes
from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import AllOf, Message, Name
from scheduler.messages.sentences import closest
from scheduler.problem.facts import fold
from scheduler.problem.jurisdiction import police_zones
from scheduler.problem.roster import Assignment, Roster
from scheduler.workbook.cells import CellError, clean, date
from scheduler.workbook.read import Reading


class Typed:
    """Reads the words of a command about one workbook. ``place`` is the option or argument that a word stands in."""

    def __init__(self, reading: Reading) -> None:
        self._reading, self._instance = reading, reading.instance
        self._problems: list[InputProblem] = []

    def staff(self, place: str, text: str, *, private: bool = False) -> str:
        """A person's id, in any case; no other is named as a hint where that is ``private``."""
        return self._code(place, text, self._instance.person, "Staff", hinted=not private)

    def shift(self, place: str, text: str) -> str:
        return self._code(place, text, self._instance.shift, "Shifts")

    def hotspot(self, place: str, text: str) -> str:
        return self._code(place, text, self._instance.hotspot, "Hotspots")

    def home(self, place: str, text: str) -> str:
        """A police zone, with hotspots or without, or another organisation whose people stand by themselves
        (:func:`~scheduler.analysis.waterfall_stages.organisation_homes`)."""
        instance = self._instance
        home = organisation_homes(instance)
        known = dict.fromkeys([*police_zones(instance), *(code for code, of in home.items() if code == of)])
        others = {fold(code): of for code, of in home.items() if code not in known}
        if fold(text.strip()) not in others:
            return self._code(place, text, known, "Organisations")
        zone = others[fold(text.strip())]
        message = Message("counts_for_zone", "is a municipality. Its people count for zone {zone}.", zone=zone)
        self.problem(place, text, message)
        return text

    def day(self, place: str, text: str) -> int:
        """The day of the horizon that a date names, as cells have it: ``2026-03-14`` or ``14/03/2026``."""
        calendar = self._instance.calendar
        try:
            on = date(clean(text))
        except CellError as error:
            self.problem(place, text, error.message, error.hint)
            return 0
        day = calendar.day(on)
        if not 0 <= day < calendar.days:
            last = calendar.start + dt.timedelta(days=calendar.days - 1)
            hint = Message("horizon_lasts", "It lasts from {first} to {last}.", first=calendar.start, last=last)
            self.problem(place, text, Message("date_outside_horizon", "lies outside the horizon."), hint)
            return 0
        return day

    def duty(
        self, place: str, staff: str, day: int, roster: Roster, shift: str | None = None, hotspot: str | None = None
    ) -> Assignment:
        """The duty of a person on a day, if need be the one of a shift and a hotspot. Raises :class:`InputError` at once where
        there is none, or more than one."""
        on = self._instance.calendar.date(day)
        line = [cell for cell in roster.line(staff) if cell.day == day]
        found = [cell for cell in line if shift in (None, cell.shift) and hotspot in (None, cell.hotspot)]
        there = AllOf(tuple(str(posted(cell)) for cell in line))
        if not line:
            near = sorted(roster.line(staff), key=lambda cell: abs(cell.day - day))[:3]
            duties = (f"{self._instance.calendar.date(cell.day).isoformat()} {posted(cell)}" for cell in sorted(near))
            hint = Message("nearest_duties", "The nearest duties are {duties}.", duties=AllOf(tuple(duties)))
            self.problem(place, staff, Message("no_duty_on", "has no duty on {date}.", date=on), hint if near else None)
        elif not found:
            message = Message("other_duty_on", "has {duties} on {date}, no other duty.", duties=there, date=on)
            self.problem(place, staff, message)
        elif len(found) > 1:
            message = Message("several_duties_on", "has {duties} on {date}.", duties=there, date=on)
            hint = Message("say_which_duty", "Say which by --shift and --hotspot.")
            self.problem(place, staff, message, hint)
        self.done()
        return found[0]

    def problem(self, place: str, text: str, message: Message, hint: Message | None = None) -> None:
        found = InputProblem(place, text, message, hint)
        self._problems.append(found.named(self._reading.cells.naming))

    def done(self) -> None:
        """Raises :class:`InputError` with every problem so far."""
        if self._problems:
            raise InputError(self._problems, language=self._instance.language)

    def _code(self, place: str, text: str, known: Iterable[str], sheet: str, *, hinted: bool = True) -> str:
        codes = {fold(code): code for code in known}
        word = fold(text.strip())
        if word not in codes:
            message = Message("not_on_sheet", "is not on sheet {sheet}.", sheet=Name("sheet", sheet))
            hint = (closest(word, codes) or _codes(codes.values())) if hinted else None
            self.problem(place, text, message, hint)
        return codes.get(word, text)


def _codes(codes: Iterable[str]) -> Message | None:
    """All the codes there are, where they are few."""
    there = sorted(codes)
    if not 0 < len(there) <= 20:
        return None
    return Message("codes_there", "There are: {codes}.", codes=", ".join(there))
