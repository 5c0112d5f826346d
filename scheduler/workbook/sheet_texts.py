"""The words of the result sheets in the languages of the users: one table, English the fallback.

Sheet names stay canonical English, so that a workbook means the same to everybody who opens it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from scheduler.messages.numbers import number
from scheduler.workbook.sheet_words import WORDS

LANGUAGES = ("en", "fr", "nl")

_WEEKDAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "fr": ("lun", "mar", "mer", "jeu", "ven", "sam", "dim"),
    "nl": ("ma", "di", "wo", "do", "vr", "za", "zo"),
}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one language; an unknown language speaks English."""

    language: str = "en"

    def __call__(self, key: str, **values: object) -> str:
        """The text of ``key``, its ``{placeholders}`` filled in."""
        return WORDS[key][self._column].format(**values)

    def level(self, name: str) -> str:
        """A level's name in words, whatever its capitals; names unknown to the table stay as they are."""
        key = name.casefold()
        return self(key) if key in WORDS else name

    def weekday(self, on: dt.date) -> str:
        return _WEEKDAYS[LANGUAGES[self._column]][on.weekday()]

    def weekday_number(self, number: int) -> str:
        """0 = Monday … 6 = Sunday."""
        return _WEEKDAYS[LANGUAGES[self._column]][number]

    def long_date(self, on: dt.date) -> str:
        """``2 March 2026``."""
        return f"{on.day} {_MONTHS[LANGUAGES[self._column]].split()[on.month - 1]} {on.year}"

    def month(self, on: dt.date) -> str:
        return _MONTHS[LANGUAGES[self._column]].split()[on.month - 1]

    def hours(self, minutes: float) -> str:
        """Whole hours with the language's grouping: ``1,359`` or ``1 359``; a half goes up, as in Excel's formats."""
        return number(int(minutes / 60 + 0.5), self.language)

    @property
    def _column(self) -> int:
        return LANGUAGES.index(self.language) if self.language in LANGUAGES else 0
