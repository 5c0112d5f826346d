"""Arithmetic before any solve: the hours people can work against the hours demanded.

It needs no search, so its shortages are proven: nobody can plan them away without more staff, more hours or less demand. What no
duty of the horizon reaches (:mod:`scheduler.analysis.unreachable`) is counted apart: more staff would not change it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from scheduler.analysis.coverage import never_covered
from scheduler.analysis.unreachable import gaps
from scheduler.analysis.workable import Workable
from scheduler.problem.demand_profile import DemandProfile, Place, demand_profiles
from scheduler.problem.facts import Category
from scheduler.problem.heads import Heads
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.problem.roster import Presence, Roster
from scheduler.result import Cause
from scheduler.rules import hours_week
from scheduler.rules.reference_hours import ReferenceHours, periods
from scheduler.vocabulary.constraints import Level

FULL_TIME_WEEK_MIN = 38 * 60
"""Minutes of a full-time week in Belgium; full-time equivalents are counted in it where a pool has no staff to ask."""


@dataclass(frozen=True, slots=True)
class Post:
    """What one hotspot wants of one category over the horizon.

    ``fte_minimum`` and ``fte_target`` are full-time staff, before any absence: a permanent post of two needs
    2 × 168 / 38 = 8.84. Hours that no shift ever reaches ask for nobody.
    """

    hotspot: str
    category: Category
    minimum_min: int
    target_min: int
    fte_minimum: float
    fte_target: float


@dataclass(frozen=True, slots=True)
class Pool:
    """Hotspots of one category that share staff, directly or through others, and the people who may stand there.

    Minutes are person-minutes over the horizon. ``gross_min`` is what the contracts ask for before leave and public holidays,
    ``due_min`` after them and after balances and duties elsewhere; ``most_min`` is the presence where heads are wanted that no
    legal roster exceeds, one duty a date for each person. ``unreachable_minimum_min`` and ``unreachable_target_min`` are the part
    of the demand that no duty of the horizon reaches and no history covers. ``minimum_short`` and ``target_short`` are proven: at
    least so much of the rest is missing in every legal roster of these people.
    """

    category: Category
    hotspots: tuple[str, ...]
    people: int
    fte: float
    gross_min: int
    due_min: int
    most_min: int
    minimum_min: int
    target_min: int
    unreachable_minimum_min: int = 0
    unreachable_target_min: int = 0

    @property
    def minimum_short(self) -> int:
        return max(0, self.minimum_min - self.unreachable_minimum_min - self.most_min)

    @property
    def target_short(self) -> int:
        return max(0, self.target_min - self.unreachable_target_min - self.most_min)

    @property
    def availability(self) -> float:
        """The share of the contract hours that is left for hotspots."""
        return self.due_min / self.gross_min if self.gross_min else 0.0


@dataclass(frozen=True, slots=True)
class Capacity:
    posts: tuple[Post, ...]
    pools: tuple[Pool, ...]


def capacity(instance: Instance) -> Capacity:
    """Demand against staff, for every hotspot and for every pool of hotspots that share staff.

    Raises :class:`~scheduler.errors.InputError` when a setting of the rule on contract hours is out of range.
    """
    asked = demand_profiles(instance)
    workable = Workable(instance, asked)
    history = Roster().presence(instance)
    demanded = {place: _demanded(instance, place, figures, history[place[0]]) for place, figures in asked.items()}
    most_over = ReferenceHours.for_instance(instance).parameters.most_over_hours
    work = {member.id: _worktime(instance, member.id, most_over) for member in instance.staff}
    pools = tuple(
        _pool(instance, places, people, demanded, work, workable) for places, people in _circles(instance, asked)
    )
    pool_of = {place: pool for pool in pools for place in ((spot, pool.category) for spot in pool.hotspots)}
    posts = []
    for (hotspot, category), found in sorted(demanded.items()):
        pool = pool_of[hotspot, category]
        one = pool.gross_min / pool.fte if pool.gross_min else FULL_TIME_WEEK_MIN * instance.days / 7
        fte = ((figures.all - figures.no_shift) / one for figures in (found.minimum, found.target))
        posts.append(Post(hotspot, category, found.minimum.all, found.target.all, *fte))
    return Capacity(tuple(posts), pools)


def proven_short(instance: Instance, required: Mapping[Level, int]) -> Mapping[Level, int]:
    """What every roster lacks at each coverage level, in weighted person-minutes: what no duty reaches, and for the rest the
    arithmetic of hours alone; never more than is ``required`` there."""
    pools, never = capacity(instance).pools, never_covered(instance)
    short = {
        Level.POLICE_MINIMUM: sum(pool.minimum_short for pool in pools if pool.category is Category.POLICE),
        Level.NON_POLICE_MINIMUM: sum(pool.minimum_short for pool in pools if pool.category is Category.NON_POLICE),
        Level.TARGETS: sum(pool.target_short for pool in pools),
    }
    return {level: min(least + never.levels[level], required.get(level, 0)) for level, least in short.items()}


@dataclass(frozen=True, slots=True)
class _Minutes:
    """Person-minutes of one figure of a place: all, those that no roster covers, those that no shift ever reaches."""

    all: int
    unreachable: int
    no_shift: int


@dataclass(frozen=True, slots=True)
class _Demanded:
    minimum: _Minutes
    target: _Minutes


def _demanded(instance: Instance, place: Place, figures: DemandProfile, history: tuple[Presence, ...]) -> _Demanded:
    people = instance.people(place[1])
    heads = Heads(item for item in history if item.staff in people)
    open_gaps = gaps(instance, *place)

    def minutes(of: NDArray[np.int64]) -> _Minutes:
        left = [
            (int(np.maximum(0, of[low:high] - number).sum()), gap.cause)
            for gap in open_gaps
            for low, high, number in heads.over(gap.start, gap.end)
        ]
        no_shift = sum(short for short, cause in left if cause is Cause.NO_SHIFT)
        return _Minutes(int(of.sum()), sum(short for short, _ in left), no_shift)

    return _Demanded(minutes(figures.minimum), minutes(figures.target))


@dataclass(frozen=True, slots=True)
class _Worktime:
    gross: float
    due: int
    most: int


def _worktime(instance: Instance, staff: str, most_over_hours: float) -> _Worktime:
    """Minutes of one person: by contract, due at hotspots, and the most that is legal."""
    member, contract = instance.person[staff], instance.contract(staff)
    over = round(most_over_hours * 60 * member.fte)
    due = most = 0
    for period in periods(instance, staff) if member.fte else ():
        due += max(0, period.due_min - period.fixed_min)
        most += max(0, period.due_min + over - period.fixed_min)
    week = hours_week.limit_min(contract)
    if week is not None:
        most = min(most, week * len(list(instance.calendar.weeks())))
    gross = sum(instance.week_minutes(staff)) * instance.days / 7
    return _Worktime(gross, due, most)


def _circles(instance: Instance, places: Mapping[Place, object]) -> Iterator[tuple[tuple[Place, ...], tuple[str, ...]]]:
    """Places with a demand that are linked by people who may stand at several of them, with these people."""
    reach = {
        member.id: {(spot, instance.category(member.id)) for spot in allowed_hotspots(instance, member.id)}
        & set(places)
        for member in instance.staff
    }
    waiting = set(places)
    while waiting:
        circle = {min(waiting)}
        while grown := {place for near in reach.values() if near & circle for place in near} - circle:
            circle |= grown
        waiting -= circle
        people = tuple(staff for staff, near in reach.items() if near & circle)
        yield tuple(sorted(circle)), people


def _pool(
    instance: Instance,
    places: tuple[Place, ...],
    people: tuple[str, ...],
    demanded: Mapping[Place, _Demanded],
    work: Mapping[str, _Worktime],
    workable: Workable,
) -> Pool:
    category = places[0][1]
    # Presence may be longer than paid time by the unpaid break; history may still stand there at the start.
    stretch = max(
        (
            (duty.end - duty.start) / duty.paid_min if duty.paid_min else inf
            for duty in instance.offered
            if category in instance.shift[duty.shift].categories
        ),
        default=1.0,
    )
    lingering = sum(
        max(0, item.end)
        for staff in instance.people(category)
        for item in instance.commitments[staff]
        if (item.hotspot, category) in places
    )

    def most(staff: str) -> float:
        """Minutes that a person can stand there: as their hours allow, and one duty a date."""
        paid, daily = work[staff].most, workable.most(staff, places)
        return min(paid * stretch, daily) if paid else 0.0

    return Pool(
        category,
        tuple(hotspot for hotspot, _ in places),
        len(people),
        sum(instance.person[staff].fte for staff in people),
        round(sum(work[staff].gross for staff in people)),
        sum(work[staff].due for staff in people),
        round(sum(map(most, people))) + lingering,
        sum(demanded[place].minimum.all for place in places),
        sum(demanded[place].target.all for place in places),
        sum(demanded[place].minimum.unreachable for place in places),
        sum(demanded[place].target.unreachable for place in places),
    )
