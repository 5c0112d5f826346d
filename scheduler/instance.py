"""An instance: all the facts of one roster problem, cross-checked once, and the geometry that follows from them.

Nothing here knows a rule or a solver. Rules read the derived views (duties, commitments, needs); nobody has to
convert a clock time again.
"""

from __future__ import annotations

import difflib
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field

from scheduler.calendar import Calendar
from scheduler.errors import InputError, Problem
from scheduler.facts import (
    OFF,
    Absence,
    Category,
    Contract,
    Counter,
    Demand,
    HistoryDuty,
    Hotspot,
    Lock,
    Organisation,
    Pair,
    Request,
    Role,
    Shift,
    Staff,
)

DutyKey = tuple[int, str]
"""A duty: ``(day number, shift code)``. It belongs to the date it starts on."""


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


@dataclass(frozen=True, slots=True)
class Fault:
    """A cross-reference that does not hold: ``table`` and ``field`` are names of :class:`Instance` fields."""

    table: str
    index: int
    field: str
    value: str
    message: str
    hint: str = ""


class Instance(BaseModel):
    """All facts of one roster problem. Building one raises :class:`InputError` when a cross-reference does not hold."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True)

    title: str = ""
    language: str = "en"
    calendar: Calendar
    organisations: tuple[Organisation, ...] = ()
    hotspots: tuple[Hotspot, ...] = ()
    shifts: tuple[Shift, ...] = ()
    roles: tuple[Role, ...] = ()
    contracts: tuple[Contract, ...] = ()
    staff: tuple[Staff, ...] = ()
    demand: tuple[Demand, ...] = ()
    absences: tuple[Absence, ...] = ()
    requests: tuple[Request, ...] = ()
    pairs: tuple[Pair, ...] = ()
    locks: tuple[Lock, ...] = ()
    history: tuple[HistoryDuty, ...] = ()
    counters: tuple[Counter, ...] = ()
    parameters: Mapping[str, float] = Field(default_factory=dict, description="rule parameters, key 'rule.parameter'")

    def model_post_init(self, _context: object) -> None:
        faults = list(cross_references(self))
        if faults:
            raise InputError([Problem(f"{f.table}[{f.index}].{f.field}", f.value, f.message, f.hint) for f in faults])

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
        return self._contract[self.person[staff].contract]

    def category(self, staff: str) -> Category:
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
        return Duty(day, shift.code, start, end, end - start - shift.unpaid_break_min)

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Every shift on every day of the horizon, in order of day and then of the Shifts sheet."""
        return tuple(self.duty(day, shift.code) for day in range(self.days) for shift in self.shifts)

    def is_night(self, staff: str, duty: Duty) -> bool:
        """Whether a duty is night work for a person: it holds at least half of the night window of their contract,
        or lies at least half within it."""
        contract = self.contract(staff)
        window = (contract.night_to - contract.night_from) % (24 * 60)
        inside = self.calendar.night_minutes(duty.start, duty.end, contract.night_from, contract.night_to)
        return inside > 0 and (2 * inside >= window or 2 * inside >= duty.end - duty.start)

    # -- what is fixed -------------------------------------------------------------------------------------------------

    @cached_property
    def commitments(self) -> Mapping[str, tuple[Commitment, ...]]:
        """History and duties elsewhere of every person, in order of time. A duty elsewhere that spans several days
        counts once for each day it touches, with the minutes of that day (at most the contract's daily hours)."""
        table: dict[str, list[Commitment]] = {member.id: [] for member in self.staff}
        for past in self.history:
            duty = self.duty(self.calendar.day(past.date), past.shift)
            table[past.staff].append(
                Commitment(duty.day, duty.start, duty.end, duty.paid_min, duty.shift, past.hotspot)
            )
        for absence in self.absences:
            if absence.counts_as_work:
                table[absence.staff] += self._elsewhere(absence)
        return {staff: tuple(sorted(found, key=lambda item: item.start)) for staff, found in table.items()}

    def _elsewhere(self, absence: Absence) -> Iterator[Commitment]:
        daily = round(self.contract(absence.staff).weekly_hours * 60 / 5)
        for day in range(self.calendar.day_of(absence.start), self.calendar.day_of(absence.end - 1) + 1):
            start = max(absence.start, self.calendar.minute(day))
            end = min(absence.end, self.calendar.minute(day + 1))
            if end - start >= 20 * 60:
                # A whole day without clock times stands for one ordinary working day, at office hours.
                start = self.calendar.minute(day, 9 * 60)
                end = start + daily
            yield Commitment(day, start, end, min(end - start, 12 * 60))

    @cached_property
    def leave_days(self) -> Mapping[str, frozenset[int]]:
        """Days of the horizon on which a person is away for the whole of the day and the time does not count as work."""
        table: dict[str, set[int]] = {member.id: set() for member in self.staff}
        for absence in self.absences:
            if not absence.counts_as_work:
                table[absence.staff] |= {
                    day
                    for day in range(self.calendar.day_of(absence.start), self.calendar.day_of(absence.end - 1) + 1)
                    if 0 <= day < self.days
                    and absence.start <= self.calendar.minute(day)
                    and absence.end >= self.calendar.minute(day + 1)
                }
        return {staff: frozenset(days) for staff, days in table.items()}

    def in_service(self, staff: str, day: int) -> bool:
        member, on = self.person[staff], self.calendar.date(day)
        return (member.first is None or member.first <= on) and (member.last is None or on <= member.last)

    # -- what is wanted ------------------------------------------------------------------------------------------------

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """The demand on the horizon's own time line, clipped to the horizon and to the dates the hotspots are open."""
        rows: dict[tuple[str, str], list[tuple[int, int, Demand]]] = defaultdict(list)
        for row in self.demand:
            spot = self.hotspot[row.hotspot]
            low = 0 if spot.opens is None else self.calendar.minute(self.calendar.day(spot.opens))
            high = self.calendar.end
            if spot.closes is not None:
                high = min(high, self.calendar.minute(self.calendar.day(spot.closes) + 1))
            for day in range(-1, self.days):
                if row.days.match(self.calendar, day):
                    start = max(low, 0, self.calendar.minute(day, row.start))
                    end = min(high, self.calendar.minute(day, row.until))
                    if start < end:
                        rows[row.hotspot, row.role].append((start, end, row))
        return tuple(need for (spot, role), spans in sorted(rows.items()) for need in _overlay(spot, role, spans))

    @cached_property
    def sha256(self) -> str:
        """A fingerprint of every fact: equal for equal instances, whatever file they came from."""
        return hashlib.sha256(self.model_dump_json(exclude_none=True).encode()).hexdigest()


def _overlay(hotspot: str, role: str, spans: list[tuple[int, int, Demand]]) -> Iterator[Need]:
    cuts = sorted({edge for start, end, _ in spans for edge in (start, end)})
    open_need: Need | None = None
    for start, end in zip(cuts, cuts[1:], strict=False):
        rows = [row for low, high, row in spans if low <= start and end <= high]
        figures = (0, 0, None) if not rows else _highest(rows)
        if (
            open_need is not None
            and open_need.end == start
            and figures == (open_need.minimum, open_need.target, open_need.maximum)
        ):
            open_need = Need(hotspot, role, open_need.start, end, *figures)
            continue
        if open_need is not None:
            yield open_need
        open_need = Need(hotspot, role, start, end, *figures) if rows else None
    if open_need is not None:
        yield open_need


def _highest(rows: list[Demand]) -> tuple[int, int, int | None]:
    target = max(row.target for row in rows)
    limits = [row.maximum for row in rows if row.maximum is not None]
    return max(row.minimum for row in rows), target, max([*limits, target]) if limits else None


def cross_references(instance: Instance) -> Iterator[Fault]:
    """Every reference between facts that does not hold, with its place; each is reported once."""
    known = {
        "organisations": [item.code for item in instance.organisations],
        "hotspots": [item.code for item in instance.hotspots],
        "shifts": [item.code for item in instance.shifts],
        "roles": [item.code for item in instance.roles],
        "contracts": [item.code for item in instance.contracts],
        "staff": [item.id for item in instance.staff],
    }
    for table, codes in known.items():
        seen: set[str] = set()
        for index, code in enumerate(codes):
            if code in seen:
                yield Fault(table, index, "id" if table == "staff" else "code", code, "stands here a second time")
            seen.add(code)
    for role_index, role in enumerate(instance.roles):
        if role.code in set(Category):
            yield Fault("roles", role_index, "code", role.code, "is the name of a category", "Choose another code.")
    for shift_index, shift in enumerate(instance.shifts):
        if shift.code == OFF:
            yield Fault("shifts", shift_index, "code", OFF, "is reserved for a locked day off", "Choose another code.")
    sets = {table: frozenset(codes) for table, codes in known.items()}
    sets["demand_roles"] = sets["roles"] | frozenset(category.value for category in Category)
    sets["lock_shifts"] = sets["shifts"] | {OFF}
    for table, index, field, value, target in _references(instance):
        if value not in sets[target]:
            sheet = {"demand_roles": "roles", "lock_shifts": "shifts"}.get(target, target).capitalize()
            close = difflib.get_close_matches(value, sorted(sets[target]), n=1)
            yield Fault(
                table,
                index,
                field,
                value,
                f"is not on sheet {sheet}",
                f"Did you mean {close[0]!r}?" if close else "",
            )
    yield from _clashing_facts(instance, sets["staff"])


def _references(instance: Instance) -> Iterator[tuple[str, int, str, str, str]]:
    def each(
        table: str, index: int, field: str, values: Iterable[str | None], target: str
    ) -> Iterator[tuple[str, int, str, str, str]]:
        return ((table, index, field, value, target) for value in values if value is not None)

    for i, hotspot in enumerate(instance.hotspots):
        yield from each("hotspots", i, "zone", [hotspot.zone], "organisations")
        yield from each("hotspots", i, "neighbours", hotspot.neighbours, "hotspots")
    for i, member in enumerate(instance.staff):
        yield from each("staff", i, "organisation", [member.organisation], "organisations")
        yield from each("staff", i, "contract", [member.contract], "contracts")
        yield from each("staff", i, "roles", member.roles, "roles")
        yield from each("staff", i, "hotspots", member.hotspots, "hotspots")
        yield from each("staff", i, "home_hotspot", [member.home_hotspot], "hotspots")
    for i, demand in enumerate(instance.demand):
        yield from each("demand", i, "hotspot", [demand.hotspot], "hotspots")
        yield from each("demand", i, "role", [demand.role], "demand_roles")
    for i, absence in enumerate(instance.absences):
        yield from each("absences", i, "staff", [absence.staff], "staff")
    for i, request in enumerate(instance.requests):
        yield from each("requests", i, "staff", [request.staff], "staff")
        yield from each("requests", i, "shift", [request.shift], "shifts")
    for i, pair in enumerate(instance.pairs):
        yield from each("pairs", i, "staff_a", [pair.staff_a], "staff")
        yield from each("pairs", i, "staff_b", [pair.staff_b], "staff")
    for i, lock in enumerate(instance.locks):
        yield from each("locks", i, "staff", [lock.staff], "staff")
        yield from each("locks", i, "shift", [lock.shift], "lock_shifts")
        yield from each("locks", i, "hotspot", [lock.hotspot], "hotspots")
    for i, past in enumerate(instance.history):
        yield from each("history", i, "staff", [past.staff], "staff")
        yield from each("history", i, "shift", [past.shift], "shifts")
        yield from each("history", i, "hotspot", [past.hotspot], "hotspots")
    for i, counter in enumerate(instance.counters):
        yield from each("counters", i, "staff", [counter.staff], "staff")


def _clashing_facts(instance: Instance, staff: frozenset[str]) -> Iterator[Fault]:
    calendar = instance.calendar
    categories = {contract.code: contract.category for contract in instance.contracts}
    role_categories = {role.code: role.category for role in instance.roles}
    for i, member in enumerate(instance.staff):
        for role in member.roles:
            if role in role_categories and role_categories[role] != categories.get(
                member.contract, role_categories[role]
            ):
                yield Fault("staff", i, "roles", role, f"is a {role_categories[role]} role, but the contract is not")
    for i, lock in enumerate(instance.locks):
        if not 0 <= calendar.day(lock.date) < calendar.days:
            yield Fault("locks", i, "date", lock.date.isoformat(), "lies outside the horizon")
    for i, past in enumerate(instance.history):
        if calendar.day(past.date) >= 0:
            yield Fault("history", i, "date", past.date.isoformat(), "is not before the horizon's first day")
    for i, request in enumerate(instance.requests):
        if calendar.day(request.last) < 0 or calendar.day(request.first) >= calendar.days:
            yield Fault("requests", i, "first", request.first.isoformat(), "lies outside the horizon")
    for table, dated in (("locks", instance.locks), ("history", instance.history)):
        seen: dict[tuple[str, object], int] = {}
        for i, row in enumerate(dated):
            if (row.staff, row.date) in seen:
                yield Fault(table, i, "date", row.date.isoformat(), f"{row.staff} already has a row for this date")
            seen[row.staff, row.date] = i
    for i, pair in enumerate(instance.pairs):
        if pair.staff_a == pair.staff_b:
            yield Fault("pairs", i, "staff_b", pair.staff_b, "is the same person")
    seen_counters: set[str] = set()
    for i, counter in enumerate(instance.counters):
        if counter.staff in seen_counters:
            yield Fault("counters", i, "staff", counter.staff, "stands here a second time")
        seen_counters.add(counter.staff)
