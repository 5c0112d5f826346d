"""Independent pools found from the data: people who have no hotspot and no partner in common can be solved side by side.

A pool is closed: whoever may stand at one of its hotspots, or still stands there from history, belongs to it. So what the rules
say about the whole falls apart into what they say about each pool, and values add up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from itertools import pairwise

import numpy as np

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.vocabulary.constraints import Apart, Quota, ShortageLimit, Together
from scheduler.vocabulary.problem import Problem, Scope


def pools(pool: CompiledProblem) -> list[Scope]:
    """The independent pools, the one of most people first. People with no hotspot and hotspots with no people are pools too."""
    parent: dict[Hashable, Hashable] = {}

    def root(item: Hashable) -> Hashable:
        parent.setdefault(item, item)
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for one, other in _links(pool):
        parent[root(one)] = root(other)
    people: dict[Hashable, list[str]] = defaultdict(list)
    hotspots: dict[Hashable, list[str]] = defaultdict(list)
    for person in pool.people:
        people[root(("person", person))].append(person)
    for hotspot in pool.hotspots:
        hotspots[root(("hotspot", hotspot))].append(hotspot)
    roots = dict.fromkeys([*people, *hotspots])
    found = [Scope(tuple(people.get(key, ())), tuple(hotspots.get(key, ()))) for key in roots]
    return sorted(found, key=lambda scope: -len(scope.people))


def _links(pool: CompiledProblem) -> Iterator[tuple[Hashable, Hashable]]:
    """Pairs of people and hotspots, or of people, that must stay together."""
    for person, spot in np.argwhere(pool.reach):
        yield ("person", pool.people[person]), ("hotspot", pool.hotspots[spot])
    for person, spot, _, _ in pool.present_before:
        yield ("person", pool.people[person]), ("hotspot", pool.hotspots[spot])
    problem: Problem = pool.problem
    for pair in problem.all(Together):
        yield ("person", pair.person), ("person", pair.partner)
    for apart in problem.all(Apart):
        yield ("person", apart.person), ("person", apart.other)
    for quota in problem.all(Quota):
        yield from pairwise(("person", person) for person in sorted(quota.people))
    for limit in problem.all(ShortageLimit):
        yield from pairwise(("hotspot", code) for code in sorted({cover.hotspot for cover in limit.covers}))


def bundles(found: list[Scope], most: int) -> list[Scope]:
    """The pools in at most so many bundles of about equally many people; each bundle has people and hotspots, if any has."""
    count = max(1, min(most, sum(bool(scope.people and scope.hotspots) for scope in found)))
    loads: list[list[Scope]] = [[] for _ in range(count)]
    for scope in sorted(found, key=lambda scope: (not (scope.people and scope.hotspots), -len(scope.people))):
        min(loads, key=lambda load: sum(len(item.people) for item in load)).append(scope)
    return [_joined(load) for load in loads]


def _joined(scopes: list[Scope]) -> Scope:
    return Scope(
        tuple(person for scope in scopes for person in scope.people),
        tuple(hotspot for scope in scopes for hotspot in scope.hotspots),
    )
