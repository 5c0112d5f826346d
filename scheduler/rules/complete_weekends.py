"""Complete weekends: both days are worked, or neither."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, Parameters, Rule, Source
from scheduler.vocabulary.constraints import Constraint, Run

SATURDAY, SUNDAY = 5, 6


class CompleteWeekendsParameters(Parameters):
    cost: int = Field(default=0, ge=0, le=10_000, description="points for a weekend of which only one day is worked")


class CompleteWeekends(Rule[CompleteWeekendsParameters]):
    """On Saturday and Sunday a person works both days or neither: a weekend of which one day is worked costs ``cost`` points.

    Work is duties of the roster, history and duties elsewhere, each for the date it starts on. A day of which nothing is known,
    before the horizon, is free. A weekend of which the Sunday lies after the horizon is not judged. Leave excuses nothing.

    0, the default, is no rule.
    """

    code = "complete_weekends"
    title = "Complete weekends"
    sources = (Source("Good practice in shift work", sourced=False),)
    hard = False
    parameters_class = CompleteWeekendsParameters

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        if not self.parameters.cost:
            return
        calendar = instance.calendar
        for member in instance.staff:
            worked = {item.day for item in instance.commitments[member.id]} | {a.day for a in roster.line(member.id)}
            for sunday in range(instance.days):
                saturday = sunday - 1
                if calendar.weekday(sunday) == SUNDAY and (saturday in worked) != (sunday in worked):
                    day = saturday if saturday in worked else sunday
                    message = Message(
                        "complete_weekends_half",
                        "{staff} works on {date}, and not on the other day of the weekend",
                        staff=member.id,
                        date=calendar.date(day),
                    )
                    yield Finding(
                        self.code, message, (member.id,), (max(day, 0),), unit="weekends", cost=self.parameters.cost
                    )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        if not self.parameters.cost:
            return
        weekday = instance.calendar.weekday
        counts = frozenset(duty.key for duty in instance.duties if weekday(duty.day) >= SATURDAY)
        for member in instance.staff:
            fixed = {item.day for item in instance.commitments[member.id] if weekday(item.day) >= SATURDAY}
            yield Run(
                self.code,
                member.id,
                counts=counts,
                least=2,
                carried=int(weekday(0) == SUNDAY and -1 in fixed),
                always=frozenset(day for day in fixed if 0 <= day < instance.days),
                closed=weekday(instance.days - 1) == SUNDAY,
                cost=self.parameters.cost,
            )
