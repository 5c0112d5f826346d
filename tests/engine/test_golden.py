"""Bounds of the example zones: no lower than once proven, and never above a roster that was once found."""

from __future__ import annotations

import pytest

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.proof.column_bounds import Columns
from scheduler.rules import declare
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Level
from tests.engine.zones import LineModels, built, example

pytestmark = pytest.mark.slow

PROVEN_AND_FOUND = {
    "brussels-midi": ((0, 0), (26_000, 29_940), (77_000, 84_240)),
    "brussels-ouest": ((0, 0), (8_000, 11_340), (60_000, 64_860)),
}
"""Per level: a bound that has been proven (rounded down), and a value that a solve has reached, in weighted minutes."""


@pytest.mark.parametrize("name", PROVEN_AND_FOUND)
def test_bounds_stay_between_what_was_proven_and_what_was_found(name: str) -> None:
    pool = CompiledProblem(declare(example(name)))
    columns = Columns(pool, LineModels(pool))
    columns.offer(built(pool)[1].shift)
    columns.prove(lambda: 300.0, lambda *_: None)
    found = dict(zip(COVERAGE_LEVELS, (value for _, value in PROVEN_AND_FOUND[name]), strict=True))
    for level, (proven, value) in zip(COVERAGE_LEVELS, PROVEN_AND_FOUND[name], strict=True):
        assert proven <= columns.bounds.of(level, found) <= value, level.name
    best = {level: columns.bounds.of(level, found) for level in COVERAGE_LEVELS}
    assert columns.bounds.of(Level.TARGETS, best) >= columns.bounds.of(Level.TARGETS, found), (
        "worse earlier levels never raise a bound"
    )
