"""What `suggest` and `swap` say, to people and to programs, through the commands; and that they write nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scheduler.commands.main import main
from scheduler.workbook.read import read
from scheduler.workbook.rows import input_rows
from scheduler.workbook.write import write_result
from tests.workbook import result_world

DAY = dt.date(2026, 3, 2)
CALL = {
    "staff": "P-010",
    "at": dt.datetime(2026, 3, 1, 18, 5),
    "for_date": DAY,
    "shift": "E",
    "hotspot": "HAL",
    "answer": "no",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with a roster and a call about its first early duty."""
    path = tmp_path_factory.mktemp("replacements") / "roster.xlsx"
    instance = result_world.world(days=14)
    made = result_world.result(instance)
    tables = {**input_rows(instance), "Calls": [CALL]}
    write_result(path, tables, instance, made.roster, made.record, made.findings, made.shortages)
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def command(*words: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main([*map(str, words)])
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return int(left.value.code or 0), told.out, told.err

    return command


def test_suggest_names_who_can_and_who_cannot_and_writes_nothing(
    book: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    before = hashlib.sha256(book.read_bytes()).digest()
    code, out, _ = run("suggest", book, "--date", "2026-03-02", "--for", "p-001", "--all")
    assert code == 0
    assert out.startswith("Wanted: somebody for E at HAL on 2026-03-02 (06:00–14:00), in place of P-001.")
    assert "is locked to E HAL on 2026-03-02, but is free" in out, "what taking off a locked person breaks"
    assert "Called 2026-03-01 18:05: no" in out
    assert out.rstrip().endswith("A proposal: nothing was written.")
    assert hashlib.sha256(book.read_bytes()).digest() == before
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_suggest_as_an_object(book: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    words = ("suggest", book, "--date", "02/03/2026", "--shift", "e", "--hotspot", "hal", "--json")
    code, out, _ = run(*words)
    found: dict[str, Any] = json.loads(out)
    assert (code, found["schema"]) == (0, 1)
    assert found["hole"]["taken_off"] is None
    everybody = {item["staff"] for part in ("legal", "excluded") for item in found[part]} | set(found["hole"]["there"])
    assert everybody == {member.id for member in read(book).instance.staff}
    for item in found["legal"]:
        assert item["legal"]
        assert item["broken"] == []
        assert {"balance_minutes", "nights", "weekends", "rest_before_minutes", "points", "coverage"} <= item.keys()
    for item in found["excluded"]:
        assert item["broken"]
        assert all({"rule", "amount", "unit"} <= finding.keys() for finding in item["broken"])
    called = [item for part in ("legal", "excluded") for item in found[part] if item["calls"]]
    assert [(item["staff"], item["calls"]) for item in called] == [
        ("P-010", [{"at": "2026-03-01T18:05", "answer": "no"}])
    ]


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_both_speak_other_languages(book: Path, language: str, run: Callable[..., tuple[int, str, str]]) -> None:
    _, out, _ = run("suggest", book, "--date", "2026-03-02", "--for", "P-001", "--lang", language)
    assert "Wanted" not in out
    assert ("légalement" if language == "fr" else "wettelijk") in out
    _, out, _ = run("swap", book, "P-001:02/03/2026", "P-006:02/03/2026", "--lang", language)
    assert "Both must agree" not in out


def test_swap_shows_both_lines_before_and_after(book: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run("swap", book, "P-001:2026-03-02", "P-006:2026-03-02")
    lines = out.splitlines()
    assert code == 3, "P-001 is locked to his duty"
    assert lines[0] == "P-001 gives E HAL on 2026-03-02 and takes L HAL."
    rows = {line.split("  ")[1]: line for line in lines if line.startswith("  P-00")}
    assert "*L HAL" in rows["P-001 after"]
    assert "*" not in rows["P-001 before"]
    assert "Not legal: it breaks" in out
    assert "P-001 is locked to E HAL on 2026-03-02, but has L HAL (Locks)" in out
    assert "Both must agree: P-001 and P-006." in out


def test_swap_as_an_object(book: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run("swap", book, "P-001:2026-03-02", "P-006:2026-03-02", "--json")
    found = json.loads(out)
    assert (code, found["schema"], found["legal"]) == (3, 1, False)
    first, second = found["people"]
    assert first["gives"] == [{"staff": "P-001", "date": "2026-03-02", "shift": "E", "hotspot": "HAL"}]
    assert second["takes"][0]["shift"] == "E"
    assert [(day["before"], day["after"]) for day in first["days"] if day["before"] != day["after"]] == [
        ("E HAL", "L HAL")
    ]
    assert len(found["company"]) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("suggest", "BOOK", "--date", "2026-03-02"),
        ("suggest", "BOOK", "--date", "2027-03-02", "--shift", "E", "--hotspot", "HAL"),
        ("suggest", "BOOK", "--shift", "E", "--hotspot", "HAL"),
        ("swap", "BOOK", "P-001:2026-03-02"),
        ("swap", "BOOK", "P-001:2026-03-02", "P-999:2026-03-02"),
    ],
)
def test_bad_words_are_usage_problems(
    words: tuple[str, ...], book: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    code, out, err = run(*(str(book) if word == "BOOK" else word for word in words))
    assert (code, out) == (2, "")
    assert err.strip()
