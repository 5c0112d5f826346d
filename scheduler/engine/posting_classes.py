"""Posting classes and components: who is interchangeable at a post, and who has nothing to do with whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.shared_limits import shared_limits
from scheduler.vocabulary.constraints import Apart


def posting_classes(pool: CompiledProblem, *, tell_apart: bool = True) -> list[list[int]]:
    """People who count for the same staff sets and quotas and may stand at the same posts of any duty they may work.

    With ``tell_apart``, people who must be kept apart from somebody are a class of their own, because a count cannot keep them
    apart; a bound does without.
    """
    pairs = pool.problem.all(Apart) if tell_apart else ()
    special = {pool.person[staff] for apart in pairs for staff in (apart.person, apart.other)}
    membership = np.array(pool.staff_sets, dtype=bool).reshape(len(pool.staff_sets), len(pool.people))
    counted = shared_limits(pool).counted
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for person in range(len(pool.people)):
        if not pool.allowed[person].any():
            continue
        spots = pool.reach[person]
        alone = person if person in special else -1
        groups[membership[:, person].tobytes(), counted[:, person].tobytes(), spots.tobytes(), alone].append(person)
    return list(groups.values())


def components(pool: CompiledProblem, classes: list[list[int]]) -> list[list[int]]:
    """Class positions whose posts depend on each other: they count for a common interval or quota, keep each other company, or
    fill intervals of a common shortage limit.

    Escorts that look one way only (peacekeepers need police, not the reverse) do not join: the police come first.
    """
    parent = list(range(len(classes)))

    def root(c: int) -> int:
        while parent[c] != c:
            parent[c] = parent[parent[c]]
            c = parent[c]
        return c

    reach = [np.asarray(pool.reach[members].any(axis=0)) for members in classes]
    links = {(interval.staff_set, interval.hotspot) for interval in pool.intervals}
    links |= {
        (e.companions, e.hotspot)
        for e in pool.co_presences
        if e.begun or (pool.staff_sets[e.dependents] & pool.staff_sets[e.companions]).any()
    }
    # Where the company is enough for so many only, they depend on each other.
    links |= {(e.dependents, e.hotspot) for e in pool.co_presences if e.per}
    joined = [
        [c for c, members in enumerate(classes) if pool.staff_sets[staff_set][members[0]] and reach[c][hotspot]]
        for staff_set, hotspot in links
    ]
    shared = shared_limits(pool)
    joined += [[c for c, members in enumerate(classes) if counted[members[0]].any()] for counted in shared.counted]
    limited: dict[int, set[int]] = defaultdict(set)
    for interval in pool.intervals:
        for requirement in interval.requirements:
            if requirement.limit >= 0:
                limited[requirement.limit] |= {
                    c
                    for c, members in enumerate(classes)
                    if pool.staff_sets[interval.staff_set][members[0]] and reach[c][interval.hotspot]
                }
    for group in (*joined, *map(sorted, limited.values())):
        for c in group[1:]:
            parent[root(c)] = root(group[0])
    found: dict[int, list[int]] = defaultdict(list)
    for c in range(len(classes)):
        found[root(c)].append(c)
    return sorted(
        found.values(),
        key=lambda group: (-sum(len(classes[c]) for c in group), min(p for c in group for p in classes[c])),
    )


def component_people(pool: CompiledProblem, classes: list[list[int]]) -> list[list[int]]:
    """The people of each component, in the order of :func:`components`."""
    return [[person for c in group for person in classes[c]] for group in components(pool, classes)]


def needs_company(pool: CompiledProblem, members: Sequence[int]) -> bool:
    """Whether any of some people must have company where they stand, or give it to who has begun; keep away from somebody; or
    share a limit."""
    people = {pool.people[person] for person in members}
    apart = any({pair.person, pair.other} & people for pair in pool.problem.all(Apart))
    shared = shared_limits(pool)
    return (
        apart
        or bool(shared.shortages or shared.counted[:, list(members)].any())
        or any(
            pool.staff_sets[e.companions if e.begun else e.dependents][list(members)].any() for e in pool.co_presences
        )
    )
