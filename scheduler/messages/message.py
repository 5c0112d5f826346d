"""What is said to a person: a code with arguments, put into words only where it is shown.

A :class:`Message` is a value like any other: compared by code and arguments, sent between processes, kept in a workbook. No code
reads its sentence.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, runtime_checkable

from scheduler.messages import formats
from scheduler.messages.languages import Language
from scheduler.messages.translate import Wording, translated


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the workbook: a sheet, a column, a setting, or a word of a drop-down, by its canonical English form.

    ``kind`` is ``sheet``, ``column``, ``setting`` or ``choice``. Shown as the language calls it; :meth:`Message.named` puts
    the words of a given workbook in its place. ``owner`` is the sheet of a column, for columns that several sheets have.
    """

    kind: str
    name: str
    owner: str = ""

    def text(self, language: Language) -> str:
        return translated(self.kind, self.name, language) if self.name else ""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """``a, b or c``."""

    items: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """``a, b and c``."""

    items: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes, shown as ``7 h 36``."""

    minutes: int


@runtime_checkable
class Spoken(Protocol):
    """Whatever says itself in a language: a message, a name, something that went wrong."""

    def text(self, language: Language) -> str: ...


Argument: TypeAlias = "str | int | float | dt.date | dt.datetime | Spoken | AnyOf | AllOf | Hours"
Naming = Callable[[Name], "str | Name"]


_PLACE = re.compile(r"\{(\w+)\}")
"""The place of an argument in a sentence."""


@dataclass(frozen=True, slots=True, init=False)
class Message:
    """Something said to a person.

    ``code`` names what is said, whatever the words: programs may compare it. ``wording`` is the English sentence, with
    ``{placeholders}`` for the arguments, or a pair of singular and plural, chosen by the argument ``count``. The other languages
    find their sentence by both. Code and wording are written as literals, so that they can be collected.

    >>> str(Message("too_early", "is before {first}.", first=dt.date(2026, 3, 2)))
    'is before 2026-03-02.'
    """

    code: str
    wording: Wording
    arguments: tuple[tuple[str, Any], ...]

    def __init__(self, code: str, wording: Wording, /, **arguments: Any) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "wording", wording)
        object.__setattr__(self, "arguments", tuple(arguments.items()))

    def __reduce__(self) -> tuple[Callable[..., Message], tuple[Any, ...]]:
        return _again, (self.code, self.wording, self.arguments)

    def __str__(self) -> str:
        return self.text(Language.EN)

    def text(self, language: Language) -> str:
        """The sentence in a language, with its arguments as that language writes them."""
        given = dict(self.arguments)
        count = given.get("count", 1)
        words = translated(self.code, self.wording, language, count if isinstance(count, int) else 1)
        # Not str.format, which could reach into what a file brings.
        return _PLACE.sub(lambda found: shown(given[found[1]], language), words)

    def named(self, naming: Naming) -> Message:
        """The same with other words for the names of sheets, columns, settings and choices."""
        return _again(self.code, self.wording, tuple((name, _named(value, naming)) for name, value in self.arguments))

    def as_object(self) -> dict[str, Any]:
        """The message as JSON can hold it: code, English wording, and arguments as they are shown in English."""
        arguments = {
            name: value.as_object() if isinstance(value, Message) else value
            if isinstance(value, str | int | float) else shown(value, Language.EN)
            for name, value in self.arguments
        }  # fmt: skip
        return {"code": self.code, "wording": self.wording, "arguments": arguments}

    @classmethod
    def from_object(cls, found: Mapping[str, Any]) -> Message:
        """What :meth:`as_object` has made. Raises ``KeyError`` or ``TypeError`` for anything else, such as a place without its
        argument."""
        wording = found["wording"] if isinstance(found["wording"], str) else tuple(found["wording"])
        if not isinstance(wording, str) and (len(wording) != 2 or not all(isinstance(form, str) for form in wording)):
            raise TypeError(wording)
        if not isinstance(found["code"], str):
            raise TypeError(found["code"])
        arguments = {
            name: cls.from_object(value) if isinstance(value, Mapping) else value
            for name, value in found["arguments"].items()
        }
        for form in (wording,) if isinstance(wording, str) else wording:
            _ = [arguments[name] for name in _PLACE.findall(form)]
        return cls(found["code"], wording, **arguments)


def shown(value: Any, language: Language) -> str:
    """An argument as a language writes it."""
    match value:
        case Spoken():
            return value.text(language)
        case AnyOf():
            return formats.listed([shown(item, language) for item in value.items], language, "or")
        case AllOf():
            return formats.listed([shown(item, language) for item in value.items], language, "standard")
        case Hours():
            return translated(
                "duration", "{hours} h {minutes}", language
            ).format(hours=value.minutes // 60, minutes=f"{value.minutes % 60:02d}")  # fmt: skip
        case dt.datetime():
            return formats.moment(value, language)
        case dt.date():
            return formats.date(value, language)
        case int() | float():
            return formats.figure(value, language)
        case _:
            return str(value)


def _again(code: str, wording: Wording, arguments: tuple[tuple[str, Any], ...]) -> Message:
    return Message(code, wording, **dict(arguments))


def _named(value: Any, naming: Naming) -> Any:
    match value:
        case Name():
            return naming(value)
        case Message():
            return value.named(naming)
        case AnyOf() | AllOf():
            return type(value)(tuple(_named(item, naming) for item in value.items))
        case _:
            return value
