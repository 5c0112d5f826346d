"""What a figure of a contract is where nobody says it: by category, as the model itself fills it in; and which figures ask more
of people than that."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from scheduler.problem.facts import Category, Contract
from scheduler.problem.timeline import DAY_MINUTES

LAXER_WHEN_MORE = (
    "weekly_hours",
    "reference_weeks",
    "max_hours_24h",
    "max_hours_week",
    "max_consecutive_days",
    "max_consecutive_nights",
    "max_weekends_in_row",
    "max_weekends_year",
)
"""Figures of a contract that ask more of people the higher they are; no limit is the most."""
LAXER_WHEN_LESS = (
    "min_rest_hours",
    "min_days_off",
    "weekend_rest_hours",
    "min_together",
    "needs_police",
    "notice_days",
)
"""Figures that protect people less the lower they are."""
NIGHT = ("night_from", "night_to")
"""The window of the night: what lies outside of it counts as no night."""
NEUTRAL = ("min_consecutive_days", "min_hours_horizon", "max_hours_horizon", "shift_limits", "hours_by_weekday")
"""Figures that nothing is asked for by default: whatever they say, they are the planner's own."""


def usual(field: str) -> Mapping[Category, Any]:
    """The figure of a contract that does not say it, by category; None is no limit."""
    return {category: getattr(_silent(category), field) for category in Category}


@cache
def _silent(category: Category) -> Contract:
    return Contract(code="-", category=category)


def laxer(contract: Contract, field: str) -> bool:
    """Whether a figure of a contract asks more of its people, or protects them less, than the usual one of their category."""
    figure, default = getattr(contract, field), getattr(_silent(contract.category), field)
    if field in LAXER_WHEN_MORE:
        return _limit(figure) > _limit(default)
    if field in LAXER_WHEN_LESS:
        return bool(figure < default)
    if field in NIGHT:
        # Each end by itself: a window that is moved counts less on one side, whatever it counts on the other.
        return not _inside(default, contract)
    return False


def _limit(figure: float | None) -> float:
    return float("inf") if figure is None else figure


def _inside(clock: int, contract: Contract) -> bool:
    """Whether a clock time is within the night window of a contract, its ends included."""
    return (clock - contract.night_from) % DAY_MINUTES <= (contract.night_to - contract.night_from) % DAY_MINUTES
