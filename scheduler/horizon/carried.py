"""What people carry from one block of a long horizon into the next, and from one period into the next: the counters, as sheet
Counters would hold them, and the duties that count as history."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from scheduler.problem.facts import OFF, HistoryDuty, Organisation, OrganisationKind, Pooling
from scheduler.problem.facts import Counter as CounterRow
from scheduler.problem.instance import Duty, Instance
from scheduler.problem.roster import Roster
from scheduler.rules.guarantee import missing_minimum
from scheduler.rules.reference_hours import period_start
from scheduler.rules.support.contract_hours import contract_minutes, owed_minutes
from scheduler.rules.support.spread import night_weights
from scheduler.rules.support.weekends import touched, touched_by_fixed, weekend, weekends, year_of
from scheduler.rules.support.work import pieces

REACH_DAYS = 84
"""Days before a horizon that are enough for every rule: runs of days are at most a month, weekends in a row seldom over nine."""


def carried(instance: Instance, roster: Roster, day: int) -> Iterator[CounterRow]:
    """What everybody carries into a day of the horizon, or the day after it, after a roster of the days before it."""
    calendar = instance.calendar
    year = calendar.date(day).year
    same_year = year == calendar.start.year
    nights = night_weights(instance)
    for member in instance.staff:
        given = instance.counter[member.id]
        work = [piece for piece in pieces(instance, roster, member.id) if 0 <= piece.day < day]
        # The counter has the weekend that work before the horizon has begun.
        begun = touched_by_fixed(instance, member.id, before=0) & {0}
        weekends = {number for piece in work for number in touched(calendar, piece.start, piece.end)} - begun
        period = period_start(instance, member.id, day)
        balance = -owed_minutes(instance, member.id, max(0, period), day)
        balance += sum(piece.paid_min for piece in work if piece.day >= period)
        balance += given.hours_balance * 60 if period <= 0 else 0
        yield _counter(
            member.id,
            hours_balance=round(balance / 60, 6) if member.fte else 0.0,
            nights=same_year * given.nights
            + sum(
                a.key in nights[member.contract] and calendar.date(a.day).year == year for a in roster.line(member.id)
            ),
            weekends=same_year * given.weekends + sum(year_of(calendar, number) == year for number in weekends),
            holidays=same_year * given.holidays
            + len(
                {
                    piece.day
                    for piece in work
                    if calendar.is_holiday(piece.day) and calendar.date(piece.day).year == year
                }
            ),
        )


def history_before(instance: Instance, roster: Roster, day: int) -> tuple[HistoryDuty, ...]:
    """The duties that a rule can still look at on a day of the horizon or later, after a roster of the days before it: one a
    person and date, that which ends last.

    They are those of :data:`REACH_DAYS`, of more where a contract looks at more weekends in a row, and the last one of each
    person, however old: some rules ask whether anything is known of the time before.
    """
    calendar = instance.calendar
    worked: dict[tuple[str, int], HistoryDuty] = {}
    for a in sorted(roster, key=lambda a: (a.staff, a.day, instance.duty(a.day, a.shift).end)):
        worked[a.staff, a.day] = HistoryDuty(staff=a.staff, date=calendar.date(a.day), shift=a.shift, hotspot=a.hotspot)
    every = (*instance.history, *worked.values())
    last: dict[str, dt.date] = {}
    for past in every:
        last[past.staff] = max(past.date, last.get(past.staff, past.date))
    since = {staff: min(latest, calendar.date(day - _reach(instance, staff))) for staff, latest in last.items()}
    return tuple(past for past in every if past.date >= since[past.staff])


def _reach(instance: Instance, staff: str) -> int:
    """Days before a day that the rules look back at."""
    in_row = instance.contract(staff).max_weekends_in_row or 0
    return max(REACH_DAYS, 7 * (in_row + 3))


def counters_of_block(instance: Instance, before: Roster, first: int, until: int) -> Iterator[CounterRow]:
    """What everybody carries into a block of the days ``[first, until)``, with what duties elsewhere and locks after it will use
    up already: weekends of the year, and hours of the reference period."""
    calendar = instance.calendar
    for counter in carried(instance, before, first):
        staff = counter.staff
        later = _fixed_weekends(instance, staff, until, calendar.date(first).year)
        end = period_start(instance, staff, first) + 7 * instance.contract(staff).reference_weeks
        excess = _excess(instance, staff, until, min(instance.days, end)) / 60
        given = counter.model_dump(exclude={"staff"})
        yield _counter(
            staff, **given | {"weekends": counter.weekends + later, "hours_balance": counter.hours_balance + excess}
        )


def organisations_of_block(instance: Instance, before: Roster, first: int, until: int) -> tuple[Organisation, ...]:
    """The organisations of a block of the days ``[first, until)``: where zones lend each other police, what they lend is limited
    beside the facts (:mod:`~scheduler.horizon.limit_shares`), and of the hours that they may miss a block has what earlier days
    have left, in proportion to the days to come."""
    if instance.strategy is not Pooling.LATERAL:
        return instance.organisations
    limited = any(item.short_hours is not None for item in instance.organisations)
    missed = missing_minimum(instance, before, instance.calendar.minute(first)) if limited and first else Counter[str]()
    share = (until - first) / max(1, instance.days - first)
    return tuple(
        item.replace(
            lends_percent=100.0,
            short_hours=None
            if item.short_hours is None
            else max(0.0, item.short_hours - missed[item.code] / 60) * share,
        )
        if item.kind is OrganisationKind.POLICE_ZONE
        else item
        for item in instance.organisations
    )


def _counter(staff: str, **values: float) -> CounterRow:
    """A counter whose values are cut off at what the sheet takes: more than that no rule tells apart."""
    within = {name: max(_limits()[name][0], min(_limits()[name][1], value)) for name, value in values.items()}
    return CounterRow.model_validate({"staff": staff, **within})


@cache
def _limits() -> Mapping[str, tuple[float, float]]:
    """The least and the most that the sheet takes of each counter."""
    fields = CounterRow.model_json_schema()["properties"]
    return {name: (field["minimum"], field["maximum"]) for name, field in fields.items() if "minimum" in field}


def _excess(instance: Instance, staff: str, first: int, stop: int) -> int:
    """Minutes by which what is decided for the days ``[first, stop)`` is over the contract's."""
    if stop <= first:
        return 0
    elsewhere = sum(item.paid_min for item in instance.commitments[staff] if first <= item.day < stop)
    fixed = elsewhere + sum(duty.paid_min for duty in _locked(instance, staff) if first <= duty.day < stop)
    return max(0, fixed - contract_minutes(instance, staff, first, stop))


def _fixed_weekends(instance: Instance, staff: str, first: int, year: int) -> int:
    """Weekends of a year, with their Saturday on the day ``first`` or later, that duties elsewhere and locks take."""
    calendar = instance.calendar
    keys = {duty.key for duty in _locked(instance, staff)}
    taken = set(touched_by_fixed(instance, staff, since=calendar.minute(first)))
    taken |= {number for number, span in enumerate(weekends(instance)) if span.duties & keys}
    saturdays = (weekend(instance, number).saturday for number in taken)
    return sum(first <= day < instance.days and calendar.date(day).year == year for day in saturdays)


def _locked(instance: Instance, staff: str) -> tuple[Duty, ...]:
    """The duties that one person's locks hold."""
    locks = (lock for lock in instance.locks if lock.staff == staff and lock.shift != OFF)
    return tuple(instance.duty(instance.calendar.day(lock.date), lock.shift) for lock in locks)
