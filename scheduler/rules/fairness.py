"""Fairness: nights and weekends are shared evenly among people who can replace one another."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import Field

from scheduler.constraints import Blocks, Constraint, Total
from scheduler.instance import DutyKey, Instance
from scheduler.roster import Roster
from scheduler.rules.base import Finding, Parameters, Rule, Source
from scheduler.rules.shares import circles, shares
from scheduler.rules.weekends import touched_by_fixed, weekends


class FairnessParameters(Parameters):
    night_cost: int = Field(
        default=120, ge=0, le=10_000, description="points per night further than `near` off the share"
    )
    night_cost_far: int = Field(default=360, ge=0, le=10_000, description="points more per night further than `far`")
    weekend_cost: int = Field(default=120, ge=0, le=10_000, description="points per weekend further than `near` off")
    weekend_cost_far: int = Field(default=240, ge=0, le=10_000, description="points more per weekend beyond `far`")
    near: int = Field(default=1, ge=0, le=20, description="nights or weekends off the fair share that cost nothing")
    far: int = Field(default=2, ge=0, le=20, description="nights or weekends off the fair share that cost extra beyond")
    most_nights_evened: float = Field(
        default=1.0, ge=0, le=50, description="most nights of earlier horizons that one horizon evens out"
    )
    most_weekends_evened: float = Field(
        default=0.5, ge=0, le=20, description="most weekends of earlier horizons that one horizon evens out"
    )


@dataclass(frozen=True, slots=True)
class Aim:
    """The whole number of nights and weekends nearest to a person's fair share."""

    nights: int
    weekends: int


class Fairness(Rule[FairnessParameters]):
    """Each person works about a fair share of nights and weekends.

    The share follows from the demand, the contract hours owed and the counters carried in (:mod:`scheduler.rules.shares`).
    A deviation is free up to ``near``, costs beyond it, and costs extra beyond ``far``: the worst off come first. Hours are
    shared by the rule on the reference period, whose target includes the balance carried in.
    """

    code = "fairness"
    title = {
        "en": "Fair nights and weekends",
        "fr": "Répartition équitable des nuits et week-ends",
        "nl": "Eerlijke verdeling van nachten en weekends",
    }
    sources = (Source("Good practice: unfair spread is the first complaint about rosters", sourced=False),)
    columns = ("Counters.nights", "Counters.weekends", "Contracts.night_from", "Contracts.night_to")
    hard = False
    parameters_class = FairnessParameters

    def _aims(self, instance: Instance) -> Mapping[str, Aim]:
        most = len(weekends(instance))
        given = shares(instance, self.parameters.most_nights_evened, self.parameters.most_weekends_evened)
        return {
            staff: Aim(math.floor(share.nights + 0.5), min(most, math.floor(share.weekends + 0.5)))
            for staff, share in given.items()
        }

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        costs = self.parameters
        worked = worked_by(instance, roster)
        for staff, aim in self._aims(instance).items():
            mine = worked[staff]
            for what, number, share, days, cost, more in (
                ("nights", len(mine.nights), aim.nights, mine.nights, costs.night_cost, costs.night_cost_far),
                ("weekends", mine.weekends, aim.weekends, (), costs.weekend_cost, costs.weekend_cost_far),
            ):
                off = abs(number - share)
                price = cost * max(0, off - costs.near) + more * max(0, off - costs.far)
                if price:
                    yield Finding(
                        self.code,
                        f"{staff} works {number} {what}; the fair share is {share}",
                        (staff,),
                        days,
                        amount=off,
                        unit=what,
                        cost=price,
                    )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        costs = self.parameters
        nights = night_weights(instance)
        blocks = tuple(item.duties for item in weekends(instance))
        for staff, aim in self._aims(instance).items():
            weights = nights[instance.contract(staff).code]
            for width, cost in ((costs.near, costs.night_cost), (costs.far, costs.night_cost_far)):
                least, most = _band(aim.nights, width, instance.days)
                if cost and (least is not None or most is not None):
                    yield Total(self.code, staff, weights, least=least, most=most, cost=cost)
            always = frozenset(index for index in touched_by_fixed(instance, staff) if 0 <= index < len(blocks))
            for width, cost in ((costs.near, costs.weekend_cost), (costs.far, costs.weekend_cost_far)):
                least, most = _band(aim.weekends, width, len(blocks))
                if cost and (least is not None or most is not None):
                    yield Blocks(self.code, staff, blocks, always, least=least, most=most, cost=cost)


def _band(aim: int, width: int, possible: int) -> tuple[int | None, int | None]:
    """The bounds ``aim`` ± ``width``, without those that nobody can break."""
    least, most = aim - width, aim + width
    return (least if least > 0 else None), (most if most < possible else None)


def night_weights(instance: Instance) -> Mapping[str, Mapping[DutyKey, int]]:
    """The night duties of each contract, with weight 1; one mapping object for all people of a contract."""
    anybody = {member.contract: member.id for member in instance.staff}
    return {
        code: {duty.key: 1 for duty in instance.duties if instance.is_night(staff, duty)}
        for code, staff in anybody.items()
    }


@dataclass(frozen=True, slots=True)
class Worked:
    """The days of the horizon on which a person works a night, and how many of its weekends they work."""

    nights: tuple[int, ...]
    weekends: int


def worked_by(instance: Instance, roster: Roster) -> Mapping[str, Worked]:
    """Nights and weekends that everybody works in the horizon; weekends include history and duties elsewhere in them."""
    nights = night_weights(instance)
    blocks = weekends(instance)
    found: dict[str, Worked] = {}
    for member in instance.staff:
        line = roster.line(member.id)
        keys = {a.key for a in line}
        fixed = touched_by_fixed(instance, member.id)
        touched = sum(number in fixed or not keys.isdisjoint(block.duties) for number, block in enumerate(blocks))
        at_night = tuple(a.day for a in line if a.key in nights[member.contract])
        found[member.id] = Worked(at_night, touched)
    return found


@dataclass(frozen=True, slots=True)
class Spread:
    """How far apart people of one contract are, most minus fewest, within those of the same share of full time who may stand
    at the same hotspots and are there for the whole horizon; ``people`` are compared."""

    contract: str
    people: int
    nights: int
    weekends: int


def spread(instance: Instance, roster: Roster) -> tuple[Spread, ...]:
    """The spread of nights and weekends of each contract: the widest of its groups of comparable people."""
    worked = worked_by(instance, roster)
    widest: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for (contract, _), people in circles(instance).items():
        by_fte: dict[float, list[Worked]] = defaultdict(list)
        for staff in people:
            present = not instance.leave_days[staff] and all(
                instance.in_service(staff, day) for day in (0, instance.days - 1)
            )
            if present and instance.person[staff].fte > 0:
                by_fte[instance.person[staff].fte].append(worked[staff])
        for group in by_fte.values():
            nights, touched = [len(one.nights) for one in group], [one.weekends for one in group]
            row = widest[contract]
            row[0] += len(group) if len(group) > 1 else 0
            row[1] = max(row[1], max(nights) - min(nights))
            row[2] = max(row[2], max(touched) - min(touched))
    return tuple(Spread(contract, *row) for contract, row in sorted(widest.items()))
