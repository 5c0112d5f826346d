"""What the waterfall is asked about, whom it is about, and its arithmetic steps: what contract, holidays, leave and duties
elsewhere leave of everybody's hours. No solver: the steps of rest, nights and weekends are asked of the engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.analysis.unreachable import gaps
from scheduler.analysis.waterfall import Required, Stage
from scheduler.problem.demand_profile import Place
from scheduler.problem.facts import Category, OrganisationKind
from scheduler.problem.heads import Heads
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import allowed_hotspots, lies_in
from scheduler.problem.roster import Roster
from scheduler.rules import hours_week
from scheduler.rules.reference_hours import ReferenceHours, periods
from scheduler.rules.support.contract_hours import owed_minutes, whole

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about: some hotspots, all of the horizon or the minutes of one day of it."""

    hotspots: frozenset[str]
    day: int | None = None
    whole: bool = True
    """Whether everybody is looked at; else those who may stand there, and the people of the home of these hotspots."""
    only: str | None = None
    """The one home that is looked at, None for all."""
    roles: bool = True
    """Whether roles with a demand of their own are looked at too."""


@dataclass(frozen=True, eq=False)
class Group:
    """The people of one home and role. ``wanted[hotspot]`` holds the minutes of the horizon in which heads of the role are
    wanted; ``required`` is None where the home has no hotspot that is asked about."""

    home: str
    role: str
    category: Category
    people: tuple[str, ...]
    wanted: Mapping[str, Bools]
    required: Required | None
    lends: bool
    borrows: bool


def groups(instance: Instance, question: Question) -> tuple[Group, ...]:
    """Everybody by home and category, and by home and role where a role has a demand of its own; police first, in the order of
    the organisations. Where only some hotspots are asked about: those who may stand there, and the home of these hotspots."""
    heads, categories = _demanded(instance, question), instance.role_category
    home, allowed = homes(instance), {member.id: allowed_hotspots(instance, member.id) for member in instance.staff}
    zone = {spot.code: spot.zone for spot in instance.hotspots}
    order = [item.code for item in instance.organisations]
    found = []
    roles = [item.code for item in instance.roles if question.roles and any(role == item.code for _, role in heads)]
    for role in [*Category, *roles]:
        there: dict[str, list[str]] = defaultdict(list)
        for member in instance.staff:
            if member.id in instance.people(role):
                there[home[member.id]].append(member.id)
        wanted = {spot: target > 0 for (spot, asked), (_, target) in heads.items() if asked == role}
        asking = {zone[spot] for spot in wanted}
        for code in sorted(there.keys() | asking, key=order.index):
            people, own = tuple(there[code]), [spot for spot in wanted if zone[spot] == code]
            able = own or any(allowed[staff] & wanted.keys() for staff in people)
            if question.only not in (None, code) or not (question.whole or able):
                continue
            required = _required(instance, own, role, categories[role], heads) if own else None
            lends = any(zone[spot] != code for staff in people for spot in allowed[staff])
            borrows = any(allowed[other] & set(own) for other in instance.people(role) if home[other] != code)
            found.append(Group(code, str(role), categories[role], people, wanted, required, lends, borrows))
    return tuple(found)


@dataclass(frozen=True, eq=False)
class AskedPlace:
    """What a hotspot asks of a category, and the minutes in which it wants heads."""

    required: Required
    wanted: Bools


def asked_places(instance: Instance, question: Question) -> Mapping[Place, AskedPlace]:
    """Every hotspot and category that is asked about and has a demand."""
    heads = _demanded(instance, question)
    return {
        (spot, category): AskedPlace(
            _required(instance, [spot], category.value, category, heads), heads[spot, category.value][1] > 0
        )
        for spot, role in heads
        for category in Category
        if role == category.value
    }


def homes(instance: Instance) -> Mapping[str, str]:
    """The home of everybody."""
    of = organisation_homes(instance)
    return {member.id: of[member.organisation] for member in instance.staff}


def organisation_homes(instance: Instance) -> Mapping[str, str]:
    """Where the people of each organisation are counted: of a municipality, in the zone that its hotspots lie in; of any other,
    by themselves."""
    of: dict[str, str] = {}
    for item in instance.organisations:
        of[item.code] = item.code
        if item.kind is OrganisationKind.MUNICIPALITY:
            zones = sorted(spot.zone for spot in instance.hotspots if lies_in(spot, item))
            of[item.code] = zones[0] if zones else item.code
    return of


_Heads = Mapping[tuple[str, str], tuple[Ints, Ints]]
"""By hotspot and role: the heads of minimum and of target in each minute."""


def _demanded(instance: Instance, question: Question) -> _Heads:
    """The demand of every role as it stands, and of every category: the highest figure of its rows."""
    end, categories = instance.calendar.end, instance.role_category
    low, high = (0, end) if question.day is None else day_minutes(instance, question.day)
    found: dict[tuple[str, str], tuple[Ints, Ints]] = {}
    for need in instance.needs:
        span = slice(max(low, need.start), min(high, need.end))
        if need.hotspot not in question.hotspots or span.start >= span.stop or not need.target:
            continue
        for role in {need.role, categories[need.role].value}:
            if (need.hotspot, role) not in found:
                found[need.hotspot, role] = (np.zeros(end, dtype=np.int64), np.zeros(end, dtype=np.int64))
            for heads, figure in zip(found[need.hotspot, role], (need.minimum, need.target), strict=True):
                np.maximum(heads[span], figure, out=heads[span])
    return found


def day_minutes(instance: Instance, day: int) -> tuple[int, int]:
    """The instants at which a day begins and ends."""
    return instance.calendar.minute(day), instance.calendar.minute(day + 1)


def _required(instance: Instance, spots: Sequence[str], role: str, category: Category, heads: _Heads) -> Required:
    end, people, past = instance.calendar.end, instance.people(role), Roster().presence(instance)
    total = Required(0, 0)
    for spot in spots:
        minimum, target = heads[spot, role]
        there = np.zeros(end, dtype=np.int64)
        for low, high, number in Heads(item for item in past[spot] if item.staff in people).over(0, end):
            there[low:high] = number
        unreached = np.zeros(end, dtype=bool)
        for gap in gaps(instance, spot, category):
            unreached[gap.start : gap.end] = True
        total += Required(
            int(minimum.sum()),
            int(target.sum()),
            int(np.maximum(0, minimum - there)[unreached].sum()),
            int(np.maximum(0, target - there)[unreached].sum()),
            int(np.minimum(there, target).sum()),
        )
    return total


# -- the arithmetic of hours -------------------------------------------------------------------------------------------------

HOURLY = (
    Stage.HEADCOUNT, Stage.PART_TIME, Stage.SERVICE, Stage.HOLIDAYS, Stage.LEAVE, Stage.BALANCE, Stage.ELSEWHERE, Stage.OVER,
    Stage.WEEK, Stage.COMPETENCE,
)  # fmt: skip
"""The steps of paid minutes over the whole horizon."""


def hourly(instance: Instance, group: Group) -> Mapping[Stage, Mapping[str, int]]:
    """What each of :data:`HOURLY` leaves everybody of a group, in paid minutes."""
    most_over = ReferenceHours.for_instance(instance).parameters.most_over_hours
    found: dict[Stage, dict[str, int]] = {stage: {} for stage in HOURLY}
    for staff in group.people:
        able = bool(allowed_hotspots(instance, staff) & group.wanted.keys())
        for stage, minutes in zip(HOURLY, _hours(instance, staff, most_over, able=able), strict=True):
            found[stage][staff] = minutes
    return found


def _hours(instance: Instance, staff: str, most_over_hours: float, *, able: bool) -> Iterator[int]:
    member, contract, calendar = instance.person[staff], instance.contract(staff), instance.calendar
    own, days = instance.week_minutes(staff), range(instance.days)
    full = contract.hours_by_weekday or (*(contract.weekly_hours / 5,) * 5, 0.0, 0.0)
    yield whole(sum(60 * full[calendar.weekday(day)] for day in days))
    # Whoever has no share of full time works no duty, whatever the fixed week says.
    owed = [own[calendar.weekday(day)] if member.fte else 0.0 for day in days]
    yield whole(sum(owed))
    owed = [minutes if instance.in_service(staff, day) else 0.0 for day, minutes in enumerate(owed)]
    yield whole(sum(owed))
    yield whole(sum(minutes for day, minutes in enumerate(owed) if not calendar.is_holiday(day)))
    if not member.fte:
        yield from (0,) * (len(HOURLY) - 4)
        return
    yield whole(owed_minutes(instance, staff, 0, instance.days))
    over, spans = round(most_over_hours * 60 * member.fte), periods(instance, staff)
    yield sum(max(0, span.due_min) for span in spans)
    yield sum(max(0, span.due_min - span.fixed_min) for span in spans)
    most = sum(max(0, span.due_min + over - span.fixed_min) for span in spans)
    yield most
    most = min(most, _in_weeks(instance, staff, most))
    yield most
    yield most if able else 0


def _in_weeks(instance: Instance, staff: str, most: int) -> int:
    """The most paid minutes of duties that the limits of calendar weeks leave."""
    limit = hours_week.limit_min(instance.contract(staff))
    if limit is None:
        return most
    fixed = [
        sum(item.paid_min for item in instance.commitments[staff] if monday <= item.day < stop)
        for monday, stop in instance.calendar.weeks()
    ]
    return sum(max(0, limit - minutes) for minutes in fixed)


# -- the presence of one date --------------------------------------------------------------------------------------------------


def at_best(instance: Instance, group: Group) -> Mapping[str, int]:
    """The minutes in which one person could stand where heads of the role are wanted, by the shifts alone: for everybody of a
    group the best duty of each date."""
    useful = [np.concatenate(([0], np.cumsum(wanted))) for wanted in group.wanted.values()]
    end, best = instance.calendar.end, dict.fromkeys(range(instance.days), 0)
    for duty in instance.offered:
        if group.category in instance.shift[duty.shift].categories:
            there = max((int(sums[min(duty.end, end)] - sums[min(duty.start, end)]) for sums in useful), default=0)
            best[duty.day] = max(best[duty.day], there)
    return dict.fromkeys(group.people, sum(best.values()))
