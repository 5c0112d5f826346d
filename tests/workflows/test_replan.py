"""A roster repaired: the past stays, decisions stay, and the rest changes no more than it must."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import scheduler
from scheduler.analysis.difference import day_text
from scheduler.analysis.repair_changes import Cause
from scheduler.config import SolveConfig
from scheduler.errors import ContradictionError, InputError
from scheduler.messages.languages import Language
from scheduler.problem.facts import OFF, Counter
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules.audit import audit
from scheduler.vocabulary.constraints import REPAIR_LEVELS, Level
from scheduler.workflows.publish import publish, write_published
from scheduler.workflows.rebuild import rebuild
from scheduler.workflows.replan import Asked, Repaired, keep_repaired, prepare, search
from scheduler.workflows.review import review
from tests.builders import contract, demand, lock
from tests.workflows.living import NOW, edited, on, roster_file, told, typed, without, world
from tests.workflows.test_review import proven

FIRST = Asked("2026-03-02 05:00")
QUICK = SolveConfig(time_limit_s=6.0)


def repaired(path: Path, asked: Asked = FIRST, config: SolveConfig = QUICK) -> Repaired:
    return search(prepare(scheduler.load(path), asked), config)


def _told_of(found: Repaired) -> dict[tuple[str, int], tuple[str, str, Cause, bool]]:
    calendar = found.repair.instance.calendar
    return {
        (item.change.staff, calendar.day(item.change.date)): (
            day_text(item.change.before), day_text(item.change.after), item.cause, item.late,
        )
        for item in found.changes
    }  # fmt: skip


def _levels(found: Repaired) -> dict[str, tuple[int, int]]:
    return {level.name: (level.value, level.bound) for level in found.result.record.levels}


def test_where_nothing_happened_nothing_changes(tmp_path: Path) -> None:
    found = repaired(told(roster_file(tmp_path)))
    assert found.changes == ()
    assert found.result.roster == scheduler.load(tmp_path / "told.xlsx").roster
    assert tuple(_levels(found)) == tuple(level.code for level in REPAIR_LEVELS)


def test_an_absence_changes_two_days_and_that_is_proven_least(tmp_path: Path) -> None:
    """P3 works the early duty of Tuesday and is away: somebody else takes it, announced late."""
    found = repaired(told(roster_file(tmp_path)), Asked("2026-03-02 05:00", absent=("P3:2026-03-03",)))
    changes = _told_of(found)
    assert changes.pop(("P3", 1)) == ("E HAL", "", Cause.ABSENCE, True)
    ((who, day), change) = changes.popitem()
    assert change == ("", "E HAL", Cause.CONSEQUENCE, True)
    assert (day, bool(changes)) == (1, False)
    assert _levels(found)["changes_in_notice"] == (2, 2)
    assert found.result.shortages == ()
    assert found.broken == ()
    assert who != "P3"


def test_an_incident_brings_two_more_and_nobody_who_works_moves(tmp_path: Path) -> None:
    found = repaired(
        told(roster_file(tmp_path, days=3)), Asked("2026-03-02 05:00", incidents=("2026-03-03 06:00 MIDI",))
    )
    assert found.repair.instance.incidents[0].heads == 2
    calendar = found.repair.instance.calendar
    assert all(item.cause is Cause.INCIDENT for item in found.changes)
    assert {day_text(item.change.before) for item in found.changes} == {""}
    assert min(calendar.day(item.change.date) for item in found.changes) == 1


@pytest.mark.parametrize("publishing", [told, lambda path: path], ids=["published", "draft"])
def test_a_repair_that_is_not_small_goes_on_after_its_minimums(
    tmp_path: Path, publishing: Callable[[Path], Path]
) -> None:
    """Forty people whose minimums are met at once: what is left is to change as little as can be, and nothing dies."""
    path = publishing(roster_file(tmp_path, 28, people=40))
    found = repaired(
        path, replace(FIRST, absent=("P3:2026-03-03..2026-03-06",)), SolveConfig(time_limit_s=3.0, reproducible=True)
    )
    assert found.result.record.incidents == ()
    assert _levels(found)["police_minimum"] == (0, 0)
    assert 1 <= len(found.changes) <= 6
    assert found.broken == ()


@pytest.mark.parametrize(("since", "early"), [("2025-03-02 05:00", True), ("2026-03-02 00:00", False)])
def test_a_moment_before_the_period_is_noted(tmp_path: Path, since: str, early: bool) -> None:
    repair = prepare(scheduler.load(told(roster_file(tmp_path))), Asked(since))
    assert [note.value for note in repair.notes if note.place == "--from"] == [since] * early


def test_the_past_is_frozen_whatever_anybody_does(tmp_path: Path) -> None:
    """Who falls ill on Monday has worked on Monday; a duty typed into the past is what happened."""
    path = edited(told(roster_file(tmp_path)), {("P5", 0): "L HAL"})
    found = repaired(path, Asked("2026-03-03 05:00", absent=("P1:2026-03-02..2026-03-05",)))
    assert {a for a in found.result.roster if a.day == 0} == {
        a for a in scheduler.load(path).roster or () if a.day == 0
    }
    past = [item for item in found.changes if item.change.date == on(0)]
    assert [(item.change.staff, day_text(item.change.after), item.cause, item.late, item.price) for item in past] == [
        ("P5", "L HAL", Cause.EDIT, False, 0)
    ]
    assert [item.past for item in found.changes] == [item in past for item in found.changes]
    assert found.repair.edits == ()


def test_a_hand_edit_is_a_decision_and_the_rest_is_mended_around_it(tmp_path: Path) -> None:
    path = edited(told(roster_file(tmp_path)), {("P1", 3): ""})
    found = repaired(path)
    changes = _told_of(found)
    assert changes.pop(("P1", 3)) == ("E HAL", "", Cause.EDIT, True)
    assert [change[:3] for change in changes.values()] == [("", "E HAL", Cause.CONSEQUENCE)]
    assert [(lock.staff, lock.date, lock.shift) for lock in found.repair.instance.locks] == [("P1", on(3), OFF)]


@pytest.mark.parametrize("word", ["OFF", "(off)", "(libre)", "vrij"])
def test_a_free_day_that_is_kept_free_by_hand_stays_so(tmp_path: Path, word: str) -> None:
    """P5 and P6 are free on Monday; one of them must come for P1, and it is not P5."""
    path = edited(told(roster_file(tmp_path)), {("P5", 0): word, ("P3", 0): word, ("P4", 0): word})
    found = repaired(path, replace(FIRST, absent=("P1:2026-03-02",)))
    assert _told_of(found).keys() == {("P1", 0), ("P6", 0)}
    free = {(lock.staff, lock.date) for lock in found.repair.instance.locks if lock.shift == OFF}
    assert free == {(staff, on(0)) for staff in ("P3", "P4", "P5")} == set(found.repair.kept_free)
    keep_repaired(tmp_path / "new.xlsx", found, Language.EN)
    again = scheduler.load(tmp_path / "new.xlsx")
    assert again.kept_free == (), "they are locks now"
    row = next(index for index, lock in enumerate(again.instance.locks) if lock.staff == "P5")
    gone = {again.cells.of("locks", row, field): None for field in ("staff", "date", "shift")}
    freed = scheduler.load(typed(tmp_path / "new.xlsx", gone))
    assert freed.kept_free == (), "a lock that is gone has left the word: it decides nothing"


def test_the_word_for_a_day_off_in_the_place_of_a_duty_is_one_lock(tmp_path: Path) -> None:
    path = edited(told(roster_file(tmp_path)), {("P1", 3): "(off)"})
    repair = prepare(scheduler.load(path), Asked(since="2026-03-01 08:00"))
    assert [(lock.staff, lock.date, lock.shift) for lock in repair.instance.locks] == [("P1", on(3), OFF)]
    assert repair.kept_free == (), "it is an edit"


def test_a_word_typed_on_a_free_day_survives_a_rebuild(tmp_path: Path) -> None:
    path = edited(told(roster_file(tmp_path)), {("P5", 0): "OFF"})
    reading = scheduler.load(path)
    rebuild(tmp_path / "again.xlsx", reading, review(reading))
    again = scheduler.load(tmp_path / "again.xlsx")
    assert again.kept_free == reading.kept_free == (("P5", on(0)),)
    assert again.instance == reading.instance


def test_an_edit_that_no_roster_can_hold_is_named_with_its_cell(tmp_path: Path) -> None:
    path = edited(told(roster_file(tmp_path)), {("P1", 4): "N HAL", ("P1", 5): "E HAL"})
    with pytest.raises(ContradictionError) as caught:
        prepare(scheduler.load(path), FIRST)
    places = [problem.place for problem in caught.value.problems]
    cells = scheduler.load(path).cells
    assert set(places) <= {cells.roster("P1", 4), cells.roster("P1", 5)}
    assert places


def test_an_edit_that_only_the_search_finds_impossible_is_named_with_its_cell(tmp_path: Path) -> None:
    """P2 is put on a night that asks for two; each of the others could come by the rules, but for the duty they are locked to."""
    late = (lock("P1", 2, "L", "HAL"), lock("P3", 2, "L", "HAL"))
    instance = world(4, people=3, contracts=(contract(min_days_off=1, min_together=2),), locks=late)
    roster = Roster.of(Assignment(staff, 2, "L", "HAL") for staff in ("P1", "P3"))
    scheduler.save(tmp_path / "roster.xlsx", instance, proven(instance, roster))
    path = edited(told(tmp_path / "roster.xlsx"), {("P2", 1): "N MIDI"})
    with pytest.raises(ContradictionError) as caught:
        repaired(path)
    (problem,) = caught.value.problems
    assert (problem.place, problem.value) == (scheduler.load(path).cells.roster("P2", 1), "N MIDI")
    assert problem.message.code == "edit_without_roster"
    assert pickle.loads(pickle.dumps(caught.value)).places == (("P2", on(1)),)


def test_an_edit_against_a_lock_is_named_with_both_cells(tmp_path: Path) -> None:
    path = typed(
        told(roster_file(tmp_path)), {"Locked!A2": "P1", "Locked!B2": on(3), "Locked!C2": "E", "Locked!D2": "HAL"}
    )
    with pytest.raises(InputError) as caught:
        prepare(scheduler.load(edited(path, {("P1", 3): ""})), FIRST)
    (problem,) = caught.value.problems
    assert problem.place == scheduler.load(path).cells.roster("P1", 3)
    assert "Locked!C2" in str(problem)


def test_inside_notice_a_day_changes_for_a_minimum_and_not_for_a_target(tmp_path: Path) -> None:
    """The target of two is missed all the week. With two days of notice nobody new works on the first two days."""
    rows = (demand(start="06:00", until="14:00", minimum=1, target=2), demand(start="14:00", until="22:00", minimum=1))
    path = told(roster_file(tmp_path, demand=rows, contracts=(contract(min_days_off=1, notice_days=2),)))
    found = repaired(path)
    days = {item.change.date for item in found.changes}
    assert days
    assert min(days) >= on(2)
    assert not any(item.late for item in found.changes)
    assert _levels(found)["changes_in_notice"] == (0, 0)


def test_a_draft_costs_less_than_what_was_published(tmp_path: Path) -> None:
    path = roster_file(tmp_path, contracts=(contract(min_days_off=1, notice_days=0),))
    asked = Asked("2026-03-02 05:00", ("P3:2026-03-03",))
    draft, published = (_levels(repaired(file, asked))[Level.CHANGES.code] for file in (path, told(path)))
    assert draft == (6, 6)
    assert published == (20, 20)


def test_what_was_repaired_is_written_and_read_back_as_proven(tmp_path: Path) -> None:
    found = repaired(told(roster_file(tmp_path)), Asked("2026-03-02 05:00", absent=("P3:2026-03-03",)))
    written, refusal = keep_repaired(tmp_path / "new.xlsx", found, Language.EN)
    assert refusal is None
    again = scheduler.load(written)
    assert again.roster == found.result.roster
    assert again.edits == ()
    assert again.instance == found.repair.instance
    seen = review(again)
    assert [(level.name, level.value, level.bound) for level in seen.levels] == [
        (level.name, level.value, level.bound) for level in found.result.record.levels
    ]
    assert seen.status is found.result.record.status


def test_a_second_repair_goes_by_what_was_published(tmp_path: Path) -> None:
    """Repaired and not published again: what people know is still the first version."""
    first = repaired(told(roster_file(tmp_path)), Asked("2026-03-02 05:00", absent=("P3:2026-03-03",)))
    keep_repaired(tmp_path / "new.xlsx", first, Language.EN)
    second = repaired(tmp_path / "new.xlsx")
    assert _told_of(second) == _told_of(first)
    write_published(tmp_path / "v2.xlsx", publish(scheduler.load(tmp_path / "new.xlsx"), None, NOW))
    assert repaired(tmp_path / "v2.xlsx").changes == ()


@pytest.mark.parametrize(
    ("asked", "place", "code"),
    [
        (Asked("2026-03-09 00:00"), "--from", "from_after_end"),
        (Asked("yesterday"), "--from", "not_a_date"),
        (Asked("2026-03-02", absent=("P9:2026-03-03",)), "--absent", "not_on_sheet"),
        (Asked("2026-03-02", absent=("P1",)), "--absent", "absent_form"),
        (Asked("2026-03-02", absent=("P1:2026-03-05..2026-03-03",)), "--absent", "absence_ends_first"),
        (Asked("2026-03-02", incidents=("2026-03-03 23:40 NORD",)), "--incident", "not_on_sheet"),
        (Asked("2026-03-02", incidents=("2026-04-03 HAL",)), "--incident", "date_outside_horizon"),
        (Asked("2026-03-02", incidents=("2026-03-03 HAL", "2026-03-03 00:00 HAL")), "--incident", "incident_again"),
        (Asked("2026-03-02", incidents=("HAL",)), "--incident", "incident_form"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, asked: Asked, place: str, code: str) -> None:
    reading = scheduler.load(roster_file(tmp_path))
    with pytest.raises(InputError) as caught:
        prepare(reading, asked)
    assert [(problem.place, problem.message.code) for problem in caught.value.problems] == [(place, code)]


def test_what_was_not_published_is_nothing_to_go_by(tmp_path: Path) -> None:
    path = told(roster_file(tmp_path))
    until = scheduler.load(path).cells.setting("published_until")
    for cell, value in (("Published!C2", "L"), (until, on(4))):
        reading = scheduler.load(typed(path, {cell: value}))
        with pytest.raises(InputError) as caught:
            prepare(reading, FIRST)
        assert [(p.place, p.message.code) for p in caught.value.problems] == [("Published", "published_changed")]


def test_an_edit_in_frozen_hours_is_a_decision_that_stays(tmp_path: Path) -> None:
    """Frozen are the coming days, not past: the edit becomes a lock, and counts as a change that comes late."""
    path = edited(told(roster_file(tmp_path)), {("P1", 3): ""})
    found = repaired(path, Asked("2026-03-03 05:00", freeze_hours=60))
    assert _told_of(found)["P1", 3] == ("E HAL", "", Cause.EDIT, True)
    keep_repaired(tmp_path / "new.xlsx", found, Language.EN)
    again = repaired(tmp_path / "new.xlsx", Asked("2026-03-03 05:00"))
    assert not [a for a in again.result.roster if (a.staff, a.day) == ("P1", 3)]


def test_nothing_is_left_where_the_freeze_reaches_the_end(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        prepare(scheduler.load(roster_file(tmp_path)), Asked("2026-03-06", freeze_hours=480))
    assert [(problem.place, problem.message.code) for problem in caught.value.problems] == [
        ("--freeze", "frozen_to_the_end")
    ]


def test_who_falls_ill_on_duty_is_away_from_its_end(tmp_path: Path) -> None:
    found = repaired(told(roster_file(tmp_path)), Asked("2026-03-02 09:00", absent=("P1:2026-03-02..2026-03-05",)))
    (away,) = found.repair.instance.absences
    assert away.start == 14 * 60
    assert found.broken == ()


@pytest.mark.parametrize(("begun", "balance"), [("2026-03-02", 8.0), ("2026-03-05", 20.0)])
def test_who_falls_ill_on_duty_has_worked_it_whatever_the_contract_owes_then(
    tmp_path: Path, begun: str, balance: float
) -> None:
    """Leave takes hours off what is due, so the duty that was begun is more than the most; it is a fact all the same."""
    counters = (Counter(staff="P1", hours_balance=balance),)
    path = told(roster_file(tmp_path, counters=counters))
    repair = prepare(scheduler.load(path), Asked(f"{begun} 09:00", absent=(f"P1:{begun}..2026-03-08",)))
    found = search(repair, QUICK)
    worked = {found.repair.instance.calendar.date(a.day).isoformat() for a in found.result.roster.line("P1")}
    assert max(worked) == begun
    assert found.repair.instance.counters == counters
    assert [finding.rule for finding in found.broken] == ["reference_hours"], "the planner hears of it"


def test_who_has_worked_was_not_away(tmp_path: Path) -> None:
    worked = "P1:2026-03-02 07:00..2026-03-02 12:00"
    with pytest.raises(InputError) as caught:
        prepare(scheduler.load(roster_file(tmp_path)), Asked("2026-03-03 05:00", absent=(worked,)))
    assert [problem.message.code for problem in caught.value.problems] == ["absent_worked"]


@pytest.mark.parametrize("when", ["2026-02-10 10:00", "2025-12-24"])
def test_an_incident_that_asks_for_nothing_any_more_is_said(tmp_path: Path, when: str) -> None:
    with pytest.raises(InputError) as caught:
        prepare(scheduler.load(roster_file(tmp_path)), Asked("2026-03-03 05:00", incidents=(f"{when} HAL",)))
    assert [(problem.place, problem.message.code) for problem in caught.value.problems] == [
        ("--incident", "incident_over")
    ]


def test_a_rule_that_the_past_broke_is_named_unless_somebody_decided_so(tmp_path: Path) -> None:
    path = edited(told(roster_file(tmp_path)), {("P1", 0): "N HAL", ("P1", 1): "E HAL"})
    later = Asked("2026-03-05 05:00")
    found = repaired(path, later)
    assert {finding.rule for finding in found.broken} == {"daily_rest", "hours_24h"}
    decided = {
        f"Overrides!{column}{row}": value
        for row, rule in ((2, "daily_rest"), (3, "hours_24h"))
        for column, value in zip("ABCDEFG", (rule, "P1", on(1), None, "chief", on(0), "needed"), strict=True)
    }
    allowed = repaired(typed(path, decided), later)
    assert allowed.broken == ()
    keep_repaired(tmp_path / "new.xlsx", allowed, Language.EN)
    assert review(scheduler.load(tmp_path / "new.xlsx")).violations == 0


@pytest.mark.parametrize("sheet", ["Locked", "Absences", "History", "Published", "Holidays"])
def test_a_sheet_that_is_gone_is_named(tmp_path: Path, sheet: str) -> None:
    """Its rows would be lost without a word."""
    with pytest.raises(InputError) as caught:
        scheduler.load(without(told(roster_file(tmp_path)), sheet))
    assert [problem.message.code for problem in caught.value.problems] == ["sheet_removed"]


def test_without_a_record_nobody_knows_what_was_edited_and_it_is_said(tmp_path: Path) -> None:
    path = without(roster_file(tmp_path), "_meta")
    assert [note.message.code for note in prepare(scheduler.load(path), FIRST).notes] == ["edits_unknown"]


def test_hours_after_the_moment_can_be_frozen(tmp_path: Path) -> None:
    path = told(roster_file(tmp_path))
    found = repaired(path, Asked("2026-03-02 05:00", incidents=("2026-03-02 06:00 MIDI",), freeze_hours=48))
    assert found.changes
    assert min(item.change.date for item in found.changes) >= on(2)
    assert not [finding for finding in audit(found.repair.instance, found.result.roster) if finding.hard]


def test_the_partner_of_somebody_who_did_not_come_is_no_reason_to_refuse_a_repair(tmp_path: Path) -> None:
    """P2 did not come on Monday morning and the cell was cleared: P1 stands alone in a patrol of two, as a matter of fact."""
    instance = world(
        4, contracts=(contract(min_days_off=1, min_together=2),), demand=(demand(start="06:00", until="14:00"),)
    )
    roster = Roster.of(Assignment(f"P{i + 2 * (day % 2)}", day, "E", "HAL") for day in range(4) for i in (1, 2))
    scheduler.save(tmp_path / "roster.xlsx", instance, proven(instance, roster))
    path = edited(told(tmp_path / "roster.xlsx"), {("P2", 0): ""})
    found = repaired(path, Asked("2026-03-02 10:00", absent=("P2:2026-03-03..2026-03-05",)))
    assert Assignment("P1", 0, "E", "HAL") in found.result.roster


def test_a_rest_that_was_too_short_this_morning_is_no_reason_to_refuse_a_repair(tmp_path: Path) -> None:
    """P1 was called in late on Monday and early on Tuesday. From midnight on that is the past; at ten it is a lock against it."""
    path = edited(told(roster_file(tmp_path)), {("P1", 0): "L HAL", ("P1", 1): "E HAL", ("P3", 1): ""})
    assert repaired(path, Asked("2026-03-04 00:00")).broken
    assert repaired(path, Asked("2026-03-03 10:00")).broken
