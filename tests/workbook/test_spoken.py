"""The language of a workbook is known before it is read, and of what is no workbook there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.messages.languages import Language
from scheduler.workbook.spoken import language_of
from scheduler.workbook.template import new_workbook


@pytest.mark.parametrize("language", Language)
def test_the_language_of_a_workbook_is_that_of_its_settings(language: Language, tmp_path: Path) -> None:
    new_workbook(tmp_path / "new.xlsx", language)
    assert language_of(tmp_path / "new.xlsx") == language


def test_what_says_nothing_has_no_language(tmp_path: Path) -> None:
    (tmp_path / "text.xlsx").write_text("no workbook")
    assert language_of(tmp_path / "text.xlsx") is None
    assert language_of(tmp_path / "nowhere.xlsx") is None
