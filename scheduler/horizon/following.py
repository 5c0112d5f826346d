"""The period after a horizon: its facts, with all that the roster of this one leaves to it."""

from __future__ import annotations

import datetime as dt

from scheduler.horizon.carried import carried, history_before
from scheduler.problem.facts import Absence, Demand, Staff
from scheduler.problem.instance import HISTORY_DAYS, LEAVE_DAYS, Instance
from scheduler.problem.publication import digest
from scheduler.problem.roster import Roster
from scheduler.problem.timeline import DAY_MINUTES, FAR_DAYS, Calendar


def following(instance: Instance, roster: Roster, calendar: Calendar) -> Instance:
    """The instance of the period of ``calendar``, which begins on the day after the horizon, with nothing decided yet.

    The duties of the roster become history, and the counters go on from them. Reference periods stay where they are. What lies
    wholly before the period is left out: absences, requests, demand of certain dates, incidents, locks, decisions and published
    duties. So
    is everything about people whose service had ended before this horizon already. The published version goes on, so that the
    next one has a number of its own.
    """
    start, offset = calendar.start, instance.calendar.minute(instance.days)
    staff = tuple(member for member in instance.staff if not _long_gone(instance, member))
    there = {member.id for member in staff}
    published = tuple(duty for duty in instance.published if duty.staff in there and duty.date >= start)
    publication = instance.publication
    absences = (_moved(item, instance.calendar, calendar) for item in instance.absences if item.staff in there)
    return instance.replace(
        calendar=calendar,
        reference_start=instance.reference_start or instance.calendar.start,
        history_from=instance.history_from or instance.calendar.start,
        staff=staff,
        demand=tuple(row for row in instance.demand if not is_over(row, start)),
        incidents=tuple(item.replace(at=item.at - offset) for item in instance.incidents if item.end > offset),
        absences=tuple(item for item in absences if _matters(item, calendar)),
        requests=tuple(item for item in instance.requests if item.staff in there and item.last >= start),
        pairs=tuple(pair for pair in instance.pairs if {pair.staff_a, pair.staff_b} <= there),
        locks=(),
        history=tuple(past for past in history_before(instance, roster, instance.days) if past.staff in there),
        counters=tuple(counter for counter in carried(instance, roster, instance.days) if counter.staff in there),
        published=published,
        publication=publication and publication.replace(digest=digest(published, publication.until)),
        standing=None,
        overrides=tuple(item for item in instance.overrides if item.date >= start),
    )


def is_over(row: Demand, start: dt.date) -> bool:
    """Whether a row of demand asks for nobody from the first minute of a date on."""
    eve = start - dt.timedelta(days=1)
    return row.days.over(eve if row.until > DAY_MINUTES else start)


def _long_gone(instance: Instance, member: Staff) -> bool:
    """Whether somebody is not in this roster either. Who has left since stays: service is often prolonged, and rest and runs
    would then begin without history."""
    return member.last is not None and member.last < instance.calendar.start


def _moved(item: Absence, before: Calendar, now: Calendar) -> Absence:
    """An absence counted from another first day. A date that is too far away to be counted stays one."""
    offset, far = before.minute(before.day(now.start)), before.minute(FAR_DAYS)
    start = item.start - offset if item.start > before.minute(-FAR_DAYS) else now.minute(-FAR_DAYS)
    end = item.end - offset if item.end <= far else now.minute(FAR_DAYS, DAY_MINUTES)
    return item.replace(start=start, end=end)


def _matters(item: Absence, calendar: Calendar) -> bool:
    return item.end > calendar.minute(-(HISTORY_DAYS if item.counts_as_work else LEAVE_DAYS))
