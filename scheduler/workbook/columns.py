"""What a sheet and a column of the workbook are; :mod:`scheduler.workbook.catalogue` lists them all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from scheduler.messages.message import Message


class Kind(StrEnum):
    """What may stand in the cells of a column."""

    TEXT = "text"
    CODE = "code"
    CODES = "codes"
    """Several codes, separated by commas or semicolons."""
    CHOICE = "choice"
    CHOICES = "choices"
    ROLE = "role"
    """The code of a role, or a category."""
    DATE = "date"
    MOMENT = "moment"
    """A date (the whole day), or a date and a time."""
    CLOCK = "clock"
    DAYS = "days"
    COUNT = "count"
    COUNTS = "counts"
    """Codes with a number each: ``N=5, D=0``."""
    NUMBER = "number"
    SHARE = "share"
    """A share of a whole: ``0.8`` or ``80 %``; no other column takes a per cent sign."""
    HOURS = "hours"
    """A number of hours: ``7.6`` or ``7:36``."""
    WEEK = "week"
    """Hours of each weekday: ``4 8 8 0 0 0 0`` or ``mon 4, tue 8, wed 8``."""
    YES_NO = "yes_no"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its canonical name, what it takes, and the words that explain it to a planner.

    ``field`` is the field of the fact it fills where that has another name; ``refers`` the sheet whose codes it takes, in
    any case; ``required`` means that neither the column nor a cell of it may be missing; ``limit`` that the word ``none`` says
    "no limit"; ``width`` is in characters.
    """

    name: str
    kind: Kind
    help: str
    example: str = ""
    required: bool = False
    field: str = ""
    refers: str = ""
    choices: tuple[str, ...] = ()
    limit: bool = False
    width: int = 12

    @property
    def target(self) -> str:
        """The field of the fact that the column fills."""
        return self.field or self.name


@dataclass(frozen=True, slots=True)
class Sheet:
    """One input sheet. ``table`` is the field of :class:`~scheduler.problem.instance.Instance` its rows fill, blank for sheets
    that are read otherwise; ``purpose`` says what it is for. A ``record`` is checked and kept beside the facts: it
    fills no field of an instance, so that neither rules nor a search can know it."""

    name: str
    table: str
    columns: tuple[Column, ...]
    purpose: str
    aliases: tuple[str, ...] = ()
    needed: bool = False
    record: bool = False

    def column(self, name: str) -> Column:
        """The column of a canonical name; raises ``KeyError`` for names that the sheet does not have."""
        return {column.name: column for column in self.columns}[name]

    def help(self, column: Column) -> Message:
        """What stands in one of its columns, for planners."""
        return Message(f"column.{self.name}.{column.name}", column.help)

    def by_field(self, field: str) -> Column | None:
        """The column that fills a field of the fact."""
        return next((column for column in self.columns if column.target == field), None)


def normal(text: str) -> str:
    """A name as it is compared: no case, accents, blanks or punctuation. ``Date de début`` → ``datededebut``."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^a-z0-9+]", "", plain)
