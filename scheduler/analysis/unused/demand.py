"""Hotspots, municipalities, shifts, roles and demand that have no effect."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from scheduler.analysis.unreachable import open_during
from scheduler.analysis.unused.notes import About, Where, is_open, note
from scheduler.analysis.workable import fits
from scheduler.errors import InputProblem
from scheduler.messages.message import Message, Name
from scheduler.messages.sentences import did_you_mean
from scheduler.problem.facts import Category, OrganisationKind, Shift, fold
from scheduler.problem.instance import Instance, Need
from scheduler.problem.jurisdiction import allowed_hotspots, lies_in, worked_at
from scheduler.rules import codes_of_rules

_CLOSE = 0.8
"""Likeness from which a name is taken for another one: two of the Woluwes are further apart."""
DEMAND = Name("sheet", "Demand")
_SHORT, _CLOSE_SHORT = 4, 0.6
"""Letters of a code, and the likeness from which one is taken for another: ``MLO`` for ``MOL``."""


# -- hotspots and municipalities ---------------------------------------------------------------------------------------------


def _places(instance: Instance, where: Where) -> Iterator[InputProblem]:
    wanted = {need.hotspot for need in instance.needs if need.target}
    asked = {row.hotspot for row in instance.demand if row.target}
    for index, spot in enumerate(instance.hotspots):
        zone = instance.organisation[spot.zone]
        if zone.kind is not OrganisationKind.POLICE_ZONE:
            message = Message(
                "not_a_police_zone",
                "is of kind {kind}, not {zone}: the police of no zone stands there.",
                kind=Name("choice", zone.kind.value),
                zone=Name("choice", OrganisationKind.POLICE_ZONE.value),
            )
            yield from note([where("hotspots", index, "zone")], spot.zone, message)
        if not is_open(instance, spot.opens, spot.closes):
            field = "closes" if spot.opens is None else "opens"
            message = Message("hotspot_never_open", "is open on no date of the period: nothing is asked there.")
            yield from note([where("hotspots", index, field)], spot.code, message)
        elif instance.demand and spot.code not in wanted:
            if spot.code in asked:
                message = Message("hotspot_demand_outside", "stays empty: none of its demand falls in the period.")
            else:
                message = Message(
                    "hotspot_nobody_asked", "stays empty: no row of sheet {demand} asks for anybody.", demand=DEMAND
                )
            hint = Message("hotspot_sent_last", "People are sent there only when there is nothing else to do.")
            yield from note([where("hotspots", index, "code")], spot.code, message, hint)


def _municipalities(instance: Instance, where: Where) -> Iterator[InputProblem]:
    """Words for a municipality that match none of sheet Organisations and are like one. Municipalities without staff need not
    stand there."""
    towns = [item for item in instance.organisations if item.kind is OrganisationKind.MUNICIPALITY]
    words: dict[str, list[str]] = {}
    for index, spot in enumerate(instance.hotspots):
        if not any(lies_in(spot, town) for town in towns):
            words.setdefault(spot.municipality, []).append(where("hotspots", index, "municipality"))
    codes = {fold(name): town.code for town in towns for name in (town.name, town.code) if name}
    for word, cells in words.items():
        meant = _meant(word, codes)
        if meant:
            message = Message(
                "no_such_municipality",
                "is the code or name of no municipality on sheet {sheet}: the people of none may stand there.",
                sheet=Name("sheet", "Organisations"),
            )
            yield from note(cells, word, message, did_you_mean(meant))


def _meant(word: str, codes: Mapping[str, str]) -> str:
    """The code whose name (or the beginning of it) a word is like; blank where there is none."""
    word = fold(word)
    enough = _CLOSE if len(word) > _SHORT else _CLOSE_SHORT

    def likeness(name: str) -> float:
        begun = name[: len(word)]
        return max(difflib.SequenceMatcher(None, word, other).ratio() for other in (name, begun))

    best = max(codes, key=likeness, default="")
    return codes[best] if best and likeness(best) >= enough else ""


# -- shifts, roles, contracts ------------------------------------------------------------------------------------------------


def _shifts(instance: Instance, where: Where) -> Iterator[InputProblem]:
    able = [member.id for member in instance.staff if member.fte]
    reach = {(instance.category(staff), allowed_hotspots(instance, staff)) for staff in able}
    needs = [need for need in instance.needs if need.target]
    for index, shift in enumerate(instance.shifts):
        spots = worked_at(instance, shift.code)
        message: Message | None = None
        field = "code"
        if not shift.worked:
            continue
        if not any(instance.offers((day, shift.code)) for day in range(instance.days)):
            field = "days"
            message = Message("shift_days_outside", "is worked by nobody: none of its days lies in the period.")
        elif not able:
            pass
        elif not any(category in shift.categories and spots & allowed for category, allowed in reach):
            message = Message(
                "shift_of_nobody", "is worked by nobody: no one of its categories may stand where it is worked."
            )
        elif not any(instance.category(staff) in shift.categories and fits(instance, staff, shift) for staff in able):
            message = Message(
                "shift_too_long",
                "is worked by nobody: it is longer than {day} or {week} of all its people.",
                day=Name("column", "max_hours_24h"),
                week=Name("column", "max_hours_week"),
            )
        elif needs and _meant_for_some(shift) and not any(_covers(instance, shift.code, spots, need) for need in needs):
            message = Message(
                "shift_covers_nothing",
                "covers no demand: where and when it may be worked, nobody is asked for.",
            )
        if message is not None:
            yield from note([where("shifts", index, field)], shift.code, message)


def _meant_for_some(shift: Shift) -> bool:
    """Whether a shift is for some people, places or days; the others are a stock to choose from, and may well stay unused."""
    return bool(shift.hotspots) or len(shift.categories) < len(Category) or shift.days is not None


def _covers(instance: Instance, code: str, spots: frozenset[str], need: Need) -> bool:
    """Whether a duty of a shift stands in a minute of a need."""
    shift, calendar = instance.shift[code], instance.calendar
    if need.hotspot not in spots or instance.role_category[need.role] not in shift.categories:
        return False
    days = range(max(0, calendar.day_of(need.start) - 1), min(instance.days, calendar.day_of(need.end - 1) + 1))
    duties = (instance.duty(day, code) for day in days if instance.offers((day, code)))
    return any(duty.overlaps(need.start, need.end) and open_during(instance, need.hotspot, duty) for duty in duties)


def _roles(instance: Instance, where: Where) -> Iterator[InputProblem]:
    """Roles that are asked for, by demand or a rule, and held by nobody, and the other way round."""
    of_rules = codes_of_rules(instance, "roles")
    rows: dict[str, list[int]] = {role.code: [] for role in instance.roles}
    for index, row in enumerate(instance.demand):
        if row.role in rows and row.target:
            rows[row.role].append(index)
    for index, role in enumerate(instance.roles):
        holders = [staff for staff in instance.people(role.code) if instance.person[staff].fte]
        if rows[role.code] and not holders:
            cells = [where("demand", row, "role") for row in rows[role.code]]
            message = Message(
                "role_of_nobody",
                "is the role of nobody on sheet {sheet}: what is asked here stays short.",
                sheet=Name("sheet", "Staff"),
            )
            yield from note(cells, role.code, message)
        elif role.code in of_rules and not holders:
            message = Message(
                "rule_role_of_nobody",
                "is the role of nobody on sheet {sheet}, and a rule asks for it wherever others stand (sheet {settings}).",
                sheet=Name("sheet", "Staff"),
                settings=Name("sheet", "Settings"),
            )
            yield from note([where("roles", index, "code")], role.code, message)
        elif holders and instance.demand and not rows[role.code] and role.code not in of_rules:
            message = Message(
                "role_not_asked",
                (
                    "has no effect: no row of sheet {demand} asks for it ({count} person holds it).",
                    "has no effect: no row of sheet {demand} asks for it ({count} people hold it).",
                ),
                demand=DEMAND,
                count=len(holders),
            )
            yield from note([where("roles", index, "code")], role.code, message)


def _rows(instance: Instance, where: Where) -> Iterator[InputProblem]:
    empty, past = [], []
    for index, row in enumerate(instance.demand):
        if not row.target and row.maximum is None:
            empty.append(where("demand", index, "minimum"))
        elif row.days.dates | {day for span in row.days.spans for day in span} and not any(
            row.days.match(instance.calendar, day) for day in range(-1, instance.days)
        ):
            past.append(where("demand", index, "days"))
    message = Message("demand_row_empty", "has no effect: the row has neither a minimum nor a target nor a maximum.")
    yield from note(empty, "", message)
    message = Message("demand_row_outside", "has no effect: none of its days lies in the period.")
    yield from note(past, "", message)


ABOUT_DEMAND: tuple[About, ...] = (
    (_municipalities, frozenset({"organisations"})),
    (_places, frozenset({"organisations", "demand"})),
    (_shifts, frozenset({"organisations", "hotspots", "contracts", "staff", "demand"})),
    (_roles, frozenset({"staff", "demand"})),
    (_rows, frozenset()),
)
