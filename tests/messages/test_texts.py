"""The words of the commands: complete in three languages, with the same figures in each."""

from __future__ import annotations

import string

import pytest

from scheduler.messages.texts import _TABLE, LANGUAGES, text
from scheduler.problem.facts import Category
from scheduler.result import Status
from scheduler.vocabulary.constraints import Level


@pytest.mark.parametrize("key", _TABLE)
def test_every_sentence_has_the_same_figures_in_every_language(key: str) -> None:
    figures = [{name for _, name, _, _ in string.Formatter().parse(words) if name} for words in _TABLE[key]]
    assert len(_TABLE[key]) == len(LANGUAGES)
    assert all(_TABLE[key])
    assert figures[0] == figures[1] == figures[2]


def test_every_level_status_and_category_has_a_name() -> None:
    keys = [f"level_{level.code}" for level in Level]
    keys += [f"status_{status.value}" for status in Status]
    keys += [f"category_{category.value}" for category in Category]
    assert all(text("en", key) for key in keys)


def test_an_unknown_language_falls_back_to_english() -> None:
    assert text("de", "no_shortage") == text("en", "no_shortage")
    assert text("fr", "no_shortage") != text("en", "no_shortage")
