"""Days that a row is about: weekdays, public holidays, dates."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field, field_serializer

from scheduler.problem.day_words import read_days
from scheduler.problem.frozen import Fact
from scheduler.problem.timeline import WEEKDAYS, Calendar


class Days(Fact):
    """Which days a demand or a shift is about: weekdays (Monday is 0), public holidays, dates, spans of dates."""

    weekdays: frozenset[Annotated[int, Field(ge=0, le=6)]] = frozenset()
    holidays: bool = False
    dates: frozenset[dt.date] = frozenset()
    spans: tuple[tuple[dt.date, dt.date], ...] = ()

    @field_serializer("weekdays", when_used="json")
    def _weekdays_in_order(self, weekdays: frozenset[int]) -> list[int]:
        return sorted(weekdays)

    @field_serializer("dates", when_used="json")
    def _dates_in_order(self, dates: frozenset[dt.date]) -> list[str]:
        return sorted(on.isoformat() for on in dates)

    def match(self, calendar: Calendar, day: int) -> bool:
        """Whether a day, by its number in a calendar, is one of them."""
        on = calendar.date(day)
        return (
            calendar.weekday(day) in self.weekdays
            or (self.holidays and calendar.is_holiday(day))
            or on in self.dates
            or any(first <= on <= last for first, last in self.spans)
        )

    def over(self, on: dt.date) -> bool:
        """Whether none of the days lies on a date or after it."""
        if self.weekdays or self.holidays:
            return False
        return not any(last >= on for last in (*self.dates, *(last for _, last in self.spans)))

    @classmethod
    def parse(cls, text: str, language: str = "") -> Days:
        """Read ``Mon-Sun``, ``Mon-Fri, holiday``, ``weekend``, ``2026-03-14`` or ``2026-03-14..2026-03-20``.

        Parameters
        ----------
        text
            Words in English, French or Dutch.
        language
            Of a word that two languages read differently: ``en``, ``fr`` or ``nl``.

        Raises
        ------
        DayWordsError
            A :class:`VigieError`, for a text that names no days.

        Examples
        --------
        >>> Days.parse("weekend, 2026-03-14..2026-03-20").text()
        'Sat, Sun, 2026-03-14..2026-03-20'
        """
        found = read_days(text, language)
        return cls(
            weekdays=frozenset(found.weekdays),
            holidays=found.holidays,
            dates=frozenset(found.dates),
            spans=tuple(found.spans),
        )

    def text(self) -> str:
        """The canonical form that :meth:`parse` reads back to the same value."""
        parts: list[str] = []
        if self.weekdays == frozenset(range(7)):
            parts.append("Mon-Sun")
        elif self.weekdays == frozenset(range(5)):
            parts.append("Mon-Fri")
        else:
            parts += [WEEKDAYS[day] for day in sorted(self.weekdays)]
        if self.holidays:
            parts.append("holiday")
        parts += [on.isoformat() for on in sorted(self.dates)]
        parts += [f"{first.isoformat()}..{last.isoformat()}" for first, last in self.spans]
        return ", ".join(parts)
