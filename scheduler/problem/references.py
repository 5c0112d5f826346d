"""The references between facts: every one that does not hold is a :class:`Fault` with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.messages.message import AnyOf, Message, Name
from scheduler.messages.sentences import closest, in_turn
from scheduler.problem.facts import MINUTE, OFF, Category, HistoryDuty, Lock, fold
from scheduler.problem.reserve_places import reserve_faults
from scheduler.problem.tables import Tables

Place = tuple[str, int, str]
"""Table, index and field of a fact."""
Reference = tuple[str, int, str, str, str]
"""A place, the code that stands there, and the table whose code it must be."""

ABOUT_HORIZON = frozenset({"date_outside_horizon", "not_before_horizon"})
"""Codes of the messages that mean nothing where no horizon is known."""


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
    message: Message
    hint: Message | None = None
    other: int | None = None


def cross_references(
    tables: Tables, *, told: Collection[Place] = (), unread: Mapping[str, Collection[str]] | None = None
) -> Iterator[Fault]:
    """Every reference between facts that does not hold, with its place; each is reported once.

    ``told`` are fields that something is known to be wrong with: nothing more is said of them. ``unread`` are codes, by table,
    of rows that could not be read: they are no unknown ones.
    """
    for fault in _faults(tables, told, unread or {}):
        if (fault.table, fault.index, fault.field) not in told:
            yield fault


def _faults(tables: Tables, told: Collection[Place], unread: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    known = {
        "organisations": [item.code for item in tables.organisations],
        "hotspots": [item.code for item in tables.hotspots],
        "shifts": [item.code for item in tables.shifts],
        "roles": [item.code for item in tables.roles],
        "contracts": [item.code for item in tables.contracts],
        "staff": [item.id for item in tables.staff],
    }
    for role_index, role in enumerate(tables.roles):
        if fold(role.code) in set(Category):
            message = Message("name_of_category", "is the name of a category.")
            yield Fault("roles", role_index, "code", role.code, message, _another_code())
    for shift_index, shift in enumerate(tables.shifts):
        if fold(shift.code) == fold(OFF):
            message = Message("code_of_day_off", "is reserved for a locked day off.")
            yield Fault("shifts", shift_index, "code", shift.code, message, _another_code())
    sets = {table: frozenset(codes) | frozenset(unread.get(table, ())) for table, codes in known.items()}
    sets["demand_roles"] = sets["roles"] | frozenset(category.value for category in Category)
    sets["lock_shifts"] = sets["shifts"] | {OFF}
    unknown = [found for found in _references(tables) if found[3] not in sets[found[4]] and found[:3] not in told]
    doubled = {table: _doubled(codes) for table, codes in known.items()}
    lost = {table: _lost(table, rows, unknown) for table, rows in doubled.items()}
    for table, rows in doubled.items():
        yield from _duplicates(table, "id" if table == "staff" else "code", known[table], rows, lost[table])
    hints = Hints(sets)
    for table, index, field, value, target in unknown:
        sheet = _SHEETS.get(target, target)
        if value not in lost[sheet] and table != "published":
            yield Fault(table, index, field, value, not_on(sheet), hints.find(value, target))
    yield from _gone([item for item in unknown if item[0] == "published"], lost)
    yield from _clashing_facts(tables)


def _gone(unknown: Sequence[Reference], lost: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    """Every person, shift and hotspot that people were told of and whose row is gone, once: no cell of sheet Published is to be
    changed by hand."""
    seen: set[tuple[str, str]] = set()
    for table, index, field, value, target in unknown:
        of = _SHEETS.get(target, target)
        if value in lost[of] or (of, value) in seen:
            continue
        seen.add((of, value))
        sheet = Name("sheet", of.capitalize())
        if field == "staff":
            message = Message(
                "published_person_gone", "was told of duties, but has no row on sheet {sheet} any more.", sheet=sheet
            )
            hint = Message("put_row_back", "Put the row back; who has left gets a last date there.")
        else:
            message = Message(
                "published_code_gone", "was published, but has no row on sheet {sheet} any more.", sheet=sheet
            )
            hint = Message("put_code_back", "Put the row with this code back: people know it from what was published.")
        yield Fault(table, index, field, value, message, hint)


def not_on(table: str) -> Message:
    return Message("not_on_sheet", "is not on sheet {sheet}.", sheet=Name("sheet", table.capitalize()))


_SHEETS = {"demand_roles": "roles", "lock_shifts": "shifts"}
"""The table of codes that more may be named with than its own."""


def _another_code() -> Message:
    return Message("another_code", "Choose another code.")


def _doubled(codes: Sequence[str]) -> list[list[int]]:
    """The rows of every code that stands in several."""
    rows: dict[str, list[int]] = {}
    for index, code in enumerate(codes):
        rows.setdefault(fold(code), []).append(index)
    return [found for found in rows.values() if len(found) > 1]


def _lost(table: str, doubled: Sequence[Sequence[int]], unknown: Sequence[Reference]) -> tuple[str, ...]:
    """Codes that cells name and no row has, where as many rows stand here once too often: who writes a code twice has left
    another one out. That is one problem, not one for each cell that names the other."""
    spare = sum(len(rows) - 1 for rows in doubled)
    named = dict.fromkeys(value for *_, value, target in unknown if _SHEETS.get(target, target) == table)
    return tuple(named) if len(named) <= spare else ()


def _opposite_wishes(tables: Tables) -> Iterator[Fault]:
    seen: dict[tuple[object, ...], int] = {}
    for i, request in enumerate(tables.requests):
        wish = (request.staff, request.first, request.last, request.shift)
        first = seen.setdefault(wish, i)
        if tables.requests[first].kind != request.kind:
            message = Message("opposite_wishes", "contradicts another row about the same dates.")
            yield Fault("requests", i, "kind", request.kind, message, other=first)


def _duplicates(
    table: str, field: str, codes: Sequence[str], doubled: Sequence[Sequence[int]], lost: Iterable[str] = ()
) -> Iterator[Fault]:
    hint = _no_row_has(tuple(lost))
    for first, second, *more in doubled:
        if codes[first] != codes[second]:
            message = Message(
                "code_again_in_other_case",
                "stands here a second time: upper and lower case make no difference in codes.",
            )
        else:
            message = Message("code_again", "stands here a second time.")
        if more:
            message = in_turn(
                message,
                Message(
                    "code_in_more_rows",
                    ("It stands in {count} more row.", "It stands in {count} more rows."),
                    count=len(more),
                ),
            )
        yield Fault(table, second, field, codes[second], message, hint, other=first)


def _no_row_has(lost: tuple[str, ...]) -> Message | None:
    if not lost:
        return None
    return Message(
        "lost_codes",
        (
            "No row has {codes}, which other cells name: is it meant here?",
            "No row has {codes}, which other cells name: is one of them meant here?",
        ),
        codes=AnyOf(tuple(Message("quoted", "'{text}'", text=code) for code in lost)),
        count=len(lost),
    )


class Hints:
    """``Did you mean …?`` for unknown codes, looked up once per code.

    Comparing a code with thousands takes milliseconds; a workbook that gets everything wrong gets ``MOST`` hints.
    """

    MOST = 200

    def __init__(self, known: Mapping[str, frozenset[str]]) -> None:
        self._known = {
            target: {fold(code): _word(code, target) for code in sorted(codes)} for target, codes in known.items()
        }
        self._found: dict[tuple[str, str], Message | None] = {}

    def find(self, value: str, target: str) -> Message | None:
        if (value, target) not in self._found:
            if len(self._found) >= self.MOST:
                return None
            self._found[value, target] = closest(fold(value), self._known[target])
        return self._found[value, target]


def _word(code: str, target: str) -> str | Name:
    """A code as it stands; the name of a category is a word that each language has its own for."""
    return Name("choice", code) if target == "demand_roles" and code in set(Category) else code


def _references(tables: Tables) -> Iterator[Reference]:
    def each(table: str, index: int, field: str, values: Iterable[str | None], target: str) -> Iterator[Reference]:
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
    for i, incident in enumerate(tables.incidents):
        yield from each("incidents", i, "hotspot", [incident.hotspot], "hotspots")
    for i, duty in enumerate(tables.published):
        yield from each("published", i, "staff", [duty.staff], "staff")
        yield from each("published", i, "shift", [duty.shift], "lock_shifts")
        yield from each("published", i, "hotspot", [duty.hotspot], "hotspots")
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
    for i, override in enumerate(tables.overrides):
        yield from each("overrides", i, "staff", [override.staff], "staff")
        yield from each("overrides", i, "hotspot", [override.hotspot], "hotspots")


def _fixed_weeks(tables: Tables) -> Iterator[Fault]:
    """Own weeks that come to other hours than the share of full time does; the share may be rounded to whole per cents."""
    terms = {contract.code: contract for contract in tables.contracts}
    for index, member in enumerate(tables.staff):
        contract, week = terms.get(member.contract), member.hours_by_weekday
        if contract is None or week is None:
            continue
        due, total = member.fte * contract.weekly_hours, sum(week)
        if abs(total - due) > 0.005 * contract.weekly_hours + MINUTE:
            fte = Name("column", "fte", "Staff")
            message = Message(
                "week_not_share",
                "adds up to {total} h a week, but {column} {fte} of '{contract}' ({hours} h) is {due} h.",
                total=total,
                column=fte,
                fte=member.fte,
                contract=contract.code,
                hours=contract.weekly_hours,
                due=due,
            )
            whole, hint = contract.weekly_hours, None
            if whole > 0 and total <= whole:
                hint = Message("write_share", "Write {column} {fte}, or other hours.", column=fte, fte=total / whole)
            shown = " ".join(f"{hours:g}" for hours in week)
            yield Fault("staff", index, "hours_by_weekday", shown, message, hint)


def _outside() -> Message:
    return Message("date_outside_horizon", "lies outside the horizon.")


def _dates_again(tables: Tables) -> Iterator[Fault]:
    dated: tuple[tuple[str, Sequence[Lock | HistoryDuty]], ...] = (("locks", tables.locks), ("history", tables.history))
    for table, rows in dated:
        seen: dict[tuple[str, object], int] = {}
        for i, row in enumerate(rows):
            if (row.staff, row.date) in seen:
                message = Message("date_again", "is a date for which {staff} already has a row.", staff=row.staff)
                yield Fault(table, i, "date", row.date.isoformat(), message, other=seen[row.staff, row.date])
            seen.setdefault((row.staff, row.date), i)


def _decided_again(tables: Tables) -> Iterator[Fault]:
    """Overrides outside the horizon, and those of the same rule, person, date and place."""
    seen: dict[tuple[object, ...], int] = {}
    for i, override in enumerate(tables.overrides):
        if not 0 <= tables.calendar.day(override.date) < tables.calendar.days:
            yield Fault("overrides", i, "date", override.date.isoformat(), _outside())
        first = seen.setdefault((override.rule, override.staff, override.date, override.hotspot), i)
        if first != i:
            message = Message("override_again", "is decided for the same person, date and place in another row.")
            yield Fault("overrides", i, "rule", override.rule, message, other=first)


def _incidents(tables: Tables) -> Iterator[Fault]:
    """Incidents after the horizon, and those that stand here twice. One whose time is over before it stays as a record."""
    seen: dict[tuple[str, int], int] = {}
    for i, incident in enumerate(tables.incidents):
        if incident.at >= tables.calendar.end:
            yield Fault("incidents", i, "at", tables.calendar.iso(incident.at)[:16], _outside())
        first = seen.setdefault((incident.hotspot, incident.at), i)
        if first != i:
            message = Message("incident_again", "is an incident that stands here already.")
            yield Fault("incidents", i, "at", tables.calendar.iso(incident.at)[:16], message, other=first)


def _published(tables: Tables) -> Iterator[Fault]:
    """Published rows without their hotspot, or twice in one version, and those that no publication accounts for."""
    seen: dict[tuple[str, object, int], int] = {}
    for i, duty in enumerate(tables.published):
        if duty.shift != OFF and duty.hotspot is None:
            message = Message("published_nowhere", "is a published duty without its hotspot.")
            yield Fault("published", i, "hotspot", "", message)
        first = seen.setdefault((duty.staff, duty.date, duty.version), i)
        if first != i:
            message = Message("date_again", "is a date for which {staff} already has a row.", staff=duty.staff)
            yield Fault("published", i, "date", duty.date.isoformat(), message, other=first)
    newest = max((duty.version for duty in tables.published), default=0)
    stamped = 0 if tables.publication is None else tables.publication.version
    if newest > stamped:
        row = next(i for i, duty in enumerate(tables.published) if duty.version == newest)
        message = Message("published_without_stamp", "is a version that the settings do not tell of.")
        hint = Message("publish_fills", "The sheet is filled by `vigie publish`; delete rows that were typed in.")
        yield Fault("published", row, "version", str(newest), message, hint)


def _clashing_facts(tables: Tables) -> Iterator[Fault]:
    calendar = tables.calendar
    categories = {contract.code: contract.category for contract in tables.contracts}
    role_categories = {role.code: role.category for role in tables.roles}
    for i, member in enumerate(tables.staff):
        for role in member.roles:
            if role in role_categories and role_categories[role] != categories.get(
                member.contract, role_categories[role]
            ):
                message = Message(
                    "role_of_other_category",
                    "is a {category} role, but the contract is not.",
                    category=Name("choice", role_categories[role].value),
                )
                yield Fault("staff", i, "roles", role, message)
    yield from _fixed_weeks(tables)
    if tables.reference_start is not None and calendar.day(tables.reference_start) > 0:
        text = tables.reference_start.isoformat()
        message = Message("reference_after_first_day", "is after the horizon's first day.")
        yield Fault("settings", 0, "reference_start", text, message)
    if tables.history_from is not None and calendar.day(tables.history_from) >= 0:
        text, message = tables.history_from.isoformat(), Message("history_after_eve", "is not before the horizon.")
        yield Fault("settings", 0, "history_from", text, message)
    for i, lock in enumerate(tables.locks):
        if not 0 <= calendar.day(lock.date) < calendar.days:
            yield Fault("locks", i, "date", lock.date.isoformat(), _outside())
    yield from _decided_again(tables)
    yield from (Fault("shifts", *fault) for fault in reserve_faults(tables))
    starts = {shift.code: shift.start for shift in tables.shifts}
    for i, past in enumerate(tables.history):
        day = calendar.day(past.date)
        if day >= 0 and calendar.minute(day, starts.get(past.shift, 0)) >= tables.history_until:
            message = Message("not_before_horizon", "is not before the horizon's first day.")
            yield Fault("history", i, "date", past.date.isoformat(), message)
    for i, request in enumerate(tables.requests):
        if calendar.day(request.last) < 0 or calendar.day(request.first) >= calendar.days:
            yield Fault("requests", i, "first", request.first.isoformat(), _outside())
    yield from _dates_again(tables)
    yield from _incidents(tables)
    yield from _published(tables)
    yield from _opposite_wishes(tables)
    kinds: dict[frozenset[str], int] = {}
    for i, pair in enumerate(tables.pairs):
        if pair.staff_a == pair.staff_b:
            yield Fault("pairs", i, "staff_b", pair.staff_b, Message("same_person", "is the same person."))
        first = kinds.setdefault(frozenset({pair.staff_a, pair.staff_b}), i)
        if tables.pairs[first].kind != pair.kind:
            message = Message("opposite_pairs", "contradicts another row about the same two people.")
            yield Fault("pairs", i, "kind", pair.kind, message, other=first)
    people = [counter.staff for counter in tables.counters]
    yield from _duplicates("counters", "staff", people, _doubled(people))
