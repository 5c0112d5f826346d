"""How nights, weekends and hours are spread over the people, as numbers of people: nobody is named."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.analysis.staff_statistics import StaffStatistics
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.problem.roster import Roster

HOURS_STEP = 8
"""Hours over or under what is due are counted in steps of a duty."""


@dataclass(frozen=True, slots=True)
class Distributions:
    """How many people work so many nights, so many weekends, and from so many hours over (+) or under (−) what is due, up to
    :data:`HOURS_STEP` more; the balance carried in is included. Of the people who may stand at a hotspot or have a duty."""

    people: int
    nights: Mapping[int, int]
    weekends: Mapping[int, int]
    hours: Mapping[int, int]


def distributions(instance: Instance, roster: Roster) -> Distributions:
    """The distributions of a roster."""
    statistics = StaffStatistics(instance, roster)
    there = {
        member.id
        for member in instance.staff
        if roster.line(member.id) or (member.fte and allowed_hotspots(instance, member.id))
    }
    figures = {staff: found for staff, found in statistics.people.items() if staff in there}
    over = {staff: (found.planned - statistics.target(staff)) / 60 for staff, found in figures.items()}
    return Distributions(
        len(figures),
        _counted(found.nights for found in figures.values()),
        _counted(found.weekends for found in figures.values()),
        _counted(HOURS_STEP * math.floor(hours / HOURS_STEP + 1e-9) for hours in over.values()),
    )


def _counted(values: Iterable[int]) -> Mapping[int, int]:
    return dict(sorted(Counter(values).items()))
