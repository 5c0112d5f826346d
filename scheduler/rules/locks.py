"""Locks: what the planner has decided stays."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.messages.message import AllOf, Message
from scheduler.problem.facts import OFF, Lock
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules.base import Finding, NoParameters, Rule, Source
from scheduler.vocabulary.constraints import Constraint, Keep


class Locks(Rule[NoParameters]):
    """A locked person works the locked shift on that date, at the locked hotspot if one is named; a lock ``OFF`` keeps
    the date free.

    The date is that on which the duty starts: a night duty of the day before may run into a date that is kept free. A
    duty elsewhere does not break a lock.
    """

    code = "locks"
    title = "Locks"
    sources = (Source("The planner's decision on sheet Locked", sourced=False),)
    columns = ("Locked.staff", "Locked.date", "Locked.shift", "Locked.hotspot")

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        for lock in instance.locks:
            day = instance.calendar.day(lock.date)
            cells = [cell for cell in roster.line(lock.staff) if cell.day == day]
            if lock.shift == OFF:
                honoured = not cells
            else:
                honoured = any(cell.shift == lock.shift and lock.hotspot in (None, cell.hotspot) for cell in cells)
            if not honoured:
                yield Finding(self.code, _told(lock, cells), (lock.staff,), (day,), hotspot=lock.hotspot)

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        for lock in instance.locks:
            shift = None if lock.shift == OFF else lock.shift
            yield Keep(self.code, lock.staff, instance.calendar.day(lock.date), shift, lock.hotspot if shift else None)


def _told(lock: Lock, cells: list[Assignment]) -> Message:
    found = AllOf(tuple(f"{cell.shift} {cell.hotspot}" for cell in cells))
    if lock.shift == OFF:
        return Message(
            "locks_not_free",
            "{staff} is locked to a free day on {date}, but has {found}",
            staff=lock.staff,
            date=lock.date,
            found=found,
        )
    wanted = lock.shift if lock.hotspot is None else f"{lock.shift} {lock.hotspot}"
    if not cells:
        return Message(
            "locks_missing",
            "{staff} is locked to {wanted} on {date}, but is free",
            staff=lock.staff,
            wanted=wanted,
            date=lock.date,
        )
    return Message(
        "locks_other",
        "{staff} is locked to {wanted} on {date}, but has {found}",
        staff=lock.staff,
        wanted=wanted,
        date=lock.date,
        found=found,
    )
