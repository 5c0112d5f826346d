"""Surplus: presence outside every demand, or above its target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from pydantic import Field

from scheduler.messages.message import Message
from scheduler.problem.facts import Category
from scheduler.problem.heads import Heads
from scheduler.problem.instance import Instance, Need
from scheduler.problem.roster import Roster
from scheduler.problem.timeline import Calendar
from scheduler.rules.base import Finding, Parameters, Reach, Rule, Source
from scheduler.rules.demand import days_of
from scheduler.rules.support.said import role_name, span
from scheduler.vocabulary.constraints import Constraint, Cover, Level


class SurplusParameters(Parameters):
    cost_per_minute: int = Field(
        default=4,
        ge=0,
        le=1000,
        description="points for each person-minute outside every demand, or above the target; more than a minute under the "
        "contract costs, or people are sent where nobody asked for them",
    )


@dataclass(frozen=True, slots=True)
class Ask:
    """So many ``heads`` of ``people`` are asked for at a hotspot during ``[start, end)``."""

    hotspot: str
    name: str
    people: frozenset[str]
    start: int
    end: int
    heads: int


class Surplus(Rule[SurplusParameters]):
    """Each person-minute at a hotspot that no demand asks for costs ``cost_per_minute`` points: max(0, present − asked),
    minute by minute.

    At each hotspot, categories and roles that its demand names and that have people in common are counted together,
    each person once. As many heads are asked for as the targets of these roles add up to, or as the target of a whole
    category where that is higher; 0 outside the times of the demand (for these times see ``demand``).

    People for whom nothing is ever asked at the hotspot are counted against 0.

    People are present as in ``demand``: history that reaches into the horizon counts, and nothing outside the horizon
    does.
    """

    code = "surplus"
    title = "Presence that nobody asked for"
    sources = (Source("Good practice: people are sent where the planner asks for them", sourced=False),)
    columns = ("Demand.target",)
    hard = False
    reach = Reach.HOTSPOT
    parameters_class = SurplusParameters

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        price = self.parameters.cost_per_minute
        if not price:
            return
        present = roster.presence(instance)
        attended = [hotspot for hotspot, found in present.items() if found]
        for ask in _asks(instance, attended):
            heads = Heads(item for item in present[ask.hotspot] if item.staff in ask.people)
            for start, end, number in heads.over(ask.start, ask.end):
                if number > ask.heads:
                    over = (number - ask.heads) * (end - start)
                    yield Finding(
                        self.code,
                        _told(instance.calendar, ask, start, end, number),
                        days=days_of(instance.calendar, start, end),
                        hotspot=ask.hotspot,
                        amount=over,
                        unit="person-minutes",
                        cost=over * price,
                    )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        price = self.parameters.cost_per_minute
        if price:
            for ask in _asks(instance, instance.hotspot):
                place = (ask.hotspot, ask.name, ask.people, ask.start, ask.end)
                yield Cover(self.code, Level.QUALITY, *place, ask.heads, price, above=True)


def _told(calendar: Calendar, ask: Ask, start: int, end: int, present: int) -> Message:
    first, last = span(calendar, start, end)
    if not ask.heads:
        return Message(
            "surplus_none_asked",
            "{hotspot} has {heads} {role} from {start} to {until}; none are asked for",
            hotspot=ask.hotspot,
            heads=present,
            role=role_name(ask.name),
            start=first,
            until=last,
        )
    return Message(
        "surplus_over",
        (
            "{hotspot} has {heads} {role} from {start} to {until}; {count} is asked for",
            "{hotspot} has {heads} {role} from {start} to {until}; {count} are asked for",
        ),
        hotspot=ask.hotspot,
        heads=present,
        role=role_name(ask.name),
        start=first,
        until=last,
        count=ask.heads,
    )


def _asks(instance: Instance, hotspots: Iterable[str]) -> Iterator[Ask]:
    """How many are asked for at some hotspots at every moment of the horizon, for groups of people who share no demand."""
    needs: dict[str, list[Need]] = {hotspot: [] for hotspot in hotspots}
    for need in instance.needs:
        if need.hotspot in needs:
            needs[need.hotspot].append(need)
    for hotspot, given in needs.items():
        for roles, people in _groups(instance, {need.role for need in given}):
            mine = [need for need in given if need.role in roles]
            cuts = sorted({0, instance.calendar.end, *(edge for need in mine for edge in (need.start, need.end))})
            for start, end in pairwise(cuts):
                targets = {need.role: need.target for need in mine if need.start <= start and end <= need.end}
                whole = max(targets.pop(category.value, 0) for category in Category)
                yield Ask(hotspot, roles[0], people, start, end, max(whole, sum(targets.values())))


def _groups(instance: Instance, asked: set[str]) -> Iterator[tuple[tuple[str, ...], frozenset[str]]]:
    """Groups of roles that have people in common, each with its people; then those with no role that is asked for, by their
    roles, or by their category where they have none."""
    found: list[tuple[tuple[str, ...], frozenset[str]]] = []
    order = [*(category.value for category in Category), *(role.code for role in instance.roles)]
    for role in (code for code in order if code in asked):
        people = instance.people(role)
        joined = [group for group in found if group[1] & people]
        found = [group for group in found if group not in joined]
        found.append(((*(code for group in joined for code in group[0]), role), people.union(*(g[1] for g in joined))))
    yield from found
    counted = frozenset[str]().union(*(people for _, people in found))
    rest: dict[tuple[str, ...], set[str]] = {}
    for member in instance.staff:
        if member.id not in counted:
            rest.setdefault(member.roles or (instance.category(member.id).value,), set()).add(member.id)
    for roles, others in rest.items():
        yield roles, frozenset(others)
