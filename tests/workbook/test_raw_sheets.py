"""The reader of raw cells against openpyxl, which knows the format best: the same values at the same places."""

from __future__ import annotations

import datetime as dt
import warnings
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import scheduler
from scheduler.system.examples import example_names, example_path
from scheduler.workbook.cells import ErrorValue, clean
from scheduler.workbook.raw_sheets import UNCALCULATED, open_book
from tests.workbook import result_world


def by_openpyxl(path: Path) -> dict[str, dict[tuple[int, int], Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # It says of some formatting that it does not keep it.
        book = openpyxl.load_workbook(path, data_only=True)
    return {
        sheet.title: {
            (cell.row, cell.column): _plain(cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if _plain(cell.value) is not None
        }
        for sheet in book.worksheets
    }


def by_vigie(path: Path) -> dict[str, dict[tuple[int, int], Any]]:
    book = open_book(path)
    return {
        title: {
            (row, column): _plain(value)
            for row, values in book.page(title).lines
            for column, value in values.items()
            if value is not UNCALCULATED
        }
        for title in book.titles
    }


def _plain(value: Any) -> Any:
    """A value without what only one of the two tells apart: a date from its midnight, an error from its text."""
    if isinstance(value, ErrorValue):
        return str(value)
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time())
    return value


@pytest.mark.parametrize("name", example_names())
def test_examples(name: str) -> None:
    path = example_path(name)
    assert by_vigie(path) == by_openpyxl(path)


def test_a_result_with_its_formulas(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    instance = result_world.world()
    scheduler.save(path, instance, result_world.result(instance))
    found = by_vigie(path)
    assert {"Summary", "Roster", "Posts", "Coverage"} <= found.keys()
    assert found == by_openpyxl(path)
