"""The benchmarks' own parts: a greedy planner that keeps the rules, figures that are counted right, a table that reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.greedy import plan
from benchmarks.measure import measure
from benchmarks.record import append, circumstances, records
from benchmarks.report import report
from instances.generate import COMMITTED, FOLDER
from scheduler.audit import audit, hard_findings
from scheduler.config import SolveConfig
from scheduler.constraints import COVERAGE_LEVELS
from scheduler.facts import OFF
from scheduler.roster import Roster
from scheduler.rules import declare
from scheduler.score import score
from scheduler.workbook.read import read

SMALL = sorted(name for name in COMMITTED if name != "edge-contradictory-locks" and not name.startswith("brussels"))


@pytest.mark.parametrize("name", SMALL)
def test_greedy_keeps_every_hard_rule_and_helps(name: str) -> None:
    instance = read(FOLDER / f"{name}.xlsx").instance
    problem = declare(instance)
    roster = plan(problem)
    assert hard_findings(audit(instance, roster)) == ()
    found, empty = score(problem, roster), score(problem, Roster())
    assert found.broken == ()
    if instance.needs:
        assert sum(found.levels[level] for level in COVERAGE_LEVELS) < sum(
            empty.levels[level] for level in COVERAGE_LEVELS
        )


def test_greedy_keeps_the_locks_of_a_zone() -> None:
    instance = read(FOLDER / "brussels-ouest.xlsx").instance
    roster = plan(declare(instance))
    placed = {(a.staff, a.day): a for a in roster}
    for lock in instance.locks:
        found = placed.get((lock.staff, instance.calendar.day(lock.date)))
        if lock.shift == OFF:
            assert found is None
        else:
            assert found is not None
            assert (found.shift, found.hotspot) == (lock.shift, lock.hotspot)


def test_a_measurement_of_tiny() -> None:
    found = measure("greedy", FOLDER / "tiny.xlsx", "", SolveConfig(time_limit_s=1.0))
    levels = {row["name"]: row for row in found["levels"]}  # type: ignore[attr-defined]
    assert levels["police_minimum"]["required"] == 2 * 480 * 3 * 2
    assert levels["non_police_minimum"]["required"] == 2 * 480 * 3
    assert levels["non_police_minimum"]["value"] == 960
    assert levels["targets"]["required"] == 3 * 2 * 480 * 3
    assert found["violations"] == 0
    assert json.loads(json.dumps(found)) == found


def test_an_unknown_instance_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["benchmarks", "run", "nowhere"])
    assert main() == 2
    assert "nowhere" in capsys.readouterr().err


def test_gap_and_median_in_the_report(tmp_path: Path) -> None:
    """Values 100, 130 and 190 over a bound of 80 and a demand of 1,000: the middle one counts, 5 %."""
    path = tmp_path / "results.jsonl"
    base = measure("greedy", FOLDER / "tiny.xlsx", "", SolveConfig(time_limit_s=1.0)) | circumstances()
    for value, bound in ((100, 80), (190, 75), (130, 80)):
        levels = [
            {"name": name, "value": value, "bound": bound, "required": 1000 if name != "quality" else 0}
            for name in ("police_minimum", "non_police_minimum", "targets", "quality")
        ]
        append(path, base | {"method": "ours", "levels": levels})
    text = report(records(path))
    row = next(line for line in text.splitlines() if line.startswith("| ours | police_minimum"))
    cells = [cell.strip() for cell in row.split("|")]
    assert cells[3:6] == ["130", "80", "5.00%"]
    assert cells[-2] == "3"
