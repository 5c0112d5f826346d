"""Readings without a file, for workflows that ask nothing but facts, a roster and calls."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from scheduler.problem.instance import Instance
from scheduler.problem.records import Call
from scheduler.problem.roster import Assignment, Roster
from scheduler.workbook.places import Places
from scheduler.workbook.read import Reading


def reading_of(instance: Instance, roster: Roster | None, calls: Sequence[Call] = ()) -> Reading:
    return Reading(Path("roster.xlsx"), instance, roster, (), {}, {}, Places(), calls=tuple(calls))


def some_roster(instance: Instance, seed: int, load: float = 0.4) -> Roster:
    """At most one duty a day for everybody, locks kept; legal or not."""
    pick = random.Random(seed)
    locked = {(lock.staff, instance.calendar.day(lock.date)): lock for lock in instance.locks}
    cells = []
    for member in instance.staff:
        for day in range(instance.days):
            lock = locked.get((member.id, day))
            spot = pick.choice(instance.hotspots).code
            shift = pick.choice(instance.shifts).code
            if lock is not None:
                cells.append(Assignment(member.id, day, lock.shift, lock.hotspot or spot))
            elif pick.random() < load:
                cells.append(Assignment(member.id, day, shift, spot))
    return Roster.of(cells)
