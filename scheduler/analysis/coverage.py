"""Where heads are missing: shortages by hotspot, role and stretch of time, read off a roster.

A shortage that no roster can mend carries its cause; every legal roster has the same of these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.analysis.unreachable import Gap, gaps
from scheduler.problem.facts import Category
from scheduler.problem.heads import Heads
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.result import Cause, Coverage, Shortage
from scheduler.rules.demand import targets_priced
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Level

MINIMUM, TARGET = "minimum", "target"


def shortages(instance: Instance, roster: Roster) -> tuple[Shortage, ...]:
    """Every stretch below a minimum, and every stretch below a target for the heads above the minimum.

    The two kinds add up: a moment with nobody where two are the minimum and three the target lacks two heads of the
    minimum and one of the target. In order of time.
    """
    present = roster.presence(instance)
    categories = instance.role_category
    unreachable: dict[tuple[str, Category], tuple[Gap, ...]] = {}
    standing: dict[tuple[str, str], Heads] = {}
    found: list[Shortage] = []
    for need in instance.needs:
        asked = (need.hotspot, need.role)
        if asked not in standing:
            people = instance.people(need.role)
            standing[asked] = Heads(item for item in present[need.hotspot] if item.staff in people)
        heads = standing[asked]
        place = (need.hotspot, categories[need.role])
        if place not in unreachable:
            unreachable[place] = gaps(instance, *place)
        for low, high, number in heads.over(need.start, need.end):
            lacking = {MINIMUM: need.minimum - number, TARGET: need.target - max(number, need.minimum)}
            wanted = {MINIMUM: need.minimum, TARGET: need.target}
            found += [
                Shortage(
                    hotspot=need.hotspot, role=need.role, level=level, start=start, end=end,
                    heads_missing=missing, heads_wanted=wanted[level], cause=cause,
                )
                for level, missing in lacking.items()
                if missing > 0
                for start, end, cause in _cut(low, high, unreachable[place])
            ]  # fmt: skip
    return tuple(sorted(found, key=lambda item: (item.start, item.hotspot, item.role, item.level)))


Lacking = tuple[str, str, str]
"""Hotspot, role (or category), and whether heads lack of the minimum or of the target."""


def lacking(
    instance: Instance, roster: Roster, hotspot: str, span: tuple[int, int] | None = None
) -> Mapping[Lacking, int]:
    """Person-minutes missing at a hotspot, of each role that its demand names: of the minimum, and of the target for the heads
    above the minimum. ``span`` leaves out all other minutes."""
    present = roster.presence(instance)[hotspot]
    needs = [need for need in instance.needs if need.hotspot == hotspot]
    heads = {
        role: Heads(item for item in present if item.staff in instance.people(role))
        for role in {need.role for need in needs}
    }
    missing: Counter[Lacking] = Counter()
    for need in needs:
        low, high = (need.start, need.end) if span is None else (max(need.start, span[0]), min(need.end, span[1]))
        for start, end, number in heads[need.role].over(low, high):
            below = max(0, need.minimum - number)
            missing[hotspot, need.role, MINIMUM] += below * (end - start)
            missing[hotspot, need.role, TARGET] += (max(0, need.target - number) - below) * (end - start)
    return missing


def _cut(start: int, end: int, unreachable: Sequence[Gap]) -> Iterator[tuple[int, int, Cause | None]]:
    """``[start, end)`` in stretches that no duty reaches, each with its cause, and those between them."""
    for gap in unreachable:
        low, high = max(start, gap.start), min(end, gap.end)
        if low < high:
            if start < low:
                yield start, low, None
            yield low, high, gap.cause
            start = high
    if start < end:
        yield start, end, None


def level_of(instance: Instance, item: Shortage) -> Level:
    """The level that the heads are missing from."""
    if item.level != MINIMUM:
        return Level.TARGETS
    police = instance.role_category[item.role] is Category.POLICE
    return Level.POLICE_MINIMUM if police else Level.NON_POLICE_MINIMUM


@dataclass(frozen=True, slots=True)
class NeverCovered:
    """What every legal roster lacks because no duty of the horizon reaches it and no history covers it.

    ``levels`` holds the part of each coverage level's value, in weighted person-minutes; ``nobody`` says whether the history has
    nobody at all where only history could.
    """

    stretches: tuple[Shortage, ...]
    levels: Mapping[Level, int]
    nobody: bool


def never_covered(instance: Instance) -> NeverCovered:
    """The shortages that more people could not mend."""
    found = tuple(item for item in shortages(instance, Roster()) if item.cause is not None)
    priced = targets_priced(instance)
    levels = dict.fromkeys(COVERAGE_LEVELS, 0)
    for item in found:
        level = level_of(instance, item)
        if level is not Level.TARGETS:
            weight = instance.hotspot[item.hotspot].priority if level is Level.POLICE_MINIMUM else 1
            levels[level] += weight * item.person_minutes
        # Heads below the minimum are below the target too; targets with a price have no level.
        levels[Level.TARGETS] += 0 if priced else item.person_minutes
    eve = (item for item in found if item.cause is Cause.HISTORY)
    return NeverCovered(found, levels, not any(_attended(instance, item) for item in eve))


def _attended(instance: Instance, item: Shortage) -> bool:
    """Whether the history has anybody of the role there meanwhile."""
    people = instance.people(item.role)
    return any(
        past.hotspot == item.hotspot and past.start < item.end and item.start < past.end
        for staff in people
        for past in instance.commitments[staff]
    )


def coverage(instance: Instance, short: Iterable[Shortage], bound: int) -> Coverage:
    """How much presence is asked and missing, in person-minutes, whatever a missing head costs; ``bound`` is proven missing in
    every roster that holds the minimums as well."""
    return Coverage(
        required_minutes=sum(need.target * (need.end - need.start) for need in instance.needs),
        short_minutes=sum(item.heads_missing * (item.end - item.start) for item in short),
        short_bound=bound,
    )
