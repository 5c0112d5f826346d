"""The arithmetic of bounds: floors, units, and what a weighed bound is worth when earlier levels are not at their best."""

from __future__ import annotations

import pytest

from scheduler.constraints import COVERAGE_LEVELS, Level
from scheduler.engine.proof.bounds import EARLIER, Bounds

POLICE, WARDENS, TARGETS = COVERAGE_LEVELS
NOTHING = dict.fromkeys(COVERAGE_LEVELS, 0)


def _bounds(**changes: object) -> Bounds:
    given = {
        "present": [(POLICE, TARGETS), (WARDENS, TARGETS)],
        "floor": NOTHING,
        "unit": dict.fromkeys(COVERAGE_LEVELS, 1),
    }
    return Bounds(**{**given, **changes})  # type: ignore[arg-type]


def test_nothing_known_is_the_floor() -> None:
    assert _bounds().of(TARGETS, NOTHING) == 0
    assert _bounds(floor={**NOTHING, TARGETS: 70}).of(TARGETS, NOTHING) == 70


def test_components_and_floor_add_up() -> None:
    bounds = _bounds(floor={**NOTHING, TARGETS: 5})
    bounds.learn(0, TARGETS, 100, alone=True)
    bounds.learn(1, TARGETS, 30, alone=True)
    assert bounds.of(TARGETS, NOTHING) == 135


@pytest.mark.parametrize(("known", "rounded"), [(0, 0), (1, 60), (59, 60), (60, 60), (61, 120)])
def test_a_value_is_a_multiple_of_its_unit(known: int, rounded: int) -> None:
    bounds = _bounds(unit={**dict.fromkeys(COVERAGE_LEVELS, 1), POLICE: 60})
    bounds.learn(0, POLICE, known, alone=True)
    assert bounds.of(POLICE, NOTHING) == rounded


def test_the_best_of_a_kind_is_kept() -> None:
    bounds = _bounds()
    for value in (10, 40, 20):
        bounds.learn(0, POLICE, value, alone=True)
    assert bounds.of(POLICE, NOTHING) == 40


@pytest.mark.parametrize(("police", "expected"), [(8, 100), (9, 50), (10, 30), (11, 30)])
def test_a_weighed_bound_pays_for_every_minute_of_the_earlier_level(police: int, expected: int) -> None:
    bounds = _bounds()
    bounds.learn(0, POLICE, 8, alone=True)
    bounds.learn(0, TARGETS, 30, alone=True)
    bounds.learn(0, TARGETS, 100 + 8 * EARLIER, alone=False)
    assert bounds.of(TARGETS, {**NOTHING, POLICE: police}) == expected


def test_what_others_need_of_the_earlier_level_is_not_ones_own() -> None:
    bounds = _bounds(present=[(POLICE, TARGETS), (POLICE,)], floor={**NOTHING, POLICE: 3})
    bounds.learn(1, POLICE, 4, alone=True)
    bounds.learn(0, TARGETS, 100 + 2 * EARLIER, alone=False)
    assert bounds.of(TARGETS, {**NOTHING, POLICE: 9}) == 100, "3 are everybody's, 4 the other's, 2 remain"
    assert bounds.of(TARGETS, {**NOTHING, POLICE: 10}) == 100 - EARLIER


def test_levels_are_told_apart() -> None:
    bounds = _bounds()
    bounds.learn(0, POLICE, 10, alone=True)
    assert bounds.of(WARDENS, NOTHING) == bounds.of(TARGETS, NOTHING) == 0
    assert bounds.of(Level.POLICE_MINIMUM, NOTHING) == 10
