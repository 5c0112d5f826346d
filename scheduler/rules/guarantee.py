"""Guarantee: a zone that lends police holds its own hotspots as well as it would alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from scheduler.messages.message import Hours, Message
from scheduler.problem.facts import Category, OrganisationKind, Pooling
from scheduler.problem.heads import Heads
from scheduler.problem.instance import Instance, Need
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, NoParameters, Reach, Rule, Source
from scheduler.vocabulary.constraints import Constraint, Cover, Level, ShortageLimit

PRICE = 10_000
"""Weighted person-minutes of the police minimum that a minute beyond the limit counts for: more than can be won by it."""


class Guarantee(Rule[NoParameters]):
    """With the strategy ``lateral``, at most ``short_hours`` person-hours of the police minimum are missing at the hotspots of a
    zone (``Organisations.short_hours``; blank: no limit). `vigie compare` enters what the zone misses alone: then lending costs
    it nothing of its own minimum.

    Hours are counted as in ``demand``, without the hotspots' priority. Soft, so that there is always a roster: every minute
    beyond the limit counts like 10,000 minutes of the police minimum.

    With other strategies it is no rule.
    """

    code = "guarantee"
    title = "A zone's own minimum"
    sources = (
        Source("Act of 7 December 1998, art. 61: reinforcement may not endanger the zone's own tasks"),
        Source("Measured by the hours of the minimum: good practice", sourced=False),
    )
    columns = ("Settings.strategy", "Organisations.short_hours", "Hotspots.zone", "Demand.minimum")
    hard = False
    reach = Reach.WHOLE

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        limits = dict(_limits(instance))
        missing = missing_minimum(instance, roster, instance.calendar.end) if limits else {}
        for zone, hours in limits.items():
            most, short = round(hours * 60), missing[zone]
            if short > most:
                message = Message(
                    "guarantee_over",
                    "zone {zone} misses {missing} of its police minimum; the limit is {most}",
                    zone=zone, missing=Hours(short), most=Hours(most),
                )  # fmt: skip
                cost = (short - most) * PRICE
                yield Finding(
                    self.code,
                    message,
                    amount=short - most,
                    unit="person-minutes",
                    cost=cost,
                    level=Level.POLICE_MINIMUM,
                )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        limits, level = dict(_limits(instance)), Level.POLICE_MINIMUM
        covers: dict[str, list[Cover]] = {zone: [] for zone in limits}
        for need in _minima(instance) if limits else ():
            zone = instance.hotspot[need.hotspot].zone
            if zone in covers:
                people = instance.people(need.role)
                place = (need.hotspot, need.role, people, need.start, need.end)
                covers[zone].append(Cover(self.code, level, *place, need.minimum))
        for zone, hours in limits.items():
            if covers[zone]:
                yield ShortageLimit(self.code, level, tuple(covers[zone]), round(hours * 60), PRICE)


def price_of_guarantee(findings: Iterable[Finding]) -> Message | None:
    """What of the value of the police minimum is the price of minutes beyond a limit, and no hours that are missing."""
    cost = sum(finding.cost or 0 for finding in findings if finding.rule == Guarantee.code)
    if not cost:
        return None
    return Message(
        "guarantee_price",
        "{hours} h of the police minimum are no hours that are missing: a zone misses more than its limit allows, and each "
        "minute beyond it counts {times} times.",
        hours=round(cost / 60),
        times=PRICE,
    )


def missing_minimum(instance: Instance, roster: Roster, until: int) -> Counter[str]:
    """Person-minutes of the police minimum that are missing in each zone before an instant."""
    present = roster.presence(instance)
    heads: dict[tuple[str, str], Heads] = {}
    found: Counter[str] = Counter()
    for need in _minima(instance):
        if need.start >= until:
            continue
        place = need.hotspot, need.role
        if place not in heads:
            people = instance.people(need.role)
            heads[place] = Heads(item for item in present[need.hotspot] if item.staff in people)
        for start, end, number in heads[place].over(need.start, min(need.end, until)):
            found[instance.hotspot[need.hotspot].zone] += max(0, need.minimum - number) * (end - start)
    return found


def _minima(instance: Instance) -> Iterator[Need]:
    """The needs of a minimum of police, or of a role of theirs."""
    categories = instance.role_category
    return (need for need in instance.needs if need.minimum and categories[need.role] is Category.POLICE)


def _limits(instance: Instance) -> Iterator[tuple[str, float]]:
    """The zones with a limit, and it, in hours."""
    for item in instance.organisations if instance.strategy is Pooling.LATERAL else ():
        if item.kind is OrganisationKind.POLICE_ZONE and item.short_hours is not None:
            yield item.code, item.short_hours
