"""Counts become people: the counts are kept, locks are kept, and who likes a place gets it."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from scheduler.engine.compiled_problem import CompiledProblem, Ints
from scheduler.engine.cpsat.posting import Posting
from scheduler.engine.posting_classes import posting_classes
from tests.builders import hotspot, lines, lock, make, person
from tests.engine.zones import compiled, placement, zone

SPOTS = (hotspot("HAL"), hotspot("MIDI"))
Counts = Counter[tuple[int, int, int, int]]


def _counts(classes: list[list[int]], shift: Ints, spot: Ints) -> Counts:
    return Counter(
        (c, int(d), int(shift[p, d]), int(spot[p, d]))
        for c, members in enumerate(classes)
        for p in members
        for d in np.flatnonzero(shift[p] >= 0)
    )


@pytest.mark.parametrize("seed", range(20))
def test_counts_and_locks_are_kept(seed: int) -> None:
    pool = compiled(zone(seed, days=6))
    classes = posting_classes(pool)
    shift, spot = placement(pool, seed, 0.7)
    counts = _counts(classes, shift, spot)
    nowhere = np.full_like(spot, -1)
    found = Posting(pool).distribute(classes, counts, shift, nowhere)
    assert _counts(classes, shift, found) == counts
    assert ((found >= 0) == (shift >= 0)).all()
    for (p, d), place in pool.locked_at.items():
        assert found[p, d] == place
    for p, d in np.argwhere(shift >= 0):
        assert pool.post[p, d, shift[p, d], found[p, d]]


def _two(**facts: object) -> tuple[CompiledProblem, list[list[int]], Ints]:
    """Both work early on the first of two days."""
    pool = compiled(make(2, people=facts.pop("people", 2), hotspots=SPOTS, **facts))
    shift, _ = pool.arrays(lines(P1="E", P2="E"))
    return pool, posting_classes(pool), shift


@pytest.mark.parametrize("home", ["HAL", "MIDI"])
def test_everybody_gets_home_where_the_counts_allow(home: str) -> None:
    other = "MIDI" if home == "HAL" else "HAL"
    pool, classes, shift = _two(people=[person("P1", home_hotspot=home), person("P2", home_hotspot=other)])
    found = Posting(pool).distribute(classes, {(0, 0, 0, 0): 1, (0, 0, 0, 1): 1}, shift, np.full_like(shift, -1))
    assert [pool.hotspots[place] for place in found[:, 0]] == [home, other]


def test_a_lock_outweighs_home() -> None:
    people = [person("P1", home_hotspot="HAL"), person("P2", home_hotspot="MIDI")]
    pool, classes, shift = _two(people=people, locks=(lock("P1", 0, "E", "MIDI"),))
    found = Posting(pool).distribute(classes, {(0, 0, 0, 0): 1, (0, 0, 0, 1): 1}, shift, np.full_like(shift, -1))
    assert found[:, 0].tolist() == [1, 0]


def test_without_counts_people_stay() -> None:
    pool, classes, shift = _two()
    before = np.array([[1, -1], [0, -1]])
    assert (Posting(pool).distribute(classes, {}, shift, before) == before).all()


def test_people_stay_where_they_were_on_other_days() -> None:
    pool = compiled(make(2, people=2, hotspots=SPOTS))
    shift, spot = pool.arrays(lines(P1="EE", P2="EE"))
    spot[:, 0], spot[:, 1] = [1, 0], -1
    counts = {(0, 1, 0, 0): 1, (0, 1, 0, 1): 1}
    found = Posting(pool).distribute(posting_classes(pool), counts, shift, spot)
    assert found.tolist() == [[1, 1], [0, 0]]


@pytest.mark.parametrize("first", ["HAL", "MIDI"])
def test_who_was_put_somewhere_on_one_day_stays_there_on_the_next(first: str) -> None:
    pool = compiled(make(3, people=2, hotspots=SPOTS, locks=(lock("P1", 0, "E", first),)))
    shift, _ = pool.arrays(lines(P1="EEE", P2="EEE"))
    counts = {(0, day, 0, place): 1 for day in range(3) for place in range(2)}
    found = Posting(pool).distribute(posting_classes(pool), counts, shift, np.full_like(shift, -1))
    mine = SPOTS.index(hotspot(first))
    assert found.tolist() == [[mine] * 3, [1 - mine] * 3]
