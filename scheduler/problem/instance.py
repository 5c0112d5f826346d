"""An instance: all the facts of one roster problem, cross-checked once, and the geometry that follows from them.

Nothing here knows a rule or a solver. Rules read the derived views (duties, commitments, needs); nobody has to
convert a clock time again.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from scheduler.errors import InputError, InputProblem
from scheduler.problem.facts import (
    Absence,
    Category,
    Contract,
    Counter,
    Demand,
    Hotspot,
    Organisation,
    Shift,
    Staff,
)
from scheduler.problem.incidents import Raise, raises
from scheduler.problem.references import Fault as Fault
from scheduler.problem.references import cross_references as cross_references
from scheduler.problem.tables import Tables

DutyKey = tuple[int, str]
"""A duty: ``(day number, shift code)``. It belongs to the date it starts on."""

WHOLE_DAY = 20 * 60
"""Minutes of a day from which a duty elsewhere is given by dates, not by clock times (a day of the clock change has 23 h)."""
MOST_ELSEWHERE = 12 * 60
"""Minutes of working time that one piece of a duty elsewhere counts at most."""
HISTORY_DAYS = 400
"""Days before the horizon for which duties elsewhere are looked at: more than any rule counts back."""
LEAVE_DAYS = 7
"""Days before the horizon for which leave is looked at: no stretch of days off that is due is longer."""
AFTER_DAYS = 14
"""Days after the horizon for which they are looked at: rest and weekends reach no further."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A shift on a date. Instants in minutes since the horizon's start; ``paid_min`` leaves out the unpaid break."""

    day: int
    shift: str
    start: int
    end: int
    paid_min: int

    @property
    def key(self) -> DutyKey:
        return (self.day, self.shift)

    def overlaps(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Commitment:
    """Work of a person that is fixed before the solve: a duty of the history, or a duty elsewhere."""

    day: int
    start: int
    end: int
    paid_min: int
    shift: str | None = None
    hotspot: str | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """Heads wanted at a hotspot over one stretch of the horizon in which the figures do not change."""

    hotspot: str
    role: str
    start: int
    end: int
    minimum: int
    target: int
    maximum: int | None


class Instance(Tables):
    """All facts of one roster problem. Building one raises :class:`InputError` when a cross-reference does not hold."""

    def model_post_init(self, _context: object) -> None:
        """Refuse references that do not hold."""
        faults = list(cross_references(self))
        if faults:
            raise InputError(
                [InputProblem(f"{f.table}[{f.index}].{f.field}", f.value, f.message, f.hint) for f in faults]
            )

    def __getstate__(self) -> dict[Any, Any]:
        """Only the facts travel to another process: what was derived is derived anew there, and may be in the making here."""
        return {**super().__getstate__(), "__dict__": {name: self.__dict__[name] for name in type(self).model_fields}}

    # -- who and what, by code ---------------------------------------------------------------------------------------

    @cached_property
    def person(self) -> Mapping[str, Staff]:
        return {member.id: member for member in self.staff}

    @cached_property
    def hotspot(self) -> Mapping[str, Hotspot]:
        return {hotspot.code: hotspot for hotspot in self.hotspots}

    @cached_property
    def shift(self) -> Mapping[str, Shift]:
        return {shift.code: shift for shift in self.shifts}

    @cached_property
    def reserve_places(self) -> frozenset[str]:
        """The hotspots where reserves wait to be called, and nobody else stands."""
        return frozenset(code for shift in self.shifts if shift.reserve for code in shift.hotspots)

    @cached_property
    def organisation(self) -> Mapping[str, Organisation]:
        return {organisation.code: organisation for organisation in self.organisations}

    @cached_property
    def _contract(self) -> Mapping[str, Contract]:
        return {contract.code: contract for contract in self.contracts}

    @cached_property
    def counter(self) -> Mapping[str, Counter]:
        """The counter of every person; zeros for those who bring none."""
        given = {counter.staff: counter for counter in self.counters}
        return {member.id: given.get(member.id) or Counter(staff=member.id) for member in self.staff}

    def contract(self, staff: str) -> Contract:
        """The contract of a person."""
        return self._contract[self.person[staff].contract]

    def category(self, staff: str) -> Category:
        """The category of a person, by the contract."""
        return self.contract(staff).category

    def people(self, role: str) -> frozenset[str]:
        """Ids of the people who count for a role's code or for a category."""
        return self._people[role]

    @cached_property
    def _people(self) -> Mapping[str, frozenset[str]]:
        table: dict[str, set[str]] = {category.value: set() for category in Category}
        table |= {role.code: set() for role in self.roles}
        for member in self.staff:
            table[self.category(member.id)].add(member.id)
            for role in member.roles:
                table[role].add(member.id)
        return {code: frozenset(ids) for code, ids in table.items()}

    # -- when --------------------------------------------------------------------------------------------------------

    @property
    def days(self) -> int:
        """Length of the horizon in days."""
        return self.calendar.days

    def duty(self, day: int, shift: str) -> Duty:
        """The geometry of a shift on a day, inside the horizon or before it."""
        key = (day, shift)
        if key not in self._duties:
            self._duties[key] = self._measure(day, self.shift[shift])
        return self._duties[key]

    @cached_property
    def _duties(self) -> dict[DutyKey, Duty]:
        return {}

    def _measure(self, day: int, shift: Shift) -> Duty:
        start, end = self.calendar.minute(day, shift.start), self.calendar.minute(day, shift.end)
        return Duty(day, shift.code, start, end, max(0, end - start - shift.unpaid_break_min))

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Every shift on every day of the horizon, in order of day and then of the Shifts sheet."""
        return tuple(self.duty(day, shift.code) for day in range(self.days) for shift in self.shifts)

    def offers(self, key: DutyKey) -> bool:
        """Whether a duty may start on its date by what is said of its shift, inside the horizon or before it."""
        day, shift = key
        days = self.shift[shift].days
        return self.shift[shift].worked and (days is None or days.match(self.calendar, day))

    @cached_property
    def offered(self) -> tuple[Duty, ...]:
        """The duties of the horizon on days on which their shift is worked."""
        return tuple(duty for duty in self.duties if self.offers(duty.key))

    def is_night(self, staff: str, duty: Duty) -> bool:
        """Whether a duty is night work for a person: it holds at least half of the night window of their contract,
        or lies at least half within it."""
        contract = self.contract(staff)
        asked = (duty.start, duty.end, contract.night_from, contract.night_to)
        if asked not in self._nights:
            window = (contract.night_to - contract.night_from) % (24 * 60)
            inside = self.calendar.night_minutes(*asked)
            self._nights[asked] = inside > 0 and (2 * inside >= window or 2 * inside >= duty.end - duty.start)
        return self._nights[asked]

    @cached_property
    def _nights(self) -> dict[tuple[int, int, int, int], bool]:
        return {}

    @property
    def eve_known(self) -> bool:
        """Whether the history holds everybody who worked on the day before the horizon."""
        return self.history_from is not None and self.history_from < self.calendar.start

    # -- what is fixed -------------------------------------------------------------------------------------------------

    @cached_property
    def commitments(self) -> Mapping[str, tuple[Commitment, ...]]:
        """History and duties elsewhere of every person, in order of time.

        History that names no hotspot stood at the only one, where there is only one.
        A duty elsewhere of less than 20 hours is one piece of work of its starting date, over midnight too. A longer one
        counts once for each day it touches; a whole day of it stands for one ordinary working day of the contract, or for that
        day of a fixed week.
        At most 12 paid hours a piece.
        """
        table: dict[str, list[Commitment]] = {member.id: [] for member in self.staff}
        only = self.hotspots[0].code if len(self.hotspots) == 1 else None
        for past in self.history:
            duty = self.duty(self.calendar.day(past.date), past.shift)
            table[past.staff].append(
                Commitment(duty.day, duty.start, duty.end, duty.paid_min, duty.shift, past.hotspot or only)
            )
        for absence in self.absences:
            if absence.counts_as_work:
                table[absence.staff] += self._elsewhere(absence)
        return {staff: tuple(sorted(found, key=lambda item: item.start)) for staff, found in table.items()}

    def _elsewhere(self, absence: Absence) -> Iterator[Commitment]:
        if absence.end - absence.start < WHOLE_DAY:
            length = absence.end - absence.start
            yield Commitment(
                self.calendar.day_of(absence.start), absence.start, absence.end, min(length, MOST_ELSEWHERE)
            )
            return
        for day in self._touched(absence, before=HISTORY_DAYS, after=AFTER_DAYS):
            start = max(absence.start, self.calendar.minute(day))
            end = min(absence.end, self.calendar.minute(day + 1))
            if end - start >= WHOLE_DAY:
                # A whole day without clock times stands for one ordinary working day, at office hours.
                start = self.calendar.minute(day, 9 * 60)
                end = start + self._ordinary_day(absence.staff, self.calendar.weekday(day))
            if start < end:
                yield Commitment(day, start, end, min(end - start, MOST_ELSEWHERE))

    def _ordinary_day(self, staff: str, weekday: int) -> int:
        """Minutes of a whole day of work: those of the weekday in a fixed week, or the mean of its days where it has none then;
        else a fifth of the contract's week."""
        contract = self.contract(staff)
        week = self.person[staff].hours_by_weekday or contract.hours_by_weekday
        worked = [hours for hours in week or () if hours]
        if week is None or not worked:
            return round(contract.weekly_hours * 60 / 5)
        return round(60 * (week[weekday] or sum(worked) / len(worked)))

    def week_minutes(self, staff: str) -> tuple[float, ...]:
        """Minutes that a person owes on each weekday, Monday first: those of the own fixed week, or of the contract's times fte;
        a fifth of the week from Monday to Friday where neither has one."""
        member, contract = self.person[staff], self.contract(staff)
        if member.hours_by_weekday is not None:
            return tuple(hours * 60 for hours in member.hours_by_weekday)
        if contract.hours_by_weekday is not None:
            return tuple(hours * 60 * member.fte for hours in contract.hours_by_weekday)
        return (*(contract.weekly_hours * 60 / 5 * member.fte,) * 5, 0.0, 0.0)

    def _touched(self, absence: Absence, *, before: int, after: int) -> range:
        """The days an absence touches, at most so many before and after the horizon: an absence may last for years."""
        low, high = self.calendar.minute(-before), self.calendar.minute(self.days + after)
        start, end = max(absence.start, low), min(absence.end, high)
        return range(self.calendar.day_of(start), self.calendar.day_of(end - 1) + 1) if start < end else range(0)

    @cached_property
    def leave_days(self) -> Mapping[str, frozenset[int]]:
        """Days of the horizon on which a person is away for the whole of the day and the time does not count as work."""
        table: dict[str, set[int]] = {member.id: set() for member in self.staff}
        for absence in self.absences:
            if not absence.counts_as_work:
                table[absence.staff] |= {
                    day
                    for day in self._touched(absence, before=0, after=0)
                    if absence.start <= self.calendar.minute(day) and absence.end >= self.calendar.minute(day + 1)
                }
        return {staff: frozenset(days) for staff, days in table.items()}

    @cached_property
    def leave(self) -> Mapping[str, tuple[tuple[int, int], ...]]:
        """The spans of everybody's absences that are no work."""
        table: dict[str, list[tuple[int, int]]] = {member.id: [] for member in self.staff}
        for absence in self.absences:
            if not absence.counts_as_work:
                table[absence.staff].append((absence.start, absence.end))
        return {staff: tuple(spans) for staff, spans in table.items()}

    def in_service(self, staff: str, day: int) -> bool:
        """Whether a person is in service on a day."""
        return self.person[staff].serves(self.calendar.date(day))

    # -- what is wanted ------------------------------------------------------------------------------------------------

    @cached_property
    def role_category(self) -> Mapping[str, Category]:
        """The category that each role's code, or category's name, belongs to."""
        return {category.value: category for category in Category} | {role.code: role.category for role in self.roles}

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """The demand on the horizon's own time line with what incidents add to it, clipped to the horizon and to the dates the
        hotspots are open."""
        rows: dict[tuple[str, str], list[tuple[int, int, Demand | Raise]]] = defaultdict(list)
        for incident in self.incidents:
            for more in raises(incident, self.hotspot):
                low, high = self._open(more.hotspot)
                start, end = max(low, more.start), min(high, more.end)
                if start < end:
                    rows[more.hotspot, Category.POLICE.value].append((start, end, more))
        for row in self.demand:
            low, high = self._open(row.hotspot)
            for day in range(-1, self.days):
                if row.days.match(self.calendar, day):
                    start = max(low, self.calendar.minute(day, row.start))
                    end = min(high, self.calendar.minute(day, row.until))
                    if start < end:
                        rows[row.hotspot, row.role].append((start, end, row))
        return tuple(need for (spot, role), spans in sorted(rows.items()) for need in _overlay(spot, role, spans))

    def _open(self, hotspot: str) -> tuple[int, int]:
        """The instants between which a hotspot is open, within the horizon."""
        spot, low, high = self.hotspot[hotspot], 0, self.calendar.end
        if spot.opens is not None:
            low = max(low, self.calendar.minute(self.calendar.day(spot.opens)))
        if spot.closes is not None:
            high = min(high, self.calendar.minute(self.calendar.day(spot.closes) + 1))
        return low, high

    @cached_property
    def sha256(self) -> str:
        """A fingerprint of every fact that the worth of a roster in itself depends on: not of title and language, nor of what was
        published or decided, or when. Equal for equal instances, whatever file they came from."""
        fields = ("title", "language", "published", "publication", "standing", "overrides")
        beside: dict[str, Any] = dict.fromkeys(fields, True)
        beside["contracts"] = {"__all__": {"decision_date"}}
        facts = self.model_dump(mode="json", exclude_none=True, exclude=beside)
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _overlay(hotspot: str, role: str, spans: list[tuple[int, int, Demand | Raise]]) -> Iterator[Need]:
    cuts = sorted({edge for start, end, _ in spans for edge in (start, end)})
    waiting = sorted(spans, key=lambda span: span[0], reverse=True)
    active: list[tuple[int, Demand | Raise]] = []
    open_need: Need | None = None  # always ends where the next stretch starts
    for start, end in pairwise(cuts):
        active = [(high, row) for high, row in active if high > start]
        while waiting and waiting[-1][0] <= start:
            _, high, row = waiting.pop()
            active.append((high, row))
        rows = [row for _, row in active]
        figures = (0, 0, None) if not rows else _highest(rows)
        if rows and open_need is not None and figures == (open_need.minimum, open_need.target, open_need.maximum):
            open_need = Need(hotspot, role, open_need.start, end, *figures)
            continue
        if open_need is not None:
            yield open_need
        open_need = Need(hotspot, role, start, end, *figures) if rows else None
    if open_need is not None:
        yield open_need


def _highest(rows: list[Demand | Raise]) -> tuple[int, int, int | None]:
    """Minimum, target and maximum of rows that hold at the same time: of each the highest, and of raises the highest on top."""
    wanted = [row for row in rows if isinstance(row, Demand)]
    more = max((row.heads for row in rows if isinstance(row, Raise)), default=0)
    minimum = max((row.minimum for row in wanted), default=0) + more
    target = max([minimum, *(row.target for row in wanted)])
    limits = [row.maximum for row in wanted if row.maximum is not None]
    return minimum, target, max([*limits, target]) if limits else None
