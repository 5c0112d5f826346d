"""The arithmetic of bounds: floors, units, and what a weighed bound is worth when earlier levels are not at their best."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.engine.proof.bounds import ALONE, WEIGHTS, Bounds, Exact
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, REPAIR_LEVELS, Level

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


_group = st.tuples(st.integers(1, 3), *[st.integers(-1, 2)] * 2, *[st.integers(0, 60)] * 3)


@given(
    st.lists(_group, max_size=4),
    _minutes,
    st.lists(st.tuples(*[_minutes] * 3), min_size=12, max_size=12),
    st.lists(st.sets(st.sampled_from([POLICE, WARDENS])), min_size=12, max_size=12),
    st.booleans(),
)
def test_a_bound_in_order_says_nothing_of_rosters_that_get_round_it(
    groups: list[tuple[int, ...]], slack: int, drawn: list[tuple[int, ...]], lacks: list[set[Level]], weigh: bool
) -> None:
    """Components in groups: what was held is what they have, or a little more or less, but never less than they have at least.
    Where it is less than they have, a bound may be anything. Some have no say in a level."""
    own = [
        tuple(0 if level in lacked else value for level, value in zip(COVERAGE_LEVELS, values, strict=True))
        for values, lacked in zip(drawn, lacks, strict=True)
    ]
    in_order, first = [], 0
    for size, *more, of_police, of_wardens, of_targets in groups:
        said = (of_police, of_wardens, of_targets)
        among = range(first, first + size)
        mine = [sum(own[c][level] for c in among) for level in range(3)]
        # No roster that is found has less than is proven: here that is what a component has, less the slack, and never below 0.
        least = [sum(max(0, own[c][level] - slack) for c in among) for level in range(2)]
        police, wardens = (max(mine[level] + by, least[level]) for level, by in enumerate(more))
        held = {POLICE: police, WARDENS: wardens}
        kept = [True, police >= mine[0], police >= mine[0] and wardens >= mine[1]]
        found = zip(COVERAGE_LEVELS, mine, said, kept, strict=True)
        in_order.append(Exact({lv: max(0, v - s) if k else 500 for lv, v, s, k in found}, held, tuple(among)))
        first += size
    present = [tuple(level for level in COVERAGE_LEVELS if level not in lacked) for lacked in lacks[:first]]
    bounds = _bounds(present=present, in_order=in_order)
    for c in range(first):
        for level, value in zip(COVERAGE_LEVELS, own[c], strict=True):
            bounds.learn(c, level, ALONE, value - slack)
        if weigh:
            bounds.learn(c, TARGETS, WEIGHT, own[c][2] + WEIGHT * (own[c][0] + own[c][1]))
    values = {level: sum(own[c][place] for c in range(first)) for place, level in enumerate(COVERAGE_LEVELS)}
    for level, value in values.items():
        assert bounds.of(level, values) <= value


def test_a_bound_in_order_holds_while_nothing_more_is_missed_earlier() -> None:
    bounds = _bounds(
        in_order=[
            Exact({TARGETS: 90}, {POLICE: 20, WARDENS: 0}, (0,)),
            Exact({TARGETS: 50}, {POLICE: 0, WARDENS: 0}, (1,)),
        ]
    )
    bounds.learn(0, POLICE, ALONE, 20)
    bounds.learn(0, TARGETS, ALONE, 10)
    at_best = {**NOTHING, POLICE: 20}
    assert bounds.of(TARGETS, at_best) == 140
    assert bounds.of(TARGETS, {}) == 10
    # A minute more, and the one that has any of that level may get round its bound; the other cannot.
    assert bounds.of(TARGETS, {**at_best, POLICE: 21}) == 60
    assert bounds.of(TARGETS, {**at_best, POLICE: 22}) == 60
    # What is missed more of the other level may be anywhere but in the first.
    assert bounds.of(TARGETS, {**at_best, WARDENS: 1}) == 90


def test_getting_round_a_bound_costs_what_it_was_held_at_above_the_least() -> None:
    bounds = _bounds(
        unit={**dict.fromkeys(COVERAGE_LEVELS, 1), POLICE: 30}, in_order=[Exact({TARGETS: 90}, {POLICE: 60}, (0,))]
    )
    bounds.learn(0, POLICE, ALONE, 30)
    assert bounds.of(TARGETS, {**NOTHING, POLICE: 60}) == 90
    assert bounds.of(TARGETS, {**NOTHING, POLICE: 90}) == 0


def test_a_weighed_bound_says_what_holds_in_order() -> None:
    bounds = _bounds()
    bounds.learn(0, TARGETS, WEIGHT, 100)
    assert bounds.least([0], TARGETS, {POLICE: 20, WARDENS: 0}) == 100 - 20 * WEIGHT
    assert bounds.least([0], TARGETS, {POLICE: 20}) == 0, "nothing is held at one of the earlier levels"


def test_bounds_in_order_keep_to_their_components_when_parts_are_joined() -> None:
    one, other = (_bounds(in_order=[Exact({TARGETS: value}, NOTHING, (1,))]) for value in (40, 70))
    joined = Bounds.joined([one, other])
    assert [exact.components for exact in joined.in_order] == [(1,), (3,)]
    assert joined.of(TARGETS, NOTHING) == 110


def test_levels_are_told_apart() -> None:
    bounds = _bounds()
    bounds.learn(0, POLICE, ALONE, 10)
    assert bounds.of(WARDENS, NOTHING) == bounds.of(TARGETS, NOTHING) == 0
    assert bounds.of(Level.POLICE_MINIMUM, NOTHING) == 10


def test_what_more_is_learnt_takes_nothing_away() -> None:
    """In truth 700 of the police minimum are missing, and then one change is needed; the weighed bounds know of the 700 only."""
    late = Level.CHANGES_IN_NOTICE
    exact = Exact({POLICE: 700, late: 1}, {POLICE: 700, late: 1}, (0,))
    levels = dict.fromkeys(REPAIR_LEVELS, 0)
    bounds = Bounds([(POLICE, late)], levels, dict.fromkeys(REPAIR_LEVELS, 1), in_order=[exact])
    bounds.learn(0, POLICE, ALONE, 300)
    values = {POLICE: 700, WARDENS: 0}
    assert bounds.of(late, values) == 1
    for weight, value in ((1, 700), (2, 1300)):
        bounds.learn(0, late, weight, value)
        assert bounds.of(late, values) == 1
