"""Ruin and recreate never makes coverage worse and never leaves an illegal roster."""

from __future__ import annotations

import pytest

from scheduler.engine.moves.ruin import Ruin
from tests.builders import contract, lock, make
from tests.engine.zones import built, clean, compiled, zone


@pytest.mark.parametrize("seed", range(12))
def test_never_worse_and_always_legal(seed: int) -> None:
    instance = zone(seed, days=6)
    pool = compiled(instance)
    builder, first = built(pool, seed)
    found = Ruin(pool, builder, range(len(pool.people)), seed).run(first, lambda moves: moves < 40)
    assert found.coverage <= first.coverage
    assert found.coverage == tuple(found.of(pool, builder.heads, found.shift, found.spot).coverage)
    assert clean(instance, found.roster)


def test_it_finds_what_the_first_roster_missed() -> None:
    pool = compiled(zone(0))
    builder, first = built(pool)
    found = Ruin(pool, builder, range(len(pool.people)), 1).run(first, lambda moves: moves < 200)
    assert found.coverage < first.coverage


def test_without_a_move_nothing_changes() -> None:
    pool = compiled(zone(5))
    builder, first = built(pool)
    assert Ruin(pool, builder, [0, 1], 1).run(first, lambda _: False).roster == first.roster


def test_only_its_members_move() -> None:
    pool = compiled(zone(0, days=6))
    builder, first = built(pool)
    found = Ruin(pool, builder, [0, 2], 1).run(first, lambda moves: moves < 60)
    others = [1, 3, 4, 5]
    assert (found.shift[others] == first.shift[others]).all()
    assert (found.spot[others] == first.spot[others]).all()
    assert found.roster != first.roster


def test_a_single_member_is_enough() -> None:
    instance = make(2)
    pool = compiled(instance)
    builder, first = built(pool)
    assert clean(instance, Ruin(pool, builder, [0], 1).run(first, lambda moves: moves < 5).roster)


def test_locks_that_need_a_colleague_between_them_survive_ruin() -> None:
    """Both are locked on Monday and Wednesday and a single day off is forbidden: nobody can come back on Tuesday alone."""
    instance = make(
        3, people=2, contracts=(contract(min_together=2, min_days_off=2),),
        locks=tuple(lock(staff, day, "E") for staff in ("P1", "P2") for day in (0, 2)),
    )  # fmt: skip
    pool = compiled(instance)
    builder, first = built(pool)
    assert clean(instance, first.roster)
    ruin = Ruin(pool, builder, [0, 1], 1)
    for _ in range(20):
        assert clean(instance, ruin.run(first, lambda moves: moves < 1).roster)
