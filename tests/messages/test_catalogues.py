"""The catalogues are complete, fresh and sound: everything that is said has its words in every language."""

from __future__ import annotations

import gettext
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
def test_entries_stand_in_the_order_in_which_they_are_said(language: Language) -> None:
    merged = [(entry.context, entry.id) for entry in catalogues.merged(language) if entry.id]
    assert [(entry.context, entry.id) for entry in _entries(language)] == merged, "run `make catalogues`"


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_what_is_compiled_is_what_is_written(language: Language) -> None:
    with catalogues.po_path(language).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    stale = [
        (entry.context, entry.id) for entry in _entries(language) if _compiled(compiled, entry) != _forms(entry.string)
    ]
    assert stale == [], "run `make catalogues`"


def test_a_code_has_one_wording() -> None:
    wordings: dict[str, set[Wording]] = {}
    for code, wording in catalogues.collected():
        if code is not None and code not in catalogues.SHARED:
            wordings.setdefault(code, set()).add(wording)
    assert {code: found for code, found in wordings.items() if len(found) > 1} == {}


def _compiled(found: gettext.GNUTranslations, entry: Entry) -> tuple[str, ...]:
    """The forms that a reader of the compiled catalogue gets."""
    if isinstance(entry.id, str):
        return (found.gettext(entry.id) if entry.context is None else found.pgettext(entry.context, entry.id),)
    counts = (1, 2)
    if entry.context is None:
        return tuple(found.ngettext(*entry.id, count) for count in counts)
    return tuple(found.npgettext(entry.context, *entry.id, count) for count in counts)


def _entries(language: Language) -> list[Entry]:
    return [entry for entry in catalogues.read(language) if entry.id]


def _complete(entry: Entry) -> bool:
    return all(_forms(entry.string)) and len(_forms(entry.string)) == len(_forms(entry.id))


def _forms(words: Wording | list[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def _arguments(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}
