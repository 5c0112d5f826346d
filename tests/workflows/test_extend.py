"""The workbook of the next period: what comes along as it was written, what is said, and what is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import scheduler
from scheduler.errors import BrokenRosterError, InputError, OutputError
from scheduler.messages.languages import Language
from scheduler.messages.message import Message
from scheduler.problem.facts import HistoryDuty
from scheduler.workbook.read import Reading, read
from scheduler.workflows.extend import Extension, extend, save_extension
from scheduler.workflows.preflight import check_workbook
from tests.workbook import input_world as w

D = dt.date
Cells = Mapping[tuple[str, int], str]
LEGAL: Cells = {("P-1", 1): "N HAL", ("P-2", 0): "N HAL"}
"""Nights of whoever is locked, and one that the history goes on to; by person and day."""
ALONE = w.world(
    Contracts=[
        {"code": "POL-38", "category": "police", "min_together": 1, "min_days_off": 1, "note": "checked by hand"},
        {"code": "GAR", "category": "non_police", "min_together": 1},
    ],
    Pairs=[],
    Locked=[{"staff": "P-1", "date": D(2026, 3, 3), "shift": "N", "hotspot": "HAL"}],
)
"""The rows of the small world, in which nobody needs company."""


def with_roster(cells: Cells = LEGAL) -> Any:
    def change(book: Any) -> None:
        page = book.create_sheet("Roster")
        page.append(["id", *(D(2026, 3, 2) + dt.timedelta(days=day) for day in range(14))])
        for staff in ("P-1", "P-2", "G-1"):
            page.append([staff, *(cells.get((staff, day)) for day in range(14))])

    return change


def rostered(tmp_path: Path, cells: Cells = LEGAL, **sheets: Any) -> Reading:
    return w.reading(tmp_path, {**ALONE, **sheets}, with_roster(cells))


def next_of(tmp_path: Path, cells: Cells = LEGAL, weeks: int = 2, **sheets: Any) -> tuple[Extension, Reading]:
    """The extension, and its workbook read again."""
    reading = rostered(tmp_path, cells, **sheets)
    found = extend(reading, weeks)
    save_extension(tmp_path / "next.xlsx", reading, found)
    return found, read(tmp_path / "next.xlsx")


def said(found: Extension) -> dict[str, Message]:
    return {item.code: item for item in found.to_do}


def test_the_next_workbook_says_the_facts_of_the_next_period(tmp_path: Path) -> None:
    found, again = next_of(tmp_path)
    assert again.instance == found.instance
    assert again.roster is None
    assert (again.instance.calendar.start, again.instance.days) == (D(2026, 3, 16), 14)
    assert set(again.instance.history) == {
        HistoryDuty(staff="P-2", date=D(2026, 3, 1), shift="N", hotspot="HAL"),
        HistoryDuty(staff="P-1", date=D(2026, 3, 3), shift="N", hotspot="HAL"),
        HistoryDuty(staff="P-2", date=D(2026, 3, 2), shift="N", hotspot="HAL"),
    }
    assert again.instance.counter["P-1"].nights == 8
    assert again.instance.reference_start == D(2026, 3, 2)
    assert check_workbook(tmp_path / "next.xlsx").ok


def test_rows_and_further_columns_stay_as_they_were_written(tmp_path: Path) -> None:
    extra = [{**row, "phone": f"0470 {at}"} for at, row in enumerate(ALONE["Staff"])]
    counters = [{"staff": "P-1", "nights": 7, "remark": "by hand"}]
    holidays = [
        {"date": D(2026, 3, 6), "name": "Made up"},
        {"date": D(2026, 4, 6), "name": "Easter Monday", "who": "all"},
    ]
    _, again = next_of(tmp_path, Staff=extra, Counters=counters, Holidays=holidays)
    assert again.tables["Contracts"][0]["note"] == "checked by hand"
    assert [row["phone"] for row in again.tables["Staff"]] == ["0470 0", "0470 1", "0470 2"]
    figures = {"hours_balance": pytest.approx(8 - 7 * 7.6), "nights": 8, "weekends": 0, "holidays": 0}
    assert again.tables["Counters"][0] == {"staff": "P-1", **figures, "remark": "by hand"}
    assert list(again.tables["Holidays"]) == holidays
    keys = [row["key"] for row in again.tables["Settings"]]
    assert "reference_hours.most_over_hours" in keys


def test_the_input_is_written_in_the_language_of_the_workbook(tmp_path: Path) -> None:
    found, _ = next_of(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "next.xlsx")
    assert w.own("sheet", "Staff") in book.sheetnames
    guide = [cell.value for cell in book[w.own("sheet", "Read me")]["A"] if isinstance(cell.value, str)]
    todo = [f"☐ {item.text(Language.FR)}" for item in found.to_do]
    assert [line for line in guide if line.startswith("☐")] == todo


def test_what_a_planner_must_still_see_to_is_said(tmp_path: Path) -> None:
    demand = [
        *ALONE["Demand"],
        {"hotspot": "HAL", "role": "police", "days": D(2026, 3, 4), "from": "08:00", "to": "12:00", "minimum": 1},
    ]
    found, again = next_of(tmp_path, Demand=demand)
    assert list(said(found)) == [
        "next_absences",
        "next_requests",
        "next_demand",
        "next_incidents",
        "next_leaving",
        "next_locks",
        "next_title",
    ]
    assert "HAL 2026-03-04" in str(said(found)["next_demand"])
    assert "G-1 (2026-03-10)" in str(said(found)["next_leaving"])
    assert len(again.instance.demand) == 2


def test_a_new_year_and_people_who_are_gone_are_said(tmp_path: Path) -> None:
    settings = [row if row["key"] != "start_date" else {**row, "value": D(2026, 12, 21)} for row in ALONE["Settings"]]
    staff = [*ALONE["Staff"], {"id": "P-9", "organisation": "5341", "contract": "POL-38", "until": D(2026, 12, 20)}]
    sheets = {"Settings": settings, "Staff": staff, "Locked": [], "Requests": [], "Holidays": []}
    reading = w.reading(
        tmp_path, {**ALONE, **sheets}, lambda book: book.create_sheet("Roster").append(["id", D(2026, 12, 21)])
    )
    found = said(extend(reading, 1))
    assert "2027" in str(found["next_year"])
    assert "P-9 (2026-12-20)" in str(found["next_gone"])


def test_without_a_roster_there_is_nothing_to_go_on_from(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        extend(w.reading(tmp_path, ALONE), 4)
    assert [problem.message.code for problem in caught.value.problems] == ["no_roster_sheet"]


ABSENT: Cells = {**LEGAL, ("P-1", 8): "E HAL"}
"""A day of leave is worked."""


def test_a_roster_that_breaks_a_hard_rule_is_refused_with_the_cell(tmp_path: Path) -> None:
    with pytest.raises(BrokenRosterError) as caught:
        extend(rostered(tmp_path, ABSENT), 4)
    assert [(problem.place, problem.message.code) for problem in caught.value.problems] == [
        ("Roster!J2", "broken_rule")
    ]


def test_a_broken_roster_is_taken_as_it_is_where_the_planner_says_so(tmp_path: Path) -> None:
    found = extend(rostered(tmp_path, ABSENT), 4, allow_broken=True)
    assert [finding.message.code for finding in found.broken] == ["availability_absent"]
    assert found.to_do[0].code == "next_broken"
    assert "P-1 is absent during the duty of 2026-03-10" in str(found.to_do[0])
    assert any(past.date == D(2026, 3, 10) for past in found.instance.history)


def test_the_roster_itself_is_never_replaced(tmp_path: Path) -> None:
    reading = rostered(tmp_path)
    before = reading.path.read_bytes()
    with pytest.raises(InputError) as caught:
        save_extension(tmp_path / "." / reading.path.name, reading, extend(reading, 4))
    assert [problem.message.code for problem in caught.value.problems] == ["extends_itself"]
    assert reading.path.read_bytes() == before


def test_facts_that_a_workbook_cannot_say_are_not_written(tmp_path: Path) -> None:
    reading = rostered(tmp_path)
    found = extend(reading, 4)
    other = Extension(found.before, found.instance.replace(title="blank at the end "), found.to_do)
    with pytest.raises(OutputError, match="other title"):
        save_extension(tmp_path / "next.xlsx", reading, other)
    assert not (tmp_path / "next.xlsx").exists()


def test_an_extended_workbook_is_extended_again(tmp_path: Path) -> None:
    _, again = next_of(tmp_path)
    result = scheduler.solve(again.instance, scheduler.SolveConfig(time_limit_s=2, workers=1))
    scheduler.save(tmp_path / "second.xlsx", again.instance, result, again)
    reading = read(tmp_path / "second.xlsx")
    found = extend(reading, 3)
    assert len(found.instance.history) == 3 + len(result.roster)
    assert (found.instance.calendar.start, found.instance.reference_start) == (D(2026, 3, 30), D(2026, 3, 2))
