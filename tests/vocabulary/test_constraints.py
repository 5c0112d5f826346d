"""Whose cells decide a constraint."""

from __future__ import annotations

import pytest

from scheduler.vocabulary.constraints import (
    Apart,
    Clash,
    Constraint,
    CoPresence,
    Cover,
    Level,
    Quota,
    Run,
    ShortageLimit,
    Together,
    named,
)

SOME, OTHERS = frozenset({"P1", "P2"}), frozenset({"P3"})


def cover(people: frozenset[str]) -> Cover:
    return Cover("test", Level.TARGETS, "HAL", "police", people, 0, 60, 1)


@pytest.mark.parametrize(
    ("constraint", "people"),
    [
        (cover(SOME), SOME),
        (Quota("test", SOME, frozenset({"HAL"}), 3), SOME),
        (Clash("test", ("P1", "P2"), frozenset({(0, "E")})), SOME),
        (CoPresence("test", SOME, OTHERS, 1), SOME | OTHERS),
        (ShortageLimit("test", Level.TARGETS, (cover(SOME), cover(OTHERS)), 60, 1), SOME | OTHERS),
        (Together("test", "P1", "P2", 5), SOME),
        (Apart("test", "P1", "P2"), SOME),
        (Run("test", "P1"), {"P1"}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_constraint_names_whose_cells_decide_it(constraint: Constraint, people: frozenset[str]) -> None:
    assert set(named(constraint)) == people
