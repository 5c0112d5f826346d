"""Small worlds with reserves, and the roster that a run leaves, as it was known on each date."""

from __future__ import annotations

import numpy as np

from scheduler.analysis.incremental_audit import appeared
from scheduler.engine.compiled_problem import Bools
from scheduler.engine.recourse.simulation import Recourse
from scheduler.problem.facts import OFF, Organisation, OrganisationKind, Pooling
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules.audit import broken_rules
from scheduler.rules.base import Finding
from tests.builders import demand, hotspot, shift
from tests.engine.zones import compiled, first, zone

NORTH = Organisation(code="5344", name="Nord", kind=OrganisationKind.POLICE_ZONE)


def with_reserves(seed: int, *, lateral: bool = False) -> Instance:
    """A random zone with a place of reserves; ``lateral`` makes its second hotspot and half of its police another zone."""
    plain = zone(seed, days=7, police=16, guards=5)
    waiting = [
        shift(code, start, end, hotspots=("BASE",), reserve=True)
        for code, start, end in (("RE", "06:00", "14:00"), ("RL", "14:00", "22:00"))
    ]
    wanted = demand(start="06:00", until="22:00", minimum=1, target=2).replace(hotspot="BASE")
    spots = (*plain.hotspots, hotspot("BASE"))
    people = plain.staff
    changes: dict[str, object] = {}
    if lateral:
        spots = tuple(spot.replace(zone="5344") if spot.code == "MIDI" else spot for spot in spots)
        people = tuple(
            one.replace(organisation="5344") if one.id[0] == "P" and int(one.id[1:]) % 2 else one for one in people
        )
        changes = {
            "organisations": (*plain.organisations, NORTH), "strategy": Pooling.LATERAL,
            "parameters": {**plain.parameters, "lending.percent": 30.0},
        }  # fmt: skip
    return plain.replace(
        hotspots=spots, staff=people, shifts=(*plain.shifts, *waiting), demand=(*plain.demand, wanted), **changes
    )


def legal_roster(instance: Instance) -> Roster:
    return first(compiled(instance)).roster


def newly_broken(
    recourse: Recourse, planned: Roster, realised: Roster, away: Bools, comes: Bools
) -> dict[int, tuple[Finding, ...]]:
    """By audits of whole rosters, for each date: the hard rules that what was done then breaks, with what was known then."""
    instance = recourse.instance
    found = {}
    for day in range(instance.days):
        before, after = (
            _known(recourse, planned, realised, away, comes, day, done) for done in (day - 1, day)
        )  # fmt: skip
        free = instance.replace(locks=tuple(lock for lock in instance.locks if lock.shift == OFF))
        given = broken_rules(free, before)
        found[day] = tuple(new for new in appeared(given, broken_rules(free, after)) if not _eased(new, given))
    return found


def _eased(new: Finding, given: tuple[Finding, ...]) -> bool:
    """Whether somebody who lacked company before lacks it for no longer: the wording tells how many are there."""
    return any(
        (new.rule, new.message.code, new.staff, new.days) == (old.rule, old.message.code, old.staff, old.days)
        and new.message.code in {"company_lacking", "role_holders_lacking"}
        and new.amount <= old.amount
        for old in given
    )


def _known(
    recourse: Recourse, planned: Roster, realised: Roster, away: Bools, comes: Bools, day: int, done: int
) -> Roster:
    """The roster with the losses of absences that have begun by a date, and what was done until another."""
    pool, plan = recourse.pool, recourse.plan
    kept: list[Assignment] = []
    for cell in planned:
        person, spot = pool.person[cell.staff], pool.hotspot[cell.hotspot]
        begun = bool(away[person, cell.day]) and _begins(away[person], cell.day) <= day
        withheld = bool(plan.lent[person, spot]) and not comes[person, cell.day] and cell.day <= day
        moved = cell.day <= done and cell not in set(realised)
        if not begun and not withheld and not moved:
            kept.append(cell)
    planned_cells = set(planned)
    return Roster.of([*kept, *(cell for cell in realised if cell not in planned_cells and cell.day <= done)])


def _begins(away: Bools, day: int) -> int:
    """The first date of the absence that a date belongs to."""
    present = np.flatnonzero(~away[: day + 1])
    return int(present[-1]) + 1 if present.size else 0
