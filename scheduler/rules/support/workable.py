"""The most nights and weekends that the limits of a contract leave one person in the horizon: ceilings of fair shares."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.problem.instance import Instance
from scheduler.rules.max_weekends_per_year import most_weekends
from scheduler.rules.shift_limits import limits as shift_limits
from scheduler.rules.support.weekends import Weekend, touched_by_fixed


def workable_nights(instance: Instance, staff: str) -> int:
    """Nights on days with a night shift, without leave and in service, no more in a row than allowed, and as many as the limits
    of shifts leave."""
    most, category = instance.contract(staff).max_consecutive_nights, instance.category(staff)
    codes = {
        shift.code
        for shift in instance.shifts
        if category in shift.categories and instance.is_night(staff, instance.duty(0, shift.code))
    }
    nights = row = 0
    for day in range(instance.days):
        there = day not in instance.leave_days[staff] and instance.in_service(staff, day)
        there = there and any(instance.offers((day, code)) for code in codes)
        row = row + 1 if there and row != most else 0
        nights += row > 0
    limits = dict(shift_limits(instance, staff))
    return min(nights, sum(limits.get(code, nights) for code in codes))


def workable_weekends(instance: Instance, staff: str, blocks: Sequence[Weekend]) -> int:
    """Of all weekends, ``blocks``, those with a day without leave and in service, no more in a row than allowed, and as many as
    the year leaves.

    Those that fixed work takes always count.
    """
    fixed = touched_by_fixed(instance, staff)
    most = instance.contract(staff).max_weekends_in_row
    row = next((back for back in range(len(fixed) + 1) if -1 - back not in fixed), 0)
    free = taken = 0
    for number, block in enumerate(blocks):
        days = range(max(0, block.saturday), min(instance.days, block.saturday + 2))
        there = any(day not in instance.leave_days[staff] and instance.in_service(staff, day) for day in days)
        worked = number in fixed or ((there or not days) and (most is None or row < most))
        row = row + 1 if worked else 0
        taken += number in fixed
        free += worked and number not in fixed
    year = most_weekends(instance, staff)
    if year is not None and instance.calendar.date(instance.days - 1).year == instance.calendar.start.year:
        free = min(free, max(0, year - instance.counter[staff].weekends - taken))
    return taken + free
