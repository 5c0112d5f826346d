"""Words that are found by a code built from a name: every name has some."""

from __future__ import annotations

from scheduler.messages.command_wordings import COMMANDS
from scheduler.messages.languages import Language
from scheduler.messages.sheet_wordings import SHEETS
from scheduler.messages.texts import WORDINGS, text
from scheduler.problem.facts import Category
from scheduler.result import Status
from scheduler.vocabulary.constraints import Level


def test_every_level_status_and_category_has_a_name() -> None:
    codes = [*(level.code for level in Level), *(f"status_{status.value}" for status in Status), *Category]
    assert set(codes) <= WORDINGS.keys()


def test_a_sentence_is_said_in_the_language_that_is_asked_for() -> None:
    assert text(Language.EN, "written", path="a.xlsx") == "Written: a.xlsx"
    assert text(Language.FR, "written", path="a.xlsx") == "Écrit : a.xlsx"
    assert text(Language.NL, "written", path="a.xlsx") == "Geschreven: a.xlsx"


def test_no_code_stands_for_two_wordings() -> None:
    """What commands say would hide a word of a sheet that has the same code."""
    assert SHEETS.keys() & COMMANDS.keys() == set()
