"""Small instances and rosters for tests, in few words. Every person is synthetic.

The default world: Monday 2026-03-02, one hotspot ``HAL`` (zone ``5341``), three shifts of eight hours (``E`` 06:00–14:00, ``L``
14:00–22:00, ``N`` 22:00–06:00), one police contract ``POL`` in which nobody has to be two, and no demand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from scheduler.problem.facts import (
    Absence,
    Category,
    Contract,
    Days,
    Demand,
    HistoryDuty,
    Hotspot,
    Lock,
    Organisation,
    OrganisationKind,
    Shift,
    Staff,
)
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.problem.timeline import Calendar

MONDAY = dt.date(2026, 3, 2)
SPRING = dt.date(2026, 3, 28)
"""The Saturday before the night of 28–29 March 2026, which is an hour short."""
AUTUMN = dt.date(2026, 10, 24)
"""The Saturday before the night of 24–25 October 2026, which is an hour long."""


def minutes(clock: str) -> int:
    """``"22:00"`` as minutes after midnight."""
    hours, rest = clock.split(":")
    return int(hours) * 60 + int(rest)


def shift(code: str, start: str, end: str, **changes: Any) -> Shift:
    """A shift; an end at or before the start is on the next day."""
    low, high = minutes(start), minutes(end)
    return Shift(code=code, start=low, end=high if high > low else high + 24 * 60, **changes)


SHIFTS = (shift("E", "06:00", "14:00"), shift("L", "14:00", "22:00"), shift("N", "22:00", "06:00"))
ZONE = Organisation(code="5341", name="Midi", kind=OrganisationKind.POLICE_ZONE)
TOWN = Organisation(code="SGIL", name="Saint-Gilles", kind=OrganisationKind.MUNICIPALITY)


def hotspot(code: str = "HAL", **changes: Any) -> Hotspot:
    return Hotspot(**{"code": code, "municipality": "Saint-Gilles", "zone": "5341", **changes})


def contract(code: str = "POL", **changes: Any) -> Contract:
    return Contract(**{"code": code, "category": Category.POLICE, "min_together": 1, **changes})


def free_contract(code: str = "POL", **changes: Any) -> Contract:
    """A contract without any limit, whatever the category, so that a test switches on the one it is about."""
    loose = {
        "reference_weeks": 8,
        "max_hours_24h": None,
        "max_hours_week": None,
        "min_rest_hours": 0.0,
        "max_consecutive_days": None,
        "max_consecutive_nights": None,
        "min_days_off": 1,
        "max_weekends_in_row": None,
        "max_weekends_year": None,
        "night_from": 22 * 60,
        "needs_police": 0,
    }
    return contract(code, **{**loose, **changes})


def person(staff: str = "P1", **changes: Any) -> Staff:
    return Staff(**{"id": staff, "organisation": "5341", "contract": "POL", **changes})


def demand(
    role: str = "police", days: str = "Mon-Sun", start: str = "00:00", until: str = "24:00", **heads: int
) -> Demand:
    """Demand at HAL; ``heads`` are minimum, target and maximum; a target left out is the minimum."""
    low, high = minutes(start), minutes(until)
    figures = {"target": heads.get("minimum", 0), **heads}
    return Demand(
        hotspot="HAL",
        role=role,
        days=Days.parse(days),
        start=low,
        until=high if high > low else high + 24 * 60,
        **figures,
    )


def make(days: int = 7, *, start: dt.date = MONDAY, people: int | Sequence[Staff] = 1, **facts: Any) -> Instance:
    """An instance of the default world; any field of :class:`Instance` may be given instead of its default.

    ``people`` is a number (then they are P1, P2, …) or the staff themselves; ``holidays`` goes to the calendar.
    """
    staff = [person(f"P{index + 1}") for index in range(people)] if isinstance(people, int) else people
    calendar = Calendar(start=start, days=days, holidays=facts.pop("holidays", {}))
    world: dict[str, Any] = {
        "title": "synthetic staff, for tests",
        "organisations": (ZONE, TOWN),
        "hotspots": (hotspot(),),
        "shifts": SHIFTS,
        "contracts": (contract(),),
    }
    return Instance(calendar=calendar, staff=tuple(staff), **{**world, **facts})


def lines(spot: str = "HAL", /, **by_person: str) -> Roster:
    """``lines(P1="EE.N")``: one letter a day is the code of a shift, a dot is a day off; all stand at one hotspot."""
    return Roster.of(
        Assignment(staff, day, code, spot)
        for staff, line in by_person.items()
        for day, code in enumerate(line)
        if code != "."
    )


def moved(assignment: Assignment, days: int) -> Assignment:
    """The same so many days later."""
    return Assignment(assignment.staff, assignment.day + days, assignment.shift, assignment.hotspot)


def past(staff: str, line: str, *, start: dt.date = MONDAY, spot: str | None = None) -> tuple[HistoryDuty, ...]:
    """``past("P1", "E.N")``: history whose last letter is the day before the horizon."""
    return tuple(
        HistoryDuty(staff=staff, date=start - dt.timedelta(days=len(line) - index), shift=code, hotspot=spot)
        for index, code in enumerate(line)
        if code != "."
    )


def _away(
    staff: str, first: int, last: int | None, clock: tuple[str, str], start: dt.date, counts_as_work: bool
) -> Absence:
    calendar = Calendar(start=start, days=1)
    return Absence(
        staff=staff,
        start=calendar.minute(first, minutes(clock[0])),
        end=calendar.minute(first if last is None else last, minutes(clock[1])),
        counts_as_work=counts_as_work,
    )


def leave(
    staff: str,
    first: int,
    last: int | None = None,
    *,
    clock: tuple[str, str] = ("00:00", "24:00"),
    start: dt.date = MONDAY,
) -> Absence:
    """Leave from a day number to another, both included; ``clock`` gives part of a day."""
    return _away(staff, first, last, clock, start, counts_as_work=False)


def elsewhere(
    staff: str,
    first: int,
    last: int | None = None,
    *,
    clock: tuple[str, str] = ("00:00", "24:00"),
    start: dt.date = MONDAY,
) -> Absence:
    """A duty elsewhere (court, training): like :func:`leave`, but its time counts as work."""
    return _away(staff, first, last, clock, start, counts_as_work=True)


def lock(staff: str, day: int, code: str, spot: str | None = None, *, start: dt.date = MONDAY) -> Lock:
    return Lock(staff=staff, date=start + dt.timedelta(days=day), shift=code, hotspot=spot)
