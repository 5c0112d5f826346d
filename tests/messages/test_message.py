"""A message is a value; its words come last."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from typing import Any

import pytest

from scheduler.messages.languages import Language
from scheduler.messages.message import AllOf, AnyOf, Hours, Message, Name

LATE = Message(
    "late_example", "{staff} is late on {on}: {hours}.", staff="P-1", on=dt.date(2026, 3, 9), hours=Hours(456)
)


def test_arguments_are_written_as_the_language_does() -> None:
    assert str(LATE) == "P-1 is late on 2026-03-09: 7 h 36."
    assert LATE.text(Language.NL) == "P-1 is late on 09/03/2026: 7 u 36."
    assert Message("x", "{a}", a=1234.5).text(Language.FR) == "1\N{NARROW NO-BREAK SPACE}234,5"
    assert Message("x", "{a}", a=AnyOf(("N", "E", "L"))).text(Language.FR) == "N, E ou L"
    assert Message("x", "{a}", a=AllOf(("N", Name("choice", "police")))).text(Language.NL) == "N en politie"


def test_a_message_within_a_message_is_in_the_same_language() -> None:
    outer = Message("x", "Because: {why}", why=Message("no_shortage", "No shortage."))
    assert outer.text(Language.FR) == "Because: Aucun manque."


@pytest.mark.parametrize(("count", "words"), [(1, "1 row"), (0, "0 rows"), (2, "2 rows")])
def test_a_count_chooses_the_form(count: int, words: str) -> None:
    assert str(Message("x", ("{count} row", "{count} rows"), count=count)) == words


def test_names_are_those_of_the_workbook() -> None:
    said = Message("x", "see {sheet}, {column}", sheet=Name("sheet", "Staff"), column=Name("column", "fte"))
    assert said.text(Language.FR) == "see Personnel, ETP"
    renamed = said.named(lambda name: "Agents" if name.name == "Staff" else name)
    assert renamed.text(Language.FR) == "see Agents, ETP"


def test_a_message_travels_and_is_kept() -> None:
    assert pickle.loads(pickle.dumps(LATE)) == LATE
    again = Message.from_object(json.loads(json.dumps(LATE.as_object())))
    assert (again.code, str(again)) == (LATE.code, str(LATE))
    plural = Message("x", ("{count} row", "{count} rows"), count=2, inner=Message("y", "z"))
    assert Message.from_object(json.loads(json.dumps(plural.as_object()))) == plural


def test_words_from_a_file_reach_nothing_but_their_arguments() -> None:
    found = {"code": "x", "wording": "{a.__class__} {a:>999999} {a}", "arguments": {"a": "P-1"}}
    assert str(Message.from_object(found)) == "{a.__class__} {a:>999999} P-1"
    with pytest.raises(KeyError):
        Message.from_object({**found, "wording": "{b}"})


@pytest.mark.parametrize("wording", [[], ["{a} row"], ["a", "b", "c"], ["a", 1]])
def test_a_record_with_another_number_of_forms_is_refused(wording: list[Any]) -> None:
    with pytest.raises((KeyError, TypeError)):
        Message.from_object({"code": "x", "wording": wording, "arguments": {"a": 1}})


@pytest.mark.parametrize("language", Language)
def test_a_figure_beyond_all_rosters_is_still_written(language: Language) -> None:
    assert Message("x", "{a}", a=1e300).text(language) == "1e+300"
