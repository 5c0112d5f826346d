"""What is asked and what is missing at each hotspot in each of the 168 hours of the week, added up over the horizon."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scheduler.analysis.strategy_figures import HOURS_OF_WEEK
from scheduler.problem.instance import Instance
from scheduler.problem.timeline import Calendar
from scheduler.result import Shortage


@dataclass(frozen=True, slots=True)
class WeekOfHotspot:
    """Person-minutes by hour of the week (0: Monday from midnight): ``asked`` up to the targets, and ``short`` of it."""

    asked: tuple[int, ...]
    short: tuple[int, ...]

    def covered(self, hour: int) -> float | None:
        """The share of what is asked that is covered; None where nothing is asked."""
        return 1 - self.short[hour] / self.asked[hour] if self.asked[hour] else None


def hours_of_week(instance: Instance, shortages: Iterable[Shortage]) -> Mapping[str, WeekOfHotspot]:
    """The week of every hotspot that is asked for, in order of the Hotspots sheet."""
    clock = _Clock.of(instance.calendar)
    asked = {spot.code: [0] * HOURS_OF_WEEK for spot in instance.hotspots}
    short = {spot.code: [0] * HOURS_OF_WEEK for spot in instance.hotspots}
    for need in instance.needs:
        for hour, minutes in clock.cut(need.start, need.end):
            asked[need.hotspot][hour] += need.target * minutes
    for item in shortages:
        for hour, minutes in clock.cut(item.start, item.end):
            short[item.hotspot][hour] += item.heads_missing * minutes
    return {code: WeekOfHotspot(tuple(asked[code]), tuple(short[code])) for code in asked if any(asked[code])}


@dataclass(frozen=True, slots=True)
class _Clock:
    """The local hours of a horizon: where each begins, and which hour of the week it is."""

    starts: tuple[int, ...]
    hours: tuple[int, ...]

    @classmethod
    def of(cls, calendar: Calendar) -> _Clock:
        starts, hours, minute = [], [], 0
        while minute < calendar.end:
            local = calendar.local(minute)
            starts.append(minute)
            hours.append(local.weekday() * 24 + local.hour)
            minute += 60 - local.minute
        return cls(tuple(starts), tuple(hours))

    def cut(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The hours of the week that ``[start, end)`` touches, each with its minutes."""
        place = bisect_right(self.starts, start) - 1
        while start < end:
            stop = self.starts[place + 1] if place + 1 < len(self.starts) else end
            yield self.hours[place], min(stop, end) - start
            start, place = min(stop, end), place + 1
