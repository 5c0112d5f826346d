"""Most days worked in a row."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, NoParameters, Rule, Source
from scheduler.rules.support.streaks import overlong, settle
from scheduler.vocabulary.constraints import Constraint, Run, Unavailable


class MaxConsecutiveDays(Rule[NoParameters]):
    """After ``max_consecutive_days`` days with work in a row comes a day without: every row of days with work ≤ limit.

    A duty counts for the date it starts on. History and duties elsewhere count, leave does not. Work after the
    horizon's last day belongs to the next roster.

    A row is looked at when it holds a duty of the roster; fixed work alone breaks nothing. Without a limit there is no
    such rule.
    """

    code = "max_consecutive_days"
    formerly = "consecutive_days"
    title = "Days in a row"
    sources = (Source("General practice: at most 6 days in a row", sourced=False),)
    columns = ("Contracts.max_consecutive_days",)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        for member in instance.staff:
            most = instance.contract(member.id).max_consecutive_days
            cells = {cell.day for cell in roster.line(member.id)}
            if most is None or not cells:
                continue
            fixed = {item.day for item in instance.commitments[member.id] if item.day < instance.days}
            for first, length, days in overlong(cells, fixed, most):
                yield Finding(
                    self.code,
                    Message(
                        "max_consecutive_days_over",
                        (
                            "{staff} works {count} day in a row from {first}; the limit is {most}",
                            "{staff} works {count} days in a row from {first}; the limit is {most}",
                        ),
                        staff=member.id,
                        count=length,
                        first=instance.calendar.date(first),
                        most=most,
                    ),
                    (member.id,),
                    days,
                    amount=length - most,
                    unit="days",
                )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        by_day = [frozenset((day, shift.code) for shift in instance.shifts) for day in range(instance.days)]
        for member in instance.staff:
            most = instance.contract(member.id).max_consecutive_days
            if most is None:
                continue
            settled = settle((item.day for item in instance.commitments[member.id]), instance.days, most)
            if settled.closed:
                yield Unavailable(self.code, member.id, frozenset().union(*(by_day[day] for day in settled.closed)))
            yield Run(self.code, member.id, most=most, carried=settled.carried, always=settled.always)
