"""Who may stand somewhere only in company: the check that co-presence and patrols share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scheduler.messages.message import Message
from scheduler.problem.facts import Category
from scheduler.problem.heads import Heads
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding
from scheduler.rules.support.said import role_name


def lacking_company(
    rule: str, instance: Instance, roster: Roster, wanted: Callable[[str], tuple[Category, int]]
) -> Iterator[Finding]:
    """A finding for each assignment beside which too few of a category stand during any part of the duty.

    ``wanted(staff)`` gives the category whose heads are counted, and how many there must be (0: the rule does not
    concern this person). The person counts too when of that category. History that reaches into the duty counts. Reserves wait
    without company.
    """
    present = roster.presence(instance)
    heads = {
        (hotspot, category): Heads(item for item in found if instance.category(item.staff) is category)
        for hotspot, found in present.items()
        for category in Category
    }
    for assignment in roster:
        category, least = wanted(assignment.staff)
        if not least or assignment.hotspot in instance.reserve_places:
            continue
        duty = instance.duty(assignment.day, assignment.shift)
        gaps = [
            (start, end, number)
            for start, end, number in heads[assignment.hotspot, category].over(duty.start, duty.end)
            if number < least
        ]
        if gaps:
            first, _, fewest = min(gaps, key=lambda gap: gap[2])
            minutes = sum(end - start for start, end, _ in gaps)
            yield Finding(
                rule,
                Message(
                    "company_lacking",
                    (
                        "{staff} stands at {hotspot} with {fewest} {category} there at {start}, {count} minute in all; "
                        "{least} must stand there",
                        "{staff} stands at {hotspot} with {fewest} {category} there at {start}, {count} minutes in all; "
                        "{least} must stand there",
                    ),
                    staff=assignment.staff,
                    hotspot=assignment.hotspot,
                    fewest=fewest,
                    category=role_name(category),
                    start=instance.calendar.local(first),
                    count=minutes,
                    least=least,
                ),
                (assignment.staff,),
                (assignment.day,),
                assignment.hotspot,
                amount=minutes,
                unit="minutes",
            )
