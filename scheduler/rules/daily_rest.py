"""Daily rest: enough free hours between the end of one piece of work and the start of the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from scheduler.constraints import Clash, Constraint, Unavailable, cliques
from scheduler.instance import Instance
from scheduler.roster import Roster
from scheduler.rules.base import Finding, NoParameters, Rule, Source


class DailyRest(Rule[NoParameters]):
    """Between two pieces of work lie at least ``min_rest_hours`` free hours: start(next) − end(previous) ≥ rest.

    History and duties elsewhere count as work; real minutes count, so a clock change shortens or lengthens nothing.
    """

    code = "daily_rest"
    title = {"en": "Daily rest", "fr": "Repos journalier", "nl": "Dagelijkse rust"}
    sources = (
        Source("RD 30 March 2001 (PJPol), part VI title I: 11 h"),
        Source("Act of 14 December 2000: 11 h"),
    )
    columns = ("Contracts.min_rest_hours",)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        for member in instance.staff:
            needed = round(instance.contract(member.id).min_rest_hours * 60)
            work = [(item.start, item.end, item.day) for item in instance.commitments[member.id]]
            work += [(duty.start, duty.end, duty.day) for duty in roster.duties(instance, member.id)]
            for (_, end, day), (start, _, next_day) in pairwise(sorted(work)):
                # Overlaps are for the rules one_duty and duties_elsewhere; between fixed pieces nothing can be changed.
                free = start - end
                if 0 <= free < needed and max(day, next_day) >= 0 and not _both_fixed(instance, member.id, end, start):
                    yield Finding(
                        self.code,
                        f"{member.id} rests {free // 60} h {free % 60:02d} before the duty of "
                        f"{instance.calendar.date(next_day)}; {needed // 60} h {needed % 60:02d} are due",
                        (member.id,),
                        (next_day, day),
                        amount=needed - free,
                        unit="minutes",
                    )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        by_rest: dict[int, list[str]] = defaultdict(list)
        for member in instance.staff:
            by_rest[round(instance.contract(member.id).min_rest_hours * 60)].append(member.id)
        for rest, people in by_rest.items():
            pairs = [
                (a.key, b.key)
                for a in instance.duties
                for b in instance.duties
                if a.day < b.day <= a.day + 3 and b.start < a.end + rest
            ]
            for duties in cliques(pairs):
                yield Clash(self.code, tuple(people), duties)
            for person in people:
                blocked = frozenset(
                    duty.key
                    for duty in instance.duties
                    for item in instance.commitments[person]
                    if duty.start < item.end + rest and item.start < duty.end + rest
                )
                if blocked:
                    yield Unavailable(self.code, person, blocked)


def _both_fixed(instance: Instance, staff: str, end: int, start: int) -> bool:
    fixed = instance.commitments[staff]
    return any(item.end == end for item in fixed) and any(item.start == start for item in fixed)
