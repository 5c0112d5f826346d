"""A workbook's roster looked at again: what it is worth now, what an edit costs, and which proof still holds."""

from __future__ import annotations

import datetime as dt
import json
import random
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import scheduler
from scheduler.analysis.coverage import coverage, shortages
from scheduler.analysis.difference import PostedDuty, differences, roster_cells
from scheduler.analysis.edit_costs import edit_costs
from scheduler.config import SolveConfig
from scheduler.errors import InputError
from scheduler.messages.formats import date
from scheduler.messages.languages import Language
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.report.objects import audit_object, export_object
from scheduler.report.terminal import audit_lines
from scheduler.result import BlockRecord, Coverage, LevelResult, Result, RunRecord, Status
from scheduler.rules import declare
from scheduler.rules.audit import audit
from scheduler.system.versions import rules_digest
from scheduler.vocabulary.constraints import LEVELS, Level
from scheduler.vocabulary.evaluate import evaluate
from scheduler.workbook.read import read
from scheduler.workflows.review import Review, review
from tests import builders as b
from tests.workbook import result_world

pytestmark = pytest.mark.slow

NAMES = tuple(level.code for level in LEVELS)


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    scheduler.new(folder / "tiny.xlsx", "tiny")
    reading = scheduler.load(folder / "tiny.xlsx")
    result = scheduler.solve(reading.instance, SolveConfig(time_limit_s=1.5, reproducible=True))
    scheduler.save(folder / "roster.xlsx", reading.instance, result, reading)
    return folder / "roster.xlsx"


def test_our_own_roster_is_as_it_was_written(solved: Path) -> None:
    found = review(scheduler.load(solved))
    assert found.violations == 0
    assert found.edits == ()
    assert found.facts_changed is False
    assert found.record is not None
    assert found.status is found.record.status
    assert [(s.name, s.value, s.bound, s.required, s.gap, s.proven) for s in found.levels] == [
        (level.name, level.value, level.bound, level.required, level.gap, level.proven) for level in found.record.levels
    ]
    assert found.coverage == found.record.coverage.model_dump()
    first = found.roster.assignments[0]
    assert str(found.cell_of(first.staff, first.day)).startswith("Roster!")
    assert found.cell_of(first.staff, 99) is None


def test_a_workbook_without_a_roster_is_refused(solved: Path) -> None:
    with pytest.raises(InputError, match="no sheet Roster"):
        review(scheduler.load(solved.with_name("tiny.xlsx")))


def test_a_solved_workbook_may_be_solved_again(solved: Path, tmp_path: Path) -> None:
    reading = scheduler.load(solved)
    result = scheduler.solve(reading.instance, SolveConfig(time_limit_s=1.5, seed=2))
    scheduler.save(tmp_path / "again.xlsx", reading.instance, result, reading)
    assert review(scheduler.load(tmp_path / "again.xlsx")).violations == 0


# -- edited ------------------------------------------------------------------------------------------------------------------


def proven(instance: Instance, roster: Roster) -> Result:
    """A result that says that nothing is better."""
    problem, short = declare(instance), shortages(instance, roster)
    values = evaluate(problem, roster).levels
    levels = tuple(
        LevelResult(name=name, value=values[level], bound=values[level], required=problem.required.get(level, 0))
        for name, level in zip(NAMES, LEVELS, strict=True)
    )
    missing = coverage(instance, short, 0).short_minutes
    record = RunRecord(
        status=Status.OPTIMAL, levels=levels, coverage=coverage(instance, short, missing), wall_s=1.0, seed=7, workers=1,
        reproducible=True, versions={}, instance_sha256=instance.sha256, rules_digest=rules_digest(),
        blocks=(BlockRecord(first=0, stop=7, until=7, levels=levels),),
    )  # fmt: skip
    return Result(roster, record, audit(instance, roster), short)


WORLD = b.make(
    4, people=3, contracts=(b.free_contract(min_rest_hours=11.0),),
    demand=(b.demand(start="06:00", until="14:00", minimum=1, target=2), b.demand(start="14:00", until="22:00", target=1)),
)  # fmt: skip
BEST = b.lines(P1="EEEE", P2="EEEE", P3="LLLL")


def opened(path: Path) -> Any:
    with warnings.catch_warnings():
        # The editor of this test drops data bars, as it says.
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(path)


def edited(folder: Path, cells: Mapping[tuple[str, int], str], *, facts: Instance = WORLD) -> Review:
    """The best roster, saved, with some cells of its Roster sheet overwritten; ``facts`` stand in the file instead."""
    path = folder / "roster.xlsx"
    scheduler.save(path, WORLD, proven(WORLD, BEST))
    reading = read(path)
    book = opened(path)
    for (staff, day), text in cells.items():
        book["Roster"][str(reading.cells.roster(staff, day)).partition("!")[2]] = text or None
    if facts is not WORLD:
        book["Staff"]["F2"] = facts.staff[0].fte
    book.save(path)
    assert read(path).instance == facts
    return review(read(path))


def standing(found: Review) -> dict[str, tuple[int, int | None, bool]]:
    return {level.name: (level.value, level.bound, level.proven) for level in found.levels}


def test_an_edit_that_spoils_nothing_keeps_every_bound_and_no_status(tmp_path: Path) -> None:
    places = {("P1", day): "L HAL" for day in range(4)} | {("P3", day): "E HAL" for day in range(4)}
    found = edited(tmp_path, places)
    assert found.violations == 0
    assert found.status is None
    assert len(found.edits or ()) == 8
    quality = evaluate(declare(WORLD), BEST).levels[Level.QUALITY]
    leading_levels = dict.fromkeys(NAMES[:3], (0, 0, True))
    assert standing(found) == {**leading_levels, "quality": (quality, quality, True)}
    assert found.costs is not None
    assert found.costs.together == dict.fromkeys(LEVELS, 0)


def test_an_edit_that_spoils_a_level_keeps_its_bound_and_no_later_one(tmp_path: Path) -> None:
    found = edited(tmp_path, {("P1", 0): "", ("P2", 0): ""})
    assert found.violations == 0
    figures = standing(found)
    assert figures["police_minimum"] == (480, 0, False)
    assert (figures["non_police_minimum"][1], figures["targets"][1], figures["quality"][1]) == (None, None, None)
    assert figures["targets"][0] == 960
    assert found.coverage == {"required_minutes": 4 * 1440, "short_minutes": 960, "short_bound": None}
    assert next(level.gap for level in found.levels) == 480 / (4 * 480)


def test_targets_that_an_edit_spoils_keep_their_bound(tmp_path: Path) -> None:
    found = edited(tmp_path, {("P1", 0): ""})
    assert standing(found)["targets"] == (480, 0, False)
    assert standing(found)["quality"][1] is None
    assert found.coverage["short_bound"] == 0


def test_a_roster_that_breaks_a_rule_is_proven_nothing_though_the_bound_holds(tmp_path: Path) -> None:
    found = edited(tmp_path, {("P3", 1): "E HAL"})
    assert found.violations > 0
    assert found.status is None
    assert standing(found)["police_minimum"] == (0, 0, False)
    assert all(level.gap is None and not level.proven for level in found.levels)


@pytest.mark.parametrize("cells", [{}, {("P1", 0): "L HAL"}])
def test_changed_facts_leave_no_bound(cells: Mapping[tuple[str, int], str], tmp_path: Path) -> None:
    facts = WORLD.replace(staff=(WORLD.staff[0].replace(fte=0.5), *WORLD.staff[1:]))
    found = edited(tmp_path, cells, facts=facts)
    assert found.facts_changed
    assert found.status is None
    assert {level.bound for level in found.levels} == {None}
    assert found.coverage["short_bound"] is None
    assert len(found.edits or ()) == len(cells)


@pytest.mark.parametrize("digest", ["", "other"])
def test_a_bound_holds_for_the_rules_that_were_solved_and_no_others(digest: str, tmp_path: Path) -> None:
    made = proven(WORLD, BEST)
    path = tmp_path / "a.xlsx"
    scheduler.save(path, WORLD, Result(BEST, made.record.replace(rules_digest=digest), made.findings, made.shortages))
    found = review(scheduler.load(path))
    assert (found.rules_changed, found.facts_changed, found.status, found.short_bound) == (True, False, None, None)
    assert {level.bound for level in found.levels} == {None}
    assert any("another version of Vigie" in line for line in audit_lines(found, Language.EN, every=False))


def test_a_roster_without_a_record_is_valued_and_nothing_is_proven(tmp_path: Path) -> None:
    scheduler.save(tmp_path / "a.xlsx", WORLD, proven(WORLD, BEST))
    book = opened(tmp_path / "a.xlsx")
    del book["_meta"]
    book.save(tmp_path / "a.xlsx")
    found = review(read(tmp_path / "a.xlsx"))
    assert (found.edits, found.costs, found.facts_changed, found.status) == (None, None, None, None)
    assert {level.bound for level in found.levels} == {None}
    assert [level.value for level in found.levels] == [evaluate(declare(WORLD), BEST).levels[level] for level in LEVELS]
    told = audit_object(found)
    assert (told["edited"], told["edits_cost"], told["status"]) == (None, None, None)


# -- what an edit costs ------------------------------------------------------------------------------------------------------


def test_every_edit_has_its_cost_and_all_of_them_together(tmp_path: Path) -> None:
    found = edited(tmp_path, {("P1", 0): "", ("P2", 0): "", ("P3", 3): "E HAL"})
    costs = found.costs
    assert costs is not None
    assert [None if cost is None else (cost[Level.POLICE_MINIMUM], cost[Level.TARGETS]) for cost in costs.each] == [
        (480, 480), (480, 480), (0, 480),
    ]  # fmt: skip
    assert costs.together is not None
    assert (costs.together[Level.POLICE_MINIMUM], costs.together[Level.TARGETS]) == (480, 1440)


def random_edits(instance: Instance, roster: Roster, seed: int) -> Roster:
    pick = random.Random(seed)
    posts = [(shift.code, spot.code) for shift in instance.shifts for spot in instance.hotspots]
    cells = {(a.staff, a.day): (a.shift, a.hotspot) for a in roster}
    for _ in range(pick.randint(1, 9)):
        key = (pick.choice(instance.staff).id, pick.randrange(instance.days))
        cells[key] = pick.choice([*posts, ("", "")])
    return Roster.of(Assignment(*key, *post) for key, post in cells.items() if post[0])


@pytest.mark.parametrize("seed", range(12))
def test_a_cost_is_the_difference_between_two_whole_rosters(seed: int) -> None:
    instance = result_world.world(size=8, days=14)
    problem, before = declare(instance), result_world.rota(instance)
    after = random_edits(instance, before, seed)
    cells = (roster_cells(instance.calendar, before), roster_cells(instance.calendar, after))
    edits = differences(*cells, by_hand=True)
    costs = edit_costs(problem, after, edits)
    now = evaluate(problem, after).levels

    def saved(other: Roster) -> dict[Level, int]:
        then = evaluate(problem, other).levels
        return {level: now[level] - then[level] for level in LEVELS}

    assert costs.together == saved(before)
    for edit, cost in zip(edits, costs.each, strict=True):
        key = (edit.staff, instance.calendar.day(edit.date))
        rest = [a for a in after if (a.staff, a.day) != key]
        assert cost == saved(Roster.of([*rest, *(a for a in before if (a.staff, a.day) == key)]))


def test_what_the_facts_no_longer_have_cannot_be_undone() -> None:
    day = WORLD.calendar.start
    before = {
        ("P1", day): (PostedDuty("X", "HAL"),),
        ("P9", day): (PostedDuty("E", "HAL"),),
        ("P2", day - dt.timedelta(days=1)): (PostedDuty("E", "HAL"),),
        ("P2", day): (PostedDuty("E", "HAL"),),
    }
    edits = differences(before, {}, by_hand=True)
    costs = edit_costs(declare(WORLD), Roster(), edits)
    assert [cost is None for cost in costs.each] == [True, True, False, True]
    assert costs.together is None


def test_two_duties_in_one_cell_are_undone_together() -> None:
    day = WORLD.calendar.start
    edits = differences({("P1", day): (PostedDuty("E", "HAL"), PostedDuty("L", "HAL"))}, {}, by_hand=True)
    (cost,) = edit_costs(declare(WORLD), Roster(), edits).each
    assert cost is not None
    assert (cost[Level.POLICE_MINIMUM], cost[Level.TARGETS]) == (480, 960)


# -- told --------------------------------------------------------------------------------------------------------------------


def test_audit_and_export_say_the_same(tmp_path: Path) -> None:
    found = edited(tmp_path, {("P1", 0): "", ("P2", 0): ""})
    told, exported = audit_object(found), export_object(found)
    for key in (
        "violations",
        "status",
        "levels",
        "coverage",
        "edited",
        "edits_cost",
        "facts_changed",
        "rules_changed",
        "instance_sha256",
    ):
        assert told[key] == exported[key], key
    assert [{**one, "cells": []} for one in exported["findings"]] == [{**one, "cells": []} for one in told["findings"]]
    assert json.loads(json.dumps(exported)) == exported
    assert told["edited"][0]["cost"]["police_minimum"] == 480
    assert told["edits_cost"]["police_minimum"] == 480
    record = exported["record"]
    assert (record["status"], record["seed"], record["timeline"], record["blocks"]) == (None, 7, [], [])
    assert [(level["name"], level["value"], level["bound"]) for level in record["levels"]] == [
        (level.name, level.value, level.bound) for level in found.levels
    ]
    assert record["coverage"] == found.coverage


def test_a_roster_that_nobody_touched_keeps_its_record(tmp_path: Path) -> None:
    found = edited(tmp_path, {})
    assert found.record is not None
    assert export_object(found)["record"] == found.record.model_dump(mode="json")
    assert audit_object(found)["status"] == "optimal"


@pytest.mark.parametrize("seed", range(3))
def test_findings_carry_their_level_and_add_up_to_it(seed: int, tmp_path: Path) -> None:
    instance = result_world.world(size=8, days=14)
    roster = random_edits(instance, result_world.rota(instance), seed)
    scheduler.save(tmp_path / "a.xlsx", instance, result_world.result(instance, roster))
    told: dict[str, Any] = audit_object(review(read(tmp_path / "a.xlsx")))
    assert {one["level"] for one in told["findings"] if one["hard"]} <= {None}
    for level in told["levels"]:
        costs = [one["cost"] for one in told["findings"] if one["level"] == level["name"]]
        assert sum(costs) == level["value"], level["name"]
    assert {one["level"] for one in told["findings"]} - {None} <= set(NAMES)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.EN, "Police minimum +8.0 h"),
        (Language.FR, "Minimum police +8,0 h"),
        (Language.NL, "Minimum politie +8,0 u"),
    ],
)
def test_the_audit_tells_levels_and_costs(language: Language, words: str, tmp_path: Path) -> None:
    lines = list(audit_lines(edited(tmp_path, {("P1", 0): "", ("P2", 0): ""}), language, every=False))
    first = next(line for line in lines if f"P1 {date(dt.date(2026, 3, 2), language)}" in line)
    assert words in first
    assert words in lines[-1]
    row = next(line for line in lines if line.strip().startswith(words.split(" +")[0]))
    assert "–" not in row
    assert sum("–" in line for line in lines if line.startswith("  ") and "→" not in line) == 3
    assert any(line.startswith("–") for line in lines)


def test_a_record_of_another_roster_gives_no_status(tmp_path: Path) -> None:
    """As when a program has put its own roster beside the record of a solve."""
    made = proven(WORLD, BEST)
    worse = b.lines(P1="EEEE", P3="LLLL")
    scheduler.save(tmp_path / "a.xlsx", WORLD, Result(worse, made.record, audit(WORLD, worse), shortages(WORLD, worse)))
    found = review(read(tmp_path / "a.xlsx"))
    assert found.edits == ()
    assert found.status is None
    assert standing(found)["targets"] == (4 * 480, 0, False)
    assert export_object(found)["record"]["status"] is None


def test_a_record_that_knows_fewer_levels_proves_those(tmp_path: Path) -> None:
    made = proven(WORLD, BEST)
    record = made.record.replace(
        levels=made.record.levels[:1], coverage=Coverage(required_minutes=1, short_minutes=1, short_bound=1)
    )
    scheduler.save(tmp_path / "a.xlsx", WORLD, Result(BEST, record))
    found = review(read(tmp_path / "a.xlsx"))
    assert [level.bound for level in found.levels] == [0, None, None, None]
    assert found.coverage["short_bound"] is None


def test_another_language_or_title_keeps_the_proof(tmp_path: Path) -> None:
    instance = result_world.world(size=4, days=7)
    result = result_world.result(instance)
    scheduler.save(tmp_path / "a.xlsx", instance, result)
    scheduler.save(tmp_path / "b.xlsx", instance.replace(language=Language.NL, title="Another name"), result)
    before, after = (review(read(tmp_path / name)) for name in ("a.xlsx", "b.xlsx"))
    assert (after.instance.language, after.instance.title) == (Language.NL, "Another name")
    assert not after.facts_changed
    assert [level.bound for level in after.levels] == [level.bound for level in before.levels]
    assert any(level.bound is not None for level in after.levels)
