"""Incidents that ask for nothing in the period."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.analysis.unused.notes import About, Where, note
from scheduler.errors import InputProblem
from scheduler.messages.message import Message
from scheduler.problem.incidents import raises
from scheduler.problem.instance import Instance


def _over(instance: Instance, where: Where) -> Iterator[InputProblem]:
    """One note on all incidents whose raises end before the period, or begin after it."""
    cells = [
        where("incidents", index, "at")
        for index, incident in enumerate(instance.incidents)
        if all(more.end <= 0 or more.start >= instance.calendar.end for more in raises(incident, instance.hotspot))
    ]
    message = Message("incident_outside", "asks for nothing in the period: it is over before, or begins after it.")
    yield from note(cells, "", message)


ABOUT_INCIDENTS: tuple[About, ...] = ((_over, frozenset({"incidents", "hotspots"})),)
