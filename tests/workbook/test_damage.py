"""Whatever happens to a workbook, reading it gives facts or :class:`InputError`, never anything else."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.errors import InputError, InputProblem
from scheduler.workbook.read import read
from scheduler.workbook.sheets import SHEETS
from tests.workbook.input_world import saved
from tests.workbook.test_roster_sheet import with_roster

pytestmark = pytest.mark.slow

FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
VALUES = (
    st.none()
    | st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), max_size=20)
    | st.sampled_from(
        ["25:00", "#N/A", "=1+1", "NA", "none", "P-1", "HAL", "N", "\u00a0", "-1", "01/13/2026", "OFF", "inf"]
    )
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.datetimes(min_value=openpyxl.utils.datetime.from_excel(1))
    | st.times()
)


def read_or_refuse(path) -> None:
    found: tuple[InputProblem, ...] = ()
    try:
        read(path)
    except InputError as error:
        found = error.problems or (InputProblem("", "", ""),)
    assert all(problem.place and problem.message and problem.fatal for problem in found)


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> bytes:
    return saved(tmp_path_factory.mktemp("whole"), None, with_roster()).read_bytes()


@pytest.mark.slowest
@FEW
@given(data=st.data())
def test_random_cells_replaced_by_random_values(tmp_path, whole, data) -> None:
    book = openpyxl.load_workbook(io.BytesIO(whole))
    for _ in range(data.draw(st.integers(1, 6))):
        page = book[data.draw(st.sampled_from([*(page.name for page in SHEETS), "Roster"]))]
        cell = page.cell(data.draw(st.integers(1, 7)), data.draw(st.integers(1, 10)))
        if not isinstance(cell, openpyxl.cell.cell.MergedCell):
            cell.value = data.draw(VALUES)
    path = tmp_path / "damaged.xlsx"
    book.save(path)
    read_or_refuse(path)


@pytest.mark.slowest
@FEW
@given(data=st.data())
def test_deleted_columns_rows_and_sheets(tmp_path, whole, data) -> None:
    book = openpyxl.load_workbook(io.BytesIO(whole))
    page = book[data.draw(st.sampled_from([page.name for page in SHEETS]))]
    action = data.draw(st.sampled_from(["column", "row", "sheet"]))
    if action == "column":
        page.delete_cols(data.draw(st.integers(1, 8)), data.draw(st.integers(1, 3)))
    elif action == "row":
        page.delete_rows(data.draw(st.integers(1, 4)))
    else:
        del book[page.title]
    path = tmp_path / "damaged.xlsx"
    book.save(path)
    read_or_refuse(path)


@settings(FEW, max_examples=150)
@given(changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=20))
def test_bytes_flipped_in_the_file(tmp_path, whole, changes) -> None:
    content = bytearray(whole)
    for where, value in changes:
        content[int(where * len(content))] = value
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(content)
    read_or_refuse(path)


@settings(FEW, max_examples=150)
@given(data=st.data())
def test_bytes_flipped_in_a_part_of_the_archive(tmp_path, whole, data) -> None:
    """Damage behind the checksum: the archive is whole, its XML is not."""
    path = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(path, "w") as target:
        names = source.namelist()
        hit = data.draw(st.sampled_from(names))
        for name in names:
            content = bytearray(source.read(name))
            if name == hit and content:
                for where, value in data.draw(
                    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=4)
                ):
                    content[int(where * len(content))] = value
            target.writestr(name, bytes(content))
    read_or_refuse(path)
