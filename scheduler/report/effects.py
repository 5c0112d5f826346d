"""What a change does to a roster, for people and for programs: shared by the commands that propose one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from scheduler.analysis.coverage import MINIMUM, Lacking
from scheduler.analysis.difference import posted
from scheduler.messages.formats import hours, number
from scheduler.messages.languages import Language
from scheduler.messages.message import Hours, Message
from scheduler.messages.texts import text
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment
from scheduler.rules import TITLES
from scheduler.rules.base import Finding
from scheduler.rules.support.said import role_name
from scheduler.workflows.export import finding_object

if TYPE_CHECKING:
    from scheduler.analysis.incremental_audit import Effect
    from scheduler.workflows.line_figures import LineFigures

Object = dict[str, Any]
SCHEMA = 1
"""Of the objects of ``suggest`` and ``swap``."""


def duty_object(instance: Instance, cell: Assignment) -> Object:
    on = instance.calendar.date(cell.day).isoformat()
    return {"staff": cell.staff, "date": on, "shift": cell.shift, "hotspot": cell.hotspot}


def lacking_objects(found: Mapping[Lacking, int]) -> list[Object]:
    """Person-minutes by hotspot, role and ``minimum`` or ``target``."""
    return [
        {"hotspot": hotspot, "role": role, "level": level, "person_minutes": minutes}
        for (hotspot, role, level), minutes in sorted(found.items())
    ]


def effect_object(instance: Instance, effect: Effect) -> Object:
    """``coverage`` is positive where fewer minutes are missing, ``points`` where quality is worse. Each of ``priced`` is a
    finding and what it adds to the points."""
    return {
        "legal": effect.legal,
        "broken": [finding_object(instance, finding) for finding in effect.broken],
        "mended": [finding_object(instance, finding) for finding in effect.mended],
        "coverage": lacking_objects(effect.coverage),
        "points": effect.cost,
        "points_by_rule": dict(effect.points),
        "priced": [{**finding_object(instance, item.finding), "adds": item.points} for item in effect.dearer],
    }


def figures_object(figures: LineFigures) -> Object:
    return {
        "balance_minutes": figures.balance_min,
        "hours_over": figures.hours_over,
        "nights": figures.nights,
        "weekends": figures.weekends,
        "rest_before_minutes": figures.rest_before,
        "rest_after_minutes": figures.rest_after,
        "home_hotspot": figures.home,
    }


def broken_line(finding: Finding, language: Language) -> str:
    """A finding with the title of its rule, and by how much it is broken where that is a time."""
    words, title = finding.message.text(language), TITLES[finding.rule]
    if finding.unit != "minutes":
        return Message("finding_of_rule", "{finding} ({rule})", finding=words, rule=title).text(language)
    said = Message(
        "finding_by", "{finding} ({rule}, by {margin})", finding=words, rule=title, margin=Hours(finding.amount)
    )
    return said.text(language)


def coverage_words(found: Mapping[Lacking, int], language: Language, here: str = "") -> str:
    """``police minimum +4.0 h · MIDI police target −8.0 h``; the hotspot ``here`` is not named. Minimums come first."""
    told = []
    order = sorted(found.items(), key=lambda item: (item[0][0] != here, item[0][2] != MINIMUM, item[0]))
    for (hotspot, role, level), minutes in order:
        name, least = role_name(role), text(language, f"head_{level}")
        said = Message("level_of_role", "{role} {level}", role=name, level=least)
        if hotspot != here:
            said = Message("level_of_role_there", "{hotspot} {role} {level}", hotspot=hotspot, role=name, level=least)
        told.append(f"{said.text(language)} {signed_hours(minutes, language)}")
    return " · ".join(told) or "–"


def signed_hours(minutes: int, language: Language) -> str:
    """``+4.0 h``, ``−8.0 h``."""
    sign = "+" if minutes > 0 else "−" if minutes < 0 else ""
    return f"{sign}{hours(abs(minutes), language)} {text(language, 'hours_unit')}"


def signed_points(points: int, language: Language) -> str:
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return f"{sign}{number(abs(points), language)}"


def rest_words(minutes: int | None, language: Language) -> str:
    """A rest; a dash where nothing is known on that side."""
    return "–" if minutes is None else f"{hours(minutes, language)} {text(language, 'hours_unit')}"


def post_words(cells: tuple[Assignment, ...], language: Language) -> str:
    return " + ".join(str(posted(cell)) for cell in cells) or text(language, "free")


def priced_lines(effect: Effect, language: Language, most: int | None) -> Iterator[str]:
    """The dearest of what a change makes worse, in words."""
    for item in effect.dearer[:most]:
        words = item.finding.message.text(language)
        price = signed_points(item.points, language)
        yield f"{words} ({TITLES[item.finding.rule].text(language)}, {price})"
