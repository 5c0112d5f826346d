"""Demand: how many heads a hotspot wants, at least, ideally and at most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol, TypeVar

from pydantic import Field

from scheduler.messages.message import Message
from scheduler.problem.facts import Category
from scheduler.problem.heads import Heads
from scheduler.problem.instance import Instance, Need
from scheduler.problem.roster import Roster
from scheduler.problem.timeline import Calendar
from scheduler.rules.base import Finding, Parameters, Reach, Rule, Source
from scheduler.rules.support.said import role_name, span
from scheduler.vocabulary.constraints import Constraint, Cover, Level


class DemandParameters(Parameters):
    over_cost_per_minute: int = Field(
        default=1, ge=0, le=1000, description="points for each person-minute above a demand's maximum"
    )
    short_cost_per_minute: int = Field(
        default=0,
        ge=0,
        le=1000,
        description="points for each person-minute below a demand's target; 0: targets are a level of their own",
    )


class DemandRule(Rule[DemandParameters]):
    """At every moment of a demand at least ``minimum``, ideally ``target`` and at most ``maximum`` heads stand there.

    Soft, so that a shortage is a number with a place. Per person-minute it adds:

    - below the minimum of police, or of a role of theirs: the hotspot's ``priority``, to the level of the police
      minimum,
    - below the minimum of others: 1, to the level of the non-police minimum,
    - below the target of anybody: 1, to the level of the targets. What is missing of the minimum is missing here too,
    - above the maximum: ``over_cost_per_minute`` points of the quality level.

    With ``short_cost_per_minute`` the targets have no level of their own: each person-minute missing up to them costs
    these points of the quality level. Minima stay as they are.

    A row holds on each date that its ``days`` name, from its clock time to its end, which may lie on the next date; so
    the row of the day before the horizon reaches into the first morning. Only minutes in the horizon count, and only
    those from 00:00 of the hotspot's first date to 24:00 of its last. Rows of the same hotspot and role do not add up:
    the highest minimum, target and maximum of those that hold are taken, and a maximum is at least that target.

    Heads are the people present (see the term) who have the role, or whose contract is of the category. One person
    counts for each role they have and for their category. History that reaches into the horizon is present, at the only
    hotspot where its row names none and there is only one.
    """

    code = "demand"
    title = "Demand of the hotspots"
    sources = (Source("The planner's demand; a patrol of two is the unit of deployment"),)
    columns = ("Demand.minimum", "Demand.target", "Demand.maximum", "Hotspots.priority")
    hard = False
    reach = Reach.HOTSPOT
    parameters_class = DemandParameters

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        present = roster.presence(instance)
        heads: dict[tuple[str, str], Heads] = {}
        categories = instance.role_category
        for need in instance.needs:
            place = (need.hotspot, need.role)
            if place not in heads:
                people = instance.people(need.role)
                heads[place] = Heads(item for item in present[need.hotspot] if item.staff in people)
            police = categories[need.role] is Category.POLICE
            minimum_level = Level.POLICE_MINIMUM if police else Level.NON_POLICE_MINIMUM
            weight = instance.hotspot[need.hotspot].priority if police else 1
            for start, end, number in heads[place].over(need.start, need.end):
                stretch = (need, start, end, number)
                if number < need.minimum:
                    message = _below_minimum(instance.calendar, *stretch)
                    yield self._short(instance.calendar, *stretch, need.minimum, message, minimum_level, weight)
                if number < need.target:
                    message = _below_target(instance.calendar, *stretch)
                    yield self._short(instance.calendar, *stretch, need.target, message, *self._target)
                if need.maximum is not None and number > need.maximum and self.parameters.over_cost_per_minute:
                    yield self._over(instance.calendar, *stretch, need.maximum)

    @property
    def _target(self) -> tuple[Level, int]:
        """The level that targets belong to, and the weight of a person-minute missing there."""
        cost = self.parameters.short_cost_per_minute
        return (Level.QUALITY, cost) if cost else (Level.TARGETS, 1)

    def _short(
        self,
        calendar: Calendar,
        need: Need,
        start: int,
        end: int,
        heads: int,
        wanted: int,
        message: Message,
        level: Level,
        weight: int,
    ) -> Finding:
        missing = (wanted - heads) * (end - start)
        return Finding(
            self.code,
            message,
            days=days_of(calendar, start, end),
            hotspot=need.hotspot,
            amount=missing,
            unit="person-minutes",
            cost=weight * missing,
            level=level,
        )

    def _over(self, calendar: Calendar, need: Need, start: int, end: int, heads: int, most: int) -> Finding:
        over = (heads - most) * (end - start)
        return Finding(
            self.code,
            _above_maximum(calendar, need, start, end, heads),
            days=days_of(calendar, start, end),
            hotspot=need.hotspot,
            amount=over,
            unit="person-minutes",
            cost=over * self.parameters.over_cost_per_minute,
        )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        categories = instance.role_category
        for need in instance.needs:
            people = instance.people(need.role)
            place = (need.hotspot, need.role, people, need.start, need.end)
            if need.minimum and categories[need.role] is Category.POLICE:
                weight = instance.hotspot[need.hotspot].priority
                yield Cover(self.code, Level.POLICE_MINIMUM, *place, need.minimum, weight)
            elif need.minimum:
                yield Cover(self.code, Level.NON_POLICE_MINIMUM, *place, need.minimum)
            if need.target:
                level, weight = self._target
                yield Cover(self.code, level, *place, need.target, weight)
            if need.maximum is not None and self.parameters.over_cost_per_minute:
                cost = self.parameters.over_cost_per_minute
                yield Cover(self.code, Level.QUALITY, *place, need.maximum, cost, above=True)


def targets_priced(instance: Instance) -> bool:
    """Whether what is missing of the targets costs points, and is no level of its own."""
    return DemandRule.for_instance(instance).parameters.short_cost_per_minute > 0


class Named(Protocol):
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=Named)


def counted(instance: Instance, levels: Iterable[N]) -> list[N]:
    """The levels that say something: all but that of targets that cost points, in which nothing is ever missing."""
    priced = targets_priced(instance)
    return [level for level in levels if not priced or level.name != Level.TARGETS.code]


def days_of(calendar: Calendar, start: int, end: int) -> tuple[int, ...]:
    """The days that a stretch touches."""
    return tuple(range(calendar.day_of(start), calendar.day_of(end - 1) + 1))


def _stretch(calendar: Calendar, need: Need, start: int, end: int, heads: int) -> Mapping[str, Any]:
    """Where and when, for the messages below."""
    first, last = span(calendar, start, end)
    return {"hotspot": need.hotspot, "heads": heads, "role": role_name(need.role), "start": first, "until": last}


def _below_minimum(calendar: Calendar, need: Need, start: int, end: int, heads: int) -> Message:
    return Message(
        "demand_below_minimum",
        "{hotspot} has {heads} {role} from {start} to {until}; the minimum is {minimum}",
        **_stretch(calendar, need, start, end, heads),
        minimum=need.minimum,
    )


def _below_target(calendar: Calendar, need: Need, start: int, end: int, heads: int) -> Message:
    return Message(
        "demand_below_target",
        "{hotspot} has {heads} {role} from {start} to {until}; the target is {target}",
        **_stretch(calendar, need, start, end, heads),
        target=need.target,
    )


def _above_maximum(calendar: Calendar, need: Need, start: int, end: int, heads: int) -> Message:
    return Message(
        "demand_above_maximum",
        "{hotspot} has {heads} {role} from {start} to {until}; the maximum is {maximum}",
        **_stretch(calendar, need, start, end, heads),
        maximum=need.maximum,
    )
