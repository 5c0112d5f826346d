"""What lies behind: two weeks of history from simple legal rotations, and the counters people carry in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from instances.places import Row
from instances.terms import shift_rows

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


@dataclass(frozen=True, slots=True)
class Team:
    """People who walk through the same cycle of duties together; ``offset`` is where in it they begin."""

    people: tuple[str, ...]
    pattern: tuple[str, ...]
    offset: int
    spots: tuple[str, ...]
    police: bool

    def shift(self, day: int) -> str:
        """The code of the duty on a day, blank for a day off."""
        return self.pattern[(day + self.offset) % len(self.pattern)]


def history_rows(
    staff: Sequence[Row], spots: Mapping[str, Sequence[str]], start: date, days: int = HISTORY_DAYS
) -> list[Row]:
    """Rows of the History sheet for the ``days`` before ``start``, every rule kept: legal cycles, teams of at least two, others
    only where police stand.

    A police team goes where fewest police are; one without a hotspot of its own worked elsewhere. A team of others that finds
    no police for the whole of a duty has the rest of that run of days off.
    """
    clocks = {str(row["code"]): _half_hours(row) for row in shift_rows()}
    heads = {code: [0] * (48 * (days + 2)) for allowed in spots.values() for code in allowed}
    rows: list[Row] = []
    worked: set[tuple[Team, int]] = set()
    teams = sorted(_teams(staff, spots), key=lambda team: not team.police)
    for team, day in ((team, day) for team in teams for day in range(-days, 0)):
        due_before = day > -days and bool(team.shift(day - 1))
        if not team.shift(day) or (due_before and (team, day - 1) not in worked):
            continue
        first, last = clocks[team.shift(day)]
        window = slice(48 * (day + days) + first, 48 * (day + days) + last)
        place: str | None = None
        if team.police and team.spots:
            place = min(team.spots, key=lambda code: sum(heads[code][window]))
            heads[place][window] = [count + len(team.people) for count in heads[place][window]]
        elif not team.police:
            guarded = [code for code in team.spots if min(heads[code][window]) >= 2]
            if not guarded:
                continue
            place = guarded[day % len(guarded)]
        worked.add((team, day))
        rows += [
            {"staff": person, "date": start + timedelta(day), "shift": team.shift(day), "hotspot": place}
            for person in team.people
        ]
    return sorted(rows, key=lambda row: (str(row["staff"]), str(row["date"])))


def _half_hours(shift: Row) -> tuple[int, int]:
    first, last = (
        value.hour * 2 + value.minute // 30 for value in (shift["start"], shift["end"]) if isinstance(value, time)
    )
    return first, last if last > first else last + 48


def _teams(staff: Sequence[Row], spots: Mapping[str, Sequence[str]]) -> Iterator[Team]:
    """Pairs (and one team of three where the number is odd), spread evenly over the days of their cycle."""
    police = {str(row["id"]) for row in staff if str(row["contract"]).startswith("POL")}
    for group, pattern in _rotations(staff, spots):
        number = max(1, len(group) // 2)
        for index in range(number):
            people = group[2 * index : 2 * index + 2] if index < number - 1 else group[2 * index :]
            offset = index * len(pattern) // number
            yield Team(tuple(people), pattern, offset, tuple(spots[people[0]]), people[0] in police)


def _rotations(staff: Sequence[Row], spots: Mapping[str, Sequence[str]]) -> Iterator[tuple[list[str], tuple[str, ...]]]:
    """People who share a rotation and the hotspots they may stand at, with the rotation's cycle of days."""
    groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for row in staff:
        person = str(row["id"])
        groups[row["organisation"], row["contract"], row["fte"] == 1.0, tuple(spots[person])].append(person)
    for (_, contract, full_time, _), people in groups.items():
        cycle = ROTATIONS.get(str(contract), EIGHT_HOURS)
        if not full_time:
            yield people, PART_TIME.get(str(contract), cycle)
        elif str(contract) in ROTATIONS:
            yield people, cycle
        else:
            cut = round(len(people) * (1 - TWELVE_HOUR_SHARE) / 2) * 2
            yield people[:cut], cycle
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
