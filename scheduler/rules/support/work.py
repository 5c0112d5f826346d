"""One person's work in order of time, for the audits: the cells of a roster beside what was fixed before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from scheduler.problem.facts import Contract
from scheduler.problem.instance import Commitment, Duty, Instance
from scheduler.problem.roster import Roster


class Piece(NamedTuple):
    """A piece of work: a cell of the roster, or (``fixed``) a duty of the history or a duty elsewhere.

    Instants in minutes since the horizon's start; ``paid_min`` counts towards hours.
    """

    start: int
    end: int
    day: int
    paid_min: int
    fixed: bool
    shift: str | None
    """None for a duty elsewhere."""


def pieces(instance: Instance, roster: Roster, staff: str) -> list[Piece]:
    """Everything a person works, in order of start."""
    work = [
        Piece(item.start, item.end, item.day, item.paid_min, True, item.shift) for item in instance.commitments[staff]
    ]
    for assignment in roster.line(staff):
        duty = instance.duty(assignment.day, assignment.shift)
        work.append(Piece(duty.start, duty.end, duty.day, duty.paid_min, False, duty.shift))
    work.sort(key=lambda piece: (piece.start, piece.end))
    return work


def cell_days(*work: Piece) -> tuple[int, ...]:
    """The days of those pieces that are cells of the roster, each once, in the order given."""
    return tuple(dict.fromkeys(piece.day for piece in work if not piece.fixed))


def elsewhere_duty(item: Commitment) -> Duty:
    """A commitment as a duty, for questions of geometry such as "is it night work"; without a shift its code is blank."""
    return Duty(item.day, item.shift or "", item.start, item.end, item.paid_min)


def people_by(instance: Instance, limit: Callable[[Contract], int | None]) -> dict[int, tuple[str, ...]]:
    """The people of each limit, so that a constraint is declared once for all of them; those without one are left out."""
    limits = {contract.code: limit(contract) for contract in instance.contracts}
    table: dict[int, list[str]] = {}
    for member in instance.staff:
        minutes = limits[member.contract]
        if minutes is not None:
            table.setdefault(minutes, []).append(member.id)
    return {minutes: tuple(people) for minutes, people in table.items()}
