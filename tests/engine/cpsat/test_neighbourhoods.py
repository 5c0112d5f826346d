"""Neighbourhoods: coverage never worse, always legal, and at the best when whole."""

from __future__ import annotations

import numpy as np
import pytest

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat import neighbourhoods
from scheduler.engine.cpsat.neighbourhoods import Improver, Size
from scheduler.engine.cpsat.one_shot import solve_one_shot
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.posting_classes import components, posting_classes
from scheduler.vocabulary.constraints import COVERAGE_LEVELS
from tests.builders import demand, make
from tests.engine.test_distances import repair
from tests.engine.zones import LineModels, built, clean, compiled, led, limits, zone


def _improvers(pool: CompiledProblem, seed: int = 1) -> list[Improver]:
    classes = posting_classes(pool)
    groups = components(pool, classes)
    models = LineModels(pool)
    return [Improver(pool, models, classes, [p for c in group for p in classes[c]], seed) for group in groups]


class _Fixed(Size):
    """A neighbourhood that stays as small as the zone of the test."""

    def adapt(self, optimal: bool, people: int, days: int) -> None:
        del optimal, people, days


def _make_narrow(improver: Improver) -> None:
    """As in a component too large to be searched whole: a window of days for some, and somebody's whole line."""
    improver._size = _Fixed(duties=16.0)


@pytest.mark.parametrize(
    ("seed", "narrow", "drivers"),
    [*((seed, narrow, False) for seed in range(4) for narrow in (False, True)), (4, True, True), (5, False, True)],
)
def test_coverage_is_never_worse_and_always_legal(seed: int, narrow: bool, drivers: bool) -> None:
    instance = led(zone(seed, days=8)) if drivers else zone(seed, days=8)
    pool = compiled(instance)
    _, best = built(pool, seed)
    for improver in _improvers(pool, seed):
        if narrow:
            _make_narrow(improver)
        for _ in range(3):
            found = improver.coverage(best, limits(0.1))
            assert found.leading <= best.leading
            assert clean(instance, found.roster)
            best = found


@pytest.mark.parametrize("seed", range(4))
def test_a_repair_is_never_worse_and_always_legal(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each way of choosing a day and the levels that are held, on people who go by another roster."""
    pool = repair(seed, days=8)
    _, best = built(pool, seed)
    for chance in ("ANYWHERE", "CHANGED", "HOLD_ALL"):
        monkeypatch.setattr(neighbourhoods, chance, 0.5 if chance != "ANYWHERE" else 0.0)
    for improver in _improvers(pool, seed):
        _make_narrow(improver)
        for _ in range(6):
            found = improver.coverage(best, limits(0.1))
            assert found.leading <= best.leading
            assert clean(pool.instance, found.roster)
            best = found


@pytest.mark.parametrize("seed", [0, 6, 11, 19])
def test_a_component_searched_whole_is_at_the_best_for_police(seed: int) -> None:
    pool = compiled(zone(seed))
    _, first = built(pool, seed)
    optimum = solve_one_shot(pool, first, limits, COVERAGE_LEVELS).incumbent
    best = first
    for improver in _improvers(pool):
        best = improver.coverage(best, limits())
    assert best.values[COVERAGE_LEVELS[0]] == optimum.values[COVERAGE_LEVELS[0]]


@pytest.mark.parametrize("seed", [14, 19, 29])
def test_it_finds_what_the_first_roster_missed(seed: int) -> None:
    pool = compiled(zone(seed))
    _, best = built(pool)
    before = best
    for improver in _improvers(pool):
        best = improver.coverage(best, limits())
    assert best.leading < before.leading


def test_members_elsewhere_are_not_touched() -> None:
    pool = compiled(zone(0))
    _, best = built(pool)
    classes = posting_classes(pool)
    improver = Improver(pool, LineModels(pool), classes, [0, 1], 1)
    found = improver.coverage(best, limits())
    assert (found.shift[2:] == best.shift[2:]).all()


def test_a_step_without_time_gives_the_same_roster_back() -> None:
    pool = compiled(make(2, people=2, demand=(demand(minimum=1),)))
    _, best = built(pool)
    stopped = limits()
    stopped.stop.set()
    found: Incumbent = _improvers(pool)[0].coverage(best, stopped)
    assert found.leading <= best.leading


def test_a_narrow_neighbourhood_frees_some_whole_lines_and_a_window_of_days() -> None:
    pool = compiled(zone(1, days=12))
    _, best = built(pool)
    improver = max(_improvers(pool), key=lambda one: len(one._members))
    improver._size = Size(duties=0.6 * len(improver._members) * pool.days)
    for _ in range(20):
        scope = improver._free(best, None)
        days = scope.free[improver._members].sum(axis=1)
        whole = int((days == pool.days).sum())
        assert whole >= 1
        assert len({tuple(row) for row in scope.free[improver._members] if 0 < row.sum() < pool.days}) <= 1
        assert not scope.free[[p for p in range(len(pool.people)) if p not in set(improver._members)]].any()


def test_whole_lines_are_rather_those_of_people_with_hours_to_give() -> None:
    pool = compiled(zone(1, days=12))
    _, best = built(pool)
    improver = max(_improvers(pool), key=lambda one: len(one._members))
    idle = int(improver._members[0])
    best.shift[idle] = best.spot[idle] = -1
    slack = improver._hours_to_give(best)
    assert slack[0] == improver._most[0] + 30
    assert (slack >= 30).all()


@pytest.mark.parametrize(("optimal", "grows"), [(True, True), (False, False)])
def test_the_size_follows_the_proofs(optimal: bool, grows: bool) -> None:
    size = Size(duties=100.0)
    size.adapt(optimal, 30, 28)
    assert (size.duties > 100.0) == grows


def test_the_size_stays_within_its_limits() -> None:
    size = Size(duties=100.0)
    for _ in range(60):
        size.adapt(True, 12, 9)
    assert size.duties == 108.0
    for _ in range(60):
        size.adapt(False, 12, 9)
    assert size.duties == 24.0
    size.adapt(False, 2, 3)
    assert size.duties == 6.0


def test_among_rosters_equally_good_it_prefers_fewer_hours() -> None:
    """One head is wanted, two people stand there: one of them is sent home."""
    pool = compiled(make(1, people=2, demand=(demand(start="06:00", until="14:00", minimum=1),)))
    shift = np.zeros((2, 1), dtype=np.int64)
    both = Incumbent.of(pool, HeadCount(pool), shift, np.zeros_like(shift))
    (found,) = {tuple(one.coverage(both, limits()).shift.ravel() >= 0) for one in _improvers(pool)}
    assert sum(found) == 1
