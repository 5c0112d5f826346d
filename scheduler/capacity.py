"""Arithmetic before any solve: the hours people can work against the hours demanded.

It needs no search, so its shortages are proven: nobody can plan them away without more staff, more hours or less demand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scheduler.constraints import Level
from scheduler.facts import Category
from scheduler.instance import Instance
from scheduler.rules.reference_hours import ReferenceHours, periods
from scheduler.strategies import allowed_hotspots
from scheduler.wanted import Place, wanted

FULL_TIME_WEEK_MIN = 38 * 60
"""Minutes of a full-time week in Belgium; full-time equivalents are counted in it where a pool has no staff to ask."""


@dataclass(frozen=True, slots=True)
class Post:
    """What one hotspot wants of one category over the horizon.

    ``fte_minimum`` and ``fte_target`` are full-time staff, before any absence: a permanent post of two needs
    2 × 168 / 38 = 8.84.
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
    ``due_min`` after them and after balances and duties elsewhere; ``most_min`` is the presence that no legal roster exceeds.
    ``minimum_short`` and ``target_short`` are proven: at least so much is missing in every legal roster.
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

    @property
    def minimum_short(self) -> int:
        return max(0, self.minimum_min - self.most_min)

    @property
    def target_short(self) -> int:
        return max(0, self.target_min - self.most_min)

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
    demanded = {place: (int(w.minimum.sum()), int(w.target.sum())) for place, w in wanted(instance).items()}
    most_over = ReferenceHours.for_instance(instance).parameters.most_over_hours
    work = {member.id: _worktime(instance, member.id, most_over) for member in instance.staff}
    pools = tuple(_pool(instance, place, people, demanded, work) for place, people in _circles(instance, demanded))
    pool_of = {place: pool for pool in pools for place in ((spot, pool.category) for spot in pool.hotspots)}
    posts = []
    for (hotspot, category), (minimum, target) in sorted(demanded.items()):
        pool = pool_of[hotspot, category]
        one = pool.gross_min / pool.fte if pool.gross_min else FULL_TIME_WEEK_MIN * instance.days / 7
        posts.append(Post(hotspot, category, minimum, target, minimum / one, target / one))
    return Capacity(tuple(posts), pools)


def proven_short(instance: Instance, required: Mapping[Level, int]) -> Mapping[Level, int]:
    """What every roster lacks at each coverage level, in weighted person-minutes, by the arithmetic of hours alone; never more
    than is ``required`` there."""
    pools = capacity(instance).pools
    short = {
        Level.POLICE_MINIMUM: sum(pool.minimum_short for pool in pools if pool.category is Category.POLICE),
        Level.NON_POLICE_MINIMUM: sum(pool.minimum_short for pool in pools if pool.category is Category.NON_POLICE),
        Level.TARGETS: sum(pool.target_short for pool in pools),
    }
    return {level: min(least, required.get(level, 0)) for level, least in short.items()}


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
    if contract.max_hours_week is not None:
        weeks = len(list(instance.calendar.weeks()))
        most = min(most, round(contract.max_hours_week * 60 * weeks))
    gross = member.fte * contract.weekly_hours * 60 * instance.days / 7
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
    demanded: Mapping[Place, tuple[int, int]],
    work: Mapping[str, _Worktime],
) -> Pool:
    category = places[0][1]
    # Presence may be longer than paid time by the unpaid break; history may still stand there at the start.
    stretch = max(
        (
            (duty.end - duty.start) / duty.paid_min
            for duty in instance.duties
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
    return Pool(
        category,
        tuple(hotspot for hotspot, _ in places),
        len(people),
        sum(instance.person[staff].fte for staff in people),
        round(sum(work[staff].gross for staff in people)),
        sum(work[staff].due for staff in people),
        round(sum(work[staff].most for staff in people) * stretch) + lingering,
        sum(demanded[place][0] for place in places),
        sum(demanded[place][1] for place in places),
    )
