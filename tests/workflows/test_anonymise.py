"""An anonymised workbook names nobody, and is worth as much as the one it was made of."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import get_args

import pytest

from scheduler.analysis.coverage import shortages
from scheduler.problem.facts import Days
from scheduler.problem.incidents import Incident
from scheduler.problem.instance import Instance
from scheduler.problem.override import Override
from scheduler.problem.publication import Publication, PublishedDuty, digest
from scheduler.problem.tables import Tables
from scheduler.rules import declare
from scheduler.rules.audit import audit
from scheduler.vocabulary.constraints import CoPresence
from scheduler.vocabulary.evaluate import evaluate
from scheduler.workbook.read import read
from scheduler.workbook.save import save_facts
from scheduler.workbook.sheets import META, SHEETS, sheet_of_table
from scheduler.workflows.anonymise import anonymise, mapping_text
from tests.builders import AUTUMN, MONDAY, SPRING, leave
from tests.workbook import input_world, result_world


def world(**facts: object) -> Instance:
    return result_world.world(size=12, days=21, **facts)


def worth(instance: Instance, roster: object) -> dict[str, int]:
    return {level.code: value for level, value in evaluate(declare(instance), roster).levels.items()}  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("start", [MONDAY, SPRING, AUTUMN])
def test_the_roster_is_worth_the_same_and_breaks_the_same_rules(start: object, seed: int) -> None:
    instance = world(start=start)
    roster = result_world.rota(instance)
    found = anonymise(instance, roster, seed=seed)
    assert found.roster is not None
    assert worth(found.instance, found.roster) == worth(instance, roster)
    assert shortages(instance, roster)
    assert [item.person_minutes for item in shortages(found.instance, found.roster)] == [
        item.person_minutes for item in shortages(instance, roster)
    ]
    broken, before = audit(found.instance, found.roster), audit(instance, roster)
    assert sorted((item.rule, item.days, item.cost, tuple(sorted(item.staff))) for item in broken) == sorted(
        (item.rule, item.days, item.cost, tuple(sorted(found.people[staff] for staff in item.staff))) for item in before
    )


def test_no_old_word_is_left_in_the_file(tmp_path: Path) -> None:
    rows = input_world.world()
    rows["Staff"] = [{**row, "name": f"Secret {at}", "locker": f"Secret K{at}"} for at, row in enumerate(rows["Staff"])]
    rows["Roles"].append({"code": "SECRETDOG", "name": "Secret", "category": "police"})
    rows["Contracts"][0]["name"] = "Secret of one man"
    rows["Settings"][0]["value"] = "Secret title"
    reading = input_world.reading(tmp_path, rows)
    found = anonymise(reading.instance, reading.roster, seed=1)
    save_facts(tmp_path / "out.xlsx", found.instance, found.roster)
    with zipfile.ZipFile(tmp_path / "out.xlsx") as package:
        content = "".join(package.read(name).decode() for name in package.namelist())
    for word in ("Secret", "SECRETDOG", "P-1<", "P-2<", "G-1<", "locker", "Made up", "2026-03-0", META):
        assert word not in content, word
    assert "Porte de Hal" in content
    assert [role.code for role in found.instance.roles] == ["R1"]


def test_what_is_written_is_read_back_with_its_roster(tmp_path: Path) -> None:
    instance = world()
    found = anonymise(instance, result_world.rota(instance), seed=5)
    save_facts(tmp_path / "out.xlsx", found.instance, found.roster)
    again = read(tmp_path / "out.xlsx")
    assert (again.instance, again.roster, again.memory) == (found.instance, found.roster, None)


def test_what_is_published_decided_and_happened_comes_along(tmp_path: Path) -> None:
    on = MONDAY + dt.timedelta(days=1)
    row = PublishedDuty(staff="P-001", date=on, shift="E", hotspot="HAL", version=1)
    stamp = Publication(version=1, at=dt.datetime(2026, 2, 20, 12), until=on, digest=digest([row], on))
    decided = Override(
        rule="daily_rest", staff="P-002", date=on, decided_by="Secret chief", decided_on=MONDAY, reason="Secret"
    )
    happened = Incident(at=60, hotspot="HAL", kind="Secret shooting")
    instance = world(published=(row,), publication=stamp, overrides=(decided,), incidents=(happened,))
    roster = result_world.rota(instance)
    found = anonymise(instance, roster, seed=2)
    assert worth(found.instance, found.roster) == worth(instance, roster)
    save_facts(tmp_path / "out.xlsx", found.instance, found.roster)
    again = read(tmp_path / "out.xlsx")
    assert again.instance == found.instance
    assert not [note for note in again.notes if note.message.code == "published_changed"]
    (told,), (accepted,), (incident,) = again.instance.published, again.instance.overrides, again.instance.incidents
    assert (told.staff, told.date - found.instance.calendar.start) == (found.people["P-001"], on - MONDAY)
    assert (accepted.staff, accepted.rule) == (found.people["P-002"], "daily_rest")
    assert "Secret" not in accepted.decided_by + accepted.reason + incident.kind


def test_ids_are_by_category_and_organisation_in_random_order() -> None:
    instance = world()
    orders = [tuple(anonymise(instance, None, seed=seed).people[f"P-{n:03d}"] for n in range(1, 13)) for seed in (1, 2)]
    assert orders[0] != orders[1]
    assert set(orders[0]) == set(orders[1]) == {f"P-{n:03d}" for n in range(1, 13)}
    found = anonymise(instance, None, seed=1)
    assert {found.people[f"G-{n:02d}"] for n in range(1, 7)} == {f"N-{n:03d}" for n in range(1, 7)}
    assert [member.id for member in found.instance.staff] == sorted(found.people.values())
    assert anonymise(instance, None, seed=1) == found


def test_without_a_seed_nobody_can_repeat_it() -> None:
    assert len({tuple(anonymise(world(), None).people) for _ in range(3)}) == 3


def test_every_table_is_about_the_same_people_as_before() -> None:
    instance = world()
    found = anonymise(instance, None, seed=1)
    for table, columns in (
        ("absences", ("staff",)),
        ("requests", ("staff",)),
        ("locks", ("staff",)),
        ("history", ("staff",)),
        ("counters", ("staff",)),
    ):
        before = sorted(found.people[getattr(fact, name)] for fact in getattr(instance, table) for name in columns)
        assert before
        assert [getattr(fact, name) for fact in getattr(found.instance, table) for name in columns] == before


def test_dates_move_together() -> None:
    instance = world(absences=(leave("P-002", -300, 300),))
    spot, row = (
        instance.hotspots[0].replace(opens=MONDAY),
        instance.demand[0].replace(days=Days.parse("2026-03-04, Mon")),
    )
    instance = instance.replace(hotspots=(spot, *instance.hotspots[1:]), demand=(row, *instance.demand[1:]))
    found = anonymise(instance, None, seed=1)
    new, move = found.instance, found.instance.calendar.start - MONDAY
    assert found.weeks * 7 == move.days != 0
    assert new.hotspots[0].opens == new.calendar.start
    assert new.demand[0].days.text() == f"Mon, {instance.calendar.date(2) + move}"
    assert [on - move for on in new.calendar.holidays] == list(instance.calendar.holidays)
    assert set(new.calendar.holidays.values()) == {""}
    (away,) = new.absences
    assert new.calendar.local(away.start).replace(tzinfo=None) - move == instance.calendar.local(
        instance.absences[0].start
    ).replace(tzinfo=None)
    assert new.calendar.local(away.end).hour == 0, "a leave over a clock change still ends at midnight"


def test_a_rare_role_is_dropped_unless_a_demand_asks_for_it() -> None:
    instance = result_world.world(size=6, days=7)
    assert len(instance.people("LEAD")) == 2
    found = anonymise(instance, None, seed=1)
    assert (found.dropped_roles, found.kept_roles, found.instance.roles) == (("LEAD",), (), ())
    asked = instance.replace(demand=(*instance.demand, result_world.asked("LEAD", "HAL", "06:00", "22:00", minimum=1)))
    found = anonymise(asked, None, seed=1)
    assert (found.dropped_roles, found.kept_roles) == ((), ("R1",))
    assert found.instance.people("R1") == {found.people["P-003"], found.people["P-006"]}
    assert found.instance.demand[-1].role == "R1"


def test_a_rare_role_that_a_rule_asks_for_is_kept_and_renamed_there_too(tmp_path: Path) -> None:
    plain = result_world.world(size=6, days=7)
    instance = plain.replace(parameters={"role_holders.role": "LEAD", "role_holders.heads": 3.0})
    found = anonymise(instance, None, seed=1)
    assert (found.dropped_roles, found.kept_roles) == ((), ("R1",))
    assert found.instance.parameters == {"role_holders.role": "R1", "role_holders.heads": 3.0}
    save_facts(tmp_path / "out.xlsx", found.instance, None)
    assert read(tmp_path / "out.xlsx").instance.parameters == found.instance.parameters
    declared = [item.per for item in declare(found.instance).all(CoPresence) if item.rule == "role_holders"]
    assert declared == [3]


def test_the_mapping_says_who_is_who() -> None:
    instance = world()
    found = anonymise(instance, None, seed=1)
    rows = list(csv.DictReader(io.StringIO(mapping_text(instance, found))))
    assert {row["before"]: row["after"] for row in rows if row["kind"] == "staff"} == dict(found.people)
    assert rows[-1] == {"kind": "start_date", "before": "2026-03-02", "after": str(found.instance.calendar.start)}


@pytest.mark.parametrize("table", [sheet.table for sheet in SHEETS if sheet.table in Tables.model_fields])
def test_every_field_of_a_fact_is_a_column_so_that_none_is_passed_over(table: str) -> None:
    """:func:`anonymise` decides by columns: a field that no sheet shows would be copied as it is."""
    (kind, _) = get_args(Tables.model_fields[table].annotation)
    assert set(kind.model_fields) == {column.target for column in sheet_of_table(table).columns}
