"""What curves of staffing say, in sentences that need no table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scheduler.analysis.staffing_curve import StaffingCurves
from scheduler.analysis.strategy_figures import Place
from scheduler.analysis.verdict import Attained
from scheduler.errors import VigieError
from scheduler.messages.message import AllOf, Message
from scheduler.problem.staffing import StaffGroup
from scheduler.vocabulary.constraints import Level

NAMED = 3
"""Hotspots that a sentence names."""


@dataclass(frozen=True)
class Matched:
    """One strategy with so many people ``more`` that it may miss as little of the targets as another does today, ``aim``: with
    fewer no roster can. ``short`` is what the best roster misses that was found with them; None where there is none, and
    ``error`` says why. Both in person-minutes."""

    one: str
    other: str
    aim: int
    more: Mapping[StaffGroup, int]
    short: int | None = None
    error: VigieError | None = None

    @property
    def people(self) -> int:
        return sum(self.more.values())


def curve_words(
    strategy: str, curves: StaffingCurves, targets: Attained, places: Mapping[str, Place]
) -> Iterator[Message]:
    """What is missing at least under a strategy, by its curves or by its solve, and what would close it. ``targets`` are what its
    roster misses of the targets, and ``places`` where."""
    least = max(curves.now[Level.TARGETS], targets.bound)
    if least:
        yield Message(
            "curve_least",
            "{strategy}: at least {hours} h of the targets cannot be covered by anyone, with any tool, while the minimums are "
            "held as well as in its roster.",
            strategy=strategy,
            hours=_hours(least),
        )
        closing = curves.fewest(Level.TARGETS, 0)
        if closing is None:
            yield Message("curve_never", "{strategy}: no number of people more would close that.", strategy=strategy)
        else:
            yield Message(
                "curve_closing",
                (
                    "{strategy}: no fewer than {count} person more could close that.",
                    "{strategy}: no fewer than {count} people more could close that.",
                ),
                strategy=strategy,
                count=sum(closing.values()),
            )
    worst = sorted((place.short, code) for code, place in places.items() if place.short)[: -NAMED - 1 : -1]
    if targets.value and worst:
        yield Message(
            "curve_less",
            "{strategy}: with {hours} h less to hold, its roster would miss nothing; most of them at {spots}.",
            strategy=strategy,
            hours=_hours(targets.value),
            spots=AllOf(tuple(_at(code, _hours(minutes)) for minutes, code in worst)),
        )


def matched_words(found: Matched) -> Iterator[Message]:
    """How many people more one strategy takes to be as good as another, and what a roster with them misses."""
    yield Message(
        "curve_match",
        (
            "{one} needs at least {count} person more to miss as little of the targets as {other} does today ({hours} h).",
            "{one} needs at least {count} people more to miss as little of the targets as {other} does today ({hours} h).",
        ),
        one=found.one,
        count=found.people,
        other=found.other,
        hours=_hours(found.aim),
    )
    if found.short is not None:
        where = tuple(_at(group.organisation, more) for group, more in found.more.items())
        yield Message(
            "curve_matched",
            "With so many more ({where}), the best roster found for {one} misses {hours} h.",
            where=AllOf(where),
            one=found.one,
            hours=_hours(found.short),
        )

    if found.error is not None:
        yield Message("curve_failed", "No roster of so many people is there: {reason}", reason=found.error)


def _at(place: str, number: float) -> Message:
    return Message("curve_at", "{place}: {number}", place=place, number=number)


def _hours(minutes: int) -> float:
    return round(minutes / 60, 1)
