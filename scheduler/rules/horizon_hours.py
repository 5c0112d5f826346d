"""Fewest and most hours of the whole horizon."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.messages.message import Hours, Message
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, NoParameters, Rule, Source
from scheduler.rules.support.contract_hours import days_there
from scheduler.rules.support.work import cell_days, pieces
from scheduler.vocabulary.constraints import Constraint, Total


class HorizonHours(Rule[NoParameters]):
    """The paid hours of the horizon lie between ``min_hours_horizon`` and ``max_hours_horizon`` of the contract, each
    times ``fte``.

    A duty counts whole for the date it starts on, without its unpaid break. Duties elsewhere of the horizon count,
    history does not.

    The fewest hours are less in proportion for whoever is away. They are multiplied by the days of the horizon that are in
    service and no day of leave, and divided by all its days. Half a day of leave on a day that owes hours counts as half. The
    most hours are not less. What stands on a person's own row (``Staff.min_hours_horizon``, ``Staff.max_hours_horizon``) replaces
    the contract's and holds as it is: neither times ``fte`` nor in proportion.

    More than the most is a fault only of whoever has a duty in the roster. Whoever has a share of full time of 0 is
    left out.
    """

    code = "horizon_hours"
    title = "Hours of the whole period"
    sources = (Source("The planner's own limits (sheet Contracts)", sourced=False),)
    columns = (
        "Contracts.min_hours_horizon",
        "Contracts.max_hours_horizon",
        "Staff.min_hours_horizon",
        "Staff.max_hours_horizon",
        "Staff.fte",
        "Shifts.unpaid_break_min",
    )
    satisfiable_by_adding_work = True

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        for member in instance.staff:
            least, most = limits(instance, member.id)
            work = [piece for piece in pieces(instance, roster, member.id) if 0 <= piece.day < instance.days]
            minutes = sum(piece.paid_min for piece in work)
            days = cell_days(*reversed(work))
            worked = Hours(minutes)
            if least is not None and minutes < least:
                message = Message(
                    "horizon_hours_under",
                    "{staff} works {worked} in the whole period; the minimum is {least}",
                    staff=member.id,
                    worked=worked,
                    least=Hours(least),
                )
                yield Finding(self.code, message, (member.id,), amount=least - minutes, unit="minutes")
            if most is not None and minutes > most and days:
                message = Message(
                    "horizon_hours_over",
                    "{staff} works {worked} in the whole period; the limit is {most}",
                    staff=member.id,
                    worked=worked,
                    most=Hours(most),
                )
                yield Finding(self.code, message, (member.id,), days, amount=minutes - most, unit="minutes")

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        weights = {duty.key: duty.paid_min for duty in instance.duties}
        for member in instance.staff:
            least, most = limits(instance, member.id)
            if least is None and most is None:
                continue
            base = sum(item.paid_min for item in instance.commitments[member.id] if 0 <= item.day < instance.days)
            # Fixed work over the limit is no fault of the roster, but leaves no room for any duty.
            most = None if most is None else max(most, base)
            yield Total(self.code, member.id, weights, base=base, least=least, most=most)


def limits(instance: Instance, staff: str) -> tuple[int | None, int | None]:
    """The fewest and the most paid minutes of a person in the horizon; None where there is no limit."""
    contract, member = instance.contract(staff), instance.person[staff]
    if member.fte == 0:
        return None, None
    least, most = member.min_hours_horizon, member.max_hours_horizon
    if least is None and contract.min_hours_horizon is not None:
        least = contract.min_hours_horizon * member.fte * days_there(instance, staff) / instance.days
    if most is None and contract.max_hours_horizon is not None:
        most = contract.max_hours_horizon * member.fte
    return None if least is None else round(least * 60), None if most is None else round(most * 60)
