"""Sheet Calls: a record that is read, checked and kept, and that no instance, no rule and no proof ever sees."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path

import pytest

import scheduler
from scheduler.errors import InputError
from scheduler.problem.instance import Instance
from scheduler.problem.records import Call
from scheduler.problem.roster import Roster
from scheduler.workbook.read import examine, read
from scheduler.workbook.rows import input_rows
from scheduler.workbook.template import save_tables
from tests.workbook.input_world import codes_of, only_problem, problems, reading, saved, world


def call(**changes: object) -> dict[str, object]:
    given = {"staff": "P-2", "at": "2026-03-03 18:05", "for_date": "2026-03-04", "shift": "E", "hotspot": "HAL"}
    return {**given, **changes}


def test_a_call_is_read(tmp_path: Path) -> None:
    assert reading(tmp_path).calls == (
        Call(
            staff="P-1", at=dt.datetime(2026, 3, 3, 18, 5), for_date=dt.date(2026, 3, 3), shift="N", hotspot="HAL",
            answer="no", note="Calls back",
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("yes", "yes"),
        ("Non", "no"),
        ("none", "no_answer"),
        ("geen antwoord", "no_answer"),
        ("sans réponse", "no_answer"),
    ],
)
def test_answers_in_words(tmp_path: Path, typed: str, answer: str) -> None:
    assert reading(tmp_path, world(Calls=[call(answer=typed)])).calls[0].answer == answer


def test_codes_in_any_case_dates_in_both_orders_no_answer_yet(tmp_path: Path) -> None:
    row = call(staff="p-2", shift="e", hotspot="hal", at="03/03/2026", for_date="31/12/2025")
    (found,) = reading(tmp_path, world(Calls=[row])).calls
    assert (found.staff, found.shift, found.hotspot, found.answer) == ("P-2", "E", "HAL", None)
    assert found.at == dt.datetime(2026, 3, 3)
    assert found.for_date == dt.date(2025, 12, 31), "a record of an earlier period stays"


@pytest.mark.parametrize(
    ("column", "value", "cell", "code"),
    [
        ("staff", "P-9", "Calls!A2", "not_on_sheet"),
        ("shift", "Z", "Calls!D2", "not_on_sheet"),
        ("hotspot", "PARIS", "Calls!E2", "not_on_sheet"),
        ("at", "yesterday", "Calls!B2", "not_a_date"),
        ("for_date", "2026-02-30", "Calls!C2", "not_in_calendar"),
        ("answer", "perhaps", "Calls!F2", "not_a_choice"),
        ("hotspot", None, "Calls!E2", "cell_missing"),
    ],
)
def test_what_is_wrong_is_told_with_its_cell(tmp_path: Path, column: str, value: object, cell: str, code: str) -> None:
    problem = only_problem(tmp_path, world(Calls=[call(**{column: value})]))
    assert problem.place == cell
    assert problem.message.code == code


def test_an_unknown_person_has_a_hint(tmp_path: Path) -> None:
    assert "did_you_mean" in codes_of(only_problem(tmp_path, world(Calls=[call(staff="P-22")])))


def test_a_person_whose_own_row_is_wrong_is_not_called_unknown(tmp_path: Path) -> None:
    rows = world(Calls=[call(staff="G-1")])
    rows["Staff"][2]["from"] = "soon"
    assert [problem.place for problem in problems(tmp_path, rows)] == ["Staff!I4"]


def test_what_is_sound_is_used_in_spite_of_a_wrong_call(tmp_path: Path) -> None:
    part = examine(saved(tmp_path, world(Calls=[call(staff="P-9")]))).part()
    assert part is not None
    assert len(part.instance.staff) == 3


def test_calls_are_no_fact(tmp_path: Path) -> None:
    """Neither the instance nor its fingerprint knows them: a call voids no proof and ranks nobody."""
    with_calls, without = reading(tmp_path), reading(tmp_path, world(Calls=[]))
    assert with_calls.instance == without.instance
    assert with_calls.instance.sha256 == without.instance.sha256
    assert "calls" not in Instance.model_fields
    assert with_calls.notes == without.notes, "nothing says that the sheet has no effect"


def test_calls_are_written_back_as_they_were(tmp_path: Path) -> None:
    got = reading(tmp_path)
    save_tables(input_rows(got.instance, got), tmp_path / "again.xlsx")
    assert read(tmp_path / "again.xlsx").calls == got.calls


def test_calls_are_shown_and_nothing_more() -> None:
    """Who reads them: the sheet is read and kept, and `suggest` tells of them beside people it has ranked without them."""
    readers = set()
    for path in Path(scheduler.__file__).parent.rglob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if any(isinstance(node, ast.Attribute) and node.attr == "calls" for node in nodes):
            readers.add(path.relative_to(Path(scheduler.__file__).parent).as_posix())
    assert readers == {"report/suggestion.py", "workbook/rows.py", "workflows/suggest.py"}


def test_a_roster_needs_no_calls(tmp_path: Path) -> None:
    rows = world()
    del rows["Calls"]
    got = reading(tmp_path, rows)
    assert got.calls == ()
    assert got.roster in (None, Roster())


def test_every_call_that_is_wrong_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        reading(tmp_path, world(Calls=[call(staff="P-9"), call(), call(shift="Z")]))
    assert [problem.place for problem in caught.value.problems] == ["Calls!A2", "Calls!D4"]
