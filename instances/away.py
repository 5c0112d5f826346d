"""Absences: about fifteen of a hundred person-days, as leave, illness known beforehand, training and court.

The workbook never holds a reason; training and court count as work, the rest does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from instances.places import Row

FOUR_WEEKS = 28


@dataclass(frozen=True, slots=True)
class Away:
    """Shares of the people who are away in each way within four weeks; the rest is present all the time."""

    month: float = 0.025
    fortnight: float = 0.08
    week: float = 0.27
    days: float = 0.17
    training: float = 0.08
    court: float = 0.04

    def within(self, days: int) -> Away:
        """The shares within so many days."""
        return Away(*(share * days / FOUR_WEEKS for share in astuple(self)))


def absence_rows(people: Sequence[str], start: date, days: int, away: Away, rng: Random) -> list[Row]:
    """Rows of the Absences sheet. Nobody is away in two ways, so that no two absences squeeze a person between them.

    Duties elsewhere begin no sooner than the fifth day: the days off due after the history always fit before.
    """
    order = list(people)
    rng.shuffle(order)
    drawn = iter(order)

    def some(share: float) -> list[str]:
        return [next(drawn) for _ in range(round(share * len(order)))]

    def weekday(first: int, last: int, weekday: int) -> list[int]:
        return [day for day in range(first, last) if (start + timedelta(day)).weekday() == weekday]

    mondays, fridays = weekday(0, days, 0), weekday(5, days, 4)
    workdays = [day for day in range(4, days) if (start + timedelta(day)).weekday() < 5]
    rows = [_leave(person, start, 0, days - 1) for person in some(away.month)]
    for people, weeks in ((some(away.fortnight), 2), (some(away.week), 1)):
        begins = mondays[: max(0, len(mondays) - weeks + 1)]
        rows += [
            _leave(person, start, first, first + 7 * weeks - 1) for person in people for first in _drawn(begins, rng)
        ]
    rows += [
        _leave(person, start, last - rng.randint(1, 3), last + rng.choice((0, 2)))
        for person in some(away.days)
        for last in _drawn(fridays, rng)
    ]
    for people, end in ((some(away.training), time(17)), (some(away.court), time(12, 30))):
        rows += [
            _elsewhere(person, start + timedelta(day), time(9), end)
            for person in people
            for day in _drawn(workdays, rng)
        ]
    return sorted(rows, key=lambda row: str(row["staff"]))


def _drawn(days: Sequence[int], rng: Random) -> list[int]:
    """One of the days; none where a short stretch has no such day."""
    return [rng.choice(days)] if days else []


def _leave(person: str, start: date, first: int, last: int) -> Row:
    return {
        "staff": person,
        "from": start + timedelta(first),
        "to": start + timedelta(last),
        "counts_as_work": False,
    }


def _elsewhere(person: str, on: date, begin: time, end: time) -> Row:
    return {
        "staff": person,
        "from": datetime.combine(on, begin),
        "to": datetime.combine(on, end),
        "counts_as_work": True,
    }


def dates_away(rows: Iterable[Row]) -> dict[str, set[date]]:
    """The dates on which each person is away for some reason."""
    table: dict[str, set[date]] = {}
    for row in rows:
        first, last = (value.date() if isinstance(value, datetime) else value for value in (row["from"], row["to"]))
        if isinstance(first, date) and isinstance(last, date):
            dates = {first + timedelta(step) for step in range((last - first).days + 1)}
            table.setdefault(str(row["staff"]), set()).update(dates)
    return table
