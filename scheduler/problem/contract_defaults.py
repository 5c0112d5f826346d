"""What a figure of a contract is where nobody says it: by category, as the model itself fills it in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from scheduler.problem.facts import Category, Contract


def usual(field: str) -> Mapping[Category, Any]:
    """The figure of a contract that does not say it, by category; None is no limit."""
    return {category: getattr(_silent(category), field) for category in Category}


@cache
def _silent(category: Category) -> Contract:
    return Contract(code="-", category=category)
