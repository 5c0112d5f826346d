"""The figures the result sheets show, computed once from facts and roster: no formats, no cells.

Minutes unless a name says otherwise. Everything is linear in the size of the roster and of the demand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.problem.facts import Request
from scheduler.problem.instance import DutyKey, Instance
from scheduler.problem.roster import Roster
from scheduler.rules.support.contract_hours import contract_minutes
from scheduler.rules.support.spread import spread


@dataclass(frozen=True, slots=True)
class PersonFigures:
    """One person over the horizon. ``due`` and ``planned`` in minutes; ``elsewhere`` is part of ``planned``."""

    due: int
    planned: int
    elsewhere: int
    duties: int
    nights: int
    weekends: int
    holidays: int
    requests: int
    granted: int
    asked_weight: int
    granted_weight: int


@dataclass(frozen=True, slots=True)
class QualityFigures:
    """What the quality level is about, in figures that a planner knows: dates of requests ``asked`` and ``granted``; the widest
    spread of ``nights`` and ``weekends`` (most minus fewest) among comparable people, None where there are none; minutes over or
    under what is due, the balance carried in included: of everybody together, and the most of one person."""

    asked: int
    granted: int
    nights: int | None
    weekends: int | None
    off_min: int
    most_off_min: int


@dataclass(frozen=True)
class StaffStatistics:
    """Everything the sheets count, for one instance and one roster."""

    instance: Instance
    roster: Roster

    @cached_property
    def people(self) -> Mapping[str, PersonFigures]:
        requests: dict[str, list[Request]] = defaultdict(list)
        for request in self.instance.requests:
            requests[request.staff].append(request)
        return {member.id: self._person(member.id, requests[member.id]) for member in self.instance.staff}

    def _person(self, staff: str, requests: Sequence[Request]) -> PersonFigures:
        instance, line = self.instance, self.roster.line(staff)
        duties = [instance.duty(a.day, a.shift) for a in line]
        fixed = [item for item in instance.commitments[staff] if 0 <= item.day < instance.days]
        elsewhere = sum(item.paid_min for item in fixed)
        night = self.nights[instance.person[staff].contract]
        holidays = {a.day for a in line if instance.calendar.is_holiday(a.day)}
        outcomes = [outcome for request in requests for outcome in self._outcomes(request)]
        return PersonFigures(
            due=contract_minutes(instance, staff, 0, instance.days),
            planned=sum(duty.paid_min for duty in duties) + elsewhere,
            elsewhere=elsewhere,
            duties=len(duties),
            nights=sum(duty.key in night for duty in duties),
            weekends=sum(
                any(low < end and start < high for low, high in self._work(staff))
                for _, start, end in self.instance.calendar.weekends()
            ),
            holidays=len(holidays | {item.day for item in fixed if instance.calendar.is_holiday(item.day)}),
            requests=len(outcomes),
            granted=sum(granted for granted, _ in outcomes),
            asked_weight=sum(weight for _, weight in outcomes),
            granted_weight=sum(weight for granted, weight in outcomes if granted),
        )

    def _work(self, staff: str) -> Iterator[tuple[int, int]]:
        for item in self.instance.commitments[staff]:
            yield item.start, item.end
        for duty in self.roster.duties(self.instance, staff):
            yield duty.start, duty.end

    def target(self, staff: str) -> float:
        """Minutes that would bring the person's balance to zero: due in the horizon, less the balance carried in."""
        return self.people[staff].due - self.instance.counter[staff].hours_balance * 60

    def _outcomes(self, request: Request) -> Iterator[tuple[bool, int]]:
        """For each date of a request inside the horizon: was it granted, and its weight."""
        calendar = self.instance.calendar
        worked = {a.day: a.shift for a in self.roster.line(request.staff)}
        for day in range(max(0, calendar.day(request.first)), min(self.instance.days, calendar.day(request.last) + 1)):
            shift = worked.get(day)
            works = shift is not None and request.shift in (None, shift)
            yield works == (request.kind == "want"), request.weight

    @cached_property
    def nights(self) -> Mapping[str, frozenset[DutyKey]]:
        """By contract: the duties that are night work under it."""
        somebody = {member.contract: member.id for member in self.instance.staff}
        return {
            contract: frozenset(duty.key for duty in self.instance.duties if self.instance.is_night(staff, duty))
            for contract, staff in somebody.items()
        }

    def quality(self) -> QualityFigures:
        """The quality of the roster in figures."""
        people = self.people
        compared = [item for item in spread(self.instance, self.roster) if item.people > 1]
        off = [round(abs(figures.planned - self.target(staff))) for staff, figures in people.items()]
        return QualityFigures(
            asked=sum(figures.requests for figures in people.values()),
            granted=sum(figures.granted for figures in people.values()),
            nights=max((item.nights for item in compared), default=None),
            weekends=max((item.weekends for item in compared), default=None),
            off_min=sum(off),
            most_off_min=max(off, default=0),
        )

    def requests_share(self) -> float | None:
        """Share of the requests' weight that was granted; None when nobody asked."""
        asked = sum(person.asked_weight for person in self.people.values())
        return sum(person.granted_weight for person in self.people.values()) / asked if asked else None
