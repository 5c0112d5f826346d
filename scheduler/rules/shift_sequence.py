"""Shift sequences: shifts that may not come on the date after another."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, NoParameters, Rule, Source
from scheduler.vocabulary.constraints import Clash, Constraint, Unavailable, cliques


class ShiftSequence(Rule[NoParameters]):
    """Whoever works a shift starts none of its ``not_followed_by`` on the next date.

    Only the next date counts: after a date without a duty every shift is allowed. History counts, so the duty of the
    day before the horizon binds its first day. Duties elsewhere do not: they are no shift.
    """

    code = "shift_sequence"
    title = "Order of shifts"
    sources = (Source("The planner's own rule (sheet Shifts): for example only forward rotation", sourced=False),)
    columns = ("Shifts.not_followed_by",)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        barred = _barred(instance)
        for member in instance.staff:
            cells = {(cell.day, cell.shift) for cell in roster.line(member.id)}
            fixed = {(item.day, item.shift) for item in instance.commitments[member.id] if item.shift is not None}
            for day, shift in sorted(cells):
                for before, earlier in sorted(cells | fixed):
                    if before == day - 1 and shift in barred[earlier]:
                        yield Finding(
                            self.code,
                            Message(
                                "shift_sequence_after",
                                "{staff} works {shift} on {date}, after {earlier} the day before",
                                staff=member.id,
                                shift=shift,
                                date=instance.calendar.date(day),
                                earlier=earlier,
                            ),
                            (member.id,),
                            (day, before) if (before, earlier) in cells else (day,),
                        )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        barred = _barred(instance)
        everybody = tuple(member.id for member in instance.staff)
        pairs = [
            ((day, first), (day + 1, second))
            for day in range(instance.days - 1)
            for first, others in barred.items()
            for second in others
        ]
        for duties in cliques(pairs) if everybody else ():
            yield Clash(self.code, everybody, duties)
        for person in everybody:
            closed = frozenset(
                (item.day + 1, second)
                for item in instance.commitments[person]
                if item.shift is not None and -1 <= item.day < instance.days - 1
                for second in barred[item.shift]
            )
            if closed:
                yield Unavailable(self.code, person, closed)


def _barred(instance: Instance) -> dict[str, tuple[str, ...]]:
    return {shift.code: shift.not_followed_by for shift in instance.shifts}
