"""The reference reading of the vocabulary: what each kind of constraint means on a given roster, without a solver.

Engines are tested against it. Every kind has one function that says by how many units a roster breaks a constraint:
``(priced, hard)``. Priced units cost ``cost`` each, or break the constraint when it has none; hard units always break it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.problem.instance import Duty, DutyKey, Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.vocabulary.constraints import (
    Apart,
    Blocks,
    Clash,
    Constraint,
    CoPresence,
    Cover,
    Distance,
    Given,
    Keep,
    Level,
    Quota,
    Run,
    ShortageLimit,
    Together,
    Total,
    Unavailable,
    Variety,
    Wish,
)
from scheduler.vocabulary.problem import Problem

Units = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a roster is worth.

    ``broken`` are the hard constraints it does not keep. ``levels`` holds a value for every level: weighted person-minutes
    for the coverage levels, points for the others. ``by_rule`` splits the points of the quality level.
    """

    broken: tuple[Constraint, ...]
    levels: Mapping[Level, int]
    by_rule: Mapping[str, int]


def evaluate(problem: Problem, roster: Roster) -> Evaluation:
    """Value a roster: every level, the quality points by rule, and the hard constraints that it breaks."""
    view = _View(problem.instance, roster)
    broken: list[Constraint] = []
    levels: dict[Level, int] = dict.fromkeys(problem.levels, 0)
    by_rule: dict[str, int] = defaultdict(int)
    for constraint in problem.constraints:
        priced, hard = _MEANING[type(constraint)](constraint, view)
        cost = _price(constraint)
        if hard or (priced and cost is None):
            broken.append(constraint)
        if priced and cost is not None:
            level = constraint.level if isinstance(constraint, Cover | Distance | ShortageLimit) else Level.QUALITY
            levels[level] += priced * cost
            if level is Level.QUALITY:
                by_rule[constraint.rule] += priced * cost
    return Evaluation(tuple(broken), levels, dict(by_rule))


def _price(constraint: Constraint) -> int | None:
    """Of one unit; None for a hard constraint."""
    match constraint:
        case Cover():
            return constraint.weight
        case Distance():
            return 1
        case _:
            return getattr(constraint, "cost", None)


class _View:
    """A roster's tables that the kinds below look things up in, each made on first use."""

    def __init__(self, instance: Instance, roster: Roster) -> None:
        self.instance = instance
        self.roster = roster
        self._heads: dict[tuple[str, frozenset[str]], NDArray[np.int32]] = {}

    def line(self, person: str) -> tuple[Assignment, ...]:
        return self.roster.line(person)

    def duty(self, assignment: Assignment) -> Duty:
        return self.instance.duty(assignment.day, assignment.shift)

    @cached_property
    def workers(self) -> Mapping[DutyKey, tuple[str, ...]]:
        """Who works a duty, at whatever hotspot."""
        table: dict[DutyKey, list[str]] = defaultdict(list)
        for assignment in self.roster:
            table[assignment.key].append(assignment.staff)
        return {key: tuple(people) for key, people in table.items()}

    @cached_property
    def worked(self) -> frozenset[DutyKey]:
        return frozenset(self.workers)

    @cached_property
    def _presence(self) -> Mapping[str, tuple[Any, ...]]:
        return self.roster.presence(self.instance)

    def heads(self, hotspot: str, people: frozenset[str]) -> NDArray[np.int32]:
        """How many of ``people`` stand at a hotspot in each minute from the horizon's start to two days after its end."""
        if (hotspot, people) not in self._heads:
            steps = np.zeros(self.instance.calendar.end + 2 * 24 * 60 + 1, dtype=np.int32)
            for item in self._presence[hotspot]:
                if item.staff in people:
                    steps[max(0, item.start)] += 1
                    steps[item.end] -= 1
            self._heads[hotspot, people] = np.cumsum(steps, dtype=np.int32)
        return self._heads[hotspot, people]


def _unavailable(constraint: Unavailable, view: _View) -> Units:
    return 0, sum(_matches(a, constraint.duties, constraint.hotspots) for a in view.line(constraint.person))


def _matches(a: Assignment, duties: frozenset[DutyKey] | None, hotspots: frozenset[str] | None) -> bool:
    return (duties is None or a.key in duties) and (hotspots is None or a.hotspot in hotspots)


def _clash(constraint: Clash, view: _View) -> Units:
    duties = constraint.duties & view.worked
    if len(duties) < 2:
        return 0, 0
    worked = Counter(chain.from_iterable(view.workers[key] for key in duties))
    several = {person: number for person, number in worked.items() if number > 1}
    return sum(several[person] - 1 for person in constraint.people if person in several), 0


def _run(constraint: Run, view: _View) -> Units:
    """Days too few in each run that is not excused, and days too many, of which those before the horizon never count."""
    days = view.instance.days
    counted = {a.day for a in view.line(constraint.person) if _matches(a, constraint.counts, None)} | constraint.always
    member = [(day in counted) != constraint.free for day in range(days)]
    units = 0
    for first, last in _runs(member, constraint.carried or 0):
        length = last - first + 1
        unknown = constraint.carried is None and first == 0
        pardoned = any(first <= day <= last for day in constraint.pardon)
        if (last < days - 1 or constraint.closed) and not unknown and not pardoned:
            units += max(0, constraint.least - length)
        if constraint.most is not None:
            units += max(0, length - max(constraint.most, -first))
    return units, 0


def _runs(member: list[bool], carried: int) -> Iterator[tuple[int, int]]:
    """First and last day of each unbroken run; the first run begins ``carried`` days before the horizon."""
    first: int | None = -carried if carried else None
    for day, inside in enumerate(member):
        if inside and first is None:
            first = day
        elif not inside and first is not None:
            yield first, day - 1
            first = None
    if first is not None:
        yield first, len(member) - 1


def _total(constraint: Total, view: _View) -> Units:
    total = constraint.base + sum(constraint.weights.get(a.key, 0) for a in view.line(constraint.person))
    return _outside(total, constraint.least, constraint.most), 0


def _outside(value: int, least: int | None, most: int | None) -> int:
    below = 0 if least is None else max(0, least - value)
    return below + (0 if most is None else max(0, value - most))


def _blocks(constraint: Blocks, view: _View) -> Units:
    worked = {a.key for a in view.line(constraint.person)}
    touched = [
        index in constraint.always or not worked.isdisjoint(block) for index, block in enumerate(constraint.blocks)
    ]
    outside = _outside(constraint.base + sum(touched), constraint.least, constraint.most)
    if constraint.most_in_row is None:
        return outside, 0
    hard = 0
    row = constraint.carried
    for index, hit in enumerate(touched):
        if row >= constraint.most_in_row:
            hard += hit
            hard += sum(a in worked and b in worked for a, b in constraint.rest.get(index, ()))
        row = row + 1 if hit else 0
    return outside, hard


def _wish(constraint: Wish, view: _View) -> Units:
    line = view.line(constraint.person)
    met = [a for a in line if _matches(a, constraint.duties, constraint.hotspots)]
    if not constraint.want:
        return len(met), 0
    return len({day for day, _ in constraint.duties or ()} - {a.day for a in met}), 0


def _keep(constraint: Keep, view: _View) -> Units:
    that_day = [a for a in view.line(constraint.person) if a.day == constraint.day]
    if constraint.shift is None:
        return 0, len(that_day)
    kept = any(a.shift == constraint.shift and constraint.hotspot in (None, a.hotspot) for a in that_day)
    return 0, int(not kept)


def _cover(constraint: Cover, view: _View) -> Units:
    """Person-minutes missing, or too many."""
    heads = view.heads(constraint.hotspot, constraint.people)[constraint.start : constraint.end]
    outside = heads - constraint.heads if constraint.above else constraint.heads - heads
    return int(np.maximum(outside, 0).sum()), 0


def _co_presence(constraint: CoPresence, view: _View) -> Units:
    """Assignments beside which too few stand at some minute, and stretches with history that has too few. Else history stands
    there too, but is not judged itself."""
    stretches = list(constraint.begun)
    for a in view.roster:
        if a.staff in constraint.dependents and a.hotspot not in constraint.except_at:
            duty = view.duty(a)
            stretches.append((a.hotspot, duty.start, duty.end))
    broken = 0
    for hotspot, start, end in stretches:
        companions = view.heads(hotspot, constraint.companions)[start:end]
        lacking = companions < constraint.least
        if constraint.per is not None:
            dependents = view.heads(hotspot, constraint.dependents)[start:end]
            lacking |= companions * constraint.per < dependents
        broken += bool(lacking.any())
    return 0, broken


def _together(constraint: Together, view: _View) -> Units:
    lines = [
        {(a.key, a.hotspot) for a in view.line(person) if a.day not in constraint.excused}
        for person in (constraint.person, constraint.partner)
    ]
    return len(lines[0] ^ lines[1]), 0


def _apart(constraint: Apart, view: _View) -> Units:
    """Meetings within the roster; the rule says by `Unavailable` whom the history keeps from where."""
    return 0, sum(
        a.hotspot == b.hotspot and view.duty(a).overlaps(view.duty(b).start, view.duty(b).end)
        for a in view.line(constraint.person)
        for b in view.line(constraint.other)
    )


def _variety(constraint: Variety, view: _View) -> Units:
    return max(0, len({a.hotspot for a in view.line(constraint.person)}) - 1), 0


def _distance(constraint: Distance, view: _View) -> Units:
    """Points of the days on which something else is done, for each duty where there are several (a broken roster)."""
    done: dict[int, list[Given]] = defaultdict(list)
    for a in view.line(constraint.person):
        done[a.day].append((a.shift, a.hotspot))
    free: list[Given] = [None]
    return sum(constraint.price(day, duty) for day in constraint.given for duty in done.get(day, free)), 0


def _quota(constraint: Quota, view: _View) -> Units:
    """Duties too many."""
    spots = constraint.hotspots
    worked = sum(a.hotspot in spots for person in constraint.people for a in view.line(person))
    return 0, max(0, worked - constraint.most)


def _shortage_limit(constraint: ShortageLimit, view: _View) -> Units:
    """Person-minutes missing beyond what may be."""
    return max(0, sum(_cover(cover, view)[0] for cover in constraint.covers) - constraint.most), 0


_MEANING: Mapping[type[Constraint], Callable[[Any, _View], Units]] = {
    Unavailable: _unavailable,
    Clash: _clash,
    Run: _run,
    Total: _total,
    Blocks: _blocks,
    Wish: _wish,
    Keep: _keep,
    Cover: _cover,
    CoPresence: _co_presence,
    Together: _together,
    Apart: _apart,
    Variety: _variety,
    Distance: _distance,
    Quota: _quota,
    ShortageLimit: _shortage_limit,
}
