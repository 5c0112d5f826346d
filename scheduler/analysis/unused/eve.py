"""The night before the period, of which nothing is known: its first hours can then be covered by nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scheduler.analysis.unreachable import gaps
from scheduler.analysis.unused.notes import About, Where
from scheduler.errors import InputProblem
from scheduler.messages.message import AllOf, Message
from scheduler.problem.facts import Category
from scheduler.problem.instance import Instance
from scheduler.result import Cause
from scheduler.rules.support.windows import merged

NAMED = 6
"""Hotspots named for the same hours, and different hours."""
Span = tuple[int, int]


def _eve(instance: Instance, where: Where) -> Iterator[InputProblem]:
    """A note where heads are wanted in hours that only duties of the day before reach, and the history has none of that day,
    though it may be incomplete."""
    calendar = instance.calendar
    if instance.eve_known or any(calendar.day(past.date) == -1 for past in instance.history):
        return
    hours = _hours(instance)
    if not hours:
        return
    spots_of: dict[tuple[Span, ...], list[str]] = defaultdict(list)
    for hotspot, spans in sorted(hours.items()):
        spots_of[tuple(merged(spans))].append(hotspot)
    message = Message(
        "eve_unknown",
        "has nobody on duty on {eve}, the day before the period: its first hours stay short ({places}).",
        eve=calendar.date(-1),
        places=AllOf(tuple(_place(instance, spots, spans) for spans, spots in list(spots_of.items())[:NAMED])),
    )
    hint = Message(
        "eve_fill_in",
        "Enter who was on duty then; `vigie extend` fills it in from the roster of the period before.",
    )
    yield InputProblem("History", "", message, hint, fatal=False)


def _hours(instance: Instance) -> dict[str, list[Span]]:
    """The minutes of each hotspot in which heads are wanted and which only duties of the day before reach."""
    categories = instance.role_category
    wanted: dict[tuple[str, Category], list[Span]] = defaultdict(list)
    for need in instance.needs:
        if need.target:
            wanted[need.hotspot, categories[need.role]].append((need.start, need.end))
    found: dict[str, list[Span]] = defaultdict(list)
    for (hotspot, category), spans in wanted.items():
        for gap in gaps(instance, hotspot, category):
            both = ((max(gap.start, start), min(gap.end, end)) for start, end in spans)
            if gap.cause is Cause.HISTORY:
                found[hotspot] += [span for span in both if span[0] < span[1]]
    return {hotspot: spans for hotspot, spans in found.items() if spans}


def _place(instance: Instance, spots: list[str], spans: tuple[Span, ...]) -> Message:
    local = instance.calendar.local
    times = ", ".join(f"{local(start):%H:%M}–{local(end):%H:%M}" for start, end in spans)
    more = " …" if len(spots) > NAMED else ""
    return Message("places_and_hours", "{spots} {times}", spots=", ".join(spots[:NAMED]) + more, times=times)


ABOUT_EVE: tuple[About, ...] = ((_eve, frozenset({"hotspots", "shifts", "demand", "history"})),)
