"""A roster: who works what, where. Nothing but assignments; it knows neither rules nor costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from scheduler.problem.instance import Duty, DutyKey, Instance


@dataclass(frozen=True, slots=True, order=True)
class Assignment:
    """One person on one duty at one hotspot. ``day`` counts from the horizon's first day."""

    staff: str
    day: int
    shift: str
    hotspot: str

    @property
    def key(self) -> DutyKey:
        """The duty: day number and code of the shift."""
        return (self.day, self.shift)


@dataclass(frozen=True, slots=True)
class Presence:
    """One person standing at a hotspot during ``[start, end)``; ``day`` is that of the duty, ``fixed`` that it is history."""

    staff: str
    start: int
    end: int
    day: int
    shift: str
    fixed: bool = False


@dataclass(frozen=True, repr=False)
class Roster:
    """Assignments in order of person and day. Two rosters are equal when their assignments are.

    Examples
    --------
    >>> roster = Roster.of([Assignment("P-01", 0, "E", "HAL"), Assignment("P-02", 0, "L", "HAL")])
    >>> roster
    <Roster: 2 duties of 2 people>
    >>> [item.shift for item in roster.line("P-02")]
    ['L']
    """

    assignments: tuple[Assignment, ...] = ()

    @classmethod
    def of(cls, assignments: Iterable[Assignment]) -> Roster:
        """The roster of assignments in any order."""
        return cls(tuple(sorted(assignments)))

    def __repr__(self) -> str:
        return f"<Roster: {len(self)} duties of {len(self._lines)} people>"

    def __getstate__(self) -> dict[str, object]:
        return {"assignments": self.assignments}

    def __iter__(self) -> Iterator[Assignment]:
        return iter(self.assignments)

    def __len__(self) -> int:
        return len(self.assignments)

    @cached_property
    def _lines(self) -> Mapping[str, tuple[Assignment, ...]]:
        lines: dict[str, list[Assignment]] = {}
        for assignment in sorted(self.assignments):
            lines.setdefault(assignment.staff, []).append(assignment)
        return {staff: tuple(line) for staff, line in lines.items()}

    def line(self, staff: str) -> tuple[Assignment, ...]:
        """One person's assignments in order of day; a hand-made roster may hold several on one day."""
        return self._lines.get(staff, ())

    def duties(self, instance: Instance, staff: str) -> tuple[Duty, ...]:
        """The geometry of one person's assignments, in order of start."""
        found = (instance.duty(assignment.day, assignment.shift) for assignment in self.line(staff))
        return tuple(sorted(found, key=lambda duty: duty.start))

    def presence(self, instance: Instance) -> Mapping[str, tuple[Presence, ...]]:
        """Who stands where and when, by hotspot, in order of start: the roster, and history that reaches into it."""
        spots: dict[str, list[Presence]] = {hotspot.code: [] for hotspot in instance.hotspots}
        for a in self.assignments:
            duty = instance.duty(a.day, a.shift)
            spots[a.hotspot].append(Presence(a.staff, duty.start, duty.end, duty.day, duty.shift))
        for staff, fixed in instance.commitments.items():
            for item in fixed:
                if item.hotspot is not None and item.shift is not None and item.end > 0:
                    spots[item.hotspot].append(Presence(staff, item.start, item.end, item.day, item.shift, fixed=True))
        return {code: tuple(sorted(found, key=lambda p: (p.start, p.staff))) for code, found in spots.items()}
