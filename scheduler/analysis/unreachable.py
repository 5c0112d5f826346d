"""Stretches of time at a hotspot that no duty of the horizon reaches, however many people there are.

The first hours belong to duties that began on the day before: only the sheet History can cover them. No duty at all reaches the
night in which a hotspot opens or closes while every shift of the night crosses that midnight, nor hours in which no shift runs.

Only what holds for everybody counts: the shifts, their days, the categories and hotspots they are open to, and the dates of
the hotspots.
Leave, dates of service and contracts bind the people who are there; more people would change what they leave short.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from scheduler.problem.facts import Category
from scheduler.problem.instance import Duty, Instance
from scheduler.problem.jurisdiction import worked_at
from scheduler.result import Cause
from scheduler.rules.support.windows import merged


class Gap(NamedTuple):
    """Minutes ``[start, end)`` of the horizon that no duty of it reaches."""

    start: int
    end: int
    cause: Cause


def gaps(instance: Instance, hotspot: str, category: Category) -> tuple[Gap, ...]:
    """What no duty of the horizon reaches at a hotspot for people of a category, in order of time."""
    end = instance.calendar.end
    reached = _spans((duty for duty in instance.offered if _fits(instance, duty, hotspot, category)), end)
    # No duty lasts beyond the day after its date, so those of the day before are the last that reach the horizon.
    eve = (instance.duty(-1, shift.code) for shift in instance.shifts if instance.offers((-1, shift.code)))
    before = _spans((duty for duty in eve if _fits(instance, duty, hotspot, category)), end)
    return tuple(_split(_between(reached, 0, end), before))


def open_during(instance: Instance, hotspot: str, duty: Duty) -> bool:
    """Whether a hotspot is open from the date of a duty to its end."""
    spot, calendar = instance.hotspot[hotspot], instance.calendar
    first, last = calendar.date(duty.day), calendar.date(calendar.day_of(duty.end - 1))
    return (spot.opens is None or spot.opens <= first) and (spot.closes is None or last <= spot.closes)


def _fits(instance: Instance, duty: Duty, hotspot: str, category: Category) -> bool:
    shift = instance.shift[duty.shift]
    return (
        hotspot in worked_at(instance, duty.shift)
        and category in shift.categories
        and open_during(instance, hotspot, duty)
    )


def _spans(duties: Iterable[Duty], end: int) -> list[tuple[int, int]]:
    """The minutes of the horizon that some duties hold, as disjoint spans in order of time."""
    return merged((max(0, duty.start), min(end, duty.end)) for duty in duties if duty.end > 0)


def _between(spans: Iterable[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """What disjoint spans leave of ``[start, end)``."""
    for low, high in spans:
        if start < min(low, end):
            yield start, min(low, end)
        start = max(start, high)
    if start < end:
        yield start, end


def _split(open_spans: Iterable[tuple[int, int]], before: list[tuple[int, int]]) -> Iterator[Gap]:
    for start, end in open_spans:
        shares = [Gap(max(start, low), min(end, high), Cause.HISTORY) for low, high in before]
        shares += [Gap(low, high, Cause.NO_SHIFT) for low, high in _between(before, start, end)]
        yield from sorted(gap for gap in shares if gap.start < gap.end)
