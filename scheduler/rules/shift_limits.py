"""Most duties of a shift over the horizon."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, NoParameters, Rule, Source
from scheduler.vocabulary.constraints import Constraint, Total, Unavailable


class ShiftLimits(Rule[NoParameters]):
    """In the horizon a person works at most so many duties of a shift as ``shift_limits`` says: Σ duties ≤ limit.

    0 means that the person is not qualified for it; a shift that is not named has no limit. A list on the person's row
    (``Staff.shift_limits``) replaces the whole list of the contract. What was worked before the horizon does not
    count, nor do duties elsewhere.
    """

    code = "shift_limits"
    title = "Most duties of a shift"
    sources = (Source("The planner's own limits (sheet Contracts)", sourced=False),)
    columns = ("Contracts.shift_limits", "Staff.shift_limits")

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        for member in instance.staff:
            for shift, most in limits(instance, member.id):
                days = sorted({cell.day for cell in roster.line(member.id) if cell.shift == shift}, reverse=True)
                if len(days) > most:
                    yield Finding(
                        self.code,
                        Message(
                            "shift_limits_over",
                            (
                                "{staff} works {shift} {count} time; the limit is {most}",
                                "{staff} works {shift} {count} times; the limit is {most}",
                            ),
                            staff=member.id,
                            shift=shift,
                            count=len(days),
                            most=most,
                        ),
                        (member.id,),
                        tuple(days),
                        amount=len(days) - most,
                        unit="duties",
                    )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        every = {shift.code: {(day, shift.code): 1 for day in range(instance.days)} for shift in instance.shifts}
        for member in instance.staff:
            for shift, most in limits(instance, member.id):
                if most == 0:
                    yield Unavailable(self.code, member.id, frozenset(every[shift]))
                else:
                    yield Total(self.code, member.id, every[shift], most=most)


def limits(instance: Instance, staff: str) -> tuple[tuple[str, int], ...]:
    """A person's own limits, else those of the contract: shift codes with the most duties of each."""
    own = instance.person[staff].shift_limits
    return instance.contract(staff).shift_limits if own is None else own
