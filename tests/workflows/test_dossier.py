"""What a committee is shown of a roster: figures beyond the default, decisions, and what was not used."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import scheduler
from scheduler.analysis.difference import ChangeKind
from scheduler.errors import InputError
from scheduler.messages.message import Name
from scheduler.problem.facts import OFF, Lock, Staff
from scheduler.problem.override import Override
from scheduler.problem.records import Call
from scheduler.result import Status
from scheduler.workbook.save import save_facts
from scheduler.workflows.dossier import Dossier, Use, dossier
from scheduler.workflows.run_log import NAME
from tests.builders import MONDAY, contract
from tests.workflows.living import NOW, edited, on, opened, regular, roster_file, told, typed, world

D = dt.date
LIMITS = contract(
    min_days_off=1,
    max_weekends_year=34,
    min_rest_hours=10.0,
    max_hours_week=44.0,
    min_together=2,
    decision_date=D(2026, 1, 15),
)


def shown(path: Path) -> Dossier:
    return dossier(scheduler.load(path), NOW)


def with_settings(path: Path, rows: dict[str, tuple[object, object]], to: str = "settings.xlsx") -> Path:
    """A copy with rows of settings, each with a value and the date of a decision."""
    book = opened(path)
    page = book["Settings"]
    heads = [cell.value for cell in page[1]]
    columns = [heads.index(name) + 1 for name in ("key", "value", "decision_date")]
    for number, (key, (value, decided)) in enumerate(rows.items(), start=page.max_row + 1):
        for column, content in zip(columns, (key, value, decided), strict=True):
            page.cell(number, column, content)
    book.save(path.with_name(to))
    return path.with_name(to)


def test_a_roster_as_it_was_solved(tmp_path: Path) -> None:
    found = shown(roster_file(tmp_path))
    assert (found.file, found.made, found.review.status) == ("roster.xlsx", NOW, Status.OPTIMAL)
    assert (found.edited, found.decisions.edits, found.decisions.publication) == (0, {}, None)
    assert found.log.chain is None
    quality = next(level.value for level in found.review.levels if level.name == "quality")
    assert quality > 0
    assert sum(rule.cost for rule in found.rules) == quality, "what is paid comes to the value of the level"


def test_figures_beyond_the_default_have_their_cell_and_the_date_of_the_decision(tmp_path: Path) -> None:
    path = with_settings(
        roster_file(tmp_path, contracts=(LIMITS,)),
        {
            "reference_hours.most_over_hours": (12, D(2026, 2, 1)),
            "lending.percent": (20, None),
            "fairness.night_cost": (1, None),
        },
    )
    found = shown(path)
    items = {item.name.name: item for item in found.exceeding}
    assert set(items) == {
        "max_weekends_year", "min_rest_hours", "min_days_off", "reference_hours.most_over_hours", "lending.percent",
    }  # fmt: skip
    weekends, hours = items["max_weekends_year"], items["reference_hours.most_over_hours"]
    assert weekends.place.startswith("Contracts!")
    assert weekends.name == Name("column", "max_weekends_year", "Contracts")
    assert (weekends.figure.figure, weekends.figure.default, weekends.decided, weekends.late) == (
        34,
        28,
        D(2026, 1, 15),
        False,
    )
    assert (hours.place[:9], hours.figure.figure, hours.decided) == ("Settings!", 12, D(2026, 2, 1))
    assert items["lending.percent"].decided is None
    assert found.undated == 1


@pytest.mark.parametrize(("decided", "late"), [(MONDAY, False), (MONDAY + dt.timedelta(days=1), True)])
def test_a_decision_after_the_first_day_is_late(decided: dt.date, late: bool, tmp_path: Path) -> None:
    limits = contract(min_days_off=2, max_weekends_year=29, decision_date=decided)
    path = tmp_path / "facts.xlsx"
    instance = world(contracts=(limits,))
    save_facts(path, instance, regular(instance))
    items = {item.name.name: item for item in shown(path).exceeding}
    assert items["max_weekends_year"].late is late


def test_a_date_of_a_decision_changes_neither_facts_nor_proof(tmp_path: Path) -> None:
    path = roster_file(tmp_path, contracts=(contract(min_days_off=1, max_weekends_year=34),))
    dated = with_settings(path, {"reference_hours.cost_per_hour": (60, D(2026, 1, 8))})
    before, after = scheduler.load(path), scheduler.load(dated)
    cell = before.cells.of("contracts", 0, "decision_date")
    decided = scheduler.load(typed(path, {cell: D(2026, 1, 15)}))
    assert decided.instance.contracts[0].decision_date == D(2026, 1, 15)
    assert decided.instance.sha256 == before.instance.sha256
    assert after.decisions == {"reference_hours.cost_per_hour": D(2026, 1, 8)}
    assert shown(decided.path).review.status is Status.OPTIMAL
    with pytest.raises(InputError, match=cell):
        scheduler.load(typed(path, {cell: "soon"}))


def test_a_date_beside_a_setting_is_kept_and_a_bad_one_named(tmp_path: Path) -> None:
    path = with_settings(roster_file(tmp_path), {"reference_hours.most_over_hours": (12, D(2026, 1, 8))})
    reading = scheduler.load(path)
    found = dossier(reading, NOW).review
    scheduler.save(tmp_path / "again.xlsx", reading.instance, _result(path), reading)
    assert scheduler.load(tmp_path / "again.xlsx").decisions == reading.decisions
    assert found.record is not None
    bad = with_settings(path, {"fairness.night_cost": (60, "after Easter")}, "bad.xlsx")
    with pytest.raises(InputError, match="after Easter"):
        scheduler.load(bad)


def _result(path: Path) -> scheduler.Result:
    from tests.workflows.test_review import proven

    reading = scheduler.load(path)
    assert reading.roster is not None
    return proven(reading.instance, reading.roster)


def test_what_people_decided_is_counted(tmp_path: Path) -> None:
    decision = {"decided_by": "Chief", "decided_on": D(2026, 3, 1), "reason": "Shooting"}
    overrides = (Override(rule="daily_rest", staff="P1", date=on(2), **decision),)  # type: ignore[arg-type]
    locks = (Lock(staff="P1", date=on(0), shift="E"), Lock(staff="P3", date=on(0), shift=OFF))
    path = told(roster_file(tmp_path, overrides=overrides, locks=locks))
    found = shown(edited(path, {("P1", 3): "", ("P5", 0): "L MIDI"})).decisions
    assert (found.duties_locked, found.days_kept_free) == (1, 1)
    assert [(item.override.rule, item.used) for item in found.overrides] == [("daily_rest", False)]
    assert found.edits == {ChangeKind.REMOVED: 1, ChangeKind.ADDED: 1}
    assert [(item.number, item.announced, item.cancelled) for item in found.versions] == [(1, 14, 0)]
    assert found.publication is not None
    assert found.repaired is None


def test_an_override_that_accepts_something_is_used(tmp_path: Path) -> None:
    cells = {("P1", 3): "", ("P1", 1): "N HAL", ("P1", 2): "E HAL"}
    broken = shown(edited(roster_file(tmp_path), cells))
    (rest,) = (item for item in broken.review.findings if item.rule == "daily_rest")
    assert next(rule.broken for rule in broken.rules if rule.rule.code == "daily_rest") == 1
    decision = {"decided_by": "Chief", "decided_on": D(2026, 3, 1), "reason": "Shooting"}
    override = Override(rule="daily_rest", staff="P1", date=on(rest.days[0]), **decision)  # type: ignore[arg-type]
    accepted = shown(edited(roster_file(tmp_path, overrides=(override,)), cells))
    assert [item.used for item in accepted.decisions.overrides] == [True]
    assert next(rule.broken for rule in accepted.rules if rule.rule.code == "daily_rest") == 0


def test_sheets_that_decide_nothing_of_a_roster_say_so(tmp_path: Path) -> None:
    found = shown(told(roster_file(tmp_path)))
    uses = {item.sheet: item.use for item in found.inputs}
    assert {sheet for sheet, use in uses.items() if use is not Use.ROSTER} == {
        "Published",
        "Overrides",
        "Calls",
        "Strategies",
    }
    assert next(item.rows for item in found.inputs if item.sheet == "Staff") == 6
    assert next(item.rows for item in found.inputs if item.sheet == "Published") == 14


def test_what_is_recorded_of_people_is_no_field_of_what_is_solved() -> None:
    """The claim of the document, held against the facts: no field of a fact is about acceptance, refusal or a reason."""
    assert "answer" in Call.model_fields
    assert "calls" not in scheduler.Instance.model_fields
    assert set(Staff.model_fields) == {
        "id", "name", "organisation", "roles", "contract", "fte", "home_hotspot", "hotspots", "first", "last",
        "max_weekends_year", "min_hours_horizon", "max_hours_horizon", "shift_limits", "hours_by_weekday",
    }, "a new field of a person belongs in the dossier's list, or among what is never used"  # fmt: skip


def test_sheets_and_columns_that_are_passed_over_are_listed(tmp_path: Path) -> None:
    path = roster_file(tmp_path)
    book = opened(path)
    book.create_sheet("Appraisals")["A1"] = "P1: late again"
    book.save(tmp_path / "more.xlsx")
    found = shown(tmp_path / "more.xlsx")
    assert [(note.place, note.message.code) for note in found.ignored] == [("Appraisals", "not_a_sheet")]


def test_a_workbook_without_a_roster_is_refused_and_solve_is_named(tmp_path: Path) -> None:
    save_facts(tmp_path / "facts.xlsx", world(), None)
    with pytest.raises(InputError, match="vigie solve"):
        shown(tmp_path / "facts.xlsx")


def test_a_roster_without_a_record_tells_no_edits(tmp_path: Path) -> None:
    instance = world()
    save_facts(tmp_path / "typed.xlsx", instance, regular(instance))
    found = shown(tmp_path / "typed.xlsx")
    assert found.decisions.edits is None
    assert (found.edited, found.review.record) == (0, None)
    assert not (tmp_path / NAME).exists(), "looking writes nothing"
