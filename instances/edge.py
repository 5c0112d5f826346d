"""Workbooks on the edges of time and of the data: each a handful of people and one question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time, timedelta

from instances.places import Row, Tables, hotspot_rows, organisation_rows
from instances.plan import setting_rows

ZONE = ("5341",)
MONDAY = date(2026, 3, 2)


def _small(title: str, start: date, days: int, people: int, **sheets: list[Row]) -> Tables:
    """``people`` police of zone Midi on 38 hours at HAL, duties E, L, N, two heads wanted round the clock; then ``sheets``."""
    found: Tables = {
        "Settings": setting_rows(title, start, days),
        "Organisations": organisation_rows(ZONE)[:1],
        "Hotspots": [{**row, "neighbours": ""} for row in hotspot_rows(ZONE) if row["code"] == "HAL"],
        "Shifts": [
            {"code": "E", "start": time(6), "end": time(14)},
            {"code": "L", "start": time(14), "end": time(22)},
            {"code": "N", "start": time(22), "end": time(6)},
        ],
        "Contracts": [{"code": "POL-38", "category": "police", "weekly_hours": 38}],
        "Staff": [_person(number) for number in range(1, people + 1)],
        "Demand": [_demand(time(0), time(0))],
    }
    return found | sheets


def _person(number: int, **cells: object) -> Row:
    plain = {"id": f"P-{number:02d}", "name": "synthetic", "organisation": "5341", "contract": "POL-38", "fte": 1}
    return plain | cells


def _demand(begin: time, end: time, hotspot: str = "HAL", minimum: int = 2) -> Row:
    return {
        "hotspot": hotspot,
        "role": "police",
        "days": "Mon-Sun",
        "from": begin,
        "to": end,
        "minimum": minimum,
        "target": minimum,
    }


def _worked(number: int, first: date, shifts: Sequence[str]) -> list[Row]:
    """History of one person at HAL from ``first`` on; a blank is a day off."""
    return [
        {"staff": f"P-{number:02d}", "date": first + timedelta(step), "shift": shift, "hotspot": "HAL"}
        for step, shift in enumerate(shifts)
        if shift
    ]


def midnight() -> Tables:
    """Duties and demand that end at, begin at and cross midnight; the night before the horizon still covers its first hours."""
    return _small(
        "Edge: midnight",
        MONDAY,
        3,
        6,
        Shifts=[
            {"code": "D", "start": time(8), "end": time(16)},
            {"code": "L", "start": time(16), "end": time(0)},
            {"code": "Z", "start": time(0), "end": time(8)},
            {"code": "N", "start": time(22), "end": time(6)},
        ],
        Demand=[_demand(time(16), time(0)), _demand(time(0), time(4)), _demand(time(22), time(2))],
        History=_worked(1, MONDAY - timedelta(1), ["N"]) + _worked(2, MONDAY - timedelta(1), ["N"]),
    )


def spring() -> Tables:
    """The night of 28–29 March 2026 lasts seven hours from 22:00 to 06:00: 840 person-minutes for two."""
    return _small("Edge: clocks go forward", date(2026, 3, 27), 4, 8)


def autumn() -> Tables:
    """The night of 24–25 October 2026 lasts nine hours; N12 then lasts thirteen, more than the twelve allowed."""
    start = date(2026, 10, 23)
    twelve = {"code": "N12", "start": time(19), "end": time(7)}
    plain = _small("Edge: clocks go back", start, 4, 8)
    return plain | {"Shifts": [*plain["Shifts"], twelve]}


def history() -> Tables:
    """What was worked before the horizon forbids some of its first duties, one limit a person.

    P-01 worked five nights in a row and a night ending at 06:00; P-02 six days in a row; P-03 one day off so far, a second is
    due; P-04 a late duty, so no early one on Monday; P-05 three weekends in a row: the next is free; P-06 and P-07 nothing.
    """
    week = MONDAY - timedelta(7)
    rows = _worked(1, week + timedelta(2), ["N", "N", "N", "N", "N"])
    rows += _worked(2, week + timedelta(1), ["E", "E", "E", "E", "E", "E"])
    rows += _worked(3, week + timedelta(4), ["L", "L", ""])
    rows += _worked(4, week + timedelta(5), ["L", "L"])
    for back in (16, 9, 2):
        rows += _worked(5, MONDAY - timedelta(back), ["E", "E"])
    return _small("Edge: history at the border", MONDAY, 7, 7, History=rows)


def part_time_zero() -> Tables:
    """A person of zero hours is never planned; half time and a contract of zero hours count for what they are."""
    zero_hours = {"code": "POL-0", "category": "police", "weekly_hours": 0}
    plain = _small("Edge: part time, down to zero", MONDAY, 7, 4)
    return plain | {
        "Contracts": [*plain["Contracts"], zero_hours],
        "Staff": [_person(1), _person(2), _person(3, fte=0.5), _person(4, fte=0), _person(5, contract="POL-0")],
        "Demand": [_demand(time(6), time(14))],
    }


def opening() -> Tables:
    """MIDI opens on Thursday and CLEM closes on Tuesday: no demand and no duty outside these dates."""
    spots = [{**row, "neighbours": ""} for row in hotspot_rows(ZONE) if row["code"] in ("CLEM", "MIDI")]
    spots[0]["until"], spots[1]["from"] = MONDAY + timedelta(1), MONDAY + timedelta(3)
    return _small(
        "Edge: a hotspot opens, another closes",
        MONDAY,
        7,
        6,
        Hotspots=spots,
        Demand=[_demand(time(6), time(22), "CLEM"), _demand(time(6), time(22), "MIDI")],
    )


def empty_sheets() -> Tables:
    """Only headings wherever a sheet may be empty, the demand included: nothing is asked, so nothing is short."""
    optional = ("Roles", "Absences", "Requests", "Pairs", "Locked", "History", "Counters", "Holidays")
    return _small("Edge: empty sheets", MONDAY, 7, 2, Demand=[]) | {sheet: [] for sheet in optional}


def contradictory_locks() -> Tables:
    """Three locks that cannot hold: an early duty after a night (two cells), and a duty on a day of leave."""
    return _small(
        "Edge: contradictory locks",
        MONDAY,
        7,
        6,
        Absences=[
            {"staff": "P-02", "from": MONDAY + timedelta(2), "to": MONDAY + timedelta(4), "counts_as_work": False}
        ],
        Locked=[
            _lock(1, 1, "N"),
            _lock(1, 2, "E"),
            _lock(2, 3, "L"),
            _lock(3, 5, "L"),
            _lock(4, 5, "L"),
        ],
    )


def _lock(number: int, day: int, shift: str) -> Row:
    return {"staff": f"P-{number:02d}", "date": MONDAY + timedelta(day), "shift": shift, "hotspot": "HAL"}


EDGES: Mapping[str, Callable[[], Tables]] = {
    "edge-midnight": midnight,
    "edge-spring": spring,
    "edge-autumn": autumn,
    "edge-history": history,
    "edge-parttime-zero": part_time_zero,
    "edge-opening": opening,
    "edge-empty-sheets": empty_sheets,
    "edge-contradictory-locks": contradictory_locks,
}
