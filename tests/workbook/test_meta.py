"""The record of the run and the solver's own cells: kept exactly, compared exactly, and never in the way."""

from __future__ import annotations

import datetime as dt
import warnings
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from scheduler.analysis.difference import Change, ChangeKind, PostedDuty, day_text, differences, roster_cells
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.workbook import meta
from scheduler.workbook.meta import Meta, add_meta, read_meta
from scheduler.workbook.raw_sheets import open_book
from scheduler.workbook.sheets import META
from scheduler.workbook.write import write_result
from tests.builders import MONDAY, lines, make
from tests.workbook import result_world

TUESDAY = MONDAY + dt.timedelta(days=1)


def memory(instance: Instance, roster: Roster) -> Meta:
    return Meta(result_world.record(instance, roster), roster_cells(instance.calendar, roster))


def duty(text: str) -> tuple[PostedDuty, ...]:
    return (PostedDuty(*text.split()),) if text else ()


def edit(staff: str, on: dt.date, before: str, after: str) -> Change:
    return Change(staff, on, duty(before), duty(after), by_hand=True)


def saved(path: Path, roster: Roster) -> Path:
    instance = make(people=3)
    with xlsxwriter.Workbook(str(path)) as book:
        add_meta(book, memory(instance, roster))
    return path


def remembered(path: Path) -> Meta | None:
    found, notes = read_meta(open_book(path))
    assert notes == ()
    return found


def edits(path: Path, roster: Roster) -> tuple[Change, ...]:
    found = remembered(path)
    assert found is not None
    return differences(found.cells, roster_cells(make().calendar, roster), by_hand=True)


def test_record_and_cells_come_back_equal(tmp_path: Path) -> None:
    instance, roster = make(people=3), lines(P1="EE.N", P3=".L")
    found = remembered(saved(tmp_path / "a.xlsx", roster))
    assert found is not None
    assert found.record == result_world.record(instance, roster)
    assert found.cells == roster_cells(instance.calendar, roster)
    assert found.cells["P1", TUESDAY] == duty("E HAL")
    assert ("P1", MONDAY + dt.timedelta(days=2)) not in found.cells


@pytest.mark.parametrize("chunk", [1, 7, 1_000_000])
def test_cut_into_cells_of_any_length(chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meta, "CHUNK", chunk)
    roster = lines(P1="EE.N", P3=".L")
    found = remembered(saved(tmp_path / "a.xlsx", roster))
    assert found is not None
    assert found.cells == roster_cells(make().calendar, roster)


def test_no_cell_is_longer_than_excel_holds(tmp_path: Path) -> None:
    instance = result_world.world(size=80)
    roster = result_world.rota(instance)
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        add_meta(book, memory(instance, roster))
    lengths = [len(str(row[0])) for row in openpyxl.load_workbook(path)[META].iter_rows(values_only=True)]
    assert len(lengths) > 1
    assert max(lengths) < 32_000


def test_hand_edits_are_told_exactly(tmp_path: Path) -> None:
    solved = lines(P1="EE", P2="L.")
    path = saved(tmp_path / "a.xlsx", solved)
    assert edits(path, solved) == ()
    changed = lines(P1="E.", P2="N.", P3=".E")
    assert edits(path, changed) == (
        edit("P1", TUESDAY, "E HAL", ""),
        edit("P2", MONDAY, "L HAL", "N HAL"),
        edit("P3", TUESDAY, "", "E HAL"),
    )


def test_another_hotspot_is_an_edit_too(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", lines(P1="E"))
    moved = Roster.of([Assignment("P1", 0, "E", "MIDI")])
    assert edits(path, moved) == (edit("P1", MONDAY, "E HAL", "E MIDI"),)


def test_two_duties_on_a_date_are_both_kept(tmp_path: Path) -> None:
    twice = Roster.of([Assignment("P1", 0, "E", "HAL"), Assignment("P1", 0, "N", "A + B")])
    cells = roster_cells(make().calendar, twice)
    assert cells == {("P1", MONDAY): (PostedDuty("E", "HAL"), PostedDuty("N", "A + B"))}
    assert day_text(cells["P1", MONDAY]) == "E HAL + N A + B"
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        add_meta(book, Meta(result_world.record(make(), Roster()), cells))
    found = remembered(tmp_path / "a.xlsx")
    assert found is not None
    assert found.cells == cells


def test_differences_say_who_made_them() -> None:
    (made,) = differences({}, {("P1", MONDAY): duty("E HAL")})
    assert not made.by_hand
    assert made.kind is ChangeKind.ADDED


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 99}', '{"format": 1}', '{"format": 1, "record": {}}'])
def test_a_memory_that_somebody_cut_is_no_memory_and_a_note_says_so(content: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet(META).write_string(0, 0, content)
    found, (note,) = read_meta(open_book(path))
    assert found is None
    assert note.place == META
    assert not note.fatal


def test_a_file_without_a_memory(tmp_path: Path) -> None:
    path = tmp_path / "plain.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Staff")
    assert remembered(path) is None


def test_a_save_by_another_program_keeps_the_memory(tmp_path: Path) -> None:
    instance = result_world.world(size=4, days=7)
    made = result_world.result(instance)
    path = tmp_path / "a.xlsx"
    write_result(path, {}, instance, made.roster, made.record)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        openpyxl.load_workbook(path).save(tmp_path / "b.xlsx")
    assert remembered(tmp_path / "b.xlsx") == remembered(path) is not None
