"""No one alone: staff stand in patrols of their own category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scheduler.problem.facts import Category
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, NoParameters, Reach, Rule, Source
from scheduler.rules.support.company import lacking_company
from scheduler.vocabulary.constraints import Constraint, CoPresence


class MinPatrolSize(Rule[NoParameters]):
    """During the whole of a duty at least ``min_together`` people of the person's category, the person included, stand at
    the same hotspot: present(t) ≥ min_together for every minute t of the duty.

    The category is that of the contract; roles and employers do not matter. People are present from start to end of
    their duties, breaks included. History at that hotspot that reaches into the duty counts. A duty that runs on after
    the horizon needs them to its end. Where reserves wait (``Shifts.reserve``) one may be alone.

    1 is no rule.
    """

    code = "min_patrol_size"
    formerly = "no_one_alone"
    title = "No one alone"
    sources = (
        Source("Deployment unit: a patrol of two"),
        Source("Peacekeepers work in pairs", sourced=False),
    )
    columns = ("Contracts.min_together",)
    satisfiable_by_adding_work = True
    reach = Reach.HOTSPOT

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        def wanted(staff: str) -> tuple[Category, int]:
            contract = instance.contract(staff)
            return contract.category, contract.min_together if contract.min_together > 1 else 0

        return lacking_company(self.code, instance, roster, wanted)

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        by_number: dict[tuple[Category, int], set[str]] = defaultdict(set)
        for member in instance.staff:
            contract = instance.contract(member.id)
            by_number[contract.category, contract.min_together].add(member.id)
        for (category, least), people in sorted(by_number.items()):
            if least > 1:
                same = instance.people(category)
                yield CoPresence(self.code, frozenset(people), same, least, instance.reserve_places)
