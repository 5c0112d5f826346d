"""The references between facts: every one that does not hold is a :class:`Fault` with its place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.facts import OFF, Category, HistoryDuty, Lock
from scheduler.tables import Tables


@dataclass(frozen=True, slots=True)
class Fault:
    """A cross-reference that does not hold: ``table`` and ``field`` are names of :class:`Instance` fields. The table of a setting
    is ``settings``.

    ``other`` is the index of the earlier row of the same table that this one contradicts, where there is one.
    """

    table: str
    index: int
    field: str
    value: str
    message: str
    hint: str = ""
    other: int | None = None


def cross_references(tables: Tables) -> Iterator[Fault]:
    """Every reference between facts that does not hold, with its place; each is reported once."""
    known = {
        "organisations": [item.code for item in tables.organisations],
        "hotspots": [item.code for item in tables.hotspots],
        "shifts": [item.code for item in tables.shifts],
        "roles": [item.code for item in tables.roles],
        "contracts": [item.code for item in tables.contracts],
        "staff": [item.id for item in tables.staff],
    }
    for table, codes in known.items():
        seen: set[str] = set()
        for index, code in enumerate(codes):
            if code in seen:
                yield Fault(table, index, "id" if table == "staff" else "code", code, "stands here a second time")
            seen.add(code)
    for role_index, role in enumerate(tables.roles):
        if role.code in set(Category):
            yield Fault("roles", role_index, "code", role.code, "is the name of a category", "Choose another code.")
    for shift_index, shift in enumerate(tables.shifts):
        if shift.code == OFF:
            yield Fault("shifts", shift_index, "code", OFF, "is reserved for a locked day off", "Choose another code.")
    sets = {table: frozenset(codes) for table, codes in known.items()}
    sets["demand_roles"] = sets["roles"] | frozenset(category.value for category in Category)
    sets["lock_shifts"] = sets["shifts"] | {OFF}
    hints = _Hints(sets)
    for table, index, field, value, target in _references(tables):
        if value not in sets[target]:
            sheet = {"demand_roles": "roles", "lock_shifts": "shifts"}.get(target, target).capitalize()
            yield Fault(table, index, field, value, f"is not on sheet {sheet}", hints.find(value, target))
    yield from _clashing_facts(tables, sets["staff"])


class _Hints:
    """``Did you mean …?`` for unknown codes, looked up once per code.

    Comparing a code with thousands takes milliseconds; a workbook that gets everything wrong gets ``MOST`` hints.
    """

    MOST = 200

    def __init__(self, known: Mapping[str, frozenset[str]]) -> None:
        self._known = {target: {code.casefold(): code for code in sorted(codes)} for target, codes in known.items()}
        self._found: dict[tuple[str, str], str] = {}

    def find(self, value: str, target: str) -> str:
        if (value, target) not in self._found:
            if len(self._found) >= self.MOST:
                return ""
            known = self._known[target]
            close = difflib.get_close_matches(value.casefold(), list(known), n=1)
            self._found[value, target] = f"Did you mean {known[close[0]]!r}?" if close else ""
        return self._found[value, target]


def _references(tables: Tables) -> Iterator[tuple[str, int, str, str, str]]:
    def each(
        table: str, index: int, field: str, values: Iterable[str | None], target: str
    ) -> Iterator[tuple[str, int, str, str, str]]:
        return ((table, index, field, value, target) for value in dict.fromkeys(values) if value is not None)

    for i, shift in enumerate(tables.shifts):
        yield from each("shifts", i, "hotspots", shift.hotspots, "hotspots")
        yield from each("shifts", i, "not_followed_by", shift.not_followed_by, "shifts")
    for i, contract in enumerate(tables.contracts):
        yield from each("contracts", i, "shift_limits", (code for code, _ in contract.shift_limits), "shifts")
    for i, hotspot in enumerate(tables.hotspots):
        yield from each("hotspots", i, "zone", [hotspot.zone], "organisations")
        yield from each("hotspots", i, "neighbours", hotspot.neighbours, "hotspots")
    for i, member in enumerate(tables.staff):
        yield from each("staff", i, "organisation", [member.organisation], "organisations")
        yield from each("staff", i, "contract", [member.contract], "contracts")
        yield from each("staff", i, "roles", member.roles, "roles")
        yield from each("staff", i, "hotspots", member.hotspots, "hotspots")
        yield from each("staff", i, "home_hotspot", [member.home_hotspot], "hotspots")
        yield from each("staff", i, "shift_limits", (code for code, _ in member.shift_limits or ()), "shifts")
    for i, demand in enumerate(tables.demand):
        yield from each("demand", i, "hotspot", [demand.hotspot], "hotspots")
        yield from each("demand", i, "role", [demand.role], "demand_roles")
    for i, absence in enumerate(tables.absences):
        yield from each("absences", i, "staff", [absence.staff], "staff")
    for i, request in enumerate(tables.requests):
        yield from each("requests", i, "staff", [request.staff], "staff")
        yield from each("requests", i, "shift", [request.shift], "shifts")
    for i, pair in enumerate(tables.pairs):
        yield from each("pairs", i, "staff_a", [pair.staff_a], "staff")
        yield from each("pairs", i, "staff_b", [pair.staff_b], "staff")
    for i, lock in enumerate(tables.locks):
        yield from each("locks", i, "staff", [lock.staff], "staff")
        yield from each("locks", i, "shift", [lock.shift], "lock_shifts")
        yield from each("locks", i, "hotspot", [lock.hotspot], "hotspots")
    for i, past in enumerate(tables.history):
        yield from each("history", i, "staff", [past.staff], "staff")
        yield from each("history", i, "shift", [past.shift], "shifts")
        yield from each("history", i, "hotspot", [past.hotspot], "hotspots")
    for i, counter in enumerate(tables.counters):
        yield from each("counters", i, "staff", [counter.staff], "staff")


def _clashing_facts(tables: Tables, staff: frozenset[str]) -> Iterator[Fault]:
    calendar = tables.calendar
    categories = {contract.code: contract.category for contract in tables.contracts}
    role_categories = {role.code: role.category for role in tables.roles}
    for i, member in enumerate(tables.staff):
        for role in member.roles:
            if role in role_categories and role_categories[role] != categories.get(
                member.contract, role_categories[role]
            ):
                yield Fault("staff", i, "roles", role, f"is a {role_categories[role]} role, but the contract is not")
    if tables.reference_start is not None and calendar.day(tables.reference_start) > 0:
        text = tables.reference_start.isoformat()
        yield Fault("settings", 0, "reference_start", text, "is after the horizon's first day")
    for i, lock in enumerate(tables.locks):
        if not 0 <= calendar.day(lock.date) < calendar.days:
            yield Fault("locks", i, "date", lock.date.isoformat(), "lies outside the horizon")
    for i, past in enumerate(tables.history):
        if calendar.day(past.date) >= 0:
            yield Fault("history", i, "date", past.date.isoformat(), "is not before the horizon's first day")
    for i, request in enumerate(tables.requests):
        if calendar.day(request.last) < 0 or calendar.day(request.first) >= calendar.days:
            yield Fault("requests", i, "first", request.first.isoformat(), "lies outside the horizon")
    dated: tuple[tuple[str, Sequence[Lock | HistoryDuty]], ...] = (("locks", tables.locks), ("history", tables.history))
    for table, rows in dated:
        seen: dict[tuple[str, object], int] = {}
        for i, row in enumerate(rows):
            if (row.staff, row.date) in seen:
                yield Fault(
                    table,
                    i,
                    "date",
                    row.date.isoformat(),
                    f"{row.staff} already has a row for this date",
                    other=seen[row.staff, row.date],
                )
            seen.setdefault((row.staff, row.date), i)
    for i, pair in enumerate(tables.pairs):
        if pair.staff_a == pair.staff_b:
            yield Fault("pairs", i, "staff_b", pair.staff_b, "is the same person")
    seen_counters: set[str] = set()
    for i, counter in enumerate(tables.counters):
        if counter.staff in seen_counters:
            yield Fault("counters", i, "staff", counter.staff, "stands here a second time")
        seen_counters.add(counter.staff)
