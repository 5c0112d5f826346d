"""A small world with something of everything a result sheet shows, and results to write from it. Staff is synthetic."""

from __future__ import annotations

import datetime as dt
from typing import Any

from scheduler.analysis.coverage import shortages
from scheduler.problem.facts import (
    OFF,
    Category,
    Contract,
    Counter,
    Demand,
    Hotspot,
    Organisation,
    OrganisationKind,
    Request,
    Role,
    Staff,
)
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.result import Coverage, LevelResult, Result, RunRecord, Status
from scheduler.rules.audit import audit
from scheduler.system.versions import rules_digest
from tests.builders import MONDAY, demand, elsewhere, hotspot, leave, lock, make, past

ZONE = Organisation(code="5341", name="Midi", kind=OrganisationKind.POLICE_ZONE)
TOWN = Organisation(code="SGIL", name="Saint-Gilles", kind=OrganisationKind.MUNICIPALITY)
HOSTILE = '=HYPERLINK("http://example.invalid","click")'
"""A name that would be a formula if anybody let it."""


def spot(code: str, **facts: object) -> Hotspot:
    return hotspot(code, name=f"Place {code}", **facts)


def asked(role: str, where: str, start: str, until: str, **heads: int) -> Demand:
    return demand(role, start=start, until=until, **heads).model_copy(update={"hotspot": where})


def world(
    *, size: int = 12, days: int = 28, start: dt.date = MONDAY, language: str = "en", **facts: object
) -> Instance:
    """Two hotspots, police and peacekeepers, leave, a duty elsewhere, locks, requests, history, counters and a holiday."""
    police = [
        Staff(
            id=f"P-{n:03d}",
            name=HOSTILE if n == 1 else f"synthetic {n}",
            organisation="5341",
            contract="POL",
            roles=("LEAD",) if n % 3 == 0 else (),
            fte=0.8 if n % 5 == 0 else 1.0,
        )
        for n in range(1, size + 1)
    ]
    others = [
        Staff(id=f"G-{n:02d}", name="", organisation="SGIL", contract="GDP", roles=(), fte=1.0)
        for n in range(1, size // 2 + 1)
    ]
    given: dict[str, Any] = {
        "title": "Synthetic staff & two hotspots",
        "language": language,
        "organisations": (ZONE, TOWN),
        "hotspots": (spot("HAL", priority=2), spot("MIDI")),
        "roles": (Role(code="LEAD", name="patrol leader", category=Category.POLICE),),
        "contracts": (
            Contract(code="POL", name="Police 38 h", category=Category.POLICE),
            Contract(code="GDP", name="Peacekeeper", category=Category.NON_POLICE, needs_police=2, night_from=20 * 60),
        ),
        "demand": (
            asked("police", "HAL", "00:00", "24:00", minimum=2, target=3, maximum=4),
            asked("police", "MIDI", "08:00", "24:00", minimum=2),
            asked("non_police", "HAL", "10:00", "22:00", minimum=1, target=2),
        ),
        "absences": (leave("P-002", 3, 6, start=start), elsewhere("P-003", 1, start=start)),
        "locks": (lock("P-001", 0, "E", "HAL", start=start), lock("P-004", 2, OFF, start=start)),
        "requests": (
            Request(staff="P-005", first=start, last=start + dt.timedelta(days=1), kind="avoid", weight=3),
            Request(staff="P-006", first=start, last=start, shift="E", kind="want"),
        ),
        "history": past("P-007", "N", start=start, spot="HAL"),
        "counters": (Counter(staff="P-008", hours_balance=-4.5, nights=6, weekends=3),),
        "holidays": {start + dt.timedelta(days=4): "Feast of the tests"},
    }
    known = {member.id for member in (*police, *others)}
    for table in ("absences", "locks", "requests", "history", "counters"):
        given[table] = tuple(item for item in given[table] if item.staff in known)
    return make(days, start=start, **{"people": [*police, *others], **given, **facts})


def rota(instance: Instance) -> Roster:
    """Everybody turns through early, late, night and days off; good enough to look at, not to work by."""
    spots, line = [item.code for item in instance.hotspots], "EELLNN.."
    found = []
    for number, member in enumerate(instance.staff):
        police = instance.category(member.id) is Category.POLICE
        busy = instance.leave_days[member.id] | {item.day for item in instance.commitments[member.id]}
        for day in range(instance.days):
            code = (line if police else "EELL...")[(day + 2 * number) % (8 if police else 7)]
            if code != "." and day not in busy:
                place = spots[(number // 2 + day // 8) % len(spots)] if police else spots[0]
                found.append(Assignment(member.id, day, code, place))
    return Roster.of(found)


def record(instance: Instance, roster: Roster) -> RunRecord:
    """A record whose figures are plausible for the roster; only their shape matters."""
    asked_minutes = sum(need.target * (need.end - need.start) for need in instance.needs)
    missed = sum(item.person_minutes for item in shortages(instance, roster))
    return RunRecord(
        status=Status.FEASIBLE,
        levels=(
            LevelResult(name="police_minimum", value=0, bound=0, required=asked_minutes // 2),
            LevelResult(name="non_police_minimum", value=missed // 5, bound=missed // 6, required=asked_minutes // 4),
            LevelResult(name="targets", value=missed, bound=missed * 9 // 10, required=asked_minutes),
            LevelResult(name="quality", value=5210, bound=1200, required=0),
        ),
        coverage=Coverage(required_minutes=asked_minutes, short_minutes=missed, short_bound=missed * 9 // 10),
        wall_s=58.7,
        seed=1,
        workers=8,
        reproducible=False,
        versions={"vigie": "0.1.0", "ortools": "9.15", "python": "3.11"},
        instance_sha256=instance.sha256,
        rules_digest=rules_digest(),
    )


def result(instance: Instance, roster: Roster | None = None) -> Result:
    """The result of one solve, as the engine would give it back."""
    made = rota(instance) if roster is None else roster
    return Result(made, record(instance, made), audit(instance, made), shortages(instance, made))
