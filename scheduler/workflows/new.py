"""A new workbook: empty, or an example, in the language of its planner."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

from scheduler.errors import InputError, InputProblem
from scheduler.messages.example_wordings import EXAMPLE_WORDS
from scheduler.messages.languages import Language
from scheduler.messages.message import AnyOf, Message
from scheduler.messages.texts import Texts
from scheduler.problem.facts import Contract, Hotspot, Organisation, Role, Staff
from scheduler.problem.instance import Instance
from scheduler.system.examples import example_path
from scheduler.system.files import replacing
from scheduler.workbook.read import read
from scheduler.workbook.rows import input_rows
from scheduler.workbook.template import new_workbook, save_tables

Called = TypeVar("Called", Organisation, Hotspot, Role, Contract, Staff)


def write_new(path: str | os.PathLike[str], example: str | None, language: str) -> None:
    """Write an empty workbook, or an example; replaces an existing file. In English an example is a copy of its file; in other
    languages it says the same facts in their words.

    Raises :class:`~scheduler.errors.InputError` for an example or a language that there is not.
    """
    if language not in set(Language):
        message = Message("not_a_choice", "is not allowed here: use {choices}.", choices=AnyOf(tuple(Language)))
        raise InputError([InputProblem("language", language, message)])
    spoken = Language(language)
    if example is None:
        new_workbook(path, spoken)
        return
    source = example_path(example)
    if spoken is Language.EN:
        with replacing(path) as temporary:
            temporary.write_bytes(source.read_bytes())
        return
    instance = _in_words_of(read(source).instance, spoken)
    save_tables(input_rows(instance), path, title=instance.title, language=spoken)


def _in_words_of(instance: Instance, language: Language) -> Instance:
    """An example with its title and its names in a language; codes stay."""
    texts = Texts(language)

    def named(facts: Sequence[Called]) -> tuple[Called, ...]:
        return tuple(fact.replace(name=said(fact.name)) for fact in facts)

    def said(word: str) -> str:
        return texts.name("fact", word) if word in EXAMPLE_WORDS else word

    return instance.replace(
        language=language,
        title=said(instance.title),
        organisations=named(instance.organisations),
        hotspots=named(instance.hotspots),
        roles=named(instance.roles),
        contracts=named(instance.contracts),
        staff=named(instance.staff),
    )
