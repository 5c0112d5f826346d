"""Most nights worked in a row."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.messages.message import Message
from scheduler.problem.instance import DutyKey, Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, NoParameters, Rule, Source
from scheduler.rules.support.streaks import overlong, settle
from scheduler.rules.support.work import elsewhere_duty
from scheduler.vocabulary.constraints import Constraint, Run, Unavailable


class MaxConsecutiveNights(Rule[NoParameters]):
    """After night work on ``max_consecutive_nights`` dates in a row comes a date without: every row of nights ≤ limit.

    What is night work follows from ``night_from`` and ``night_to`` of the contract (see the term). A night counts for
    the date on which the work starts. History and duties elsewhere at night count; a day duty or a day off breaks the
    row. Work after the horizon's last day belongs to the next roster.

    A row is looked at when it holds a night duty of the roster; fixed work alone breaks nothing. Without a limit there
    is no such rule.
    """

    code = "max_consecutive_nights"
    formerly = "consecutive_nights"
    title = "Nights in a row"
    sources = (Source("General practice: at most 5 nights in a row for police, 3 for others", sourced=False),)
    columns = ("Contracts.max_consecutive_nights", "Contracts.night_from", "Contracts.night_to")

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        nights = _nights(instance)
        for member in instance.staff:
            most = instance.contract(member.id).max_consecutive_nights
            cells = {cell.day for cell in roster.line(member.id) if cell.key in nights[member.contract]}
            if most is None or not cells:
                continue
            for first, length, days in overlong(cells, _fixed_nights(instance, member.id), most):
                yield Finding(
                    self.code,
                    Message(
                        "max_consecutive_nights_over",
                        (
                            "{staff} works {count} night in a row from {first}; the limit is {most}",
                            "{staff} works {count} nights in a row from {first}; the limit is {most}",
                        ),
                        staff=member.id,
                        count=length,
                        first=instance.calendar.date(first),
                        most=most,
                    ),
                    (member.id,),
                    days,
                    amount=length - most,
                    unit="nights",
                )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        nights = _nights(instance)
        for member in instance.staff:
            most = instance.contract(member.id).max_consecutive_nights
            if most is None:
                continue
            counts = nights[member.contract]
            settled = settle(_fixed_nights(instance, member.id), instance.days, most)
            blocked = frozenset(key for key in counts if key[0] in settled.closed)
            if blocked:
                yield Unavailable(self.code, member.id, blocked)
            yield Run(self.code, member.id, counts, most=most, carried=settled.carried, always=settled.always)


def _nights(instance: Instance) -> dict[str, frozenset[DutyKey]]:
    """The duties of the horizon that are night work under each contract that somebody has."""
    anybody = {member.contract: member.id for member in instance.staff}
    return {
        contract: frozenset(duty.key for duty in instance.duties if instance.is_night(staff, duty))
        for contract, staff in anybody.items()
    }


def _fixed_nights(instance: Instance, staff: str) -> set[int]:
    return {
        item.day
        for item in instance.commitments[staff]
        if item.day < instance.days and instance.is_night(staff, elsewhere_duty(item))
    }
