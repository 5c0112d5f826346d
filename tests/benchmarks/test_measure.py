"""The benchmarks' own parts: a greedy planner that keeps the rules, figures that are counted right, a table that reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.bounds import LEVEL_NAMES, bound_for, gap
from benchmarks.greedy import plan
from benchmarks.measure import Peak, measure
from benchmarks.method_result import Claim
from benchmarks.methods import METHODS, proof_s
from benchmarks.record import append, circumstances, records
from benchmarks.report import report
from instances.generate import COMMITTED, FOLDER
from scheduler.config import SolveConfig
from scheduler.problem.facts import OFF
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.result import BlockRecord, Progress
from scheduler.rules import declare
from scheduler.rules.audit import audit, hard_findings
from scheduler.vocabulary.constraints import COVERAGE_LEVELS
from scheduler.vocabulary.evaluate import evaluate
from scheduler.workbook.read import read

pytestmark = pytest.mark.slow

SMALL = sorted(name for name in COMMITTED if name != "edge-contradictory-locks" and not name.startswith("brussels"))


@pytest.mark.parametrize("name", SMALL)
def test_greedy_keeps_every_hard_rule_and_helps(name: str) -> None:
    instance = read(FOLDER / f"{name}.xlsx").instance
    problem = declare(instance)
    roster = plan(problem)
    assert hard_findings(audit(instance, roster)) == ()
    found, empty = evaluate(problem, roster), evaluate(problem, Roster())
    assert found.broken == ()
    if instance.needs:
        assert sum(found.levels[level] for level in COVERAGE_LEVELS) < sum(
            empty.levels[level] for level in COVERAGE_LEVELS
        )


@pytest.mark.slowest
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
    assert levels["targets"]["required"] == 480 * (3 + 2 + 2) * 3
    assert found["violations"] == 0
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("run nowhere", "There is no nowhere; groups are: zone"),
        ("run tiny:foo", "There is no strategy foo; strategies are: separate"),
        ("run tiny --methods ours,magic", "'magic' is not one of 'ours'"),
        ("run tiny --seeds a", "'a' is not a valid integer"),
        ("run tiny --seeds -1", "-1 is not in the range"),
        ("run tiny --time-limit 0", "0.0 is not in the range"),
        ("run tiny --time-limit 1e999", "inf is not in the range"),
        ("run tiny --to nowhere/there.jsonl", "The folder nowhere does not exist"),
        ("yardstick nowhere", "'nowhere' does not exist"),
        ("yardstick . --instances x", "'x' is not a valid integer"),
        ("yardstick . --instances 99", "does not hold Instance99.txt"),
        ("yardstick .", "holds no instance"),
        ("report nowhere.jsonl", "'nowhere.jsonl' does not exist"),
        ("report .", "'.' is a directory"),
        ("report words.txt", "words.txt is no file of JSON lines"),
        ("report empty.jsonl --to words.txt", "'words.txt' is a file"),
        ("dance", "No such command 'dance'"),
    ],
)
def test_wrong_words_are_refused_in_plain_ones(
    arguments: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "words.txt").write_text("Not JSON.", encoding="utf-8")
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    assert main(arguments.split()) == 2
    assert said in capsys.readouterr().err


def _levels(*values_and_bounds: tuple[int, int | None]) -> list[dict[str, object]]:
    return [
        {"name": name, "value": value, "bound": bound, "required": 0 if name == "quality" else 1000}
        for name, (value, bound) in zip(LEVEL_NAMES, values_and_bounds, strict=True)
    ]


def test_a_bound_counts_for_rosters_that_miss_no_more_before() -> None:
    """The first run has a better police minimum than the second: its bound of the targets says nothing about the other."""
    first = {"levels": _levels((100, 80), (50, 50), (300, 200), (900, None))}
    second = {"levels": _levels((200, 90), (50, 40), (250, 150), (800, 400))}
    runs = [first, second]
    assert [bound_for(run, runs, "police_minimum") for run in runs] == [90, 90]
    assert [bound_for(run, runs, "targets") for run in runs] == [200, 150]
    assert [bound_for(run, runs, "quality") for run in runs] == [None, 400]
    assert bound_for(second, [first], "targets") is None
    assert gap(first, "targets", 200) == 0.1
    assert gap(second, "quality", 400) == 0.5
    assert gap(first, "quality", None) is None


def test_what_blocks_say_is_not_said_of_the_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    block = {"first": 0, "stop": 28, "until": 35, "levels": _levels((30, 10), (0, 0), (50, 40), (10, 5))}

    def claim(instance: Instance, _: SolveConfig) -> Claim:
        said = {"elapsed_s": 0.5, "stage": "coverage", "level": "targets", "value": 5, "bound": 3, "gap": None}
        timeline = (Progress.model_validate(said | {"part": "1/2"}),)
        return Claim(Roster(), 0.5, timeline, {"targets": 1}, (BlockRecord.model_validate(block),))

    monkeypatch.setitem(METHODS, "ours", claim)  # type: ignore[arg-type]
    found = measure("ours", FOLDER / "tiny.xlsx", "", SolveConfig(time_limit_s=60.0))
    assert found["marks"] == {mark: {} for mark in ("5", "15", "45", "60")}
    assert found["proven_s"] == {}
    append(tmp_path / "results.jsonl", found | circumstances())
    assert "| ours | 1–28 | 2.00% | 0.00% | 1.00% | 50.00% | 1 |" in report(records(tmp_path / "results.jsonl"))


def _told(*items: tuple[float, str, str, int | None, int | None]) -> tuple[Progress, ...]:
    """Progress from (seconds, pool, level, value, bound); without a value from the proof."""
    return tuple(
        Progress(
            elapsed_s=seconds, stage="proof" if value is None else "coverage", level=level,
            value=value, bound=bound, gap=None, pool=pool,
        )
        for seconds, pool, level, value, bound in items
    )  # fmt: skip


def test_the_proof_has_been_through_when_that_of_the_last_pool_has() -> None:
    pools = _told(
        (1.0, "NORD", "targets", 9, 1), (1.0, "MIDI", "targets", 9, 1), (2.0, "NORD", "quality", None, 5),
        (2.0, "", "quality", None, 5), (3.0, "NORD", "quality", None, 6), (7.0, "MIDI", "quality", None, 5),
    )  # fmt: skip
    assert proof_s(pools) == 7.0
    assert proof_s(pools[:-1]) is None
    assert (
        proof_s(_told((1.0, "", "targets", 9, 1), (4.0, "", "quality", None, 5), (6.0, "", "quality", None, 7))) == 4.0
    )
    assert proof_s(()) is None
    blocks = (item.model_copy(update={"part": "1/2"}) for item in pools)
    assert proof_s(tuple(blocks)) is None


def test_a_bound_stands_and_is_met_since_the_last_time_it_was_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """It falls while the police minimum is bought with hours of the targets, and a value that met it may get worse."""
    course = _told(
        (1.0, "", "targets", 90, 50), (2.0, "", "targets", 50, 50), (3.0, "", "targets", 80, 40),
        (4.0, "", "targets", None, 50), (5.0, "", "targets", 60, 50), (6.0, "", "police_minimum", 7, 0),
    )  # fmt: skip
    ended = (*course, *_told((8.0, "", "targets", 50, 50)))
    monkeypatch.setitem(METHODS, "ours", lambda *_: Claim(Roster(), 0.5, course))  # type: ignore[arg-type]
    found = measure("ours", FOLDER / "tiny.xlsx", "", SolveConfig(time_limit_s=60.0))
    assert found["proven_s"] == {"targets": {"bound_s": 4.0}, "police_minimum": {"bound_s": 6.0}}
    monkeypatch.setitem(METHODS, "ours", lambda *_: Claim(Roster(), 0.5, ended))  # type: ignore[arg-type]
    found = measure("ours", FOLDER / "tiny.xlsx", "", SolveConfig(time_limit_s=60.0))
    assert found["proven_s"]["targets"] == {"bound_s": 4.0, "met_s": 8.0}  # type: ignore[index]


def test_memory_of_the_first_seconds_and_of_all() -> None:
    with Peak() as peak:
        pass
    assert 0 < peak.megabytes(0.0) <= peak.megabytes()
    peak._seen = [(1.0, 5_000_000), (2.0, 3_000_000), (3.0, 9_000_000)]
    assert [peak.megabytes(seconds) for seconds in (0.1, 1.0, 1.9, 2.5, 9.0)] == [5, 5, 5, 9, 9]
    assert peak.megabytes() == 9


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
