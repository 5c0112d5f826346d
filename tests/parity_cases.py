"""One or more tiny worlds for every rule, with parameters that sit on boundaries random small rosters reach from both sides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from scheduler.problem.facts import (
    Category,
    Counter,
    Days,
    Demand,
    Organisation,
    OrganisationKind,
    Pair,
    Pooling,
    Request,
    Role,
)
from scheduler.problem.instance import Instance
from scheduler.problem.standing import Standing, StandingDuty
from tests.builders import (
    AUTUMN,
    MONDAY,
    SHIFTS,
    SPRING,
    TOWN,
    ZONE,
    demand,
    elsewhere,
    free_contract,
    hotspot,
    leave,
    lock,
    make,
    past,
    person,
    shift,
)


@dataclass(frozen=True)
class Case:
    """A world, the chance that a person works on a day, and whether a day may hold two duties."""

    instance: Instance
    load: float = 0.6
    doubles: bool = False


def world(days: int = 5, *, rules: dict[str, Any] | None = None, **facts: Any) -> Instance:
    """A world in which no contract limit holds but those in ``rules``."""
    return make(days, contracts=(free_contract(**(rules or {})),), **facts)


def stands(since: int, *, start: dt.date = MONDAY, until: int = 9, **lines: str) -> Standing:
    """The roster that people go by since an instant, published for so many days: ``P1="E HAL, -, N MIDI"``."""
    duties = [
        StandingDuty(staff=staff, date=start + dt.timedelta(days=day), shift=cell.split()[0], hotspot=cell.split()[1])
        for staff, line in lines.items()
        for day, cell in enumerate(line.split(", "))
        if cell != "-"
    ]
    return Standing(since=since, frozen=since, duties=tuple(duties), until=start + dt.timedelta(days=until - 1))


TWO_SPOTS = (hotspot("HAL"), hotspot("MIDI", priority=3))
WAITING = (*SHIFTS[:2], shift("R", "08:00", "18:00", hotspots=("MIDI",), reserve=True))
"""Reserves wait at MIDI."""
TWO_TOWNS = (hotspot("HAL"), hotspot("CLEM", municipality="Anderlecht"))
MIXED = (
    free_contract("POL"),
    free_contract("GDP", category=Category.NON_POLICE, needs_police=2, min_together=2, max_hours_24h=11.0),
)
STREET = (person("P1"), person("P2"), person("G1", contract="GDP"), person("G2", contract="GDP"))
FORWARD = (
    SHIFTS[0],
    shift("L", "14:00", "22:00", not_followed_by=("E",)),
    shift("N", "22:00", "06:00", not_followed_by=("E", "L")),
)
ROUND_THE_CLOCK = (shift("W", "23:59", "23:59"), shift("Z", "00:00", "06:00"))
SATURDAY = MONDAY + dt.timedelta(days=5)
BEFORE_SPRING = SPRING - dt.timedelta(days=2)
LATE_END = (*SHIFTS, shift("S", "04:00", "12:00"))


def one_driver_for(heads: int) -> dict[str, Any]:
    return {
        "roles": (Role(code="DRIVER", category=Category.POLICE),),
        "parameters": {"role_holders.role": "DRIVER", "role_holders.heads": float(heads)},
    }


DRIVERS = one_driver_for(2)
CREW = (person("P1", roles=("DRIVER",)), person("P2"), person("P3"), person("P4", roles=("DRIVER",)))


def _asked(minimum: int) -> tuple[Demand, ...]:
    """Police at both hotspots by day, and one peacekeeper at the first, who is no police."""
    rows = (
        demand(minimum=minimum, start="06:00", until="22:00"),
        demand("non_police", minimum=1, start="08:00", until="10:00"),
    )
    return (*rows, rows[0].replace(hotspot="CLEM"))


def wish(staff: str, kind: str, first: int, last: int, code: str | None = None, weight: int = 1) -> Request:
    day = dt.timedelta(days=1)
    return Request(
        staff=staff, first=MONDAY + first * day, last=MONDAY + last * day, shift=code, kind=kind, weight=weight
    )


ANOTHER = Organisation(code="5342", kind=OrganisationKind.POLICE_ZONE)
LATERAL: dict[str, Any] = {
    "strategy": Pooling.LATERAL,
    "hotspots": (hotspot("HAL"), hotspot("CLEM", zone=ANOTHER.code, priority=2)),
}
"""Two zones that lend each other police, with a hotspot each."""


def zones(**limits: float) -> tuple[Organisation, ...]:
    """The two zones, both with these limits, and a town."""
    return ZONE.replace(**limits), ANOTHER.replace(**limits), TOWN


CASES: dict[str, tuple[Case, ...]] = {
    "lending": (
        Case(world(4, people=2, **LATERAL, organisations=zones(), parameters={"lending.percent": 30})),
        Case(
            world(
                4,
                people=[person("P1"), person("P2", organisation="5342", hotspots=("HAL",))],
                **LATERAL,
                organisations=zones(lends_percent=25.0),
                absences=(leave("P1", 1),),
                history=past("P1", "N", spot="CLEM"),
            )
        ),
    ),
    "guarantee": (
        Case(make(3, people=3, **LATERAL, organisations=zones(short_hours=24.0), demand=_asked(1)), load=0.8),
        Case(
            make(
                3,
                people=[person("P1"), person("P2", organisation="5342")],
                **LATERAL,
                organisations=(ZONE.replace(short_hours=20.5), ANOTHER, TOWN),
                demand=_asked(1),
                history=past("P1", "N", spot="HAL"),
            ),
            load=0.8,
        ),
    ),
    "availability": (
        Case(make(4, absences=(leave("P1", 1, clock=("08:00", "14:00")),))),
        Case(make(4, people=[person("P1", first=MONDAY + dt.timedelta(days=1), last=MONDAY + dt.timedelta(days=2))])),
        Case(make(4, hotspots=(hotspot("HAL"), hotspot("MIDI", opens=MONDAY + dt.timedelta(days=2))))),
        Case(make(4, hotspots=(hotspot("HAL", closes=MONDAY + dt.timedelta(days=1)),))),
        Case(make(4, shifts=(*SHIFTS[:2], shift("N", "22:00", "06:00", days=Days.parse("Tue-Wed"))))),
        Case(make(3, shifts=(*SHIFTS[:2], shift("N", "22:00", "06:00", worked=False)), history=past("P1", "N"))),
        Case(
            make(3, holidays={MONDAY: "Synthetic"}, shifts=(shift("E", "06:00", "14:00", days=Days.parse("holiday")),))
        ),
    ),
    "qualification": (
        Case(make(3, hotspots=TWO_TOWNS, people=[person("P1", hotspots=("CLEM",)), person("P2")])),
        Case(make(3, hotspots=TWO_TOWNS, people=[person("P1", organisation=TOWN.code)])),
        Case(make(3, people=[person("P1", fte=0.0), person("P2")]), load=0.3),
        Case(make(3, shifts=(*SHIFTS, shift("X", "10:00", "18:00", categories=frozenset({Category.NON_POLICE}))))),
        Case(make(3, hotspots=TWO_SPOTS, shifts=(*SHIFTS[1:], shift("E", "06:00", "14:00", hotspots=("MIDI",))))),
        Case(make(3, hotspots=TWO_SPOTS, shifts=WAITING)),
    ),
    "single_assignment_per_day": (
        Case(world(4), load=0.4, doubles=True),
        Case(world(4, shifts=LATE_END, history=past("P1", "N"))),
    ),
    "daily_rest": (
        Case(world(rules={"min_rest_hours": 11.0}, history=past("P1", "E.N"))),
        Case(world(rules={"min_rest_hours": 16.0}, absences=(elsewhere("P1", 2, clock=("09:00", "13:00")),))),
        Case(world(rules={"min_rest_hours": 16.25}, people=2)),
        Case(world(3, rules={"min_rest_hours": 15.0}, start=SPRING), load=0.9),
        Case(world(3, rules={"min_rest_hours": 17.0}, start=AUTUMN), load=0.9),
        Case(world(6, rules={"min_rest_hours": 72.0}, history=past("P1", "N..")), load=0.35),
        Case(
            world(7, rules={"min_rest_hours": 96.0}, absences=(elsewhere("P1", 1, clock=("09:00", "14:00")),)),
            load=0.25,
        ),
        Case(world(7, rules={"min_rest_hours": 96.0}, shifts=ROUND_THE_CLOCK, start=BEFORE_SPRING), load=0.25),
    ),
    "hours_24h": (
        Case(world(rules={"max_hours_24h": 12.0}, history=past("P1", "L"))),
        Case(world(rules={"max_hours_24h": 16.0}, absences=(elsewhere("P1", 2, clock=("09:00", "10:00")),))),
        Case(world(rules={"max_hours_24h": 8.0}, shifts=(*SHIFTS, shift("D", "08:00", "18:00")))),
        Case(world(3, rules={"max_hours_24h": 8.0}, start=AUTUMN)),
    ),
    "hours_week": (
        Case(world(7, rules={"max_hours_week": 40.0}), load=0.7),
        Case(world(9, rules={"max_hours_week": 39.9}, start=MONDAY + dt.timedelta(days=3)), load=0.8),
        Case(
            world(
                7,
                rules={"max_hours_week": 24.0},
                start=MONDAY + dt.timedelta(days=2),
                history=past("P1", "EE", start=MONDAY + dt.timedelta(days=2)),
                absences=(elsewhere("P2", 1, clock=("09:00", "13:00"), start=MONDAY + dt.timedelta(days=2)),),
                people=2,
            )
        ),
    ),
    "max_consecutive_days": (
        Case(world(rules={"max_consecutive_days": 3})),
        Case(world(rules={"max_consecutive_days": 3}, history=past("P1", "EE"))),
        Case(world(6, rules={"max_consecutive_days": 2}, history=past("P1", "EEEE"), absences=(elsewhere("P1", 3),))),
        Case(world(7, rules={"max_consecutive_days": 2}, absences=(elsewhere("P1", 2, 4), leave("P1", 0)))),
    ),
    "shift_sequence": (
        Case(world(4, shifts=FORWARD, history=past("P1", "L")), load=0.8),
        Case(world(3, shifts=FORWARD, history=past("P2", "NE."), people=2), load=0.7),
        Case(world(4, shifts=(*FORWARD[:2], shift("N", "22:00", "06:00", not_followed_by=("N",)))), load=0.8),
    ),
    "shift_limits": (
        Case(world(4, rules={"shift_limits": (("N", 1), ("E", 2))}, history=past("P1", "NN")), load=0.8),
        Case(world(3, rules={"shift_limits": (("N", 0),)}, people=2), load=0.5),
    ),
    "horizon_hours": (
        Case(world(6, rules={"min_hours_horizon": 24.0, "max_hours_horizon": 32.0}), load=0.6),
        Case(world(5, rules={"min_hours_horizon": 15.9}, history=past("P1", "EE")), load=0.4),
        Case(
            world(
                5,
                rules={"min_hours_horizon": 40.0, "max_hours_horizon": 40.0},
                people=[person("P1", fte=0.5), person("P2", last=MONDAY + dt.timedelta(days=2)), person("P3", fte=0.0)],
                absences=(leave("P1", 0), elsewhere("P1", 2, clock=("09:00", "13:00")), elsewhere("P2", 0, 1)),
            ),
            load=0.5,
        ),
    ),
    "min_consecutive_days": (
        Case(world(6, rules={"min_consecutive_days": 2})),
        Case(world(6, rules={"min_consecutive_days": 2}, history_from=MONDAY - dt.timedelta(days=1))),
        Case(world(7, rules={"min_consecutive_days": 3}, history=past("P1", "E."))),
        Case(world(6, rules={"min_consecutive_days": 3}, history=past("P1", "EE"), people=2), load=0.7),
        Case(world(6, rules={"min_consecutive_days": 2}, history=past("P1", "E"), absences=(leave("P1", 0),))),
        Case(world(7, rules={"min_consecutive_days": 2}, absences=(elsewhere("P1", 3), leave("P1", 1)))),
        Case(
            world(
                6,
                rules={"min_consecutive_days": 3, "max_consecutive_days": 3, "min_days_off": 2},
                history=past("P1", "E"),
                absences=(elsewhere("P1", -1),),
            ),
        ),
    ),
    "max_consecutive_nights": (
        Case(world(rules={"max_consecutive_nights": 2}, shifts=SHIFTS[1:]), load=0.9),
        Case(world(rules={"max_consecutive_nights": 2}, history=past("P1", "ENN"), shifts=SHIFTS), load=0.9),
        Case(world(rules={"max_consecutive_nights": 1}, history=past("P1", "NNN"), shifts=SHIFTS), load=0.9),
    ),
    "min_consecutive_days_off": (
        Case(world(rules={"min_days_off": 2})),
        Case(world(6, rules={"min_days_off": 3}, history=past("P1", "E.."))),
        Case(world(6, rules={"min_days_off": 2}, history=past("P1", "E."), absences=(leave("P1", 3),))),
        Case(world(6, rules={"min_days_off": 2}, absences=(elsewhere("P1", 2), elsewhere("P1", 4)))),
    ),
    "max_consecutive_weekends": (
        Case(world(21, rules={"max_weekends_in_row": 1, "weekend_rest_hours": 60.0}), load=0.25),
        Case(
            world(
                14,
                rules={"max_weekends_in_row": 2, "weekend_rest_hours": 72.0},
                history=past("P1", "......E......E"),
                start=MONDAY + dt.timedelta(days=4),
            ),
            load=0.25,
        ),
        Case(world(14, rules={"max_weekends_in_row": 0})),
        Case(world(15, rules={"max_weekends_in_row": 1}, absences=(elsewhere("P1", 5),)), load=0.2),
    ),
    "max_weekends_per_year": (
        Case(world(14, rules={"max_weekends_year": 1}), load=0.2),
        Case(
            world(14, rules={"max_weekends_year": 3}, counters=(Counter(staff="P1", weekends=2),), people=2), load=0.2
        ),
        Case(
            world(
                18,
                rules={"max_weekends_year": 1},
                start=dt.date(2026, 12, 18),
                absences=(elsewhere("P1", 1, start=dt.date(2026, 12, 18)),),
            ),
            load=0.2,
        ),
    ),
    "reference_hours": (
        Case(world(7, rules={"weekly_hours": 24.0}), load=0.4),
        Case(
            world(
                8,
                rules={"weekly_hours": 20.0, "reference_weeks": 1},
                people=[person("P1", fte=0.5), person("P2", fte=0.0)],
                counters=(Counter(staff="P1", hours_balance=-6.0),),
                absences=(leave("P1", 1), elsewhere("P1", 3, clock=("09:00", "12:00"))),
                parameters={"reference_hours.most_over_hours": 4.0, "reference_hours.cost_per_hour": 120.0},
            ),
            load=0.3,
        ),
        Case(
            world(
                8,
                rules={"weekly_hours": 30.0, "reference_weeks": 1},
                people=[
                    person("P1", fte=0.8, hours_by_weekday=(8.0, 8.0, 0.0, 8.0, 0.0, 0.0, 0.0)),
                    person("P2", fte=0.8),
                ],
                absences=(
                    leave("P1", 1, clock=("00:00", "12:00")),
                    leave("P1", 2),
                    leave("P2", 3, clock=("13:00", "17:00")),
                ),
                parameters={"reference_hours.most_over_hours": 4.0},
            ),
            load=0.4,
        ),
        Case(world(5, rules={"weekly_hours": 8.0}, counters=(Counter(staff="P1", hours_balance=30.0),)), load=0.3),
    ),
    "demand": (
        Case(make(2, demand=(demand(start="06:00", until="14:00", minimum=1, maximum=1, days="Tue"),))),
        Case(make(2, people=3, demand=(demand(minimum=1, target=2, maximum=2),)), load=0.8),
        Case(
            make(
                2,
                hotspots=TWO_SPOTS,
                roles=(Role(code="lead", category=Category.POLICE),),
                people=[person("P1", roles=("lead",)), person("P2")],
                history=past("P2", "N", spot="HAL"),
                demand=(
                    demand(start="22:00", until="04:00", minimum=1, target=2),
                    demand(minimum=1, maximum=1, days="Tue"),
                    demand("lead", minimum=1),
                    demand("lead", minimum=1).model_copy(update={"hotspot": "MIDI"}),
                ),
                parameters={"demand.over_cost_per_minute": 2.0},
            )
        ),
        Case(
            make(
                2,
                start=SPRING,
                contracts=MIXED,
                people=STREET,
                demand=(demand("non_police", start="18:30", until="02:00", minimum=1, target=2, maximum=2),),
            )
        ),
        Case(
            make(
                2,
                people=3,
                hotspots=TWO_SPOTS,
                history=past("P2", "N", spot="HAL"),
                demand=(
                    demand(start="06:00", until="14:00", target=2, maximum=2),
                    demand(start="22:00", until="07:00", minimum=1, target=2, days="Tue"),
                    demand(target=0, maximum=0, start="14:00", until="22:00"),
                ),
                parameters={"demand.short_cost_per_minute": 3.0},
            ),
            load=0.7,
        ),
    ),
    "co_presence": (
        Case(make(2, contracts=MIXED, people=STREET, hotspots=TWO_SPOTS)),
        Case(make(2, contracts=MIXED, people=STREET, history=past("P1", "N", spot="HAL")), load=0.7),
        Case(make(2, contracts=MIXED, people=STREET, shifts=(*SHIFTS, shift("X", "20:00", "04:00"))), load=0.5),
        Case(make(2, contracts=MIXED, people=STREET, hotspots=TWO_SPOTS, shifts=WAITING), load=0.7),
    ),
    "min_patrol_size": (
        Case(make(2, contracts=MIXED, people=STREET), load=0.7),
        Case(make(2, contracts=MIXED, people=STREET, hotspots=TWO_SPOTS, shifts=WAITING), load=0.7),
        Case(
            make(
                2,
                contracts=(free_contract("POL"), free_contract("PAIR", min_together=2)),
                people=[person("P1"), person("P2", contract="PAIR"), person("P3", contract="PAIR")],
                hotspots=TWO_SPOTS,
                shifts=(*SHIFTS, shift("M", "02:00", "10:00")),
                history=past("P1", "N", spot="HAL"),
            ),
            load=0.5,
        ),
    ),
    "role_holders": (
        Case(make(2, people=CREW, **DRIVERS, hotspots=TWO_SPOTS)),
        Case(
            make(
                1,
                people=CREW,
                **DRIVERS,
                shifts=(*SHIFTS, shift("M", "02:00", "10:00")),
                history=(*past("P2", "N", spot="HAL"), *past("P3", "N", spot="HAL")),
            ),
            load=0.8,
        ),
        Case(
            make(
                1,
                people=CREW[:3],
                **DRIVERS,
                shifts=(*SHIFTS[:2], shift("N", "22:00", "06:00"), shift("D", "00:00", "06:00")),
                absences=(leave("P1", 0),),
                history=past("P1", "N", spot="HAL"),
            )
        ),
        Case(
            make(
                1,
                people=[*CREW, person("G1", contract="GDP")],
                contracts=(free_contract("POL"), free_contract("GDP", category=Category.NON_POLICE)),
                **one_driver_for(1),
                shifts=(*SHIFTS, shift("X", "20:00", "04:00")),
                history=past("P1", "N", spot="HAL"),
            ),
            load=0.8,
        ),
        Case(make(2, people=CREW, **one_driver_for(3), hotspots=TWO_SPOTS, shifts=WAITING), load=0.8),
    ),
    "locks": (
        Case(make(3, locks=(lock("P1", 0, "E", "HAL"), lock("P1", 2, "OFF")), hotspots=TWO_SPOTS)),
        Case(make(3, locks=(lock("P1", 1, "N"),), hotspots=TWO_SPOTS)),
    ),
    "duties_elsewhere": (
        Case(make(4, absences=(elsewhere("P1", 1, clock=("06:00", "09:00")), elsewhere("P1", 3)))),
        Case(make(4, absences=(elsewhere("P1", 1, clock=("22:00", "24:00")),))),
    ),
    "partners": (
        Case(
            make(
                4,
                people=2,
                hotspots=TWO_SPOTS,
                pairs=(Pair(staff_a="P2", staff_b="P1", kind="together"),),
                absences=(leave("P1", 1), elsewhere("P2", 3, clock=("06:00", "08:00"))),
            )
        ),
        Case(
            make(
                3,
                people=[person("P1"), person("P2", first=MONDAY + dt.timedelta(days=1)), person("P3")],
                pairs=(
                    Pair(staff_a="P1", staff_b="P2", kind="together"),
                    Pair(staff_a="P2", staff_b="P1", kind="together"),
                    Pair(staff_a="P2", staff_b="P3", kind="together"),
                ),
                parameters={"partners.cost_per_duty": 7.0},
            )
        ),
    ),
    "incompatible_staff": (
        Case(make(3, people=2, hotspots=TWO_SPOTS, pairs=(Pair(staff_a="P1", staff_b="P2", kind="apart"),))),
        Case(
            make(
                2,
                people=2,
                shifts=LATE_END,
                pairs=(Pair(staff_a="P2", staff_b="P1", kind="apart"),),
                history=past("P1", "N", spot="HAL"),
            )
        ),
    ),
    "changes": (
        Case(
            make(
                3,
                people=2,
                hotspots=TWO_SPOTS,
                contracts=(free_contract(notice_days=2),),
                requests=(wish("P1", "want", 2, 2, "N"), wish("P2", "avoid", 2, 2)),
                standing=stands(0, P1="E HAL, E HAL, N MIDI", P2="L MIDI, -, -"),
            ),
            load=0.5,
        ),
        Case(
            make(
                4,
                start=SATURDAY,
                contracts=(free_contract(notice_days=1),),
                standing=stands(7 * 60, P1="E HAL, N HAL, -, L HAL", start=SATURDAY, until=2),
            )
        ),
    ),
    "requests": (
        Case(make(4, requests=(wish("P1", "want", -2, 1, "E"), wish("P1", "avoid", 2, 9), wish("P1", "want", 3, 3)))),
        Case(make(4, people=2, requests=(wish("P2", "avoid", 0, 3, "N", 3), wish("P1", "want", 1, 2, None, 2)))),
    ),
    "fairness": (
        Case(
            make(
                14,
                people=[person("P1"), person("P2", fte=0.5), person("P3"), person("P4")],
                demand=(demand(minimum=1, target=2),),
                counters=(Counter(staff="P3", nights=9, weekends=2),),
                absences=(leave("P4", 0, 6), elsewhere("P1", 5)),
                history=past("P3", "N"),
            ),
            load=0.5,
        ),
        Case(
            make(
                14,
                start=MONDAY + dt.timedelta(days=4),
                people=3,
                demand=(demand(target=2),),
                parameters={"fairness.near": 0.0, "fairness.far": 1.0, "fairness.night_cost_far": 1.0},
                history=past("P1", "N", start=MONDAY + dt.timedelta(days=4)),
            ),
            load=0.4,
        ),
        Case(
            make(
                7,
                people=[person("P1"), person("P2"), person("P3", fte=0.5)],
                demand=(demand(days="Mon-Thu", start="06:00", until="14:00", minimum=1),),
                holidays={MONDAY + dt.timedelta(days=day): "holiday" for day in (1, 3, 5)},
                counters=(Counter(staff="P1", holidays=4, hours_balance=4.0), Counter(staff="P2", holidays=1)),
                absences=(elsewhere("P3", 3, clock=("09:00", "12:00")),),
                parameters={"fairness.hours_near": 1.0, "fairness.hours_far": 8.0, "fairness.hours_cost_far": 120.0},
            ),
            load=0.3,
        ),
        Case(make(3, people=2, demand=(demand(days="Mon-Tue", start="06:00", until="14:00", minimum=1),))),
    ),
    "surplus": (
        Case(
            make(
                3,
                people=3,
                hotspots=TWO_SPOTS,
                demand=(
                    demand(start="08:00", until="20:00", target=1),
                    demand(days="Tue", start="18:00", until="06:00", target=2),
                ),
                history=past("P1", "N", spot="HAL"),
            ),
            load=0.4,
        ),
        Case(
            make(
                3,
                contracts=MIXED,
                roles=(
                    Role(code="LEAD", category=Category.POLICE),
                    Role(code="EDU", category=Category.NON_POLICE),
                    Role(code="GDP", category=Category.NON_POLICE),
                ),
                people=[
                    person("P1", roles=("LEAD",)),
                    person("P2"),
                    person("G1", contract="GDP", roles=("EDU",)),
                    person("G2", contract="GDP", roles=("EDU", "GDP")),
                    person("G3", contract="GDP", roles=("GDP",)),
                    person("G4", contract="GDP"),
                ],
                demand=(
                    demand("LEAD", start="06:00", until="22:00", minimum=1),
                    demand(start="10:00", until="02:00", target=1),
                    demand("EDU", start="06:00", until="14:00", target=1),
                    demand("GDP", start="12:00", until="20:00", target=1),
                ),
                parameters={"surplus.cost_per_minute": 3.0},
            ),
            load=0.5,
        ),
    ),
    "continuity": (
        Case(
            make(
                3,
                people=[person("P1", home_hotspot="MIDI"), person("P2")],
                hotspots=(*TWO_SPOTS, hotspot("ANTO")),
            )
        ),
        Case(make(3, hotspots=TWO_SPOTS, parameters={"continuity.away_cost_per_duty": 0.0})),
    ),
    "isolated_days": (
        Case(world(5)),
        Case(world(5, history=past("P1", "E.E"), people=2)),
        Case(world(5, history=past("P1", "E."), absences=(leave("P1", 2), elsewhere("P1", 4)))),
        Case(world(5, rules={"min_days_off": 2}, parameters={"isolated_days.work_cost": 1.0})),
        Case(world(1, history=past("P1", "E"))),
    ),
    "complete_weekends": (
        Case(world(7, start=SATURDAY - dt.timedelta(days=1), parameters={"complete_weekends.cost": 70.0})),
        Case(
            world(
                8,
                start=SATURDAY + dt.timedelta(days=1),
                parameters={"complete_weekends.cost": 70.0},
                people=2,
                history=past("P1", "E", start=SATURDAY + dt.timedelta(days=1)),
            )
        ),
        Case(world(7, parameters={"complete_weekends.cost": 1.0}, absences=(elsewhere("P1", 5),))),
        Case(world(1, start=SATURDAY + dt.timedelta(days=1), parameters={"complete_weekends.cost": 3.0})),
    ),
    "stable_starts": (
        Case(make(4, shifts=LATE_END)),
        Case(make(3, people=2, history=past("P1", "N"), contracts=MIXED)),
        Case(make(3, history=past("P1", "L."), shifts=(*SHIFTS, shift("X", "18:30", "02:00")))),
    ),
}

EVERYTHING = Case(
    make(
        10,
        organisations=(ZONE, TOWN),
        hotspots=TWO_SPOTS,
        contracts=(
            MIXED[0].model_copy(update={"min_rest_hours": 11.0, "min_days_off": 2, "max_consecutive_days": 4}),
            MIXED[1].model_copy(update={"max_weekends_in_row": 1, "max_hours_week": 30.0}),
        ),
        people=STREET,
        demand=(demand(minimum=1, target=2, maximum=2), demand("non_police", start="10:00", until="18:00", target=2)),
        history=(*past("P1", "EE.N", spot="HAL"), *past("G1", "E..")),
        absences=(leave("P2", 1, 2), elsewhere("G2", 4, clock=("09:00", "12:00"))),
        pairs=(Pair(staff_a="P1", staff_b="P2", kind="together"), Pair(staff_a="G1", staff_b="G2", kind="apart")),
        requests=(wish("P1", "avoid", 2, 4), wish("G1", "want", 1, 1, "E")),
        locks=(lock("P2", 5, "L"),),
    ),
    load=0.5,
)
