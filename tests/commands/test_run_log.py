"""Every command that writes a roster adds one entry to the log beside it, and a log that refuses takes no roster with it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

import scheduler
from scheduler.system.chained_log import Chain, read_log
from scheduler.workbook.save import save_facts
from scheduler.workflows.run_log import NAME, file_digest
from tests.commands.called import vigie, vigie_json
from tests.processes import ends_within
from tests.workflows.living import edited, roster_file, world

pytestmark = [pytest.mark.slow, ends_within(240)]
QUICK = ("--time-limit", "3", "--quiet")


def log(folder: Path) -> Chain:
    chain = read_log(folder / NAME)
    assert chain is not None
    assert chain.broken is None
    return chain


def only(folder: Path) -> dict[str, Any]:
    (entry,) = log(folder).entries
    return dict(entry.content)


def test_a_solve_is_told_with_all_that_repeats_it(tmp_path: Path) -> None:
    facts, out = tmp_path / "facts.xlsx", tmp_path / "out.xlsx"
    save_facts(facts, world(), None)
    before = dt.datetime.now(dt.UTC).replace(microsecond=0)
    said = vigie_json("solve", facts, "-o", out, *QUICK, "--seed", "7")
    entry = only(tmp_path)
    assert before <= dt.datetime.fromisoformat(entry["at"]) <= dt.datetime.now(dt.UTC)
    assert (entry["schema"], entry["command"], entry["seed"], entry["status"]) == (1, "solve", 7, said["status"])
    assert entry["inputs"] == [{"file": "facts.xlsx", "sha256": file_digest(facts)}]
    assert entry["output"] == {"file": "out.xlsx", "sha256": file_digest(out)}
    assert entry["instance_sha256"] == said["instance_sha256"]
    assert entry["versions"] == said["versions"]
    assert entry["levels"] == [
        {key: level[key] for key in ("name", "value", "bound", "required")} for level in said["levels"]
    ]
    assert (entry["limits"]["time_limit_s"], entry["limits"]["gap_percent"]) == (3.0, 0.0)
    assert entry["findings"]["hard"] == said["violations"] == 0
    assert entry["decisions"] == {"locks": 0, "overrides": 0, "edits_by_hand": 0, "published_version": None}
    people = {member.id for member in scheduler.load(out).instance.staff}
    text = (tmp_path / NAME).read_text()
    assert not any(f'"{staff}"' in text for staff in people), "nobody's number is in the log"


def test_what_becomes_of_a_roster_can_be_followed(tmp_path: Path) -> None:
    path = roster_file(tmp_path)
    vigie("publish", path, "-o", tmp_path / "told.xlsx")
    by_hand = edited(tmp_path / "told.xlsx", {("P1", 3): ""})
    vigie("audit", by_hand, "-o", tmp_path / "audited.xlsx")
    moment = ("--from", "2026-03-02 05:00")
    vigie("replan", tmp_path / "audited.xlsx", "-o", tmp_path / "new.xlsx", *moment, *QUICK)
    publish, audit, replan = (entry.content for entry in log(tmp_path).entries)
    assert [entry["command"] for entry in (publish, audit, replan)] == ["publish", "audit", "replan"]
    assert publish["output"]["sha256"] != audit["inputs"][0]["sha256"] == file_digest(by_hand)
    assert audit["output"] == replan["inputs"][0]
    assert [entry["decisions"]["edits_by_hand"] for entry in (publish, audit, replan)] == [0, 1, 1]
    assert [entry["decisions"]["locks"] for entry in (publish, audit, replan)] == [0, 0, 1]
    assert {entry["decisions"]["published_version"] for entry in (publish, audit, replan)} == {1}
    assert publish["seed"] is publish["limits"] is audit["status"] is None
    assert replan["limits"]["time_limit_s"] == 3.0
    assert [level["name"] for level in replan["levels"]][2] == "changes_in_notice"


def test_a_command_that_writes_no_roster_tells_nothing(tmp_path: Path) -> None:
    path = roster_file(tmp_path)
    vigie("audit", path)
    vigie("extend", path, "-o", tmp_path / "next.xlsx")
    vigie("export", path, "--csv", tmp_path / "duties.csv")
    assert not (tmp_path / NAME).exists()


def test_the_next_period_solved_at_once_comes_from_the_roster(tmp_path: Path) -> None:
    path = roster_file(tmp_path)
    vigie("extend", path, "-o", tmp_path / "next.xlsx", "--weeks", "1", "--solve", *QUICK)
    entry = only(tmp_path)
    assert entry["command"] == "extend"
    assert entry["inputs"] == [{"file": "roster.xlsx", "sha256": file_digest(path)}]
    assert entry["output"]["sha256"] == file_digest(tmp_path / "next.xlsx")


@pytest.mark.parametrize(("language", "words"), [("en", "is not in the log"), ("fr", "n’est pas dans le journal")])
def test_a_log_that_refuses_takes_no_roster_with_it(language: str, words: str, tmp_path: Path) -> None:
    path = roster_file(tmp_path)
    (tmp_path / NAME).mkdir()
    assert words in vigie("publish", path, "-o", tmp_path / "told.xlsx", "--lang", language).stderr
    assert scheduler.load(tmp_path / "told.xlsx").instance.publication is not None
