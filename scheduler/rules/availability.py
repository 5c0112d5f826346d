"""Availability: who is in service and not on leave, when a hotspot is open, and on which days a shift is worked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scheduler.messages.message import Message
from scheduler.problem.instance import DutyKey, Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, NoParameters, Rule, Source
from scheduler.vocabulary.constraints import Constraint, Unavailable


class Availability(Rule[NoParameters]):
    """Nobody works on a date outside their service, or at any minute of their leave. No duty at a hotspot reaches outside
    the dates on which it is open. No duty of a shift starts on a date that is not among the days of the shift.

    A duty belongs to the date it starts on: a night duty of the last date in service is worked to its end.
    ``Staff.from`` and ``Staff.until`` are included; a blank cell is no limit.

    Leave is compared in minutes. Leave of a part of a day excludes only the duties that overlap it; a duty may end at
    the minute at which leave begins, and begin at the minute at which it ends. Leave after the horizon excludes a duty
    that runs into it. Absences that count as work are for ``duties_elsewhere``.

    A hotspot is open from 00:00 of its first date to 24:00 of its last. A night duty that starts on its last date is
    not allowed there, nor one that starts on the day before its first.

    ``Shifts.days`` says on which days a shift is worked, in the words of sheet Demand: weekdays, public holidays or dates
    (blank: every day). A night duty of a Sunday shift starts on Sunday and ends on Monday. A shift with ``no`` in
    ``Shifts.worked`` is worked on no day. History is not looked at.
    """

    code = "availability"
    title = "Availability"
    sources = (
        Source("Facts of the workbook: service dates, leave, opening dates of hotspots, days of shifts", sourced=False),
    )
    columns = (
        "Staff.from", "Staff.until", "Absences.from", "Absences.to", "Hotspots.from", "Hotspots.until", "Shifts.days",
        "Shifts.worked",
    )  # fmt: skip

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        leave: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for absence in instance.absences:
            if not absence.counts_as_work:
                leave[absence.staff].append((absence.start, absence.end))
        calendar = instance.calendar
        for cell in roster:
            duty = instance.duty(cell.day, cell.shift)
            on = calendar.date(cell.day)
            if not instance.in_service(cell.staff, cell.day):
                message = Message(
                    "availability_not_in_service", "{staff} is not in service on {date}", staff=cell.staff, date=on
                )
                yield self._finding(cell.staff, cell.day, message)
            away = leave.get(cell.staff, ())
            missed = sum(max(0, min(end, duty.end) - max(start, duty.start)) for start, end in away)
            if missed:
                message = Message(
                    "availability_absent", "{staff} is absent during the duty of {date}", staff=cell.staff, date=on
                )
                yield self._finding(cell.staff, cell.day, message, missed, "minutes")
            shift = instance.shift[cell.shift]
            if not shift.worked or (shift.days is not None and not shift.days.match(calendar, cell.day)):
                message = Message(
                    "availability_shift_day",
                    "shift {shift} is not worked on {date} ({staff})",
                    shift=cell.shift,
                    date=on,
                    staff=cell.staff,
                )
                yield self._finding(cell.staff, cell.day, message)
            spot = instance.hotspot[cell.hotspot]
            early = spot.opens is not None and on < spot.opens
            late = spot.closes is not None and calendar.date(calendar.day_of(duty.end - 1)) > spot.closes
            if early or late:
                yield Finding(
                    self.code,
                    Message(
                        "availability_closed",
                        "{hotspot} is not open during the whole duty of {staff} on {date}",
                        hotspot=cell.hotspot,
                        staff=cell.staff,
                        date=on,
                    ),
                    (cell.staff,),
                    (cell.day,),
                    hotspot=cell.hotspot,
                )

    def _finding(self, staff: str, day: int, message: Message, amount: int = 1, unit: str = "") -> Finding:
        return Finding(self.code, message, (staff,), (day,), amount=amount, unit=unit)

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        blocked: dict[str, set[DutyKey]] = defaultdict(set)
        for member in instance.staff:
            if member.first is not None or member.last is not None:
                blocked[member.id] = {
                    duty.key for duty in instance.duties if not instance.in_service(member.id, duty.day)
                }
        for absence in instance.absences:
            if not absence.counts_as_work:
                blocked[absence.staff] |= overlapping(instance, absence.start, absence.end)
        for staff, duties in blocked.items():
            if duties:
                yield Unavailable(self.code, staff, frozenset(duties))
        idle = frozenset(duty.key for duty in instance.duties if not instance.offers(duty.key))
        for member in instance.staff if idle else ():
            yield Unavailable(self.code, member.id, idle)
        for closed, spots in _closed(instance).items():
            for member in instance.staff:
                yield Unavailable(self.code, member.id, closed, frozenset(spots))


def overlapping(instance: Instance, start: int, end: int) -> set[DutyKey]:
    """The duties of the horizon of which a minute lies in ``[start, end)``."""
    # No duty lasts beyond the day after its date.
    first, last = instance.calendar.day_of(start) - 1, instance.calendar.day_of(end - 1)
    days = range(max(0, first), min(instance.days, last + 1))
    duties = (instance.duty(day, shift.code) for day in days for shift in instance.shifts)
    return {duty.key for duty in duties if duty.overlaps(start, end)}


def _closed(instance: Instance) -> dict[frozenset[DutyKey], list[str]]:
    """The hotspots that share a set of duties for which they are not open."""
    calendar = instance.calendar
    table: dict[frozenset[DutyKey], list[str]] = defaultdict(list)
    for spot in instance.hotspots:
        low = None if spot.opens is None else calendar.minute(calendar.day(spot.opens))
        high = None if spot.closes is None else calendar.minute(calendar.day(spot.closes) + 1)
        duties = frozenset(
            duty.key
            for duty in instance.duties
            if (low is not None and duty.start < low) or (high is not None and duty.end > high)
        )
        if duties:
            table[duties].append(spot.code)
    return table
