"""`vigie diff`: the table, the object and the workbook say the same, whatever the two files hold."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from scheduler.messages.languages import Language
from scheduler.problem.instance import Instance
from scheduler.problem.publication import Publication, PublishedDuty, digest
from scheduler.problem.roster import Assignment, Roster
from scheduler.problem.standing import Standing
from scheduler.workbook.rows import input_rows
from scheduler.workbook.save import save_result
from scheduler.workbook.template import save_tables
from tests.builders import MONDAY, demand
from tests.commands.called import refused, vigie, vigie_json
from tests.workbook import result_world
from tests.workbook.test_write import opened

WORLD = result_world.world(size=6, days=7)
ROSTER = result_world.rota(WORLD)
GONE = next(a for a in ROSTER if a.day == 3)
MOVED = next(a for a in ROSTER if a.day == 4 and a.hotspot == "HAL" and a.staff > GONE.staff)
EDITED = Roster.of(Assignment(a.staff, a.day, a.shift, "MIDI") if a == MOVED else a for a in ROSTER if a != GONE)


def saved(path: Path, instance: Instance = WORLD, roster: Roster | None = ROSTER) -> Path:
    if roster is None:
        save_tables(input_rows(instance), path)
    else:
        save_result(path, instance, result_world.result(instance, roster))
    return path


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return saved(tmp_path / "old.xlsx")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    more = WORLD.demand[0].replace(target=WORLD.demand[0].target + 1)
    return saved(tmp_path / "new.xlsx", WORLD.replace(demand=(more, *WORLD.demand[1:])), EDITED)


def test_input_comes_first_then_duties_people_hotspots_and_coverage(old: Path, new: Path) -> None:
    lines = vigie("diff", old, new).stdout.splitlines()
    starts = [
        "  Demand!",
        "Rosters compared from",
        "2 days of people differ",
        "  Roster!",
        "  hotspot ",
        "  people ",
        "Coverage",
    ]
    found = [next(number for number, line in enumerate(lines) if line.startswith(start)) for start in starts]
    assert found == sorted(found)
    assert any(f"{GONE.staff} 2026-03-05: {GONE.shift} {GONE.hotspot} → free" in line for line in lines)


def test_the_object_names_every_difference(old: Path, new: Path) -> None:
    found = vigie_json("diff", old, new)
    assert found["schema"] == 1
    (row,) = found["input"]
    assert (row["sheet"], row["kind"], [cell["column"] for cell in row["columns"]]) == ("Demand", "changed", ["target"])
    rosters = found["rosters"]
    assert rosters["shared"] == {"first": "2026-03-02", "last": "2026-03-08"}
    assert rosters["counts"] == {"added": 0, "removed": 1, "moved": 1, "changed": 0}
    told = {
        item["staff"]: (item["before"], item["after"], item["change"], item["notice"]) for item in rosters["changes"]
    }
    assert told[GONE.staff] == (f"{GONE.shift} {GONE.hotspot}", "", "removed", "not_due")
    assert told[MOVED.staff] == (f"{MOVED.shift} HAL", f"{MOVED.shift} MIDI", "moved", "not_due")
    assert all(item["cell"].startswith("Roster!") for item in rosters["changes"])
    targets = next(item for item in rosters["coverage"]["levels"] if item["level"] == "targets")
    assert targets["asked_after"] > targets["asked_before"]
    assert targets["short_after"] > targets["short_before"]


def test_the_workbook_holds_every_row(old: Path, new: Path, tmp_path: Path) -> None:
    found = vigie_json("diff", old, new, "-o", tmp_path / "diff.xlsx", "--all")
    book = opened(tmp_path / "diff.xlsx")
    assert book.sheetnames == ["Differences", "Input", "Duties", "People", "Hotspots", "Coverage"]
    assert found["output"] == str(tmp_path / "diff.xlsx")
    duties = under(book["Duties"])
    assert [(row[0], row[5], row[7]) for row in duties] == [
        (GONE.staff, "duty removed", cell(found, GONE.staff)),
        (MOVED.staff, "other hotspot", cell(found, MOVED.staff)),
    ]
    assert len(under(book["Coverage"])) == len(found["rosters"]["coverage"]["hotspots"])
    assert "exists already" in refused("diff", old, new, "-o", tmp_path / "diff.xlsx")


def under(sheet: Any) -> list[tuple[Any, ...]]:
    return [row for row in sheet.iter_rows(min_row=5, values_only=True) if any(row)]


def cell(found: dict[str, Any], staff: str) -> str:
    return next(str(item["cell"]) for item in found["rosters"]["changes"] if item["staff"] == staff)


@pytest.mark.parametrize("language", Language)
def test_it_speaks_every_language(language: Language, old: Path, new: Path, tmp_path: Path) -> None:
    lines = vigie("diff", old, new, "--lang", language, "-o", tmp_path / "diff.xlsx").stdout
    words = {Language.EN: "duty removed: 1", Language.FR: "prestation retirée : 1", Language.NL: "prestatie weg: 1"}
    assert words[language] in lines
    names = {Language.EN: "Duties", Language.FR: "Prestations", Language.NL: "Prestaties"}
    assert names[language] in opened(tmp_path / "diff.xlsx").sheetnames


def test_the_same_file_twice_has_no_difference(old: Path) -> None:
    found = vigie_json("diff", old, old)
    assert (found["input"], found["rosters"]["changes"], found["rosters"]["hotspots"]) == ([], [], [])
    lines = vigie("diff", old, old).stdout
    assert "The input is the same." in lines
    assert "No duty differs." in lines


def test_rosters_of_other_periods_are_compared_where_they_meet(old: Path, tmp_path: Path) -> None:
    later = result_world.world(size=6, days=7, start=MONDAY + dt.timedelta(days=5))
    new = saved(tmp_path / "later.xlsx", later, Roster())
    rosters = vigie_json("diff", old, new)["rosters"]
    assert rosters["shared"] == {"first": "2026-03-07", "last": "2026-03-08"}
    last = sum(a.day >= 5 for a in ROSTER)
    assert rosters["counts"]["removed"] == last
    assert rosters["duties_outside"] == {"old": len(ROSTER) - last, "new": 0}
    apart = saved(
        tmp_path / "apart.xlsx", result_world.world(size=6, days=7, start=MONDAY + dt.timedelta(days=70)), Roster()
    )
    assert vigie_json("diff", old, apart)["rosters"]["shared"] is None
    assert "no date in common" in vigie("diff", old, apart, "-o", tmp_path / "apart-diff.xlsx").stdout


def test_workbooks_of_other_people_are_told_from_one_that_changed(old: Path, new: Path, tmp_path: Path) -> None:
    theirs = {person.id: f"Q{index}" for index, person in enumerate(WORLD.staff)}
    staff = tuple(person.replace(id=theirs[person.id]) for person in WORLD.staff)
    others = WORLD.replace(staff=staff, locks=(), absences=(), requests=())
    roster = Roster.of(Assignment(theirs[a.staff], a.day, a.shift, a.hotspot) for a in ROSTER)
    apart = saved(tmp_path / "others.xlsx", others, roster)
    said = "Nobody is in both workbooks"
    assert said in vigie("diff", old, apart).stdout
    assert vigie_json("diff", old, apart)["staff_in_both"] == 0
    assert said not in vigie("diff", old, new).stdout
    assert vigie_json("diff", old, new)["staff_in_both"] == len(WORLD.staff)


def test_without_a_roster_the_input_is_compared(old: Path, tmp_path: Path) -> None:
    bare = saved(tmp_path / "bare.xlsx", WORLD.replace(demand=(*WORLD.demand, demand(minimum=1))), None)
    lines = vigie("diff", old, bare, "-o", tmp_path / "diff.xlsx").stdout
    assert "bare.xlsx holds no roster: only the input is compared." in lines
    assert opened(tmp_path / "diff.xlsx").sheetnames == ["Differences", "Input"]
    found = vigie_json("diff", bare, old)
    assert found["rosters"] is None
    assert [(row["sheet"], row["kind"]) for row in found["input"]] == [("Demand", "removed")]


def published(roster: Roster) -> Instance:
    rows = tuple(
        PublishedDuty(staff=a.staff, date=WORLD.calendar.date(a.day), shift=a.shift, hotspot=a.hotspot) for a in roster
    )
    stamp = Publication(
        version=1,
        at=dt.datetime(2026, 2, 20, 12),
        until=MONDAY + dt.timedelta(days=3),
        digest=digest(rows, MONDAY + dt.timedelta(days=3)),
    )
    return WORLD.replace(published=rows, publication=stamp)


def test_notice_is_told_for_what_was_published(new: Path, tmp_path: Path) -> None:
    old = saved(tmp_path / "published.xlsx", published(ROSTER))
    found = vigie_json("diff", old, new, "--announced", "2026-03-02 08:00")["rosters"]
    assert found["notice"] == {"not_due": 1, "in_time": 0, "late": 1, "past": 0}
    assert {item["staff"]: item["notice"] for item in found["changes"]} == {GONE.staff: "late", MOVED.staff: "not_due"}
    early = vigie_json("diff", old, new, "--announced", "2026-02-21")["rosters"]
    assert early["notice"]["in_time"] == 1
    assert "(announced late)" in vigie("diff", old, new, "--announced", "2026-03-02 08:00").stdout
    assert "is not a date" in refused("diff", old, new, "--announced", "soon")


def test_what_a_repair_changes_is_announced_when_it_begins(new: Path, tmp_path: Path) -> None:
    old = saved(tmp_path / "published.xlsx", published(ROSTER))
    standing = Standing(since=WORLD.calendar.minute(1, 8 * 60), frozen=WORLD.calendar.minute(1, 8 * 60))
    repaired = tmp_path / "repaired.xlsx"
    save_result(repaired, WORLD, result_world.result(WORLD, EDITED), standing=standing)
    assert vigie_json("diff", old, repaired)["rosters"]["announced"] == "2026-03-03T08:00"


def test_a_bad_workbook_is_named(old: Path, tmp_path: Path) -> None:
    bad = saved(tmp_path / "bad.xlsx")
    book = opened(bad)
    book["Staff"]["C2"] = "nowhere"
    book.save(bad)
    assert refused("diff", old, bad).startswith("[bad.xlsx]Staff!C2: 'nowhere'")
    assert "missing.xlsx" in refused("diff", tmp_path / "missing.xlsx", old)
