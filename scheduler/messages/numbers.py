"""Figures as the users' languages write them: 1,234.5 in English, 1 234,5 in French, 1.234,5 in Dutch."""

from __future__ import annotations

_MARKS = {"fr": ("\N{NO-BREAK SPACE}", ","), "nl": (".", ",")}
"""Between thousands, and before decimals."""


def number(value: float, language: str, digits: int = 0) -> str:
    """A figure with so many decimals."""
    thousands, point = _MARKS.get(language, (",", "."))
    return f"{value:,.{digits}f}".translate({ord(","): thousands, ord("."): point})


def hours(minutes: float, language: str) -> str:
    """Minutes as hours, with one decimal."""
    return number(minutes / 60, language, 1)


def percent(share: float, language: str) -> str:
    """A share in percent, with two decimals."""
    return f"{number(100 * share, language, 2)} %"
