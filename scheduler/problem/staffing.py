"""More people, or fewer: the groups of staff, an instance with some more of them, and who would leave first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count, islice

from scheduler.problem.codes import fold
from scheduler.problem.facts import Category, Staff
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import allowed_hotspots


@dataclass(frozen=True, slots=True, order=True)
class StaffGroup:
    """The people of one category in one organisation."""

    organisation: str
    category: Category


def staff_groups(instance: Instance) -> tuple[StaffGroup, ...]:
    """The groups in which somebody works who may stand where somebody is asked for, in the order of the organisations."""
    asked = {(need.hotspot, instance.role_category[need.role]) for need in instance.needs if need.target}
    found = {
        StaffGroup(member.organisation, instance.category(member.id))
        for member in instance.staff
        if member.fte
        and any((spot, instance.category(member.id)) in asked for spot in allowed_hotspots(instance, member.id))
    }
    place = {item.code: number for number, item in enumerate(instance.organisations)}
    return tuple(sorted(found, key=lambda group: (place[group.organisation], group.category)))


def pattern(instance: Instance, group: StaffGroup) -> Staff:
    """The first member whose contract, roles and hotspots are the most frequent of the group. Raises :class:`ValueError` for a
    group without anybody who works."""
    people = _members(instance, group)
    if not people:
        raise ValueError(f"nobody works in {group.organisation} as {group.category}")
    kinds = Counter(_kind(member) for member in people)
    return max(people, key=lambda member: kinds[_kind(member)])


def _members(instance: Instance, group: StaffGroup) -> list[Staff]:
    return [
        member
        for member in instance.staff
        if member.fte and member.organisation == group.organisation and instance.category(member.id) is group.category
    ]


def _kind(member: Staff) -> tuple[object, ...]:
    return member.contract, member.roles, member.hotspots


def leaving(instance: Instance, groups: Iterable[StaffGroup]) -> tuple[str, ...]:
    """Who would leave some groups, the first to leave first: of those like the pattern of their group who work full time, the
    last of the sheet."""
    kinds = {group: _kind(pattern(instance, group)) for group in groups}
    found = {
        member.id
        for group, kind in kinds.items()
        for member in _members(instance, group)
        if member.fte == 1 and _kind(member) == kind
    }
    return tuple(member.id for member in reversed(instance.staff) if member.id in found)


def with_more(instance: Instance, more: Mapping[StaffGroup, int]) -> Instance:
    """The instance with so many people more in each group: full-time, like its pattern, and without anything that is known of
    them."""
    taken = {fold(member.id) for member in instance.staff}
    new: list[Staff] = []
    for group, wanted in more.items():
        like = pattern(instance, group)
        names = (f"{group.organisation}-{group.category.value}+{number}" for number in count(1))
        free = (name for name in names if fold(name) not in taken)
        new += [
            Staff(
                id=name,
                organisation=like.organisation,
                roles=like.roles,
                contract=like.contract,
                hotspots=like.hotspots,
            )
            for name in islice(free, wanted)
        ]
    return instance.replace(staff=(*instance.staff, *new))
