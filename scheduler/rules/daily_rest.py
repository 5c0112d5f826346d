"""Daily rest: enough free hours between the end of one piece of work and the start of the next."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from scheduler.messages.message import Hours, Message
from scheduler.problem.facts import Contract
from scheduler.problem.instance import DutyKey, Instance
from scheduler.problem.roster import Roster
from scheduler.problem.timeline import DAY_MINUTES
from scheduler.rules.base import Finding, NoParameters, Rule, Source
from scheduler.rules.support.work import Piece, cell_days, people_by, pieces
from scheduler.vocabulary.constraints import Clash, Constraint, Unavailable, cliques


class DailyRest(Rule[NoParameters]):
    """Between two pieces of work lie at least ``min_rest_hours`` free hours: start(next) − end(previous) ≥ rest.

    Each piece of work is compared with the one before it that ends last. History and duties elsewhere count as work,
    those just after the horizon too; two pieces of fixed work are not compared with each other, and two duties of one
    date are for ``single_assignment_per_day``.

    Real minutes count, so the hour that a clock change takes is missing from the rest, and the one it adds is part of
    it. Work that overlaps leaves no rest at all. Breaks are no rest.

    A contract with 0 hours of rest has no such rule.
    """

    code = "daily_rest"
    title = "Daily rest"
    sources = (
        Source("RD 30 March 2001 (PJPol), part VI title I: 11 h"),
        Source("Act of 14 December 2000: 11 h"),
    )
    columns = ("Contracts.min_rest_hours",)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        for member in instance.staff:
            needed = _rest(instance.contract(member.id))
            if needed is None or not roster.line(member.id):
                continue
            latest: Piece | None = None
            for piece in pieces(instance, roster, member.id):
                if latest is not None and piece.start < latest.end + needed:
                    days = cell_days(piece, latest)
                    # Nobody can change two pieces that are both fixed; two cells of one date are for `single_assignment_per_day`.
                    if days and (piece.day != latest.day or piece.fixed or latest.fixed):
                        free = max(0, piece.start - latest.end)
                        yield Finding(
                            self.code,
                            Message(
                                "daily_rest_short",
                                "{staff} rests {rest} before the work of {date}; {due} is required",
                                staff=member.id,
                                rest=Hours(free),
                                date=instance.calendar.date(piece.day),
                                due=Hours(needed),
                            ),
                            (member.id,),
                            days,
                            amount=needed - free,
                            unit="minutes",
                        )
                if latest is None or piece.end > latest.end:
                    latest = piece

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        by_day = [[instance.duty(day, shift.code) for shift in instance.shifts] for day in range(instance.days)]
        for rest, people in people_by(instance, _rest).items():
            # Work ends at the latest on the day after its date; the hour that spring takes makes a rest end one clock hour later.
            days = 2 + -(-rest // DAY_MINUTES)
            pairs = [
                (first.key, second.key)
                for day, earlier in enumerate(by_day)
                for later in by_day[day + 1 : day + 1 + days]
                for first, second in product(earlier, later)
                if second.start < first.end + rest
            ]
            for duties in cliques(pairs):
                yield Clash(self.code, people, duties)
            for person in people:
                blocked: set[DutyKey] = set()
                for item in instance.commitments[person]:
                    day = instance.calendar.day_of(item.start)
                    for near in by_day[max(0, day - days) : max(0, day + 1 + days)]:
                        blocked |= {
                            duty.key for duty in near if duty.start < item.end + rest and item.start < duty.end + rest
                        }
                if blocked:
                    yield Unavailable(self.code, person, frozenset(blocked))


def _rest(contract: Contract) -> int | None:
    return round(contract.min_rest_hours * 60) or None
