"""Can the locks of a workbook all be kept? Answered before any solve, with the cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.analysis.unused.notes import Where
from scheduler.errors import InputProblem
from scheduler.messages.message import AllOf, Message
from scheduler.problem.facts import OFF
from scheduler.problem.instance import Instance
from scheduler.rules import TITLES
from scheduler.workflows.lock_conflicts import LockConflict, lock_conflicts


def lock_problems(instance: Instance, where: Where) -> Iterator[InputProblem]:
    """Every conflict of locks that is proven (:func:`~scheduler.workflows.lock_conflicts.lock_conflicts`), at its first cell,
    with the cells that it cannot be kept together with, and the fewest to free."""
    return (lock_problem(instance, conflict, where) for conflict in lock_conflicts(instance))


def lock_problem(instance: Instance, conflict: LockConflict, where: Where) -> InputProblem:
    cells = [where("locks", row, "date") for row in conflict.locks]
    others = [*cells[1:], *(where(*fact) for fact in conflict.facts)]
    if conflict.finding is not None:
        message = Message("lock_breaks_rule", "cannot be kept: {finding}.", finding=conflict.finding.message)
    elif conflict.alone is not None:
        message = Message(
            "lock_alone_there",
            "cannot be kept: of those who must stand at {hotspot} with {staff} ({least}), {there} can be there at most "
            "({rule}).",
            staff=conflict.alone.lock.staff,
            hotspot=conflict.alone.hotspot,
            there=conflict.alone.there,
            least=conflict.alone.least,
            rule=TITLES[conflict.alone.rule],
        )
    elif cells[1:]:
        message = Message(
            "locks_of_one",
            "cannot be kept: no legal series of duties of {staff} allows it with the other locks.",
            staff=conflict.staff[0],
        )
    else:
        message = Message(
            "lock_of_one", "cannot be kept: no legal series of duties of {staff} allows it.", staff=conflict.staff[0]
        )
    lock = instance.locks[conflict.locks[0]]
    said = [lock.date.isoformat(), *([] if lock.shift == OFF else [lock.shift, lock.hotspot or ""])]
    return InputProblem(
        cells[0], " ".join(filter(None, said)), message, _remedy(conflict, others, where), impossible=True
    )


def _remedy(conflict: LockConflict, others: Sequence[str], where: Where) -> Message:
    """The cells of which one must give way; and where that is not enough for all locks of these people, the fewest to free."""
    if others:
        remedy = Message(
            "lock_not_with",
            "It cannot be kept together with {cells}: change one of these cells or clear it.",
            cells=AllOf(tuple(others)),
        )
    else:
        remedy = Message("lock_alone", "Change this cell or clear it.")
    if conflict.last_of_all:
        return remedy
    return Message("lock_remedy", "{remedy} {correction}", remedy=remedy, correction=correction(conflict, where))


def correction(conflict: LockConflict, where: Where) -> Message:
    """The fewest locks to free, with their cells."""
    if conflict.instead:
        cells = tuple(where("locks", row, "date") for row in conflict.instead)
        if len(cells) == 1:
            return Message(
                "lock_free_this", "To keep all other locks, free {cell}; no other single cell will do.", cell=cells[0]
            )
        return Message(
            "lock_free_one",
            "To keep all other locks, free one of these cells: {cells}.",
            cells=", ".join(cells),
        )
    cells = tuple(where("locks", row, "date") for row in conflict.correction)
    return Message(
        "lock_free_all",
        "To keep all other locks, free {cells}; fewer are not enough.",
        cells=AllOf(cells),
    )
