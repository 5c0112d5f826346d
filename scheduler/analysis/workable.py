"""What one person can give at most where something is asked: one duty a date, and only duties that the facts leave open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.problem.demand_profile import DemandProfile, Place
from scheduler.problem.facts import Contract, Shift
from scheduler.problem.instance import DutyKey, Instance
from scheduler.rules import hours_24h, hours_week
from scheduler.rules.availability import Availability
from scheduler.rules.hours_24h import Hours24h
from scheduler.rules.hours_week import HoursWeek
from scheduler.rules.qualification import Qualification
from scheduler.rules.shift_limits import ShiftLimits
from scheduler.vocabulary.constraints import Unavailable

TOO_LONG: Mapping[str, Callable[[Instance, Contract], frozenset[DutyKey]]] = {
    Hours24h.code: hours_24h.too_long,
    HoursWeek.code: hours_week.too_long,
}
"""What finds the duties that by themselves break a limit of their contract, by rule."""


def forbidden(instance: Instance) -> Mapping[str, Sequence[Unavailable]]:
    """The duties that the facts alone forbid, by person: days of shifts, service and leave, qualification, shift limits of 0, and
    duties that are longer than the contract's limits for 24 hours or a week."""
    found: dict[str, list[Unavailable]] = defaultdict(list)
    for rule in (Availability, Qualification, ShiftLimits):
        for item in rule.for_instance(instance).declare(instance):
            if isinstance(item, Unavailable):
                found[item.person].append(item)
    for code, too_long in TOO_LONG.items():
        long = {contract.code: too_long(instance, contract) for contract in instance.contracts}
        for member in instance.staff:
            if long[member.contract]:
                found[member.id].append(Unavailable(code, member.id, long[member.contract]))
    return dict(found)


def fits(instance: Instance, staff: str, shift: Shift) -> bool:
    """Whether a duty of a shift is, on any of its days, no longer than a person's contract allows."""
    contract = instance.contract(staff)
    long = frozenset().union(*(too_long(instance, contract) for too_long in TOO_LONG.values()))
    days = (key for day in range(instance.days) if instance.offers(key := (day, shift.code)))
    return any(key not in long for key in days)


class Workable:
    """Everybody's duties that the facts do not forbid, and their minutes in which heads are wanted."""

    def __init__(self, instance: Instance, wanted: Mapping[Place, DemandProfile]) -> None:
        self._shape = (instance.days, len(instance.shifts))
        self._position = {duty.key: index for index, duty in enumerate(instance.duties)}
        self._masks: dict[frozenset[DutyKey] | None, NDArray[np.bool_]] = {
            None: np.ones(len(self._position), dtype=bool)
        }
        self._forbidden = forbidden(instance)
        end = instance.calendar.end
        starts = np.array([min(duty.start, end) for duty in instance.duties], dtype=np.int64)
        ends = np.array([min(duty.end, end) for duty in instance.duties], dtype=np.int64)
        self._useful: dict[Place, NDArray[np.int64]] = {}
        for place, figures in wanted.items():
            before = np.concatenate(([0], np.cumsum(figures.target > 0)))
            self._useful[place] = before[ends] - before[starts]

    def most(self, staff: str, places: Sequence[Place]) -> int:
        """Minutes that no legal line of a person exceeds while heads are wanted at some places, one of them for each duty."""
        useful = np.array([self._useful[place] for place in places])
        for item in self._forbidden.get(staff, ()):
            here = np.array([item.hotspots is None or hotspot in item.hotspots for hotspot, _ in places])
            useful[here[:, None] & self._mask(item.duties)] = 0
        return int(useful.max(axis=0).reshape(self._shape).max(axis=1, initial=0).sum())

    def _mask(self, duties: frozenset[DutyKey] | None) -> NDArray[np.bool_]:
        if duties not in self._masks:
            mask = np.zeros(len(self._position), dtype=bool)
            mask[[self._position[key] for key in duties or ()]] = True
            self._masks[duties] = mask
        return self._masks[duties]
