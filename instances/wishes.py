"""What people ask and what the planner has decided: requests, pairs and locks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from instances.places import Row

REQUESTS_PER_DAY = 1.5 / 28
"""Of each person."""
POLICE_SHIFTS = ("E", "L", "N", "D12", "N12")
EIGHT_HOUR_SHIFTS = ("E", "L", "N")
OTHER_SHIFTS = ("P1", "P2", "P3")


def request_rows(staff: Sequence[Row], away: Mapping[str, set[date]], start: date, days: int, rng: Random) -> list[Row]:
    """Rows of the Requests sheet, about one and a half per person; none of them about a date of absence."""
    rows: list[Row] = []
    taken = defaultdict(set, {person: set(dates) for person, dates in away.items()})
    for _ in range(round(REQUESTS_PER_DAY * days * len(staff))):
        row = rng.choice(staff)
        person = str(row["id"])
        request = _request(row, start, days, rng)
        dates = set(_span(request["from"], request["to"]))
        if not taken[person] & dates:
            taken[person] |= dates
            rows.append({"staff": person, **request, "weight": rng.choice((1, 1, 1, 2, 2, 3))})
    return sorted(rows, key=lambda row: (str(row["staff"]), str(row["from"])))


def _request(row: Row, start: date, days: int, rng: Random) -> Row:
    """A weekend free (where there is one), a day free, some days without one shift, or one shift wanted on a day."""
    day = rng.randrange(days)
    kind = rng.random()
    shifts = POLICE_SHIFTS if str(row["contract"]).startswith("POL") else OTHER_SHIFTS
    if row["contract"] == "POL-8H":
        shifts = EIGHT_HOUR_SHIFTS
    if kind < 0.3:
        saturday = day - (start + timedelta(day)).weekday() + 5
        saturday -= 7 * (saturday + 1 >= days)
        if saturday >= 0:
            return _asked(start, saturday, saturday + 1, None, "avoid")
    if kind < 0.6:
        return _asked(start, day, day, None, "avoid")
    if kind < 0.8:
        return _asked(start, day, min(days - 1, day + 2), rng.choice(shifts), "avoid")
    return _asked(start, day, day, rng.choice(shifts), "want")


def _asked(start: date, first: int, last: int, shift: str | None, kind: str) -> Row:
    return {"from": start + timedelta(first), "to": start + timedelta(last), "shift": shift, "kind": kind}


def _span(first: object, last: object) -> list[date]:
    if not (isinstance(first, date) and isinstance(last, date)):
        return []
    return [first + timedelta(step) for step in range((last - first).days + 1)]


def pair_rows(staff: Sequence[Row], history: Sequence[Row], together: int, apart: int, rng: Random) -> list[Row]:
    """Rows of the Pairs sheet: both share organisation, contract and fte; those kept apart never met in the history."""
    groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for row in staff:
        groups[row["organisation"], row["contract"], row["fte"]].append(str(row["id"]))
    people = [group for group in groups.values() if len(group) >= 8]
    been: dict[object, set[tuple[object, object]]] = defaultdict(set)
    for row in history:
        been[row["staff"]].add((row["date"], row["hotspot"]))
    rows: list[Row] = []
    used: set[str] = set()
    while len(rows) < together + apart:
        a, b = rng.sample(rng.choice(people), 2)
        kind = "together" if len(rows) < together else "apart"
        if not used & {a, b} and (kind == "together" or not been[a] & been[b]):
            used |= {a, b}
            rows.append({"staff_a": min(a, b), "staff_b": max(a, b), "kind": kind})
    return rows


def lock_rows(
    present: Sequence[str],
    others: Sequence[str],
    spots: Mapping[str, Sequence[str]],
    start: date,
    days: int,
    rng: Random,
) -> list[Row]:
    """Rows of the Locked sheet, on people who are never away and each locked once, so that all of them can hold.

    Three police patrols; one pair of non-police inside the first patrol's duty; three days that stay free.
    """
    police = rng.sample(list(present), 9)
    partners = list(others)
    place = rng.choice(list(spots[partners[0]]))
    rows: list[Row] = []

    def lock(people: Sequence[str], day: int, shift: str, hotspot: str | None) -> None:
        rows.extend(
            {"staff": person, "date": start + timedelta(day), "shift": shift, "hotspot": hotspot} for person in people
        )

    middle = days // 2
    lock(police[0:2], middle, "D12", place)
    lock(partners, middle, "P1", place)
    lock(police[2:4], middle + 4, "N", spots[police[2]][0])
    lock(police[4:6], middle - 6, "L", spots[police[4]][-1])
    lock(police[6:7], middle + 5, "OFF", None)
    lock(police[7:8], middle - 3, "OFF", None)
    lock(police[8:9], middle + 8, "OFF", None)
    return sorted(rows, key=lambda row: (str(row["staff"]), str(row["date"])))
