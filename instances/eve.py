"""What the demand asks of the first hours, which no duty of the horizon reaches: those of the day before must stand there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time

from instances.places import Row
from scheduler.problem.facts import Days
from scheduler.problem.timeline import Calendar

HALF_HOURS = 48
"""Of a day."""
FIGURES = ("minimum", "target")


class Eve:
    """Heads still missing in each half hour of the horizon's first day, by figure, hotspot and role (or category)."""

    def __init__(self, demand: Sequence[Row], start: date) -> None:
        self._missing: dict[tuple[str, str, str], list[int]] = {}
        calendar = Calendar(start=start, days=1)
        for row in demand:
            first, last = half_hours(row["from"], row["to"])
            days = Days.parse(str(row["days"]))
            slots = {
                slot + day * HALF_HOURS
                for day in (-1, 0)
                if days.match(calendar, day)
                for slot in range(first, last)
                if 0 <= slot + day * HALF_HOURS < HALF_HOURS
            }
            for figure in FIGURES:
                missing = self._missing.setdefault((figure, *_place(row)), [0] * HALF_HOURS)
                for slot in slots:
                    missing[slot] = max(missing[slot], int(str(row[figure])))

    def gain(self, heads: Mapping[str, int], hotspot: str, last: int) -> tuple[int, ...]:
        """Half hours of a head that so many people of each role would cover at a hotspot: of the minimum, of the target.

        ``last`` is the half hour of the day before at which their duty ends; 48 is midnight.
        """
        return tuple(
            sum(
                min(number, missing)
                for role, number in heads.items()
                for missing in self._until(figure, hotspot, role, last)
            )
            for figure in FIGURES
        )

    def stand(self, heads: Mapping[str, int], hotspot: str, last: int) -> None:
        """They stand there until then."""
        for figure in FIGURES:
            for role, number in heads.items():
                left = [max(0, missing - number) for missing in self._until(figure, hotspot, role, last)]
                self._missing.setdefault((figure, hotspot, role), [0] * HALF_HOURS)[: len(left)] = left

    def _until(self, figure: str, hotspot: str, role: str, last: int) -> list[int]:
        return self._missing.get((figure, hotspot, role), [])[: max(0, last - HALF_HOURS)]


def half_hours(first: object, last: object) -> tuple[int, int]:
    """Two clock times as half hours of a day; an end at or before the start is on the next day."""
    begin, end = (value.hour * 2 + value.minute // 30 for value in (first, last) if isinstance(value, time))
    return begin, end if end > begin else end + HALF_HOURS


def _place(row: Row) -> tuple[str, str]:
    return str(row["hotspot"]), str(row["role"])
