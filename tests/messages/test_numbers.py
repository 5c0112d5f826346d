"""Figures in three languages."""

from __future__ import annotations

import pytest

from scheduler.messages.numbers import hours, number, percent


@pytest.mark.parametrize(
    ("language", "whole", "half", "share"),
    [
        ("en", "1,234,567", "1,234.5", "99.90 %"),
        ("fr", "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567", "1\N{NO-BREAK SPACE}234,5", "99,90 %"),
        ("nl", "1.234.567", "1.234,5", "99,90 %"),
        ("unknown", "1,234,567", "1,234.5", "99.90 %"),
    ],
)
def test_figures_are_written_as_readers_do(language: str, whole: str, half: str, share: str) -> None:
    assert number(1_234_567, language) == whole
    assert hours(60 * 1234.5, language) == half
    assert percent(0.999, language) == share
