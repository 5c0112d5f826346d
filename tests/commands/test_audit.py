"""`vigie audit -o`, and what sheet Overrides does to the exit code."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from scheduler.problem.override import Override
from scheduler.problem.roster import Roster
from scheduler.workbook.read import read
from scheduler.workbook.save import save_result
from tests.builders import MONDAY, free_contract, lines, make
from tests.commands.called import refused, vigie, vigie_json
from tests.workbook import result_world
from tests.workbook.test_write import opened

RESTLESS = lines(P1=".LE")


def saved(path: Path, *overrides: Override, roster: Roster = RESTLESS) -> Path:
    """P1 rests 8 hours before the early duty of Wednesday, and breaks no other rule."""
    instance = make(people=1, contracts=(free_contract(min_rest_hours=11.0),), overrides=overrides)
    save_result(path, instance, result_world.result(instance, roster))
    return path


def decision(day: int) -> Override:
    return Override(
        rule="daily_rest", staff="P1", date=MONDAY + dt.timedelta(days=day), decided_by="Chief of police",
        decided_on=MONDAY, reason="Shooting",
    )  # fmt: skip


def rules(found: list[dict[str, Any]]) -> list[str]:
    return [item["rule"] for item in found if item["hard"]]


def test_the_exit_code_counts_only_what_nobody_accepts(tmp_path: Path) -> None:
    bare = vigie_json("audit", saved(tmp_path / "a.xlsx"), code=3)
    assert (rules(bare["findings"]), bare["accepted"], bare["violations"]) == (["daily_rest"], [], 1)
    decided = saved(tmp_path / "b.xlsx", decision(2))
    found = vigie_json("audit", decided)
    assert (rules(found["findings"]), rules(found["accepted"]), found["violations"]) == ([], ["daily_rest"], 0)
    assert found["accepted"][0]["decision"] == {
        "cell": "Overrides!A2", "decided_by": "Chief of police", "decided_on": "2026-03-02", "reason": "Shooting",
    }  # fmt: skip
    assert all(level["proven"] is False for level in found["levels"])
    said = vigie("audit", decided).stdout
    assert "No other hard rule is broken" in said
    assert "(Daily rest): accepted by decision of Chief of police on 2026-03-02: Shooting" in said
    assert json.loads(vigie("export", decided, "--json", "-").stdout)["violations"] == 0


def test_a_decision_about_another_day_has_no_effect_and_says_so(tmp_path: Path) -> None:
    found = vigie_json("audit", saved(tmp_path / "a.xlsx", decision(1)), code=3)
    assert (rules(found["findings"]), found["accepted"]) == (["daily_rest"], [])
    (note,) = found["overrides_without_effect"]
    assert (note["place"], note["code"], note["fatal"]) == ("Overrides!A2", "override_idle", False)
    assert note["hint"] == "The audit points to P1, 2026-03-04: decide about that."


def test_the_workbook_is_written_whatever_is_broken_and_never_over_another(tmp_path: Path) -> None:
    path, output = saved(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    found = vigie_json("audit", path, "-o", output, code=3)
    assert found["output"] == str(output)
    assert read(output).roster == RESTLESS
    assert "exists already" in refused("audit", path, "-o", output)
    assert "must end in .xlsx" in refused("audit", path, "-o", tmp_path / "b.csv")
    assert "Written:" in vigie("audit", path, "-o", output, "--force", code=3).stdout


def test_a_workbook_may_take_its_own_place(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", decision(2))
    vigie("audit", path, "-o", path, "--force")
    assert "Accepted by decision: 1 broken rule" in str(opened(path)["Findings"]["A3"].value)
