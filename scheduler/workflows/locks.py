"""Can the locks of a workbook all be kept? Answered before any solve, with the cells.

A roster of nothing but the locks is audited: a broken rule that more work cannot mend proves that these locks cannot all be kept.
Whoever has locks must also have a legal line of work with all of them, which the engine's dynamic programme decides exactly. What
is left, whether company and partners allow them all, only a search can tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from scheduler.analysis.unreachable import open_during
from scheduler.analysis.unused.notes import Where
from scheduler.errors import InputProblem
from scheduler.messages.message import AllOf, Message
from scheduler.problem.facts import OFF, Lock
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.problem.reduced import only_these
from scheduler.problem.roster import Assignment, Roster
from scheduler.problem.timeline import DAY_MINUTES
from scheduler.rules import RULES
from scheduler.rules.audit import audit
from scheduler.rules.availability import Availability
from scheduler.rules.base import Finding
from scheduler.rules.daily_rest import DailyRest
from scheduler.rules.duties_elsewhere import DutiesElsewhere
from scheduler.rules.hours_24h import Hours24h
from scheduler.rules.incompatible_staff import IncompatibleStaff
from scheduler.rules.single_assignment_per_day import SingleAssignmentPerDay


def lock_problems(instance: Instance, where: Where) -> Iterator[InputProblem]:
    """Every lock that is proven impossible, with the cells that it cannot be kept together with."""
    named: set[str] = set()
    final = {rule.code for rule in RULES if rule.hard and not rule.satisfiable_by_adding_work}
    roster = Roster.of(_assignment(instance, lock) for lock in instance.locks if lock.shift != OFF)
    for finding in audit(only_these(instance, {assignment.staff for assignment in roster}), roster):
        if finding.hard and finding.rule in final:
            rows = _rows(instance, finding)
            free = finding.rule == IncompatibleStaff.code and _can_part(instance, [instance.locks[row] for row in rows])
            if rows and not free:
                named |= set(finding.staff)
                yield _contradiction(instance, finding, rows, where)
    yield from _patterns(instance, named, where)


def _patterns(instance: Instance, named: set[str], where: Where) -> Iterator[InputProblem]:
    """Locks of one person, days off among them, that no legal line of work holds."""
    by_person: dict[str, list[int]] = defaultdict(list)
    for index, lock in enumerate(instance.locks):
        by_person[lock.staff].append(index)
    for staff, indices in by_person.items():
        if staff in named:
            continue
        from scheduler.engine.contradiction import conflicting_locks

        clashing = conflicting_locks(only_these(instance, {staff}))
        rows = [index for index in indices if instance.locks[index] in clashing]
        if rows:
            cells = [where("locks", row, "date") for row in rows]
            if cells[1:]:
                message = Message(
                    "locks_of_one",
                    "cannot be kept: no legal series of duties of {staff} allows it with the other locks.",
                    staff=staff,
                )
            else:
                message = Message(
                    "lock_of_one", "cannot be kept: no legal series of duties of {staff} allows it.", staff=staff
                )
            on = instance.locks[rows[0]].date.isoformat()
            yield InputProblem(cells[0], on, message, _not_with(cells[1:]), impossible=True)


def _can_part(instance: Instance, locks: Sequence[Lock]) -> bool:
    """Whether two people who must be kept apart have two different hotspots to stand at, where their locks leave it open."""
    choices = [{lock.hotspot} if lock.hotspot else set(allowed_hotspots(instance, lock.staff)) for lock in locks]
    return len(set().union(*choices)) > 1


def _assignment(instance: Instance, lock: Lock) -> Assignment:
    day = instance.calendar.day(lock.date)
    return Assignment(lock.staff, day, lock.shift, lock.hotspot or _some_hotspot(instance, lock, day))


def _some_hotspot(instance: Instance, lock: Lock, day: int) -> str:
    """A hotspot for a lock that names none: one where the person may stand, open during the whole duty if there is one."""
    duty = instance.duty(day, lock.shift)
    allowed = sorted(allowed_hotspots(instance, lock.staff)) or sorted(instance.hotspot)
    return next((code for code in allowed if open_during(instance, code, duty)), allowed[0])


def _rows(instance: Instance, finding: Finding) -> list[int]:
    """The rows of sheet Locked that a finding is about, the one to change first first."""
    rank = {day: position for position, day in enumerate(finding.days)}
    rows = [
        (rank[day], index)
        for index, lock in enumerate(instance.locks)
        if lock.shift != OFF and lock.staff in finding.staff and (day := instance.calendar.day(lock.date)) in rank
    ]
    return [index for _, index in sorted(rows)]


def _contradiction(instance: Instance, finding: Finding, rows: list[int], where: Where) -> InputProblem:
    cells = [where("locks", row, "date") for row in rows]
    others = [*cells[1:], *_facts(instance, finding, where)]
    lock = instance.locks[rows[0]]
    message = Message("lock_breaks_rule", "cannot be kept: {finding}.", finding=finding.message)
    return InputProblem(cells[0], lock.date.isoformat(), message, _not_with(others), impossible=True)


def _not_with(cells: Sequence[str]) -> Message:
    """The remedy: the cells of which one must give way."""
    if not cells:
        return Message("lock_alone", "Change this cell or clear it.")
    return Message(
        "lock_not_with",
        "It cannot be kept together with {cells}: change one of these cells or clear it.",
        cells=AllOf(tuple(cells)),
    )


def _facts(instance: Instance, finding: Finding, where: Where) -> Iterator[str]:
    """The cells of absences under a locked duty of the finding, or of fixed work that stands too close to one."""
    duties = [
        instance.duty(day, lock.shift)
        for lock in instance.locks
        if lock.shift != OFF
        and lock.staff in finding.staff
        and (day := instance.calendar.day(lock.date)) in finding.days
    ]
    reach = {Availability.code: 0, DutiesElsewhere.code: 0, SingleAssignmentPerDay.code: 0, Hours24h.code: DAY_MINUTES}
    if finding.rule == DailyRest.code:
        reach[DailyRest.code] = round(instance.contract(finding.staff[0]).min_rest_hours * 60)
    if finding.rule not in reach:
        return

    def near(start: int, end: int) -> bool:
        margin = reach[finding.rule]
        return any(duty.overlaps(start - margin, end + margin) for duty in duties)

    for index, absence in enumerate(instance.absences):
        if (
            absence.staff in finding.staff
            and absence.counts_as_work == (finding.rule != Availability.code)
            and near(absence.start, absence.end)
        ):
            yield where("absences", index, "start")
    for index, past in enumerate(instance.history):
        if past.staff in finding.staff and finding.rule not in {Availability.code, DutiesElsewhere.code}:
            duty = instance.duty(instance.calendar.day(past.date), past.shift)
            if near(duty.start, duty.end):
                yield where("history", index, "date")
