"""From a plan to a workbook: staff, demand, absences, wishes and history of some police zones, drawn from a seed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from instances.away import FOUR_WEEKS, Away, absence_rows, dates_away
from instances.curve import Scale, police_rows
from instances.past import counter_rows, history_rows
from instances.people import Intake, spots_of, staff_rows
from instances.places import Row, Tables, hotspot_rows, organisation_rows, places
from instances.terms import contract_rows, role_rows, shift_rows
from instances.wishes import lock_rows, pair_rows, request_rows

START = date(2026, 3, 2)
LOCKABLE_DAYS = 17
"""Days of the shortest horizon that has room for the posts a planner has decided."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that makes one instance; ``extra_demand`` holds rows beside the police curve. ``together`` and ``apart`` are
    pairs; ``locked`` tells whether the planner has decided some posts."""

    title: str
    seed: int
    zones: tuple[str, ...]
    intakes: tuple[Intake, ...]
    extra_demand: Callable[[], list[Row]]
    scale: Scale = field(default_factory=Scale)
    away: Away = field(default_factory=Away)
    together: int = 4
    apart: int = 3
    locked: bool = True
    start: date = START
    days: int = FOUR_WEEKS


def tables(plan: Plan) -> Tables:
    """The workbook of a plan, as rows by sheet. Equal plans make equal tables.

    Each part draws from its own generator, so that a change to one leaves the others as they are.
    """

    def rng(part: str) -> Random:
        return Random(f"{plan.seed}/{part}")

    spots = places(plan.zones)
    staff = staff_rows(plan.intakes, spots, rng("staff"))
    allowed = spots_of(plan.intakes, spots, staff)
    absences = _absences(plan, staff, rng("absences"))
    away = dates_away(absences)
    soon = plan.start + timedelta(FOUR_WEEKS)
    called = {str(row["staff"]) for row in absences if _date(row["from"]) < soon}
    seasoned = [row for row in staff if row["from"] is None and len(away.get(str(row["id"]), ())) < plan.days]
    settled = [row for row in seasoned if str(row["id"]) not in called and row["until"] is None]
    demand = [row for place in spots for row in police_rows(place, plan.scale)] + plan.extra_demand()
    history = history_rows(seasoned, allowed, demand, plan.start)
    return {
        "Settings": setting_rows(plan.title, plan.start, plan.days),
        "Organisations": organisation_rows(plan.zones),
        "Hotspots": hotspot_rows(plan.zones),
        "Shifts": shift_rows(),
        "Roles": role_rows(),
        "Contracts": contract_rows(),
        "Staff": staff,
        "Demand": demand,
        "Absences": absences,
        "Requests": request_rows(staff, away, plan.start, plan.days, rng("requests")),
        "Pairs": pair_rows(seasoned, history, plan.together, plan.apart, rng("pairs")),
        "Locked": _locks(plan, settled, allowed, rng("locks")),
        "History": history,
        "Counters": counter_rows(seasoned, rng("counters")),
    }


def setting_rows(title: str, start: date, days: int) -> list[Row]:
    """Rows of the Settings sheet; the title says that nobody in the file is real."""
    settings: dict[str, object] = {
        "title": f"{title} (synthetic staff)",
        "start_date": start,
        "days": days,
        "timezone": "Europe/Brussels",
        "language": "en",
    }
    return [{"key": key, "value": value} for key, value in settings.items()]


def _absences(plan: Plan, staff: Sequence[Row], rng: Random) -> list[Row]:
    people = [str(row["id"]) for row in staff]
    rows: list[Row] = []
    for first in range(0, plan.days, FOUR_WEEKS):
        days = min(FOUR_WEEKS, plan.days - first)
        rows += absence_rows(people, plan.start + timedelta(first), days, plan.away.within(days), rng)
    return sorted(rows, key=lambda row: str(row["staff"]))


def _date(moment: object) -> date:
    if isinstance(moment, datetime):
        return moment.date()
    if isinstance(moment, date):
        return moment
    raise TypeError(moment)


def _locks(plan: Plan, settled: Sequence[Row], allowed: Mapping[str, list[str]], rng: Random) -> list[Row]:
    if not plan.locked or plan.days < LOCKABLE_DAYS:
        return []
    return lock_rows(*_lockable(settled, allowed), plan.start, min(FOUR_WEEKS, plan.days), rng)


def _lockable(
    settled: Sequence[Row], allowed: Mapping[str, list[str]]
) -> tuple[list[str], list[str], Mapping[str, list[str]]]:
    """Full-time police who may stand everywhere, and two peacekeepers of one municipality."""
    police = [str(row["id"]) for row in settled if row["contract"] == "POL-38" and row["fte"] == 1.0]
    widest = max(len(allowed[person]) for person in police)
    guards: dict[object, list[str]] = defaultdict(list)
    for row in settled:
        if row["contract"] == "GP-38" and row["fte"] == 1.0:
            guards[row["organisation"]].append(str(row["id"]))
    pair = max(guards.values(), key=len)[:2]
    return [person for person in police if len(allowed[person]) == widest], pair, allowed
