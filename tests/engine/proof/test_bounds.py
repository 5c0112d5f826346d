"""The arithmetic of bounds: floors, units, and what a weighed bound is worth when earlier levels are not at their best."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.engine.proof.bounds import ALONE, WEIGHTS, Bounds
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Level

POLICE, WARDENS, TARGETS = COVERAGE_LEVELS
WEIGHT = WEIGHTS[0]
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
    bounds.learn(0, TARGETS, ALONE, 100)
    bounds.learn(1, TARGETS, ALONE, 30)
    assert bounds.of(TARGETS, NOTHING) == 135


@pytest.mark.parametrize(("known", "rounded"), [(0, 0), (1, 60), (59, 60), (60, 60), (61, 120)])
def test_a_value_is_a_multiple_of_its_unit(known: int, rounded: int) -> None:
    bounds = _bounds(unit={**dict.fromkeys(COVERAGE_LEVELS, 1), POLICE: 60})
    bounds.learn(0, POLICE, ALONE, known)
    assert bounds.of(POLICE, NOTHING) == rounded


def test_the_best_of_a_kind_is_kept() -> None:
    bounds = _bounds()
    for value in (10, 40, 20):
        bounds.learn(0, POLICE, ALONE, value)
    assert bounds.of(POLICE, NOTHING) == 40


@pytest.mark.parametrize(("police", "expected"), [(8, 100), (9, 100 - WEIGHT), (10, 100 - 2 * WEIGHT), (100, 30)])
def test_a_weighed_bound_pays_for_every_minute_of_the_earlier_level(police: int, expected: int) -> None:
    bounds = _bounds()
    bounds.learn(0, POLICE, ALONE, 8)
    bounds.learn(0, TARGETS, ALONE, 30)
    bounds.learn(0, TARGETS, WEIGHT, 100 + 8 * WEIGHT)
    assert bounds.of(TARGETS, {**NOTHING, POLICE: police}) == expected


def test_what_others_need_of_the_earlier_level_is_not_ones_own() -> None:
    bounds = _bounds(present=[(POLICE, TARGETS), (POLICE,)], floor={**NOTHING, POLICE: 3})
    bounds.learn(1, POLICE, ALONE, 4)
    bounds.learn(0, TARGETS, WEIGHT, 100 + 2 * WEIGHT)
    assert bounds.of(TARGETS, {**NOTHING, POLICE: 9}) == 100, "3 are everybody's, 4 the other's, 2 remain"
    assert bounds.of(TARGETS, {**NOTHING, POLICE: 10}) == 100 - WEIGHT


def test_what_an_earlier_level_has_too_much_is_taken_off_once() -> None:
    bounds = _bounds(present=[(POLICE, TARGETS)] * 3)
    for component in range(3):
        bounds.learn(component, TARGETS, WEIGHT, 100)
    assert bounds.of(TARGETS, {**NOTHING, POLICE: 4}) == 300 - 4 * WEIGHT


def test_an_earlier_level_far_from_its_best_does_not_spoil_what_another_says() -> None:
    bounds = _bounds()
    bounds.learn(0, TARGETS, WEIGHT, 100)
    bounds.learn(1, TARGETS, WEIGHT, 40)
    assert bounds.of(TARGETS, {**NOTHING, POLICE: 1000}) == 40
    assert bounds.of(TARGETS, {**NOTHING, WARDENS: 1000}) == 100


_minutes = st.integers(0, 60)


@given(
    st.lists(st.tuples(st.sets(st.sampled_from(COVERAGE_LEVELS), min_size=1), *[_minutes] * 7), max_size=4), _minutes
)
def test_never_above_a_value_when_what_is_learned_is_true(
    parts: list[tuple[set[Level], *tuple[int, ...]]], floor: int
) -> None:
    """Components with any values; what is learned of each holds for its own value, with any slack."""
    present = [tuple(level for level in COVERAGE_LEVELS if level in levels) for levels, *_ in parts]
    bounds = _bounds(present=present, floor={**NOTHING, TARGETS: floor})
    values = {**NOTHING, TARGETS: floor}
    for component, (_, *minutes) in enumerate(parts):
        own = dict(zip(COVERAGE_LEVELS, minutes, strict=False))
        for position, level in enumerate(present[component]):
            values[level] += own[level]
            bounds.learn(component, level, ALONE, own[level] - minutes[3 + position])
            earlier = sum(own[lower] for lower in present[component][:position])
            for weight in WEIGHTS if position else ():
                bounds.learn(component, level, weight, own[level] + weight * earlier - minutes[6] * weight)
    for level, value in values.items():
        assert bounds.of(level, values) <= value


def test_levels_are_told_apart() -> None:
    bounds = _bounds()
    bounds.learn(0, POLICE, ALONE, 10)
    assert bounds.of(WARDENS, NOTHING) == bounds.of(TARGETS, NOTHING) == 0
    assert bounds.of(Level.POLICE_MINIMUM, NOTHING) == 10
