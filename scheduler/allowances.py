"""What one block of a long horizon may use of the limits that hold over all of it.

Whatever was used before, and what locks and duties elsewhere will use up later, is taken off, so that no maximum is ever passed.
A block gets what locks and duties elsewhere use up in it, and of the rest about the part that its days are of the days to come;
the last block all of it. Where there is a least of hours, a horizon is not cut.
"""

from __future__ import annotations

from collections import Counter as Count
from collections.abc import Iterable

from scheduler.facts import OFF, Counter, Staff
from scheduler.instance import Duty, Instance
from scheduler.roster import Roster
from scheduler.rules.horizon_hours import limits as hour_limits
from scheduler.rules.shift_limits import limits as shift_limits
from scheduler.rules.weekends import touched_by_fixed, weekend, weekends
from scheduler.rules.weekends_year import most_weekends
from scheduler.rules.work import pieces

Part = tuple[int, int]
"""So many of so many."""


def own_limits(
    instance: Instance, first: int, until: int, before: Roster, counters: Iterable[Counter]
) -> tuple[Staff, ...]:
    """Everybody with own limits for the days ``[first, until)``, after the roster ``before`` of all earlier days and with the
    counters that go into the block."""
    off = {(lock.staff, instance.calendar.day(lock.date)) for lock in instance.locks if lock.shift == OFF}
    weekends = {counter.staff: counter.weekends for counter in counters}
    found = []
    for member in instance.staff:
        away = instance.leave_days[member.id]
        days = [
            day
            for day in range(first, instance.days)
            if day not in away and (member.id, day) not in off and instance.in_service(member.id, day)
        ]
        part = (sum(day < until for day in days), len(days)) if days else (1, 1)
        changes = {
            **_hours(instance, member.id, first, until, before, part),
            **_shifts(instance, member.id, first, until, before, part),
            **_weekends(instance, member.id, first, until, weekends[member.id]),
        }
        found.append(member.replace(**changes) if changes else member)
    return tuple(found)


def _hours(instance: Instance, staff: str, first: int, until: int, before: Roster, part: Part) -> dict[str, float]:
    _, most = hour_limits(instance, staff)
    if most is None:
        return {}
    used = sum(piece.paid_min for piece in pieces(instance, before, staff) if 0 <= piece.day < first)
    left = max(0, most - used - fixed_minutes(instance, staff, until, instance.days))
    # A duty more is left to the block: whole duties seldom fill a part exactly.
    longest = max(instance.duty(first, shift.code).paid_min for shift in instance.shifts)
    share = _share(left, fixed_minutes(instance, staff, first, until), part)
    return {"max_hours_horizon": min(left, share + longest) / 60}


def fixed_minutes(instance: Instance, staff: str, first: int, stop: int) -> int:
    """Paid minutes of the days ``[first, stop)`` that are decided already: duties elsewhere and locks."""
    elsewhere = sum(item.paid_min for item in instance.commitments[staff] if first <= item.day < stop)
    return elsewhere + sum(duty.paid_min for duty in locked(instance, staff, first) if duty.day < stop)


def locked(instance: Instance, staff: str, first: int) -> tuple[Duty, ...]:
    """The duties that one person's locks hold from a day on."""
    locks = (lock for lock in instance.locks if lock.staff == staff and lock.shift != OFF)
    keys = {(instance.calendar.day(lock.date), lock.shift) for lock in locks}
    return tuple(instance.duty(*key) for key in sorted(keys) if key[0] >= first)


def fixed_weekends(instance: Instance, staff: str, first: int, stop: int, year: int) -> int:
    """Weekends of a year, with their Saturday in the days ``[first, stop)``, that duties elsewhere and locks take."""
    calendar = instance.calendar
    keys = {duty.key for duty in locked(instance, staff, 0)}
    taken = set(touched_by_fixed(instance, staff, since=calendar.minute(first)))
    taken |= {number for number, span in enumerate(weekends(instance)) if span.duties & keys}
    saturdays = (weekend(instance, number).saturday for number in taken)
    return sum(first <= day < stop and calendar.date(day).year == year for day in saturdays)


def _shifts(
    instance: Instance, staff: str, first: int, until: int, before: Roster, part: Part
) -> dict[str, tuple[tuple[str, int], ...]]:
    given = shift_limits(instance, staff)
    used = Count(cell.shift for cell in before.line(staff))
    used.update(duty.shift for duty in locked(instance, staff, until))
    inside = Count(duty.shift for duty in locked(instance, staff, first) if duty.day < until)
    left = tuple((shift, _share(max(0, most - used[shift]), inside[shift], part)) for shift, most in given)
    return {"shift_limits": left} if given else {}


def _weekends(instance: Instance, staff: str, first: int, until: int, used: int) -> dict[str, int]:
    """A limit that ``used`` weekends of the year count against."""
    most, calendar = most_weekends(instance, staff), instance.calendar
    year = calendar.date(first).year
    ahead = [
        day for day in range(first, instance.days) if calendar.weekday(day) == 5 and calendar.date(day).year == year
    ]
    if most is None or not ahead:
        return {}
    inside = fixed_weekends(instance, staff, first, until, year)
    share = _share(max(0, most - used), inside, (sum(day < until for day in ahead), len(ahead)))
    return {"max_weekends_year": min(most, used + share)}


def _share(left: int, fixed: int, part: Part) -> int:
    """Of what is left: what is fixed, and a part of the rest."""
    return min(left, fixed + -(-max(0, left - fixed) * part[0] // part[1]))
