"""What hand edits of a roster cost, level by level, valued under the facts as they are now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain

from scheduler.analysis.difference import Change
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.vocabulary.constraints import Constraint, CoPresence, Cover, Level, Quota, ShortageLimit, named
from scheduler.vocabulary.evaluate import evaluate
from scheduler.vocabulary.problem import Problem

MOST = 100
"""Edits that are valued one by one: each takes some hundredths of a second."""

Costs = Mapping[Level, int]
"""By how much the value of each level is higher with an edit than without; negative where the edit is a gain."""


@dataclass(frozen=True, slots=True)
class EditCosts:
    """``each`` is what undoing one edit alone would save, in the order of the edits; None where it cannot be told: the old duty
    names something that the facts no longer have, or there are too many. ``together`` is what undoing all would save. Costs do
    not add up: two people who change places cost nothing, and undoing one of the two edits leaves a post empty."""

    each: tuple[Costs | None, ...]
    together: Costs | None


def edit_costs(problem: Problem, roster: Roster, edits: Sequence[Change]) -> EditCosts:
    """The cost of every edit, and of all together. A cell that the solver left as ``before`` holds ``after`` in ``roster``."""
    concerned = _Concerned(problem.constraints)
    before = [_before(problem.instance, edit) for edit in edits]
    each = [
        None if duties is None or number >= MOST
        else _saved(problem, concerned, roster, edits[number : number + 1], [duties])
        for number, duties in enumerate(before)
    ]  # fmt: skip
    known = [duties for duties in before if duties is not None]
    together = _saved(problem, concerned, roster, edits, known) if len(known) == len(edits) else None
    return EditCosts(tuple(each), together)


def _saved(
    problem: Problem,
    concerned: _Concerned,
    roster: Roster,
    edits: Sequence[Change],
    before: Sequence[Sequence[Assignment]],
) -> Mapping[Level, int]:
    calendar = problem.instance.calendar
    cells = {(edit.staff, calendar.day(edit.date)) for edit in edits}
    gone = [cell for cell in roster if (cell.staff, cell.day) in cells]
    put = [cell for duties in before for cell in duties]
    undone = Roster.of([*(cell for cell in roster if (cell.staff, cell.day) not in cells), *put])
    people, hotspots = {edit.staff for edit in edits}, {cell.hotspot for cell in (*gone, *put)}
    part = replace(problem, constraints=concerned.by(people, hotspots))
    now, then = evaluate(part, roster).levels, evaluate(part, undone).levels
    return {level: now[level] - then[level] for level in problem.levels}


class _Concerned:
    """The constraints of a problem by the people and hotspots that they are about."""

    def __init__(self, constraints: Sequence[Constraint]) -> None:
        self._all = constraints
        self._of: dict[str, list[int]] = defaultdict(list)
        self._at: dict[str, list[int]] = defaultdict(list)
        self._wide: list[int] = []
        for number, constraint in enumerate(constraints):
            match constraint:
                case Cover():
                    self._at[constraint.hotspot].append(number)
                case CoPresence() | Quota() | ShortageLimit():
                    self._wide.append(number)
                case _:
                    for person in named(constraint):
                        self._of[person].append(number)

    def by(self, people: Set[str], hotspots: Set[str]) -> tuple[Constraint, ...]:
        """Those whose value the cells of some people at some hotspots can change, in their order."""
        found = {number for person in people for number in self._of.get(person, ())}
        several = chain(self._wide, *(self._at.get(hotspot, ()) for hotspot in hotspots))
        found |= {number for number in several if not people.isdisjoint(named(self._all[number]))}
        return tuple(self._all[number] for number in sorted(found))


def _before(instance: Instance, edit: Change) -> tuple[Assignment, ...] | None:
    """The duties of a cell before it was edited; None where the facts have no such person, day, shift or hotspot."""
    day = instance.calendar.day(edit.date)
    if edit.staff not in instance.person or not 0 <= day < instance.days:
        return None
    if not all(duty.shift in instance.shift and duty.hotspot in instance.hotspot for duty in edit.before):
        return None
    return tuple(Assignment(edit.staff, day, *duty) for duty in edit.before)
