"""Sheet Overrides: every mistake is named with its cell, and a title is as good as a code."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from scheduler.messages.languages import Language
from scheduler.rules import TITLES
from scheduler.rules.overridable import HARD, rule_code
from scheduler.workbook.read import read
from scheduler.workbook.rows import input_rows
from scheduler.workbook.template import new_workbook, save_tables
from tests.workbook import input_world

D = dt.date
ROW: dict[str, object] = {
    "rule": "daily_rest",
    "staff": "P-1",
    "date": D(2026, 3, 4),
    "decided_by": "Chief of police",
    "decided_on": D(2026, 3, 2),
    "reason": "Shooting",
}


def rows(*changes: dict[str, object]) -> input_world.Rows:
    return input_world.world(Overrides=[{**ROW, **change} for change in changes])


@pytest.mark.parametrize("name", ["Daily rest", "REPOS JOURNALIER", "Dagelijkse rust"])
def test_a_title_in_any_language_is_the_rule(name: str, tmp_path: Path) -> None:
    found = input_world.reading(tmp_path, rows({"rule": name, "staff": "p-1"})).instance.overrides
    assert [(item.rule, item.staff, item.hotspot) for item in found] == [("daily_rest", "P-1", None)]


@pytest.mark.parametrize(
    ("change", "cell", "code"),
    [
        ({"rule": "dayly_rest"}, "A2", "did_you_mean"),
        ({"rule": "fairness"}, "A2", "override_soft"),
        ({"rule": None}, "A2", "cell_missing"),
        ({"staff": "P-99"}, "B2", "not_on_sheet"),
        ({"date": D(2026, 4, 4)}, "C2", "date_outside_horizon"),
        ({"hotspot": "HALL"}, "D2", "not_on_sheet"),
        ({"decided_by": None}, "E2", "cell_missing"),
        ({"decided_on": None}, "F2", "cell_missing"),
        ({"decided_on": "soon"}, "F2", "write_date"),
        ({"reason": " "}, "G2", "cell_missing"),
        ({"reason": "x" * 1001}, "G2", "longer_than"),
    ],
)
def test_a_mistake_is_named_with_its_cell(change: dict[str, object], cell: str, code: str, tmp_path: Path) -> None:
    problem = input_world.only_problem(tmp_path, rows(change))
    assert problem.place.endswith(f"!{cell}")
    assert code in input_world.codes_of(problem)


def test_the_same_decision_twice_is_a_mistake(tmp_path: Path) -> None:
    problem = input_world.only_problem(tmp_path, rows({}, {"reason": "another"}))
    assert problem.place.endswith("!A3")
    assert input_world.codes_of(problem) >= {"override_again", "the_other_row"}
    other = input_world.reading(tmp_path, rows({}, {"hotspot": "HAL"})).instance.overrides
    assert len(other) == 2


def test_facts_come_back_from_the_rows_they_make(tmp_path: Path) -> None:
    found = input_world.reading(tmp_path, rows({"hotspot": "HAL"})).instance
    save_tables(input_rows(found), tmp_path / "again.xlsx")
    assert read(tmp_path / "again.xlsx").instance == found


@pytest.mark.parametrize("language", Language)
def test_the_drop_down_offers_the_rules_that_a_decision_may_break(language: Language, tmp_path: Path) -> None:
    new_workbook(tmp_path / "new.xlsx", language)
    book = openpyxl.load_workbook(tmp_path / "new.xlsx")
    title, area = book.defined_names["list_rules"].attr_text.split("!")
    offered = [cell.value for row in book[title][area.replace("$", "")] for cell in row]
    assert [rule_code(str(name)) for name in offered] == list(HARD)
    assert offered[0] == TITLES[HARD[0]].text(language)
