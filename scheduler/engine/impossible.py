"""Why no roster keeps every rule: what the engine says when it has proven that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from scheduler.errors import ContradictionError
from scheduler.messages.message import AllOf, Message


def lock_without_post(person: str, on: dt.date, shift: str) -> ContradictionError:
    """A lock that names nothing the person may do."""
    said = Message(
        "lock_cannot_hold",
        "The lock of {person} on {date} ({shift}) cannot be kept.",
        person=person,
        date=on,
        shift=shift,
    )
    return ContradictionError([said])


def person_without_line(person: str) -> ContradictionError:
    """Somebody for whom no line of work keeps every rule."""
    said = Message(
        "no_line_of_work",
        "No series of duties of {person} keeps every rule: locks, fewest hours and what went before leave none.",
        person=person,
    )
    return ContradictionError([said])


def locks_without_company(places: Sequence[tuple[str, dt.date]]) -> ContradictionError:
    """Locks that company, or people kept apart, make impossible; ``places`` are people and dates of the closest roster."""
    cells = tuple(
        Message("person_on", "{person} on {date}", person=person, date=on) for person, on in dict.fromkeys(places)
    )
    said = Message(
        "locks_without_company",
        "The locks cannot all be kept: every roster leaves somebody without the colleagues the rules ask for, "
        "or with somebody they must be kept apart from. In the closest roster found it was {cells}.",
        cells=AllOf(cells),
    )
    return ContradictionError([said], places=places)


def no_legal_roster(people: Sequence[str]) -> ContradictionError:
    """No roster at all; ``people`` break rules in the one that came closest."""
    said = Message(
        "no_legal_roster",
        "No roster keeps every rule. In the nearest one, rules were broken for {people}: look at what went before.",
        people=AllOf(tuple(people)),
    )
    return ContradictionError([said])
