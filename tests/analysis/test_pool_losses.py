"""Police away at a time, by the zone of the hotspot."""

from __future__ import annotations

import numpy as np

from scheduler.analysis.pool_losses import PoolLosses
from scheduler.problem.roster import Assignment, Roster
from tests.builders import SHIFTS, TOWN, ZONE, contract, hotspot, lines, make, person, shift
from tests.engine.recourse.worlds import NORTH
from tests.parity_cases import MIXED


def test_duties_of_a_moment_by_zone_without_reserves_and_others() -> None:
    waiting = shift("R", "06:00", "14:00", hotspots=("BASE",), reserve=True)
    instance = make(
        2, organisations=(ZONE, TOWN, NORTH), contracts=(contract(), *MIXED[1:]),
        people=[*(person(f"P{i}") for i in range(1, 5)), person("G1", contract="GDP")],
        hotspots=(hotspot("HAL"), hotspot("NORD", zone="5344"), hotspot("BASE")), shifts=(*SHIFTS, waiting),
    )  # fmt: skip
    people = [member.id for member in instance.staff]
    roster = Roster.of([*lines(P1="E.", P2="E.", G1="E."), *lines("NORD", P3="E."), Assignment("P4", 0, "R", "BASE")])
    losses = PoolLosses(instance, roster, people)
    away = np.zeros((20, 5, 2), dtype=bool)
    away[:2, 0, 0] = True
    away[0, 1:, 0] = True
    away[:, :, 1] = True
    losses.add(away[:5])
    losses.add(away[5:])
    enough = losses.enough()
    assert enough is not None
    assert enough.on_duty == {"5341": 2.0, "5344": 1.0}
    assert enough.moments.by_pool == {"5341": 1, "5344": 0}
    assert enough.moments.pooled == 1
    assert enough.moments.pooled_chance == 0.95


def test_the_whole_period_needs_what_its_worst_moment_does() -> None:
    instance = make(2, people=4)
    losses = PoolLosses(instance, lines(P1="E.", P2="E.", P3=".E", P4=".E"), ["P1", "P2", "P3", "P4"])
    away = np.zeros((10, 4, 2), dtype=bool)
    away[:, 2:, 1] = True
    losses.add(away)
    enough = losses.enough()
    assert enough is not None
    assert (enough.moments.pooled, enough.period.pooled, enough.period.separate) == (2, 2, 2)


def test_without_police_there_is_nothing_to_say() -> None:
    instance = make(1)
    assert PoolLosses(instance, Roster(), ["P1"]).enough() is None
