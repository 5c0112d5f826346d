"""Qualification and jurisdiction: where a person may stand, and which shifts they may work."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import allowed_hotspots, worked_at
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, NoParameters, Rule, Source
from scheduler.rules.support.said import role_name
from scheduler.vocabulary.constraints import Constraint, Unavailable


class Qualification(Rule[NoParameters]):
    """A person stands only where they are competent, and works only shifts that are open to their category.

    Where there are hotspots on the person's row (``Staff.hotspots``), these are the only ones. Else the kind of the
    organisation says where:

    - police of a zone: the hotspots of that zone, or all hotspots where the setting ``strategy`` is ``lateral`` or ``single``,
    - a municipality: the hotspots whose row names it by its code or name, whatever the case and the strategy,
    - federal police and partners: all hotspots.

    ``Shifts.categories`` says who may work a shift (blank: everybody), ``Shifts.hotspots`` where it may be worked
    (blank: everywhere). A hotspot that a reserve shift (``Shifts.reserve``) names is where reserves wait to be called: no other
    shift is worked there. Whoever has a share of full time of 0 (``Staff.fte``) works no duty.

    Roles do not matter here, and history is not looked at.
    """

    code = "qualification"
    title = "Qualification and jurisdiction"
    sources = (
        Source("Act of 15 May 2007 (peacekeepers): own municipality, or one with an agreement in the same police zone"),
        Source("Act of 2 October 2017 (private security): never counted as police"),
    )
    columns = (
        "Settings.strategy", "Staff.organisation", "Staff.hotspots", "Staff.fte", "Organisations.kind", "Shifts.categories",
        "Shifts.hotspots", "Shifts.reserve",
    )  # fmt: skip

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        places = {staff: allowed_hotspots(instance, staff) for staff in {cell.staff for cell in roster}}
        for cell in roster:
            on = instance.calendar.date(cell.day)
            if cell.hotspot not in places[cell.staff]:
                yield Finding(
                    self.code,
                    Message(
                        "qualification_hotspot",
                        "{staff} of {organisation} may not stand at {hotspot} ({date})",
                        staff=cell.staff,
                        organisation=instance.person[cell.staff].organisation,
                        hotspot=cell.hotspot,
                        date=on,
                    ),
                    (cell.staff,),
                    (cell.day,),
                    hotspot=cell.hotspot,
                )
            if cell.hotspot not in worked_at(instance, cell.shift):
                yield Finding(
                    self.code,
                    Message(
                        "qualification_shift_hotspot",
                        "shift {shift} is not worked at {hotspot} ({staff}, {date})",
                        shift=cell.shift,
                        hotspot=cell.hotspot,
                        staff=cell.staff,
                        date=on,
                    ),
                    (cell.staff,),
                    (cell.day,),
                    hotspot=cell.hotspot,
                )
            category = instance.category(cell.staff)
            if category not in instance.shift[cell.shift].categories:
                yield Finding(
                    self.code,
                    Message(
                        "qualification_shift_category",
                        "shift {shift} is not open to {category} ({staff}, {date})",
                        shift=cell.shift,
                        category=role_name(category),
                        staff=cell.staff,
                        date=on,
                    ),
                    (cell.staff,),
                    (cell.day,),
                )
            if instance.person[cell.staff].fte == 0:
                yield Finding(
                    self.code,
                    Message(
                        "qualification_no_hours",
                        "{staff} has a contract of 0 hours and works on {date}",
                        staff=cell.staff,
                        date=on,
                    ),
                    (cell.staff,),
                    (cell.day,),
                )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        closed = {
            category: frozenset(
                duty.key for duty in instance.duties if category not in instance.shift[duty.shift].categories
            )
            for category in {contract.category for contract in instance.contracts}
        }
        bound = [
            (frozenset((day, shift.code) for day in range(instance.days)), others)
            for shift in instance.shifts
            if (others := frozenset(instance.hotspot) - worked_at(instance, shift.code))
        ]
        for member in instance.staff:
            if member.fte == 0:
                yield Unavailable(self.code, member.id)
                continue
            elsewhere = frozenset(instance.hotspot) - allowed_hotspots(instance, member.id)
            if elsewhere:
                yield Unavailable(self.code, member.id, None, elsewhere)
            duties = closed[instance.category(member.id)]
            if duties:
                yield Unavailable(self.code, member.id, duties)
            for days, others in bound:
                yield Unavailable(self.code, member.id, days, others)
