"""Turns side by side: what they find is kept where it fits, and never makes anything worse."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.one_shot import solve_one_shot
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.parallel_search import ParallelSearch, merged
from scheduler.engine.posting_classes import components, posting_classes
from tests.builders import contract, demand, make
from tests.engine.zones import built, clean, compiled, limits, zone


class _Turns:
    """A track whose turns are given."""

    def __init__(self, members: list[int], turn: Callable[[Incumbent], Incumbent], work: float = 1.0) -> None:
        self.members = members
        self.step = turn
        self.work = work
        self.settled = False


@pytest.fixture(scope="module")
def world() -> tuple[CompiledProblem, Incumbent, Incumbent]:
    """A zone with a first roster and a better one."""
    pool = compiled(zone(4))
    first = built(pool)[1]
    best = solve_one_shot(pool, first, limits).incumbent
    assert best.better(first)
    return pool, first, best


def _everybody(pool: CompiledProblem) -> list[int]:
    return list(range(len(pool.people)))


def test_what_a_turn_found_is_kept_and_told(world: tuple[CompiledProblem, Incumbent, Incumbent]) -> None:
    pool, first, better = world
    told: list[tuple[Incumbent, Incumbent]] = []
    track = _Turns(_everybody(pool), lambda _: better)
    found = ParallelSearch([track], 1).run(first, lambda best: best is first, lambda _, *pair: told.append(pair))  # type: ignore[list-item]
    assert (found.shift == better.shift).all()
    assert told == [(first, found)]


def test_two_tracks_run_at_once_and_both_are_kept(world: tuple[CompiledProblem, Incumbent, Incumbent]) -> None:
    """Each waits for the other to have begun; each changes its own component."""
    pool, first, better = world
    classes = posting_classes(pool)
    groups = [[p for c in group for p in classes[c]] for group in components(pool, classes)]
    assert len(groups) == 2
    meeting = threading.Barrier(2, timeout=20.0)

    def part(members: list[int]) -> Callable[[Incumbent], Incumbent]:
        def turn(best: Incumbent) -> Incumbent:
            meeting.wait()
            return best.with_lines(members, better)

        return turn

    turns = 0

    def told(*_: object) -> None:
        nonlocal turns
        turns += 1

    tracks = [_Turns(members, part(members)) for members in groups]
    found = ParallelSearch(tracks, 2).run(first, lambda _: turns == 0, told)  # type: ignore[arg-type]
    assert turns == 2
    assert clean(pool.instance, found.roster)
    assert (found.shift == better.shift).all()
    assert (found.spot == better.spot).all()


def test_the_track_with_the_least_time_for_its_size_is_next(
    world: tuple[CompiledProblem, Incumbent, Incumbent],
) -> None:
    _, first, _ = world
    order: list[str] = []

    def named(name: str) -> Callable[[Incumbent], Incumbent]:
        def turn(best: Incumbent) -> Incumbent:
            order.append(name)
            return best

        return turn

    tracks = [_Turns([0, 1, 2, 3], named("large")), _Turns([4], named("small"))]
    ParallelSearch(tracks, 1).run(first, lambda _: len(order) < 10, lambda *_: None)  # type: ignore[arg-type]
    assert order.count("large") == 8


def test_all_tracks_are_told_to_settle() -> None:
    tracks = [_Turns([0], lambda best: best), _Turns([1], lambda best: best)]
    ParallelSearch(tracks, 1).settle()  # type: ignore[arg-type]
    assert all(track.settled for track in tracks)


def test_a_failure_is_raised(world: tuple[CompiledProblem, Incumbent, Incumbent]) -> None:
    pool, first, _ = world

    def turn(_: Incumbent) -> Incumbent:
        raise MemoryError("no room")

    with pytest.raises(MemoryError, match="no room"):
        ParallelSearch([_Turns(_everybody(pool), turn)], 1).run(first, lambda _: True, lambda *_: None)  # type: ignore[list-item]


def test_what_is_worse_by_now_is_dropped(world: tuple[CompiledProblem, Incumbent, Incumbent]) -> None:
    pool, first, better = world
    assert merged(better, first, _everybody(pool)) is better
    assert merged(better, better, _everybody(pool)) is better


def test_what_would_leave_somebody_alone_is_dropped() -> None:
    """A third joins a patrol of two, who go home meanwhile: better covered than by nobody, but alone."""
    wanted = (demand(start="06:00", until="14:00", minimum=3),)
    pool = compiled(make(1, people=3, demand=wanted, contracts=(contract(min_together=2),)))

    def roster(*present: int) -> Incumbent:
        shift = np.full((3, 1), -1, dtype=np.int64)
        shift[list(present)] = 0
        return Incumbent.of(pool, HeadCount(pool), shift, np.where(shift >= 0, 0, -1))

    assert roster(0, 1).legal
    assert not roster(2).legal
    assert merged(roster(), roster(0, 1, 2), [2]).roster == roster().roster
