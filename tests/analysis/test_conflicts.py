"""Conflicts and corrections against every subset, in random systems in which a part of what holds holds too."""

from __future__ import annotations

import itertools
import random

import pytest

from scheduler.analysis.conflicts import conflicts


@pytest.mark.parametrize("seed", range(60))
def test_conflicts_cannot_be_smaller_and_no_smaller_correction_is_enough(seed: int) -> None:
    pick = random.Random(seed)
    count = pick.randint(1, 7)
    bad = [frozenset(pick.sample(range(count), pick.randint(1, min(3, count)))) for _ in range(pick.randint(0, 4))]

    def holds(part: frozenset[int]) -> bool:
        return not any(one <= part for one in bad)

    found, every = conflicts(count, holds), frozenset(range(count))
    if found is None:
        assert bad == []
        return
    for one in map(frozenset, found.conflicts):
        assert not holds(one)
        assert all(holds(one - {item}) for item in one)
    enough = [
        size
        for size in range(count + 1)
        if any(holds(every - set(freed)) for freed in itertools.combinations(range(count), size))
    ]
    assert holds(every - set(found.correction))
    assert len(found.correction) == enough[0]


def test_conflicts_that_share_nothing_are_all_found() -> None:
    found = conflicts(5, lambda part: not ({0, 1} <= part or {2, 3} <= part))
    assert found is not None
    assert found.conflicts == ((0, 1), (2, 3))
    assert len(found.correction) == 2


def test_what_never_holds_is_no_conflict_of_these_things() -> None:
    assert conflicts(2, lambda part: False) is None


def test_answers_that_contradict_each_other_are_noticed() -> None:
    asked: set[frozenset[int]] = set()

    def fickle(part: frozenset[int]) -> bool:
        again = part in asked
        asked.add(part)
        return len(part) < 2 or again

    with pytest.raises(RuntimeError):
        conflicts(2, fickle)


def test_many_conflicts_that_share_nothing_and_some_that_do_are_quick() -> None:
    """Twenty conflicts of three apart, and a ring of nine pairs, of which five must give way."""
    sets = [frozenset(range(3 * at, 3 * at + 3)) for at in range(20)]
    sets += [frozenset({60 + at, 60 + (at + 1) % 9}) for at in range(9)]

    def holds(part: frozenset[int]) -> bool:
        return not any(one <= part for one in sets)

    for known in ((), sets[:7]):
        found = conflicts(69, holds, known)
        assert found is not None
        assert len(found.correction) == 25
        assert holds(frozenset(range(69)) - frozenset(found.correction))
