"""Which language a command speaks: the one asked for, else that of the workbook once it is read, English before that."""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click

from scheduler.messages.languages import Language
from scheduler.messages.message import Message
from scheduler.messages.translate import CATALOGUES, DOMAIN, Wording

OPTION, VARIABLE = "--lang", "VIGIE_LANG"


@dataclass
class Speech:
    """What is known of the language of a command; shared by the command and whoever says what it ended with."""

    asked: Language | None
    language: Language = Language.EN
    settled: bool = False
    """Whether a workbook, or whoever asked, has said it."""


def asked_for(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> Language | None:
    """The language asked for, also where the arguments cannot be understood; None where nobody asks for one that there is."""
    found = environment.get(VARIABLE)
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == OPTION:
            found = next(iter(arguments[position + 1 :]), None)
        elif argument.startswith(f"{OPTION}="):
            found = argument.removeprefix(f"{OPTION}=")
    return known(found)


def known(language: object) -> Language | None:
    word = str(language).lower()
    return Language(word) if word in set(Language) else None


def begin(arguments: Sequence[str]) -> Speech:
    """The speech of a command with these arguments. What click says by itself is in its language, too."""
    asked = asked_for(arguments)
    speech = Speech(asked, asked or Language.EN)
    gettext.bindtextdomain(DOMAIN, CATALOGUES)
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = speech.language.value
    return speech


def spoken(asked: Language | None, workbook: object = None) -> Language:
    """The language of the current command from here on. ``workbook`` is the one that its workbook asks for."""
    speech = current()
    if speech is None:
        return asked or known(workbook) or Language.EN
    speech.language, speech.settled = asked or speech.asked or known(workbook) or Language.EN, True
    return speech.language


def current() -> Speech | None:
    """What is known of the running command; None where it was not begun by ``vigie``."""
    context = click.get_current_context(silent=True)
    return None if context is None else context.find_object(Speech)


class MisusedError(click.UsageError):
    """Arguments that do not go together."""

    def __init__(self, said: Message) -> None:
        super().__init__(str(said), click.get_current_context(silent=True))
        self.said = said


CLICK: tuple[Wording, ...] = (
    "Usage:",
    "Options",
    "Commands",
    "env var: {var}",
    "default: {default}",
    "required",
    "Missing command.",
    "Missing argument",
    "Missing option",
    "No such option {name!r}.",
    "No such option: {name}",
    "No such command {name!r}.",
    "Option {name!r} does not take a value.",
    "Invalid value: {message}",
    "Invalid value for {param_hint}: {message}",
    "{value!r} is not a valid {number_type}.",
    "{value} is not in the range {range}.",
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)
"""What click says by itself, in the words of the versions that there are; translated without a context, as click asks for it."""
