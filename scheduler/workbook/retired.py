"""Sheets that older workbooks may hold and that nothing reads: no longer offered, and kept as they are where they are filled."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.messages.message import Message, Name
from scheduler.workbook.columns import Column, Kind, Sheet

STRATEGIES = Sheet(
    "Strategies",
    "",
    (
        Column("name", Kind.ANY, "Name", "lateral", width=18),
        Column("pooling", Kind.ANY, "separate, lateral or single", "lateral"),
        Column("lending_limit_pct", Kind.ANY, "Most hours lent, in per cent", "10", width=17),
        Column("shifts", Kind.ANY, "Shifts used", ""),
        Column("non_police", Kind.ANY, "How non-police staff is used", ""),
        Column("federal_reserve", Kind.ANY, "Federal staff added", "", width=16),
    ),
    "Ways of pooling staff",
    ("Stratégies", "Strategieën"),
)

RETIRED: tuple[Sheet, ...] = (STRATEGIES,)

INSTEAD: Mapping[str, Message] = {
    "Strategies": Message(
        "instead_of_strategies",
        "Whose police a hotspot may draw on is the setting {setting}: {separate} or {single}.",
        setting=Name("setting", "strategy"),
        separate=Name("choice", "separate"),
        single=Name("choice", "single"),
    ),
}
"""What a planner can do instead, by sheet."""
