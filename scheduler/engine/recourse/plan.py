"""A published roster with all that is looked up when somebody does not come, as plain arrays for compiled code."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.engine.compiled_problem import Bools, CompiledProblem, Ints
from scheduler.engine.local_search.move_tables import rows
from scheduler.problem.facts import Category
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import elsewhere, lenders
from scheduler.problem.roster import Roster
from scheduler.rules.support.contract_hours import owed_minutes


class Plan(NamedTuple):
    """``shift[person, day]`` and ``spot[person, day]`` are the roster, −1 on a free day."""

    shift: Ints
    spot: Ints
    police: Bools
    """``[person]``"""
    lent: Bools
    """``[person, hotspot]``: who would stand there as help from another zone."""
    free: Bools
    """``[person, day]``: has nothing at all on that day: no duty, no duty elsewhere, no leave."""
    reserve: Bools
    """``[shift]``"""
    covers: Bools
    """``[day, reserve shift, shift]``: whoever waits on the one may be called to the other: it lies in the time of the first, and
    has no more paid minutes."""
    hole_start: Ints
    hole: Ints
    """Per day: whose duties are to be held, those of police first, then in order of start and hotspot."""
    asked_start: Ints
    asked: Ints
    """Per hotspot: who may be asked to stand there, in this order."""


def plan_of(pool: CompiledProblem, roster: Roster) -> Plan:
    """The plan of a roster. Its people, shifts and hotspots are those of the pool, and nobody has two duties on a date."""
    instance = pool.instance
    shift, spot = pool.arrays(roster)
    police = np.array([instance.category(staff) is Category.POLICE for staff in pool.people], dtype=bool)
    reserve = np.array([instance.shift[code].reserve for code in pool.shifts], dtype=bool)
    lent = _lent(pool)
    within = (pool.start[:, :, None] <= pool.start[:, None, :]) & (pool.end[:, None, :] <= pool.end[:, :, None])
    covers = (
        within & (pool.paid[:, None, :] <= pool.paid[:, :, None]) & reserve[None, :, None] & ~reserve[None, None, :]
    )
    hole_start, hole = rows(_holes(pool, shift, spot, police, reserve))
    over = _over(pool, shift)
    able = _free(instance, pool) & (shift < 0)
    waiting = reserve[np.maximum(shift, 0)] & (shift >= 0)
    reachable = (able | waiting).any(axis=1)
    people = np.arange(len(pool.people))
    asked = []
    for place in range(len(pool.hotspots)):
        may = people[pool.reach[:, place] & reachable]
        asked.append(may[np.lexsort((may, over[may], lent[may, place]))])
    asked_start, everybody = rows(asked)
    return Plan(shift, spot, police, lent, able, reserve, covers, hole_start, hole, asked_start, everybody)


def _lent(pool: CompiledProblem) -> Bools:
    found = np.zeros((len(pool.people), len(pool.hotspots)), dtype=bool)
    for zone, people in lenders(pool.instance).items():
        there = pool.positions(sorted(elsewhere(pool.instance, zone)))
        found[np.ix_([pool.person[staff] for staff in sorted(people)], there)] = True
    return found


def _holes(pool: CompiledProblem, shift: Ints, spot: Ints, police: Bools, reserve: Bools) -> list[Ints]:
    """Per day those whose duty is no reserve's; duties of the same shift, hotspot and category stand together."""
    found = []
    for day in range(pool.days):
        people = np.flatnonzero((shift[:, day] >= 0) & ~reserve[np.maximum(shift[:, day], 0)])
        mine, there = shift[people, day], spot[people, day]
        found.append(people[np.lexsort((people, there, mine, pool.start[day, mine], ~police[people]))])
    return found


def _free(instance: Instance, pool: CompiledProblem) -> Bools:
    """``[person, day]``: no duty elsewhere and no leave, not of an hour; in service."""
    found = np.ones((len(pool.people), pool.days), dtype=bool)
    midnights = [instance.calendar.minute(day) for day in range(pool.days + 1)]
    for place, staff in enumerate(pool.people):
        for item in instance.commitments[staff]:
            if 0 <= item.day < pool.days:
                found[place, item.day] = False
        for day in range(pool.days):
            low, high = midnights[day], midnights[day + 1]
            away = any(start < high and low < end for start, end in instance.leave[staff])
            found[place, day] &= not away and instance.in_service(staff, day)
    return found


def _over(pool: CompiledProblem, shift: Ints) -> Ints:
    """``[person]``: minutes that the roster has more than the contract asks for."""
    instance, days = pool.instance, np.arange(pool.days)
    paid = np.where(shift >= 0, pool.paid[days, np.maximum(shift, 0)], 0).sum(axis=1)
    fixed = [
        sum(item.paid_min for item in instance.commitments[staff] if 0 <= item.day < pool.days) for staff in pool.people
    ]
    owed = [round(owed_minutes(instance, staff, 0, pool.days)) for staff in pool.people]
    return np.asarray(paid + np.array(fixed, dtype=np.int64) - np.array(owed, dtype=np.int64), dtype=np.int64)
