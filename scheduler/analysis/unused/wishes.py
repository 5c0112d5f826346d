"""Requests that no roster can grant, and requests that stand twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scheduler.analysis.unused.notes import About, Where, note
from scheduler.analysis.workable import forbidden
from scheduler.errors import InputProblem
from scheduler.messages.message import Message
from scheduler.problem.facts import Request
from scheduler.problem.instance import DutyKey, Instance
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.rules.requests import dates
from scheduler.vocabulary.constraints import Unavailable

Locked = Mapping[tuple[str, int], str]
"""The shift, or OFF, that somebody is locked to on a day."""


def _never_granted(instance: Instance, where: Where) -> Iterator[InputProblem]:
    """One note on all requests of which not a single date can be granted."""
    barred = forbidden(instance) if any(request.kind == "want" for request in instance.requests) else {}
    locked = {(lock.staff, instance.calendar.day(lock.date)): lock.shift for lock in instance.locks}
    cells = [
        where("requests", index, "first")
        for index, request in enumerate(instance.requests)
        if allowed_hotspots(instance, request.staff)  # Who may stand nowhere is named already.
        and not any(
            _grantable(instance, request, day, locked, barred.get(request.staff, ()))
            for day in dates(instance, request)
        )
    ]
    message = Message(
        "never_granted",
        "can never be granted on any of its dates (leave, service, category, days of the shift, shift limits, locks).",
    )
    yield from note(cells, "", message)


def _grantable(instance: Instance, request: Request, day: int, locked: Locked, barred: Sequence[Unavailable]) -> bool:
    lock = locked.get((request.staff, day))
    if request.kind == "avoid":
        return lock not in instance.shift or request.shift not in (None, lock)
    shifts = [request.shift] if request.shift is not None else list(instance.shift)
    return any(lock in (None, shift) and _workable(instance, request.staff, (day, shift), barred) for shift in shifts)


def _workable(instance: Instance, staff: str, duty: DutyKey, barred: Sequence[Unavailable]) -> bool:
    """Whether there is a hotspot at which a duty is not forbidden."""
    here = [item for item in barred if item.duties is None or duty in item.duties]
    closed = frozenset().union(*(item.hotspots for item in here if item.hotspots is not None))
    return all(item.hotspots is not None for item in here) and bool(allowed_hotspots(instance, staff) - closed)


def _twice(instance: Instance, where: Where) -> Iterator[InputProblem]:
    seen: set[Request] = set()
    again = []
    for index, request in enumerate(instance.requests):
        if request.replace(weight=1) in seen:
            again.append(where("requests", index, "first"))
        seen.add(request.replace(weight=1))
    message = Message("request_twice", "stands here a second time: each row counts, so it weighs twice.")
    yield from note(again, "", message, Message("request_delete_one", "Delete one of the rows."))


ABOUT_WISHES: tuple[About, ...] = (
    (_never_granted, frozenset({"organisations", "hotspots", "shifts"})),
    (_twice, frozenset()),
)
