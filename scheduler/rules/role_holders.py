"""Holders of a role: one for each started number of heads, such as a driver for each patrol of two."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from scheduler.messages.message import Message
from scheduler.problem.heads import Heads
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, Parameters, Reach, RoleCode, Rule, Source
from scheduler.vocabulary.constraints import Constraint, CoPresence


class RoleHoldersParameters(Parameters):
    role: RoleCode = Field(default="", description="code of the role; blank: no rule")
    heads: int = Field(default=2, ge=1, le=1000, description="people for whom one holder is enough")


class RoleHolders(Rule[RoleHoldersParameters]):
    """During the whole of a duty there is one holder of ``role`` for each started ``heads`` people at the same hotspot:
    holders(t) × heads ≥ present(t) for every minute t of the duty.

    Counted and judged are the people whose contract is of the category of the role (``Roles.category``), holders included. People
    are present from start to end of their duties, breaks included. History at that hotspot that reaches into the duty counts on
    both sides, and is not judged itself. A duty that runs on after the horizon needs the holders to its end. Where reserves wait
    (``Shifts.reserve``) none is needed.

    A blank ``role``, the default, is no rule.
    """

    code = "role_holders"
    title = "One holder of a role for each started number of heads"
    sources = (Source("Deployment practice: a driver for each vehicle, a leader for each team", sourced=False),)
    columns = ("Staff.roles", "Roles.category", "Shifts.reserve")
    satisfiable_by_adding_work = True
    reach = Reach.HOTSPOT
    parameters_class = RoleHoldersParameters
    laxer_when_more = ("heads",)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        role, per = self.parameters.role, self.parameters.heads
        if not role:
            return
        category = instance.role_category[role]
        there = {
            hotspot: [item for item in found if instance.category(item.staff) is category]
            for hotspot, found in roster.presence(instance).items()
        }
        everybody = {hotspot: Heads(found) for hotspot, found in there.items()}
        holders = {
            hotspot: Heads(item for item in found if role in instance.person[item.staff].roles)
            for hotspot, found in there.items()
        }
        for assignment in roster:
            hotspot = assignment.hotspot
            if instance.category(assignment.staff) is not category or hotspot in instance.reserve_places:
                continue
            duty = instance.duty(assignment.day, assignment.shift)
            gaps = [
                (start, end, present, held)
                for first, last, present in everybody[hotspot].over(duty.start, duty.end)
                for start, end, held in holders[hotspot].over(first, last)
                if held * per < present
            ]
            if gaps:
                start, _, present, held = gaps[0]
                minutes = sum(end - start for start, end, _, _ in gaps)
                message = Message(
                    "role_holders_lacking",
                    (
                        "{staff} stands at {hotspot} with {held} of role {role} among {present} people at {start}, "
                        "{count} minute in all; {least} must stand there",
                        "{staff} stands at {hotspot} with {held} of role {role} among {present} people at {start}, "
                        "{count} minutes in all; {least} must stand there",
                    ),
                    staff=assignment.staff,
                    hotspot=hotspot,
                    held=held,
                    role=role,
                    present=present,
                    start=instance.calendar.local(start),
                    count=minutes,
                    least=-(-present // per),
                )
                who, day = assignment.staff, assignment.day
                yield Finding(self.code, message, (who,), (day,), hotspot, amount=minutes, unit="minutes")

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        role = self.parameters.role
        if role:
            judged, holders = instance.people(instance.role_category[role]), instance.people(role)
            yield CoPresence(self.code, judged, holders, 1, instance.reserve_places, per=self.parameters.heads)
