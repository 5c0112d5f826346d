"""Words for the days on which a person has no duty: away, elsewhere, kept free, not in service. Never a reason."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.messages.texts import Texts
from scheduler.problem.facts import OFF
from scheduler.problem.instance import Instance


def day_marks(instance: Instance, texts: Texts) -> Mapping[tuple[str, int], str]:
    """The word for each person and day number; a day that it would say nothing of is not among them."""
    marks: dict[tuple[str, int], str] = {}
    for lock in instance.locks:
        if lock.shift == OFF:
            marks[lock.staff, instance.calendar.day(lock.date)] = texts("off")
    for absence in instance.absences:
        word = texts("elsewhere" if absence.counts_as_work else "leave")
        for day in range(instance.calendar.day_of(absence.start), instance.calendar.day_of(absence.end - 1) + 1):
            marks[absence.staff, day] = word
    for member in instance.staff:
        if member.first is not None or member.last is not None:
            for day in range(instance.days):
                if not instance.in_service(member.id, day):
                    marks[member.id, day] = texts("out")
    return marks
