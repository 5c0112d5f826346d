"""Most hours in any 24 hours."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

from scheduler.messages.message import Hours, Message
from scheduler.problem.facts import Contract
from scheduler.problem.instance import Duty, DutyKey, Instance
from scheduler.problem.roster import Roster
from scheduler.problem.timeline import DAY_MINUTES
from scheduler.rules.base import Finding, NoParameters, Rule, Source
from scheduler.rules.support.windows import windows
from scheduler.rules.support.work import cell_days, people_by, pieces
from scheduler.vocabulary.constraints import Clash, Constraint, Total, Unavailable, cliques

Span = tuple[int, int]


class Hours24h(Rule[NoParameters]):
    """In any 24 hours lie at most ``max_hours_24h`` hours of work: for every t, Σ |work ∩ [t, t + 24 h)| ≤ limit.

    The window may begin at any minute, before the horizon too, and reach beyond its end. A duty counts with its real
    minutes from start to end, breaks included: nobody can say where in the window a break lies. History and duties
    elsewhere count; minutes that two pieces of work share count once.

    A window is looked at when a minute of a duty of the roster lies in it; fixed work alone breaks nothing. Without a
    limit there is no such rule.
    """

    code = "hours_24h"
    title = "Most hours in 24 hours"
    sources = (
        Source("RD 30 March 2001 (PJPol), part VI title I: 12 h since 22 July 2024"),
        Source("Act of 14 December 2000: 11 h"),
    )
    columns = ("Contracts.max_hours_24h",)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        for member in instance.staff:
            limit = _limit(instance.contract(member.id))
            if limit is None or not roster.line(member.id):
                continue
            work = pieces(instance, roster, member.id)
            worst: dict[int, tuple[int, int, tuple[int, ...]]] = {}
            for start, minutes in windows(((piece.start, piece.end) for piece in work), DAY_MINUTES):
                if minutes <= limit:
                    continue
                inside = [piece for piece in work if piece.start < start + DAY_MINUTES and start < piece.end]
                days = cell_days(*reversed(inside))
                if days and minutes > worst.get(days[0], (0, 0, ()))[0]:
                    worst[days[0]] = (minutes, start, days)
            for minutes, start, days in worst.values():
                yield Finding(
                    self.code,
                    Message(
                        "hours_24h_over",
                        "{staff} works {worked} in the 24 hours from {start}; the limit is {most}",
                        staff=member.id,
                        worked=Hours(minutes),
                        start=instance.calendar.local(start),
                        most=Hours(limit),
                    ),
                    (member.id,),
                    days,
                    amount=minutes - limit,
                    unit="minutes",
                )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        # Two duties say it all: slide a window that reaches into a third, which starts 24 h or more after the first, back to the
        # start of the third; what it loses there it gains in the first. Only in the spring night can a third duty, two dates
        # later, start less than 24 h after the first; those few triples are declared on their own.
        for limit, people in people_by(instance, _limit).items():
            too_long = _longer(instance, limit)
            clashes = {
                (first.key, second.key)
                for first, second in _neighbours(instance)
                if not {first.key, second.key} & too_long and _pair(*_shape(first, second)) > limit
            }
            triples = [
                keys
                for keys in _spring_triples(instance)
                if _busiest([instance.duty(*key) for key in keys], []) > limit
            ]
            for duties in cliques(clashes):
                yield Clash(self.code, people, duties)
            for person in people:
                yield from self._for_person(instance, person, limit, too_long, clashes)
                for keys in triples:
                    yield Total(self.code, person, dict.fromkeys(keys, 1), most=2)

    def _for_person(
        self,
        instance: Instance,
        person: str,
        limit: int,
        too_long: frozenset[DutyKey],
        clashes: set[tuple[DutyKey, DutyKey]],
    ) -> Iterator[Constraint]:
        fixed = [(item.start, item.end) for item in instance.commitments[person]]
        by_day: dict[int, list[Duty]] = {}
        blocked = set(too_long)
        for duty, near in _near(instance, fixed):
            if _busiest([duty], near) > limit:
                blocked.add(duty.key)
            else:
                by_day.setdefault(duty.day, []).append(duty)
        if blocked:
            yield Unavailable(self.code, person, frozenset(blocked))
        pairs = []
        for day, earlier in by_day.items():
            for first, second in product(earlier, by_day.get(day + 1, ())):
                if (first.key, second.key) in clashes or second.start >= first.start + DAY_MINUTES:
                    continue
                if _busiest([first, second], _close(fixed, first.start, second.end)) > limit:
                    pairs.append((first.key, second.key))
        for duties in cliques(pairs):
            yield Clash(self.code, (person,), duties)


def too_long(instance: Instance, contract: Contract) -> frozenset[DutyKey]:
    """The duties that by themselves are more than a contract allows in 24 hours."""
    limit = _limit(contract)
    return frozenset() if limit is None else _longer(instance, limit)


def _longer(instance: Instance, limit: int) -> frozenset[DutyKey]:
    # No window holds more than 24 hours of a duty, which the autumn night can make longer.
    return frozenset(duty.key for duty in instance.duties if min(duty.end - duty.start, DAY_MINUTES) > limit)


def _limit(contract: Contract) -> int | None:
    return None if contract.max_hours_24h is None else round(contract.max_hours_24h * 60)


def _busiest(duties: list[Duty], fixed: list[Span]) -> int:
    """The most minutes of work in any 24 hours that hold a minute of one of ``duties``."""
    spans = [(duty.start, duty.end) for duty in duties]
    return max(
        minutes
        for start, minutes in windows(spans + fixed, DAY_MINUTES)
        if any(low < start + DAY_MINUTES and start < high for low, high in spans)
    )


def _shape(first: Duty, second: Duty) -> tuple[int, int, int]:
    return first.end - first.start, second.start - first.start, second.end - first.start


@cache
def _pair(first_end: int, second_start: int, second_end: int) -> int:
    """The most minutes of two duties in any 24 hours, by their minutes since the first starts. A horizon has few of them that
    differ."""
    return max(minutes for _, minutes in windows([(0, first_end), (second_start, second_end)], DAY_MINUTES))


def _close(fixed: list[Span], start: int, end: int) -> list[Span]:
    """The fixed work that a window of 24 hours can share with work in ``[start, end)``, and what lies a window further."""
    return [span for span in fixed if span[0] < end + 2 * DAY_MINUTES and start - 2 * DAY_MINUTES < span[1]]


def _near(instance: Instance, fixed: list[Span]) -> Iterator[tuple[Duty, list[Span]]]:
    longest = max((duty.end - duty.start for duty in instance.duties), default=0)
    day_of = instance.calendar.day_of
    days = {
        day
        for low, high in fixed
        for day in range(day_of(low - 2 * DAY_MINUTES - longest), day_of(high + 2 * DAY_MINUTES) + 1)
    }
    for duty in instance.duties if fixed else ():
        close = _close(fixed, duty.start, duty.end) if duty.day in days else None
        if close:
            yield duty, close


def _neighbours(instance: Instance) -> Iterator[tuple[Duty, Duty]]:
    """Duties of different dates of which a window of 24 hours can hold a part each."""
    by_day = [[instance.duty(day, shift.code) for shift in instance.shifts] for day in range(instance.days)]
    for day, earlier in enumerate(by_day):
        for later in by_day[day + 1 : day + 4]:
            for first, second in product(earlier, later):
                if second.start < first.end + DAY_MINUTES:
                    yield first, second


def _spring_triples(instance: Instance) -> Iterator[tuple[DutyKey, ...]]:
    """Duties of three dates in a row of which the third starts less than 24 hours after the first."""
    for day in range(instance.days - 2):
        if instance.calendar.minute(day + 2) - instance.calendar.minute(day + 1) >= DAY_MINUTES:
            continue
        dates = [[instance.duty(day + step, shift.code) for shift in instance.shifts] for step in range(3)]
        for first, second, third in product(*dates):
            if third.start < first.start + DAY_MINUTES:
                yield first.key, second.key, third.key
