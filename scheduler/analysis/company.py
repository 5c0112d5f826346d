"""Whether the company that a locked duty needs could be there at all: by facts and locks alone, whatever the others work.

Somebody may come where nothing that is known of them is in the way: service, leave, duties elsewhere, jurisdiction, shifts,
being kept apart, and their own locks. What their lines of work allow is not looked at, so that a lack is proven.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.analysis.workable import forbidden
from scheduler.problem.facts import OFF, Lock
from scheduler.problem.instance import Duty, DutyKey, Instance
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.rules import rules_for
from scheduler.rules.base import Reach
from scheduler.rules.duties_elsewhere import DutiesElsewhere
from scheduler.vocabulary.constraints import CoPresence, Unavailable


@dataclass(frozen=True, slots=True)
class Alone:
    """A locked duty beside which too few can be at a moment: ``there`` at most, where ``least`` are asked for by a rule."""

    rule: str
    lock: Lock
    hotspot: str
    there: int
    least: int


class Company:
    """Who could stand beside whom, for any part of the locks of an instance."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._rules = [
            item
            for rule in rules_for(instance)
            if rule.hard and rule.reach is Reach.HOTSPOT
            for item in rule.declare(instance)
            if isinstance(item, CoPresence)
        ]

    def alone(self, locks: Sequence[Lock]) -> Alone | None:
        """The first lock whose duty cannot have the company it needs while these locks are kept; None where all could."""
        by_cell = {(lock.staff, self._instance.calendar.day(lock.date)): lock for lock in locks}
        for lock in locks:
            hotspot = self._hotspot(lock)
            if lock.shift == OFF or hotspot is None:
                continue
            duty = self._instance.duty(self._instance.calendar.day(lock.date), lock.shift)
            for rule in self._rules:
                if lock.staff in rule.dependents:
                    there = self._fewest(rule, lock, hotspot, duty, by_cell)
                    if there < rule.least:
                        return Alone(rule.rule, lock, hotspot, there, rule.least)
        return None

    def _hotspot(self, lock: Lock) -> str | None:
        allowed = allowed_hotspots(self._instance, lock.staff)
        return lock.hotspot or (next(iter(allowed)) if len(allowed) == 1 else None)

    def _fewest(
        self, rule: CoPresence, lock: Lock, hotspot: str, duty: Duty, locks: dict[tuple[str, int], Lock]
    ) -> int:
        """The most companions that could be there, at the moment of the duty when that is least."""
        others = rule.companions - {lock.staff} - self._apart.get(lock.staff, set())
        spans = {staff: list(self._spans(staff, hotspot, duty, locks)) for staff in others}
        edges = {duty.start, *(edge for theirs in spans.values() for span in theirs for edge in span)}
        own = lock.staff in rule.companions
        return own + min(
            sum(any(start <= moment < end for start, end in theirs) for theirs in spans.values())
            for moment in edges
            if duty.start <= moment < duty.end
        )

    def _spans(
        self, staff: str, hotspot: str, duty: Duty, locks: dict[tuple[str, int], Lock]
    ) -> Iterator[tuple[int, int]]:
        """When somebody could be at a hotspot during a duty."""
        instance = self._instance
        for item in instance.commitments[staff]:
            if item.hotspot == hotspot and item.shift is not None:
                yield item.start, item.end
        if hotspot not in allowed_hotspots(instance, staff):
            return
        for day in range(max(0, duty.day - 2), min(instance.days, duty.day + 2)):
            lock = locks.get((staff, day))
            for shift in instance.shifts:
                if lock is not None and (lock.shift != shift.code or lock.hotspot not in (None, hotspot)):
                    continue
                other = instance.duty(day, shift.code)
                if other.overlaps(duty.start, duty.end) and not self._banned(staff, hotspot, other.key):
                    yield other.start, other.end

    def _banned(self, staff: str, hotspot: str, key: DutyKey) -> bool:
        return any(
            (ban.hotspots is None or hotspot in ban.hotspots) and (ban.duties is None or key in ban.duties)
            for ban in self._bans.get(staff, ())
        )

    @cached_property
    def _apart(self) -> dict[str, set[str]]:
        """From whom everybody is kept apart."""
        found: dict[str, set[str]] = {}
        for pair in self._instance.pairs:
            if pair.kind == "apart":
                found.setdefault(pair.staff_a, set()).add(pair.staff_b)
                found.setdefault(pair.staff_b, set()).add(pair.staff_a)
        return found

    @cached_property
    def _bans(self) -> dict[str, list[Unavailable]]:
        found = {staff: list(bans) for staff, bans in forbidden(self._instance).items()}
        for item in DutiesElsewhere().declare(self._instance):
            if isinstance(item, Unavailable):
                found.setdefault(item.person, []).append(item)
        return found
