"""What lies behind: two weeks of history from simple legal rotations, and the counters people carry in.

The last night stands where the first hours of the horizon want it: no duty of the horizon reaches them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from instances.eve import HALF_HOURS, Eve, half_hours
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
    heads: Mapping[str, int] = field(compare=False)
    """How many they are of their category, and of each role that one of them holds."""

    def shift(self, day: int) -> str:
        """The code of the duty on a day, blank for a day off."""
        return self.pattern[(day + self.offset) % len(self.pattern)]


def history_rows(
    staff: Sequence[Row],
    spots: Mapping[str, Sequence[str]],
    demand: Sequence[Row],
    start: date,
    days: int = HISTORY_DAYS,
) -> list[Row]:
    """Rows of the History sheet for the ``days`` before ``start``, every rule kept: legal cycles, teams of at least two, others
    only where police stand.

    A police team goes where most is missing of what the first hours of the horizon ask, then where fewest police are; one without
    a hotspot of its own worked elsewhere. A team of others that finds no police for the whole of a duty has the rest of that run
    of days off.
    """
    past = _Past(list(_teams(staff, spots)), Eve(demand, start), days)
    for day in range(-days, 0):
        past.police_of(day)
        past.others_of(day)
    rows: list[Row] = [
        {"staff": person, "date": start + timedelta(day), "shift": team.shift(day), "hotspot": place}
        for (team, day), place in past.worked.items()
        for person in team.people
    ]
    return sorted(rows, key=lambda row: (str(row["staff"]), str(row["date"])))


class _Past:
    """Who worked where, day after day; ``worked`` holds the hotspot of every team on every day of duty, None for elsewhere."""

    def __init__(self, teams: Sequence[Team], eve: Eve, days: int) -> None:
        self.worked: dict[tuple[Team, int], str | None] = {}
        self._teams, self._eve, self._days = teams, eve, days
        self._clocks = {str(row["code"]): half_hours(row["start"], row["end"]) for row in shift_rows()}
        codes = {code for team in teams for code in team.spots}
        self._heads = {code: [0] * (HALF_HOURS * (days + 2)) for code in codes}
        """Police at each hotspot in every half hour."""

    def police_of(self, day: int) -> None:
        waiting = [team for team in self._teams if team.police and team.shift(day)]
        self.worked |= {(team, day): None for team in waiting if not team.spots}
        choices = [(team, place) for team in waiting for place in team.spots]
        while choices:
            team, place = max(choices, key=lambda at: (self._gain(*at, day), -sum(self._police(*at, day))))
            choices = [other for other in choices if other[0] != team]
            now = self._police(team, place, day)
            self._heads[place][self._window(team, day)] = [count + len(team.people) for count in now]
            self._stand(team, place, day)

    def others_of(self, day: int) -> None:
        for team in self._teams:
            began = day > -self._days and bool(team.shift(day - 1))
            if team.police or not team.shift(day) or (began and (team, day - 1) not in self.worked):
                continue
            guarded = [place for place in team.spots if min(self._police(team, place, day)) >= 2]
            if guarded:
                turn = day % len(guarded)
                places = guarded[turn:] + guarded[:turn]
                self._stand(team, max(places, key=lambda place: self._gain(team, place, day)), day)

    def _stand(self, team: Team, place: str, day: int) -> None:
        self.worked[team, day] = place
        if day == -1:
            self._eve.stand(team.heads, place, self._clocks[team.shift(day)][1])

    def _gain(self, team: Team, place: str, day: int) -> tuple[int, ...]:
        """What of the first hours of the horizon they would cover."""
        return self._eve.gain(team.heads, place, self._clocks[team.shift(day)][1]) if day == -1 else ()

    def _police(self, team: Team, place: str, day: int) -> list[int]:
        """The police at a place during a team's duty."""
        return self._heads[place][self._window(team, day)]

    def _window(self, team: Team, day: int) -> slice:
        first, last = self._clocks[team.shift(day)]
        begin = HALF_HOURS * (day + self._days)
        return slice(begin + first, begin + last)


def _teams(staff: Sequence[Row], spots: Mapping[str, Sequence[str]]) -> Iterator[Team]:
    """Pairs (and one team of three where the number is odd), spread evenly over the days of their cycle. Those who hold a role
    come first in their group: dealt round, so that as many teams as can be have one."""
    row_of = {str(row["id"]): row for row in staff}
    for group, pattern in _rotations(staff, spots):
        number = max(1, len(group) // 2)
        for index in range(number):
            people = tuple(group[index::number])
            police = str(row_of[people[0]]["contract"]).startswith("POL")
            heads = Counter(str(row_of[person]["roles"]) for person in people if row_of[person]["roles"])
            heads["police" if police else "non_police"] = len(people)
            yield Team(people, pattern, index * len(pattern) // number, tuple(spots[people[0]]), police, heads)


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
