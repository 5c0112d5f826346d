"""Unbroken streaks of places in a row (days, weekends) that fixed work has taken before the roster is made.

Work that is fixed may break a limit by itself, through no cell of the roster: that is no finding, and must not make the
problem infeasible. But nobody may make such a streak worse. :func:`settle` takes these streaks apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Settled:
    """``carried`` places in a row just before place 0, the places ``always`` taken, and those that are ``closed``: any
    work there would belong to a streak that fixed work alone has made too long."""

    carried: int
    always: frozenset[int]
    closed: frozenset[int]


def streaks(taken: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Maximal streaks of neighbouring places as ``(first, last)``, both included, in order."""
    first = last = None
    for place in sorted(set(taken)):
        if first is None or last is None:
            first = place
        elif place != last + 1:
            yield first, last
            first = place
        last = place
    if first is not None and last is not None:
        yield first, last


class Overlong(NamedTuple):
    """A streak that is longer than allowed: where it begins, how long it is, and the places of it that the roster has taken,
    the one to change first."""

    first: int
    length: int
    cells: tuple[int, ...]


def overlong(cells: Collection[int], fixed: Collection[int], most: int) -> Iterator[Overlong]:
    """Streaks of more than ``most`` places, taken by the roster's cells and by fixed work, that hold at least one cell.

    The first cell over the limit is the one to change, or the last one there is.
    """
    for first, last in streaks({*cells, *fixed}):
        here = [place for place in range(first, last + 1) if place in cells]
        if last - first + 1 > most and here:
            change = next((place for place in here if place >= first + most), here[-1])
            yield Overlong(first, last - first + 1, (change, *(place for place in here if place != change)))


def settle(taken: Iterable[int], count: int, most: int) -> Settled:
    """What fixed work at the places ``taken`` (negative: before the horizon) means for a limit of ``most`` in a row among
    the places 0 … ``count`` − 1."""
    inside = {place for place in taken if place < count}
    closed: set[int] = set()
    for first, last in streaks(inside):
        if last - first + 1 > most:
            closed |= set(range(first - 1, last + 2))
    kept = inside - closed
    carried = 0
    while -carried - 1 in kept:
        carried += 1
    return Settled(
        carried,
        frozenset(place for place in kept if place >= 0),
        frozenset(place for place in closed if 0 <= place < count),
    )
