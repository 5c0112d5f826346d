"""The variables of the textbook, x[person, day, shift, hotspot], and what rules ask of them: who works when, who stands where."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from benchmarks.linear.programme import Programme, Sum
from scheduler.engine.compiled_problem import CompiledProblem

Post = tuple[int, int, int, int]


class Posts:
    """One variable for every post that a person may take; bans and locks have closed the others."""

    def __init__(self, pool: CompiledProblem, programme: Programme) -> None:
        self.pool = pool
        self.x: dict[Post, int] = {}
        self.of_person: dict[int, dict[Post, int]] = defaultdict(dict)
        self._of_duty: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        self._at: dict[tuple[int, int, int], list[tuple[int, int]]] = defaultdict(list)
        self._of_staff_set: dict[tuple[int, int, int, int], list[int]] = {}
        for p, d, k, h in np.argwhere(pool.post).tolist():
            column = programme.variable()
            self.x[p, d, k, h] = self.of_person[p][p, d, k, h] = column
            self._of_duty[p, d, k].append(column)
            self._at[d, k, h].append((p, column))

    def works(self, person: int, day: int, shift: int) -> list[int]:
        """The variables whose sum says whether a person works a duty, wherever."""
        return self._of_duty.get((person, day, shift), [])

    def at(self, staff_set: int, day: int, shift: int, hotspot: int) -> list[int]:
        """The variables of a staff set's people on one duty at one hotspot."""
        key = (staff_set, day, shift, hotspot)
        if key not in self._of_staff_set:
            member = self.pool.staff_sets[staff_set]
            self._of_staff_set[key] = [column for p, column in self._at.get((day, shift, hotspot), []) if member[p]]
        return self._of_staff_set[key]

    def heads(self, staff_set: int, hotspot: int, duties: tuple[tuple[int, int], ...], fixed: int) -> Sum:
        """How many of a staff set stand at a hotspot on any of some duties, ``fixed`` of them from history."""
        total = Sum.of(column for day, shift in duties for column in self.at(staff_set, day, shift, hotspot))
        total.constant = fixed
        return total
