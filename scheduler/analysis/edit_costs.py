"""What hand edits of a roster cost, level by level, valued under the facts as they are now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from scheduler.problem.roster import Assignment, Roster
from scheduler.vocabulary.constraints import Constraint, Cover, Level, Problem
from scheduler.vocabulary.evaluate import evaluate

if TYPE_CHECKING:
    from scheduler.analysis.difference import Edit

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


def edit_costs(problem: Problem, roster: Roster, edits: Sequence[Edit]) -> EditCosts:
    """The cost of every edit, and of all together. A cell that the solver left as ``before`` holds ``after`` in ``roster``."""
    reader = _Cells(problem)
    before = [reader.duties(edit) for edit in edits]
    each = [
        None if duties is None or number >= MOST else _saved(problem, roster, edits[number : number + 1], [duties])
        for number, duties in enumerate(before)
    ]
    known = [duties for duties in before if duties is not None]
    return EditCosts(tuple(each), _saved(problem, roster, edits, known) if len(known) == len(edits) else None)


def _saved(
    problem: Problem, roster: Roster, edits: Sequence[Edit], before: Sequence[Sequence[Assignment]]
) -> Mapping[Level, int]:
    calendar = problem.instance.calendar
    cells = {(edit.staff, calendar.day(edit.date)) for edit in edits}
    gone = [cell for cell in roster if (cell.staff, cell.day) in cells]
    put = [cell for duties in before for cell in duties]
    undone = Roster.of([*(cell for cell in roster if (cell.staff, cell.day) not in cells), *put])
    people, hotspots = {edit.staff for edit in edits}, {cell.hotspot for cell in (*gone, *put)}
    part = replace(problem, constraints=tuple(_concerned(problem.constraints, people, hotspots)))
    now, then = evaluate(part, roster).levels, evaluate(part, undone).levels
    return {level: now[level] - then[level] for level in problem.levels}


def _concerned(constraints: Iterable[Constraint], people: set[str], hotspots: set[str]) -> Iterator[Constraint]:
    """The constraints whose value the cells of these people at these hotspots can change: those that name one of them."""
    for constraint in constraints:
        if isinstance(constraint, Cover) and constraint.hotspot not in hotspots:
            continue
        if any(_names(getattr(constraint, field.name), people) for field in fields(constraint)):
            yield constraint


def _names(value: object, people: set[str]) -> bool:
    if isinstance(value, str):
        return value in people
    if isinstance(value, frozenset):
        return not people.isdisjoint(value)
    return isinstance(value, tuple | Mapping) and any(_names(item, people) for item in value)


class _Cells:
    """Reads the texts of cells back to duties."""

    def __init__(self, problem: Problem) -> None:
        instance = problem.instance
        self._instance = instance
        self._posts = {
            f"{shift.code} {spot.code}": (shift.code, spot.code)
            for shift in instance.shifts
            for spot in instance.hotspots
        }

    def duties(self, edit: Edit) -> tuple[Assignment, ...] | None:
        """The duties of a cell before it was edited; None where the facts have no such person, day, shift or hotspot."""
        day = self._instance.calendar.day(edit.date)
        if edit.staff not in self._instance.person or not 0 <= day < self._instance.days:
            return None
        texts = edit.before.split(" + ") if edit.before else []
        if not all(text in self._posts for text in texts):
            return None
        return tuple(Assignment(edit.staff, day, *self._posts[text]) for text in texts)
