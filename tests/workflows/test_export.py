"""The roster for other programs: exact columns, real offsets, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from scheduler.messages.languages import Language
from scheduler.messages.message import Message
from scheduler.problem.facts import Category, Organisation, OrganisationKind, Role
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding
from scheduler.workflows.export import COLUMNS, belgian_csv_text, csv_text, duties, inert, whole
from tests.builders import SPRING, lines, lock, make, person
from tests.workbook import result_world


def rows(instance: Instance, roster: Roster) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_text(instance, roster))))


def test_the_columns_are_those_that_programs_rely_on() -> None:
    text = csv_text(make(), lines(P1="E"))
    assert text.splitlines() == [
        "staff,organisation,category,roles,date,shift,start,end,hotspot,locked",
        "P1,5341,police,,2026-03-02,E,2026-03-02T06:00+01:00,2026-03-02T14:00+01:00,HAL,false",
    ]
    assert csv_text(make(), Roster()).splitlines() == [",".join(COLUMNS)]


def test_a_night_of_a_clock_change_has_both_offsets() -> None:
    (row,) = rows(make(2, start=SPRING), lines(P1="N"))
    assert (row["start"], row["end"]) == ("2026-03-28T22:00+01:00", "2026-03-29T06:00+02:00")


def test_a_belgian_spreadsheet_opens_it_by_double_click() -> None:
    """A byte-order mark, semicolons and local times, as Excel reads them with Belgian settings; words of the language."""
    member = person("P1", roles=("LEAD", "DOG"))
    roles = tuple(Role(code=code, category=Category.POLICE) for code in member.roles)
    instance = make(2, start=SPRING, people=[member], roles=roles, locks=(lock("P1", 0, "N", start=SPRING),))
    text = belgian_csv_text(instance, lines(P1="N"), Language.FR)
    assert text.startswith("\ufeffmatricule;organisation;")
    assert text.endswith("\r\n")
    header, row = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    assert len(header) == len(set(header)) == len(COLUMNS)
    assert row == [
        *("P1", "5341", "police", "LEAD, DOG", "28/03/2026", "N"),
        *("28/03/2026 22:00", "29/03/2026 06:00", "HAL", "oui"),
    ]


def test_locked_duties_are_told_from_others() -> None:
    found = rows(make(people=2, locks=(lock("P1", 1, "E"),)), lines(P1="EE", P2=".E"))
    assert [(row["staff"], row["date"], row["locked"]) for row in found] == [
        ("P1", "2026-03-02", "false"),
        ("P1", "2026-03-03", "true"),
        ("P2", "2026-03-03", "false"),
    ]


def test_several_roles_stay_one_cell() -> None:
    instance = result_world.world(size=3, days=1)
    member = instance.staff[2].replace(roles=("LEAD", "LEAD"))
    changed = instance.replace(staff=(*instance.staff[:2], member, *instance.staff[3:]))
    (row,) = rows(changed, lines(**{"P-003": "E"}))
    assert row["roles"] == "LEAD;LEAD"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_text_that_looks_like_a_formula_is_made_inert(sign: str) -> None:
    hostile = f"{sign}cmd|' /C calc'!A0"
    instance = _of(hostile)
    (row,) = rows(instance, lines(P1="E"))
    assert row["organisation"] == f"'{hostile}"
    assert row["staff"] == "P1"
    assert f";'{hostile};" in belgian_csv_text(instance, lines(P1="E"), Language.EN).replace('"', "")
    assert duties(instance, lines(P1="E"))["organisation"].tolist() == [hostile]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("before", ["", " ", "\t", '"', "' ", "\u00a0", "\u200b", "\ufeff"])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula_wherever_the_text_is_split(sign: str, before: str, separator: str) -> None:
    formula = f"{before}{sign}1+2"
    table = io.StringIO()
    texts = (formula.strip(), *(f"LEAD{between}{formula}" for between in (";", ",", "\t", "\r", ",;", '";')))
    csv.writer(table).writerow(map(inert, texts))
    read = csv.reader(io.StringIO(table.getvalue().replace("\r", "\n")), delimiter=separator)
    found = [line for row in read for cell in row for line in cell.splitlines()]
    assert any(sign in line for line in found)
    for line in found:
        assert not line.lstrip('" \t\u00a0\u200b\ufeff').startswith(tuple("=+-@＝＋－＠"))


@pytest.mark.parametrize("separator", [",", ";"])
def test_no_role_in_a_list_of_roles_is_a_formula(separator: str) -> None:
    text = csv_text(_of("5341", roles=("LEAD", "=1+2", "@x")), lines(P1="EE"))
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]
    assert any("=1+2" in cell for cell in cells)
    assert not any(part.startswith(("=", "@")) for cell in cells for part in cell.split(";"))


def test_codes_with_signs_and_separators_inside_stay_as_they_are() -> None:
    roles = ("A-1", "B+C", "x@y", "1=2", "déjà", "l'a")
    (row,) = rows(_of("5341", roles=roles), lines(P1="E"))
    assert row["roles"] == ";".join(roles)


def _of(organisation: str, roles: tuple[str, ...] = ()) -> Instance:
    """One person of an organisation, with roles."""
    known = make().organisations
    zone = Organisation(code=organisation, kind=OrganisationKind.POLICE_ZONE)
    return make(
        people=[person(organisation=organisation, hotspots=("HAL",), roles=roles)],
        organisations=known if organisation in {each.code for each in known} else (*known, zone),
        roles=tuple(Role(code=role, category=Category.POLICE) for role in roles),
    )


def test_the_table_has_true_bools() -> None:
    table = duties(make(locks=(lock("P1", 0, "E"),)), lines(P1="EE"))
    assert list(table.columns) == list(COLUMNS)
    assert table["locked"].dtype == bool
    assert table["locked"].tolist() == [True, False]


def test_json_holds_the_whole_result() -> None:
    instance = result_world.world(size=6, days=7)
    made = result_world.result(instance)
    finding = Finding(
        "daily_rest", Message("too_short", "is {count} h", count=8), ("P-001",), (1,), amount=60, unit="minutes"
    )
    content = whole(instance, made.roster, record=made.record, findings=[finding], shortages=made.shortages)
    read: dict[str, Any] = json.loads(json.dumps(content))
    assert read == content
    assert len(read["roster"]) == len(made.roster) > 0
    assert set(read["roster"][0]) == set(COLUMNS)
    assert read["record"]["seed"] == made.record.seed
    assert read["instance_sha256"] == instance.sha256
    assert read["findings"][0] == {
        "rule": "daily_rest", "hard": True, "level": None, "code": "too_short", "message": "is 8 h",
        "staff": ["P-001"], "dates": ["2026-03-03"], "hotspot": None, "amount": 60, "unit": "minutes", "cost": None,
    }  # fmt: skip
    first, given = read["shortages"][0], made.shortages[0]
    assert first["start"] == instance.calendar.iso(given.start)
    assert first["person_minutes"] == given.person_minutes > 0


def test_a_roster_without_a_record() -> None:
    assert whole(make(), lines(P1="E"))["record"] is None
