"""Rows about people that have no effect, or another one than it seems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scheduler.analysis.unused.notes import About, Where, is_open, note
from scheduler.errors import InputProblem
from scheduler.messages.message import Message, Name
from scheduler.problem.facts import Absence
from scheduler.problem.instance import LEAVE_DAYS, Instance
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.problem.timeline import DAY_MINUTES, clock_text

_FULL_TIME = 0.99
"""Share of the week from which a limit of the hours of a week cuts the contract, not only a rounding of it."""
_LONG_AGO = 35
"""Days before the period from which history says nothing about its beginning."""
IS_THE_YEAR_RIGHT = Message("is_the_year_right", "Is the year right?")


def _contracts(instance: Instance, where: Where) -> Iterator[InputProblem]:
    """Limits that work against their own contract."""
    used = {member.contract for member in instance.staff if member.fte}
    for index, contract in enumerate(instance.contracts):
        if contract.code not in used:
            continue
        most = contract.max_hours_week
        if most is not None and most < _FULL_TIME * contract.weekly_hours:
            message = Message(
                "less_than_contract",
                "is less than the week of the contract ({hours} h): it is never worked in full.",
                hours=contract.weekly_hours,
            )
            yield from note([where("contracts", index, "max_hours_week")], f"{most:g} h", message)
        if contract.night_from == contract.night_to:
            message = Message(
                "night_of_no_time", "is when night work begins and ends: no duty of this contract counts as night work."
            )
            yield from note([where("contracts", index, "night_to")], clock_text(contract.night_to), message)


def _people(instance: Instance, where: Where) -> Iterator[InputProblem]:
    gone, away = [], []
    for index, member in enumerate(instance.staff):
        if not is_open(instance, member.first, member.last):
            gone.append(where("staff", index, "last" if member.first is None else "first"))
        elif member.home_hotspot is not None and member.home_hotspot not in allowed_hotspots(instance, member.id):
            away.append((where("staff", index, "home_hotspot"), member.home_hotspot))
    message = Message("never_in_service", "is in service on no date of the period: the person is not in the roster.")
    yield from note(gone, "", message)
    if away:
        message = Message(
            "home_not_allowed", "is a hotspot where the person may not stand: every duty counts as away from home."
        )
        yield from note([place for place, _ in away], away[0][1], message)


def _pairs(instance: Instance, where: Where) -> Iterator[InputProblem]:
    apart = []
    for index, pair in enumerate(instance.pairs):
        spots = [allowed_hotspots(instance, staff) for staff in (pair.staff_a, pair.staff_b)]
        if pair.kind == "together" and all(spots) and not spots[0] & spots[1]:
            apart.append(where("pairs", index, "staff_b"))
    message = Message("never_together", "can never stand beside the partner: there is no hotspot where both may.")
    yield from note(apart, "", message)


def _absences(instance: Instance, where: Where) -> Iterator[InputProblem]:
    """Leave that touches no duty of the period, or of the person's service. Before the period duties elsewhere count, and leave
    that excuses a short stretch of days off."""
    calendar = instance.calendar
    early, late = calendar.minute(-LEAVE_DAYS), calendar.minute(instance.days + 1)
    outside, unserved, twice = [], [], []
    seen: dict[str, list[Absence]] = defaultdict(list)
    for index, absence in enumerate(instance.absences):
        if absence.start >= late or (absence.end <= early and not absence.counts_as_work):
            outside.append(where("absences", index, "start"))
        elif not _in_service(instance, absence):
            unserved.append(where("absences", index, "start"))
        elif any(_differ(absence, other) for other in seen[absence.staff]):
            twice.append(where("absences", index, "start"))
        seen[absence.staff].append(absence)
    message = Message("absence_outside", "has no effect: the absence lies outside the period.")
    yield from note(outside, "", message, IS_THE_YEAR_RIGHT if len(outside) == len(instance.absences) else None)
    message = Message(
        "absence_not_in_service",
        "has no effect: the person is not in service then ({sheet}.{first}, {sheet}.{last}).",
        sheet=Name("sheet", "Staff"),
        first=Name("column", "from"),
        last=Name("column", "until"),
    )
    yield from note(unserved, "", message)
    message = Message(
        "absences_differ",
        "overlaps another absence of the person, and only one of the two counts as work: nobody is sent, and both count.",
    )
    yield from note(twice, "", message, Message("absence_keep_right", "Keep the row that is right."))


def _in_service(instance: Instance, absence: Absence) -> bool:
    """Whether a person is in service at some minute of an absence, or still on a duty of the last date in service."""
    member, calendar = instance.person[absence.staff], instance.calendar
    begun = member.first is None or absence.end > calendar.minute(calendar.day(member.first))
    latest = max((shift.end for shift in instance.shifts), default=0)
    clock = max(DAY_MINUTES, latest)
    return begun and (member.last is None or absence.start < calendar.minute(calendar.day(member.last), clock))


def _differ(one: Absence, other: Absence) -> bool:
    return one.counts_as_work != other.counts_as_work and one.start < other.end and other.start < one.end


def _history(instance: Instance, where: Where) -> Iterator[InputProblem]:
    """History of another year, and history that reaches into the period at one of several hotspots that its row does not name."""
    if not instance.history:
        return
    last = max(range(len(instance.history)), key=lambda index: instance.history[index].date)
    gap = -1 - instance.calendar.day(instance.history[last].date)
    if gap >= _LONG_AGO:
        message = Message(
            "history_long_ago",
            "is the last date of the sheet, {days} days before the period: rest and runs of days begin without history.",
            days=gap,
        )
        on = instance.history[last].date.isoformat()
        yield from note([where("history", last, "date")], on, message, IS_THE_YEAR_RIGHT)
    wanted = [need.start for need in instance.needs if need.target]
    blank = [
        where("history", index, "hotspot")
        for index, past in enumerate(instance.history)
        if past.hotspot is None
        and len(instance.hotspots) > 1
        and allowed_hotspots(instance, past.staff)
        and (end := instance.duty(instance.calendar.day(past.date), past.shift).end) > 0
        and any(start < end for start in wanted)
    ]
    message = Message(
        "history_without_hotspot",
        "gives no presence: the duty reaches into the period, and there are several hotspots where it may have been.",
    )
    yield from note(blank, "", message, Message("history_name_hotspot", "Name the hotspot."))


ABOUT_PEOPLE: tuple[About, ...] = (
    (_contracts, frozenset()),
    (_people, frozenset({"organisations", "hotspots"})),
    (_pairs, frozenset({"organisations", "hotspots"})),
    (_absences, frozenset({"shifts"})),
    (_history, frozenset({"organisations", "hotspots", "demand", "history"})),
)
