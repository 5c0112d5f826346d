"""On which terms: shifts, roles and contracts shared by the example zones, as rows of the workbook.

Blank cells of a contract take the defaults of its category, so only what differs is written down.
"""

from __future__ import annotations

from datetime import time

from instances.places import Row


def shift_rows() -> list[Row]:
    """Police work 8 or 12 hours, others about 8 by day and in the evening (a city night team ends at 02:00)."""
    return [
        _shift("E", time(6), time(14), "police"),
        _shift("L", time(14), time(22), "police"),
        _shift("N", time(22), time(6), "police"),
        _shift("D12", time(7), time(19), "police"),
        _shift("N12", time(19), time(7), "police"),
        _shift("P1", time(7), time(15), "non_police"),
        _shift("P2", time(14), time(22), "non_police"),
        _shift("P3", time(18, 30), time(2), "non_police"),
    ]


def ten_hour_rows() -> list[Row]:
    """Three shifts of ten hours, which overlap early, in the afternoon and late in the evening; nobody works them so far."""
    return [
        {**_shift("D10", time(6), time(16), "police"), "worked": "no"},
        {**_shift("L10", time(14), time(0), "police"), "worked": "no"},
        {**_shift("N10", time(22), time(8), "police"), "worked": "no"},
    ]


def _shift(code: str, start: time, end: time, categories: str) -> Row:
    return {"code": code, "start": start, "end": end, "unpaid_break_min": 0, "categories": categories}


def role_rows() -> list[Row]:
    return [
        {"code": "LEAD", "name": "patrol leader", "category": "police"},
        {"code": "EDUC", "name": "street educator", "category": "non_police"},
    ]


def contract_rows() -> list[Row]:
    """POL-8H allows no duty of twelve hours: nine in all, so that the long night of autumn fits.

    A street educator (EDU-38) may be the only one of the category at a hotspot; a peacekeeper may not.
    """
    return [
        {"code": "POL-38", "name": "Police, 38 h", "category": "police", "weekly_hours": 38},
        {
            "code": "POL-32",
            "name": "Police, four-day week of 32 h",
            "category": "police",
            "weekly_hours": 32,
            "max_hours_week": 44,
            "max_consecutive_days": 5,
            "max_consecutive_nights": 4,
        },
        {
            "code": "POL-8H",
            "name": "Police, duties of at most 9 h",
            "category": "police",
            "weekly_hours": 38,
            "max_hours_24h": 9,
            "max_consecutive_nights": 3,
        },
        {"code": "GP-38", "name": "Peacekeepers, 38 h", "category": "non_police", "weekly_hours": 38},
        {
            "code": "EDU-38",
            "name": "Street educators, 38 h",
            "category": "non_police",
            "weekly_hours": 38,
            "max_consecutive_days": 5,
            "min_together": 1,
        },
    ]
