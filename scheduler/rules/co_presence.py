"""Co-presence: non-police staff stand only where and while police stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scheduler.problem.facts import Category
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, NoParameters, Reach, Rule, Source
from scheduler.rules.support.company import lacking_company
from scheduler.vocabulary.constraints import Constraint, CoPresence


class CoPresenceRule(Rule[NoParameters]):
    """During the whole of a duty at least ``needs_police`` police stand at the same hotspot: police(t) ≥ needs_police for
    every minute t of the duty.

    Police are those whose contract is of the category police, whatever their employer; the person counts too where
    they are police. People are present from start to end of their duties, breaks included. History at that hotspot
    that reaches into the duty counts. A duty that runs on after the horizon needs them to its end. Where reserves wait
    (``Shifts.reserve``) nobody needs police.

    0 is no rule.
    """

    code = "co_presence"
    title = "Police present with non-police staff"
    sources = (
        Source("Hotspot strategy of the Regional Security Council: non-police staff are protected by police presence"),
        Source("Act of 15 May 2007: peacekeepers use no force and write no police report"),
    )
    columns = ("Contracts.needs_police",)
    satisfiable_by_adding_work = True
    reach = Reach.HOTSPOT

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        def wanted(staff: str) -> tuple[Category, int]:
            return Category.POLICE, instance.contract(staff).needs_police

        return lacking_company(self.code, instance, roster, wanted)

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        by_number: dict[int, set[str]] = defaultdict(set)
        for member in instance.staff:
            by_number[instance.contract(member.id).needs_police].add(member.id)
        for least, people in sorted(by_number.items()):
            if least:
                police = instance.people(Category.POLICE)
                yield CoPresence(self.code, frozenset(people), police, least, instance.reserve_places)
