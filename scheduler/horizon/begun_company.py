"""Company of what has begun: who stands somewhere already keeps the company that was planned for the rest of the duty.

A duty that has begun is history, which the rules do not judge. The colleagues who are still to come are no history: a repair
could send them elsewhere. So where they would be company enough, somebody must be. Where nobody was to come who can, as when a
partner has gone home ill, nothing is asked: the audit names it, and the rest can be repaired.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from scheduler.problem.heads import Heads
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.vocabulary.constraints import Clash, CoPresence, Unavailable
from scheduler.vocabulary.evaluate import evaluate
from scheduler.vocabulary.problem import Problem

DAY = 24 * 60
Begun = tuple[str, str, int, int]
"""Who stands at which hotspot, from when to when."""


def company_of_begun(problem: Problem, begun: Collection[Begun], planned: Roster, since: int) -> Iterator[CoPresence]:
    """The company that those who have ``begun`` before an instant (minutes since the horizon's start) must have after it.

    ``problem`` is about the open days, with what has begun as history; ``planned`` is what else was to come there. A roster of
    some of the planned duties gives all of the company, and lacks none itself.
    """
    rules, instance = problem.all(CoPresence), problem.instance
    history = {hotspot: _Place(instance, hotspot, Roster()) for hotspot in {hotspot for _, hotspot, _, _ in begun}}
    coming: dict[str, _Place] = {}
    for rule in rules:
        kept: set[tuple[str, int, int]] = set()
        for staff, hotspot, start, end in begun:
            alone = list(history[hotspot].lacking(rule, staff, max(since, start), end))
            if alone and hotspot not in coming:
                coming[hotspot] = _coming(problem, rules, planned, hotspot, since)
            for low, high in alone:
                lacking = set(coming[hotspot].lacking(rule, staff, low, high))
                kept |= {(hotspot, *piece) for piece in coming[hotspot].pieces(low, high) if piece not in lacking}
        if kept:
            yield replace(rule, dependents=rule.dependents if rule.per else frozenset(), begun=frozenset(kept))


class _Place:
    """Who stands at a hotspot: history, and the duties of a roster there."""

    def __init__(self, instance: Instance, hotspot: str, roster: Roster) -> None:
        self._hotspot, self._there = hotspot, roster.presence(instance)[hotspot]
        self._heads: dict[frozenset[str], Heads] = {}
        edges = {edge for item in self._there for edge in (item.start, item.end)}
        self._edges = sorted(edges)

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A stretch, cut where anybody comes or goes."""
        yield from pairwise([start, *(edge for edge in self._edges if start < edge < end), end])

    def lacking(self, rule: CoPresence, staff: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Its pieces in which somebody who stands there lacks the company of a rule."""
        judged = staff in rule.dependents and self._hotspot not in rule.except_at
        for low, high in self.pieces(start, end) if judged else ():
            companions = self._count(rule.companions, low)
            per = rule.per
            if companions < rule.least or (per and companions * per < self._count(rule.dependents, low)):
                yield low, high

    def _count(self, people: frozenset[str], moment: int) -> int:
        if people not in self._heads:
            self._heads[people] = Heads(item for item in self._there if item.staff in people)
        return next(number for _, _, number in self._heads[people].over(moment, moment + 1))


def _coming(problem: Problem, rules: Sequence[CoPresence], planned: Roster, hotspot: str, since: int) -> _Place:
    """A hotspot with those of the planned duties there that can be worked, in company."""
    instance = problem.instance
    soon = {a.staff for a in planned if a.hotspot == hotspot and instance.duty(a.day, a.shift).start < since + 2 * DAY}
    lines = {staff: _lawful(problem, staff, planned) for staff in soon}
    there = [a for a in planned if a.hotspot == hotspot and (a.staff not in lines or a in lines[a.staff])]
    while True:
        place = _Place(instance, hotspot, Roster.of(there))
        alone = {a for a in there for rule in rules if _alone(place, rule, a, instance)}
        if not alone:
            return place
        there = [a for a in there if a not in alone]


def _alone(place: _Place, rule: CoPresence, a: Assignment, instance: Instance) -> bool:
    duty = instance.duty(a.day, a.shift)
    return any(place.lacking(rule, a.staff, duty.start, duty.end))


def _lawful(problem: Problem, staff: str, planned: Roster) -> frozenset[Assignment]:
    """What somebody can still work of the planned duties; nothing where the rules do not let them."""
    own = [replace(item, people=(staff,)) if isinstance(item, Clash) else item for item in problem.line(staff)]
    away = replace(problem, constraints=tuple(item for item in own if isinstance(item, Unavailable)))
    kept = [a for a in planned.line(staff) if not evaluate(away, Roster.of([a])).broken]
    broken = evaluate(replace(problem, constraints=tuple(own)), Roster.of(kept)).broken
    return frozenset() if broken else frozenset(kept)
