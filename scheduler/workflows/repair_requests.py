"""What a repair is told on the command line: who is away, and what happened."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scheduler.messages.message import Message
from scheduler.problem.facts import Absence
from scheduler.problem.incidents import Incident
from scheduler.problem.instance import Instance
from scheduler.problem.timeline import DAY_MINUTES
from scheduler.workbook.cells import CellError, Moment, clean, moment
from scheduler.workflows.typed import Typed

ABSENT, INCIDENT = "--absent", "--incident"
_MOMENT_FIRST = re.compile(r"(\d\S*(?:\s+\d{1,2}[:h.]\d{0,2})?)\s+(\S.*)", re.IGNORECASE)
"""A date, perhaps with a time, then the rest."""


def absences(instance: Instance, typed: Typed, texts: Sequence[str]) -> tuple[Absence, ...]:
    """Absences as ``P-007:2026-03-11..2026-03-15``: dates, the last included, or dates with times; one date is that day. What
    cannot be read is a problem of ``typed``."""
    return tuple(found for text in texts if (found := _absence(instance, typed, text)) is not None)


def incidents(instance: Instance, typed: Typed, texts: Sequence[str], since: int) -> tuple[Incident, ...]:
    """Incidents as ``2026-03-14 23:40 CLEM``, with the figures that the sheet has for blank cells. What cannot be read, is known
    already, or asks for nothing from ``since`` on, is a problem of ``typed``."""
    found: list[Incident] = []
    for text in texts:
        incident = _incident(instance, typed, text)
        if incident is None:
            continue
        if any((other.hotspot, other.at) == (incident.hotspot, incident.at) for other in (*instance.incidents, *found)):
            typed.problem(INCIDENT, text, Message("incident_again", "is an incident that stands here already."))
        if incident.end <= since:
            ended = instance.calendar.date(instance.calendar.day_of(incident.end))
            message = Message(
                "incident_over", "is over before the repair begins: it raised the minimum until {ended}.", ended=ended
            )
            typed.problem(INCIDENT, text, message)
        found.append(incident)
    return tuple(found)


def _absence(instance: Instance, typed: Typed, text: str) -> Absence | None:
    staff, _, span = text.partition(":")
    first, dots, last = span.partition("..")
    if not span:
        message = Message("absent_form", "is no absence.")
        typed.problem(
            ABSENT, text, message, Message("absent_example", "Write for example P-007:2026-03-11..2026-03-15.")
        )
        return None
    person = typed.staff(ABSENT, staff)
    begins, ends = _moment(typed, ABSENT, first), _moment(typed, ABSENT, last if dots else first)
    if begins is None or ends is None or person not in instance.person:
        return None
    calendar = instance.calendar
    start = calendar.minute(calendar.day(begins[0]), begins[1] or 0)
    whole = ends[1] is None or not dots
    end = calendar.minute(calendar.day(ends[0]), DAY_MINUTES if whole else ends[1] or 0)
    if end <= start:
        typed.problem(ABSENT, text, Message("absence_ends_first", "ends the absence before it starts."))
        return None
    if end <= 0 or start >= calendar.end:
        typed.problem(ABSENT, text, Message("date_outside_horizon", "lies outside the horizon."))
        return None
    return Absence(staff=person, start=start, end=end)


def _incident(instance: Instance, typed: Typed, text: str) -> Incident | None:
    parts = _MOMENT_FIRST.fullmatch(text.strip())
    if parts is None:
        message = Message("incident_form", "is no incident.")
        typed.problem(INCIDENT, text, message, Message("incident_example", "Write for example 2026-03-14 23:40 CLEM."))
        return None
    hotspot, when = typed.hotspot(INCIDENT, parts[2]), _moment(typed, INCIDENT, parts[1])
    if when is None or hotspot not in instance.hotspot:
        return None
    at = instance.calendar.minute(instance.calendar.day(when[0]), when[1] or 0)
    if at >= instance.calendar.end:
        typed.problem(INCIDENT, text, Message("date_outside_horizon", "lies outside the horizon."))
        return None
    return Incident(at=at, hotspot=hotspot)


def _moment(typed: Typed, place: str, text: str) -> Moment | None:
    try:
        return moment(clean(text))
    except CellError as error:
        typed.problem(place, text, error.message, error.hint)
        return None
