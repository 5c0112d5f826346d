"""The catalogues are complete, fresh and sound: everything that is said has its words in every language."""

from __future__ import annotations

import string

import pytest
from babel.messages.catalog import Message as Entry

from scheduler.messages.languages import Language
from scheduler.messages.translate import Wording
from tests.messages import catalogues


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_everything_that_is_said_is_translated(language: Language) -> None:
    entries = {(entry.context, entry.id): entry for entry in _entries(language)}
    said = set(catalogues.collected())
    assert [entry for entry in said if entry not in entries or not _complete(entries[entry])] == []
    assert [entry for entry in entries if entry not in said] == [], "entries that nobody says any more"


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_a_translation_has_the_arguments_of_the_original(language: Language) -> None:
    wrong = [
        (entry.context, form)
        for entry in _entries(language)
        for form in _forms(entry.string)
        if _arguments(form) != _arguments(_forms(entry.id)[-1])
    ]
    assert wrong == []


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_the_files_are_as_written_and_compiled_last(language: Language) -> None:
    path = catalogues.po_path(language)
    assert path.read_bytes() == catalogues.po_bytes(catalogues.merged(language)), "run `make catalogues`"
    assert path.with_suffix(".mo").read_bytes() == catalogues.mo_bytes(catalogues.read(language))


def test_a_code_has_one_wording() -> None:
    wordings: dict[str, set[Wording]] = {}
    for code, wording in catalogues.collected():
        if code is not None and code not in catalogues.SHARED:
            wordings.setdefault(code, set()).add(wording)
    assert {code: found for code, found in wordings.items() if len(found) > 1} == {}


def _entries(language: Language) -> list[Entry]:
    return [entry for entry in catalogues.read(language) if entry.id]


def _complete(entry: Entry) -> bool:
    return all(_forms(entry.string)) and len(_forms(entry.string)) == len(_forms(entry.id))


def _forms(words: Wording | list[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def _arguments(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}
