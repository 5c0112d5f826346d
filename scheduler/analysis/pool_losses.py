"""How many police of each zone's hotspots are away at a time, in many runs: what reserves would have to make good."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.analysis.reserves import simulated
from scheduler.analysis.stress import EnoughReserves
from scheduler.problem.facts import Category
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster

Ints = NDArray[np.int64]


class PoolLosses:
    """The duties of police at hotspots, pooled by the zone of the hotspot. A moment is the start of any of them.

    Who waits as a reserve is not counted. ``people`` are the ids in the order of the absences that are added.
    """

    def __init__(self, instance: Instance, roster: Roster, people: Sequence[str]) -> None:
        position = {staff: place for place, staff in enumerate(people)}
        duties = [
            (instance.duty(cell.day, cell.shift), position[cell.staff], instance.hotspot[cell.hotspot].zone)
            for cell in roster
            if instance.category(cell.staff) is Category.POLICE and not instance.shift[cell.shift].reserve
        ]
        self.pools = sorted({zone for _, _, zone in duties})
        self._person = np.array([person for _, person, _ in duties], dtype=np.int64)
        self._day = np.array([duty.day for duty, _, _ in duties], dtype=np.int64)
        moments = {start: place for place, start in enumerate(sorted({duty.start for duty, _, _ in duties}))}
        starts = sorted(moments)
        there: dict[int, list[int]] = defaultdict(list)
        for place, (duty, _, zone) in enumerate(duties):
            low, high = np.searchsorted(starts, (duty.start, duty.end))
            for moment in range(low, high):
                there[moment * len(self.pools) + self.pools.index(zone)].append(place)
        self._cells = np.array(sorted(there), dtype=np.int64)
        self._duty = np.array([place for cell in sorted(there) for place in there[cell]], dtype=np.int64)
        sizes = [len(there[cell]) for cell in sorted(there)]
        self._first = np.cumsum([0, *sizes[:-1]], dtype=np.int64)
        self._on_duty = np.zeros(len(moments) * len(self.pools), dtype=np.int64)
        self._on_duty[self._cells] = sizes
        self._missing: list[Ints] = []

    def add(self, away: NDArray[np.bool_]) -> None:
        """Some runs, ``away[run, person, day]``."""
        if self.pools:
            lost = away[:, self._person, self._day]
            found = np.zeros((away.shape[0], self._on_duty.size), dtype=np.int64)
            found[:, self._cells] = np.add.reduceat(lost[:, self._duty].astype(np.int64), self._first, axis=1)
            self._missing.append(found.reshape(away.shape[0], -1, len(self.pools)))

    def enough(self) -> EnoughReserves | None:
        """The reserves that are enough; None where no police are on duty."""
        if not self.pools:
            return None
        missing = np.concatenate(self._missing)
        on_duty = self._on_duty.reshape(-1, len(self.pools)).mean(axis=0)
        return EnoughReserves(
            {zone: float(mean) for zone, mean in zip(self.pools, on_duty, strict=True)},
            simulated(missing.reshape(-1, len(self.pools)), missing.sum(axis=2).ravel(), self.pools),
            simulated(missing.max(axis=1), missing.sum(axis=2).max(axis=1), self.pools),
        )
