"""Who is interchangeable: posting classes, groups within them, and parts of the pool that cannot help each other.

People of one *posting class* count for the same covers and may stand at the same hotspots. People of one *group* share, on top
of that, the rules that shape a line of work (which duties exclude each other, runs, weekends); hours, absences and history stay
personal. A *part* is a component of the pool (:mod:`scheduler.engine.classes`) with the demand that it serves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.constraints import COVERAGE_LEVELS, Blocks, Clash, Run
from scheduler.engine.classes import components, posting_classes
from scheduler.engine.pool import Cell, Pool
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
    """Classes, groups (positions) and the coverage cells that concern only them."""

    classes: tuple[int, ...]
    groups: tuple[int, ...]
    cells: tuple[Cell, ...]


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
        yield Group(tuple(people[position] for position in members), posting, rules, tuple(sorted(shared, key=sorted)))


def grouping(pool: Pool) -> Grouping:
    """Classes, groups and parts of a pool. People who can work nothing at all belong to none; demand that nobody can serve is a
    part of its own."""
    members = posting_classes(pool, tell_apart=False)
    classes = tuple(
        PostingClass(tuple(people), tuple(np.flatnonzero(pool.reach[people[0]]).tolist())) for people in members
    )
    groups: list[Group] = []
    for posting, people in enumerate(members):
        alike: dict[LineRules, list[int]] = defaultdict(list)
        for person in people:
            alike[line_rules(pool, person)].append(person)
        groups += [group for rules, found in alike.items() for group in _split(pool, found, posting, rules)]
    part_of: dict[int, int] = {}
    found_parts = components(pool, members)
    for position, joined in enumerate(found_parts):
        part_of |= dict.fromkeys(joined, position)
    cells: dict[int, list[Cell]] = defaultdict(list)
    for cell in pool.cells:
        if any(want.level in COVERAGE_LEVELS for want in cell.wants):
            server = _server(pool, classes, cell)
            cells[-1 if server is None else part_of[server]].append(cell)
    parts = [
        Part(
            tuple(joined),
            tuple(index for index, group in enumerate(groups) if group.posting in joined),
            tuple(cells[position]),
        )
        for position, joined in enumerate(found_parts)
    ]
    lost = (Part((), (), tuple(cells[-1])),) if cells[-1] else ()
    return Grouping(classes, tuple(groups), (*parts, *lost))


def _server(pool: Pool, classes: Sequence[PostingClass], cell: Cell) -> int | None:
    """One of the classes that can serve a cell; they are all of one part."""
    member = pool.crowds[cell.crowd]
    able = (item for item, found in enumerate(classes) if member[found.people[0]] and cell.hotspot in found.hotspots)
    return next(able, None)
