"""`audit -o`: the result sheets follow the edited roster; edits, locks and the record of the solve stay what they were."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import scheduler
from scheduler.analysis.repair_changes import repair_changes
from scheduler.config import SolveConfig
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.problem.standing import Standing, StandingDuty
from scheduler.workbook.read import read
from scheduler.workbook.result_sheets.page import RosterLayout
from scheduler.workbook.save import save_result
from scheduler.workbook.sheets import META
from scheduler.workflows.rebuild import rebuild
from scheduler.workflows.review import Review, review
from tests.builders import MONDAY
from tests.workbook import result_world
from tests.workbook.test_write import opened

WORLD = result_world.world(size=6, days=7)
SOLVED = result_world.result(WORLD)


def edited(tmp_path: Path, change: Callable[[Any], None], instance: Instance = WORLD) -> Path:
    """A solved workbook as a planner has left it."""
    path = tmp_path / "edited.xlsx"
    save_result(path, instance, result_world.result(instance))
    book = opened(path)
    change(book)
    book.save(path)
    return path


def rebuilt(path: Path) -> tuple[Review, Any]:
    """The review of a workbook, and the workbook of it."""
    reading = read(path)
    found = review(reading)
    rebuild(path.with_name("again.xlsx"), reading, found)
    return found, opened(path.with_name("again.xlsx"))


def cell(assignment: Assignment) -> str:
    return RosterLayout(WORLD).cell(assignment.staff, assignment.day)


def texts(sheet: Any) -> list[str]:
    return [str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None]


MOVED = next(a for a in SOLVED.roster if a.hotspot == "HAL" and a.staff.startswith("P") and a.day == 3)


def move(book: Any) -> None:
    book["Roster"][cell(MOVED)] = f"{MOVED.shift} MIDI"


def posts(book: Any, hotspot: str) -> set[str]:
    """Who stands at a hotspot on the day of the moved duty."""
    on = WORLD.calendar.date(MOVED.day)
    rows = book["Posts"].iter_rows(values_only=True)
    return {
        str(row[4])
        for row in rows
        if isinstance(row[0], dt.datetime) and (row[0].date(), row[1], row[2]) == (on, hotspot, MOVED.shift)
    }


def test_the_briefing_shows_who_was_moved_where_they_stand_now(tmp_path: Path) -> None:
    path = edited(tmp_path, move)
    _, book = rebuilt(path)
    assert MOVED.staff in posts(book, "MIDI")
    assert MOVED.staff not in posts(book, "HAL")
    assert MOVED.staff in posts(opened(path), "HAL"), "what there is to mend"


def test_hand_edits_stay_such_and_the_sheet_changes_lists_them(tmp_path: Path) -> None:
    path = edited(tmp_path, move)
    found, book = rebuilt(path)
    again = read(path.with_name("again.xlsx"))
    assert again.edits == found.edits
    assert [(edit.staff, edit.kind, edit.by_hand) for edit in again.edits or ()] == [(MOVED.staff, "moved", True)]
    assert again.memory == read(path).memory
    assert book[META].sheet_state == "veryHidden"
    row = [cell.value for cell in book["Changes"][5]]
    assert (row[0], row[3], row[4], row[6]) == (
        MOVED.staff,
        f"{MOVED.shift} HAL",
        f"{MOVED.shift} MIDI",
        "edited by hand",
    )


def test_the_input_and_the_roster_stay_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        move(book)
        book["Staff"].cell(1, 30).value = "locker"
        book["Staff"].cell(2, 30).value = "K1"

    path = edited(tmp_path, change)
    before = read(path)
    found, book = rebuilt(path)
    again = read(path.with_name("again.xlsx"))
    assert (again.instance, again.roster, again.tables) == (before.instance, before.roster, before.tables)
    assert review(again) == Review(**{
        name: getattr(found, name) if name != "places" else again.cells for name in Review.__slots__
    })  # fmt: skip
    rebuild(tmp_path / "twice.xlsx", again, review(again))
    assert [texts(sheet) for sheet in opened(tmp_path / "twice.xlsx")] == [texts(sheet) for sheet in book]


def test_no_more_is_claimed_than_still_holds(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        move(book)
        sheet = book["Demand"]
        sheet.cell(2, 7).value += 1

    found, book = rebuilt(edited(tmp_path, change))
    assert found.facts_changed
    summary = texts(book["Summary"])
    assert "1 cell was edited by hand afterwards" in summary
    assert "the facts (staff, demand, absences …) were changed afterwards" in summary
    assert SOLVED.record.status.value not in summary
    assert not any(word in " ".join(summary) for word in ("it is proven that", "legal; best found"))
    levels = {level.name: level for level in found.levels}
    assert levels["targets"].bound is None
    row = next(number for number in range(1, 40) if str(book["Summary"].cell(number, 2).value).startswith("Targets"))
    value, bound = book["Summary"].cell(row, 6).value, book["Summary"].cell(row, 8).value
    assert (value, bound) == (pytest.approx(levels["targets"].value / 60), "–")


def test_an_unedited_roster_keeps_its_proof(tmp_path: Path) -> None:
    scheduler.new(tmp_path / "tiny.xlsx", "tiny")
    reading = scheduler.load(tmp_path / "tiny.xlsx")
    made = scheduler.solve(reading.instance, SolveConfig(time_limit_s=1.5))
    scheduler.save(tmp_path / "roster.xlsx", reading.instance, made, reading)
    _, book = rebuilt(tmp_path / "roster.xlsx")
    assert "No cell was edited by hand since the solve." in texts(book["Changes"])
    before, after = texts(opened(tmp_path / "roster.xlsx")["Summary"]), texts(book["Summary"])
    assert sorted(after) == sorted(before)


def test_a_roster_without_a_record_is_written_too(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        del book[META]

    path = edited(tmp_path, change)
    found, book = rebuilt(path)
    assert found.record is None
    assert META not in book.sheetnames
    summary = texts(book["Summary"])
    assert "not known: the workbook holds no record of a solve" in summary
    assert any(words.startswith("Roster audited by Vigie") for words in summary)
    assert read(path.with_name("again.xlsx")).memory is None


LATE = next(a for a in SOLVED.roster if a.shift == "L" and a.day < 5)


def rest_broken(book: Any, *, decided: bool) -> None:
    """Somebody on late is on early the next day; with a decision about it."""
    book["Roster"][RosterLayout(WORLD).cell(LATE.staff, LATE.day + 1)] = "E HAL"
    if decided:
        on = MONDAY + dt.timedelta(days=LATE.day + 1)
        row = ("daily_rest", LATE.staff, on, None, "Chief", MONDAY, "Shooting")
        for column, value in enumerate(row, start=1):
            book["Overrides"].cell(2, column).value = value


def test_what_is_accepted_by_decision_stands_apart_and_is_no_legal_roster(tmp_path: Path) -> None:
    before = review(read(edited(tmp_path, lambda book: rest_broken(book, decided=False))))
    found, book = rebuilt(edited(tmp_path, lambda book: rest_broken(book, decided=True)))
    rest = next(item for item in before.findings if item.rule == "daily_rest" and item.staff == (LATE.staff,))
    assert [item.finding for item in found.accepted] == [rest]
    assert found.findings == tuple(item for item in before.findings if item != rest)
    assert found.violations == before.violations - 1
    assert not any(level.legal or level.proven for level in found.levels)
    rows = list(book["Findings"].iter_rows(values_only=True))
    title = next(
        number for number, row in enumerate(rows) if number > 3 and row[0] == "Accepted by decision: 1 broken rule"
    )
    assert not any(row[1:3] == ("Daily rest", LATE.staff) for row in rows[:title])
    (row,) = rows[title + 1 :]
    assert row[:2] == ("accepted", "Daily rest")
    assert str(row[5]).endswith(": accepted by decision of Chief on 2026-03-02: Shooting")
    assert rows[2][0] == "Accepted by decision: 1 broken rule"


def test_of_a_repaired_roster_the_changes_are_those_from_what_people_went_by(tmp_path: Path) -> None:
    """P-001 was repaired on one day; then the planner moves P-002, edits a past day, and puts P-001 back."""
    stood = [a for a in SOLVED.roster if a.staff in {"P-001", "P-002", "P-003"}]
    past, repaired, put_back, moved = (
        next(a for a in stood if a.staff == staff and low <= a.day < high)
        for staff, low, high in (("P-003", 0, 1), ("P-001", 3, 5), ("P-001", 5, 7), ("P-002", 2, 7))
    )
    roster = Roster.of(
        Assignment(a.staff, a.day, a.shift, "MIDI" if a.hotspot == "HAL" else "HAL") if a in (repaired, put_back) else a
        for a in SOLVED.roster
    )
    duties = tuple(
        StandingDuty(staff=a.staff, date=WORLD.calendar.date(a.day), shift=a.shift, hotspot=a.hotspot)
        for a in SOLVED.roster
    )
    standing = Standing(since=WORLD.calendar.minute(2), frozen=WORLD.calendar.minute(2), duties=duties)
    made = result_world.result(WORLD, roster)
    path = tmp_path / "edited.xlsx"
    save_result(path, WORLD, made, repairs=repair_changes(WORLD, standing, roster, set()), standing=standing)
    book = opened(path)
    for assignment, text in ((past, None), (put_back, f"{put_back.shift} {put_back.hotspot}"), (moved, None)):
        book["Roster"][cell(assignment)] = text
    book.save(path)
    _, again = rebuilt(path)
    rows = [row for row in again["Changes"].iter_rows(min_row=5, values_only=True) if row[0]]
    told = {(row[0], row[1].date()): row[6] for row in rows}
    on = WORLD.calendar.date
    assert told == {
        (repaired.staff, on(repaired.day)): "consequence",
        (put_back.staff, on(put_back.day)): "edited by hand",
        (moved.staff, on(moved.day)): "edited by hand",
        (past.staff, on(past.day)): "edited by hand",
    }
    assert read(path.with_name("again.xlsx")).memory == read(path).memory
