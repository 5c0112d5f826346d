"""The master's parts: tiers of missing heads, and bounds that hold whatever an hour is said to be worth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.engine.columns.cover_costs import SCALE, CoverRow, PricedRows, empty_cost, tiers
from scheduler.engine.columns.master import Master
from scheduler.engine.columns.optimum import Solution
from scheduler.engine.columns.pricing_effort import EXACT, QUICK
from scheduler.engine.compiled_problem import CoverInterval, CoverRequirement
from scheduler.engine.cpsat.one_shot import solve_one_shot
from scheduler.engine.posting_classes import components, posting_classes
from scheduler.vocabulary.constraints import Level
from tests.builders import demand, hotspot, make
from tests.engine.zones import LineModels, built, compiled, limits, zone

POLICE, TARGETS = Level.POLICE_MINIMUM, Level.TARGETS


def _interval(*requirements: CoverRequirement, fixed: int = 0) -> CoverInterval:
    return CoverInterval(0, 0, 0, 60, (), fixed, requirements)


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (0, [(2, {POLICE: 180, TARGETS: 60}), (1, {TARGETS: 60}), (None, {})]),
        (1, [(1, {POLICE: 180, TARGETS: 60}), (1, {TARGETS: 60}), (None, {})]),
        (2, [(1, {TARGETS: 60}), (None, {})]),
        (3, [(None, {})]),
    ],
)
def test_tiers_run_from_the_next_head_to_the_last(
    heads: int, expected: list[tuple[int | None, dict[Level, int]]]
) -> None:
    interval = _interval(
        CoverRequirement(POLICE, 2, 3),
        CoverRequirement(TARGETS, 3, 1),
        CoverRequirement(Level.QUALITY, 3, 5, above=True),
    )
    assert [(tier.heads, dict(tier.saves)) for tier in tiers(interval, heads, priced=False)] == expected


def test_a_price_below_and_above_is_in_the_tiers_of_the_quality_level_alone() -> None:
    interval = _interval(CoverRequirement(Level.QUALITY, 3, 5), CoverRequirement(Level.QUALITY, 4, 1, above=True))
    assert [(tier.heads, dict(tier.saves)) for tier in tiers(interval, 0, priced=False)] == [(None, {})]
    assert [(tier.heads, dict(tier.saves)) for tier in tiers(interval, 0, priced=True)] == [
        (3, {Level.QUALITY: 300}), (1, {}), (None, {Level.QUALITY: -60}),
    ]  # fmt: skip


WANTS = st.lists(
    st.builds(CoverRequirement, st.sampled_from([POLICE, TARGETS]), st.integers(0, 5), st.integers(1, 4))
    | st.builds(CoverRequirement, st.just(Level.QUALITY), st.integers(0, 5), st.integers(1, 4), st.booleans()),
    max_size=5,
)


@given(WANTS, st.integers(0, 6), st.integers(0, 8), st.booleans())
def test_tiers_add_up_to_the_cost_of_any_number_of_heads(
    requirements: list[CoverRequirement], heads: int, more: int, priced: bool
) -> None:
    interval = _interval(*requirements)
    cost = dict(empty_cost(interval, heads, priced=priced))
    left = more
    for tier in tiers(interval, heads, priced=priced):
        taken = left if tier.heads is None else min(left, tier.heads)
        left -= taken
        for level, saved in tier.saves.items():
            cost[level] = cost.get(level, 0) - taken * saved
    then = empty_cost(interval, heads + more, priced=priced)
    assert {level: value for level, value in cost.items() if value} == {k: v for k, v in then.items() if v}


@given(st.lists(st.tuples(WANTS, st.integers(0, 6), st.integers(-500, 500)), min_size=1, max_size=4), st.integers(0, 8))
def test_the_least_cost_of_cells_is_below_that_of_any_numbers_of_heads(
    given: list[tuple[list[CoverRequirement], int, int]], more: int
) -> None:
    """Heads had for some worth each: never more than with ``more`` of them and their price, and met by some numbers."""
    levels = {POLICE: 3, TARGETS: 1, Level.QUALITY: 1}
    rows, prices, at_more, at_best = [], [], 0, 0
    for requirements, heads, worth in given:
        interval = _interval(*requirements)
        steps = tiers(interval, heads, priced=True)
        scaled = max(worth * SCALE, SCALE * steps[-1].worth(levels))
        totals = [
            SCALE * sum(levels[level] * c for level, c in empty_cost(interval, heads + n, priced=True).items())
            + scaled * n
            for n in range(12)
        ]
        rows.append(CoverRow(empty_cost(interval, heads, priced=True), steps, ()))
        prices.append(scaled)
        at_more, at_best = at_more + totals[more], at_best + min(totals)
    least = PricedRows(rows, levels).least(np.array(prices))
    assert least <= at_more
    assert least == at_best


def test_heads_below_what_the_last_is_worth_are_refused() -> None:
    steps = tiers(_interval(CoverRequirement(POLICE, 1, 1)), 0, priced=False)
    with pytest.raises(ValueError, match="last tier"):
        PricedRows([CoverRow({}, steps, ())], {POLICE: 1}).least(np.array([-1]))


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("look", [EXACT, QUICK, 1])
def test_a_bound_holds_whatever_the_posts_are_worth(seed: int, look: int) -> None:
    """And whatever lines are asked for, and however few labels are kept."""
    pool = compiled(zone(seed))
    _, first = built(pool)
    best = solve_one_shot(pool, first, limits, [POLICE]).incumbent.values[POLICE]
    classes = posting_classes(pool, tell_apart=False)
    random = np.random.default_rng(seed)
    for most, dual in ((0, 0.0), (40, 0.0), (40, 1e6), (400, 1e6), (400, -20.0)):
        total = 0
        for group in components(pool, classes):
            master = Master(pool, LineModels(pool), classes, group)
            master.weigh({POLICE: 1})
            ceiling = np.array([row.tiers[0].worth({POLICE: 1}) * SCALE for row in master.rows], dtype=np.int64)
            worth = np.minimum(ceiling, random.integers(0, most * SCALE + 1, len(master.rows)))
            bound = master.price(Solution(0.0, worth, dict.fromkeys(master.members, dual)), look).bound
            assert bound is not None
            total += bound
        assert total <= best


def test_a_duty_is_worth_what_its_best_post_is() -> None:
    """Both hotspots want somebody from 14:00 to 22:00; a person can stand at one of them."""
    late = demand(start="14:00", until="22:00", minimum=1)
    pool = compiled(
        make(1, hotspots=(hotspot(), hotspot("MIDI")), demand=(late, late.model_copy(update={"hotspot": "MIDI"})))
    )
    classes = posting_classes(pool, tell_apart=False)
    master = Master(pool, LineModels(pool), classes, components(pool, classes)[0])
    master.weigh({POLICE: 1})
    assert len(master.rows) == 2
    for worth in ([30, 70], [70, 30]):
        (reward,) = master.rewards(np.array(worth, dtype=np.int64)).values()
        assert reward.tolist() == [[0, 70, 0]]


def test_a_pricing_of_some_people_claims_no_bound() -> None:
    pool = compiled(zone(1))
    classes = posting_classes(pool, tell_apart=False)
    master = Master(pool, LineModels(pool), classes, components(pool, classes)[0])
    master.weigh({POLICE: 1})
    nothing = Solution(0.0, np.zeros(len(master.rows), dtype=np.int64), dict.fromkeys(master.members, 0.0))
    assert master.price(nothing, QUICK).bound == 0
    assert master.price(nothing, EXACT).bound == 0
    assert master.price(nothing, EXACT, list(master.members)).bound is None


def test_a_line_is_offered_once() -> None:
    pool = compiled(zone(1))
    classes = posting_classes(pool, tell_apart=False)
    master = Master(pool, LineModels(pool), classes, components(pool, classes)[0])
    person = next(iter(master.members))
    line = np.zeros(pool.days, dtype=np.int16)
    assert master.add(person, line)
    assert not master.add(person, line.copy())
    assert len(master.columns) == 1
