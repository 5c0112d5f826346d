"""Everything Vigie raises on purpose.

::

    VigieError
    ├── InputError            the workbook or an argument is wrong; carries every problem found
    ├── OutputError           a result could not be written; nothing was lost
    ├── NoRosterError         no legal roster was found within the time limit
    │   └── OutOfTimeError    the time was over in the middle of a step
    ├── RuleError             a rule of another package cannot be used
    ├── ClusterError          the cluster cannot be reached, or its workers are not fit for the run
    ├── BrokenRosterError     a roster breaks hard rules, and nothing is to be built on it; carries every one
    ├── DayWordsError         a text names no days (:mod:`scheduler.problem.day_words`)
    └── ContradictionError    proven: no roster keeps every rule with these locks; carries the reasons

A plain ``ValueError`` never leaves the library: pydantic's error is one, and callers could not tell them apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from scheduler.messages.languages import Language
from scheduler.messages.message import Message, Name, Naming


class VigieError(Exception):
    """The root of the tree: catch this to catch everything Vigie raises on purpose. ``str()`` of it is English."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message)

    def text(self, language: Language) -> str:
        """What went wrong, in a language."""
        return self.message.text(language)


@dataclass(frozen=True, slots=True)
class InputProblem:
    """One thing that is wrong with the input, with its place.

    ``place`` is ``Sheet!Cell`` (or a sheet, or a file name), as the file calls it; ``value`` is what stands there as text;
    ``message`` says what is wrong; ``hint`` what to do about it, if there is something. ``fatal`` is False for a note
    that does not stop a solve. ``impossible`` is True where nothing is wrong with the cell by itself, but it is proven that no
    roster keeps it and every hard rule.
    """

    place: str
    value: str
    message: Message
    hint: Message | None = None
    fatal: bool = True
    impossible: bool = False

    def __str__(self) -> str:
        return self.text(Language.EN)

    def text(self, language: Language) -> str:
        """Place, value, what is wrong and what to do, on one line."""
        value = Message("quoted_value", "'{value}'", value=" ".join(self.value.splitlines()))
        shown = f"{value.text(language)} " if self.value else ""
        hint = "" if self.hint is None else f" {self.hint.text(language)}"
        said = Message(
            "labelled", "{label}: {words}", label=self.place, words=f"{shown}{self.message.text(language)}{hint}"
        )
        return said.text(language)

    def named(self, naming: Naming) -> InputProblem:
        """The same with the names of sheets, columns and settings as a workbook has them, the place too where it is a sheet."""
        sheet = naming(Name("sheet", self.place))
        hint = None if self.hint is None else self.hint.named(naming)
        place = sheet if isinstance(sheet, str) else self.place
        return replace(self, place=place, message=self.message.named(naming), hint=hint)


class InputError(VigieError):
    """The input is wrong. ``problems`` lists everything that was found, not only the first; ``notes`` what was passed over;
    ``language`` is what the workbook asks for, where that is known."""

    def __init__(
        self, problems: Sequence[InputProblem], notes: Sequence[InputProblem] = (), language: str | None = None
    ) -> None:
        self.problems: tuple[InputProblem, ...] = tuple(problems)
        self.notes: tuple[InputProblem, ...] = tuple(notes)
        self.language = language
        Exception.__init__(self, "\n".join(" ".join(str(problem).splitlines()) for problem in self.problems))

    def text(self, language: Language) -> str:
        return "\n".join(" ".join(problem.text(language).splitlines()) for problem in self.problems)

    def __reduce__(self) -> tuple[type[InputError], tuple[Any, ...]]:
        return type(self), (self.problems, self.notes, self.language)


class OutputError(VigieError):
    """A file could not be written; an older file of that name is untouched."""


class NoRosterError(VigieError):
    """No legal roster was found within the limits given. ``incidents`` say what went wrong on the way, one sentence each."""

    def __init__(self, message: Message, incidents: Sequence[Message] = ()) -> None:
        self.incidents: tuple[Message, ...] = tuple(incidents)
        self.message = message
        Exception.__init__(self, self.text(Language.EN))

    def text(self, language: Language) -> str:
        return " ".join(part.text(language) for part in (self.message, *self.incidents))

    def __reduce__(self) -> tuple[type[NoRosterError], tuple[Message, tuple[Message, ...]]]:
        return type(self), (self.message, self.incidents)


class OutOfTimeError(NoRosterError):
    """The time limit was reached, or the run stopped, in the middle of a step that so has no outcome."""


class RuleError(VigieError):
    """A rule that another package brings cannot be used."""


class ClusterError(VigieError):
    """The cluster cannot be reached, or its workers are not fit for the run."""


class BrokenRosterError(VigieError):
    """The roster of a workbook breaks hard rules: nothing is built on it. ``problems`` name each with its cell."""

    def __init__(self, problems: Sequence[InputProblem]) -> None:
        self.problems: tuple[InputProblem, ...] = tuple(problems)
        Exception.__init__(self, self.text(Language.EN))

    def text(self, language: Language) -> str:
        head = Message(
            "roster_broken",
            (
                "The roster breaks {count} hard rule. Mend it, or enter on sheet {sheet} who accepts it and why.",
                "The roster breaks {count} hard rules. Mend them, or enter on sheet {sheet} who accepts them and why.",
            ),
            count=len(self.problems),
            sheet=Name("sheet", "Overrides"),
        )
        return "\n".join((head.text(language), *(f"  {problem.text(language)}" for problem in self.problems)))

    def __reduce__(self) -> tuple[type[BrokenRosterError], tuple[tuple[InputProblem, ...]]]:
        return type(self), (self.problems,)


class ContradictionError(VigieError):
    """The locks cannot all hold at once, whatever the rest of the roster: noticed before the solve, or by any engine.

    ``reasons`` says why, one line each; ``problems`` says the same with the cells, where it was noticed before the solve;
    ``places`` are people and dates of the locks that an engine found in the way.
    """

    def __init__(
        self,
        reasons: Sequence[Message],
        problems: Sequence[InputProblem] = (),
        places: Sequence[tuple[str, dt.date]] = (),
    ) -> None:
        self.reasons: tuple[Message, ...] = tuple(reasons)
        self.problems: tuple[InputProblem, ...] = tuple(problems)
        self.places: tuple[tuple[str, dt.date], ...] = tuple(places)
        Exception.__init__(self, self.text(Language.EN))

    def text(self, language: Language) -> str:
        if self.problems:
            return "\n".join(" ".join(problem.text(language).splitlines()) for problem in self.problems)
        return "\n".join(reason.text(language) for reason in self.reasons)

    def __reduce__(self) -> tuple[type[ContradictionError], tuple[object, ...]]:
        return type(self), (self.reasons, self.problems, self.places)
