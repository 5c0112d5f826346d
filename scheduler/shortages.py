"""Where heads are missing: shortages by hotspot, role and stretch of time, read off a roster."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.instance import Instance
from scheduler.result import Coverage, Shortage
from scheduler.roster import Roster
from scheduler.rules.presence import Heads

MINIMUM, TARGET = "minimum", "target"


def shortages(instance: Instance, roster: Roster) -> tuple[Shortage, ...]:
    """Every stretch below a minimum, and every stretch below a target for the heads above the minimum.

    The two kinds add up: a moment with nobody where two are the minimum and three the target lacks two heads of the
    minimum and one of the target. In order of time.
    """
    present = roster.presence(instance)
    found: list[Shortage] = []
    for need in instance.needs:
        people = instance.people(need.role)
        heads = Heads(item for item in present[need.hotspot] if item.staff in people)
        for start, end, number in heads.over(need.start, need.end):
            lacking = {MINIMUM: need.minimum - number, TARGET: need.target - max(number, need.minimum)}
            wanted = {MINIMUM: need.minimum, TARGET: need.target}
            found += [
                Shortage(
                    hotspot=need.hotspot, role=need.role, level=level, start=start, end=end,
                    heads_missing=missing, heads_wanted=wanted[level],
                )
                for level, missing in lacking.items()
                if missing > 0
            ]  # fmt: skip
    return tuple(sorted(found, key=lambda item: (item.start, item.hotspot, item.role, item.level)))


def coverage(instance: Instance, short: Iterable[Shortage], bound: int) -> Coverage:
    """How much presence is asked and missing, in person-minutes, whatever a missing head costs; ``bound`` is proven missing in
    every roster that holds the minimums as well."""
    return Coverage(
        required_minutes=sum(need.target * (need.end - need.start) for need in instance.needs),
        short_minutes=sum(item.heads_missing * (item.end - item.start) for item in short),
        short_bound=bound,
    )
