"""Smaller instances of the same horizon: the people and the place that a question is about, and nothing else to look at."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from scheduler.problem.facts import Days, Demand
from scheduler.problem.instance import Instance

EVE = 3
"""Days before the horizon; no duty that starts earlier reaches into it."""


def only_these(instance: Instance, people: AbstractSet[str]) -> Instance:
    """The instance with nobody but these people, without demand and without what was published or decided: all that hard rules
    about one person need."""
    return _reduced(instance, people, (), incidents=())


def only_there(instance: Instance, hotspot: str, days: AbstractSet[int], people: AbstractSet[str]) -> Instance:
    """The instance with the demand of one hotspot on some days, and nobody but these people, with no more of their history than
    reaches into the horizon, and without their wishes and locks: all that the rules about who stands together need."""
    rows = (_on(instance, row, days) for row in instance.demand if row.hotspot == hotspot)
    last = (row for row in instance.history if row.staff in people and instance.calendar.day(row.date) >= -EVE)
    return _reduced(
        instance,
        people,
        tuple(row for row in rows if row is not None),
        requests=(),
        locks=(),
        counters=(),
        history=tuple(last),
    )


def without(instance: Instance, people: AbstractSet[str]) -> Instance:
    """The instance without some people: nothing else changes but what is said of them."""
    theirs = {
        table: tuple(row for row in getattr(instance, table) if row.staff not in people)
        for table in ("absences", "requests", "locks", "history", "counters", "published", "overrides")
    }
    return instance.replace(
        staff=tuple(member for member in instance.staff if member.id not in people),
        pairs=tuple(pair for pair in instance.pairs if not {pair.staff_a, pair.staff_b} & people),
        **theirs,
    )


def _reduced(instance: Instance, people: AbstractSet[str], demand: tuple[Demand, ...], **given: Any) -> Instance:
    theirs = {
        table: tuple(row for row in getattr(instance, table) if row.staff in people)
        for table in ("absences", "requests", "locks", "history", "counters")
        if table not in given
    }
    return instance.replace(
        staff=tuple(member for member in instance.staff if member.id in people),
        pairs=tuple(pair for pair in instance.pairs if {pair.staff_a, pair.staff_b} <= people),
        demand=demand,
        overrides=(),
        published=(),
        publication=None,
        standing=None,
        **theirs,
        **given,
    )


def _on(instance: Instance, row: Demand, days: AbstractSet[int]) -> Demand | None:
    """The row for those of the days on which it holds; None where it holds on none."""
    calendar = instance.calendar
    held = frozenset(calendar.date(day) for day in days if row.days.match(calendar, day))
    return row.replace(days=Days(dates=held)) if held else None
