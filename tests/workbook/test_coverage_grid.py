"""Planned against asked, hour by hour: the worst moment counts, and clock changes have no or two hours."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduler.problem.roster import Assignment, Roster
from scheduler.workbook.coverage_grid import CoverageGrid, Moment, Standing
from tests.builders import AUTUMN, SPRING, demand, lines, make, past


@pytest.mark.parametrize(
    ("planned", "standing", "missing"),
    [
        (1, Standing.BELOW_MINIMUM, 1),
        (2, Standing.BELOW_TARGET, 1),
        (3, Standing.MET, 0),
        (4, Standing.MET, 0),
        (5, Standing.ABOVE_MAXIMUM, 0),
    ],
)
def test_standing_on_both_sides_of_each_figure(planned: int, standing: Standing, missing: int) -> None:
    moment = Moment(planned, minimum=2, target=3, maximum=4)
    assert (moment.standing, moment.missing) == (standing, missing)


def test_nothing_asked_is_neither_met_nor_missed() -> None:
    assert Moment(0).standing is Standing.NOT_ASKED
    assert Moment(2).standing is Standing.NOT_ASKED
    assert Moment(2, 0, 0, 1).standing is Standing.ABOVE_MAXIMUM


def test_the_worst_moment_of_the_hour_is_shown() -> None:
    need = demand(start="06:00", until="13:30", minimum=1)
    more = demand(start="13:30", until="15:00", minimum=2)
    grid = CoverageGrid(make(1, people=2, demand=(need, more)), lines(P1="E"))
    hours = grid.by_hour("HAL", "police")
    assert hours[5] == Moment(0)
    assert hours[6] == Moment(1, 1, 1)
    assert hours[13] == Moment(1, 2, 2)  # met until half past, then not
    assert hours[14] == Moment(0, 2, 2)
    assert hours[15] == Moment(0)


def test_a_night_and_history_reach_into_the_next_day() -> None:
    instance = make(2, people=2, demand=(demand(minimum=1),), history=past("P2", "N", spot="HAL"))
    hours = CoverageGrid(instance, lines(P1="N")).by_hour("HAL", "police")
    planned = [moment.planned for moment in hours if moment is not None]
    assert planned == [1] * 6 + [0] * 16 + [1] * 8 + [0] * 18


@pytest.mark.parametrize(
    ("start", "hour", "minutes"), [(SPRING, 24 + 2, 0), (AUTUMN, 24 + 2, 120), (AUTUMN, 24 + 3, 60)]
)
def test_the_hour_of_a_clock_change(start: dt.date, hour: int, minutes: int) -> None:
    grid = CoverageGrid(make(2, start=start, demand=(demand(minimum=1),)), lines(P1="N"))
    spent = sum(stretch.minutes for stretch in grid.rows["HAL", "police"] if stretch.hour == hour)
    assert spent == minutes
    assert (grid.by_hour("HAL", "police")[hour] is None) == (minutes == 0)


def test_only_people_of_the_role_count_and_only_roles_asked_for_are_shown() -> None:
    grid = CoverageGrid(make(1, people=2, demand=(demand("non_police", minimum=1),)), lines(P1="E", P2="E"))
    assert grid.roles == ("non_police",)
    assert list(grid.rows) == [("HAL", "non_police")]
    assert {moment.planned for moment in grid.by_hour("HAL", "non_police") if moment} == {0}


def test_the_week_is_a_mean_over_its_days() -> None:
    instance = make(14, people=1, demand=(demand(start="06:00", until="14:00", minimum=1, target=2),))
    week = CoverageGrid(instance, Roster.of([Assignment("P1", 7, "E", "HAL")])).week("police")
    assert week[6] == (0.5, 1.0, 2.0)  # the second Monday only
    assert week[24 + 6] == (0.0, 1.0, 2.0)
    assert week[5] == (0.0, 0.0, 0.0)


def test_a_week_that_begins_on_another_day() -> None:
    instance = make(1, start=SPRING, demand=(demand(minimum=1),))
    week = CoverageGrid(instance, lines(P1="E")).week("police")
    saturday = 5 * 24
    assert week[saturday + 6] == (1.0, 1.0, 1.0)
    assert week[6] == (0.0, 0.0, 0.0)
