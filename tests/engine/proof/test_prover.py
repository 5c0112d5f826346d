"""The proof in its own process says what it says in this one, and its death or its end harms nobody."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from scheduler.constraints import COVERAGE_LEVELS, Level
from scheduler.engine.cpsat.joint import LEVELS, solve_joint
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.pool import Pool
from scheduler.engine.proof.prover import Order, Prover
from tests.engine.proof.test_columns import proven
from tests.engine.zones import built, compiled, limits, zone

SEED = 6


@pytest.fixture(scope="module")
def world() -> tuple[Pool, Incumbent]:
    pool = compiled(zone(SEED))
    return pool, built(pool)[1]


@pytest.fixture
def prover(world: tuple[Pool, Incumbent]) -> Iterator[Prover]:
    running = Prover(Order(world[0].instance, world[1].shift, 60.0), lambda _: None)
    yield running
    running.close()


def test_the_bounds_are_at_least_those_of_this_process_and_never_above_the_best(world: tuple[Pool, Incumbent]) -> None:
    pool, first = world
    heard: list[Level] = []
    prover = Prover(Order(pool.instance, first.shift, 60.0), heard.append)
    prover.join(threading.Event())
    best = solve_joint(pool, first, limits).incumbent
    columns, _ = proven(pool)
    for level in COVERAGE_LEVELS:
        assert columns.bounds.of(level, best.values) <= prover.bound(level, best.values) <= best.values[level]
        assert prover.bound(level, first.values) <= first.values[level]
    assert 0 <= prover.bound(Level.QUALITY, best.values) <= best.quality
    assert set(heard) == set(LEVELS)
    prover.close()
    assert not prover.running


def test_a_child_that_is_killed_leaves_what_it_has_proven(prover: Prover, world: tuple[Pool, Incumbent]) -> None:
    prover._child.kill()
    prover.join(threading.Event())
    assert not prover.running
    for level in LEVELS:
        assert prover.bound(level, world[1].values) >= 0


def test_close_ends_the_child(prover: Prover) -> None:
    assert prover.running
    prover.close()
    assert prover._child.poll() is not None
    assert not prover.running
    prover.close()


def test_a_stop_ends_the_waiting_not_the_proof(prover: Prover) -> None:
    stop = threading.Event()
    stop.set()
    prover.join(stop)
    assert prover.running


def test_nothing_is_claimed_before_the_child_has_spoken(prover: Prover, world: tuple[Pool, Incumbent]) -> None:
    assert prover.bound(Level.QUALITY, world[1].values) == 0
