"""Who is interchangeable: posting classes, groups within them, and parts of the pool that cannot help each other.

People of one *posting class* count for the same covers and may stand at the same hotspots. People of one *group* share, on top
of that, the rules that shape a line of work (which duties exclude each other, runs, weekends); hours, absences and history stay
personal. Two classes belong to one *part* when they can count for the same stretch of demand, directly or through others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.constraints import COVERAGE_LEVELS, Blocks, Clash, Run
from scheduler.engine.pool import Cell, Escort, Pool
from scheduler.instance import DutyKey


@dataclass(frozen=True)
class LineRules:
    """The hard line rules that a group shares.

    ``most_on`` and ``least_off`` bound runs of days worked and of days free; ``runs`` are (duties, most days in a row) for
    runs of some duties only; ``weekends`` are (blocks, most in a row).
    """

    most_on: int | None
    least_off: int
    runs: frozenset[tuple[frozenset[DutyKey], int]]
    weekends: frozenset[tuple[tuple[frozenset[DutyKey], ...], int]]


@dataclass(frozen=True)
class Group:
    """People positions who are interchangeable, up to what each may work when; ``posting`` indexes the classes."""

    people: tuple[int, ...]
    posting: int
    rules: LineRules
    clashes: tuple[frozenset[DutyKey], ...]
    """Sets of duties of which everybody in the group works at most one."""


@dataclass(frozen=True)
class PostingClass:
    """People positions who count alike, and the hotspot positions at which they may stand."""

    people: tuple[int, ...]
    hotspots: tuple[int, ...]


@dataclass(frozen=True)
class Part:
    """Classes, groups (positions) and the coverage cells and patrols that concern only them."""

    classes: tuple[int, ...]
    groups: tuple[int, ...]
    cells: tuple[Cell, ...]
    patrols: tuple[Escort, ...]


@dataclass(frozen=True)
class Grouping:
    classes: tuple[PostingClass, ...]
    groups: tuple[Group, ...]
    parts: tuple[Part, ...]


def line_rules(pool: Pool, person: int) -> LineRules:
    """The hard rules about runs and weekends of a person position."""
    runs: set[tuple[frozenset[DutyKey], int]] = set()
    weekends: set[tuple[tuple[frozenset[DutyKey], ...], int]] = set()
    most_on: list[int] = []
    least_off = [1]
    for rule in pool.problem.line(pool.people[person]):
        if isinstance(rule, Blocks) and rule.most_in_row is not None:
            weekends.add((rule.blocks, rule.most_in_row))
        elif isinstance(rule, Run) and rule.cost is None:
            if rule.counts is not None:
                if not rule.free and rule.most is not None:
                    runs.add((rule.counts, rule.most))
            elif rule.free:
                least_off.append(rule.least)
            elif rule.most is not None:
                most_on.append(rule.most)
    return LineRules(min(most_on, default=None), max(least_off), frozenset(runs), frozenset(weekends))


def clashes(pool: Pool, people: Sequence[int]) -> list[frozenset[frozenset[DutyKey]]]:
    """The hard "at most one" sets of each of ``people``."""
    return [
        frozenset(
            rule.duties
            for rule in pool.problem.line(pool.people[person])
            if isinstance(rule, Clash) and rule.cost is None
        )
        for person in people
    ]


def _split(pool: Pool, people: Sequence[int], posting: int, rules: LineRules) -> Iterator[Group]:
    """Groups among people of one class and the same runs: apart when they differ in clashes that many have. Those of single
    people (around a day in court) are left out, so that they do not tear a group to pieces."""
    sets = clashes(pool, people)
    held = Counter(duties for found in sets for duties in found)
    usual = frozenset(duties for duties, times in held.items() if 2 * times >= len(people))
    alike: dict[frozenset[frozenset[DutyKey]], list[int]] = defaultdict(list)
    for position, found in enumerate(sets):
        alike[found & usual].append(position)
    for members in alike.values():
        shared = frozenset.intersection(*(sets[position] for position in members))
        yield Group(tuple(people[position] for position in members), posting, rules, tuple(shared))


def grouping(pool: Pool) -> Grouping:
    """Classes, groups and parts of a pool. People who can work nothing at all belong to none."""
    cells = [cell for cell in pool.cells if any(want.level in COVERAGE_LEVELS for want in cell.wants)]
    patrols = _patrols(pool)
    counted = sorted({cell.crowd for cell in cells} | {crowd for patrol in patrols for crowd in (patrol.of, patrol.by)})
    by_class: dict[tuple[bytes, bytes], list[int]] = defaultdict(list)
    for person in range(len(pool.people)):
        if pool.allowed[person].any():
            spots = pool.post[person].any(axis=(0, 1))
            member = np.array([pool.crowds[crowd][person] for crowd in counted], dtype=bool)
            by_class[member.tobytes(), spots.tobytes()].append(person)
    classes: list[PostingClass] = []
    groups: list[Group] = []
    for people in by_class.values():
        spots = np.flatnonzero(pool.post[people[0]].any(axis=(0, 1)))
        classes.append(PostingClass(tuple(people), tuple(spots.tolist())))
        alike: dict[LineRules, list[int]] = defaultdict(list)
        for person in people:
            alike[line_rules(pool, person)].append(person)
        groups += [group for rules, found in alike.items() for group in _split(pool, found, len(classes) - 1, rules)]
    return Grouping(tuple(classes), tuple(groups), tuple(_parts(pool, classes, groups, cells, patrols)))


def _patrols(pool: Pool) -> list[Escort]:
    """Company that people keep among their own: nobody stands alone. (Company by others would tie parts together.)"""
    return [
        escort
        for escort in pool.escorts
        if escort.least > 1 and not (pool.crowds[escort.of] & ~pool.crowds[escort.by]).any()
    ]


def _parts(
    pool: Pool, classes: list[PostingClass], groups: list[Group], cells: list[Cell], patrols: list[Escort]
) -> list[Part]:
    """Connected components of classes over shared cells; a cell that nobody can serve is a part of its own."""
    home = list(range(len(classes)))

    def root(item: int) -> int:
        while home[item] != item:
            item = home[item]
        return item

    def serves(item: int, crowd: int, hotspot: int) -> bool:
        return hotspot in classes[item].hotspots and bool(pool.crowds[crowd][classes[item].people[0]])

    servers: dict[tuple[int, int], list[int]] = {}
    for cell in cells:
        key = (cell.crowd, cell.hotspot)
        if key not in servers:
            servers[key] = [item for item in range(len(classes)) if serves(item, *key)]
            for item in servers[key][1:]:
                home[root(item)] = root(servers[key][0])
    parts: list[Part] = []
    for first in sorted({root(item) for item in range(len(classes))}):
        members = tuple(item for item in range(len(classes)) if root(item) == first)
        parts.append(
            Part(
                members,
                tuple(index for index, group in enumerate(groups) if group.posting in members),
                tuple(cell for cell in cells if set(servers[cell.crowd, cell.hotspot]) & set(members)),
                tuple(
                    patrol
                    for patrol in patrols
                    if any(serves(item, patrol.of, patrol.hotspot) for item in members)
                    and all(item in members for item in range(len(classes)) if serves(item, patrol.by, patrol.hotspot))
                ),
            )
        )
    lost = tuple(cell for cell in cells if not servers[cell.crowd, cell.hotspot])
    return [*parts, Part((), (), lost, ())] if lost else parts
