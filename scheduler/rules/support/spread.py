"""Who works how many nights and weekends, and how far apart comparable people are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from scheduler.problem.instance import DutyKey, Instance
from scheduler.problem.roster import Roster
from scheduler.rules.support.shares import circles
from scheduler.rules.support.weekends import touched_by_fixed, weekends


def night_weights(instance: Instance) -> Mapping[str, Mapping[DutyKey, int]]:
    """The night duties of each contract, with weight 1; one mapping object for all people of a contract."""
    anybody = {member.contract: member.id for member in instance.staff}
    return {
        code: {duty.key: 1 for duty in instance.duties if instance.is_night(staff, duty)}
        for code, staff in anybody.items()
    }


@dataclass(frozen=True, slots=True)
class Worked:
    """The days of the horizon on which a person works a night, how many of its weekends they work, and its public holidays on
    which a duty of theirs begins; the last two include history and duties elsewhere."""

    nights: tuple[int, ...]
    weekends: int
    holidays: frozenset[int]


def worked_by(instance: Instance, roster: Roster, people: Collection[str] | None = None) -> Mapping[str, Worked]:
    """Nights, weekends and public holidays that everybody, or some of the people, work in the horizon."""
    nights = night_weights(instance)
    blocks = weekends(instance)
    found: dict[str, Worked] = {}
    for member in instance.staff:
        if people is not None and member.id not in people:
            continue
        line = roster.line(member.id)
        keys = {a.key for a in line}
        fixed = touched_by_fixed(instance, member.id)
        touched = sum(number in fixed or not keys.isdisjoint(block.duties) for number, block in enumerate(blocks))
        at_night = tuple(a.day for a in line if a.key in nights[member.contract])
        found[member.id] = Worked(at_night, touched, holidays_worked(instance, member.id, (a.day for a in line)))
    return found


def holidays_worked(instance: Instance, staff: str, days: Iterable[int]) -> frozenset[int]:
    """The public holidays of the horizon among some days on which duties begin, and those of duties elsewhere."""
    begun = {*days, *(item.day for item in instance.commitments[staff] if 0 <= item.day < instance.days)}
    return frozenset(filter(instance.calendar.is_holiday, begun))


@dataclass(frozen=True, slots=True)
class Spread:
    """How far apart people of one contract are, most minus fewest, within those of the same share of full time who may stand
    at the same hotspots and are there for the whole horizon; ``people`` are compared."""

    contract: str
    people: int
    nights: int
    weekends: int


def spread(instance: Instance, roster: Roster) -> tuple[Spread, ...]:
    """The spread of nights and weekends of each contract: the widest of its groups of comparable people."""
    worked = worked_by(instance, roster)
    widest: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for (contract, _), people in circles(instance).items():
        by_fte: dict[float, list[Worked]] = defaultdict(list)
        for staff in people:
            present = not instance.leave_days[staff] and all(
                instance.in_service(staff, day) for day in (0, instance.days - 1)
            )
            if present and instance.person[staff].fte > 0:
                by_fte[instance.person[staff].fte].append(worked[staff])
        for group in by_fte.values():
            nights, touched = [len(one.nights) for one in group], [one.weekends for one in group]
            row = widest[contract]
            row[0] += len(group) if len(group) > 1 else 0
            row[1] = max(row[1], max(nights) - min(nights))
            row[2] = max(row[2], max(touched) - min(touched))
    return tuple(Spread(contract, *row) for contract, row in sorted(widest.items()))
