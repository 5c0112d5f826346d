"""Days off in a row: a free stretch is long enough to rest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, NoParameters, Rule, Source
from scheduler.vocabulary.constraints import Constraint, Run


class MinConsecutiveDaysOff(Rule[NoParameters]):
    """Between two days with work lie either no free day or at least ``min_days_off`` of them: every stretch of free days
    ≥ minimum.

    Work is duties of the roster, history and duties elsewhere up to the horizon's last day, each for the date it
    starts on. Only stretches that end in the horizon are looked at, and only of people with a duty in the roster.

    Excused are:

    - a stretch that holds a day of leave, before the horizon too,
    - one that reaches the horizon's last day,
    - one before which no work is known (no history),
    - one between two dates of fixed work that stand too close for it, whatever the roster says.

    A minimum of 1 is no rule.
    """

    code = "min_consecutive_days_off"
    formerly = "days_off"
    title = "Days off in a row"
    sources = (Source("Weekly rest of 35 h in one stretch", sourced=False),)
    columns = ("Contracts.min_days_off",)
    satisfiable_by_adding_work = True

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        leave = _leave(instance)
        for member in instance.staff:
            least = instance.contract(member.id).min_days_off
            cells = {cell.day for cell in roster.line(member.id)}
            if least <= 1 or not cells:
                continue
            fixed = sorted({item.day for item in instance.commitments[member.id] if item.day < instance.days})
            cramped = [(before, after) for before, after in pairwise(fixed) if after - before - 1 < least]
            for before, after in pairwise(sorted(cells | set(fixed))):
                length = after - before - 1
                if (
                    0 < length < least
                    and after >= 0
                    and leave[member.id].isdisjoint(range(before + 1, after))
                    and not any(low <= before and after <= high for low, high in cramped)
                ):
                    yield Finding(
                        self.code,
                        Message(
                            "min_consecutive_days_off_short",
                            (
                                "{staff} has {count} free day from {first}; at least {least} in a row are due",
                                "{staff} has {count} free days from {first}; at least {least} in a row are due",
                            ),
                            staff=member.id,
                            count=length,
                            first=instance.calendar.date(before + 1),
                            least=least,
                        ),
                        (member.id,),
                        tuple(day for day in (after, before) if day in cells),
                        amount=least - length,
                        unit="days",
                    )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        leave = _leave(instance)
        for member in instance.staff:
            least = instance.contract(member.id).min_days_off
            if least <= 1:
                continue
            fixed = sorted({item.day for item in instance.commitments[member.id] if item.day < instance.days})
            pardon = leave[member.id]
            for before, after in pairwise(fixed):
                if after - before - 1 < least:
                    pardon |= set(range(before + 1, after))
            last = max((day for day in fixed if day < 0), default=None)
            carried = None if last is None else -1 - last
            if last is not None and pardon & set(range(last + 1, 0)):
                carried = None
            yield Run(
                self.code,
                member.id,
                free=True,
                least=least,
                carried=carried,
                always=frozenset(day for day in fixed if day >= 0),
                pardon=frozenset(day for day in pardon if day >= 0),
            )


def _leave(instance: Instance) -> dict[str, set[int]]:
    """Days on which a person is on leave for the whole day, those before the horizon too."""
    calendar = instance.calendar
    table = {staff: set(days) for staff, days in instance.leave_days.items()}
    for absence in instance.absences:
        if not absence.counts_as_work and absence.start < 0:
            table[absence.staff] |= {
                day
                for day in range(calendar.day_of(absence.start), 0)
                if absence.start <= calendar.minute(day) and absence.end >= calendar.minute(day + 1)
            }
    return table
