"""Figures, dates and lists as the users' languages write them: 1,234.5 in English, 1 234,5 in French, 1.234,5 in Dutch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from scheduler.messages.languages import Language

if TYPE_CHECKING:
    from babel import Locale


_HUGE = 1e15
"""From here on a figure is no figure of a roster, and is written with its power of ten."""


@cache
def _locale(language: Language) -> Locale:
    # Loaded only when something is formatted: `vigie --help` answers without.
    from babel import Locale

    return Locale("en", "GB") if language == Language.EN else Locale(str(language))


@cache
def _pattern(digits: int, exact: bool) -> str:
    return "#,##0" + ("." + ("0" if exact else "#") * digits if digits else "")


def number(value: float, language: Language, digits: int = 0) -> str:
    """A figure with exactly so many decimals."""
    if abs(value) >= _HUGE:
        return f"{value:.6g}"
    from babel.numbers import format_decimal

    return format_decimal(value, _pattern(digits, exact=True), locale=_locale(language))


def figure(value: float, language: Language) -> str:
    """A figure with as many decimals as it has, at most two. Integers of four digits have no separator, as years and numbers of
    rows have none; amounts, which are floats, have one."""
    if abs(value) < (10_000 if isinstance(value, int) else 1_000) and float(value).is_integer():
        return str(int(value))
    if abs(value) >= _HUGE:
        return f"{value:.6g}"
    from babel.numbers import format_decimal

    return format_decimal(value, _pattern(2, exact=False), locale=_locale(language))


def parameter_value(value: float | str, language: Language) -> str:
    """A parameter of a rule: a figure, or a word; a dash where it is blank."""
    return (value or "–") if isinstance(value, str) else figure(value, language)


def hours(minutes: float, language: Language) -> str:
    """Minutes as hours, with one decimal."""
    return number(minutes / 60, language, 1)


def percent(share: float, language: Language) -> str:
    """A share in percent, with two decimals."""
    return f"{number(100 * share, language, 2)} %"


def date(on: dt.date, language: Language) -> str:
    """``2026-03-09``, or ``09/03/2026`` in French and Dutch: as the cells of the workbook show it."""
    return on.isoformat() if language == Language.EN else f"{on:%d/%m/%Y}"


def moment(at: dt.datetime, language: Language) -> str:
    """The date and the clock time: ``2026-03-09 22:00``."""
    return f"{date(at.date(), language)} {at:%H:%M}"


def long_date(on: dt.date, language: Language) -> str:
    """``2 March 2026``."""
    from babel.dates import format_date

    return format_date(on, "d MMMM y", locale=_locale(language))


def month(on: dt.date, language: Language) -> str:
    return str(_locale(language).months["stand-alone"]["wide"][on.month])


def weekday(number: int, language: Language) -> str:
    """Short, without a full stop: ``Mon``, ``lun``, ``ma``. 0 is Monday."""
    return str(_locale(language).days["stand-alone"]["abbreviated"][number]).rstrip(".")


def listed(words: Sequence[str], language: Language, style: str) -> str:
    """``a, b or c`` with style ``or``, ``a, b and c`` with style ``standard``."""
    from babel.lists import format_list

    return format_list(words, style, locale=_locale(language))  # type: ignore[arg-type]
