"""What the other result sheets say, in each language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from scheduler.analysis.difference import Change, PostedDuty
from scheduler.messages.languages import Language
from scheduler.messages.message import Message
from scheduler.messages.texts import Texts
from scheduler.problem.instance import Instance
from scheduler.problem.publication import Publication, digest
from scheduler.problem.roster import Assignment, Roster
from scheduler.result import BlockRecord, Coverage, LevelResult, RunRecord, Shortage, Status
from scheduler.rules.base import Finding
from scheduler.vocabulary.constraints import Level
from scheduler.workbook.result_sheets.page import RosterLayout
from scheduler.workbook.sheets import find_column, sheet
from scheduler.workbook.write import write_result
from tests.builders import MONDAY, demand, make
from tests.workbook import result_world
from tests.workbook.test_write import opened

pytestmark = pytest.mark.slow

HARD = Finding("daily_rest", Message("short", "P-002 rests 8 h"), ("P-002",), (1, 0), amount=180, unit="minutes")
SOFT = Finding("requests", Message("against", "P-005 works against a request"), ("P-005",), (0,), cost=180)
DEAR = Finding("isolated_days", Message("lone", "P-006 has a lone day"), ("P-006",), (2,), cost=500)
UNCOVERED = Finding("demand", Message("lacks", "HAL lacks police"), hotspot="HAL", cost=960, level=Level.TARGETS)


def written(tmp_path: Path, instance: Instance, roster: Roster, **more: Any) -> Any:
    path = tmp_path / "out.xlsx"
    record = more.pop("record", None) or result_world.record(instance, roster)
    write_result(path, more.pop("tables", {}), instance, roster, record, **more)
    return opened(path)


def rows_under(sheet: Any, head: int = 4) -> list[tuple[object, ...]]:
    return [row for row in sheet.iter_rows(min_row=head + 1, values_only=True) if any(row)]


def short(level: str, role: str, start: int, end: int, missing: int = 1) -> Shortage:
    return Shortage(hotspot="HAL", role=role, level=level, start=start, end=end, heads_missing=missing, heads_wanted=2)


def test_findings_are_sorted_and_lead_to_their_cells(tmp_path: Path) -> None:
    instance = result_world.world(size=6, days=7)
    book = written(tmp_path, instance, Roster(), found=[SOFT, UNCOVERED, DEAR, HARD])
    rows = rows_under(book["Findings"])
    assert [(row[0], row[2], row[6]) for row in rows] == [
        ("hard", "P-002", None),
        ("soft", "P-006", 500),
        ("soft", "P-005", 180),
    ]
    assert rows[0][1] == "Daily rest"
    assert rows[0][3] == dt.datetime(2026, 3, 3)
    links = [book["Findings"].cell(row, 8).hyperlink.location for row in (5, 6, 7)]
    layout = RosterLayout(instance)
    assert links == [f"'Roster'!{layout.cell(who, day)}" for who, day in (("P-002", 1), ("P-006", 2), ("P-005", 0))]


def test_findings_are_in_the_workbooks_language(tmp_path: Path) -> None:
    instance = result_world.world(size=6, days=7).replace(language=Language.NL)
    message = Message(
        "isolated_days_work",
        "{staff} works on {date} only, between free days",
        staff="P-006",
        date=instance.calendar.date(2),
    )
    finding = Finding("isolated_days", message, ("P-006",), (2,), cost=500)
    row = rows_under(written(tmp_path, instance, Roster(), found=[finding])["Bevindingen"])[0]
    assert (row[1], row[5]) == ("Losse dagen", "P-006 werkt alleen op 04/03/2026, tussen vrije dagen")


def test_without_findings_the_sheet_says_so(tmp_path: Path) -> None:
    book = written(tmp_path, result_world.world(size=2, days=3), Roster(), found=[UNCOVERED])
    assert rows_under(book["Findings"])[0][0] == "No rule is broken and no wish is unmet."


def test_shortages_stand_by_level_and_time_with_their_sum(tmp_path: Path) -> None:
    instance = result_world.world(size=2, days=3)
    found = [
        short("target", "police", 0, 60),
        short("minimum", "non_police", 0, 120, 2),
        short("minimum", "LEAD", 600, 660),
        short("minimum", "police", 60, 90),
    ]
    sheet = written(tmp_path, instance, Roster(), short=found)["Shortages"]
    rows = rows_under(sheet)
    assert [(row[0], row[2], row[7], row[9]) for row in rows] == [
        ("Police minimum", "police", 1, 0.5),
        ("Police minimum", "LEAD", 1, 1),
        ("Non-police minimum", "non-police", 2, 4),
        ("Targets", "police", 1, 1),
    ]
    assert rows[0][4] == dt.datetime(2026, 3, 2, 1)
    assert sheet["J2"].value == 6.5
    assert sheet.auto_filter.ref == "A4:K8"


def test_coverage_shows_each_hour_and_the_sum_of_the_day(tmp_path: Path) -> None:
    instance = make(2, people=1, demand=(demand(start="06:00", until="16:00", minimum=1, target=2),))
    book = written(tmp_path, instance, Roster.of([Assignment("P1", 0, "E", "HAL")]))
    monday, tuesday = rows_under(book["Coverage"])
    assert monday[:4] == (dt.datetime(2026, 3, 2), "Mon", "HAL", "police")
    hours = monday[4:28]
    assert (hours[5], hours[6], hours[13], hours[14], hours[16]) == (None, "1/2", "1/2", "0/2", None)
    assert (monday[28], tuesday[28]) == (8 + 4, 20)


@pytest.mark.parametrize(("changes", "expected"), [(None, "Nothing to compare with"), ((), "Nothing changed")])
def test_changes_when_there_are_none(changes: tuple[Change, ...] | None, expected: str, tmp_path: Path) -> None:
    roster = Roster.of([Assignment("P-001", 0, "E", "HAL")])
    book = written(tmp_path, result_world.world(size=2, days=3), roster, changes=changes)
    assert str(book["Changes"]["A2"].value).startswith(expected)


def test_changes_tell_hand_from_solver_and_published_from_open_days(tmp_path: Path) -> None:
    published = Publication(
        version=1, at=dt.datetime(2026, 2, 20, 16), until=dt.date(2026, 3, 3), digest=digest((), dt.date(2026, 3, 3))
    )
    instance = result_world.world(size=4, days=7, publication=published)
    after = Roster.of([Assignment("P-001", 1, "N", "HAL"), Assignment("P-002", 2, "E", "HAL")])
    changes = [
        Change("P-002", MONDAY + dt.timedelta(days=2), (), (PostedDuty("E", "HAL"),), by_hand=True),
        Change("P-001", MONDAY + dt.timedelta(days=1), (PostedDuty("E", "HAL"),), (PostedDuty("N", "HAL"),)),
    ]
    book = written(tmp_path, instance, after, changes=changes)
    rows = rows_under(book["Changes"])
    assert [row[0:1] + row[3:8] for row in rows] == [
        ("P-002", "–", "E HAL", "duty added", "edited by hand", "no"),
        ("P-001", "E HAL", "N HAL", "other shift", "changed by the solve", "yes"),
    ]
    assert book["Changes"]["I6"].hyperlink.location == f"'Roster'!{RosterLayout(instance).cell('P-001', 1)}"


def verdict(tmp_path: Path, missing: int, found: Sequence[Finding], bound: int = 3600) -> str:
    instance = result_world.world(size=2, days=3)
    record = RunRecord(
        status=Status.OPTIMAL,
        levels=(LevelResult(name="police_minimum", value=60, bound=60, required=6000),),
        coverage=Coverage(required_minutes=60_000, short_minutes=missing, short_bound=bound),
        wall_s=1.0, seed=1, workers=8, reproducible=True, versions={}, instance_sha256=instance.sha256,
    )  # fmt: skip
    sheet = written(tmp_path, instance, Roster(), record=record, found=found)["Summary"]
    assert (sheet["B7"].value, sheet["G7"].value) == (pytest.approx(0.99), pytest.approx(1 - missing / 60_000))
    return str(sheet["B5"].value)


def test_the_verdict_says_the_worst_first(tmp_path: Path) -> None:
    assert verdict(tmp_path, 0, [SOFT]) == "Every hard rule holds and the whole demand is covered."
    assert "120 of 1,000 person-hours" in verdict(tmp_path, 7200, [SOFT])
    assert "leaves less than 60." in verdict(tmp_path, 7200, [SOFT], bound=3600)
    assert "leaves less than 120." in verdict(tmp_path, 7201, [SOFT], bound=7200)
    assert verdict(tmp_path, 7200, [SOFT], bound=7200).endswith("that holds the minimums as well leaves fewer.")
    assert verdict(tmp_path, 7200, [SOFT], bound=0).endswith("it is not proven that fewer is impossible.")
    assert verdict(tmp_path, 7200, [SOFT, HARD]).startswith("Not fit for use: a hard rule is broken in 1 place.")


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("language", Language)
def test_every_status_has_words(status: Status, language: Language) -> None:
    assert Texts(language)(status.value)


def test_requests_are_counted_by_date_and_by_weight(tmp_path: Path) -> None:
    instance = result_world.world(size=6, days=7)
    roster = Roster.of([Assignment("P-005", 0, "E", "HAL"), Assignment("P-006", 0, "E", "HAL")])
    book = written(tmp_path, instance, roster)
    shown = {row[0]: row[16:19] for row in rows_under(book["Hours"])}
    assert shown["P-005"] == (2, 1, 0.5)  # avoids Monday and Tuesday, works on Monday
    assert shown["P-006"] == (1, 1, 1)
    assert shown["P-001"] == (0, 0, None)
    assert book["Summary"]["Q7"].value == pytest.approx((3 + 1) / (3 + 3 + 1))


@pytest.mark.parametrize(
    ("language", "coverage", "weekday", "leave"),
    [
        ("en", "Coverage", "Mon", "(leave)"),
        ("fr", "Couverture", "lun", "(congé)"),
        ("nl", "Bezetting", "ma", "(verlof)"),
    ],
)
def test_headings_speak_the_workbooks_language(
    language: str, coverage: str, weekday: str, leave: str, tmp_path: Path
) -> None:
    instance = result_world.world(size=6, days=7, language=language)
    book = written(tmp_path, instance, Roster(), found=[HARD])
    sheets = Texts(Language(language)).sheet
    roster = book[sheets("Roster")]
    assert str(book[sheets("Coverage")]["A1"].value).startswith(coverage)
    assert roster.cell(RosterLayout.HEAD, RosterLayout.FIRST_DAY + 1).value == weekday
    assert find_column("Locked", roster.cell(RosterLayout.HEAD + 1, 1).value) is sheet("Locked").column("staff")
    assert leave in {cell.value for row in roster.iter_rows() for cell in row}


def test_hours_are_rounded_as_excel_rounds_them() -> None:
    assert Texts(Language.EN).hours(60 * 1450 + 29) == "1,450"
    assert Texts(Language.EN).hours(60 * 1450 + 30) == "1,451"
    assert Texts(Language.FR).hours(60 * 1359) == "1\N{NARROW NO-BREAK SPACE}359"
    assert Texts(Language.NL).hours(60 * 1359) == "1.359"


@pytest.mark.parametrize(
    ("days", "weekday", "pages"), [(28, 0, []), (42, 0, []), (43, 0, [28]), (52, 2, [33]), (182, 0, range(28, 182, 28))]
)
def test_a_long_roster_is_printed_on_several_pages(
    tmp_path: Path, days: int, weekday: int, pages: Sequence[int]
) -> None:
    """Every page but the first begins on a Monday."""
    sheet = written(tmp_path, make(days, start=MONDAY + dt.timedelta(days=weekday)), Roster())["Roster"]
    assert [found.id for found in sheet.col_breaks.brk] == [8 + day for day in pages]
    assert bool(sheet.sheet_properties.pageSetUpPr.fitToPage) == (not pages)
    assert (sheet.print_title_cols == "$A:$C") == bool(pages)


def test_the_summary_of_a_long_horizon_shows_its_blocks(tmp_path: Path) -> None:
    instance = make(49)
    level = LevelResult(name="targets", value=9, bound=4, required=100)
    blocks = tuple(BlockRecord(first=a, stop=b, until=49, levels=(level,)) for a, b in ((0, 28), (28, 49)))
    record = result_world.record(instance, Roster()).model_copy(update={"blocks": blocks})
    values = [
        cell for row in written(tmp_path, instance, Roster(), record=record)["Summary"].values for cell in row if cell
    ]
    at = values.index("2 March 2026 – 29 March 2026")
    assert values[at : at + 4] == ["2 March 2026 – 29 March 2026", 0.05, "30 March 2026 – 19 April 2026", 0.05]


def test_the_summary_says_what_went_wrong(tmp_path: Path) -> None:
    incident = "After 12 s the search of 5344 died on a worker (process 7); it begins anew."
    record = result_world.record(make(7), Roster()).model_copy(update={"incidents": (incident,)})
    sheet = written(tmp_path, make(7), Roster(), record=record)["Summary"]
    ((label, said),) = [(row[0], row[3]) for row in sheet.iter_rows(min_col=17, values_only=True) if incident in row]
    assert (label, said) == ("what went wrong", incident)


@pytest.mark.parametrize("language", Language)
def test_no_header_is_cut_in_any_language(language: Language, tmp_path: Path) -> None:
    instance = result_world.world(size=6, days=7, language=language.value)
    book = written(tmp_path, instance, Roster(), found=[SOFT])
    texts = Texts(language)
    for name, head in (("Roster", 6), ("Hours", 4), ("Shortages", 4), ("Changes", 4)):
        sheet = book[texts.sheet(name)]
        for cell in sheet[head]:
            if isinstance(cell.value, str):
                longest = max(map(len, cell.value.split()))
                assert sheet.column_dimensions[cell.column_letter].width >= longest + 2, (name, cell.value)


def test_a_rules_title_is_shown_whole(tmp_path: Path) -> None:
    instance = result_world.world(size=6, days=7, language="nl")
    sheet = written(tmp_path, instance, Roster(), found=[SOFT, DEAR])["Bevindingen"]
    shown = [str(row[1]) for row in rows_under(sheet)]
    assert shown
    assert sheet.column_dimensions["B"].width > max(map(len, shown))


def test_full_time_equivalents_have_the_decimal_sign_of_the_language(tmp_path: Path) -> None:
    instance = result_world.world(size=6, days=7, language="nl")
    sheet = written(tmp_path, instance, Roster())["Rooster"]
    groups = [str(sheet.cell(row, 2).value) for row in range(7, sheet.max_row) if sheet.cell(row, 1).value is None]
    assert [group for group in groups if " 5,8 VTE" in group], groups
