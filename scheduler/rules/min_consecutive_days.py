"""Fewest days worked in a row."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, NoParameters, Rule, Source
from scheduler.rules.support.streaks import streaks
from scheduler.vocabulary.constraints import Constraint, Run


class MinConsecutiveDays(Rule[NoParameters]):
    """Whoever comes to work comes on at least ``min_consecutive_days`` days in a row: every row of days with work ≥
    minimum.

    Duties of the roster, history and duties elsewhere up to the horizon's last day make the row, each for the date it
    starts on. Only rows that end in the horizon, or on the day before it, are looked at; one of the history alone must
    go on when it is too short.

    Excused are:

    - a row that reaches the horizon's last day,
    - one from the horizon's first day when nothing is known of the time before (no history, no duty elsewhere, and the
      setting ``history_from`` names no date before the horizon),
    - one that holds a day of a duty elsewhere,
    - one that ends on the day before the horizon, when the first day is a day of leave or outside the person's
      service.

    A minimum of 1 is no rule.
    """

    code = "min_consecutive_days"
    formerly = "short_runs"
    title = "Fewest days in a row"
    sources = (Source("Good practice: nobody comes for a single day", sourced=False),)
    columns = ("Contracts.min_consecutive_days", "Settings.history_from")
    satisfiable_by_adding_work = True

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        for member in instance.staff:
            least = instance.contract(member.id).min_consecutive_days
            work = [item for item in instance.commitments[member.id] if item.day < instance.days]
            fixed = {item.day for item in work}
            elsewhere = {item.day for item in work if item.shift is None}
            cells = {cell.day for cell in roster.line(member.id)}
            known = instance.eve_known or any(day < 0 for day in fixed)
            for first, last in streaks(cells | fixed) if least > 1 else ():
                length = last - first + 1
                if length >= least or not -1 <= last < instance.days - 1 or (first == 0 and not known):
                    continue
                over = last in fixed and _cut_off(instance, member.id, last + 1)
                if over or not elsewhere.isdisjoint(range(first, last + 1)):
                    continue
                yield Finding(
                    self.code,
                    Message(
                        "min_consecutive_days_under",
                        (
                            "{staff} works {count} day in a row from {first}; at least {least} are due",
                            "{staff} works {count} days in a row from {first}; at least {least} are due",
                        ),
                        staff=member.id,
                        count=length,
                        first=instance.calendar.date(first),
                        least=least,
                    ),
                    (member.id,),
                    tuple(day for day in range(max(0, first), last + 1)) or (0,),
                    amount=least - length,
                    unit="days",
                )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        for member in instance.staff:
            least = instance.contract(member.id).min_consecutive_days
            if least <= 1:
                continue
            work = [item for item in instance.commitments[member.id] if item.day < instance.days]
            elsewhere = {item.day for item in work if item.shift is None}
            past = {item.day for item in work if item.day < 0}
            carried = next(length for length in range(len(past) + 1) if -1 - length not in past)
            always = frozenset(item.day for item in work if item.day >= 0)
            over = carried and 0 not in always and _cut_off(instance, member.id, 0)
            excused = over or not elsewhere.isdisjoint(range(-carried, 0))
            ends = {day for day in always if day + 1 not in always and _cut_off(instance, member.id, day + 1)}
            yield Run(
                self.code,
                member.id,
                least=least,
                carried=carried if (past or instance.eve_known) and not excused else None,
                always=always,
                pardon=always & (elsewhere | ends),
            )


def _cut_off(instance: Instance, staff: str, day: int) -> bool:
    """Whether a person cannot go on with a row on a day: leave, out of service, or past."""
    past = instance.calendar.minute(day + 1) <= instance.history_until
    return past or day in instance.leave_days[staff] or not instance.in_service(staff, day)
