"""Figures, dates and lists in three languages."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduler.messages import formats
from scheduler.messages.languages import Language

_THIN = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "whole", "half", "share"),
    [
        (Language.EN, "1,234,567", "1,234.5", "99.90 %"),
        (Language.FR, f"1{_THIN}234{_THIN}567", f"1{_THIN}234,5", "99,90 %"),
        (Language.NL, "1.234.567", "1.234,5", "99,90 %"),
    ],
)
def test_figures_are_written_as_readers_do(language: Language, whole: str, half: str, share: str) -> None:
    assert formats.number(1_234_567, language) == whole
    assert formats.hours(60 * 1234.5, language) == half
    assert formats.percent(0.999, language) == share


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (2026, "2026"),
        (12_345, "12.345"),
        (7.5, "7,5"),
        (1 / 3, "0,33"),
        (0, "0"),
        (-4.25, "-4,25"),
        (9876.0, "9.876"),
        (9876.5, "9.876,5"),
        (-2000.0, "-2.000"),
        (987.0, "987"),
    ],
)
def test_a_figure_has_as_many_decimals_as_it_needs(value: float, shown: str) -> None:
    assert formats.figure(value, Language.NL) == shown


@pytest.mark.parametrize(
    ("language", "weekday", "month", "long", "either"),
    [
        (Language.EN, "Mon", "March", "2 March 2026", "a, b or c"),
        (Language.FR, "lun", "mars", "2 mars 2026", "a, b ou c"),
        (Language.NL, "ma", "maart", "2 maart 2026", "a, b of c"),
    ],
)
def test_dates_and_lists(language: Language, weekday: str, month: str, long: str, either: str) -> None:
    on = dt.date(2026, 3, 2)
    assert formats.weekday(on.weekday(), language) == weekday
    assert formats.month(on, language) == month
    assert formats.long_date(on, language) == long
    assert formats.listed(["a", "b", "c"], language, "or") == either
