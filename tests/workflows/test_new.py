"""New workbooks: the same example in every language."""

from __future__ import annotations

from pathlib import Path

import pytest

import scheduler
from instances.generate import COMMITTED
from scheduler.errors import InputError
from scheduler.messages.example_wordings import EXAMPLE_WORDS
from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.problem.instance import Instance
from scheduler.system.examples import example_path


@pytest.mark.parametrize("name", ["tiny", "edge-spring", "edge-opening", "edge-contradictory-locks", "edge-history"])
@pytest.mark.parametrize("language", [Language.FR, Language.NL])
def test_an_example_says_the_same_in_another_language(name: str, language: Language, tmp_path: Path) -> None:
    scheduler.new(tmp_path / "new.xlsx", name, language=language)
    found, original = scheduler.load(tmp_path / "new.xlsx"), scheduler.load(example_path(name))
    assert _nameless(found.instance) == _nameless(original.instance).replace(language=language)
    assert found.cells.tables["staff"].title == Texts(language).sheet("Staff")


def _nameless(instance: Instance) -> Instance:
    """Without its title and the names of its facts, which are words."""
    tables = ("organisations", "hotspots", "roles", "contracts", "staff")
    return instance.replace(
        title="", **{table: tuple(fact.replace(name="") for fact in getattr(instance, table)) for table in tables}
    )


def test_an_example_is_in_the_words_of_the_language(tmp_path: Path) -> None:
    scheduler.new(tmp_path / "new.xlsx", "brussels-midi", language="nl")
    found = scheduler.load(tmp_path / "new.xlsx").instance
    assert found.title == "Brussel, politiezone Zuid, maart 2026 (synthetisch personeel)"
    assert {member.name for member in found.staff} == {"synthetisch"}
    assert {item.code: item.name for item in found.organisations}["STGI"] == "Sint-Gillis"


@pytest.mark.parametrize("name", COMMITTED)
def test_no_word_of_an_example_is_forgotten(name: str) -> None:
    instance = scheduler.load(example_path(name)).instance
    facts = (*instance.roles, *instance.contracts, *instance.staff)
    assert {instance.title, *(fact.name for fact in facts)} - {""} <= set(EXAMPLE_WORDS)


def test_in_english_an_example_is_its_file(tmp_path: Path) -> None:
    scheduler.new(tmp_path / "new.xlsx", "tiny")
    assert (tmp_path / "new.xlsx").read_bytes() == example_path("tiny").read_bytes()


def test_a_language_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="use en, fr or nl"):
        scheduler.new(tmp_path / "new.xlsx", language="de")
    assert not (tmp_path / "new.xlsx").exists()
