"""Lending: how much of its police a zone gives to the others."""

from __future__ import annotations

import math
from collections.abc import Iterator

from pydantic import Field

from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import elsewhere, lenders
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, Parameters, Reach, Rule, Source
from scheduler.rules.support.contract_hours import owed_minutes
from scheduler.vocabulary.constraints import Constraint, Quota

WORKDAYS = 5
"""Days of a full-time week, by which its hours become person-days."""


class LendingParameters(Parameters):
    percent: float = Field(default=10, ge=0, le=100, description="of its person-days that a police zone lends at most")


class Lending(Rule[LendingParameters]):
    """With the strategy ``lateral``, the police of a zone work at most ``percent`` per cent of the zone's person-days at hotspots
    of other zones; ``Organisations.lends_percent`` says otherwise for one zone.

    The person-days of a zone are the hours that the contracts of its staff ask for in the horizon, less public holidays and
    leave. They are counted in days of a fifth of the contract's week. The limit is rounded down to whole days. Every duty at a
    hotspot of another zone is a day lent, but not of people whose row names hotspots: they stand there with every strategy.
    History does not count.

    With other strategies it is no rule.
    """

    code = "lending"
    title = "Police lent to other zones"
    sources = (
        Source("Act of 7 December 1998, arts. 61-64, and directive MFO-2: lateral support by mutual agreement"),
        Source("The share that a zone lends: the planner's own limit", sourced=False),
    )
    columns = (
        "Settings.strategy",
        "Organisations.lends_percent",
        "Hotspots.zone",
        "Contracts.weekly_hours",
        "Staff.hotspots",
    )
    reach = Reach.WHOLE
    parameters_class = LendingParameters
    laxer_when_more = ("percent",)

    def __init__(self, parameters: LendingParameters | None = None) -> None:
        super().__init__(parameters)
        self._known: dict[str, tuple[Instance | None, int]] = {}

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        for zone, people in lenders(instance).items():
            away, most = elsewhere(instance, zone), self.most(instance, zone)
            lent = [cell for staff in sorted(people) for cell in roster.line(staff) if cell.hotspot in away]
            if len(lent) > most:
                last = sorted(lent, key=lambda cell: (cell.day, cell.staff), reverse=True)[: len(lent) - most]
                message = Message(
                    "lending_over",
                    (
                        "zone {zone} lends {count} person-day to other zones; the limit is {most}",
                        "zone {zone} lends {count} person-days to other zones; the limit is {most}",
                    ),
                    zone=zone, count=len(lent), most=most,
                )  # fmt: skip
                staff, days = tuple(cell.staff for cell in last[:1]), tuple(cell.day for cell in last[:1])
                yield Finding(self.code, message, staff, days, amount=len(lent) - most, unit="days")

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        for zone, people in lenders(instance).items():
            if people:
                yield Quota(self.code, people, elsewhere(instance, zone), self.most(instance, zone))

    def most(self, instance: Instance, zone: str) -> int:
        """Person-days that a zone lends at most; worked out once for an instance and a zone."""
        known, found = self._known.get(zone, (None, 0))
        if known is not instance:
            own = instance.organisation[zone].lends_percent
            percent = self.parameters.percent if own is None else own
            # Hundredths of a day are rounding.
            found = math.floor(round(person_days(instance, zone) * percent / 100, 2))
            self._known[zone] = instance, found
        return found


def person_days(instance: Instance, zone: str) -> float:
    """The person-days of a zone in the horizon."""
    total = 0.0
    for staff in sorted(member.id for member in instance.staff if member.organisation == zone):
        day = instance.contract(staff).weekly_hours * 60 / WORKDAYS
        total += owed_minutes(instance, staff, 0, instance.days) / day if day else 0.0
    return total
