"""Locks: what the planner has decided stays."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.problem.facts import OFF
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, NoParameters, Rule, Source
from scheduler.vocabulary.constraints import Constraint, Keep


class Locks(Rule[NoParameters]):
    """A locked person works the locked shift on that date, at the locked hotspot if one is named; a lock ``OFF`` keeps
    the date free.

    The date is that on which the duty starts: a night duty of the day before may run into a date that is kept free. A
    duty elsewhere does not break a lock.
    """

    code = "locks"
    title = {"en": "Locks", "fr": "Affectations verrouillées", "nl": "Vergrendelde toewijzingen"}
    sources = (Source("The planner's decision on sheet Locked", sourced=False),)
    columns = ("Locked.staff", "Locked.date", "Locked.shift", "Locked.hotspot")

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        for lock in instance.locks:
            day = instance.calendar.day(lock.date)
            cells = [cell for cell in roster.line(lock.staff) if cell.day == day]
            found = ", ".join(f"{cell.shift} {cell.hotspot}" for cell in cells) or "free"
            if lock.shift == OFF:
                honoured, wanted = not cells, "a free day"
            else:
                wanted = lock.shift if lock.hotspot is None else f"{lock.shift} {lock.hotspot}"
                honoured = any(cell.shift == lock.shift and lock.hotspot in (None, cell.hotspot) for cell in cells)
            if not honoured:
                yield Finding(
                    self.code,
                    f"{lock.staff} is locked to {wanted} on {lock.date}, but is {found}"
                    if not cells
                    else f"{lock.staff} is locked to {wanted} on {lock.date}, but has {found}",
                    (lock.staff,),
                    (day,),
                    hotspot=lock.hotspot,
                )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        for lock in instance.locks:
            shift = None if lock.shift == OFF else lock.shift
            yield Keep(self.code, lock.staff, instance.calendar.day(lock.date), shift, lock.hotspot if shift else None)
