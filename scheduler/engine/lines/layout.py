"""Where a label keeps its parts: fields of bits in words, as many words as they need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.engine.compiled_problem import Ints
from scheduler.engine.lines.resources import Resource

WORD = 62
"""Bits of a word that may be used."""


class _Words:
    """Fields one after the other; one that has no room in a word opens the next."""

    def __init__(self) -> None:
        self.number, self._used = 1, 0

    def place(self, width: int) -> tuple[int, int]:
        """(word, offset) of a new field."""
        if self._used + width > WORD:
            self.number, self._used = self.number + 1, 0
        at = self._used
        self._used += width
        return self.number - 1, at


def state_fields(sizes: Sequence[int]) -> tuple[Ints, int]:
    """For numbers below some sizes: ``[field] = (word, offset, mask)``, and how many words there are."""
    words = _Words()
    rows = []
    for size in sizes:
        bits = max(1, (size - 1).bit_length())
        rows.append((*words.place(bits), (1 << bits) - 1))
    return np.array(rows, dtype=np.int64), words.number


@dataclass(frozen=True, slots=True)
class Layout:
    """The sums that a walk looks at, and their place in a label."""

    active: Ints
    """``[day, …]``: the sums that a day may change, padded with −1."""
    field: Ints
    """``[sum] = (word, offset, mask, is_load)``."""
    rests: int
    """Words of the rest."""
    guards: Ints
    """``[word]`` of the load: a bit above each of its fields."""


def sum_fields(resources: Sequence[Resource], looked_at: Iterable[int], days: int) -> Layout:
    """A layout for some of a person's sums. Sums whose spans of days do not meet share a field."""
    chosen = sorted(looked_at, key=lambda r: (resources[r].first, r))
    slots: list[tuple[bool, int, list[int]]] = []
    for r in chosen:
        bits = int(resources[r].limit).bit_length()
        for position, (load, width, members) in enumerate(slots):
            if load == resources[r].monotone and resources[members[-1]].last < resources[r].first:
                slots[position] = (load, max(width, bits), [*members, r])
                break
        else:
            slots.append((resources[r].monotone, bits, [r]))
    field = np.zeros((max(1, len(resources)), 4), dtype=np.int64)
    loads, rests, guards = _Words(), _Words(), [0]
    for load, width, members in slots:
        word, offset = loads.place(width + 1) if load else rests.place(width)
        field[members] = (word, offset, (1 << width) - 1, int(load))
        if load:
            guards += [0] * (loads.number - len(guards))
            guards[word] |= 1 << (offset + width)
    return Layout(_active_days(resources, chosen, days), field, rests.number, np.array(guards, dtype=np.int64))


def _active_days(resources: Sequence[Resource], chosen: Sequence[int], days: int) -> Ints:
    active: list[list[int]] = [[] for _ in range(days)]
    for r in sorted(chosen):
        for day in range(resources[r].first, resources[r].last + 1):
            active[day].append(r)
    width = max([1, *(len(row) for row in active)])
    return np.array([row + [-1] * (width - len(row)) for row in active], dtype=np.int64)
