"""What of a horizon is still open at an instant: an instance of its own, with everything before it as history.

What was worked is a fact, whether it kept the rules or not: it is not judged again, and the rules go on from it. Of a long
horizon only the next weeks are open, and as many more as something has happened in; what stands on later days is locked, so that
the rules see it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.horizon.blocks import LONGEST_WHOLE, OVERLAP_DAYS, Block, cut, shifted
from scheduler.horizon.limit_shares import Allowances, Limit
from scheduler.problem.facts import OFF, Lock
from scheduler.problem.incidents import raises
from scheduler.problem.instance import DutyKey, Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules import declare
from scheduler.rules.reference_hours import left_at_first
from scheduler.vocabulary.constraints import Constraint, Quota, Total, Unavailable

OPEN_DAYS = LONGEST_WHOLE - OVERLAP_DAYS
"""Days of a long horizon that are open at least."""
PAST, LATER = "past", "later"
"""What keeps duties from beginning in the past, and new ones from days that stay; no rules of their own."""


@dataclass(frozen=True)
class Tail:
    """The days of a horizon from ``first`` on, of which those from ``stop`` on stay as they are.

    ``instance`` is about them; ``roster`` is what was planned for its days, in its days. ``beside`` holds beside what its rules
    declare: nothing new begins in the past or where days stay, and limits of the whole horizon. ``before`` is the part of the
    whole roster before them.
    """

    instance: Instance
    roster: Roster
    beside: tuple[Constraint, ...]
    first: int
    stop: int
    before: Roster

    def whole(self, repaired: Roster) -> Roster:
        """The roster of the whole horizon with the days of a repaired one."""
        return Roster.of(
            [*self.before, *(Assignment(a.staff, a.day + self.first, a.shift, a.hotspot) for a in repaired)]
        )


def open_until(instance: Instance, roster: Roster, since: int, decided: Collection[int] = ()) -> int:
    """The day from which on a roster stays when it is repaired at an instant (minutes since the horizon's start): the end of the
    horizon, or of a long one a day after the next weeks, the last day that was ``decided`` by hand, the last duty of somebody who
    is away, and the last day for which an incident asks for more."""
    first = max(0, instance.calendar.day_of(since))
    if instance.days - first <= LONGEST_WHOLE:
        return instance.days
    away: dict[str, list[tuple[int, int]]] = {}
    for absence in instance.absences:
        away.setdefault(absence.staff, []).append((absence.start, absence.end))
    days = [first + OPEN_DAYS - 1, *decided]
    for a in roster:
        duty = instance.duty(a.day, a.shift)
        if any(duty.overlaps(start, end) for start, end in away.get(a.staff, ())):
            days.append(a.day)
    for incident in instance.incidents:
        days += [instance.calendar.day_of(more.end - 1) for more in raises(incident, instance.hotspot)]
    return min(instance.days, max(days) + 1)


def tail(instance: Instance, roster: Roster, since: int, stop: int | None = None) -> Tail:
    """What is open of a roster since an instant (minutes since the horizon's start; before it: everything) until the day ``stop``
    (None: the end)."""
    first = max(0, instance.calendar.day_of(since))
    stop = instance.days if stop is None else stop
    before = Roster.of(a for a in roster if a.day < first)
    moved = shifted(roster, first, instance.days)
    part = instance
    shares: tuple[Limit | Quota, ...] = ()
    if first:
        part = _without_least(cut(instance, Block(first, instance.days, instance.days), before, Roster()))
        shares = Allowances(declare(instance)).of_block(range(first, instance.days), before, part)
    offset = instance.calendar.minute(first)
    begun = [a for a in moved if part.duty(a.day, a.shift).start < since - offset]
    part = _with_hours_of(_with_begun(_with_later(part, moved, stop - first), begun), begun)
    beside = (
        *_with_room(shares, begun),
        *_nothing_begins(part, begun, since - offset),
        *_nothing_comes(part, moved, stop - first),
    )
    return Tail(part, moved, beside, first, stop, before)


def _without_least(part: Instance) -> Instance:
    """Without what the whole horizon must come to at least: the open days must reach what is left of it."""
    return part.replace(
        contracts=tuple(contract.replace(min_hours_horizon=None) for contract in part.contracts),
        staff=tuple(member.replace(min_hours_horizon=None) for member in part.staff),
    )


def _with_later(part: Instance, roster: Roster, stop: int) -> Instance:
    """With the duties of the days that stay locked where they are; who must be free there by a lock stays so."""
    if stop >= part.days:
        return part
    border = part.calendar.date(stop)
    locks = [lock for lock in part.locks if lock.date < border or lock.shift == OFF]
    date = part.calendar.date
    locks += [Lock(staff=a.staff, date=date(a.day), shift=a.shift, hotspot=a.hotspot) for a in roster if a.day >= stop]
    return part.replace(locks=tuple(locks))


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


def _with_hours_of(part: Instance, begun: Sequence[Assignment]) -> Instance:
    """With balances under which nobody is over the hours of the reference period by a duty that has begun: leave after it owes
    nothing, and it was worked all the same."""
    counters = dict(part.counter)
    for a in begun:
        worked, given = part.duty(a.day, a.shift).paid_min, counters[a.staff]
        over = worked - left_at_first(part, a.staff) if part.person[a.staff].fte else 0
        if over > 0:
            counters[a.staff] = given.replace(hours_balance=given.hours_balance - over / 60)
    return part if counters == part.counter else part.replace(counters=tuple(counters.values()))


def _with_room(shares: Sequence[Limit | Quota], begun: Sequence[Assignment]) -> Iterator[Constraint]:
    """Shares of limits that leave room for the duties that have begun."""
    for share in shares:
        if isinstance(share, Total) and share.most is not None:
            worked = share.base + sum(share.weights.get(a.key, 0) for a in begun if a.staff == share.person)
            yield replace(share, most=max(share.most, worked))
        else:
            yield share


def _nothing_begins(part: Instance, begun: Sequence[Assignment], since: int) -> Iterator[Constraint]:
    """Nobody begins anything before an instant but who has."""
    gone = frozenset(duty.key for duty in part.duties if duty.start < since)
    return _nothing_but(PAST, part, gone, {a.staff: frozenset([a.key]) for a in begun})


def _nothing_comes(part: Instance, roster: Roster, stop: int) -> Iterator[Constraint]:
    """Nobody works on days that stay but who does already."""
    later = frozenset(duty.key for duty in part.duties if duty.day >= stop)
    own: dict[str, set[DutyKey]] = {}
    for a in roster:
        own.setdefault(a.staff, set()).add(a.key)
    return _nothing_but(LATER, part, later, {staff: frozenset(keys) for staff, keys in own.items()})


def _nothing_but(
    rule: str, part: Instance, duties: frozenset[DutyKey], own: Mapping[str, frozenset[DutyKey]]
) -> Iterator[Constraint]:
    """None of some duties but one's own."""
    for member in part.staff if duties else ():
        others = duties - own.get(member.id, frozenset())
        if others:
            yield Unavailable(rule, member.id, others)
