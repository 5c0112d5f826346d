"""Annealing: never worse, always legal, and it finds what single moves do not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.local_search.anneal import AT_A_TIME, Anneal, AnnealTables
from scheduler.problem.facts import Request
from scheduler.problem.roster import Assignment, Roster
from tests.builders import MONDAY, contract, demand, free_contract, hotspot, lines, lock, make, person
from tests.engine.zones import built, clean, compiled, zone


def _anneal(pool: CompiledProblem, seed: int = 1, members: Sequence[int] | None = None) -> Anneal:
    return Anneal(pool, AnnealTables.of(pool), range(len(pool.people)) if members is None else members, seed)


def _cooling(hot: float = 5000.0, cold: float = 1.0, rounds: int = 4) -> Callable[[int], float | None]:
    def temperature(moves: int) -> float | None:
        done = moves / AT_A_TIME / rounds
        return None if done >= 1 else float(hot * (cold / hot) ** done)

    return temperature


@pytest.mark.parametrize("seed", range(12))
def test_never_worse_and_always_legal(seed: int) -> None:
    instance = zone(seed, days=6, police=5, guards=3)
    pool = compiled(instance)
    _, first = built(pool, seed)
    found, _ = _anneal(pool, seed).run(first, first, _cooling())
    assert found is first or found.better(first)
    assert found.leading == Incumbent.of(pool, HeadCount(pool), found.shift, found.spot).leading
    assert clean(instance, found.roster)
    locked = pool.forced >= 0
    assert (found.shift[locked] == pool.forced[locked]).all()
    for (p, day), spot in pool.locked_at.items():
        assert found.spot[p, day] == spot


def test_it_finds_better_rosters() -> None:
    better = 0
    for seed in range(6):
        pool = compiled(zone(seed, days=6))
        _, first = built(pool)
        better += _anneal(pool).run(first, first, _cooling())[0].better(first)
    assert better >= 5


def test_equal_seeds_give_equal_rosters_and_others_do_not() -> None:
    pool = compiled(zone(0, days=8, police=6))
    _, first = built(pool)
    runs = [_anneal(pool, seed).run(first, first, _cooling())[1] for seed in (1, 1, 2)]
    assert (runs[0].shift == runs[1].shift).all()
    assert (runs[0].shift != runs[2].shift).any()


def test_others_keep_their_lines() -> None:
    pool = compiled(zone(0, days=6, police=6))
    _, first = built(pool)
    found, last = _anneal(pool, members=[0, 1, 2, 3]).run(first, first, _cooling())
    for roster in (found, last):
        assert (roster.shift[4:] == first.shift[4:]).all()
    assert found.better(first)


def test_the_best_roster_of_others_is_kept_when_nothing_better_is_met() -> None:
    pool = compiled(make(1, people=2, demand=(demand(minimum=1),)))
    _, best = built(pool)
    worse = Incumbent.of(pool, HeadCount(pool), np.full((2, 1), -1), np.full((2, 1), -1))
    found, last = _anneal(pool).run(worse, best, lambda _: None)
    assert found is best
    assert (last.shift == worse.shift).all()


def test_nobody_is_left_alone_in_the_end() -> None:
    """Two posts want somebody, there are three people, and patrols are of two: one post stays empty."""
    wanted = demand(start="06:00", until="14:00", minimum=1)
    pool = compiled(
        make(
            2, people=3, hotspots=(hotspot(), hotspot("MIDI")), contracts=(contract(min_together=2),),
            demand=(wanted, wanted.model_copy(update={"hotspot": "MIDI"})),
        )
    )  # fmt: skip
    _, first = built(pool)
    found, _ = _anneal(pool).run(first, first, _cooling(hot=500_000.0))
    assert found.legal
    assert found.leading[0] == 2 * 8 * 60
    for day in range(2):
        assert len(set(found.spot[found.shift[:, day] >= 0, day])) == 1


def test_the_last_roster_is_the_best_one_if_it_ended_with_somebody_alone() -> None:
    """At such heat company is worth nothing."""
    pool = compiled(make(3, people=4, demand=(demand(minimum=2),), contracts=(contract(min_together=2),)))
    _, first = built(pool)
    ends = []
    for seed in range(8):
        found, last = _anneal(pool, seed).run(first, first, lambda moves: 1e9 if moves == 0 else None)
        assert last.legal
        ends.append(last is found)
    assert any(ends)


def _unhappy(locked: bool = False) -> CompiledProblem:
    """P1 works on the day P1 requirements off, P2 does not mind."""
    wish = Request(staff="P1", first=MONDAY, last=MONDAY, kind="avoid", weight=5)
    wanted = (demand(start="06:00", until="14:00", minimum=1),)
    locks = (lock("P1", 0, "E"),) if locked else ()
    return compiled(make(1, people=2, contracts=(free_contract(),), demand=wanted, requests=(wish,), locks=locks))


@pytest.mark.parametrize("locked", [False, True])
def test_a_wish_is_granted_by_a_colleague_but_for_a_lock(locked: bool) -> None:
    pool = _unhappy(locked)
    start = Incumbent.of(pool, HeadCount(pool), *pool.arrays(lines(P1="E", P2=".")))
    found, _ = _anneal(pool).run(start, start, _cooling())
    assert bool(found.roster.line("P1")) == locked
    assert not sum(found.leading)


@pytest.mark.parametrize("locked", [False, True])
def test_each_goes_home_but_for_a_lock(locked: bool) -> None:
    """Both work early, each where the other is at home."""
    wanted = demand(start="06:00", until="14:00", minimum=1)
    instance = make(
        1, people=[person("P1", home_hotspot="HAL"), person("P2", home_hotspot="MIDI")], contracts=(free_contract(),),
        hotspots=(hotspot(), hotspot("MIDI")), locks=(lock("P1", 0, "E", "MIDI"),) if locked else (),
        demand=(wanted, wanted.model_copy(update={"hotspot": "MIDI"})),
    )  # fmt: skip
    pool = compiled(instance)
    there, here = Assignment("P1", 0, "E", "MIDI"), Assignment("P2", 0, "E", "HAL")
    start = Incumbent.of(pool, HeadCount(pool), *pool.arrays(Roster.of([there, here])))
    found, _ = _anneal(pool).run(start, start, _cooling())
    assert (found.roster == start.roster) == locked
