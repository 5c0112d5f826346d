"""What lies behind: two weeks of history from simple legal rotations, and the counters people carry in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from instances.places import Row

HISTORY_DAYS = 14
EIGHT_HOURS = ("E", "E", "L", "L", "N", "N", "", "", "")
TWELVE_HOURS = ("D12", "D12", "N12", "N12", "", "", "", "")
ROTATIONS = {
    "POL-32": ("L", "L", "N", "N", "", "", ""),
    "POL-8H": EIGHT_HOURS,
    "GP-38": ("P1", "P1", "P2", "P2", "P3", "", "", ""),
    "EDU-38": ("P1", "P1", "P2", "P2", "", "", ""),
}
PART_TIME = {"POL-38": ("E", "E", "L", "L", "", "", "", "", "", ""), "GP-38": ("P1", "P1", "P2", "P2", "", "", "", "")}
TWELVE_HOUR_SHARE = 0.4
"""Share of the full-time POL-38 people who come from a rotation of 12-hour duties."""


def history_rows(staff: Sequence[Row], spots: Mapping[str, Sequence[str]], start: date) -> list[Row]:
    """Rows of the History sheet: every line legal by itself, people on the same duty spread over hotspots in patrols."""
    present: dict[tuple[int, str, tuple[str, ...]], list[str]] = defaultdict(list)
    for group, pattern in _rotations(staff):
        teams = max(1, len(group) // 2)
        for index, person in enumerate(group):
            offset = min(index // 2, teams - 1) * len(pattern) // teams
            for day in range(-HISTORY_DAYS, 0):
                shift = pattern[(day + offset) % len(pattern)]
                if shift:
                    present[day, shift, tuple(spots[person])].append(person)
    rows: list[Row] = []
    for (day, shift, allowed), people in present.items():
        patrols = max(1, len(people) // 2)
        for index, person in enumerate(people):
            place = allowed[(min(index // 2, patrols - 1) + day) % len(allowed)]
            rows.append({"staff": person, "date": start + timedelta(day), "shift": shift, "hotspot": place})
    return sorted(rows, key=lambda row: (str(row["staff"]), str(row["date"])))


def _rotations(staff: Sequence[Row]) -> Iterator[tuple[list[str], tuple[str, ...]]]:
    """People who share a rotation, with its cycle of days."""
    groups: dict[tuple[str, str, bool], list[str]] = defaultdict(list)
    for row in staff:
        full_time = float(str(row["fte"])) == 1.0
        groups[str(row["organisation"]), str(row["contract"]), full_time].append(str(row["id"]))
    for (_, contract, full_time), people in groups.items():
        if not full_time:
            yield people, PART_TIME.get(contract) or ROTATIONS[contract]
        elif contract in ROTATIONS:
            yield people, ROTATIONS[contract]
        else:
            cut = round(len(people) * (1 - TWELVE_HOUR_SHARE))
            yield people[:cut], EIGHT_HOURS
            yield people[cut:], TWELVE_HOURS


def counter_rows(staff: Sequence[Row], rng: Random) -> list[Row]:
    """Rows of the Counters sheet at the start of March: nine weekends and one public holiday of the year are over."""
    return [
        {
            "staff": row["id"],
            "hours_balance": rng.randint(-6, 8),
            "nights": _nights(str(row["contract"])) + rng.randint(-2, 2),
            "weekends": 4 + rng.randint(-1, 1),
            "holidays": rng.randint(0, 1),
        }
        for row in staff
    ]


def _nights(contract: str) -> int:
    """Nights worked so far this year by an ordinary person of a contract."""
    if contract.startswith("POL"):
        return 14
    return 6 if contract.startswith("GP") else 3
