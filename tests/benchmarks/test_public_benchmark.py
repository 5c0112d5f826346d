"""The foreign benchmark: its text is read right, its own scorer agrees with ours, and nobody beats the best that is known."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.curtois import instance
from benchmarks.curtois_file import Cover, ShiftType, Terms, Wished, load, parse
from benchmarks.curtois_score import objective, violations
from benchmarks.public_benchmark import files, measure, plan
from benchmarks.published import PUBLISHED
from benchmarks.record import circumstances
from benchmarks.report import report
from scheduler.config import SolveConfig
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules import declare
from scheduler.rules.audit import audit, hard_findings
from scheduler.vocabulary.constraints import Level
from scheduler.vocabulary.evaluate import evaluate

TEXT = """\
# A comment
SECTION_HORIZON
# days
7

SECTION_SHIFTS
# ShiftID, minutes, shifts that cannot follow
E,480,
L,600,E|L

SECTION_STAFF
# ID, MaxShifts, MaxTotalMinutes, MinTotalMinutes, MaxConsecutive, MinConsecutive, MinDaysOff, MaxWeekends
A,E=7|L=1,2400,960,3,2,2,1
B,E=7|L=0,2400,960,3,2,1,0
C,E=7|L=1,2400,960,3,2,2,1

SECTION_DAYS_OFF
A,0
C,2,6

SECTION_SHIFT_ON_REQUESTS
A,1,E,2

SECTION_SHIFT_OFF_REQUESTS
B,3,E,3

SECTION_COVER
# Day, ShiftID, Requirement, Weight for under, Weight for over
0,E,1,100,1
1,E,2,100,1
1,L,1,100,1
3,E,0,100,1
"""
GIVEN = parse(TEXT)
FOLDER = os.environ.get("VIGIE_CURTOIS", "")


def by_day(**lines: str) -> dict[tuple[str, int], str]:
    """``by_day(A="EL.")``: one letter a day."""
    return {(name, day): shift for name, line in lines.items() for day, shift in enumerate(line) if shift != "."}


def as_roster(found: dict[tuple[str, int], str]) -> Roster:
    return Roster.of(Assignment(name, day, shift, shift) for (name, day), shift in found.items())


def test_the_text_is_read() -> None:
    assert GIVEN.days == 7
    assert GIVEN.shifts == (ShiftType("E", 480, ()), ShiftType("L", 600, ("E", "L")))
    assert GIVEN.staff["B"] == Terms((("E", 7), ("L", 0)), 2400, 960, 3, 2, 1, 0)
    assert GIVEN.days_off == {"A": (0,), "C": (2, 6)}
    assert GIVEN.wishes == (Wished("A", 1, "E", 2, True), Wished("B", 3, "E", 3, False))
    assert GIVEN.cover[-1] == Cover(3, "E", 0, 100, 1)


def test_the_objective_by_hand() -> None:
    """Day 1 lacks an E (100) and has its L; day 0 has two E for one (1), day 3 one for none (1). A gets the wish, B does not."""
    kept = by_day(A=".EE....", B="E..EE..", C="EL.....")
    assert objective(GIVEN, kept) == 100 + 1 + 1 + 3
    assert objective(GIVEN, {}) == 2 + 100 + 2 * 100 + 100


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ({"A": ".EE"}, ""),
        ({"A": "EE"}, "A works on day 0, a day off"),
        ({"A": ".ELE"}, "A works E after L"),
        ({"A": ".ELL"}, "A works L after L"),
        ({"B": "LE"}, "B works L more than 0 times"),
        ({"A": ".E"}, "A works 480 minutes"),
        ({"A": ".EEEL"}, "A works 4 days in a row"),
        ({"A": ".E..EE"}, "A works 1 days in a row"),
        ({"A": ".EE.EE"}, "A is off for 1 days"),
        ({"B": "E.EE"}, ""),
        ({"B": "....EE."}, "B works 1 weekends"),
        ({"A": "....EEE"}, ""),
        ({"A": ".XE"}, "not in the instance"),
    ],
)
def test_what_breaks_a_rule(lines: dict[str, str], told: str) -> None:
    legal = {"A": ".EE", "B": "EE", "C": "EE"}
    found = violations(GIVEN, by_day(**legal | lines))
    assert any(told in sentence for sentence in found) if told else found == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_our_rules_say_what_the_text_says(seed: int) -> None:
    """Random rosters, legal or not: broken for one if and only if for the other, and the quality level is the plain sum."""
    facts = instance(GIVEN)
    problem = declare(facts)
    pick = random.Random(seed)
    sides = set()
    for _ in range(400):
        lines = {name: "".join(pick.choice("...EEEL") for _ in range(7)) for name in GIVEN.staff}
        lines["A"] = pick.choice([".EE....", ".EL....", lines["A"]])
        lines["B"] = pick.choice(["EE.EE..", "EEE....", lines["B"]])
        lines["C"] = pick.choice(["EE.....", "...EEL.", lines["C"]])
        roster = as_roster(by_day(**lines))
        valued = evaluate(problem, roster)
        broken = violations(GIVEN, plan(roster))
        assert bool(broken) == bool(valued.broken) == bool(hard_findings(audit(facts, roster))), (lines, broken)
        assert valued.levels[Level.QUALITY] == sum(valued.levels.values()) == objective(GIVEN, plan(roster))
        sides.add(bool(broken))
    assert sides == {True, False}


def test_a_shift_longer_than_a_day_and_two_prices_are_refused() -> None:
    with pytest.raises(ValueError, match="fit into its day"):
        instance(parse(TEXT.replace("L,600", "L,1500")))
    with pytest.raises(ValueError, match="more than one price"):
        instance(parse(TEXT.replace("0,E,1,100,1", "0,E,1,50,1")))


def test_the_command_solves_a_folder_and_the_report_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "Instance1.txt").write_text(TEXT)
    (tmp_path / "Instance2.txt").write_text(TEXT)
    to = tmp_path / "results.jsonl"
    words = ["yardstick", str(tmp_path), "--instances", "2", "--time-limit", "5", "--seed", "3", "--to", str(to)]
    monkeypatch.setattr("sys.argv", ["benchmarks", *words])
    assert main() == 0
    (record,) = map(json.loads, to.read_text().splitlines())
    assert (record["instance"], record["seed"], record["violations"]) == (2, 3, 0)
    assert record["value"] == record["own_value"] == record["bound"]
    row = next(line for line in report([record]).splitlines() if line.startswith("| 2 |"))
    assert row.split("|")[6].strip() == str(record["value"])
    assert "instance 2, seed 3" in capsys.readouterr().err


def test_a_gap_to_the_best_known() -> None:
    record = measure(1, GIVEN, SolveConfig(time_limit_s=5.0)) | circumstances()
    older = record | {"value": 999, "commit": "f" * 40}
    text = report([older, *(record | {"value": value, "seed": seed} for seed, value in enumerate((607, 668, 700)))])
    rows = [[cell.strip() for cell in row.split("|")] for row in text.splitlines() if row.startswith("| 1 |")]
    bound = str(record["bound"])
    assert [row[6:12] for row in rows] == [
        ["999", bound, "607", "64.6%", "0", "1"],
        ["668", bound, "607", "10.0%", "0", "3"],
    ], "medians are of one commit"


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"Instance7\.txt"):
        files(tmp_path, [7])


@pytest.mark.skipif(not FOLDER, reason="VIGIE_CURTOIS does not name the folder of the benchmark")
@pytest.mark.parametrize("number", [1, 3])
def test_the_best_known_is_reached_and_never_undercut(number: int) -> None:
    found = measure(number, load(files(Path(FOLDER), [number])[number]), SolveConfig(time_limit_s=60.0))
    assert found["violations"] == 0
    assert found["bound"] <= found["value"] == found["own_value"] == PUBLISHED[number]["best known"]
