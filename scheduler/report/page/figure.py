"""What stands on a page beside sentences: tables, and pictures that have one."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

NO_KEY = Markup()


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; ``figure``: whether the column holds figures, which stand at the right."""

    text: str
    figure: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as they are shown. The first cell of each row names the row. ``groups`` are heads over several columns each, and how
    many."""

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]
    groups: tuple[tuple[str, int], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its title, what it shows in a sentence, and the table that says the same."""

    title: str
    says: str
    picture: Markup
    table: Table
    key: Markup = NO_KEY


def heads(*texts: str, first: int = 1) -> tuple[Head, ...]:
    """Heads of which all after the first so many are about figures."""
    return tuple(Head(text, place >= first) for place, text in enumerate(texts))


def strong(text: str) -> Markup:
    """A cell that matters more than those around it."""
    return Markup("<strong>{}</strong>").format(text)
