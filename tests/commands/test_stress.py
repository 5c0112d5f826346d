"""The command stress: what it says, its object, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.problem.facts import Pooling
from scheduler.workbook.save import save_facts
from tests.builders import make
from tests.commands.called import refused, vigie, vigie_json
from tests.workflows.living import roster_file

pytestmark = pytest.mark.slow
FEW = ("--runs", "50")


def test_the_object_holds_every_figure(tmp_path: Path) -> None:
    path = roster_file(tmp_path)
    found = vigie_json("stress", path, *FEW, "--new-absence", "60 %", "--reserves", "auto", "--seed", "3")
    assert (found["schema"], found["runs"], found["seed"], found["new_absence"]) == (1, 50, 3, 0.6)
    assert (found["reliability"], found["strategy"]) == (None, "separate")
    (level, targets) = found["whole"]["levels"]
    assert (level["name"], targets["name"]) == ("police_minimum", "targets")
    assert level["planned"] == 1.0
    assert level["realised"]["low"] <= level["realised"]["median"] <= level["realised"]["high"]
    assert level["realised"]["mean"] < 1 > level["realised"]["mean_margin"] > 0
    assert [place["hotspot"] for place in found["hotspots"]] == ["HAL"]
    assert found["risky"][0]["start"].startswith("2026-03-")
    assert set(found["reserves"]["moments"]) == {"by_pool", "separate", "chance", "pooled", "pooled_chance"}
    duties = found["duties_per_run"]
    assert duties["away"] == pytest.approx(
        duties["not_needed"] + duties["reserves"] + duties["called"] + duties["open"]
    )
    assert vigie_json("stress", path, *FEW)["reserves"] is None


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("50 runs over a roster of 14 duties", "Police minimum", "HAL police 2026-03-", "on duty at a time")),
        ("fr", ("50 simulations", "Minimum police", "HAL", "en service à la fois")),
        ("nl", ("50 simulaties", "HAL", "tegelijk in dienst")),
    ],
)
def test_it_is_told_in_three_languages(lang: str, words: tuple[str, ...], tmp_path: Path) -> None:
    options = ("--new-absence", "60", "--reserves", "auto", "--lang", lang)
    said = vigie("stress", roster_file(tmp_path), *FEW, *options).stdout
    assert all(word in said for word in words), said


def test_nothing_but_the_result_is_on_standard_output(tmp_path: Path) -> None:
    path = roster_file(tmp_path)
    said = vigie("stress", path, *FEW).stdout
    assert said.startswith("50 runs")
    assert vigie("stress", path, *FEW, "--quiet").stdout == said


def test_a_workbook_is_written_where_asked_and_never_overwritten(tmp_path: Path) -> None:
    path, output = roster_file(tmp_path), tmp_path / "stress.xlsx"
    assert vigie_json("stress", path, *FEW)["output"] is None
    assert vigie_json("stress", path, *FEW, "-o", output)["output"] == str(output)
    written = output.read_bytes()
    assert "--force" in refused("stress", path, *FEW, "-o", output)
    assert output.read_bytes() == written
    assert str(output) in vigie("stress", path, *FEW, "-o", output, "--force").stdout
    assert ".xlsx" in refused("stress", path, *FEW, "-o", tmp_path / "stress.csv")


@pytest.mark.parametrize("share", ["0%", "100%"])
def test_both_ends_are_fine(share: str, tmp_path: Path) -> None:
    found = vigie_json("stress", roster_file(tmp_path), "--runs", "1", "--new-absence", share)
    assert found["whole"]["levels"][0]["realised"]["mean"] == (1.0 if share == "0%" else 0.0)
    assert found["whole"]["levels"][0]["realised"]["mean_margin"] is None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--new-absence", "101%"), "--new-absence"),
        (("--new-absence", "0.05"), "percent sign"),
        (("--new-absence", "a few"), "no percentage"),
        (("--reliability", "120"), "--reliability"),
        (("--runs", "0"), "--runs"),
        (("--seed", "-1"), "--seed"),
        (("--reserves", "3"), "--reserves"),
    ],
)
def test_bad_options_end_with_2(options: tuple[str, ...], said: str, tmp_path: Path) -> None:
    assert said in refused("stress", roster_file(tmp_path), *options)


def test_a_workbook_without_a_roster_is_refused_and_solve_is_named(tmp_path: Path) -> None:
    save_facts(tmp_path / "facts.xlsx", make(7), None)
    assert "vigie solve" in refused("stress", tmp_path / "facts.xlsx")


def test_reliability_counts_only_where_zones_lend(tmp_path: Path) -> None:
    path = roster_file(tmp_path)
    assert "has no effect" in vigie("stress", path, *FEW, "--reliability", "75%").stderr
    (tmp_path / "lateral").mkdir()
    lending = roster_file(tmp_path / "lateral", strategy=Pooling.LATERAL)
    assert vigie_json("stress", lending, *FEW, "--reliability", "75%")["reliability"] == 0.75
