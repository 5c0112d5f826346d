"""Publish and replan as commands: what they write, say and end with."""

from __future__ import annotations

from pathlib import Path

import pytest

import scheduler
from tests.commands.called import refused, vigie, vigie_json
from tests.processes import ends_within
from tests.workflows.living import edited, roster_file

pytestmark = [pytest.mark.slow, ends_within(300)]
FROM = ("--from", "2026-03-02 05:00", "--time-limit", "5", "--quiet")


def test_publish_says_what_it_publishes_and_writes_it(tmp_path: Path) -> None:
    path = roster_file(tmp_path)
    told = tmp_path / "told.xlsx"
    found = vigie_json("publish", path, "-o", told)
    assert (found["version"], found["until"], found["duties"], found["people"]) == (1, "2026-03-08", 14, 6)
    assert found["output"] == str(told)
    assert scheduler.load(told).instance.publication is not None
    assert "Version 2" in vigie("publish", told, "-o", tmp_path / "again.xlsx").stdout
    vigie("publish", path, "-o", told, code=2)
    assert "gepubliceerd" in vigie("publish", path, "-o", told, "--force", "--lang", "nl").stdout


def test_a_broken_roster_is_not_published(tmp_path: Path) -> None:
    path = edited(roster_file(tmp_path), {("P1", 0): "N HAL", ("P1", 1): "E HAL"})
    found = vigie_json("publish", path, "-o", tmp_path / "told.xlsx", code=3)
    assert {finding["rule"] for finding in found["broken"]} >= {"daily_rest"}
    assert found["output"] is None
    assert not (tmp_path / "told.xlsx").exists()
    assert "Roster!" in vigie("publish", path, "-o", tmp_path / "told.xlsx", code=3).stdout


def test_replan_says_what_it_changes_and_why(tmp_path: Path) -> None:
    vigie("publish", roster_file(tmp_path), "-o", tmp_path / "told.xlsx")
    asked = ("replan", tmp_path / "told.xlsx", *FROM, "--absent", "P3:2026-03-03")
    found = vigie_json(*asked, "-o", tmp_path / "new.xlsx")
    assert {(item["cause"], item["late"]) for item in found["changes"]} == {("absence", True), ("consequence", True)}
    assert (len(found["changes"]), found["late"], found["least_late"], found["violations"]) == (2, 2, 2, 0)
    assert [level["name"] for level in found["levels"]][2] == "changes_in_notice"
    said = vigie(*asked, "-o", tmp_path / "again.xlsx").stdout
    assert "Proven: no roster that covers the minimums as well changes less than 2 days inside notice." in said


def test_replan_without_anything_to_do_changes_nothing(tmp_path: Path) -> None:
    found = vigie_json("replan", roster_file(tmp_path), *FROM, "-o", tmp_path / "new.xlsx")
    assert found["changes"] == []
    assert scheduler.load(tmp_path / "new.xlsx").roster == scheduler.load(tmp_path / "roster.xlsx").roster


def test_an_edit_that_cannot_hold_ends_with_its_cell_and_no_file(tmp_path: Path) -> None:
    path = edited(roster_file(tmp_path), {("P1", 4): "N HAL", ("P1", 5): "E HAL"})
    done = vigie("replan", path, *FROM, "-o", tmp_path / "new.xlsx", code=3)
    assert "Roster!" in done.stderr
    assert not (tmp_path / "new.xlsx").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--from", "2027-01-01"),
        ("--from", "soon"),
        ("--from", "2026-03-02", "--absent", "P77:2026-03-03"),
        ("--freeze", "-1"),
    ],
)
def test_bad_options_of_replan_end_with_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert arguments[-1].partition(":")[0] in refused(
        "replan", roster_file(tmp_path), *arguments, "-o", tmp_path / "new.xlsx"
    )
    assert not (tmp_path / "new.xlsx").exists()


def test_a_workbook_that_holds_a_roster_is_not_solved_unasked(tmp_path: Path) -> None:
    path, out = roster_file(tmp_path), tmp_path / "new.xlsx"
    said = vigie("solve", path, "-o", out, "--time-limit", "2", "--quiet", code=2).stderr
    assert all(way in said for way in ("replan", "--start", "--afresh"))
    vigie("solve", path, "-o", out, "--start", "--afresh", code=2)
    vigie("solve", path, "-o", out, "--time-limit", "2", "--quiet", "--start")
    vigie("solve", path, "-o", out, "--time-limit", "2", "--quiet", "--afresh", "--force")
    vigie("new", tmp_path / "tiny.xlsx", "--example", "tiny")
    vigie("solve", tmp_path / "tiny.xlsx", "-o", out, "--start", "--force", code=2)
