"""An exchange of duties, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scheduler.analysis.difference import posted
from scheduler.messages.formats import date, weekday
from scheduler.messages.languages import Language
from scheduler.messages.message import AllOf
from scheduler.messages.texts import text
from scheduler.problem.roster import Roster
from scheduler.report.effects import (
    SCHEMA,
    Object,
    broken_line,
    coverage_words,
    duty_object,
    effect_object,
    figures_object,
    post_words,
    priced_lines,
    signed_hours,
    signed_points,
)
from scheduler.report.terminal import table

if TYPE_CHECKING:
    from scheduler.workflows.swap import Company, Side, Swap

COLUMNS = 9
"""Dates side by side."""


def swap_object(found: Swap) -> Object:
    """``days`` hold what stands on each date around the exchange, before and after it; blank text is a free day."""
    instance = found.instance
    people = [
        {
            **_side_object(found, side),
            "before": figures_object(figures[0]),
            "after": figures_object(figures[1]),
            "days": [
                {
                    "date": instance.calendar.date(day).isoformat(),
                    "before": _cell(found.before, side.staff, day),
                    "after": _cell(found.after, side.staff, day),
                }
                for day in found.days
            ],
        }
        for side, figures in zip(found.sides, found.figures, strict=True)
    ]
    return {
        "schema": SCHEMA,
        "people": people,
        **effect_object(instance, found.effect),
        "company": [
            {**duty_object(instance, item.duty), "together": item.together, "police": item.police}
            for item in found.company
        ],
        "late": list(found.late),
        "instance_sha256": instance.sha256,
    }


def _side_object(found: Swap, side: Side) -> Object:
    return {
        "staff": side.staff,
        "date": found.instance.calendar.date(side.day).isoformat(),
        "gives": [duty_object(found.instance, cell) for cell in side.gives],
        "takes": [duty_object(found.instance, cell) for cell in side.takes],
    }


def _cell(roster: Roster, staff: str, day: int) -> str:
    return " + ".join(str(posted(cell)) for cell in roster.line(staff) if cell.day == day)


def swap_lines(found: Swap, language: Language) -> Iterator[str]:
    """Whether it is legal, both lines before and after, then coverage, company and quality."""
    effect, calendar = found.effect, found.instance.calendar
    for side in found.sides:
        taken = post_words(side.takes, language)
        given = post_words(side.gives, language)
        on = calendar.date(side.day)
        yield text(language, "swap_side", staff=side.staff, date=on, given=given, taken=taken)
    yield ""
    yield text(language, "swap_lines")
    yield from _both_lines(found, language)
    yield ""
    if effect.legal:
        yield text(language, "swap_legal")
    else:
        yield text(language, "swap_broken", count=len(effect.broken))
        yield from (f"  {broken_line(finding, language)}" for finding in effect.broken)
    for finding in effect.mended:
        yield text(language, "swap_mended", finding=broken_line(finding, language))
    coverage = coverage_words(effect.coverage, language) if effect.coverage else text(language, "swap_same_coverage")
    yield text(language, "swap_coverage", coverage=coverage)
    yield from (_company_line(found, item, language) for item in found.company)
    for side, (before, after) in zip(found.sides, found.figures, strict=True):
        hours = f"{signed_hours(before.balance_min, language)} → {signed_hours(after.balance_min, language)}"
        nights, weekends = f"{before.nights} → {after.nights}", f"{before.weekends} → {after.weekends}"
        yield text(language, "swap_figures", staff=side.staff, hours=hours, nights=nights, weekends=weekends)
    yield text(language, "swap_quality", points=signed_points(effect.cost, language))
    yield from (f"  {words}" for words in priced_lines(effect, language, None))
    yield ""
    if found.late:
        yield text(language, "swap_late", people=AllOf(found.late))
    one, other = (side.staff for side in found.sides)
    yield text(language, "swap_agree", one=one, other=other)
    yield text(language, "proposal_only")


def _both_lines(found: Swap, language: Language) -> Iterator[str]:
    """Both lines, some dates at a time; cells that change are marked."""
    calendar, free = found.instance.calendar, "·"
    for begin in range(0, len(found.days), COLUMNS):
        days = found.days[begin : begin + COLUMNS]
        heads = [f"{weekday(calendar.weekday(day), language)} {date(calendar.date(day), language)}" for day in days]
        rows = []
        for side in found.sides:
            for roster, label in ((found.before, "swap_before"), (found.after, "swap_after")):
                cells = [_cell(roster, side.staff, day) or free for day in days]
                old = [_cell(found.before, side.staff, day) or free for day in days]
                marked = [cell if cell == was else f"*{cell}" for cell, was in zip(cells, old, strict=True)]
                rows.append([f"{side.staff} {text(language, label)}", *marked])
        yield from table(["", *heads], rows)


def _company_line(found: Swap, item: Company, language: Language) -> str:
    return text(
        language, "swap_company",
        staff=item.duty.staff, duty=post_words((item.duty,), language), date=found.instance.calendar.date(item.duty.day),
        together=item.together, police=item.police,
    )  # fmt: skip
