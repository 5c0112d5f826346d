"""Dates move by weeks that keep weekdays, clock changes and the year of every weekend."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from scheduler.analysis.date_shift import weeks_that_keep
from scheduler.problem.timeline import Calendar
from tests.builders import AUTUMN, MONDAY, SPRING


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("start", "days", "first"),
    [
        (MONDAY, 28, 0),
        (SPRING - dt.timedelta(days=5), 28, -7),
        (AUTUMN - dt.timedelta(days=12), 14, 0),
        (dt.date(2026, 12, 14), 35, -28),
        (dt.date(2026, 1, 5), 364, -30),
    ],
)
def test_every_minute_and_every_year_stays_where_it_was(start: dt.date, days: int, first: int, seed: int) -> None:
    old = Calendar(start=start, days=days)
    weeks = weeks_that_keep(old, first, random.Random(seed))
    assert weeks
    new = old.replace(start=start + dt.timedelta(weeks=weeks))
    for day in range(first, days + 14):
        assert new.minute(day) == old.minute(day)
        assert new.minute(day, 3 * 60) == old.minute(day, 3 * 60)
        assert new.weekday(day) == old.weekday(day)
    for saturday, _, _ in old.weekends():
        assert new.date(max(0, saturday)).year - new.start.year == old.date(max(0, saturday)).year - start.year


def test_seeds_move_to_different_dates() -> None:
    assert len({weeks_that_keep(Calendar(start=MONDAY, days=14), 0, random.Random(seed)) for seed in range(8)}) > 4


def test_dates_stay_where_nothing_would_be_the_same() -> None:
    """Clocks change for the month of Ramadan in Morocco: in no other year on the same days."""
    long = Calendar(start=dt.date(2026, 1, 1), days=400, timezone="Africa/Casablanca")
    assert weeks_that_keep(long, -400, random.Random(0)) == 0
