"""A value of a level with its unit, in words."""

from __future__ import annotations

from scheduler.messages.formats import hours, number
from scheduler.messages.languages import Language
from scheduler.messages.texts import text
from scheduler.vocabulary.constraints import Level


def level_figure(level: Level, value: float, language: Language) -> str:
    """Hours of what is counted in minutes; days of persons; or points."""
    match level.unit:
        case "points":
            return f"{number(value, language)} {text(language, 'points')}"
        case "days":
            return text(language, "person_days", count=round(value))
        case _:
            return f"{hours(value, language)} {text(language, 'hours_unit')}"
