"""What is missing at least by hours alone: what is asked, less the most that the people of a pool can be present.

A pool are hotspots of one category that share staff, directly or through others. Whatever the roster, nobody is present longer
than their longest line; so the rest of what a pool asks is missing. When and where people stand is not looked at: more may be
missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.analysis.waterfall import Required
from scheduler.analysis.waterfall_stages import AskedPlace
from scheduler.problem.demand_profile import Place
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import allowed_hotspots


@dataclass(frozen=True, slots=True, order=True)
class Missing:
    """Person-minutes that are missing at least, of all minimums and of all targets, what no duty reaches included."""

    minimum: int
    target: int


def hours_bound(instance: Instance, places: Mapping[Place, AskedPlace], plannable: Mapping[str, int]) -> Missing:
    """What every roster misses at some places, where ``plannable`` are minutes that each person does not exceed there; whoever is
    not in it is not there."""
    minimum = target = 0
    for pool, minutes in _pools(instance, places, plannable):
        missing = _of_pool([places[place].required for place in pool], minutes)
        minimum, target = minimum + missing.minimum, target + missing.target
    return Missing(minimum, target)


def short_of_hours(
    instance: Instance, places: Mapping[Place, AskedPlace], plannable: Mapping[str, int]
) -> frozenset[Place]:
    """The places of the pools whose hours cannot be enough: more hours elsewhere would mend nothing."""
    found: set[Place] = set()
    for pool, minutes in _pools(instance, places, plannable):
        needs = [places[place].required for place in pool]
        if _of_pool(needs, minutes).target > sum(need.unreachable_target for need in needs):
            found |= pool
    return frozenset(found)


def _of_pool(needs: Sequence[Required], minutes: int) -> Missing:
    """What a pool misses with so many minutes of presence, and what history brings."""
    minutes += sum(need.history for need in needs)
    never = Missing(sum(need.unreachable_minimum for need in needs), sum(need.unreachable_target for need in needs))
    wanted = Missing(sum(need.minimum for need in needs), sum(need.target for need in needs))
    return Missing(
        never.minimum + max(0, wanted.minimum - never.minimum - minutes),
        never.target + max(0, wanted.target - never.target - minutes),
    )


def _pools(
    instance: Instance, places: Mapping[Place, AskedPlace], plannable: Mapping[str, int]
) -> Iterator[tuple[frozenset[Place], int]]:
    """Places that share people, and the minutes of these people."""
    pools: list[tuple[set[Place], int]] = [({place}, 0) for place in sorted(places)]
    for staff, minutes in plannable.items():
        category = instance.category(staff)
        mine = {(spot, category) for spot in allowed_hotspots(instance, staff)} & places.keys()
        joined = [pool for pool in pools if pool[0] & mine]
        if joined:
            pools = [pool for pool in pools if not pool[0] & mine]
            pools.append((set().union(*(spots for spots, _ in joined)), minutes + sum(sum_ for _, sum_ in joined)))
    yield from ((frozenset(spots), minutes) for spots, minutes in pools)
