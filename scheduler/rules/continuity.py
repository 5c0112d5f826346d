"""Continuity: people know their hotspot, and residents know them."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from scheduler.messages.message import AllOf, Message
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, Parameters, Rule, Source
from scheduler.vocabulary.constraints import Constraint, Variety, Wish


class ContinuityParameters(Parameters):
    away_cost_per_duty: int = Field(
        default=20, ge=0, le=10_000, description="points for each duty away from the home hotspot"
    )
    cost_per_hotspot: int = Field(
        default=60, ge=0, le=10_000, description="points for each different hotspot of a person beyond the first"
    )


class Continuity(Rule[ContinuityParameters]):
    """A person stands at the home hotspot, and at few different hotspots: each duty away from ``home_hotspot`` costs
    ``away_cost_per_duty`` points, and each different hotspot beyond the first in the horizon costs
    ``cost_per_hotspot``.

    Without a home hotspot only the second is counted. The home hotspot is one of the different ones only where the
    person stands there. History does not count.
    """

    code = "continuity"
    title = "Continuity of place"
    sources = (Source("Known faces reassure residents", sourced=False),)
    columns = ("Staff.home_hotspot",)
    hard = False
    parameters_class = ContinuityParameters

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        costs = self.parameters
        for member in instance.staff:
            line = roster.line(member.id)
            for a in line if costs.away_cost_per_duty and member.home_hotspot is not None else ():
                if a.hotspot != member.home_hotspot:
                    yield Finding(
                        self.code,
                        Message(
                            "continuity_away",
                            "{staff} stands at {hotspot} on {date}; the home hotspot is {home}",
                            staff=member.id,
                            hotspot=a.hotspot,
                            date=instance.calendar.date(a.day),
                            home=member.home_hotspot,
                        ),
                        (member.id,),
                        (a.day,),
                        a.hotspot,
                        unit="duties",
                        cost=costs.away_cost_per_duty,
                    )
            places = sorted({a.hotspot for a in line})
            if len(places) > 1 and costs.cost_per_hotspot:
                yield Finding(
                    self.code,
                    Message(
                        "continuity_hotspots",
                        "{staff} stands at {number} hotspots: {hotspots}",
                        staff=member.id,
                        number=len(places),
                        hotspots=AllOf(tuple(places)),
                    ),
                    (member.id,),
                    amount=len(places) - 1,
                    unit="hotspots",
                    cost=(len(places) - 1) * costs.cost_per_hotspot,
                )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        everywhere = frozenset(hotspot.code for hotspot in instance.hotspots)
        if len(everywhere) < 2:
            return
        for member in instance.staff:
            if member.home_hotspot is not None and self.parameters.away_cost_per_duty:
                away = everywhere - {member.home_hotspot}
                yield Wish(self.code, member.id, self.parameters.away_cost_per_duty, hotspots=away)
            if self.parameters.cost_per_hotspot:
                yield Variety(self.code, member.id, self.parameters.cost_per_hotspot)
