"""One duty at a time: at most one duty that starts on a given date, and never two that overlap."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules.base import Finding, NoParameters, Rule, Source
from scheduler.rules.support.work import cell_days, pieces
from scheduler.vocabulary.constraints import Clash, Constraint, Unavailable, cliques


class SingleAssignmentPerDay(Rule[NoParameters]):
    """A person starts at most one duty on a date, and no duty before the one of an earlier date has ended: start(next) ≥
    end(previous).

    History counts as earlier duties. A duty may start at the minute at which another ends. Two duties of the history
    are not compared.

    Duties elsewhere may share a date with a duty; that they do not overlap is for ``duties_elsewhere``.
    """

    code = "single_assignment_per_day"
    formerly = "one_duty"
    title = "One duty at a time"
    sources = (Source("Planning practice: nobody is in two places at once", sourced=False),)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        calendar = instance.calendar
        for member in instance.staff:
            line = roster.line(member.id)
            for first, second in pairwise(line):
                if first.day == second.day:
                    yield _two(self.code, instance, second, first.shift)
            work = [piece for piece in pieces(instance, roster, member.id) if piece.shift is not None]
            worked = {piece.day: piece.shift for piece in work if piece.fixed and piece.shift is not None}
            for cell in line:
                if cell.day in worked:
                    yield _two(self.code, instance, cell, worked[cell.day])
            before = None
            for piece in work:
                if before is not None and piece.start < before.end and piece.day != before.day:
                    days = cell_days(piece, before)
                    if days:
                        yield Finding(
                            self.code,
                            Message(
                                "single_assignment_per_day_overlap",
                                "{staff} starts the duty of {date} before that of {earlier} has ended",
                                staff=member.id,
                                date=calendar.date(piece.day),
                                earlier=calendar.date(before.day),
                            ),
                            (member.id,),
                            days,
                            amount=min(before.end, piece.end) - piece.start,
                            unit="minutes",
                        )
                if before is None or piece.end >= before.end:
                    before = piece

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        people = tuple(member.id for member in instance.staff)
        by_day = [[instance.duty(day, shift.code) for shift in instance.shifts] for day in range(instance.days)]
        if len(instance.shifts) > 1:
            for duties in by_day:
                yield Clash(self.code, people, frozenset(duty.key for duty in duties))
        # A duty ends at the latest on the day after its date, so only neighbouring dates can overlap.
        pairs = [
            (first.key, second.key)
            for earlier, later in pairwise(by_day)
            for first in earlier
            for second in later
            if second.start < first.end
        ]
        for keys in cliques(pairs):
            yield Clash(self.code, people, keys)
        for member in instance.staff:
            blocked = frozenset(
                duty.key
                for item in instance.commitments[member.id]
                if item.shift is not None and item.end > 0
                for day in (item.day, item.day + 1)
                if 0 <= day < instance.days
                for duty in by_day[day]
                if duty.day == item.day or duty.start < item.end
            )
            if blocked:
                yield Unavailable(self.code, member.id, blocked)


def _two(rule: str, instance: Instance, cell: Assignment, other: str) -> Finding:
    """A duty on the date of another."""
    message = Message(
        "single_assignment_per_day_two",
        "{staff} has the duties {first} and {second} on {date}",
        staff=cell.staff,
        first=other,
        second=cell.shift,
        date=instance.calendar.date(cell.day),
    )
    return Finding(rule, message, (cell.staff,), (cell.day,))
