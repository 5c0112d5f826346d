"""Measurements go to a file one by one: a refusal is no failure, a crash is, and neither stops the others."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from benchmarks import run as module
from benchmarks.groups import Case
from benchmarks.record import records
from benchmarks.report import report
from tests.benchmarks.records import growth_records


def test_what_each_child_says_is_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, object]] = []

    def child(wanted: dict[str, Any], seconds: float) -> subprocess.CompletedProcess[str]:
        asked.append((wanted["method"], wanted["seed"]))
        case = {"instance": "tiny", "method": wanted["method"], "seed": wanted["seed"]}
        said: dict[str, Any] = {"kind": "refused", "reason": "too large"} if wanted["method"] == "milp" else {
            **growth_records()[0], "kind": "solve", "note": "only the locks"
        }  # fmt: skip
        if wanted["method"] == "textbook":
            return subprocess.CompletedProcess((), 1, "", "out of memory")
        return subprocess.CompletedProcess((), 0, json.dumps({**said, **case}), "")

    monkeypatch.setattr(module, "_child", child)
    to = tmp_path / "results.jsonl"
    assert module.run((Case("tiny"),), ["ours", "milp", "textbook", "greedy"], [1, 2], 5.0, 2, to) == 2
    found = list(records(to))
    assert [record["kind"] for record in found] == ["solve", "solve", "refused", "refused", "failed", "failed", "solve"]
    assert len(asked) == len(found) + 1, "and one before, to compile"
    text = report(found)
    assert "Refused: milp on tiny, seed 1: too large" in text
    assert "Failed: textbook, seed 2: exit 1: out of memory" in text
    assert "ours, seed 1: only the locks." in text
