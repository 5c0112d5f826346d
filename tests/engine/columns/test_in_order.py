"""The levels of a component in order by column generation: bounds that hold, and whole lines that are what they say."""

from __future__ import annotations

import pytest

from scheduler.engine.columns.in_order import LevelsInOrder
from scheduler.engine.columns.master import Master
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.one_shot import solve_one_shot
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines.models import LineModels
from scheduler.engine.posting_classes import components, posting_classes
from scheduler.engine.proof.column_bounds import Columns, units
from scheduler.vocabulary.constraints import Level
from tests.engine.test_distances import repair
from tests.engine.zones import built, limits

POLICE, NOTICE, TARGETS = Level.POLICE_MINIMUM, Level.CHANGES_IN_NOTICE, Level.TARGETS
SEEDS = range(8)


def _orders(pool: CompiledProblem, first: Incumbent) -> list[tuple[Master, LevelsInOrder]]:
    alike, models, found = posting_classes(pool, tell_apart=False), LineModels(pool), []
    for group in components(pool, alike):
        unit = {level: step for level, step in units(pool).items() if step}
        master = Master(pool, models, alike, group, limited=unit)
        order = LevelsInOrder(pool, master, units(pool))
        order.offer(first.shift)
        found.append((master, order))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_no_roster_is_below_a_bound_with_the_earlier_levels_as_it_has_them(seed: int) -> None:
    """Held at what a roster has, whatever roster: the best of every level alone, in order, or the first."""
    pool = repair(seed)
    first = built(pool)[1]
    levels = pool.problem.leading_levels
    rosters = [first, solve_one_shot(pool, first, limits, levels).incumbent]
    rosters += [solve_one_shot(pool, first, limits, [level]).incumbent for level in (POLICE, NOTICE, TARGETS)]
    for roster in rosters:
        for _, order in _orders(pool, first):
            order.offer(roster.shift)
            has = order.values(roster.shift, roster.spot)
            for level in levels:
                if level in order.levels:
                    assert order.least(level, lambda: 30.0) <= has[level]
                    order.hold(level, has[level])
                else:
                    assert has[level] == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_a_limit_never_lowers_a_bound_and_goes_again(seed: int) -> None:
    pool = repair(seed)
    first = built(pool)[1]
    for _, order in _orders(pool, first):
        if POLICE not in order.levels or TARGETS not in order.levels:
            continue
        free = order.least(TARGETS, lambda: 30.0)
        order.hold(POLICE, order.values(first.shift, first.spot)[POLICE])
        held = order.least(TARGETS, lambda: 30.0)
        assert held >= free
        order.free()
        assert order.least(TARGETS, lambda: 30.0) == free


@pytest.mark.parametrize("seed", SEEDS)
def test_the_components_have_what_the_roster_has(seed: int) -> None:
    """All of it, but what nobody can change."""
    pool = repair(seed)
    first = built(pool)[1]
    floor = Columns(pool, LineModels(pool)).bounds.floor
    has = [order.values(first.shift, first.spot) for _, order in _orders(pool, first)]
    for level, value in first.values.items():
        assert sum(values[level] for values in has) + floor[level] == value


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("step", [None, 8, 1])
def test_whole_lines_are_legal_lines_of_everybody(seed: int, step: int | None) -> None:
    pool = repair(seed)
    first, models = built(pool)[1], LineModels(pool)
    for master, order in _orders(pool, first):
        lines = order.whole(pool.problem.leading_levels, step, lambda: 30.0, limits())
        if lines is None:
            continue
        assert lines.keys() == master.members.keys()
        assert all(models[person].cost(line) is not None for person, line in lines.items())
        shift, spot = order.placed(first.shift, first.spot, lines)
        has = order.values(shift, spot)
        bound = {level: order.least(level, lambda: 30.0) for level in order.levels[:1]}
        assert all(least <= has[level] for level, least in bound.items())
        assert Incumbent.of(pool, HeadCount(pool), shift, spot).values.keys() == has.keys()
