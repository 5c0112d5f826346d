"""New workbooks: the same example in every language."""

from __future__ import annotations

from pathlib import Path

import pytest

import scheduler
from scheduler.errors import InputError
from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.system.examples import example_path


@pytest.mark.parametrize("name", ["tiny", "edge-spring", "edge-opening", "edge-contradictory-locks", "edge-history"])
@pytest.mark.parametrize("language", [Language.FR, Language.NL])
def test_an_example_says_the_same_in_another_language(name: str, language: Language, tmp_path: Path) -> None:
    scheduler.new(tmp_path / "new.xlsx", name, language=language)
    found, original = scheduler.load(tmp_path / "new.xlsx"), scheduler.load(example_path(name))
    assert found.instance == original.instance.replace(language=language)
    assert found.cells.tables["staff"].title == Texts(language).sheet("Staff")


def test_in_english_an_example_is_its_file(tmp_path: Path) -> None:
    scheduler.new(tmp_path / "new.xlsx", "tiny")
    assert (tmp_path / "new.xlsx").read_bytes() == example_path("tiny").read_bytes()


def test_a_language_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="use en, fr or nl"):
        scheduler.new(tmp_path / "new.xlsx", language="de")
    assert not (tmp_path / "new.xlsx").exists()
