"""Who: synthetic staff in numbers, contracts and shares of full time that a zone could have. Nobody here exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from instances.places import MUNICIPALITIES, ZONES, Place, Row

SYNTHETIC = "synthetic"


@dataclass(frozen=True, slots=True)
class Intake:
    """``number`` people of one organisation on one contract at one share of full time.

    ``role`` is held by the first ``holders`` of them. ``spots`` restricts them to some hotspots by agreement. ``first``
    and ``last`` are their first and last date in service, where these fall inside the horizon.
    """

    prefix: str
    organisation: str
    contract: str
    number: int
    fte: float = 1.0
    role: str = ""
    holders: int = 0
    spots: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


def staff_rows(intakes: Sequence[Intake], places: Sequence[Place], rng: Random) -> list[Row]:
    """Rows of the Staff sheet, numbered within each prefix. About two in three have a home hotspot where they may stand."""
    rows: list[Row] = []
    numbers: dict[str, int] = {}
    for intake in intakes:
        open_to = [place for place in places if may_stand(intake, place)]
        for index in range(intake.number):
            numbers[intake.prefix] = numbers.get(intake.prefix, 0) + 1
            home = open_to[index % len(open_to)].code if rng.random() < 2 / 3 and open_to else None
            rows.append(
                {
                    "id": f"{intake.prefix}-{numbers[intake.prefix]:03d}",
                    "name": SYNTHETIC,
                    "organisation": intake.organisation,
                    "roles": intake.role if index < intake.holders else "",
                    "contract": intake.contract,
                    "fte": intake.fte,
                    "home_hotspot": home,
                    "hotspots": ", ".join(intake.spots),
                    "from": intake.first,
                    "until": intake.last,
                }
            )
    return rows


def spots_of(intakes: Sequence[Intake], places: Sequence[Place], rows: Sequence[Row]) -> dict[str, list[str]]:
    """The hotspots at which each person of :func:`staff_rows` may stand, by id."""
    table: dict[str, list[str]] = {}
    ids = iter(rows)
    for intake in intakes:
        allowed = [place.code for place in places if may_stand(intake, place)]
        for _ in range(intake.number):
            table[str(next(ids)["id"])] = allowed
    return table


def may_stand(intake: Intake, place: Place) -> bool:
    """Whether jurisdiction or an agreement lets the people of an intake stand at a place."""
    if intake.spots:
        return place.code in intake.spots
    if intake.organisation in ZONES:
        return place.zone == intake.organisation
    if intake.organisation in MUNICIPALITIES:
        return place.municipality == MUNICIPALITIES[intake.organisation][0]
    return True
