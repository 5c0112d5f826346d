"""Files that are no workbook, or a hostile one: one clear message, never a traceback."""

from __future__ import annotations

import datetime as dt
import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from scheduler.errors import InputError
from scheduler.messages.languages import Language
from scheduler.workbook import file_checks, raw_sheets
from scheduler.workbook.read import read
from tests.workbook.input_world import codes_of, only_problem, own, reading, saved, set_cell, world

pytestmark = pytest.mark.slow

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def refused(path) -> str:
    with pytest.raises(InputError) as caught:
        read(path)
    (problem,) = caught.value.problems
    assert problem.place == path.name
    assert problem.hint
    return str(problem.message)


def written(tmp_path, content: bytes, name: str = "bad.xlsx"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (OLE + b"\0" * 600, "old .xls format"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"%PDF-1.7 and so on", "PDF"),
        (b"id;name\nP-1;x\n", "not an Excel workbook"),
        (b"PK\x03\x04 nothing more", "damaged or cut short"),
    ],
)
def test_what_is_no_workbook(tmp_path, content, words) -> None:
    assert words in refused(written(tmp_path, content))


def archive(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def test_other_archives(tmp_path) -> None:
    assert "not an Excel workbook" in refused(written(tmp_path, archive(word__document=b"<x/>")))
    assert "OpenDocument" in refused(written(tmp_path, archive(mimetype=b"application/vnd.oasis", content=b"")))
    assert ".xlsb" in refused(written(tmp_path, archive(**{"xl__workbook.bin": b""})))
    assert "is damaged" in refused(written(tmp_path, archive(**{"xl__workbook.xml": b"<workbook"})))
    strict = b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'
    assert "strict" in refused(written(tmp_path, archive(**{"xl__workbook.xml": strict})))


def test_a_missing_file_and_a_folder(tmp_path) -> None:
    assert "does not exist" in refused(tmp_path / "none.xlsx")
    assert "folder" in refused(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names, and no devices as files")
def test_a_device_and_a_pipe_are_not_read(tmp_path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert "a pipe" in refused(tmp_path / "pipe.xlsx")
    assert "a device" in refused(Path("/dev/zero"))


def test_a_truncated_workbook_at_any_length(tmp_path) -> None:
    content = saved(tmp_path).read_bytes()
    for part in (10, 100, len(content) // 2, len(content) - 10):
        assert "damaged" in refused(written(tmp_path, content[:part]))


def test_a_zip_bomb_is_not_expanded(tmp_path) -> None:
    zeros = b"\0" * (file_checks.MAX_EXPANDED_BYTES + 1)
    message = refused(written(tmp_path, archive(**{"xl__worksheets__sheet1.xml": zeros})))
    assert "expands to" in message


def test_a_very_large_file_is_not_read(tmp_path, monkeypatch) -> None:
    path = saved(tmp_path)
    monkeypatch.setattr(file_checks, "MAX_FILE_BYTES", path.stat().st_size)
    assert read(path)
    monkeypatch.setattr(file_checks, "MAX_FILE_BYTES", path.stat().st_size - 1)
    assert "larger than" in refused(path)


def test_somebody_elses_workbook(tmp_path) -> None:
    path = tmp_path / "budget.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Budget 2026"
    book.save(path)
    message = refused(path)
    assert "Staff" in message
    assert "Budget 2026" in message


def test_missing_sheets_are_named(tmp_path) -> None:
    def change(book) -> None:
        del book["Demand"]
        del book["Contracts"]

    problem = only_problem(tmp_path, change=change)
    assert problem.message.code == "lacks_sheets"
    assert f"{own('sheet', 'Contracts')} et {own('sheet', 'Demand')}" in problem.text(Language.FR)
    assert "vigie new" in str(problem.hint)


def test_a_missing_column_is_named_with_a_likely_one(tmp_path) -> None:
    problem = only_problem(tmp_path, change=set_cell("Staff", "E1", "works under"))
    assert (problem.place, problem.message.code) == ("Staff!1:1", "column_missing")
    assert f"'{own('column', 'contract')}'" in str(problem.message)
    assert codes_of(problem) == {"column_missing", "add_column", "column.Staff.contract"}
    problem = only_problem(tmp_path, change=set_cell("Staff", "E1", "kontract"))
    assert "'kontract'" in str(problem.hint)


def test_a_column_that_stands_twice(tmp_path) -> None:
    problem = only_problem(tmp_path, change=set_cell("Staff", "K1", "matricule"))
    assert problem.place == "Staff!K1"
    assert str(problem.message) == "repeats the column 'id'; the first is Staff!A1."


def test_a_sheet_that_stands_twice(tmp_path) -> None:
    problem = only_problem(tmp_path, change=lambda book: book.create_sheet("Personeel"))
    assert (problem.place, "'Staff'" in str(problem.message)) == ("Personeel", True)


def test_merged_cells_in_the_rows(tmp_path) -> None:
    problem = only_problem(tmp_path, change=lambda book: book["Counters"].merge_cells("B2:C2"))
    assert (problem.place, "C2" in str(problem.message)) == ("Counters!B2", True)


def test_merged_cells_above_the_header_do_no_harm(tmp_path) -> None:
    def change(book) -> None:
        book["Counters"].insert_rows(1)
        book["Counters"].merge_cells("A1:D1")

    assert reading(tmp_path, change=change).instance.counters


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
def test_an_error_of_a_formula(tmp_path, error) -> None:
    problem = only_problem(tmp_path, change=set_cell("Staff", "F2", error))
    assert (problem.place, problem.value) == ("Staff!F2", error)


def test_a_formula_that_was_never_calculated(tmp_path) -> None:
    problem = only_problem(tmp_path, change=set_cell("Staff", "F2", "=1/2"))
    assert problem.place == "Staff!F2"
    assert codes_of(problem) == {"never_calculated", "calculate_it"}
    assert "save" in str(problem.hint)


def test_a_formula_that_was_calculated_is_its_value(tmp_path) -> None:
    path = tmp_path / "calculated.xlsx"
    book = xlsxwriter.Workbook(path)
    for name, rows in world().items():
        page = book.add_worksheet(name)
        names = list(dict.fromkeys(key for row in rows for key in row))
        for at, key in enumerate(names):
            page.write(0, at, key)
            for number, row in enumerate(rows, start=1):
                value = row.get(key)
                if name == "Staff" and key == "fte" and value:
                    page.write_formula(number, at, "=4/5", None, value)
                elif isinstance(value, dt.date):
                    shape = "yyyy-mm-dd hh:mm" if isinstance(value, dt.datetime) else "dd/mm/yyyy"
                    page.write_datetime(number, at, value, book.add_format({"num_format": shape}))
                elif value is not None:
                    page.write(number, at, value)
    book.close()
    assert read(path).instance == reading(tmp_path).instance


def test_a_style_on_the_last_possible_cell(tmp_path) -> None:
    def change(book) -> None:
        book["Staff"]["XFD1048576"].font = openpyxl.styles.Font(bold=True)

    assert reading(tmp_path, change=change).instance == reading(tmp_path).instance


def test_so_many_rows_and_no_more(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(raw_sheets, "MAX_ROWS", 4)
    assert reading(tmp_path, world(Settings=world()["Settings"][:3], Published=[])).instance
    rows = world(Settings=world()["Settings"][:3], Published=[])
    rows["Staff"].append({"id": "P-3", "organisation": "5341", "contract": "POL-38"})
    problem = only_problem(tmp_path, rows)
    assert problem.place == "Staff"


@pytest.mark.slowest
def test_a_hundred_thousand_rows(tmp_path) -> None:
    rows = world(History=[{"staff": "P-2"}] * 100_000)
    path = saved(tmp_path, rows)
    with pytest.raises(InputError) as caught:
        read(path)
    assert "50,000" in next(str(problem.message) for problem in caught.value.problems if problem.place == "History")


def test_dates_of_the_1904_calendar(tmp_path) -> None:
    def change(book) -> None:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    assert reading(tmp_path, change=change).instance == reading(tmp_path).instance


@pytest.mark.parametrize(
    ("ratio", "honest", "message"),
    [(1000, 2**30, None), (1, 2**30, "expands to"), (1000, 1000, "expands to")],
    ids=["expands like text", "expands like a bomb", "too large for any file"],
)
def test_a_large_workbook_is_opened_unless_it_expands_like_a_bomb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ratio: int, honest: int, message: str | None
) -> None:
    path = saved(tmp_path)
    monkeypatch.setattr(file_checks, "MAX_EXPANDED_BYTES", 1000)
    monkeypatch.setattr(file_checks, "MAX_RATIO", ratio)
    monkeypatch.setattr(file_checks, "MAX_HONEST_BYTES", honest)
    if message is None:
        assert file_checks.workbook_bytes(path) == path.read_bytes()
    else:
        with pytest.raises(InputError, match=message):
            file_checks.workbook_bytes(path)
