"""Short words and sentences that stand on sheets and in the terminal: found by their code, in a person's language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from scheduler.messages import formats
from scheduler.messages.command_wordings import COMMANDS
from scheduler.messages.dossier_wordings import DOSSIER
from scheduler.messages.explain_wordings import EXPLAIN
from scheduler.messages.languages import Language
from scheduler.messages.message import Message, Name
from scheduler.messages.page_wordings import PAGE
from scheduler.messages.sheet_wordings import SHEETS
from scheduler.messages.stress_wordings import STRESS

WORDINGS = SHEETS | COMMANDS | PAGE | DOSSIER | EXPLAIN | STRESS
"""The English wording of every code."""


def text(language: Language, code: str, **arguments: Any) -> str:
    """One sentence with its arguments."""
    return Message(code, WORDINGS[code], **arguments).text(language)


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one language."""

    language: Language = Language.EN

    def __call__(self, code: str, **arguments: Any) -> str:
        return text(self.language, code, **arguments)

    def name(self, kind: str, name: str) -> str:
        """A sheet, column, setting or choice as the language calls it."""
        return Name(kind, name).text(self.language)

    def purpose(self, words: str) -> str:
        """What a sheet is for."""
        return self.name("purpose", words)

    def sheet(self, name: str) -> str:
        return self.name("sheet", name)

    def weekday(self, on: dt.date) -> str:
        return formats.weekday(on.weekday(), self.language)

    def weekday_number(self, number: int) -> str:
        """0 = Monday … 6 = Sunday."""
        return formats.weekday(number, self.language)

    def long_date(self, on: dt.date) -> str:
        """``2 March 2026``."""
        return formats.long_date(on, self.language)

    def month(self, on: dt.date) -> str:
        return formats.month(on, self.language)

    def hours(self, minutes: float) -> str:
        """Whole hours with the language's grouping: ``1,359`` or ``1 359``; a half goes up, as in Excel's formats."""
        return formats.number(int(minutes / 60 + 0.5), self.language)
