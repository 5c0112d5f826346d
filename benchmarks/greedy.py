"""A greedy planner, to compare with: fill the worst hole with the first people who may, in patrols; never look back.

It works as a person with a spreadsheet does, but without a slip: whatever it adds keeps every hard rule at once. It knows
facts, declared rules and the score, no solver. Beside coverage it looks only at who has most hours open.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from benchmarks.greedy_state import TAIL, Desk, Minutes, People
from scheduler.problem.instance import Duty
from scheduler.problem.roster import Roster
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Cover, Level
from scheduler.vocabulary.problem import Problem

PATROL = 2
"""Heads that a hole is taken to be filled with when its worth is reckoned."""


@dataclass(frozen=True, slots=True)
class Row:
    """Heads wanted of some people at one hotspot, and the weight of missing one, at every minute."""

    hotspot: str
    people: People
    wanted: Minutes
    weight: Minutes

    def worth(self, desk: Desk, duty: Duty) -> tuple[float, int]:
        """What a patrol on a duty would be worth here: per minute of the duty, then in all."""
        span = slice(duty.start, duty.end)
        missing = np.clip(self.wanted[span] - desk.heads(self.hotspot, self.people)[span], 0, PATROL)
        total = int((missing * self.weight[span]).sum())
        return round(total / (duty.end - duty.start), 2), total


def plan(problem: Problem) -> Roster:
    """A legal roster that fills holes level by level: police minimum, non-police minimum, targets."""
    desk = Desk(problem)
    for level in COVERAGE_LEVELS:
        _fill(desk, _rows(problem, level))
    return desk.roster()


def _rows(problem: Problem, level: Level) -> list[Row]:
    rows: dict[tuple[str, People], Row] = {}
    length = problem.instance.calendar.end + TAIL
    for cover in problem.all(Cover):
        if cover.level is level:
            key = (cover.hotspot, cover.people)
            row = rows.setdefault(key, Row(*key, np.zeros(length, np.int64), np.zeros(length, np.int64)))
            row.wanted[cover.start : cover.end] = cover.heads
            row.weight[cover.start : cover.end] = cover.weight
    return list(rows.values())


def _fill(desk: Desk, rows: list[Row]) -> None:
    """Fill the hole that is worth most until nobody can fill any; one that nobody could fill is not looked at again."""
    duties = desk.instance.duties
    holes = {(index, duty.key): row.worth(desk, duty) for index, row in enumerate(rows) for duty in duties}
    by_spot: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        by_spot[row.hotspot].append(index)
    while holes:
        worst = max(holes, key=holes.__getitem__)
        row, duty = rows[worst[0]], desk.instance.duty(*worst[1])
        team = desk.team(row.people, duty, row.hotspot) if holes[worst][1] else []
        if not team:
            del holes[worst]
            continue
        desk.place(team, duty, row.hotspot)
        for index in by_spot[row.hotspot]:
            for other in duties:
                if (index, other.key) in holes and other.overlaps(duty.start, duty.end):
                    holes[index, other.key] = rows[index].worth(desk, other)
