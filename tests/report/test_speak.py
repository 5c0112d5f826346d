"""Sentences on a terminal end their lines between words; elsewhere, and in tables, nothing is broken."""

from __future__ import annotations

import pytest

from scheduler.report.speak import _fitted

LONG = "  remarque : Souhaits!B60 : ne peut être accordé à aucune de ses dates (congé, dates en service, catégorie)."


@pytest.mark.parametrize("width", [40, 80])
def test_a_sentence_is_broken_between_words(width: int) -> None:
    pieces = _fitted(LONG, width)
    assert len(pieces) > 1
    assert all(len(piece) <= width and piece.startswith("  ") for piece in pieces)
    assert " ".join(piece.strip() for piece in pieces) == LONG.strip()


def test_a_table_and_a_stream_that_is_no_terminal_keep_their_lines() -> None:
    row = "  Minimum police           0,0 h    0,0 h  17 448,0 h  prouvé"
    assert _fitted(row, 20) == [row]
    assert _fitted(LONG, 0) == [LONG]
    assert _fitted("unbreakable" * 20, 40) == ["unbreakable" * 20]
