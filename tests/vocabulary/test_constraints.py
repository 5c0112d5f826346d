"""Whose cells decide a constraint, and excluded pairs as sets."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    cliques,
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


DUTIES = st.tuples(st.integers(0, 3), st.sampled_from("EN"))


@given(st.sets(st.tuples(DUTIES, DUTIES).filter(lambda pair: pair[0][0] < pair[1][0])))
def test_sets_of_excluded_pairs_exclude_these_and_duties_of_one_day(
    pairs: set[tuple[tuple[int, str], tuple[int, str]]],
) -> None:
    excluded = {frozenset(pair) for duties in cliques(pairs) for pair in combinations(duties, 2)}
    assert {tuple(sorted(pair)) for pair in excluded if len({day for day, _ in pair}) == 2} == pairs
