"""Hours over the reference period: as close to the contract as can be, and never far over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import Field

from scheduler.messages.message import Hours, Message
from scheduler.problem.instance import DutyKey, Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, Parameters, Rule, Source
from scheduler.rules.support.contract_hours import owed_minutes, whole
from scheduler.rules.support.work import cell_days, pieces
from scheduler.vocabulary.constraints import Constraint, Total


class ReferenceHoursParameters(Parameters):
    most_over_hours: float = Field(
        default=8.0, ge=0, le=200, description="hours over the contract's that are allowed at most, at full time"
    )
    cost_per_hour: int = Field(
        default=60, ge=0, le=6000, multiple_of=60, description="points for each hour over or under the contract's"
    )


@dataclass(frozen=True, slots=True)
class Period:
    """One person's reference period, as far as it lies in the horizon: days ``[first, stop)``.

    ``due_min`` are the contract's minutes less the balance carried in (negative when that is larger); ``fixed_min`` those of the
    duties elsewhere in it.
    """

    first: int
    stop: int
    due_min: int
    fixed_min: int

    @property
    def target_min(self) -> int:
        """What the hours should come to: what is due, but no less than what is fixed already."""
        return max(self.due_min, self.fixed_min)


def period_start(instance: Instance, staff: str, day: int) -> int:
    """The first day of the reference period that a day lies in, as counted from the setting ``reference_start``."""
    length = 7 * instance.contract(staff).reference_weeks
    origin = 0 if instance.reference_start is None else instance.calendar.day(instance.reference_start)
    return day - (day - origin) % length


def periods(instance: Instance, staff: str) -> tuple[Period, ...]:
    """The reference periods of a person that touch the horizon, as far as they lie in it; the balance carried in goes to the
    first."""
    length = 7 * instance.contract(staff).reference_weeks
    begun = period_start(instance, staff, 0)
    found = []
    for start in range(begun, instance.days, length):
        first, stop = max(0, start), min(start + length, instance.days)
        balance = instance.counter[staff].hours_balance * 60 if first == 0 else 0.0
        fixed = sum(item.paid_min for item in instance.commitments[staff] if first <= item.day < stop)
        found.append(Period(first, stop, whole(owed_minutes(instance, staff, first, stop) - balance), fixed))
    return tuple(found)


def _over_min(parameters: ReferenceHoursParameters, fte: float) -> int:
    return round(parameters.most_over_hours * 60 * fte)


class ReferenceHours(Rule[ReferenceHoursParameters]):
    """In each reference period the paid hours come to what is due: every hour over or under costs ``cost_per_hour``
    points, by the minute. More than ``most_over_hours`` × fte over what is due is forbidden: Σ paid minutes ≤ due +
    most_over_hours × fte.

    A day owes a fifth of the week from Monday to Friday, or the hours of that weekday in a fixed week: ``hours_by_weekday``
    on the person's own row, else on the contract's; times ``fte``. A public holiday, a day of leave and a day out of
    service owe nothing. Leave for part of a day takes off its own length, but no more than half of the day's hours for
    what lies before noon and half for what lies after. So half a day of leave is half a day's hours. The days are summed.
    Due is that less the balance carried in (``hours_balance``: hours over are positive), which goes to the first period,
    rounded to the minute, halves up. For the price, due is at least the hours of the duties elsewhere in the period.

    Periods last ``reference_weeks`` weeks. They are counted from the horizon's first day, or from the setting
    ``reference_start`` before it. Of each only the days in the horizon count: what was worked before is in the
    balance. A duty counts whole for the date it starts on, without its unpaid break. Duties elsewhere count.

    More than the most is a fault only where a duty of the roster starts in the period. Whoever has a share of full
    time of 0 owes nothing and is left out.
    """

    code = "reference_hours"
    title = "Contract hours"
    sources = (
        Source("RD 30 March 2001 (PJPol), part VI title I: 38 h a week on average"),
        Source("Police: over a reference period of 2 months", sourced=False),
        Source("Act of 14 December 2000: 38 h a week on average over 4 months"),
    )
    columns = (
        "Contracts.weekly_hours",
        "Contracts.hours_by_weekday",
        "Staff.hours_by_weekday",
        "Absences.from",
        "Absences.to",
        "Contracts.reference_weeks",
        "Settings.reference_start",
        "Staff.fte",
        "Counters.hours_balance",
        "Shifts.unpaid_break_min",
    )
    parameters_class = ReferenceHoursParameters
    laxer_when_more = ("most_over_hours",)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        for member in instance.staff:
            if member.fte == 0:
                continue
            work = pieces(instance, roster, member.id)
            over = _over_min(self.parameters, member.fte)
            for period in periods(instance, member.id):
                inside = [piece for piece in work if period.first <= piece.day < period.stop]
                minutes = sum(piece.paid_min for piece in inside)
                days = cell_days(*reversed(inside))
                since = instance.calendar.date(period.first)
                limit = period.due_min + over
                if minutes > limit and days:
                    yield Finding(
                        self.code,
                        Message(
                            "reference_hours_over",
                            "{staff} works {worked} from {first}; the limit is {most}",
                            staff=member.id,
                            worked=Hours(minutes),
                            first=since,
                            most=Hours(max(0, limit)),
                        ),
                        (member.id,),
                        days,
                        amount=minutes - limit,
                        unit="minutes",
                    )
                off = abs(minutes - period.target_min)
                cost = off * self.parameters.cost_per_hour // 60
                if cost:
                    yield Finding(
                        self.code,
                        Message(
                            "reference_hours_off",
                            "{staff} works {worked} from {first}; {due} should be worked",
                            staff=member.id,
                            worked=Hours(minutes),
                            first=since,
                            due=Hours(period.target_min),
                        ),
                        (member.id,),
                        amount=off,
                        unit="minutes",
                        cost=cost,
                    )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        shared: dict[tuple[int, int], dict[DutyKey, int]] = {}
        for member in instance.staff:
            if member.fte == 0:
                continue
            over = _over_min(self.parameters, member.fte)
            for period in periods(instance, member.id):
                span = (period.first, period.stop)
                if span not in shared:
                    shared[span] = {
                        duty.key: duty.paid_min for duty in instance.duties if span[0] <= duty.day < span[1]
                    }
                weights, base = shared[span], period.fixed_min
                yield Total(self.code, member.id, weights, base=base, most=max(base, period.due_min + over))
                target, cost = period.target_min, self.parameters.cost_per_hour // 60
                if cost:
                    yield Total(self.code, member.id, weights, base=base, least=target, most=target, cost=cost)


def left_at_first(instance: Instance, staff: str) -> int:
    """Minutes that the duties of somebody may come to in the first period; below 0 where too much is fixed already."""
    first, fte = periods(instance, staff)[0], instance.person[staff].fte
    return first.due_min + _over_min(ReferenceHours.for_instance(instance).parameters, fte) - first.fixed_min
