"""Most hours in a calendar week."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.messages.message import Hours, Message
from scheduler.problem.facts import Contract
from scheduler.problem.instance import DutyKey, Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, NoParameters, Rule, Source
from scheduler.rules.support.work import cell_days, pieces
from scheduler.vocabulary.constraints import Constraint, Total


class HoursWeek(Rule[NoParameters]):
    """In a calendar week, Monday to Sunday, at most ``max_hours_week`` paid hours: Σ paid minutes ≤ limit.

    A duty counts whole for the week it starts in, without its unpaid break (``unpaid_break_min``). History and duties
    elsewhere of that week count too, also those outside the horizon.

    A week is looked at when a duty of the roster starts in it; fixed work alone breaks nothing. Without a limit there
    is no such rule.
    """

    code = "hours_week"
    title = "Most hours in a week"
    sources = (
        Source("RD 30 March 2001 (PJPol), part VI title I: 50 h"),
        Source("Act of 14 December 2000: 50 h"),
    )
    columns = ("Contracts.max_hours_week", "Shifts.unpaid_break_min")

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        monday = instance.calendar.monday(0)
        for member in instance.staff:
            limit = limit_min(instance.contract(member.id))
            if limit is None or not roster.line(member.id):
                continue
            work = pieces(instance, roster, member.id)
            totals: dict[int, int] = {}
            for piece in work:
                week = (piece.day - monday) // 7
                totals[week] = totals.get(week, 0) + piece.paid_min
            for week, minutes in totals.items():
                if minutes <= limit:
                    continue
                days = cell_days(*(piece for piece in reversed(work) if (piece.day - monday) // 7 == week))
                if days:
                    yield Finding(
                        self.code,
                        Message(
                            "hours_week_over",
                            "{staff} works {worked} in the week of {monday}; the limit is {most}",
                            staff=member.id,
                            worked=Hours(minutes),
                            monday=instance.calendar.date(monday + 7 * week),
                            most=Hours(limit),
                        ),
                        (member.id,),
                        days,
                        amount=minutes - limit,
                        unit="minutes",
                    )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        limits = {member.id: limit_min(instance.contract(member.id)) for member in instance.staff}
        for monday, stop in instance.calendar.weeks():
            weights = {duty.key: duty.paid_min for duty in instance.duties if monday <= duty.day < stop}
            for person, limit in limits.items():
                if limit is None:
                    continue
                base = sum(item.paid_min for item in instance.commitments[person] if monday <= item.day < stop)
                # Fixed work over the limit is no fault of the roster, but leaves no room for any duty.
                yield Total(self.code, person, weights, base=base, most=max(limit, base))


def too_long(instance: Instance, contract: Contract) -> frozenset[DutyKey]:
    """The duties that by themselves are more than a contract allows in a week."""
    limit = limit_min(contract)
    return frozenset(duty.key for duty in instance.duties if limit is not None and duty.paid_min > limit)


def limit_min(contract: Contract) -> int | None:
    """Most paid minutes of a calendar week; None is no limit."""
    return None if contract.max_hours_week is None else round(contract.max_hours_week * 60)
