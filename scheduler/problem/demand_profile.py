"""Heads wanted minute by minute: the demand of whole categories, for arithmetic before any roster exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.problem.facts import Category
from scheduler.problem.instance import Instance

Place = tuple[str, Category]
"""A hotspot's code and a category."""


@dataclass(frozen=True, eq=False)
class DemandProfile:
    """Heads of one category at one hotspot in each minute of the horizon.

    ``minimum`` and ``target`` are what nobody can do without: the highest figure of any row, since one person may fill several
    roles. ``expected`` is what planners mean: roles add up, and the category's own row holds where it is higher.
    """

    minimum: NDArray[np.int64]
    target: NDArray[np.int64]
    expected: NDArray[np.int64]


def demand_profiles(instance: Instance) -> Mapping[Place, DemandProfile]:
    """The demand of every hotspot and category that has one. Arrays are as long as the horizon in minutes."""
    minutes = instance.calendar.end
    found: dict[Place, DemandProfile] = {}
    roles: dict[Place, NDArray[np.int64]] = {}
    for need in instance.needs:
        place = (need.hotspot, instance.role_category[need.role])
        if place not in found:
            found[place] = DemandProfile(*(np.zeros(minutes, dtype=np.int64) for _ in range(3)))
            roles[place] = np.zeros(minutes, dtype=np.int64)
        span = slice(need.start, need.end)
        np.maximum(found[place].minimum[span], need.minimum, out=found[place].minimum[span])
        np.maximum(found[place].target[span], need.target, out=found[place].target[span])
        if need.role == place[1]:
            found[place].expected[span] = need.target
        else:
            roles[place][span] += need.target
    for place, figures in found.items():
        np.maximum(figures.expected, roles[place], out=figures.expected)
    return found
