"""The whole region: the six zones in one workbook, with the partners who work across them; over six months; and four times over.

The two zones without a hotspot have staff all the same: whether pooling pays is what the region is there to show. Two zones
alone, and twice the region, are sizes between the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from instances.away import FOUR_WEEKS
from instances.curve import Scale
from instances.people import Intake
from instances.places import STREET_WORK, Row, Tables, hotspot_rows, organisation_rows, places
from instances.places import ZONES as ZONE_NAMES
from instances.plan import START, Plan, setting_rows, tables
from instances.terms import ten_hour_rows
from instances.zones import ZONES

SCALE = Scale(per_heat=2.2, most=6)
"""More is asked of every hotspot than in the zones' own examples: pooled, all these people are still a little short."""
SHIFT_SETS = {"8h": "E, L, N", "10h": "D10, L10, N10", "12h": "D12, N12", "8h+12h": "E, L, N, D12, N12"}
LONG_DAYS = 26 * 7
OPENING = {"MARB": date(2026, 6, 1)}
"""Of the long instance: first date of a hotspot that opens in the middle."""

FEDERAL, TRANSPORT, KOEKELBERG, EVERE, SAINT_JOSSE = "FED", "TRAN", "KOEK", "EVER", "SJTN"
GUEST_ORGANISATIONS: tuple[Row, ...] = (
    {"code": FEDERAL, "name": "Federal reserve", "kind": "federal"},
    {"code": TRANSPORT, "name": "Public-transport security (example)", "kind": "partner"},
    {"code": KOEKELBERG, "name": "Koekelberg", "kind": "municipality"},
    {"code": EVERE, "name": "Evere", "kind": "municipality"},
    {"code": SAINT_JOSSE, "name": "Saint-Josse", "kind": "municipality"},
)
GUESTS: Mapping[str, tuple[Intake, ...]] = {
    "midi": (
        Intake("F", FEDERAL, "POL-38", 12, spots=("HAL", "MIDI"), role="LEAD", holders=4),
        Intake("T", TRANSPORT, "GP-38", 6, spots=("HAL", "MIDI")),
    ),
    "nord": (
        Intake("T", TRANSPORT, "GP-38", 4, spots=("NORD",)),
        Intake("G", EVERE, "GP-38", 3, spots=("MARB",)),
        Intake("G", SAINT_JOSSE, "GP-38", 3, spots=("NORD",)),
    ),
    "ouest": (Intake("G", KOEKELBERG, "GP-38", 3, spots=("ETAN", "PAAL")),),
}
"""Who helps in a zone by agreement: the federal reserve, public-transport security, neighbouring municipalities."""

_HOTSPOTS = frozenset({"hotspot", "home_hotspot", "hotspots", "neighbours"})
_ORGANISATIONS = frozenset({"organisation", "zone", "municipality"})
_PEOPLE = frozenset({"id", "staff", "staff_a", "staff_b"})
"""Columns that hold codes of one kind, whatever the sheet."""


def region(title: str = "Brussels region, March 2026", days: int = FOUR_WEEKS, copy: int = 0) -> Tables:
    """The workbook of the region. ``copy`` draws other people of the same kinds."""
    whole = _joined([tables(_within_region(name, plan, days, copy)) for name, plan in ZONES.items()])
    return whole | {
        "Settings": setting_rows(title, START, days),
        "Organisations": [*organisation_rows(ZONE_NAMES), *GUEST_ORGANISATIONS],
        "Hotspots": hotspot_rows(ZONE_NAMES),
    }


def shift_lengths() -> Tables:
    """The region with shifts of ten hours, which nobody works unless a strategy says so, and strategies of one length each."""
    whole = region("Brussels region, March 2026, shift lengths")
    whole["Shifts"] = [*({**row, "worked": None} for row in whole["Shifts"]), *ten_hour_rows()]
    rows = [{"name": name, "shifts": shifts} for name, shifts in SHIFT_SETS.items()]
    return whole | {"Strategies": rows}


def half_year() -> Tables:
    """Six months of the region, with a hotspot that opens in the middle."""
    whole = region("Brussels region, March to August 2026", LONG_DAYS)
    for row in whole["Hotspots"]:
        row["from"] = OPENING.get(str(row["code"]))
    whole["History"] = [{**row, "hotspot": None} if row["hotspot"] in OPENING else row for row in whole["History"]]
    return whole


def several(times: int, word: str) -> Tables:
    """Some regions in one, each with hotspots, organisations and people of its own: nobody has so many, an engine may."""
    whole = _joined([_relabelled(region(copy=number), number) for number in range(1, times + 1)])
    return whole | {"Settings": setting_rows(f"{word} the Brussels region, March 2026", START, FOUR_WEEKS)}


def together(names: Sequence[str], title: str) -> Tables:
    """Some zones in one workbook, with the demand of their own examples and without guests."""
    plans = [ZONES[name] for name in names]
    codes = [code for plan in plans for code in plan.zones]
    whole = _joined([tables(_marked(plan)) for plan in plans])
    return whole | {
        "Settings": setting_rows(title, START, FOUR_WEEKS),
        "Organisations": organisation_rows(codes),
        "Hotspots": hotspot_rows(codes),
    }


def two_zones() -> Tables:
    """The zones Midi and Bruxelles-Capitale-Ixelles in one workbook."""
    title = "Brussels, police zones Midi and Bruxelles-Capitale-Ixelles, March 2026"
    return together(["midi", "capitale-ixelles"], title)


def _within_region(name: str, plan: Plan, days: int, copy: int) -> Plan:
    """A zone's plan with its guests and the region's demand. ``copy`` draws other people."""
    guests = replace(plan, intakes=(*plan.intakes, *GUESTS.get(name, ())))
    return replace(_marked(guests), scale=SCALE, days=days, seed=plan.seed + 10_000 * copy)


def _marked(plan: Plan) -> Plan:
    """A zone's plan with ids of its own: 41 in ``P41-001`` are the last digits of zone 5341.

    The street educators of a zone stay in it, so that zones can be told apart.
    """
    mark, spots = plan.zones[0][-2:], tuple(place.code for place in places(plan.zones))
    intakes = [
        replace(
            intake,
            prefix=f"{intake.prefix}{mark}",
            spots=spots if intake.organisation == STREET_WORK else intake.spots,
        )
        for intake in plan.intakes
    ]
    return replace(plan, intakes=tuple(intakes))


def _joined(parts: Sequence[Tables]) -> Tables:
    """All rows of all parts; what several parts share (shifts, roles, contracts) only once."""
    sheets = {sheet: [row for part in parts for row in part[sheet]] for sheet in parts[0]}
    return {
        sheet: list({str(row["code"]): row for row in rows}.values()) if "code" in rows[0] else rows
        for sheet, rows in sheets.items()
    }


def _relabelled(part: Tables, number: int) -> Tables:
    """The same with codes that end in a number: ``HAL-2``, ``5341-2``; a name gets it too."""
    return {
        sheet: [{column: _numbered(sheet, column, value, number) for column, value in row.items()} for row in rows]
        for sheet, rows in part.items()
    }


def _numbered(sheet: str, column: str, value: object, number: int) -> object:
    own = column in {"code", "name"} and sheet in {"Organisations", "Hotspots"}
    if not value or not (own or column in _HOTSPOTS | _ORGANISATIONS | _PEOPLE):
        return value
    blank = " " if column in {"name", "municipality"} else "-"
    return ", ".join(f"{code}{blank}{number}" for code in str(value).split(", "))
