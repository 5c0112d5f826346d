"""The only time geometry of the package: civil dates and clocks on one side, UTC minutes on the other.

Inside Vigie an instant is a whole number of **minutes since local midnight of the first day of the horizon, counted in
UTC**, and a period is half-open ``[start, end)``. Days are numbered from 0 (the first day of the horizon); history
has negative days. Clock times are minutes after local midnight as people write them (``22:00`` = 1320), and may
exceed 1440 for an end on the next day. Because the conversion goes through UTC, a 22:00–06:00 duty lasts seven hours
on the night of 28–29 March 2026 in Brussels and nine hours on 24–25 October 2026.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from pydantic import ConfigDict, Field, field_validator

from scheduler.messages.message import Message
from scheduler.problem.frozen import Frozen, refusal

DAY_MINUTES = 24 * 60
FAR_DAYS = 36_525
"""A century: dates further from the horizon (``9999-12-31`` for "always") stand for a day this far away."""
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Calendar(Frozen):
    """The horizon on the calendar of one place: dates and clock times on one side, numbers of days and minutes on the other.

    Examples
    --------
    >>> import datetime as dt
    >>> calendar = Calendar(start=dt.date(2026, 3, 2), days=28)
    >>> calendar.iso(calendar.minute(26, 22 * 60))
    '2026-03-28T22:00+01:00'
    """

    model_config = ConfigDict(strict=True)

    start: dt.date = Field(ge=dt.date(2000, 1, 1), le=dt.date(2199, 12, 31), description="first day of the horizon")
    days: int = Field(gt=0, le=400, description="length of the horizon in days")
    timezone: str = Field(default="Europe/Brussels", description="IANA name")
    holidays: Mapping[dt.date, str] = Field(default_factory=dict, description="public holidays, with their names")

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (OSError, ValueError, KeyError) as error:
            message = Message("unknown_time_zone", "is an unknown time zone; write for example Europe/Brussels.")
            raise refusal(message) from error
        return name

    @cached_property
    def _origin(self) -> datetime:
        return _instant(self.start, 0, ZoneInfo(self.timezone))

    def date(self, day: int) -> dt.date:
        """The civil date of a day number, which may lie outside the horizon."""
        return self.start + timedelta(days=day)

    def day(self, on: dt.date) -> int:
        """The day number of a civil date; negative before the horizon, ``>= days`` after it."""
        return (on - self.start).days

    def minute(self, day: int, clock: int = 0) -> int:
        """The instant at which the local clock shows ``clock`` (minutes after midnight of ``day``; may exceed 1440).

        A clock time that a spring change skips is the moment of the change (02:30 becomes 03:00); one that an autumn
        change repeats is the first of the two. So later clock times of a day are never earlier instants.
        """
        return _minute(self.start, self.timezone, max(-FAR_DAYS, min(day, FAR_DAYS)), clock)

    def local(self, minute: int) -> datetime:
        """The local date and time, with its offset, of an instant."""
        return (self._origin + timedelta(minutes=minute)).astimezone(ZoneInfo(self.timezone))

    def iso(self, minute: int) -> str:
        """ISO 8601 with offset, to the minute: ``2026-03-28T22:00+01:00``."""
        return self.local(minute).isoformat(timespec="minutes")

    def day_of(self, minute: int) -> int:
        """The day number on whose civil date an instant falls."""
        return self.day(self.local(minute).date())

    @cached_property
    def end(self) -> int:
        """The instant at which the horizon ends, in minutes."""
        return self.minute(self.days)

    def weekday(self, day: int) -> int:
        """0 = Monday … 6 = Sunday."""
        return (self.start.weekday() + day) % 7

    def monday(self, day: int) -> int:
        """The day number of the Monday of the calendar week that ``day`` lies in (negative before the horizon)."""
        return day - self.weekday(day)

    def is_holiday(self, day: int) -> bool:
        """Whether a day number is that of a public holiday."""
        return self.date(day) in self.holidays

    def is_workday(self, day: int) -> bool:
        """Monday to Friday and no public holiday: the days on which contract hours are earned."""
        on = self.date(day)
        return on.weekday() < 5 and on not in self.holidays

    def weeks(self) -> Iterator[tuple[int, int]]:
        """Calendar weeks that touch the horizon, as half-open day ranges ``(monday, next monday)``."""
        monday = self.monday(0)
        while monday < self.days:
            yield monday, monday + 7
            monday += 7

    def weekends(self) -> Iterator[tuple[int, int, int]]:
        """Weekends that touch the horizon: ``(saturday, start, end)``; start and end in minutes.

        A weekend lasts from Saturday 00:00 to Monday 00:00, local time.
        """
        for monday, _ in self.weeks():
            saturday = monday + 5
            if saturday + 1 >= 0 and saturday < self.days:
                yield saturday, self.minute(saturday), self.minute(saturday + 2)

    def night_minutes(self, start: int, end: int, night_from: int, night_to: int) -> int:
        """Minutes of ``[start, end)`` inside the nightly window between two clock times (22:00–06:00: 1320, 360)."""
        total = 0
        for day in range(self.day_of(start) - 1, self.day_of(max(start, end - 1)) + 1):
            if night_from <= night_to:
                low, high = self.minute(day, night_from), self.minute(day, night_to)
            else:
                low, high = self.minute(day, night_from), self.minute(day + 1, night_to)
            total += max(0, min(high, end) - max(low, start))
        return total


@lru_cache(maxsize=65536)
def _minute(start: dt.date, timezone: str, day: int, clock: int) -> int:
    zone = ZoneInfo(timezone)
    carried, within = divmod(clock, DAY_MINUTES)
    instant = _instant(start + timedelta(days=day + carried), within, zone)
    return int((instant - _instant(start, 0, zone)).total_seconds()) // 60


def _instant(on: dt.date, clock: int, zone: ZoneInfo) -> datetime:
    local = datetime(on.year, on.month, on.day, clock // 60, clock % 60, tzinfo=zone)
    instant = local.astimezone(UTC)
    # Python reads a skipped clock time with the old offset, which lands after the change: walk back to the change.
    wall = local.replace(tzinfo=None)
    while (before := instant - timedelta(minutes=1)).astimezone(zone).replace(tzinfo=None) >= wall:
        instant = before
    return instant


def belgian_holidays(first: dt.date, last: dt.date) -> dict[dt.date, str]:
    """The ten legal public holidays of Belgium between two dates, both included.

    The public list adds Easter and Whit Sunday, which are not legal holidays of their own; they are left out.
    """
    import holidays

    years = range(first.year, last.year + 1)
    public = holidays.country_holidays("BE", years=years, language="en_US")
    sundays = {"Easter Sunday", "Easter", "Whit Sunday", "Pentecost"}
    return {on: name for on, name in sorted(public.items()) if first <= on <= last and name not in sundays}


def clock_text(clock: int) -> str:
    """``1320`` → ``22:00``; an end at midnight is ``24:00``; later ends count on from it (``30:00`` is written 06:00)."""
    if clock > DAY_MINUTES:
        clock -= DAY_MINUTES
    return f"{clock // 60:02d}:{clock % 60:02d}"
