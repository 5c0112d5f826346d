"""What one block of a long horizon may use of the limits that hold over more than the block.

Rules know nothing of blocks. A limit is what a rule declares as a hard ``Total``, ``Blocks`` or ``Quota`` over the whole horizon;
a block gets a share of each that reaches beyond it. What was used before and what locks will use up later is taken off first, so
that no maximum is ever passed. Of the rest a block gets what locks use up in it, and about the part that its days are of the days
to come, in whole duties; the last block gets all of it. A least cannot be shared, because no block knows that the later ones
still make it possible; the last one must reach what is left of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.problem.facts import OFF
from scheduler.problem.instance import DutyKey, Instance
from scheduler.problem.roster import Roster
from scheduler.vocabulary.constraints import Blocks, Quota, Total
from scheduler.vocabulary.problem import Problem

Limit = Total | Blocks
Keys = frozenset[DutyKey]


class Allowances:
    """The hard limits of a whole horizon."""

    def __init__(self, problem: Problem) -> None:
        every: Sequence[Limit] = (*problem.all(Total), *problem.all(Blocks))
        self._instance = problem.instance
        self._quotas = problem.all(Quota)
        self._limits = [item for item in every if item.cost is None and (item.least, item.most) != (None, None)]
        self._days: dict[int, frozenset[int]] = {}

    def divisible(self, stretches: Iterable[range]) -> bool:
        """Whether a horizon may be cut into stretches of days: the days of each least lie within one of them."""
        least = [self._days_of(item) for item in self._limits if item.least is not None]
        parts = [frozenset(days) for days in stretches]
        return all(any(days <= part for part in parts) for days in least)

    def of_block(self, days: range, before: Roster, part: Instance) -> tuple[Limit | Quota, ...]:
        """The share of a block in each limit that reaches beyond its ``days``, in the days of the block; and what duties of these
        days that have begun leave of each limit.

        ``before`` is the roster of all earlier days, with what has begun; ``part`` is the block's instance, whose locks hold for
        certain.
        """
        share = _Share(self._instance, days, before, part)
        own, last = frozenset(days), days.stop == self._instance.days
        personal = (
            share.of(item, counted)
            for item in self._limits
            if (item.most is not None or last)
            and (counted := self._days_of(item)) & own
            and not (counted <= own and counted.isdisjoint(share.begun(item.person)))
        )
        shared = len(own) < self._instance.days or any(a.day in own for a in before)
        return (*personal, *(share.quota(item) for item in self._quotas if shared))

    def _days_of(self, item: Limit) -> frozenset[int]:
        """The days of the duties that count."""
        duties = item.weights if isinstance(item, Total) else item.blocks
        if id(duties) not in self._days:
            keys: Iterable[DutyKey]
            if isinstance(duties, Mapping):
                keys = [duty for duty, weight in duties.items() if weight]
            else:
                keys = frozenset().union(*duties)
            self._days[id(duties)] = frozenset(day for day, _ in keys)
        return self._days[id(duties)]


class _Share:
    """The shares of one block."""

    def __init__(self, instance: Instance, days: range, before: Roster, part: Instance) -> None:
        self._days = days
        self._instance, self._before, self._locks = instance, before, part.locks
        self._last = days.stop == instance.days
        self._fixed: dict[str, _Fixed] = {}
        locks: dict[str, set[DutyKey]] = defaultdict(set)
        for lock in (*instance.locks, *part.locks):
            locks[lock.staff].add((instance.calendar.day(lock.date), lock.shift))
        for member in instance.staff:
            locked = {key for key in locks[member.id] if key[1] != OFF}
            self._fixed[member.id] = _Fixed(
                before=frozenset(a.key for a in before.line(member.id)),
                inside=frozenset(key for key in locked if key[0] in days),
                later=frozenset(key for key in locked if key[0] >= days.stop),
                there=frozenset(
                    day
                    for day in range(days.start, instance.days)
                    if day not in instance.leave_days[member.id]
                    and (day, OFF) not in locks[member.id]
                    and instance.in_service(member.id, day)
                ),
            )
        self._weights: dict[int, Mapping[DutyKey, int]] = {}

    def begun(self, person: str) -> frozenset[int]:
        """Days of duties that count as earlier ones, by the duties of one person."""
        return frozenset(day for day, _ in self._fixed[person].before)

    def of(self, item: Limit, counted: frozenset[int]) -> Limit:
        """The share in a limit that duties of the days ``counted`` count against."""
        fixed = self._fixed[item.person]
        return self._total(item, fixed, counted) if isinstance(item, Total) else self._blocks(item, fixed)

    def quota(self, item: Quota) -> Quota:
        """The share in a limit on the duties of many people, by days."""
        instance, days = self._instance, self._days
        worked = [a for staff in item.people for a in self._before.line(staff)]
        used = sum(a.hotspot in item.hotspots for a in worked)
        locked = [
            instance.calendar.day(lock.date)
            for lock in {*instance.locks, *self._locks}
            if lock.staff in item.people and lock.hotspot in item.hotspots
        ]
        left = item.most - used - sum(day >= days.stop for day in locked)
        inside = sum(day in days for day in locked)
        return replace(item, most=_share(left, inside, len(days), instance.days - days.start, 1))

    def _total(self, item: Total, fixed: _Fixed, counted: frozenset[int]) -> Total:
        def worth(keys: Keys) -> int:
            return sum(item.weights.get(key, 0) for key in keys)

        if id(item.weights) not in self._weights:
            self._weights[id(item.weights)] = {
                (day - self._days.start, shift): weight
                for (day, shift), weight in item.weights.items()
                if day in self._days and weight
            }
        weights = self._weights[id(item.weights)]
        used = item.base + worth(fixed.before | fixed.later)
        least = None if item.least is None or not self._last else item.least - used
        if item.most is None:
            return Total(item.rule, item.person, weights, least=least)
        left = item.most - used
        ahead = fixed.there & counted
        inside = sum(day in self._days for day in ahead)
        most = _share(left, worth(fixed.inside), inside, len(ahead), max(weights.values(), default=1))
        return Total(item.rule, item.person, weights, least=least, most=most)

    def _blocks(self, item: Blocks, fixed: _Fixed) -> Blocks:
        settled = fixed.before | fixed.later
        taken = {i for i, duties in enumerate(item.blocks) if i in item.always or not duties.isdisjoint(settled)}
        here = [i for i, duties in enumerate(item.blocks) if any(day in self._days for day, _ in duties)]
        ahead = [
            i for i, duties in enumerate(item.blocks) if i not in taken and any(day in fixed.there for day, _ in duties)
        ]
        locked = sum(i not in taken and not item.blocks[i].isdisjoint(fixed.inside) for i in here)
        least = most = None
        if item.least is not None and self._last:
            least = item.least - item.base - sum(i not in here for i in taken)
        if item.most is not None:
            left = item.most - item.base - len(taken)
            most = _share(left, locked, sum(i in here for i in ahead), len(ahead), 1) + sum(i in taken for i in here)
        start = self._days.start
        return Blocks(
            item.rule,
            item.person,
            tuple(frozenset((day - start, shift) for day, shift in item.blocks[i] if day in self._days) for i in here),
            always=frozenset(place for place, i in enumerate(here) if i in taken),
            least=least,
            most=most,
        )


@dataclass(frozen=True, slots=True)
class _Fixed:
    """Duties of one person that are decided before, inside and after a block, and the days from its first one on which the
    person is there."""

    before: Keys
    inside: Keys
    later: Keys
    there: frozenset[int]


def _share(left: int, fixed: int, inside: int, ahead: int, unit: int) -> int:
    """Of what is left: what is fixed, and ``inside`` parts of ``ahead`` of the rest, rounded up to whole units."""
    if not ahead:
        return max(0, left)
    units = -(-max(0, left - fixed) * inside // (ahead * unit))
    return min(max(0, left), fixed + units * unit)
