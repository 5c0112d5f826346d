"""Exchanges keep coverage to the minute, keep locks, stay legal, and count their points as the score does."""

from __future__ import annotations

import pytest

from scheduler.constraints import Level
from scheduler.engine.classes import posting_classes
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.moves.exchange import Exchange
from scheduler.engine.pool import Pool
from scheduler.facts import Request
from scheduler.roster import Assignment, Roster
from scheduler.score import score
from tests.builders import MONDAY, free_contract, hotspot, lines, lock, make, person
from tests.engine.zones import built, clean, compiled, line_models, zone


def _exchange(pool: Pool, seed: int = 1) -> Exchange:
    return Exchange(pool, line_models(pool, soft=True), posting_classes(pool), seed)


@pytest.mark.parametrize("seed", range(12))
def test_better_points_same_coverage_still_legal(seed: int) -> None:
    instance = zone(seed, days=7)
    pool = compiled(instance)
    _, first = built(pool, seed)
    exchange = _exchange(pool, seed)
    found = exchange.run(first, lambda moves: moves < 150)
    levels = score(pool.problem, found.roster).levels
    assert tuple(levels[level] for level in first.values) == first.coverage == found.coverage
    assert found.quality <= first.quality
    assert clean(instance, found.roster)
    for p in (p for p in range(len(pool.people)) if (pool.forced[p] >= 0).any()):
        locked = pool.forced[p] >= 0
        assert (found.spot[p, locked] == first.spot[p, locked]).all()


@pytest.mark.parametrize("seed", range(8))
def test_its_points_are_those_of_the_score(seed: int) -> None:
    pool = compiled(zone(seed, days=7))
    builder, first = built(pool, seed)
    exchange = _exchange(pool, seed)
    exchange.run(first, lambda _: False)
    builder.heads.load(first.shift, first.spot)
    own = int(exchange._points.sum()) + exchange._comfort.apart(first.shift, first.spot) + builder.heads.over()
    assert own == score(pool.problem, first.roster).levels[Level.QUALITY]


def _unhappy() -> Pool:
    """P1 works on the day P1 wants off, P2 does not mind."""
    wish = Request(staff="P1", first=MONDAY, last=MONDAY, kind="avoid", weight=5)
    return compiled(make(1, people=2, contracts=(free_contract(),), requests=(wish,)))


def test_a_wish_is_granted_by_a_colleague() -> None:
    pool = _unhappy()
    start = Incumbent.of(pool, HeadCount(pool), *pool.arrays(lines(P1="E", P2=".")))
    assert _exchange(pool).run(start, lambda moves: moves < 20).roster == lines(P2="E")


def test_a_locked_duty_is_never_swapped() -> None:
    wish = Request(staff="P1", first=MONDAY, last=MONDAY, kind="avoid", weight=5)
    pool = compiled(make(1, people=2, contracts=(free_contract(),), requests=(wish,), locks=(lock("P1", 0, "E"),)))
    start = Incumbent.of(pool, HeadCount(pool), *pool.arrays(lines(P1="E", P2=".")))
    assert _exchange(pool).run(start, lambda moves: moves < 20).roster == start.roster


@pytest.mark.parametrize("locked", [False, True])
def test_a_locked_hotspot_is_never_swapped(locked: bool) -> None:
    """Both work early, each where the other is at home."""
    instance = make(
        2, people=[person("P1", home_hotspot="HAL"), person("P2", home_hotspot="MIDI")], contracts=(free_contract(),),
        hotspots=(hotspot(), hotspot("MIDI")), locks=(lock("P1", 0, "E", "MIDI"),) if locked else (),
    )  # fmt: skip
    pool = compiled(instance)
    there, here = Assignment("P1", 0, "E", "MIDI"), Assignment("P2", 0, "E", "HAL")
    start = Incumbent.of(pool, HeadCount(pool), *pool.arrays(Roster.of([there, here])))
    found = _exchange(pool).run(start, lambda moves: moves < 20)
    assert (found.roster == start.roster) == locked


def test_nobody_to_swap_with() -> None:
    assert not _exchange(compiled(make(1, people=1))).possible
    assert _exchange(compiled(make(1, people=2))).possible
