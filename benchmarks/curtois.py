"""From the shift scheduling benchmark of Curtois and Qu to an instance like any other.

Every shift type has a hotspot of its own, where nothing else is worked; a head there for the first minute of the day is what the
benchmark counts. All that costs is declared by the rules on demand and requests; every other price is set to 0.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from benchmarks.curtois_file import Benchmark, Terms
from scheduler.problem.facts import (
    OFF,
    Category,
    Contract,
    Days,
    Demand,
    Hotspot,
    Lock,
    Organisation,
    OrganisationKind,
    Request,
    Shift,
    Staff,
)
from scheduler.problem.instance import Instance
from scheduler.problem.timeline import DAY_MINUTES, Calendar
from scheduler.rules import RULES
from scheduler.rules.demand import DemandRule
from scheduler.rules.requests import Requests

MONDAY = dt.date(2018, 1, 1)
"""The first day: from here 52 weeks lie in one calendar year, and weekends of the year are weekends of the horizon."""
EMPLOYER = "BENCHMARK"
PRICED = {DemandRule.code, Requests.code}
"""The rules whose prices are the benchmark's own."""


def instance(given: Benchmark, title: str = "") -> Instance:
    """The facts of a benchmark. Raises ``ValueError`` for what the workbook has no words for."""
    if given.days > 364:
        raise ValueError("weekends of more than a year cannot be bounded as one sum")
    contracts = {terms: f"C{number + 1}" for number, terms in enumerate(dict.fromkeys(given.staff.values()))}
    return Instance(
        title=title,
        calendar=Calendar(start=MONDAY, days=given.days, timezone="UTC"),
        organisations=(Organisation(code=EMPLOYER, kind=OrganisationKind.FEDERAL),),
        hotspots=tuple(Hotspot(code=shift.code, municipality=EMPLOYER, zone=EMPLOYER) for shift in given.shifts),
        shifts=tuple(_shifts(given)),
        contracts=tuple(_contract(code, terms) for terms, code in contracts.items()),
        staff=tuple(
            Staff(id=name, organisation=EMPLOYER, contract=contracts[terms]) for name, terms in given.staff.items()
        ),
        demand=tuple(_demand(given)),
        locks=tuple(
            Lock(staff=name, date=_date(day), shift=OFF) for name, days in given.days_off.items() for day in days
        ),
        requests=tuple(
            Request(
                staff=wish.staff,
                first=_date(wish.day),
                last=_date(wish.day),
                shift=wish.shift,
                kind="want" if wish.wanted else "avoid",
                weight=wish.weight,
            )
            for wish in given.wishes
        ),
        parameters=_nothing_else_costs() | _prices(given),
    )


def _date(day: int) -> dt.date:
    return MONDAY + dt.timedelta(days=day)


def _shifts(given: Benchmark) -> Iterator[Shift]:
    for shift in given.shifts:
        if not 0 < shift.minutes <= DAY_MINUTES:
            raise ValueError(f"shift {shift.code} does not fit into its day")
        yield Shift(
            code=shift.code,
            start=0,
            end=shift.minutes,
            hotspots=(shift.code,),
            not_followed_by=shift.not_followed_by,
        )


def _contract(code: str, terms: Terms) -> Contract:
    return Contract(
        code=code,
        category=Category.POLICE,
        weekly_hours=60.0,
        reference_weeks=52,
        max_hours_24h=None,
        max_hours_week=None,
        min_rest_hours=0.0,
        max_consecutive_days=terms.max_consecutive,
        max_consecutive_nights=None,
        min_consecutive_days=terms.min_consecutive,
        min_days_off=terms.min_days_off,
        max_weekends_in_row=None,
        max_weekends_year=terms.max_weekends,
        min_hours_horizon=terms.min_minutes / 60,
        max_hours_horizon=terms.max_minutes / 60,
        shift_limits=terms.max_shifts,
        min_together=1,
    )


def _demand(given: Benchmark) -> Iterator[Demand]:
    dates: dict[tuple[str, int], set[dt.date]] = defaultdict(set)
    for row in given.cover:
        dates[row.shift, row.need].add(_date(row.day))
    for (shift, need), days in dates.items():
        yield Demand(
            hotspot=shift,
            role=Category.POLICE.value,
            days=Days(dates=frozenset(days)),
            start=0,
            until=1,
            target=need,
            maximum=need,
        )


def _prices(given: Benchmark) -> dict[str, float]:
    prices = {(row.under, row.over) for row in given.cover}
    if len(prices) > 1:
        raise ValueError("a missing head has more than one price")
    ((under, over),) = prices or {(0, 0)}
    return {
        "demand.short_cost_per_minute": float(under),
        "demand.over_cost_per_minute": float(over),
        "requests.points_per_weight": 1.0,
    }


def _nothing_else_costs() -> dict[str, float]:
    """A price of 0 for everything that the benchmark has none for; the contract's hours are out of reach."""
    costs = {
        f"{rule.code}.{name}": 0.0
        for rule in RULES
        if rule.code not in PRICED
        for name in rule.parameters_class.model_fields
        if "cost" in name
    }
    return costs | {"reference_hours.most_over_hours": 200.0}
