"""What a written input workbook looks like to Excel."""

from __future__ import annotations

import datetime as dt
import zipfile

import openpyxl
import pytest

from scheduler.errors import OutputError
from scheduler.workbook.columns import Kind
from scheduler.workbook.lists import list_name
from scheduler.workbook.sheets import LISTS, README, SHEETS
from scheduler.workbook.template import new_workbook, save_tables
from tests.workbook.input_world import saved, world


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return openpyxl.load_workbook(saved(tmp_path_factory.mktemp("book")))


def test_the_guide_comes_first_and_the_lists_are_hidden(book) -> None:
    assert book.sheetnames == [README, *(page.name for page in SHEETS), LISTS]
    assert book[LISTS].sheet_state == "hidden"
    guide = " ".join(str(cell.value) for row in book[README].iter_rows() for cell in row if cell.value)
    assert all(word in guide for word in ("--lang fr", "--lang nl", *(page.name for page in SHEETS)))


@pytest.mark.parametrize("owner", SHEETS, ids=lambda page: page.name)
def test_headers_notes_panes_filters_and_print_setup(book, owner) -> None:
    page = book[owner.name]
    header = [cell for cell in page[1] if cell.value]
    assert [cell.value for cell in header] == [column.name for column in owner.columns]
    assert all(column.help in cell.comment.text for cell, column in zip(header, owner.columns, strict=True))
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref.startswith("A1:")
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == (8 if len(owner.columns) > 10 else 9)
    assert page.print_title_rows == "$1:$1"


@pytest.mark.parametrize("owner", SHEETS, ids=lambda page: page.name)
def test_drop_downs_come_from_named_ranges(book, owner) -> None:
    offered = {}
    for validation in book[owner.name].data_validations.dataValidation:
        assert validation.formula1 in book.defined_names
        offered[owner.columns[next(iter(validation.sqref.ranges)).min_col - 1].name] = validation.formula1
    assert offered == {column.name: name for column in owner.columns if (name := list_name(owner, column)) is not None}
    for column in owner.columns:
        if column.kind is Kind.CHOICE or (column.refers and column.kind in {Kind.CODE, Kind.ROLE}):
            assert column.name in offered


def test_values_are_excels_own(book) -> None:
    assert book["Shifts"]["B2"].value == dt.timedelta(hours=6) or book["Shifts"]["B2"].value == dt.time(6)
    assert book["Shifts"]["C3"].value == dt.timedelta(hours=24)
    assert book["Staff"]["C2"].value == "5341"
    assert book["Absences"]["B2"].value == dt.datetime(2026, 3, 9)
    assert book["Absences"]["B2"].number_format == "yyyy-mm-dd"
    assert book["Absences"]["C3"].number_format == "yyyy-mm-dd hh:mm"
    assert book["Absences"]["D3"].value == "yes"


def test_text_that_looks_like_a_formula_or_a_link_stays_text(tmp_path) -> None:
    path = tmp_path / "text.xlsx"
    names = ['=cmd|"/C calc"!A0', "@SUM(1)", "+32 2 279 79 79", "-1+2", "http://example.org", "{=1}"]
    save_tables({"Staff": [{"id": f"P-{i}", "name": name} for i, name in enumerate(names)]}, path)
    page = openpyxl.load_workbook(path)["Staff"]
    assert [cell.value for cell in page["B"][1:]] == names
    assert all(cell.hyperlink is None for cell in page["B"])
    assert [cell.quotePrefix or False for cell in page["B"][1:]] == [True, True, True, True, False, False]
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sum(b"<f>" in archive.read(name) for name in sheets) == 1  # the lists alone


def test_the_same_rows_give_the_same_bytes(tmp_path) -> None:
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    for path in (first, second):
        save_tables(world(), path, created=dt.datetime(2026, 1, 1))
    assert first.read_bytes() == second.read_bytes()


def test_an_unknown_sheet_is_refused_and_nothing_is_written(tmp_path) -> None:
    with pytest.raises(OutputError, match="Stuff"):
        save_tables({"Stuff": []}, tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_template_has_no_rows_but_settings(tmp_path) -> None:
    path = tmp_path / "new.xlsx"
    new_workbook(path)
    book = openpyxl.load_workbook(path)
    for page in SHEETS:
        filled = [row for row in book[page.name].iter_rows(min_row=2, values_only=True) if any(row)]
        assert bool(filled) == (page.name == "Settings")
