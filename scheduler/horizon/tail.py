"""What of a horizon is still open at an instant: an instance of its own, with everything before it as history.

What was worked is a fact, whether it kept the rules or not: it is not judged again, and the rules go on from it. Of a long
horizon only the next weeks are open, and as many more as something has happened in; what stands on later days is locked, so that
the rules see it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from scheduler.horizon.begun_company import Begun, company_of_begun
from scheduler.horizon.blocks import LONGEST_WHOLE, OVERLAP_DAYS, Block, cut, shifted
from scheduler.horizon.limit_shares import Allowances
from scheduler.problem.facts import OFF, HistoryDuty, Lock
from scheduler.problem.incidents import raises
from scheduler.problem.instance import Duty, DutyKey, Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules import declare, declare_hard
from scheduler.vocabulary.constraints import Constraint, Unavailable

OPEN_DAYS = LONGEST_WHOLE - OVERLAP_DAYS
"""Days of a long horizon that are open at least."""
PAST, LATER = "past", "later"
"""What keeps duties from beginning in the past, and new ones from days that stay; no rules of their own."""


@dataclass(frozen=True)
class Tail:
    """The days of a horizon from ``first`` on, of which those from ``stop`` on stay as they are.

    ``instance`` is about them, with what has begun as history; ``roster`` is what else was planned for its days, in its days.
    ``beside`` holds beside what its rules declare: nothing begins in the past or comes where days stay, limits of the whole
    horizon, and company that those who have begun must keep. ``before`` is the part of the whole roster that had begun.
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
    offset = instance.calendar.minute(first)
    before = Roster.of(a for a in roster if a.day < first)
    moved = shifted(roster, first, instance.days)
    begun = {a for a in moved if instance.duty(a.day + first, a.shift).start < since}
    worked = Roster.of([*before, *(Assignment(a.staff, a.day + first, a.shift, a.hotspot) for a in begun)])
    part = instance
    shares: tuple[Constraint, ...] = ()
    if first:
        part = _without_least(cut(instance, Block(first, instance.days, instance.days), before, Roster()))
    if worked:
        shares = Allowances(declare(instance)).of_block(range(first, instance.days), worked, part)
    part = _with_begun(_with_later(part, moved, stop - first), begun, since - offset)
    left = Roster.of(a for a in moved if a not in begun)
    beside = (*shares, *_nothing_begins(part, since - offset), *_nothing_comes(part, left, stop - first))
    there = list(_still_there(instance, worked, since, offset))
    if there:
        beside = (*beside, *company_of_begun(declare_hard(part, beside), there, left, since - offset))
    return Tail(part, left, beside, first, stop, worked)


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


def _with_begun(part: Instance, begun: Collection[Assignment], since: int) -> Instance:
    """With duties that have begun as facts; who left one because of an absence is away after it."""
    date = part.calendar.date
    on = {(a.staff, date(a.day)) for a in begun}
    facts = [HistoryDuty(staff=a.staff, date=date(a.day), shift=a.shift, hotspot=a.hotspot) for a in sorted(begun)]
    duties: dict[str, list[Duty]] = {}
    for a in begun:
        duties.setdefault(a.staff, []).append(part.duty(a.day, a.shift))
    absences = []
    for absence in part.absences:
        there = (duty for duty in duties.get(absence.staff, ()) if duty.overlaps(absence.start, absence.end))
        start = max((duty.end for duty in there), default=absence.start)
        if start < absence.end:
            absences.append(absence if start == absence.start else absence.replace(start=start))
    return part.replace(
        history=(*part.history, *facts),
        history_until=max(0, since),
        locks=tuple(lock for lock in part.locks if (lock.staff, lock.date) not in on),
        absences=tuple(absences),
    )


def _still_there(instance: Instance, worked: Roster, since: int, offset: int) -> Iterator[Begun]:
    """Who stands somewhere at an instant and after it, in minutes from another one."""
    for a in worked:
        duty = instance.duty(a.day, a.shift)
        if duty.end > since:
            yield a.staff, a.hotspot, duty.start - offset, duty.end - offset


def _nothing_begins(part: Instance, since: int) -> Iterator[Constraint]:
    """Nobody begins anything before an instant."""
    return _nothing_but(PAST, part, frozenset(duty.key for duty in part.duties if duty.start < since), {})


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
