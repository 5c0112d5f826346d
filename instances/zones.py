"""One police zone for four weeks: staff, demand, absences, wishes and history, tuned so that staff is a little short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from instances.away import Away, absence_rows, dates_away
from instances.curve import Scale, demand_row, police_rows
from instances.past import counter_rows, history_rows
from instances.people import Intake, spots_of, staff_rows
from instances.places import STREET_WORK, Row, Tables, hotspot_rows, organisation_rows, places
from instances.terms import contract_rows, role_rows, shift_rows
from instances.wishes import lock_rows, pair_rows, request_rows

START = date(2026, 3, 2)
DAYS = 28


@dataclass(frozen=True, slots=True)
class Plan:
    """All that makes one zone's instance; ``extra_demand`` holds rows beside the police curve."""

    title: str
    seed: int
    zones: tuple[str, ...]
    intakes: tuple[Intake, ...]
    extra_demand: Callable[[], list[Row]]
    scale: Scale = field(default_factory=Scale)
    away: Away = field(default_factory=Away)
    together: int = 4
    apart: int = 3
    start: date = START
    days: int = DAYS


def tables(plan: Plan) -> Tables:
    """The workbook of a plan, as rows by sheet. Equal plans make equal tables.

    Each part draws from its own generator, so that a change to one leaves the others as they are.
    """

    def rng(part: str) -> Random:
        return Random(f"{plan.seed}/{part}")

    spots = places(plan.zones)
    staff = staff_rows(plan.intakes, spots, rng("staff"))
    allowed = spots_of(plan.intakes, spots, staff)
    absences = absence_rows([str(row["id"]) for row in staff], plan.start, plan.days, plan.away, rng("absences"))
    away = dates_away(absences)
    seasoned = [row for row in staff if row["from"] is None and len(away.get(str(row["id"]), ())) < plan.days]
    settled = [row for row in seasoned if str(row["id"]) not in away and row["until"] is None]
    history = history_rows(seasoned, allowed, plan.start)
    demand = [row for place in spots for row in police_rows(place, plan.scale)]
    return {
        "Settings": setting_rows(plan.title, plan.start, plan.days),
        "Organisations": organisation_rows(plan.zones),
        "Hotspots": hotspot_rows(plan.zones),
        "Shifts": shift_rows(),
        "Roles": role_rows(),
        "Contracts": contract_rows(),
        "Staff": staff,
        "Demand": [*demand, *plan.extra_demand()],
        "Absences": absences,
        "Requests": request_rows(staff, away, plan.start, plan.days, rng("requests")),
        "Pairs": pair_rows(seasoned, history, plan.together, plan.apart, rng("pairs")),
        "Locked": lock_rows(*_lockable(settled, allowed), plan.start, plan.days, rng("locks")),
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


def _midi_demand() -> list[Row]:
    """Patrol leaders where it is hottest; peacekeepers in pairs by day and evening, later at the two stations of nightlife."""
    rows = [
        demand_row("MIDI", "LEAD", "Mon-Sun", 6, 30, 1, 1),
        demand_row("HAL", "LEAD", "Mon-Sun", 14, 30, 1, 1),
        demand_row("CLEM", "LEAD", "Mon-Sun", 22, 30, 0, 1),
    ]
    rows += [
        demand_row(hotspot, "non_police", "Mon-Fri", 7, 22, 2, 2, 6)
        for hotspot in ("HAL", "CLEM", "PETE", "ANTO", "MIDI")
    ]
    rows += [
        demand_row("HAL", "non_police", "Sat-Sun", 7, 22, 2, 2, 6),
        demand_row("MIDI", "non_police", "Sat-Sun", 7, 22, 2, 2, 6),
        demand_row("CLEM", "non_police", "Sat-Sun", 14, 22, 2, 2, 6),
        demand_row("PETE", "non_police", "Sat", 14, 22, 2, 2, 6),
        demand_row("HAL", "non_police", "Thu-Sat", 22, 26, 2, 2, 6),
        demand_row("MIDI", "non_police", "Thu-Sat", 22, 26, 2, 2, 6),
    ]
    rows += [demand_row(hotspot, "EDUC", "Mon-Fri", 14, 19, 1, 1) for hotspot in ("HAL", "CLEM", "MIDI")]
    return rows


def _ouest_demand() -> list[Row]:
    """Patrol leaders where it is hottest; Molenbeek's peacekeepers in pairs by day and evening."""
    rows = [
        demand_row("ETAN", "LEAD", "Mon-Sun", 6, 30, 1, 1),
        demand_row("RIBA", "LEAD", "Mon-Sun", 14, 30, 1, 1),
    ]
    rows += [
        demand_row(hotspot, "non_police", "Mon-Fri", 7, 22, 2, 2, 6) for hotspot in ("ETAN", "RIBA", "BONN", "PAAL")
    ]
    rows += [demand_row(hotspot, "non_police", "Sat-Sun", 14, 22, 2, 2, 6) for hotspot in ("ETAN", "RIBA")]
    rows += [demand_row("ETAN", "non_police", "Thu-Sat", 22, 26, 2, 2, 6)]
    rows += [demand_row(hotspot, "EDUC", "Mon-Fri", 14, 19, 1, 1) for hotspot in ("ETAN", "BONN")]
    return rows


PLANS: Mapping[str, Plan] = {
    "brussels-midi": Plan(
        title="Brussels, police zone Midi, March 2026",
        seed=5341,
        zones=("5341",),
        intakes=(
            Intake("P", "5341", "POL-38", 46, role="LEAD", holders=17),
            Intake("P", "5341", "POL-38", 6, spots=("HAL", "MIDI"), role="LEAD", holders=2),
            Intake("P", "5341", "POL-38", 2, first=date(2026, 3, 9)),
            Intake("P", "5341", "POL-38", 1, last=date(2026, 3, 20)),
            Intake("P", "5341", "POL-38", 6, fte=0.8, role="LEAD", holders=2),
            Intake("P", "5341", "POL-38", 3, fte=0.5),
            Intake("P", "5341", "POL-32", 8, role="LEAD", holders=3),
            Intake("P", "5341", "POL-8H", 8, role="LEAD", holders=3),
            Intake("G", "ANDE", "GP-38", 6),
            Intake("G", "ANDE", "GP-38", 3, fte=0.5),
            Intake("G", "STGI", "GP-38", 8),
            Intake("G", "STGI", "GP-38", 2, fte=0.8),
            Intake("G", "FORE", "GP-38", 5),
            Intake("S", STREET_WORK, "EDU-38", 4, role="EDUC", holders=4),
            Intake("S", STREET_WORK, "EDU-38", 2, fte=0.8, role="EDUC", holders=2),
        ),
        extra_demand=_midi_demand,
    ),
    "brussels-ouest": Plan(
        title="Brussels, police zone Bruxelles-Ouest, March 2026",
        seed=5340,
        zones=("5340",),
        intakes=(
            Intake("P", "5340", "POL-38", 40, role="LEAD", holders=14),
            Intake("P", "5340", "POL-38", 1, first=date(2026, 3, 9)),
            Intake("P", "5340", "POL-38", 5, fte=0.8, role="LEAD", holders=1),
            Intake("P", "5340", "POL-38", 2, fte=0.5),
            Intake("P", "5340", "POL-32", 6, role="LEAD", holders=2),
            Intake("P", "5340", "POL-8H", 6, role="LEAD", holders=2),
            Intake("G", "MOLE", "GP-38", 13),
            Intake("G", "MOLE", "GP-38", 4, fte=0.8),
            Intake("S", STREET_WORK, "EDU-38", 3, role="EDUC", holders=3),
            Intake("S", STREET_WORK, "EDU-38", 1, fte=0.5, role="EDUC", holders=1),
        ),
        extra_demand=_ouest_demand,
        together=3,
        apart=2,
    ),
}
