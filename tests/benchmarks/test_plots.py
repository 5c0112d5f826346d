"""The plots are written, the same each time, and a missing library is said in a sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.plots import write
from benchmarks.record import append
from tests.benchmarks.records import growth_records

pytestmark = pytest.mark.slow

RECORDS = [record for record in growth_records() if record["people"] < 300]
PLOTS = len({record["instance"] for record in RECORDS}) + 1
"""The course of a run on each instance, and growth."""


def test_a_plot_for_every_instance_and_one_of_growth(tmp_path: Path) -> None:
    paths = write(RECORDS, tmp_path / "plots")
    assert len(paths) == PLOTS
    assert sorted(paths) == sorted((tmp_path / "plots").iterdir())
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert text.startswith("<?xml")
        assert text.count("<path") > 10
    assert write(RECORDS, tmp_path / "again")[0].read_bytes() == paths[0].read_bytes()


def test_the_report_writes_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "results.jsonl"
    for record in RECORDS:
        append(source, record)
    assert main(["report", str(source), "--to", str(tmp_path / "report")]) == 0
    told = capsys.readouterr()
    assert "| exponent b" in (tmp_path / "report" / "report.md").read_text(encoding="utf-8")
    assert len(told.err.splitlines()) == PLOTS + 1
    assert told.out == ""


def test_a_missing_library_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "results.jsonl"
    append(source, RECORDS[0])
    monkeypatch.delitem(sys.modules, "benchmarks.plots", raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert main(["report", str(source), "--to", str(tmp_path / "report")]) == 2
    assert "matplotlib" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "report").iterdir()] == ["report.md"]
