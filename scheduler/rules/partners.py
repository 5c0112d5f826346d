"""Partners: two people who work together."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, Parameters, Reach, Rule, Source
from scheduler.rules.incompatible_staff import couples
from scheduler.vocabulary.constraints import Constraint, Together


class PartnersParameters(Parameters):
    cost_per_duty: int = Field(
        default=60, ge=0, le=10_000, description="points for each duty worked without the partner"
    )


class Partners(Rule[PartnersParameters]):
    """Fixed partners work the same duty at the same hotspot: each duty of one of them that the other does not work there
    too costs ``cost_per_duty`` points.

    The same duty is the same shift on the same date. A date does not count on which one of the two has an absence,
    however short, leave or duty elsewhere, or is not in service. A pair counts once, however often and in whichever
    order it is written. History does not count.
    """

    code = "partners"
    title = "Partners together"
    sources = (Source("The planner's decision (sheet Pairs)"),)
    columns = ("Pairs.kind",)
    hard = False
    reach = Reach.HOTSPOT
    parameters_class = PartnersParameters

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        price = self.parameters.cost_per_duty
        for pair in couples(instance, "together"):
            away = days_away(instance, *pair)
            for staff, partner in (pair, pair[::-1]):
                beside = {(a.key, a.hotspot) for a in roster.line(partner)}
                for a in roster.line(staff):
                    if price and a.day not in away and (a.key, a.hotspot) not in beside:
                        yield Finding(
                            self.code,
                            Message(
                                "partners_without",
                                "{staff} works {shift} at {hotspot} on {date} without the partner {partner}",
                                staff=staff,
                                shift=a.shift,
                                hotspot=a.hotspot,
                                date=instance.calendar.date(a.day),
                                partner=partner,
                            ),
                            (staff, partner),
                            (a.day,),
                            a.hotspot,
                            unit="duties",
                            cost=price,
                        )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        if self.parameters.cost_per_duty:
            for person, partner in couples(instance, "together"):
                away = days_away(instance, person, partner)
                yield Together(self.code, person, partner, self.parameters.cost_per_duty, away)


def days_away(instance: Instance, *people: str) -> frozenset[int]:
    """Days of the horizon on which any of the people has an absence, however short, or is not in service."""
    away = {day for staff in people for day in range(instance.days) if not instance.in_service(staff, day)}
    for absence in instance.absences:
        if absence.staff in people:
            last = instance.calendar.day_of(absence.end - 1)
            away.update(range(max(0, instance.calendar.day_of(absence.start)), min(last, instance.days - 1) + 1))
    return frozenset(away)
