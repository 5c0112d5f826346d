"""Isolated days: no single work day between free days, no single free day between work days."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, Parameters, Rule, Source
from scheduler.vocabulary.constraints import Constraint, Run


class IsolatedDaysParameters(Parameters):
    work_cost: int = Field(default=120, ge=0, le=10_000, description="points for a single work day between free days")
    free_cost: int = Field(default=120, ge=0, le=10_000, description="points for a single free day between work days")


class IsolatedDays(Rule[IsolatedDaysParameters]):
    """Work days and free days come at least two in a row: a single work day between free days costs ``work_cost`` points,
    a single free day between work days ``free_cost``.

    Work is duties of the roster, history and duties elsewhere, each for the date it starts on. The day before the
    horizon is judged too, and its last day is not. A day of which nothing is known, before the horizon, is free.

    A free day that is a day of leave in the horizon costs nothing. Single free days concern only contracts whose
    ``min_days_off`` is 1: for the others they are already forbidden.
    """

    code = "isolated_days"
    title = "Isolated days"
    sources = (Source("Good practice in shift work", sourced=False),)
    columns = ("Contracts.min_days_off",)
    hard = False
    parameters_class = IsolatedDaysParameters

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        for member in instance.staff:
            fixed = {item.day for item in instance.commitments[member.id]}
            worked = fixed | {a.day for a in roster.line(member.id)}
            judge_free = instance.contract(member.id).min_days_off == 1
            for day in range(-1, instance.days - 1):
                before, here, after = day - 1 in worked, day in worked, day + 1 in worked
                on = instance.calendar.date(day)
                cells = (day,) if day >= 0 else (0,)
                if here and not before and not after and self.parameters.work_cost:
                    yield Finding(
                        self.code,
                        Message(
                            "isolated_days_work",
                            "{staff} works on {date} only, between free days",
                            staff=member.id,
                            date=on,
                        ),
                        (member.id,),
                        cells,
                        unit="days",
                        cost=self.parameters.work_cost,
                    )
                leave = day in instance.leave_days[member.id]
                if judge_free and before and not here and after and not leave and self.parameters.free_cost:
                    yield Finding(
                        self.code,
                        Message(
                            "isolated_days_free",
                            "{staff} is free on {date} only, between work days",
                            staff=member.id,
                            date=on,
                        ),
                        (member.id,),
                        (day + 1,),
                        unit="days",
                        cost=self.parameters.free_cost,
                    )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        for member in instance.staff:
            fixed = {item.day for item in instance.commitments[member.id]}
            always = frozenset(day for day in fixed if 0 <= day < instance.days)
            earlier = max((day for day in fixed if day < 0), default=None)
            if self.parameters.work_cost:
                # Nothing known of the past counts as a free day before.
                carried = next(length for length in range(len(fixed) + 1) if -1 - length not in fixed)
                yield Run(self.code, member.id, least=2, carried=carried, always=always, cost=self.parameters.work_cost)
            if self.parameters.free_cost and instance.contract(member.id).min_days_off == 1:
                yield Run(
                    self.code,
                    member.id,
                    free=True,
                    least=2,
                    carried=None if earlier is None else -1 - earlier,
                    always=always,
                    pardon=instance.leave_days[member.id],
                    cost=self.parameters.free_cost,
                )
