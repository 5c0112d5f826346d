"""The Roster sheet is read by id and date, and a wrong cell is named."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduler.messages.languages import Language
from scheduler.problem.roster import Assignment, Roster
from tests.workbook.input_world import D, only_problem, reading, set_cell

pytestmark = pytest.mark.slow


def with_roster(*changes):
    """A change that adds a Roster sheet as the writer lays it out, then applies further changes."""

    def change(book) -> None:
        page = book.create_sheet("Roster", 0)
        page["A1"] = "March"
        page.append([])
        page.append(["id", "name", *(dt.datetime(2026, 3, 2 + day) for day in range(14)), "hours"])
        page.append(["Zone Midi"])
        page.append(["P-1", None, "N HAL", "-", None, "E  HAL", *[None] * 10, 18])
        page.append(["P-2", None, None, "l midi", "(court)", "OFF", *[None] * 10, 8])
        page.append([None, "on duty", 1, 1, 0, 1])
        for extra in changes:
            extra(book)

    return change


ROSTER = Roster.of(
    [Assignment("P-1", 0, "N", "HAL"), Assignment("P-1", 3, "E", "HAL"), Assignment("P-2", 1, "L", "MIDI")]
)


def test_a_roster_is_read_by_id_and_date(tmp_path) -> None:
    got = reading(tmp_path, change=with_roster())
    assert got.roster == ROSTER
    assert got.notes == ()
    assert got.cells.roster("P-2", 1) == "Roster!D6"
    assert got.cells.roster("G-1", 1) is None
    assert got.cells.roster("P-1", 14) is None


def test_without_the_sheet_there_is_no_roster(tmp_path) -> None:
    assert reading(tmp_path).roster is None


def test_rows_and_columns_may_be_moved(tmp_path) -> None:
    def change(book) -> None:
        page = book["Roster"]
        page.move_range("A5:Q5", rows=10)
        page.move_range("C1:C20", cols=20)
        page.title = "Horaire"

    got = reading(tmp_path, change=with_roster(change))
    assert got.roster == ROSTER
    assert got.cells.roster("P-1", 0) == "Horaire!W15"


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ("C5", "M HAL", "'M' is not on sheet Shifts"),
        ("C5", "N HALL", "Did you mean 'HAL'?"),
        ("C5", "N", "names no hotspot"),
        ("C5", "E HAL + L HAL", "names more than one duty (E and L); a person has one duty a date"),
        ("C5", "e/L HAL", "names more than one duty (e and L); a person has one duty a date"),
        ("C5", "E HAL, L MIDI", "names more than one duty"),
        ("C5", "E HAL\nL HAL", "names more than one duty"),
        ("C5", "E L HAL", "names more than one duty"),
        ("C5", "HAL", "names no shift"),
        ("C5", 8, "names no shift"),
        ("C5", "#N/A", "error of a formula"),
        ("C5", "=B5", "never calculated"),
        ("A6", "P2", "Did you mean"),
        ("A6", "P-1", "a second time"),
        ("D3", D(2026, 3, 2), "a second time"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path, cell, value, words) -> None:
    problem = only_problem(tmp_path, change=with_roster(set_cell("Roster", cell, value)))
    assert problem.place == f"Roster!{cell}"
    assert words in f"{problem.message} {problem.hint}"


def test_merged_cells_among_the_duties(tmp_path) -> None:
    problem = only_problem(tmp_path, change=with_roster(lambda book: book["Roster"].merge_cells("C5:D5")))
    assert problem.place == "Roster!C5"


def test_merged_headings_do_no_harm(tmp_path) -> None:
    def change(book) -> None:
        book["Roster"].merge_cells("A1:Q1")
        book["Roster"].merge_cells("A4:Q4")

    assert reading(tmp_path, change=with_roster(change)).roster == ROSTER


def test_dates_outside_the_horizon_may_stand_there_without_duties(tmp_path) -> None:
    """The day that has lost its column is said."""
    got = reading(tmp_path, change=with_roster(set_cell("Roster", "P3", D(2026, 3, 30))))
    assert [note.message.code for note in got.notes] == ["days_without_column"]
    assert got.roster == ROSTER


def test_a_sheet_of_that_name_without_dates_is_left_alone(tmp_path) -> None:
    got = reading(tmp_path, change=lambda book: book.create_sheet("Planning"))
    assert got.roster is None
    assert [note.place for note in got.notes] == ["Planning"]


def test_problems_of_other_sheets_and_of_the_roster_are_told_together(tmp_path) -> None:
    # The hotspot HAL cannot be read, so its duties are not reported as unknown.
    problem = only_problem(tmp_path, change=with_roster(set_cell("Hotspots", "G2", 99)))
    assert problem.place == "Hotspots!G2"


@pytest.mark.parametrize("word", ["(leave)", "(congé)", "(verlof)"])
def test_leave_of_which_no_sheet_knows_is_said(word: str, tmp_path) -> None:
    """The word stays a free day; an absence on the sheet makes it true."""
    got = reading(tmp_path, change=with_roster(set_cell("Roster", "H6", word), set_cell("Roster", "I6", word)))
    assert [(note.place, note.message.code) for note in got.notes] == [("Roster!H6", "leave_unknown")]
    assert got.notes[0].hint is not None
    assert "1 more like it" in got.notes[0].hint.text(Language.EN)


@pytest.mark.parametrize(
    ("cell", "code"),
    [("S5", "duty_without_date"), ("D8", "duty_without_person")],
    ids=["right of the dates", "in a row of its own"],
)
def test_a_duty_that_nobody_would_work_is_named(cell: str, code: str, tmp_path) -> None:
    problem = only_problem(tmp_path, change=with_roster(set_cell("Roster", cell, "E HAL")))
    assert (problem.place, problem.value, problem.message.code) == (f"Roster!{cell}", "E HAL", code)


def test_words_that_are_no_duty_may_stand_anywhere(tmp_path) -> None:
    notes = (set_cell("Roster", "S5", "ask her"), set_cell("Roster", "D9", "E"))
    assert reading(tmp_path, change=with_roster(*notes)).notes == ()


@pytest.mark.parametrize("word", ["vrij", "Libre", "OFF", "(off)"])
def test_a_day_off_needs_no_parentheses(tmp_path, word: str) -> None:
    got = reading(tmp_path, change=with_roster(set_cell("Roster", "E5", word)))
    assert got.roster == ROSTER
    assert got.off == {("P-1", 2), ("P-2", 3)}


def test_a_leave_without_parentheses_is_no_duty(tmp_path) -> None:
    assert reading(tmp_path, change=with_roster(set_cell("Roster", "E5", "verlof"))).roster == ROSTER
