"""Reading XML is linear, heeds only what it must, and ends with a clear refusal where a workbook asks for too much."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest

from scheduler.errors import InputError
from scheduler.workbook import archive as package
from scheduler.workbook import package_parts
from scheduler.workbook.read import read
from tests.workbook.input_world import saved

ABSENCES = "xl/worksheets/sheet11.xml"
SECONDS = 20
"""Of processor time, where what was quadratic took minutes."""


def rewritten(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """A copy of a workbook with one piece of one part replaced."""
    changed = path.with_name("rewritten.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new, 1)
            target.writestr(name, content)
    return changed


@pytest.mark.parametrize("piece", [b"<c ", b"<f ", b"<mergeCell ", b"<c><f>"])
@pytest.mark.parametrize("before", [b"<sheetData>", b"</worksheet>"])
def test_comments_cost_no_more_than_their_length(tmp_path, piece, before) -> None:
    path = saved(tmp_path)
    expected = read(path).instance
    path = rewritten(path, ABSENCES, before, b"<!--" + piece * 200_000 + b"-->" + before)
    began = time.process_time()
    assert read(path).instance == expected
    assert time.process_time() - began < SECONDS


def test_a_million_empty_texts(tmp_path) -> None:
    path = saved(tmp_path)
    expected = read(path).instance
    path = rewritten(path, "xl/sharedStrings.xml", b"</sst>", b"<si/>" * 1_000_000 + b"</sst>")
    began = time.process_time()
    assert read(path).instance == expected
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize(
    ("part", "before", "piece"),
    [
        ("xl/sharedStrings.xml", b"</sst>", b"<si/>"),
        (ABSENCES, b"</worksheet>", b"<extra/>"),
        ("xl/styles.xml", b"</styleSheet>", b"<extra/>"),
        ("xl/workbook.xml", b"</workbook>", b"<extra/>"),
    ],
)
def test_one_budget_for_everything_that_is_read(tmp_path, monkeypatch, part, before, piece) -> None:
    path = saved(tmp_path)
    monkeypatch.setattr(package_parts, "MOST_ELEMENTS", 20_000)
    assert read(path)
    with pytest.raises(InputError, match="that is more than Vigie reads"):
        read(rewritten(path, part, before, piece * 20_000 + before))


def test_so_many_sheets_and_no_more(tmp_path, monkeypatch) -> None:
    path = saved(tmp_path)
    with zipfile.ZipFile(path) as source:
        sheets = source.read("xl/workbook.xml").count(b"<sheet ")
    monkeypatch.setattr(package, "MOST_SHEETS", sheets)
    assert read(path)
    monkeypatch.setattr(package, "MOST_SHEETS", sheets - 1)
    with pytest.raises(InputError, match="that is more than Vigie reads"):
        read(path)


def test_entities_are_not_expanded(tmp_path) -> None:
    path = saved(tmp_path)
    declared = b'<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa">]><worksheet '
    path = rewritten(path, ABSENCES, b"<worksheet ", declared)
    with pytest.raises(InputError, match="is damaged"):
        read(path)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (b'<c r="A2" t="inlineStr"><is><r><t>P-</t></r><r><t>1</t></r><rPh><t>no</t></rPh></is></c>', None),
        (b'<c t="inlineStr"><is><t>P-1</t></is></c>', None),
        (b'<c r="A2" t="str"><f>"P-1"</f><v>P-1</v></c>', None),
        (b'<c r="A2"><f>1+1</f></c>', "never calculated"),
        (b'<c r="A2"><f>1+1</f><v/></c>', "never calculated"),
        (b'<c r="A2" t="str"><f>""</f><v></v></c>', "is missing"),
        (b'<c r="A2" t="e"><v>#REF!</v></c>', "error of a formula"),
        (b'<c r="A2" t="s"><v>99999</v></c>', "is damaged"),
        (b'<c r="A2"><v>many</v></c>', "is damaged"),
        (b'<c r="2A"><v>1</v></c>', "is damaged"),
    ],
)
def test_every_way_to_write_a_cell(tmp_path, cell, words) -> None:
    path = saved(tmp_path)
    expected = read(path).instance
    with zipfile.ZipFile(path) as source:
        xml = source.read(ABSENCES)
    start = xml.index(b'<c r="A2"')
    old = xml[start : xml.index(b"</c>", start) + 4]
    path = rewritten(path, ABSENCES, old, cell)
    if words is None:
        assert read(path).instance == expected
    else:
        with pytest.raises(InputError, match=words):
            read(path)
