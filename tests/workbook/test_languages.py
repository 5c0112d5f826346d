"""A workbook in the language of its planner: written in French or Dutch, read back as the same facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.workbook.columns import normal
from scheduler.workbook.lists import list_name
from scheduler.workbook.read import read
from scheduler.workbook.rows import input_rows
from scheduler.workbook.sheets import (
    RESULT_SHEETS,
    SETTING_KEYS,
    SHEETS,
    choice,
    choice_names,
    find_column,
    find_result_sheet,
    find_setting,
    find_sheet,
)
from scheduler.workbook.template import new_workbook, save_tables
from tests.workbook.input_world import reading, world

FOREIGN = (Language.FR, Language.NL)


@pytest.mark.parametrize("language", Language)
def test_what_a_language_writes_is_read_as_what_was_meant(language: Language) -> None:
    texts = Texts(language)
    for page in SHEETS:
        assert find_sheet(texts.sheet(page.name)) is page
        for column in page.columns:
            assert find_column(page.name, texts.name("column", column.name)) is column
            assert [choice(texts.name("choice", word), column.choices) for word in column.choices] == [*column.choices]
    assert [find_result_sheet(texts.sheet(name)) for name in RESULT_SHEETS] == [*RESULT_SHEETS]
    assert [find_setting(texts.name("setting", key)) for key in SETTING_KEYS] == [*SETTING_KEYS]


@pytest.mark.parametrize("language", Language)
def test_no_two_sheets_or_columns_of_a_sheet_have_one_name(language: Language) -> None:
    texts = Texts(language)
    titles = [normal(texts.sheet(name)) for name in (*(page.name for page in SHEETS), *RESULT_SHEETS)]
    assert len(set(titles)) == len(titles)
    for page in SHEETS:
        headers = [normal(texts.name("column", column.name)) for column in page.columns]
        assert len(set(headers)) == len(headers), page.name


@pytest.mark.parametrize("language", FOREIGN)
def test_an_empty_workbook_is_wholly_in_its_language(language: Language, tmp_path: Path) -> None:
    texts = Texts(language)
    new_workbook(tmp_path / "new.xlsx", language)
    new_workbook(tmp_path / "english.xlsx")
    book, english = openpyxl.load_workbook(tmp_path / "new.xlsx"), openpyxl.load_workbook(tmp_path / "english.xlsx")
    assert book.sheetnames[:-1] == [texts.sheet(name) for name in english.sheetnames[:-1]]
    said, original = set(_words(book)), set(_words(english))
    examples = {column.example for page in SHEETS for column in page.columns}
    assert [words for words in said & original - examples if " " in words] == []
    keys = [row[0].value for row in book[texts.sheet("Settings")].iter_rows(min_row=2, max_row=7)]
    assert keys[1] == texts.name("setting", "start_date")


@pytest.mark.parametrize("language", Language)
def test_drop_downs_offer_the_words_of_the_language(language: Language, tmp_path: Path) -> None:
    new_workbook(tmp_path / "new.xlsx", language)
    book = openpyxl.load_workbook(tmp_path / "new.xlsx")
    for page in SHEETS:
        for column in page.columns:
            if column.choices:
                area = book.defined_names[list_name(page, column)].attr_text
                title, cells = area.removeprefix("=").split("!")
                offered = [cell.value for row in book[title][cells.replace("$", "")] for cell in row]
                assert offered == [Texts(language).name("choice", word) for word in column.choices]


@pytest.mark.parametrize("language", Language)
def test_facts_written_in_a_language_are_read_back(language: Language, tmp_path: Path) -> None:
    instance = reading(tmp_path).instance.replace(language=language)
    save_tables(input_rows(instance), tmp_path / "again.xlsx", language=language)
    again = read(tmp_path / "again.xlsx")
    assert again.instance == instance
    texts = Texts(language)
    kinds = [texts.name("choice", request.kind) for request in instance.requests]
    assert kinds
    assert [row["kind"] for row in again.tables["Requests"]] == kinds
    assert texts.name("setting", "strategy") in {row["key"] for row in again.tables["Settings"]}


def test_a_planners_own_words_stay(tmp_path: Path) -> None:
    rows: dict[str, Any] = world()
    rows["Requests"] = [{**row, "kind": "ne veut pas"} for row in rows["Requests"]]
    got = reading(tmp_path, rows)
    kept = input_rows(got.instance, got)["Requests"]
    assert {row["kind"] for row in kept} == {"ne veut pas"}


def test_every_word_for_a_choice_is_listed_once() -> None:
    assert choice_names("want")[0] == "want"
    assert {"souhaite", "gewenst"} <= set(choice_names("want"))


def _words(book: Any) -> list[str]:
    cells = [cell for sheet in book if sheet.sheet_state == "visible" for row in sheet.iter_rows() for cell in row]
    notes = [cell.comment.text for cell in cells if cell.comment is not None]
    # Not the last column of the guide: the names of the other languages.
    return [*(cell.value for cell in cells if isinstance(cell.value, str) and cell.column_letter != "F"), *notes]
