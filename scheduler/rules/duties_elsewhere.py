"""Duties elsewhere: who is at court or in training stands at no hotspot meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scheduler.messages.message import Message
from scheduler.problem.instance import DutyKey, Instance
from scheduler.problem.roster import Roster
from scheduler.rules.availability import overlapping
from scheduler.rules.base import Finding, NoParameters, Rule, Source
from scheduler.vocabulary.constraints import Constraint, Unavailable


class DutiesElsewhere(Rule[NoParameters]):
    """Nobody works a duty that overlaps an absence that counts as work (``counts_as_work``), not by a minute.

    Here the absence lasts from its start to its end as written, whole days from 00:00 to 24:00. A duty may end at the
    minute at which it begins, and begin at the minute at which it ends.

    That its time counts as work (hours, rest, 24 hours, days and nights in a row, weekends) is part of those rules;
    the term says how.
    """

    code = "duties_elsewhere"
    title = "Duties elsewhere"
    sources = (Source("Act of 14 December 2000: working time is all time at the employer's disposal", sourced=False),)
    columns = ("Absences.from", "Absences.to", "Absences.counts_as_work")

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        busy: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for absence in instance.absences:
            if absence.counts_as_work:
                busy[absence.staff].append((absence.start, absence.end))
        for cell in roster:
            if cell.staff not in busy:
                continue
            duty = instance.duty(cell.day, cell.shift)
            shared = sum(max(0, min(end, duty.end) - max(start, duty.start)) for start, end in busy[cell.staff])
            if shared:
                yield Finding(
                    self.code,
                    Message(
                        "duties_elsewhere_overlap",
                        "{staff} is on duty elsewhere during the duty of {date}",
                        staff=cell.staff,
                        date=instance.calendar.date(cell.day),
                    ),
                    (cell.staff,),
                    (cell.day,),
                    amount=shared,
                    unit="minutes",
                )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        blocked: dict[str, set[DutyKey]] = defaultdict(set)
        for absence in instance.absences:
            if absence.counts_as_work:
                blocked[absence.staff] |= overlapping(instance, absence.start, absence.end)
        for staff, duties in blocked.items():
            if duties:
                yield Unavailable(self.code, staff, frozenset(duties))
