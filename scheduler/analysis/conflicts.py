"""Which of some things cannot all hold: conflicts of which nothing can be left out, and the fewest that must give way.

Everything is found by asking whether a part holds, each time from the start: never from what a solver says of its own proof,
which need not be small. A part of what holds must hold too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

Holds = Callable[[frozenset[int]], bool]
"""Whether a part holds, by the numbers of its things."""


@dataclass(frozen=True, slots=True)
class Conflicts:
    """``conflicts``: sets of numbers that do not hold, but would without any one of them. ``correction``: without these all the
    rest holds, and fewer are never enough. Both are in ascending order."""

    conflicts: tuple[tuple[int, ...], ...]
    correction: tuple[int, ...]


def conflicts(count: int, holds: Holds, known: Iterable[frozenset[int]] = ()) -> Conflicts | None:
    """Conflicts among the things 0 to ``count`` − 1, which every correction has to end; None where all hold, and where not even
    none of them does. ``known`` are smallest conflicts that have been found already.

    Corrections are sought in order of size among the sets that end every conflict found so far; one that is not enough shows
    another conflict. Not every conflict there is need be among them. Raises :class:`RuntimeError` where the answers contradict
    each other.
    """
    every = frozenset(range(count))
    if holds(every) or not holds(frozenset()):
        return None
    found = list(known)
    freed = _smallest(found) if found else frozenset()
    while not holds(every - freed):
        found.append(_shrunk(sorted(every - freed), holds))
        freed = _smallest(found)
    _verify(every, found, freed, holds)
    return Conflicts(tuple(sorted(tuple(sorted(one)) for one in found)), tuple(sorted(freed)))


def _shrunk(part: Sequence[int], holds: Holds) -> frozenset[int]:
    """A conflict within a part that does not hold, by leaving out one after the other. The first are left out last, so that the
    conflict is among the first where there are several."""
    kept = frozenset(part)
    for item in reversed(part):
        if not holds(kept - {item}):
            kept -= {item}
    return kept


def _smallest(found: Sequence[frozenset[int]]) -> frozenset[int]:
    """A smallest set that has one of each: of conflicts that share nothing, directly or through others, one after the other."""
    groups: list[list[frozenset[int]]] = []
    for one in found:
        joined = [group for group in groups if any(one & other for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([one, *(other for group in joined for other in group)])
    return frozenset[int]().union(*map(_smallest_of, groups))


def _smallest_of(found: Sequence[frozenset[int]]) -> frozenset[int]:
    size = _apart(found)
    while (hit := next(_hitting(found, frozenset(), size), None)) is None:
        size += 1
    return hit


def _hitting(found: Sequence[frozenset[int]], taken: frozenset[int], more: int) -> Iterator[frozenset[int]]:
    missed = [one for one in found if not one & taken]
    if not missed:
        yield taken
    elif _apart(missed) <= more:
        for item in sorted(missed[0]):
            yield from _hitting(missed, taken | {item}, more - 1)


def _apart(found: Sequence[frozenset[int]]) -> int:
    """A number of conflicts that share nothing: each takes one of its own."""
    count, taken = 0, frozenset[int]()
    for one in sorted(found, key=lambda one: (len(one), sorted(one))):
        if not one & taken:
            count, taken = count + 1, taken | one
    return count


def _verify(every: frozenset[int], found: Sequence[frozenset[int]], freed: frozenset[int], holds: Holds) -> None:
    """Ask for everything that is claimed once more."""
    good = bool(found) and holds(every - freed)
    good = good and all(not holds(one) and all(holds(one - {item}) for item in one) for one in found)
    if not good:
        raise RuntimeError("whether a part holds was answered in two ways")
