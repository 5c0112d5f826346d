"""What a greedy planner has before them: lines so far, heads at every minute, and whom another duty would break a rule for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.problem.instance import Duty, DutyKey
from scheduler.problem.roster import Assignment, Roster
from scheduler.vocabulary.constraints import (
    Apart,
    Blocks,
    Clash,
    Constraint,
    CoPresence,
    Cover,
    Keep,
    LineConstraint,
    Run,
    Total,
    Unavailable,
)
from scheduler.vocabulary.evaluate import evaluate
from scheduler.vocabulary.problem import Problem

People = frozenset[str]
Minutes = NDArray[np.int64]
TAIL = 2 * 24 * 60
"""Minutes after the horizon's end that a last duty may still reach into."""


class Desk:
    """A roster in the making. It begins with the locks; nothing placed is ever taken away."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.instance = problem.instance
        self._lines: dict[str, list[Assignment]] = {member.id: [] for member in self.instance.staff}
        self._hard = {person: _beside_tables(problem.line(person)) for person in self._lines}
        self._broken = {person: self._breaks(person, []) for person in self._lines}
        self._clashes = _clashes(problem)
        self._refused: dict[str, set[tuple[DutyKey, str]]] = defaultdict(set)
        self._company: dict[str, list[CoPresence]] = defaultdict(list)
        for company in problem.all(CoPresence):
            for person in company.dependents:
                self._company[person].append(company)
        self._enemies: dict[str, set[str]] = defaultdict(set)
        for apart in problem.all(Apart):
            self._enemies[apart.person].add(apart.other)
            self._enemies[apart.other].add(apart.person)
        self._heads = self._history()
        for keep in problem.all(Keep):
            if keep.shift is not None:
                self._place_lock(keep)

    def roster(self) -> Roster:
        return Roster.of(assignment for line in self._lines.values() for assignment in line)

    def heads(self, hotspot: str, people: People) -> Minutes:
        """Heads of some people at a hotspot in every minute of the horizon and shortly after. A view: read only."""
        return self._heads[hotspot, people]

    def place(self, team: Iterable[str], duty: Duty, hotspot: str) -> None:
        for person in team:
            self._lines[person].append(Assignment(person, duty.day, duty.shift, hotspot))
            self._refused.pop(person, None)
            for (spot, people), heads in self._heads.items():
                if spot == hotspot and person in people:
                    heads[duty.start : duty.end] += 1

    def by_hours_left(self, people: Iterable[str]) -> list[str]:
        """People with most of their contract's hours still open first."""

        def left(person: str) -> float:
            member, contract = self.instance.person[person], self.instance.contract(person)
            worked = sum(self.instance.duty(a.day, a.shift).paid_min for a in self._lines[person])
            return contract.weekly_hours * member.fte * self.instance.days / 7 - worked / 60

        return sorted(people, key=lambda person: (-left(person), person))

    def team(self, first_of: People, duty: Duty, hotspot: str) -> list[str]:
        """The first legal person of ``first_of`` for a duty at a hotspot, with the partners the rules ask for; [] if none."""
        for person in self.by_hours_left(first_of):
            if self._may(person, duty, hotspot):
                team = self._complete([person], duty, hotspot)
                if team:
                    return team
        return []

    def _complete(self, team: list[str], duty: Duty, hotspot: str) -> list[str]:
        lacking = self._lacking(team, duty, hotspot)
        while lacking is not None:
            if not lacking.companions & set(team):
                return []
            partner = next(
                (
                    person
                    for person in self.by_hours_left(lacking.companions.difference(team))
                    if self._may(person, duty, hotspot) and not self._enemies[person] & set(team)
                ),
                None,
            )
            if partner is None:
                return []
            team = [*team, partner]
            lacking = self._lacking(team, duty, hotspot)
        return team

    def _lacking(self, team: Sequence[str], duty: Duty, hotspot: str) -> CoPresence | None:
        """A company that a team would not have during the whole of a duty."""
        for person in team:
            for company in self._company[person]:
                there = self._beside(team, company.companions, duty, hotspot)
                if int(there.min()) < company.least:
                    return company
                if company.per and (there * company.per < self._beside(team, company.dependents, duty, hotspot)).any():
                    return company
        return None

    def _beside(self, team: Sequence[str], people: People, duty: Duty, hotspot: str) -> Minutes:
        """Heads of some people in every minute of a duty, with a team that is not placed yet."""
        there: Minutes = self._heads[hotspot, people][duty.start : duty.end] + len(people.intersection(team))
        return there

    def _may(self, person: str, duty: Duty, hotspot: str) -> bool:
        """Whether another duty keeps every hard rule about the person's own line, and about whom they may not meet."""
        if (duty.key, hotspot) in self._refused[person]:
            return False
        line = self._lines[person]
        clashing = self._clashes[person].get(duty.key, set())
        addition = Assignment(person, duty.day, duty.shift, hotspot)
        legal = (
            all(a.day != duty.day and a.key not in clashing for a in line)
            and self._breaks(person, [*line, addition]) <= self._broken[person]
            and not any(
                a.hotspot == hotspot and duty.overlaps(other.start, other.end)
                for enemy in self._enemies[person]
                for a in self._lines[enemy]
                for other in [self.instance.duty(a.day, a.shift)]
            )
        )
        if not legal:
            self._refused[person].add((duty.key, hotspot))
        return legal

    def _breaks(self, person: str, line: Sequence[Assignment]) -> set[int]:
        """The hard constraints that a line breaks, by identity."""
        found = evaluate(Problem(self.instance, self._hard[person]), Roster.of(line))
        return {id(constraint) for constraint in found.broken}

    def _history(self) -> dict[tuple[str, People], Minutes]:
        """Heads of every set of people that a rule counts, by hotspot, with only the history in place."""
        staff_sets = {(cover.hotspot, cover.people) for cover in self.problem.all(Cover)}
        staff_sets |= {
            (spot.code, people)
            for spot in self.instance.hotspots
            for company in self.problem.all(CoPresence)
            for people in (company.companions, company.dependents)
        }
        heads = {staff_set: np.zeros(self.instance.calendar.end + TAIL, dtype=np.int64) for staff_set in staff_sets}
        present = Roster().presence(self.instance)
        for (hotspot, people), counts in heads.items():
            for item in present[hotspot]:
                if item.staff in people:
                    counts[max(0, item.start) : item.end] += 1
        return heads

    def _place_lock(self, keep: Keep) -> None:
        duty = self.instance.duty(keep.day, keep.shift or "")
        choices = [keep.hotspot] if keep.hotspot else [spot.code for spot in self.instance.hotspots]
        legal = [spot for spot in choices if self._may(keep.person, duty, spot)]
        self.place([keep.person], duty, (legal or choices)[0])


def _beside_tables(constraints: Iterable[LineConstraint]) -> tuple[Constraint, ...]:
    """Hard line constraints but for clashes, which are looked up, and locked duties, which are placed first."""
    return tuple(
        constraint
        for constraint in constraints
        if isinstance(constraint, Unavailable)
        or (isinstance(constraint, Keep) and constraint.shift is None)
        or (isinstance(constraint, Run | Total) and constraint.cost is None)
        or (isinstance(constraint, Blocks) and (constraint.cost is None or constraint.most_in_row is not None))
    )


def _clashes(problem: Problem) -> dict[str, dict[DutyKey, set[DutyKey]]]:
    """For each person, the duties that each duty excludes."""
    table: dict[str, dict[DutyKey, set[DutyKey]]] = {member.id: defaultdict(set) for member in problem.instance.staff}
    for clash in problem.all(Clash):
        if clash.cost is None:
            for person in clash.people:
                for key in clash.duties:
                    table[person][key] |= clash.duties
    return table
