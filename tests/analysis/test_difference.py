"""What a change is: by person and date, whatever the horizons."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduler.analysis.difference import (
    Change,
    ChangeKind,
    Dates,
    DayDuties,
    PostedDuty,
    differences,
    roster_cells,
    shared_dates,
)
from tests.builders import MONDAY, lines, make

E_HAL, E_MIDI, N_HAL = PostedDuty("E", "HAL"), PostedDuty("E", "MIDI"), PostedDuty("N", "HAL")


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ((), (E_HAL,), ChangeKind.ADDED),
        ((E_HAL,), (), ChangeKind.REMOVED),
        ((E_HAL,), (E_MIDI,), ChangeKind.MOVED),
        ((E_HAL,), (N_HAL,), ChangeKind.CHANGED),
        ((E_MIDI,), (N_HAL,), ChangeKind.CHANGED),
        ((E_HAL,), (E_HAL, N_HAL), ChangeKind.CHANGED),
        ((E_HAL, N_HAL), (E_MIDI, N_HAL), ChangeKind.MOVED),
    ],
)
def test_the_kind_of_a_change(before: DayDuties, after: DayDuties, kind: ChangeKind) -> None:
    assert Change("P1", MONDAY, before, after).kind is kind


def test_rosters_of_other_horizons_are_compared_by_date() -> None:
    week = dt.timedelta(days=7)
    one, other = make(days=14).calendar, make(days=14, start=MONDAY + week).calendar
    old, new = lines(P1="E" * 14), lines(P1="E" * 6 + ".L" + "E" * 6)
    shared = shared_dates(one, other)
    assert shared == Dates(MONDAY + week, MONDAY + 2 * week - dt.timedelta(days=1))
    found = differences(roster_cells(one, old), roster_cells(other, new), dates=shared)
    assert [(change.date, change.kind) for change in found] == [(MONDAY + week + dt.timedelta(days=6), "removed")]
    assert shared_dates(make(days=7).calendar, other) is None
    assert shared_dates(make(days=8).calendar, other) == Dates(MONDAY + week, MONDAY + week)
