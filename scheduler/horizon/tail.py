"""What of a horizon is still open at an instant: an instance of its own, with everything before it as history.

What was worked is a fact, whether it kept the rules or not: it is not judged again, and the rules go on from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.horizon.blocks import LONGEST_WHOLE, OVERLAP_DAYS, Block, cut, shifted
from scheduler.horizon.limit_shares import Allowances
from scheduler.problem.facts import Lock
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules import declare
from scheduler.vocabulary.constraints import Constraint, Unavailable

LONGEST_OPEN = LONGEST_WHOLE - OVERLAP_DAYS
"""Days that are open at most at a time: later ones stay as they are."""
PAST = "past"
"""What keeps duties from beginning in the past; no rule of its own."""


@dataclass(frozen=True)
class Tail:
    """The open days ``[first, stop)`` of a horizon.

    ``instance`` is about them, and a week beyond where more follow, which is locked; ``roster`` is what was planned for its days,
    in its days. ``beside`` holds beside what its rules declare: nothing new begins in the past, and limits of the whole horizon.
    ``before`` and ``after`` are the parts of the whole roster that stay.
    """

    instance: Instance
    roster: Roster
    beside: tuple[Constraint, ...]
    first: int
    stop: int
    before: Roster
    after: Roster

    def whole(self, repaired: Roster) -> Roster:
        """The roster of the whole horizon with the open days of a repaired one."""
        moved = (Assignment(a.staff, a.day + self.first, a.shift, a.hotspot) for a in repaired)
        return Roster.of([*self.before, *(a for a in moved if a.day < self.stop), *self.after])


def tail(instance: Instance, roster: Roster, since: int) -> Tail:
    """What is open of a roster since an instant (minutes since the horizon's start; before it: everything)."""
    first = max(0, instance.calendar.day_of(since))
    stop = instance.days if instance.days - first <= LONGEST_WHOLE else first + LONGEST_OPEN
    until = min(instance.days, stop + OVERLAP_DAYS)
    before = Roster.of(a for a in roster if a.day < first)
    after = Roster.of(a for a in roster if a.day >= stop)
    if first == 0 and stop == instance.days:
        part = instance
        shares: tuple[Constraint, ...] = ()
    else:
        part = cut(instance, Block(first, stop, until), before, after, hold=True)
        shares = Allowances(declare(instance)).of_block(range(first, until), before, part)
    moved = shifted(roster, first, until)
    offset = instance.calendar.minute(first)
    begun = [a for a in moved if part.duty(a.day, a.shift).start < since - offset]
    part = _with_begun(part, begun)
    return Tail(part, moved, (*shares, *_nothing_begins(part, begun, since - offset)), first, stop, before, after)


def _with_begun(part: Instance, begun: Sequence[Assignment]) -> Instance:
    """With duties that have begun locked; who left one because of an absence is away after it."""
    date = part.calendar.date
    on = {(a.staff, date(a.day)): a for a in begun}
    locks = [lock for lock in part.locks if (lock.staff, lock.date) not in on]
    locks += [Lock(staff=a.staff, date=date(a.day), shift=a.shift, hotspot=a.hotspot) for a in begun]
    ends = {a.staff: part.duty(a.day, a.shift) for a in begun}
    absences = []
    for absence in part.absences:
        duty = ends.get(absence.staff)
        if duty is not None and duty.overlaps(absence.start, absence.end):
            if absence.end <= duty.end:
                continue
            absence = absence.replace(start=duty.end)
        absences.append(absence)
    return part.replace(locks=tuple(locks), absences=tuple(absences))


def _nothing_begins(part: Instance, begun: Sequence[Assignment], since: int) -> Iterator[Constraint]:
    """Nobody begins anything before an instant but who has."""
    gone = frozenset(duty.key for duty in part.duties if duty.start < since)
    working = {a.staff: a.key for a in begun}
    for member in part.staff if gone else ():
        duties = gone - {working.get(member.id)}
        if duties:
            yield Unavailable(PAST, member.id, frozenset(duties))
