"""A fixed week as planners write it, and back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from scheduler.workbook.cells import CellError
from scheduler.workbook.read import read
from scheduler.workbook.rows import input_rows
from scheduler.workbook.template import save_tables
from scheduler.workbook.week import read_week, week_text
from tests.workbook.input_world import only_problem, reading, world

THREE_DAYS = (4.0, 8.0, 8.0, 0.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    "text",
    [
        "4 8 8 0 0 0 0",
        "4 8 8 0 0",
        "4;8;8;0;0;0;0",
        "4,8,8,0,0,0,0",
        "4, 8, 8, 0, 0, 0, 0",
        "4 / 8 / 8 / 0 / 0",
        "4h 8h 8h 0 0",
        "4:00 8:00 8:00 0 0 0 0",
        "mon 4, tue 8, wed 8",
        "Mon: 4; Tue-Wed: 8",
        "tue 8, wed 8, mon 4",
        "mon=4,tue=8,wed=8",
        "lu 4, ma 8, me 8",
        "lundi 4 h, mardi 8 h, mercredi 8h00",
        "lu 4, ma-me 8",
        "ma 4, di 8, wo 8",
        "maandag 4 u, dinsdag en woensdag 8 uur",
        "mon 4\ntue 8\nwed 8",
        "mon 4 tue 8 wed 8",
        "lundi 4h, mardi 8h et mercredi 8h",
        "maandag 4u en dinsdag en woensdag 8u",
    ],
)
def test_a_week_in_words_and_numbers(text: str) -> None:
    assert read_week(text) == THREE_DAYS


def test_decimals_and_clock_times() -> None:
    assert read_week("7,6 7,6 7,6 7,6 7,6") == (7.6, 7.6, 7.6, 7.6, 7.6, 0.0, 0.0)
    assert read_week("lu-ve 7h36") == read_week("lu 7,6, ma 7,6, me 7,6, je 7,6, ve 7,6")
    assert read_week("weekend 12") == (0.0, 0.0, 0.0, 0.0, 0.0, 12.0, 12.0)


def test_the_language_decides_between_two_days() -> None:
    assert read_week("ma 4", "fr")[1] == 4.0
    assert read_week("ma 4", "nl")[0] == 4.0
    with pytest.raises(CellError, match="another day in French than in Dutch"):
        read_week("ma 4")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("4 8 8", "names 3 of seven days"),
        ("8", "names 1 of seven days"),
        (8, "names 1 of seven days"),
        ("mon 4, mon 8", "names a day twice"),
        ("mon 4, mon-tue 8", "names a day twice"),
        ("mon", "is not understood"),
        ("mon 4 8", "is not understood"),
        ("mon 4, someday 8", "'someday'"),
        ("mon 25", "25 hours"),
        ("4 8 8 0 0 0 x", "is not understood"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(text: str | int, reason: str) -> None:
    with pytest.raises(CellError) as caught:
        read_week(text)
    assert reason in str(caught.value.message)
    assert "mon 4, tue 8" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("week", "text"),
    [
        (THREE_DAYS, "4 8 8 0 0 0 0"),
        ((7.6, 7.6, 7.6, 7.6, 7.6, 0.0, 0.0), "7.6 7.6 7.6 7.6 7.6 0 0"),
        ((6 + 40 / 60, 0.0, 0.0, 0.0, 0.0, 0.0, 10.25), "6:40 0 0 0 0 0 10.25"),
    ],
)
def test_the_text_of_a_week_is_read_back(week, text: str) -> None:
    assert week_text(week) == text
    assert read_week(text) == week


def test_fixed_weeks_of_contracts_and_people_are_read_and_written(tmp_path: Path) -> None:
    rows = world()
    rows["Contracts"][1] |= {"weekly_hours": None, "hours_by_weekday": "lu 4, ma 8, me 8"}
    rows["Staff"][1] |= {"fte": 0.5, "hours_by_weekday": "0 0 6 6 7 0 0"}
    got = reading(tmp_path, rows)
    assert (got.instance.contracts[1].weekly_hours, got.instance.contracts[1].hours_by_weekday) == (20.0, THREE_DAYS)
    assert got.instance.staff[1].hours_by_weekday == (0.0, 0.0, 6.0, 6.0, 7.0, 0.0, 0.0)
    assert got.instance.staff[0].hours_by_weekday is None
    again = tmp_path / "again.xlsx"
    save_tables(input_rows(got.instance), again)
    assert read(again).instance == got.instance


def test_a_week_that_contradicts_the_weekly_hours_names_both_figures(tmp_path: Path) -> None:
    rows = world()
    rows["Contracts"][1]["hours_by_weekday"] = "mon 4, tue 8, wed 8"
    problem = only_problem(tmp_path, rows)
    assert problem.place == "Contracts!X3"
    assert "adds up to 20 h a week, but weekly_hours is 36.5 h" in str(problem.message)


def test_an_own_week_that_contradicts_the_share_names_both_figures(tmp_path: Path) -> None:
    rows = world()
    rows["Staff"][0]["hours_by_weekday"] = "4 8 8 0 0 0 0"
    problem = only_problem(tmp_path, rows)
    assert (problem.place, problem.value) == ("Staff!O2", "4 8 8 0 0 0 0")
    assert "adds up to 20 h a week, but fte 1 of 'POL-38' (38 h) is 38 h" in str(problem.message)
    assert dict(problem.hint.arguments)["fte"] == pytest.approx(20 / 38)
    assert str(problem.hint) == "Write fte 0.53, or other hours."


def test_leave_on_a_working_day_takes_its_hours_off(tmp_path: Path) -> None:
    """From the cell to what is due: leave on Tuesday takes 8 h off the 20, leave on Thursday nothing."""
    from scheduler.rules.support.contract_hours import contract_minutes

    def due(on: dt.date) -> int:
        rows = world(Absences=[{"staff": "P-2", "from": on, "to": on}], Holidays=[])
        rows["Staff"][1] |= {"fte": 0.53, "hours_by_weekday": "4 8 8 0 0 0 0"}
        return contract_minutes(reading(tmp_path, rows).instance, "P-2", 0, 7)

    assert due(dt.date(2026, 3, 3)) == 12 * 60
    assert due(dt.date(2026, 3, 5)) == 20 * 60
