"""What is saved is what was solved: facts made or changed in code, and a planner's own rows where they still hold."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import scheduler
from instances.generate import COMMITTED
from scheduler.errors import InputError, OutputError
from scheduler.problem.facts import (
    Absence,
    Category,
    Contract,
    Days,
    Demand,
    Fact,
    Hotspot,
    Pooling,
    Request,
    Role,
    Shift,
    Staff,
)
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.problem.timeline import Calendar
from scheduler.rules.audit import audit
from scheduler.workbook.read import Reading, read
from scheduler.workbook.rows import input_rows
from scheduler.workbook.template import save_tables
from tests import builders as b
from tests.workbook import input_world, result_world
from tests.workbook.test_write import opened

pytestmark = pytest.mark.slow

INSTANCES = Path(__file__).parents[2] / "instances"
MIDNIGHT = 24 * 60


def saved(folder: Path, instance: Instance, reading: Reading | None = None, roster: Roster | None = None) -> Reading:
    """The workbook that is written for an instance, read again."""
    path = folder / "saved.xlsx"
    scheduler.save(path, instance, result_world.result(instance, Roster() if roster is None else roster), reading)
    return read(path)


# -- without a workbook ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(COMMITTED))
def test_every_example_is_said_by_its_facts_alone(name: str, tmp_path: Path) -> None:
    instance = read(INSTANCES / f"{name}.xlsx").instance
    save_tables(input_rows(instance), tmp_path / "again.xlsx")
    assert read(tmp_path / "again.xlsx").instance == instance


def test_an_instance_that_came_from_no_file(tmp_path: Path) -> None:
    instance = result_world.world(size=8, days=14)
    made = result_world.result(instance)
    assert made.findings
    scheduler.save(tmp_path / "new.xlsx", instance, made)
    again = read(tmp_path / "new.xlsx")
    assert again.instance == instance
    assert again.instance.sha256 == made.record.instance_sha256
    assert again.roster == made.roster
    assert again.notes == ()
    assert audit(again.instance, again.roster) == made.findings


FACTS: list[dict[str, Any]] = [
    {"title": "2026", "language": "nl", "strategy": Pooling.SINGLE, "reference_start": b.MONDAY - dt.timedelta(days=9)},
    {"history_from": b.MONDAY - dt.timedelta(days=28)},
    {"parameters": {"fairness.night_cost": 200.0, "reference_hours.most_over_hours": 4.0}},
    *({
        "roles": (Role(code=code, category=Category.POLICE),), "language": "nl", "parameters": {"role_holders.role": code}
    } for code in ("LEAD", "single", "no", "12")),
    {"holidays": {}},
    {"holidays": {b.MONDAY: "", b.MONDAY + dt.timedelta(days=400): "far away"}},
    {"shifts": (*b.SHIFTS, Shift(code="D", start=0, end=MIDNIGHT), Shift(code="R", start=420, end=420 + MIDNIGHT))},
    {"shifts": (*b.SHIFTS, b.shift("A", "16:00", "24:00", unpaid_break_min=30, categories=frozenset({Category.POLICE})))},
    {"shifts": (b.shift("E", "06:00", "14:00", hotspots=("HAL",), not_followed_by=("E", "N")), *b.SHIFTS[1:])},
    {"shifts": (b.SHIFTS[0].replace(days=Days.parse("Sat-Sun, holiday, 2026-03-04..2026-03-06")), *b.SHIFTS[1:])},
    {"contracts": (b.free_contract(shift_limits=(("N", 3), ("E", 0)), max_hours_horizon=99.5, night_to=MIDNIGHT),)},
    {"contracts": (b.contract(), Contract(code="GDP", category=Category.NON_POLICE, needs_police=0))},
    {"contracts": (b.contract(), Contract(code="007", category=Category.NON_POLICE, weekly_hours=7.6))},
    {"people": (b.person(fte=0.333, first=b.MONDAY, last=b.MONDAY, shift_limits=(("N", 0),), max_weekends_year=0),)},
    {"contracts": (b.contract(hours_by_weekday=(4.0, 8.0, 20 / 3, 0.0, 0.0, 0.0, 1.3)),)},
    {"contracts": (b.contract(hours_by_weekday=(7.6, 7.6, 7.6, 7.6, 7.6, 0.0, 0.0)),)},
    {"people": (b.person(fte=0.5, hours_by_weekday=(0.0, 0.0, 7.6, 7.6, 3.8, 0.0, 0.0)),)},
    {"holidays": {dt.date(2026, 3, 4): "Made up"}},
    {"absences": (b.leave("P1", 0, 1, clock=("00:00", "23:59")),)},
    {"people": (b.person(name="=1+1", hotspots=("HAL",), home_hotspot="HAL", min_hours_horizon=1.5),)},
    {"roles": (Role(code="LEAD", category=Category.POLICE),), "people": (b.person(roles=("LEAD",)),)},
    {"hotspots": (b.hotspot(lat=50.8, lon=-4.3, neighbours=("HAL",), opens=b.MONDAY, closes=b.MONDAY, priority=9),)},
    {"demand": (b.demand(days="Mon-Fri, holiday, 2026-03-14, 2026-03-01..2026-03-02", minimum=1, target=2, maximum=3),)},
    {"demand": (b.demand(start="22:00", until="22:00", minimum=1), b.demand("non_police", until="06:00"))},
    {"absences": (b.leave("P1", 3, 36_525),)},
    {"absences": (b.leave("P1", 0), b.leave("P1", 2, 4), b.elsewhere("P1", 5, clock=("09:30", "17:00")))},
    {"absences": (b.leave("P1", 1, 2, clock=("14:00", "24:00")), b.elsewhere("P1", -40, 500, clock=("00:00", "09:30")))},
    {"absences": (b.leave("P1", 0, start=b.SPRING), b.leave("P1", 1, 1, clock=("02:30", "03:30"), start=b.SPRING))},
    {"requests": (Request(staff="P1", first=b.MONDAY, last=b.MONDAY, shift="N", kind="want", weight=10),)},
    {"locks": (b.lock("P1", 0, "OFF"), b.lock("P1", 1, "E"), b.lock("P1", 2, "E", "HAL")), "history": b.past("P1", "E.N")},
]  # fmt: skip


@pytest.mark.parametrize("facts", FACTS)
def test_every_sort_of_fact_comes_back(facts: dict[str, Any], tmp_path: Path) -> None:
    instance = b.make(28, **facts)
    save_tables(input_rows(instance), tmp_path / "again.xlsx")
    assert read(tmp_path / "again.xlsx").instance == instance


clock = st.integers(0, MIDNIGHT - 1)
codes = st.text("ABCxyzéà019-_ ", min_size=1, max_size=8).filter(
    lambda text: text == " ".join(text.split()) and text != "OFF"
)


@st.composite
def demands(draw: st.DrawFn) -> Demand:
    start, length = draw(clock), draw(st.integers(1, MIDNIGHT))
    least, more, most = (draw(st.integers(0, 5)) for _ in range(3))
    days = Days(
        weekdays=draw(st.frozensets(st.integers(0, 6), min_size=1)),
        holidays=draw(st.booleans()),
        dates=draw(st.frozensets(st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)), max_size=3)),
    )
    return Demand(
        hotspot="HAL", role="police", days=days, start=start, until=start + length, minimum=least, target=least + more,
        maximum=draw(st.sampled_from([None, least + more + most])),
    )  # fmt: skip


@st.composite
def absences(draw: st.DrawFn) -> Absence:
    start = draw(st.one_of(st.integers(-90_000, 90_000), st.integers(-60, 60).map(lambda day: day * MIDNIGHT)))
    length = draw(st.one_of(st.integers(1, 90_000), st.integers(1, 60).map(lambda days: days * MIDNIGHT)))
    return Absence(staff="P1", start=start, end=start + length, counts_as_work=draw(st.booleans()))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wanted=st.lists(demands(), max_size=4),
    away=st.lists(absences(), max_size=4),
    ids=st.lists(codes, max_size=4, unique_by=str.casefold),
    free=st.dictionaries(
        st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1)), st.sampled_from(["", "a day"]), max_size=3
    ),
)
def test_any_facts_come_back(
    wanted: list[Demand], away: list[Absence], ids: list[str], free: dict[dt.date, str], tmp_path: Path
) -> None:
    people = [b.person(), *(b.person(code) for code in ids if code.casefold() != "p1")]
    instance = b.make(14, people=people, demand=tuple(wanted), absences=tuple(away), holidays=free)
    save_tables(input_rows(instance), tmp_path / "again.xlsx")
    assert read(tmp_path / "again.xlsx").instance == instance


HOSTILE: list[tuple[dict[str, Any], str]] = [
    ({"people": (b.person(shift_limits=()),)}, r"Staff, row 1: shift_limits \(\) would be read back as None"),
    ({"people": (b.person(name=" blanks "),)}, r"Staff, row 1: name ' blanks ' would be read back as 'blanks'"),
    ({"title": " blanks "}, r"title ' blanks ' would be read back as 'blanks'"),
    ({"title": "x" * 40_000}, "title"),
    ({"demand": (b.demand(minimum=1).replace(days=Days()),)}, "days is missing"),
    ({"shifts": (*b.SHIFTS, b.shift("X", "10:00", "04:00"))}, "18 hours"),
    ({"shifts": (b.SHIFTS[0].replace(days=Days()),)}, "Shifts, row 1: days .* would be read back as None"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "told"), HOSTILE)
def test_facts_that_no_cell_can_hold_are_refused_in_plain_words(
    facts: dict[str, Any], told: str, tmp_path: Path
) -> None:
    instance = b.make(**facts)
    with pytest.raises(OutputError, match=told):
        scheduler.save(tmp_path / "a.xlsx", instance, result_world.result(instance, Roster()))
    assert list(tmp_path.iterdir()) == []


def test_a_result_of_other_facts_is_refused(tmp_path: Path) -> None:
    instance = b.make(people=2)
    made = result_world.result(instance, Roster())
    with pytest.raises(InputError, match="of other facts"):
        scheduler.save(tmp_path / "a.xlsx", instance.replace(staff=instance.staff[:1]), made)
    assert list(tmp_path.iterdir()) == []


# -- with the workbook that the facts came from ------------------------------------------------------------------------------


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    rows = input_world.world()
    rows["Staff"] = [{**row, "locker": f"K{index}"} for index, row in enumerate(rows["Staff"])]
    rows["Demand"] = [{**row, "why": "night life"} for row in rows["Demand"]]
    rows["Settings"] += [{"key": "our own key", "value": "kept"}]
    return input_world.reading(tmp_path, rows)


def test_facts_as_they_were_read_are_written_as_they_were_read(reading: Reading, tmp_path: Path) -> None:
    again = saved(tmp_path, reading.instance, reading)
    assert again.tables == reading.tables
    assert again.instance == reading.instance


def changed(reading: Reading, table: str, at: int, **changes: Any) -> Instance:
    facts: list[Fact] = list(getattr(reading.instance, table))
    facts[at] = facts[at].replace(**changes)
    return reading.instance.replace(**{table: tuple(facts)})


def test_a_changed_person_keeps_the_further_columns_and_the_others_their_words(
    reading: Reading, tmp_path: Path
) -> None:
    instance = changed(reading, "staff", 1, fte=0.5)
    again = saved(tmp_path, instance, reading)
    assert again.instance == instance
    rows = again.tables["Staff"]
    assert [row["locker"] for row in rows] == ["K0", "K1", "K2"]
    assert rows[1]["fte"] == 0.5
    assert (rows[0], rows[2]) == (reading.tables["Staff"][0], reading.tables["Staff"][2])
    assert {**again.tables, "Staff": ()} == {**reading.tables, "Staff": ()}


def test_a_row_that_changes_takes_no_remark_of_the_old_one_along(reading: Reading, tmp_path: Path) -> None:
    instance = changed(reading, "demand", 0, target=3)
    rows = saved(tmp_path, instance, reading).tables["Demand"]
    assert [row.get("why") for row in rows] == [None, "night life"]
    assert rows[0]["target"] == 3


def test_people_who_come_and_go(reading: Reading, tmp_path: Path) -> None:
    instance = reading.instance.replace(
        staff=(reading.instance.staff[2], Staff(id="P-9", organisation="5341", contract="POL-38")),
        absences=(), requests=(), pairs=(), locks=(), history=(), counters=(), published=(), publication=None,
    )  # fmt: skip
    again = saved(tmp_path, instance, reading)
    assert again.instance == instance
    assert [row.get("locker") for row in again.tables["Staff"]] == ["K2", None]
    assert again.tables["Absences"] == ()


def test_rows_that_stand_twice_stay_twice(tmp_path: Path) -> None:
    rows = input_world.world()
    rows["Requests"] = [{**rows["Requests"][0], "who asked": name} for name in ("first", "second")]
    reading = input_world.reading(tmp_path, rows)
    twice = reading.instance.requests
    instance = reading.instance.replace(requests=(*twice, twice[0].replace(weight=1)))
    again = saved(tmp_path, instance, reading)
    assert again.instance == instance
    assert [row.get("who asked") for row in again.tables["Requests"]] == ["first", "second", None]


def test_another_first_day_moves_what_is_told_by_instants(reading: Reading, tmp_path: Path) -> None:
    later = reading.instance.calendar.replace(start=reading.instance.calendar.start + dt.timedelta(days=1))
    instance = reading.instance.replace(calendar=later)
    again = saved(tmp_path, instance, reading)
    assert again.instance == instance
    assert again.tables["Absences"][0]["from"] == dt.date(2026, 3, 10)
    assert again.tables["Locked"] == reading.tables["Locked"]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"title": "Another", "language": "en", "strategy": Pooling.SINGLE},
        {"reference_start": dt.date(2026, 2, 2)},
        {"history_from": dt.date(2026, 2, 2)},
        {"parameters": {}},
        {"parameters": {"reference_hours.most_over_hours": 8.0, "fairness.night_cost": 100.0}},
    ],
)
def test_changed_settings(changes: dict[str, Any], reading: Reading, tmp_path: Path) -> None:
    instance = reading.instance.replace(**changes)
    again = saved(tmp_path, instance, reading)
    assert again.instance == instance
    kept = {row["key"]: row.get("value") for row in again.tables["Settings"]}
    assert kept["our own key"] == "kept"
    assert again.settings["published_until"] == dt.date(2026, 3, 8)


FREE: list[dict[dt.date, str]] = [{}, {dt.date(2026, 3, 6): "Made up"}, {dt.date(2026, 3, 9): "Another"}]


@pytest.mark.parametrize("days", [14, 56])
@pytest.mark.parametrize("free", [*FREE, None])
@pytest.mark.parametrize("listed", [True, False])
def test_changed_holidays(free: dict[dt.date, str] | None, days: int, listed: bool, tmp_path: Path) -> None:
    rows = input_world.world() if listed else input_world.world(Holidays=[])
    reading = input_world.reading(tmp_path, rows)
    calendar = reading.instance.calendar.replace(days=days)
    instance = reading.instance.replace(calendar=calendar if free is None else calendar.replace(holidays=free))
    once = saved(tmp_path, instance, reading)
    assert once.instance == instance
    assert saved(tmp_path, reading.instance, once).instance == reading.instance


def test_the_way_back_leaves_a_workbook_that_says_the_same(reading: Reading, tmp_path: Path) -> None:
    there = saved(tmp_path, changed(reading, "contracts", 1, weekly_hours=20.0), reading)
    assert saved(tmp_path, reading.instance, there).instance == reading.instance


def test_changes_are_told_by_date_when_the_first_day_has_moved(tmp_path: Path) -> None:
    instance = b.make(7)
    scheduler.save(tmp_path / "a.xlsx", instance, result_world.result(instance, b.lines(P1="EE")))
    reading = read(tmp_path / "a.xlsx")
    later = instance.replace(calendar=Calendar(start=b.MONDAY + dt.timedelta(days=1), days=6))
    saved(tmp_path, later, reading, b.lines(P1="E"))
    lines = list(opened(tmp_path / "saved.xlsx")["Changes"].iter_rows(min_row=5, values_only=True))
    assert [(line[0], line[1].date(), line[3], line[4]) for line in lines] == [("P1", b.MONDAY, "E HAL", "–")]


def test_an_unknown_hotspot_of_the_old_roster_is_no_trouble(tmp_path: Path) -> None:
    """The roster that stood there may name what the changed facts no longer have."""
    instance = b.make(hotspots=(b.hotspot(), Hotspot(code="MIDI", municipality="x", zone="5341")), people=2)
    scheduler.save(tmp_path / "a.xlsx", instance, result_world.result(instance, b.lines("MIDI", P1="E", P2="E")))
    fewer = instance.replace(hotspots=(b.hotspot(),), staff=instance.staff[:1])
    assert saved(tmp_path, fewer, read(tmp_path / "a.xlsx"), b.lines(P1="E")).instance == fewer
