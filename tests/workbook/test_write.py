"""The result workbook as a whole: a complete input again, safe, in order, and true in its figures."""

from __future__ import annotations

import datetime as dt
import warnings
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from instances.generate import COMMITTED
from scheduler.errors import OutputError
from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.workbook.meta import read_meta
from scheduler.workbook.raw_sheets import open_book
from scheduler.workbook.read import Reading, read
from scheduler.workbook.sheets import META, RESULT_SHEETS, SHEETS
from scheduler.workbook.write import write_result
from tests.workbook import input_world, result_world

pytestmark = pytest.mark.slow

INSTANCES = Path(__file__).parents[2] / "instances"
SMALL = sorted(name for name in COMMITTED if not name.startswith("brussels"))

FRENCH = Texts(Language.FR).sheet
"""Title of a sheet in a workbook whose language is French, as that of :mod:`tests.workbook.input_world`."""


def everybody_once(instance: Instance) -> Roster:
    """A roster with a duty for everybody on every day, legal or not."""
    return Roster.of(
        Assignment(
            member.id, day, instance.shifts[(index + day) % len(instance.shifts)].code, instance.hotspots[0].code
        )
        for index, member in enumerate(instance.staff)
        for day in range(instance.days)
    )


def written(path: Path, reading: Reading, roster: Roster) -> Path:
    made = result_world.result(reading.instance, roster)
    write_result(path, reading.tables, reading.instance, roster, made.record, made.findings, made.shortages)
    return path


def opened(path: Path, *, values: bool = True) -> Any:
    with warnings.catch_warnings():
        # openpyxl says that it knows no data bars; nothing of it is lost, for nothing is saved.
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path, data_only=values)


@pytest.mark.parametrize("name", SMALL)
def test_a_result_is_a_complete_input_again(name: str, tmp_path: Path) -> None:
    reading = read(INSTANCES / f"{name}.xlsx")
    roster = everybody_once(reading.instance)
    again = read(written(tmp_path / "out.xlsx", reading, roster))
    assert again.instance == reading.instance
    assert again.roster == roster
    assert len(roster) > 0
    assert {name: rows for name, rows in again.tables.items() if rows} == {
        name: rows for name, rows in reading.tables.items() if rows
    }
    assert again.notes == reading.notes
    assert again.edits == ()


def test_sheets_beside_the_facts_and_unknown_columns_survive(tmp_path: Path) -> None:
    rows = input_world.world()
    rows["Staff"] = [{**row, "locker": f"K{index}"} for index, row in enumerate(rows["Staff"])]
    reading = input_world.reading(tmp_path, rows)
    again = read(written(tmp_path / "out.xlsx", reading, everybody_once(reading.instance)))
    assert {name: rows for name, rows in again.tables.items() if rows} == {
        name: rows for name, rows in reading.tables.items() if rows
    }
    assert [row["locker"] for row in again.tables["Staff"]] == ["K0", "K1", "K2"]
    assert again.strategies == reading.strategies != ()
    assert again.instance.sha256 == reading.instance.sha256


def test_results_come_first_then_the_input_and_the_memory_is_out_of_sight(tmp_path: Path) -> None:
    reading = input_world.reading(tmp_path)
    book = opened(written(tmp_path / "out.xlsx", reading, Roster()))
    shown = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    assert shown == [FRENCH(name) for name in (*RESULT_SHEETS, *(sheet.name for sheet in SHEETS))]
    assert book[META].sheet_state == "veryHidden"
    assert book.active.title == FRENCH("Summary")
    papers = {"Summary": ("landscape", 9), "Posts": ("portrait", 9)}
    for name in RESULT_SHEETS:
        setup = book[FRENCH(name)].page_setup
        assert (setup.orientation, setup.paperSize) == papers.get(name, ("landscape", 8)), name
    assert book[FRENCH("Roster")].freeze_panes == "I7"
    assert book[FRENCH("Roster")].print_title_rows == "$4:$6"
    assert book[FRENCH("Hours")].protection.sheet
    assert not book[FRENCH("Hours")].protection.password
    assert not book[FRENCH("Roster")].protection.sheet


def test_what_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    instance = result_world.world(size=4, days=7, title="=1+1", holidays={dt.date(2026, 3, 4): "=2+2"})
    made = result_world.result(instance)
    tables = {"Staff": [{"id": "P-001", "name": result_world.HOSTILE}]}
    path = tmp_path / "out.xlsx"
    write_result(path, tables, instance, made.roster, made.record, made.findings, made.shortages)
    cells = [cell for sheet in opened(path, values=False) for row in sheet.iter_rows() for cell in row]
    formulas = [cell for cell in cells if cell.data_type == "f"]
    assert formulas
    assert not [cell for cell in formulas if "HYPERLINK" in str(cell.value) or str(cell.value) in {"=1+1", "=2+2"}]
    hostile = [cell for cell in cells if cell.value == result_world.HOSTILE]
    assert {cell.parent.title for cell in hostile} == {"Roster", "Hours", "Staff"}
    assert {cell.data_type for cell in hostile} == {"s"}
    links = [cell.hyperlink for cell in cells if cell.hyperlink is not None]
    assert links
    assert all(link.target is None and link.location for link in links)


def test_formulas_stand_only_where_totals_live(tmp_path: Path) -> None:
    reading = input_world.reading(tmp_path)
    path = written(tmp_path / "out.xlsx", reading, everybody_once(reading.instance))
    sheets = {
        sheet.title
        for sheet in opened(path, values=False)
        if any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    }
    assert sheets == {*map(FRENCH, ("Roster", "Hours", "Shortages")), "_lists"}


def test_every_formula_shows_a_value_before_it_is_calculated(tmp_path: Path) -> None:
    reading = input_world.reading(tmp_path)
    path = written(tmp_path / "out.xlsx", reading, everybody_once(reading.instance))
    formulas, values = opened(path, values=False), opened(path)
    empty = [
        f"{name}!{cell.coordinate}"
        for name in map(FRENCH, ("Roster", "Hours", "Shortages"))
        for row in formulas[name].iter_rows()
        for cell in row
        if cell.data_type == "f" and values[name][cell.coordinate].value is None
    ]
    assert empty == []


def test_the_same_result_gives_the_same_bytes(tmp_path: Path) -> None:
    instance = result_world.world(size=4, days=7)
    made, fixed = result_world.result(instance), dt.datetime(2026, 1, 1)
    for name in ("a.xlsx", "b.xlsx"):
        write_result(tmp_path / name, {}, instance, made.roster, made.record, made.findings, created=fixed)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    instance = result_world.world(size=2, days=3)
    made = result_world.result(instance)
    with pytest.raises(OutputError, match="does not exist"):
        write_result(tmp_path / "no" / "out.xlsx", {}, instance, made.roster, made.record)


@pytest.mark.parametrize("empty", ["staff", "shifts", "hotspots"])
def test_an_instance_with_nothing_to_show(empty: str, tmp_path: Path) -> None:
    facts: dict[str, Any] = {
        "staff": {"people": (), "absences": (), "locks": (), "requests": (), "history": (), "counters": ()},
        "shifts": {"shifts": (), "locks": (), "requests": (), "history": ()},
        "hotspots": {"hotspots": (), "demand": (), "locks": (), "history": ()},
    }[empty]
    instance = result_world.world(**{"size": 4, "days": 7, **facts})
    path = tmp_path / "out.xlsx"
    write_result(path, {}, instance, Roster(), result_world.record(instance, Roster()))
    assert read_meta(open_book(path))[0] is not None
