"""What `vigie stress` says to a person: coverage as planned and as it turns out, the weakest hours, reserves."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from scheduler.analysis.stress import Held, PlaceStress, Spread, Stress
from scheduler.messages.formats import moment, number, percent
from scheduler.messages.languages import Language
from scheduler.messages.texts import text
from scheduler.report.terminal import table
from scheduler.rules.support.said import role_name
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Level

RISKIEST_SHOWN = 10
"""Stretches of time that are told; the workbook and the object have more."""


def stress_lines(found: Stress, language: Language) -> Iterator[str]:
    """All of it, the whole region first."""
    yield text(
        language, "stress_head", count=found.runs, absence=percent(found.absence, language), duties=found.duties,
        seed=found.seed,
    )  # fmt: skip
    if found.reliability is not None:
        yield text(language, "stress_reliability", share=percent(found.reliability, language))
    yield from _replaced_lines(found, language)
    yield ""
    yield text(language, "stress_levels")
    heads = ("planned", "mean", "margin", "low", "median", "high")
    head = ["", *(text(language, f"stress_head_{key}") for key in heads)]
    rows = [
        [text(language, level.code), *_held(held, language)]
        for level in COVERAGE_LEVELS
        if (held := found.whole.levels.get(level))
    ]
    yield from table(head, rows)
    yield text(language, "stress_days", **_days(found.whole, language), days=found.instance.days)
    yield ""
    yield from _places(found, language)
    yield from _risky(found, language)
    yield from _reserves(found, language)


def _replaced_lines(found: Stress, language: Language) -> Iterator[str]:
    """What becomes of the duties that are lost."""
    yield text(language, "stress_replaced")
    rows = [
        [text(language, f"stress_duties_{what}"), number(count, language, 1)] for what, count in found.duties_lost()
    ]
    yield from table(rows[0], rows[1:])


def _held(held: Held, language: Language) -> Sequence[str]:
    realised = held.realised
    spread = (percent(value, language) for value in (realised.low, realised.median, realised.high))
    return [
        percent(held.planned, language), percent(realised.mean, language), _margin(realised, language), *spread,
    ]  # fmt: skip


def _margin(spread: Spread, language: Language) -> str:
    return "–" if math.isinf(spread.margin) else f"± {percent(spread.margin, language)}"


def _days(place: PlaceStress, language: Language) -> dict[str, str | int]:
    below = place.days_below
    return {
        "planned": place.days_below_planned,
        "mean": number(below.mean, language, 1),
        "low": number(below.low, language),
        "high": number(below.high, language),
    }


def _places(found: Stress, language: Language) -> Iterator[str]:
    """A row for each hotspot: the police minimum and the targets, and dates without a minimum."""
    heads = ("hotspot", "planned_minimum", "mean_minimum", "low_minimum", "planned_target", "mean_target", "low_target")
    head = [text(language, f"stress_head_{key}") for key in (*heads, "days_planned", "days_mean")]
    rows = []
    for hotspot, place in found.places.items():
        cells = [hotspot]
        for level in (Level.POLICE_MINIMUM, Level.TARGETS):
            held = place.levels.get(level)
            shares = ("–",) * 3
            if held is not None:
                shares = tuple(  # type: ignore[assignment]
                    percent(value, language) for value in (held.planned, held.realised.mean, held.realised.low)
                )
            cells += shares
        rows.append([*cells, str(place.days_below_planned), number(place.days_below.mean, language, 1)])
    yield text(language, "stress_places")
    yield from table(head, rows)


def _risky(found: Stress, language: Language) -> Iterator[str]:
    if not found.risky:
        return
    yield ""
    yield text(language, "stress_risky")
    calendar = found.instance.calendar
    for item in found.risky[:RISKIEST_SHOWN]:
        start, end = calendar.local(item.start), calendar.local(item.end)
        yield "  " + text(
            language, "stress_risky_one", hotspot=item.hotspot, role=role_name(item.role), start=moment(start, language),
            end=f"{end:%H:%M}", chance=percent(item.chance, language), missing=number(item.missing, language, 1),
        )  # fmt: skip


def _reserves(found: Stress, language: Language) -> Iterator[str]:
    enough = found.reserves
    if enough is None:
        return
    yield ""
    yield text(language, "stress_reserves")
    head = [text(language, f"stress_head_{key}") for key in ("pool", "on_duty", "moments", "period")]
    rows = [
        [
            zone, number(mean, language, 1), str(enough.moments.by_pool[zone]), str(enough.period.by_pool[zone]),
        ]
        for zone, mean in enough.on_duty.items()
    ]  # fmt: skip
    if len(enough.on_duty) == 1:
        yield from table(head, rows)
        return
    total = number(sum(enough.on_duty.values()), language, 1)
    rows += [
        [text(language, "stress_separate"), total, str(enough.moments.separate), str(enough.period.separate)],
        [text(language, "stress_pooled"), total, str(enough.moments.pooled), str(enough.period.pooled)],
    ]
    yield from table(head, rows)
    yield text(
        language, "stress_reserves_say", separate=enough.moments.separate, pooled=enough.moments.pooled
    )  # fmt: skip
