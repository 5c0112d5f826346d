"""A long horizon cut into blocks of four weeks that follow from each other.

A block is an instance of its own: what was decided before it is its history, its counters and its locks. It is solved a week
further than it is kept, so that it leaves the next one a start that everybody's rules allow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from scheduler.allowances import fixed_minutes, fixed_weekends, own_limits
from scheduler.facts import Counter, HistoryDuty, Lock
from scheduler.instance import Instance
from scheduler.roster import Assignment, Roster
from scheduler.rules.reference_hours import contract_minutes, period_start
from scheduler.rules.spread import night_weights
from scheduler.rules.weekends import touched_by_fixed, weekends
from scheduler.rules.work import pieces

BLOCK_DAYS = 28
OVERLAP_DAYS = 7
"""Days that a block is solved beyond its end."""
LONGEST_WHOLE = 42
"""Days of a horizon that is still solved in one piece."""


@dataclass(frozen=True, slots=True)
class Block:
    """Days ``[first, stop)`` of a horizon, solved as ``[first, until)``."""

    first: int
    stop: int
    until: int


def blocks(instance: Instance) -> tuple[Block, ...]:
    """The blocks of a horizon: each begins on a Monday, but for the first; less than a week left over belongs to the last.

    A horizon is not cut where somebody must come to a least number of hours in all of it: no block can know that the later ones
    will still make it possible.
    """
    days = instance.days
    least = {item.min_hours_horizon for item in instance.contracts} | {
        item.min_hours_horizon for item in instance.staff
    }
    if days <= LONGEST_WHOLE or least - {None}:
        return (Block(0, days, days),)
    first_monday = instance.calendar.monday(0) % 7
    starts = [0, *range(BLOCK_DAYS + first_monday, days - 6, BLOCK_DAYS)]
    return tuple(Block(a, b, min(days, b + OVERLAP_DAYS)) for a, b in pairwise([*starts, days]))


def cut(instance: Instance, block: Block, before: Roster, ahead: Roster, *, hold: bool = False) -> Instance:
    """The instance of one block, after the roster ``before`` of all earlier days.

    ``ahead`` is what the block before has for this one's first days: whoever comes to a hotspot there while a kept duty still
    runs is locked, because somebody may count on that company. With ``hold`` all of it is locked: a beginning known to be legal.
    """
    calendar, first = instance.calendar, block.first
    offset, length = calendar.minute(first), block.until - block.first
    start, last = calendar.date(first), calendar.date(block.until - 1)
    own = [item for item in instance.locks if start <= item.date <= last]
    locked = {(item.staff, item.date) for item in own}
    worked = (HistoryDuty(staff=a.staff, date=calendar.date(a.day), shift=a.shift, hotspot=a.hotspot) for a in before)
    counters = tuple(_reserving(instance, block, counter) for counter in carried(instance, before, first))
    return instance.replace(
        calendar=calendar.replace(start=start, days=length),
        reference_start=instance.reference_start or calendar.start,
        absences=tuple(item.replace(start=item.start - offset, end=item.end - offset) for item in instance.absences),
        requests=tuple(
            item.replace(first=max(item.first, start), last=min(item.last, last))
            for item in instance.requests
            if item.first <= last and item.last >= start
        ),
        locks=(*own, *_continued(instance, block, before, ahead, locked, hold)),
        history=(*instance.history, *worked),
        counters=counters,
        staff=own_limits(instance, first, block.until, before, counters),
    )


def _continued(
    instance: Instance, block: Block, before: Roster, ahead: Roster, locked: set[tuple[str, dt.date]], hold: bool
) -> Iterator[Lock]:
    running: dict[str, int] = {}
    for a in before:
        if a.day >= block.first - 2:
            running[a.hotspot] = max(running.get(a.hotspot, 0), instance.duty(a.day, a.shift).end)
    for a in ahead:
        on = instance.calendar.date(a.day)
        begins = instance.duty(a.day, a.shift).start
        if a.day < block.until and (hold or begins < running.get(a.hotspot, 0)) and (a.staff, on) not in locked:
            yield Lock(staff=a.staff, date=on, shift=a.shift, hotspot=a.hotspot)


def _reserving(instance: Instance, block: Block, counter: Counter) -> Counter:
    """A counter with what duties elsewhere and locks after the block will use up already: weekends of the year, and hours of the
    period."""
    calendar, staff = instance.calendar, counter.staff
    later = fixed_weekends(instance, staff, block.until, instance.days, calendar.date(block.first).year)
    end = min(instance.days, period_start(instance, staff, block.first) + 7 * instance.contract(staff).reference_weeks)
    fixed = fixed_minutes(instance, staff, block.until, end)
    excess = max(0, fixed - contract_minutes(instance, staff, block.until, end)) if end > block.until else 0
    return counter.replace(
        weekends=counter.weekends + later, hours_balance=min(2000.0, counter.hours_balance + excess / 60)
    )


def carried(instance: Instance, roster: Roster, day: int) -> Iterator[Counter]:
    """What everybody carries into a day of the horizon after a roster of the days before it."""
    calendar = instance.calendar
    year = calendar.date(day).year
    same_year = year == calendar.start.year
    nights = night_weights(instance)
    spans = weekends(instance)
    counted = [
        number for number, span in enumerate(spans) if span.saturday < day and calendar.date(span.saturday).year == year
    ]
    for member in instance.staff:
        given = instance.counter[member.id]
        work = [piece for piece in pieces(instance, roster, member.id) if 0 <= piece.day < day]
        line = roster.line(member.id)
        keys = {a.key for a in line}
        begun = touched_by_fixed(instance, member.id, before=0) & {0}
        fixed = touched_by_fixed(instance, member.id, since=0) - begun
        period = period_start(instance, member.id, day)
        balance = -contract_minutes(instance, member.id, max(0, period), day)
        balance += sum(piece.paid_min for piece in work if piece.day >= period)
        balance += round(given.hours_balance * 60) if period <= 0 else 0
        yield Counter(
            staff=member.id,
            hours_balance=max(-2000.0, min(2000.0, balance / 60 if member.fte else 0.0)),
            nights=same_year * given.nights
            + sum(a.key in nights[member.contract] and calendar.date(a.day).year == year for a in line),
            weekends=same_year * given.weekends
            + sum(
                number not in begun and (number in fixed or not keys.isdisjoint(spans[number].duties))
                for number in counted
            ),
            holidays=same_year * given.holidays
            + len(
                {
                    piece.day
                    for piece in work
                    if calendar.is_holiday(piece.day) and calendar.date(piece.day).year == year
                }
            ),
        )


def kept(block: Block, solved: Iterable[Assignment]) -> tuple[Roster, Roster]:
    """The roster of a solved block in the days of the whole horizon: what is kept, and what lies ahead of it."""
    moved = [Assignment(a.staff, a.day + block.first, a.shift, a.hotspot) for a in solved]
    return (
        Roster.of(a for a in moved if a.day < block.stop),
        Roster.of(a for a in moved if a.day >= block.stop),
    )
