"""The master's parts: tiers of missing heads, and bounds that hold whatever an hour is said to be worth."""

from __future__ import annotations

import numpy as np
import pytest

from scheduler.constraints import Level
from scheduler.engine.classes import components, posting_classes
from scheduler.engine.columns.master import SCALE, Master, Solution, tiers
from scheduler.engine.cpsat.joint import solve_joint
from scheduler.engine.pool import Cell, Want
from tests.builders import demand, hotspot, make
from tests.engine.zones import built, compiled, limits, line_models, zone

POLICE, TARGETS = Level.POLICE_MINIMUM, Level.TARGETS


def _cell(*wants: Want, fixed: int = 0) -> Cell:
    return Cell(0, 0, 0, 60, (), fixed, wants)


@pytest.mark.parametrize(
    ("fixed", "expected"),
    [
        (0, [(1, {TARGETS: 60}), (2, {POLICE: 180, TARGETS: 60})]),
        (1, [(1, {TARGETS: 60}), (1, {POLICE: 180, TARGETS: 60})]),
        (2, [(1, {TARGETS: 60})]),
        (3, []),
    ],
)
def test_tiers_run_from_the_last_head_to_the_first(fixed: int, expected: list[tuple[int, dict[Level, int]]]) -> None:
    cell = _cell(Want(POLICE, 2, 3), Want(TARGETS, 3, 1), Want(Level.QUALITY, 3, 5, above=True), fixed=fixed)
    assert [(tier.heads, dict(tier.prices)) for tier in tiers(cell)] == expected


def test_heads_missing_at_a_price_are_no_tier() -> None:
    assert tiers(_cell(Want(Level.QUALITY, 3, 5), Want(Level.QUALITY, 3, 1, above=True))) == ()
    (tier,) = tiers(_cell(Want(POLICE, 1, 2), Want(Level.QUALITY, 3, 5)))
    assert (tier.heads, dict(tier.prices)) == (1, {POLICE: 120})


def test_a_tier_costs_what_its_levels_are_worth() -> None:
    tier = tiers(_cell(Want(POLICE, 1, 3), Want(TARGETS, 1, 1)))[0]
    assert tier.price({POLICE: 1}) == 180
    assert tier.price({POLICE: 2, TARGETS: 1}) == 420
    assert tier.price({}) == 0


@pytest.mark.parametrize("seed", range(10))
def test_a_bound_holds_whatever_the_posts_are_worth(seed: int) -> None:
    pool = compiled(zone(seed))
    _, first = built(pool)
    best = solve_joint(pool, first, limits, [POLICE]).incumbent.values[POLICE]
    classes = posting_classes(pool, tell_apart=False)
    random = np.random.default_rng(seed)
    for most in (0, 40, 400):
        total = 0
        for group in components(pool, classes):
            master = Master(pool, line_models(pool), classes, group)
            master.weigh({POLICE: 1})
            ceiling = np.array([row.tiers[-1].price({POLICE: 1}) * SCALE for row in master.rows], dtype=np.int64)
            worth = np.minimum(ceiling, random.integers(0, most * SCALE + 1, len(master.rows)))
            _, bound = master.price(Solution(0.0, worth, dict.fromkeys(master.members, 0.0), np.zeros(0)), 0)
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
    master = Master(pool, line_models(pool), classes, components(pool, classes)[0])
    master.weigh({POLICE: 1})
    assert len(master.rows) == 2
    for worth in ([30, 70], [70, 30]):
        reward = master.rewards(np.array(worth, dtype=np.int64))[0]
        assert reward.tolist() == [[0, 70, 0]]


def test_a_narrowed_pricing_claims_no_bound() -> None:
    pool = compiled(zone(1))
    classes = posting_classes(pool, tell_apart=False)
    master = Master(pool, line_models(pool), classes, components(pool, classes)[0])
    master.weigh({POLICE: 1})
    nothing = Solution(0.0, np.zeros(len(master.rows), dtype=np.int64), dict.fromkeys(master.members, 0.0), np.zeros(0))
    assert master.price(nothing, 4)[1] is None
    assert master.price(nothing, 0)[1] == 0


def test_a_line_is_offered_once() -> None:
    pool = compiled(zone(1))
    classes = posting_classes(pool, tell_apart=False)
    master = Master(pool, line_models(pool), classes, components(pool, classes)[0])
    person = next(iter(master.members))
    line = np.zeros(pool.days, dtype=np.int8)
    assert master.add(person, line)
    assert not master.add(person, line.copy())
    assert len(master.columns) == 1
