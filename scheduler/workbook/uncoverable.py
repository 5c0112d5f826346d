"""What no roster can cover, in words: the same sentences on the Summary sheet and on the command line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from scheduler.analysis.coverage import never_covered
from scheduler.messages.formats import hours, moment
from scheduler.messages.texts import Texts
from scheduler.problem.facts import Category
from scheduler.problem.instance import Instance
from scheduler.result import Cause, Shortage
from scheduler.rules.support.windows import merged

NAMED = 6
"""Places that a sentence names."""


def sentences(instance: Instance, texts: Texts) -> Iterator[str]:
    """One for each cause, and one that says how much of every level that is; none where everything can be covered."""
    never = never_covered(instance)
    eve = "never_before" if instance.eve_known else "never_nobody" if never.nobody else "never_few"
    keys = {Cause.HISTORY: eve, Cause.NO_SHIFT: "never_no_shift"}
    for cause, key in keys.items():
        found = [item for item in never.stretches if item.cause is cause]
        if found:
            minutes = sum(item.person_minutes for item in found)
            yield texts(
                key,
                hours=hours(minutes, texts.language),
                places=_places(instance, texts, found),
                sheet=Texts(instance.language).sheet("History"),
            )
    parts = [
        f"{texts(level.code)} {hours(minutes, texts.language)}" for level, minutes in never.levels.items() if minutes
    ]
    if parts:
        yield texts("never_levels", levels=" · ".join(parts))


def _places(instance: Instance, texts: Texts, found: Sequence[Shortage]) -> str:
    """``HAL police 2026-03-02 00:00–06:00``, a place once: the first stretch of each, and dots where there are more."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for item in found:
        role = texts(item.role) if item.role in set(Category) else item.role
        spans[f"{item.hotspot} {role}"].append((item.start, item.end))
    local = instance.calendar.local
    named = []
    for place, stretches in list(spans.items())[:NAMED]:
        (start, end), *more = merged(stretches)
        named.append(f"{place} {moment(local(start), texts.language)}–{local(end):%H:%M}{' …' if more else ''}")
    return ", ".join(named) + (" …" if len(spans) > NAMED else "")
