"""Blank cells of contracts say what they stand for: in the help of a template, and beside the cells of a result."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.problem.roster import Roster
from scheduler.workbook.contract_notes import CONTRACTS, blank_notes, figure, usual_figure
from scheduler.workbook.read import read
from scheduler.workbook.sheets import README
from scheduler.workbook.template import new_workbook
from scheduler.workbook.write import write_result
from tests.workbook import input_world, result_world
from tests.workbook.test_write import opened


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("min_rest_hours", "11 h"),
        ("max_hours_24h", "police 12 h, non-police 11 h"),
        ("max_consecutive_nights", "police 5, non-police 3"),
        ("max_weekends_in_row", "police 3, non-police no limit"),
        ("night_from", "police 22:00, non-police 20:00"),
        ("night_to", "06:00"),
        ("needs_police", "police 0, non-police 2"),
        ("shift_limits", "no limit"),
        ("min_consecutive_days", "1"),
    ],
)
def test_the_help_of_a_template_says_what_is_usual(name: str, words: str, tmp_path: Path) -> None:
    assert usual_figure(CONTRACTS.column(name), Texts()) == words
    new_workbook(tmp_path / "new.xlsx")
    book = openpyxl.load_workbook(tmp_path / "new.xlsx")
    (head,) = [cell for cell in book["Contracts"][1] if cell.value == name]
    assert f"; blank: {words}." in head.comment.text
    guide = [row for row in book[README].iter_rows(values_only=True) if row[1] == name]
    assert any(str(row[3]).endswith(f"; blank: {words}") for row in guide)


def test_figures_are_written_as_the_language_does() -> None:
    hours = CONTRACTS.column("weekly_hours")
    assert [figure(hours, 37.5, Texts(language)) for language in ("en", "fr", "nl")] == [
        "37.50 h",
        "37,50 h",
        "37,50 u",
    ]
    assert figure(hours, None, Texts("nl")) == "geen grens"
    assert figure(CONTRACTS.column("shift_limits"), (("N", 5), ("D", 0)), Texts()) == "N=5, D=0"


CONTRACT_ROWS = [
    {"code": "POL", "category": "police", "weekly_hours": 36, "max_hours_24h": "none"},
    {"code": "gdp", "category": "non_police", "min_rest_hours": 12},
]


@pytest.mark.parametrize(
    ("language", "hours", "nights"),
    [
        ("en", "blank: 11 h, as usual for non-police", "blank: 5, as usual for police"),
        ("fr", "vide : 11 h, valeur usuelle (hors police)", "vide : 5, valeur usuelle (police)"),
        ("nl", "leeg: 11 u, gebruikelijk voor niet-politie", "leeg: 5, gebruikelijk voor politie"),
    ],
)
def test_a_result_says_beside_each_blank_cell_what_was_used(
    language: str, hours: str, nights: str, tmp_path: Path
) -> None:
    instance = result_world.world(size=4, days=7, language=language)
    made = result_world.result(instance)
    path = tmp_path / "out.xlsx"
    write_result(path, {"Contracts": CONTRACT_ROWS}, instance, made.roster, made.record)
    page = opened(path)[Texts(Language(language)).sheet("Contracts")]
    heads = [column.name for column in CONTRACTS.columns]
    police, others = (dict(zip(heads, page[row], strict=False)) for row in (2, 3))
    used = {contract.code: contract for contract in instance.contracts}
    assert used["GDP"].max_hours_24h == 11.0
    assert others["max_hours_24h"].comment.text == hours
    assert police["max_consecutive_nights"].comment.text == nights
    assert others["max_hours_24h"].value is None, "what the planner left blank stays blank"
    for given in (police["weekly_hours"], police["max_hours_24h"], others["min_rest_hours"], police["name"]):
        assert given.comment is None


def test_the_figure_beside_a_blank_cell_is_the_one_of_the_instance(tmp_path: Path) -> None:
    rows = input_world.world()
    reading = input_world.reading(tmp_path, rows)
    notes = blank_notes(reading.tables, reading.instance)
    assert notes
    for (_, index, name), note in notes.items():
        column = CONTRACTS.column(name)
        contract = reading.instance.contracts[index]
        assert figure(column, getattr(contract, column.target), Texts(reading.instance.language)) in note
        assert reading.tables["Contracts"][index].get(name) in (None, "")
    made = result_world.result(reading.instance, Roster())
    out = tmp_path / "out.xlsx"
    write_result(out, reading.tables, reading.instance, Roster(), made.record)
    assert read(out).tables == reading.tables, "comments are no input"
