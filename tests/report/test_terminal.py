"""What the commands say in words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from scheduler.messages.languages import Language
from scheduler.problem.facts import Request
from scheduler.problem.roster import Roster
from scheduler.report.objects import audit_object, check_object
from scheduler.report.terminal import audit_lines, check_lines, solve_lines, table
from scheduler.result import Coverage, LevelResult, Result, RunRecord, Shortage, Status
from scheduler.rules.audit import audit
from scheduler.workbook.places import Places
from scheduler.workflows.preflight import Check, check_instance
from scheduler.workflows.review import Review
from tests import builders as b
from tests.parity_cases import LATERAL, zones

WORLD = b.make(7, people=2)


def record(status: Status, *levels: LevelResult) -> RunRecord:
    return RunRecord(
        status=status,
        levels=levels,
        coverage=Coverage(required_minutes=600, short_minutes=120, short_bound=60),
        wall_s=1.0,
        seed=1,
        workers=8,
        reproducible=False,
        versions={},
        instance_sha256="0" * 64,
    )


def test_a_table_has_its_first_column_to_the_left_and_figures_to_the_right() -> None:
    assert list(table(["a", "figure"], [["long", "1"], ["b", "22"]])) == [
        "  a     figure",
        "  long       1",
        "  b         22",
    ]


@pytest.mark.parametrize(("bound", "words"), [(120, "proven"), (60, "10.00 %")])
def test_a_level_is_proven_or_has_a_gap(bound: int, words: str) -> None:
    level = LevelResult(name="targets", value=120, bound=bound, required=600)
    lines = list(solve_lines(WORLD, Result(Roster(), record(Status.FEASIBLE, level)), Language.EN))
    assert words in next(line for line in lines if line.strip().startswith("Targets"))
    assert "2.0 h" in "\n".join(lines)
    assert lines[-1] == "No shortage."


def test_the_price_of_a_guarantee_is_told_from_hours_that_are_missing() -> None:
    """HAL misses its only hour; the limit is half an hour: thirty minutes beyond it count ten thousand times, 5000 h."""
    wanted = b.demand(start="08:00", until="09:00", minimum=1)
    said = "5000 h of the police minimum are no hours that are missing"
    for hours, priced in ((0.5, True), (1.0, False)):
        instance = b.make(1, people=1, demand=(wanted,), **{**LATERAL, "organisations": zones(short_hours=hours)})
        result = Result(Roster(), record(Status.FEASIBLE), findings=audit(instance, Roster()))
        told = "\n".join(solve_lines(instance, result, Language.EN))
        assert (said in told) == ("are no hours" in told) == priced


def test_shortages_are_summed_in_person_hours() -> None:
    short = Shortage(hotspot="HAL", role="police", level="minimum", start=0, end=90, heads_missing=2, heads_wanted=2)
    lines = list(solve_lines(WORLD, Result(Roster(), record(Status.OPTIMAL), shortages=(short,)), Language.EN))
    assert "3.0 person-hours" in lines[-1]


def test_quality_is_told_in_words_and_in_points_only_to_engineers() -> None:
    wish = Request(staff="P1", first=b.MONDAY, last=b.MONDAY + dt.timedelta(1), shift="N", kind="want")
    world = b.make(7, people=2, contracts=(b.free_contract(),), requests=(wish,))
    levels = (
        LevelResult(name="targets", value=120, bound=120, required=600),
        LevelResult(name="quality", value=1200, bound=300, required=0),
    )
    result = Result(b.lines(P1="N.NN", P2="E"), record(Status.FEASIBLE, *levels))
    lines = list(solve_lines(world, result, Language.EN))
    told = [line.strip().split("  ", 1) for line in lines[lines.index("For the people:") + 1 : -1]]
    assert {head: words.strip() for head, words in told} == {
        "requests granted": "1 of 2",
        "spread of nights": "3 (most minus fewest)",
        "spread of weekends": "0 (most minus fewest)",
        "hours off contract": "44 h 00 in all, at most 30 h 00 for one person",
    }
    assert not any("points" in line or "75" in line for line in lines)
    assert any("1,200 points" in line for line in solve_lines(world, result, Language.EN, verbose=True))


def test_what_nobody_asked_for_or_cannot_be_compared_is_not_told() -> None:
    lines = list(solve_lines(b.make(7, people=1), Result(Roster(), record(Status.FEASIBLE)), Language.EN))
    told = lines[lines.index("For the people:") + 1 : -1]
    assert [line.strip().split("  ")[0] for line in told] == ["hours off contract"]


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_verdict(status: Status) -> None:
    assert next(solve_lines(WORLD, Result(Roster(), record(status)), Language.NL))


def test_capacity_is_shown_where_something_is_demanded() -> None:
    asked = check_instance(b.make(demand=(b.demand(minimum=2),)))
    idle = check_instance(b.make())
    assert any("HAL" in line for line in check_lines(Path("x.xlsx"), asked, Language.EN))
    assert len(list(check_lines(Path("x.xlsx"), idle, Language.EN))) == 1


def test_check_names_apart_what_only_history_can_cover() -> None:
    found = check_instance(b.make(people=9, contracts=(b.free_contract(),), demand=(b.demand(minimum=1),)))
    lines = list(check_lines(Path("x.xlsx"), found, Language.EN))
    pool = next(line for line in lines if line.strip().startswith("police HAL"))
    assert pool.split()[-4:] == ["168.0", "0.0", "168.0", "0.0"], "nothing is short for want of people"
    assert any(
        line.startswith("Only History can cover these: nobody is entered for the night before") for line in lines
    )
    never = check_object(found)["never_covered"]
    assert never["levels"] == {"police_minimum": 360, "non_police_minimum": 0, "targets": 360}
    (stretch,) = never["stretches"]
    assert stretch == {
        "hotspot": "HAL",
        "role": "police",
        "level": "minimum",
        "start": "2026-03-02T00:00+01:00",
        "end": "2026-03-02T06:00+01:00",
        "heads_missing": 1,
        "heads_wanted": 1,
        "cause": "history",
        "person_minutes": 360,
    }


def test_an_audit_names_it_too() -> None:
    instance = b.make(2, demand=(b.demand(minimum=1),))
    found = Review(instance, Roster(), (), (), (), None, Places())
    assert any(
        line.startswith("Alleen het blad History kan dit dekken")
        for line in audit_lines(found, Language.NL, every=False)
    )
    assert audit_object(found)["never_covered"]["levels"]["police_minimum"] == 360
    covered = b.make(2, demand=(b.demand(minimum=1),), history=b.past("P1", "N", spot="HAL"))
    found = Review(covered, Roster(), (), (), (), None, Places())
    assert not any("History" in line for line in audit_lines(found, Language.NL, every=False))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.EN, "P1 is locked to E on 2026-03-03, but is free (Locks)"),
        (Language.FR, "P1 est verrouillé sur E le 03/03/2026, mais est libre (Verrous)"),
        (Language.NL, "P1 is op 03/03/2026 vergrendeld op E, maar is vrij (Vergrendelingen)"),
    ],
)
def test_an_audit_says_its_findings_in_the_readers_language(language: Language, words: str) -> None:
    instance = b.make(2, locks=(b.lock("P1", 1, "E"),))
    review = Review(instance, Roster(), audit(instance, Roster()), (), (), None, Places())
    assert any(words in line for line in audit_lines(review, language, every=True))
    found = next(item for item in audit_object(review)["findings"] if item["rule"] == "locks")
    assert (found["code"], found["message"]) == ("locks_missing", "P1 is locked to E on 2026-03-03, but is free")


def test_a_workbook_that_cannot_be_read_says_nothing_of_what_is_covered() -> None:
    assert check_object(Check(()))["never_covered"] is None
