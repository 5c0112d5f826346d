"""What singles people out although nobody is named: values of the facts that fewer than k people share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.problem.facts import Category, Staff
from scheduler.problem.instance import Instance
from scheduler.rules import codes_of_rules


@dataclass(frozen=True, slots=True)
class Rare:
    """A combination of values that only these people have; ``column`` is that of the sheet Staff."""

    column: str
    staff: tuple[str, ...]


_TOLD: Mapping[str, Callable[[Staff], object]] = {
    "contract": lambda member: member.contract,
    "fte": lambda member: member.fte,
    "roles": lambda member: frozenset(member.roles),
    "home_hotspot": lambda member: member.home_hotspot,
    "hotspots": lambda member: frozenset(member.hotspots),
    "from": lambda member: member.first,
    "until": lambda member: member.last,
    "hours_by_weekday": lambda member: member.hours_by_weekday,
    "max_weekends_year": lambda member: member.max_weekends_year,
    "min_hours_horizon": lambda member: member.min_hours_horizon,
    "max_hours_horizon": lambda member: member.max_hours_horizon,
    "shift_limits": lambda member: member.shift_limits,
}
"""What a colleague knows of somebody, by column."""


def rare_roles(instance: Instance, k: int) -> tuple[str, ...]:
    """The roles that fewer than ``k`` people hold, those of nobody included."""
    return tuple(role.code for role in instance.roles if len(instance.people(role.code)) < k)


def asked_roles(instance: Instance) -> frozenset[str]:
    """The roles that a demand or a rule asks for by name."""
    return (frozenset(row.role for row in instance.demand) - set(Category)) | codes_of_rules(instance, "roles")


def rare_values(instance: Instance, k: int) -> tuple[Rare, ...]:
    """By column the people whose value fewer than ``k`` people of their organisation and category share; where these are fewer
    than ``k`` in all, that alone is told of them, as column ``organisation``."""
    groups = _groups(instance, instance.staff, lambda member: None)
    alone = {staff for people in groups if len(people) < k for staff in people}
    found = [Rare("organisation", tuple(sorted(alone)))] if alone else []
    others = [member for member in instance.staff if member.id not in alone]
    for column, value in _TOLD.items():
        rare = sorted(staff for people in _groups(instance, others, value) if len(people) < k for staff in people)
        if rare:
            found.append(Rare(column, tuple(rare)))
    return tuple(found)


def _groups(
    instance: Instance, members: Iterable[Staff], value: Callable[[Staff], object]
) -> Collection[Sequence[str]]:
    """Ids of the people of an organisation and category who share a value."""
    groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for member in members:
        groups[member.organisation, instance.category(member.id), value(member)].append(member.id)
    return groups.values()
