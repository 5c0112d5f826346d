"""Requests to work that no roster can grant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.analysis.unused.notes import Where, note
from scheduler.analysis.workable import forbidden
from scheduler.errors import Problem
from scheduler.problem.instance import DutyKey, Instance
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.rules.requests import dates
from scheduler.vocabulary.constraints import Unavailable


def about_wishes(instance: Instance, where: Where) -> Iterator[Problem]:
    """One note on all requests to work of which not a single date can be granted."""
    barred = forbidden(instance) if any(request.kind == "want" for request in instance.requests) else {}
    cells = [
        where("requests", index, "first")
        for index, request in enumerate(instance.requests)
        if request.kind == "want"
        and allowed_hotspots(instance, request.staff)  # Who may stand nowhere is named already.
        and not any(
            _workable(instance, request.staff, (day, shift), barred.get(request.staff, ()))
            for day in dates(instance, request)
            for shift in ([request.shift] if request.shift is not None else instance.shift)
        )
    ]
    message = (
        "can never be granted: on none of its dates may the person work that (leave, service, category, shift limits)."
    )
    yield from note(cells, "", message)


def _workable(instance: Instance, staff: str, duty: DutyKey, barred: Sequence[Unavailable]) -> bool:
    """Whether there is a hotspot at which a duty is not forbidden."""
    here = [item for item in barred if item.duties is None or duty in item.duties]
    closed = frozenset().union(*(item.hotspots for item in here if item.hotspots is not None))
    return all(item.hotspots is not None for item in here) and bool(allowed_hotspots(instance, staff) - closed)
