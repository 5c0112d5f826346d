"""The columns of one group in a program, behind questions; :mod:`scheduler.engine.flow` says what they mean."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from scheduler.engine.groups import Group
from scheduler.engine.known import Known
from scheduler.engine.linear import Program
from scheduler.engine.pool import Bools, Ints, Pool
from scheduler.instance import DutyKey


@dataclass(frozen=True)
class GroupFlow:
    """A group in a program. ``work[day, shift]`` and the arrays by day hold column positions."""

    pool: Pool
    program: Program
    group: Group
    known: Known
    clashes: tuple[frozenset[DutyKey], ...]
    work: Ints
    elsewhere: Ints
    """People on a duty elsewhere who work none of ours that day, of those who might."""
    start: Ints
    stop: Ints
    back: Ints
    go: Ints

    @property
    def size(self) -> int:
        return len(self.group.people)

    def on(self, day: int, factor: int) -> list[tuple[Ints | int, int]]:
        """The terms of the people on, apart from ``known.fixed_on[day]``."""
        return [(self.work[day], factor), (self.elsewhere[day], factor)]

    def positions(self, duties: frozenset[DutyKey]) -> dict[int, list[int]]:
        """Shift positions by day of some duties."""
        found: dict[int, list[int]] = defaultdict(list)
        for day, code in duties:
            found[day].append(self.pool.shift[code])
        return {day: sorted(found[day]) for day in sorted(found)}

    def able(self, day: int, shifts: list[int]) -> Ints:
        """Whether each person of the group may work one of some shifts on a day, as 0 or 1."""
        able: Bools = np.any(self.pool.allowed[np.ix_(self.group.people, [day], shifts)], axis=(1, 2))
        return able.astype(np.int64)


def maximal(sets: tuple[frozenset[DutyKey], ...]) -> tuple[frozenset[DutyKey], ...]:
    """Those sets that lie in no other: the others say nothing more."""
    by_days: dict[tuple[int, ...], list[frozenset[DutyKey]]] = defaultdict(list)
    for duties in set(sets):
        by_days[tuple(sorted({day for day, _ in duties}))].append(duties)
    return tuple(duties for found in by_days.values() for duties in found if not any(duties < other for other in found))
