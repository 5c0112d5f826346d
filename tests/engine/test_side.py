"""Searches beside the small moves: what they find is kept when it fits, and never makes anything worse."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from scheduler.engine.classes import components, posting_classes
from scheduler.engine.cpsat.joint import solve_joint
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.pool import Pool
from scheduler.engine.portfolio import Portfolio, Way
from scheduler.engine.side import Side
from tests.builders import contract, demand, make
from tests.engine.zones import built, clean, compiled, limits, zone


def _worth(roster: Incumbent) -> float:
    return float(sum(roster.coverage))


@pytest.fixture(scope="module")
def world() -> tuple[Pool, Incumbent, Incumbent]:
    """A zone with a first roster and a better one."""
    pool = compiled(zone(0))
    first = built(pool)[1]
    best = solve_joint(pool, first, limits).incumbent
    assert best.better(first)
    return pool, first, best


def _side(pool: Pool, *ways: Way) -> Side:
    return Side(pool, Portfolio(ways, 1), _worth)


def test_what_a_search_found_is_collected(world: tuple[Pool, Incumbent, Incumbent]) -> None:
    pool, first, better = world
    way = Way("jump", lambda _: (better, 1.0), component=3)
    side = _side(pool, way)
    assert side.component is None
    assert side.tend(first) is first
    assert side.component == 3
    side.wait(5.0)
    assert side.ready
    way.done = True
    assert side.tend(first) is better
    assert way.rate == _worth(first) - _worth(better)
    assert side.exhausted
    assert side.close(better) is better


def test_the_caller_goes_on_while_a_search_runs(world: tuple[Pool, Incumbent, Incumbent]) -> None:
    pool, first, better = world
    gate = threading.Event()

    def step(_: Incumbent) -> tuple[Incumbent, float]:
        gate.wait(10.0)
        return better, 1.0

    side = _side(pool, Way("slow", step))
    side.tend(first)
    assert not side.ready
    assert side.tend(first) is first
    gate.set()
    assert side.close(first) is better


def test_what_others_changed_meanwhile_stays(world: tuple[Pool, Incumbent, Incumbent]) -> None:
    """A search changes one component while the others get better: both are kept."""
    pool, first, better = world
    classes = posting_classes(pool)
    groups = [[p for c in group for p in classes[c]] for group in components(pool, classes)]
    assert len(groups) > 1

    def part(people: list[int]) -> Incumbent:
        shift, spot = first.shift.copy(), first.spot.copy()
        shift[people], spot[people] = better.shift[people], better.spot[people]
        return Incumbent(pool, shift, spot, ())

    side = _side(pool, Way("part", lambda _: (part(groups[0]), 1.0)))
    side._worth = lambda _: 0.0
    side.tend(first)
    rest = [p for p in range(len(pool.people)) if p not in groups[0]]
    elsewhere = part(rest)
    meanwhile = Incumbent(pool, elsewhere.shift, elsewhere.spot, (10**9, 10**9, 10**9))
    whole = side.close(meanwhile)
    assert (whole.shift == better.shift).all()
    assert (whole.spot == better.spot).all()


def test_what_no_longer_fits_is_dropped(world: tuple[Pool, Incumbent, Incumbent]) -> None:
    """A search comes back with a worse roster than the one the caller has by now."""
    pool, first, better = world
    drifted = Incumbent(pool, first.shift.copy(), first.spot.copy(), first.coverage)
    drifted.shift[0], drifted.spot[0] = -1, -1
    side = _side(pool, Way("late", lambda _: (drifted, 1.0)))
    side.tend(first)
    kept = side.close(better)
    assert clean(pool.instance, kept.roster)
    assert not better.better(kept)


def test_a_failure_is_raised_where_it_is_collected(world: tuple[Pool, Incumbent, Incumbent]) -> None:
    pool, first, _ = world

    def step(_: Incumbent) -> tuple[Incumbent, float]:
        raise MemoryError("no room")

    side = _side(pool, Way("breaks", step))
    side.tend(first)
    with pytest.raises(MemoryError, match="no room"):
        side.close(first)


def test_what_would_leave_somebody_alone_is_dropped() -> None:
    """A third joins a patrol of two, who go home meanwhile: better covered than by nobody, but alone."""
    wanted = (demand(start="06:00", until="14:00", minimum=3),)
    pool = compiled(make(1, people=3, demand=wanted, contracts=(contract(min_together=2),)))

    def roster(*present: int) -> Incumbent:
        shift = np.full((3, 1), -1, dtype=np.int64)
        shift[list(present)] = 0
        return Incumbent.of(pool, HeadCount(pool), shift, np.where(shift >= 0, 0, -1))

    patrol, nobody = roster(0, 1), roster()
    assert patrol.legal
    assert not roster(2).legal
    side = _side(pool, Way("join", lambda _: (roster(0, 1, 2), 1.0)))
    side.tend(patrol)
    assert side.close(nobody) is nobody
