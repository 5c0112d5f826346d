"""A long horizon cut into blocks of four weeks that follow from each other.

A block is an instance of its own: what was decided before it is its history, its counters and its locks. It is solved a week
further than it is kept, so that it leaves the next one a start that everybody's rules allow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from scheduler.horizon.carried import counters_of_block, history_before, organisations_of_block
from scheduler.problem.facts import Lock
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.problem.standing import Standing

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
    """The blocks of a horizon: each begins on a Monday, but for the first; less than a week left over belongs to the last."""
    days = instance.days
    if days <= LONGEST_WHOLE:
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
    return instance.replace(
        calendar=calendar.replace(start=start, days=length),
        organisations=organisations_of_block(instance, before, first, block.until),
        reference_start=instance.reference_start or calendar.start,
        history_from=instance.history_from or (calendar.start if first else None),
        absences=tuple(item.replace(start=item.start - offset, end=item.end - offset) for item in instance.absences),
        requests=tuple(
            item.replace(first=max(item.first, start), last=min(item.last, last))
            for item in instance.requests
            if item.first <= last and item.last >= start
        ),
        locks=(*own, *_continued(instance, block, before, ahead, locked, hold)),
        incidents=tuple(item.replace(at=item.at - offset) for item in instance.incidents),
        standing=_moved(instance.standing, offset),
        history=history_before(instance, before, first),
        history_until=max(0, instance.history_until - offset),
        counters=tuple(counters_of_block(instance, before, first, block.until)),
        overrides=(),
    )


def first_weeks(instance: Instance, weeks: int) -> Instance:
    """The instance of the first weeks of a horizon, and nothing after them. Raises :class:`ValueError` where it is
    shorter."""
    days = 7 * weeks
    if days > instance.days:
        raise ValueError(f"{days} days of {instance.days}")
    return cut(instance, Block(0, days, days), Roster(), Roster())


def _moved(standing: Standing | None, offset: int) -> Standing | None:
    """What stands, in minutes since a later first day."""
    if standing is None:
        return None
    return standing.replace(since=standing.since - offset, frozen=standing.frozen - offset)


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


def shifted(roster: Roster, first: int, until: int) -> Roster:
    """A roster of the days ``[first, until)``, in days since the first."""
    return Roster.of(Assignment(a.staff, a.day - first, a.shift, a.hotspot) for a in roster if first <= a.day < until)


def kept(block: Block, solved: Iterable[Assignment]) -> tuple[Roster, Roster]:
    """The roster of a solved block in the days of the whole horizon: what is kept, and what lies ahead of it."""
    moved = [Assignment(a.staff, a.day + block.first, a.shift, a.hotspot) for a in solved]
    return (
        Roster.of(a for a in moved if a.day < block.stop),
        Roster.of(a for a in moved if a.day >= block.stop),
    )
