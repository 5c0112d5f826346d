"""When: demand rows from the shape of real calls for service over the hours of the week.

``calls_by_hour_of_week.csv`` holds, for each weekday (0 = Monday) and hour, the number of calls divided by the mean of the
week (origin: see ``README.md``). Only the shape is used. A hotspot's heat in a window is that shape, averaged over the
window and over weekdays of the same kind, times the figures of its :class:`~instances.places.Place`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from pathlib import Path

from instances.places import Place, Row

CALLS = Path(__file__).with_name("calls_by_hour_of_week.csv")
KINDS_OF_DAY = (("Mon-Thu", (0, 1, 2, 3)), ("Fri", (4,)), ("Sat", (5,)), ("Sun", (6,)))
WINDOWS = ((6, 14), (14, 19), (19, 22), (22, 26), (26, 30))
"""Windows of the police demand, in hours of the day; 26 is 02:00 on the next day. They end where duties start or end."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How heat becomes heads: ``floor`` police at all times, ``per_heat`` more for each unit of heat over ``from_heat``.

    The minimum holds ``minimum_share`` of what the target asks above the floor, rounded down; never more than ``most``.
    """

    floor: int = 2
    per_heat: float = 1.6
    from_heat: float = 0.5
    minimum_share: float = 0.5
    most: int = 5


@lru_cache
def calls() -> Mapping[tuple[int, int], float]:
    """Relative calls by ``(weekday, hour)``; their mean is 1."""
    with CALLS.open(encoding="utf-8", newline="") as lines:
        return {(int(row["weekday"]), int(row["hour"])): float(row["relative_calls"]) for row in csv.DictReader(lines)}


def heat(place: Place, weekdays: tuple[int, ...], first: int, last: int) -> float:
    """How frequented a place is from hour ``first`` to ``last`` (over 24: the next day), averaged over weekdays."""
    hours = [(day, hour) for day in weekdays for hour in range(first, last)]
    mean = sum(calls()[(day + hour // 24) % 7, hour % 24] for day, hour in hours) / len(hours)
    evening = place.evening if 19 <= first < 26 else 1.0
    weekend = place.weekend if weekdays[0] >= 5 or (weekdays[0] == 4 and first >= 19) else 1.0
    return mean * place.level * evening * weekend


def police_rows(place: Place, scale: Scale) -> list[Row]:
    """Demand for police at one hotspot, round the clock: a patrol at all times, more where and when it is hot.

    Two heads above the target are welcome, more are wasted.
    """
    rows: list[Row] = []
    for first, last in WINDOWS:
        for days, weekdays in KINDS_OF_DAY:
            extra = max(0.0, scale.per_heat * (heat(place, weekdays, first, last) - scale.from_heat))
            target = min(scale.most, scale.floor + round(extra))
            minimum = scale.floor + int(scale.minimum_share * (target - scale.floor))
            rows.append(demand_row(place.code, "police", days, first, last, minimum, target, target + 2))
    return rows


def demand_row(
    hotspot: str, role: str, days: str, first: float, last: float, minimum: int, target: int, maximum: int | None = None
) -> Row:
    """One row of the Demand sheet; hours of the day, over 24 for the next day."""
    return {
        "hotspot": hotspot,
        "role": role,
        "days": days,
        "from": _clock(first),
        "to": _clock(last),
        "minimum": minimum,
        "target": target,
        "maximum": maximum,
    }


def _clock(hour: float) -> time:
    return time(int(hour) % 24, round(hour % 1 * 60))
