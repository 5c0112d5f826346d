"""What can be said of a workbook before any solve: locks that cannot all hold, contracts nobody can work under, capacity.

A roster of nothing but the locks is audited: a broken rule that more work cannot mend proves that these locks cannot all hold.
Who has locks must also have a legal line of work that holds them all.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scheduler.analysis.capacity import Capacity, capacity
from scheduler.analysis.unreachable import open_during
from scheduler.analysis.unused import unused
from scheduler.analysis.unused.notes import Where
from scheduler.errors import ContradictionError, InputError, InputProblem
from scheduler.messages.message import AllOf, Message, Name, Naming
from scheduler.problem.facts import OFF, Category, Contract, Lock
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.problem.roster import Assignment, Roster
from scheduler.problem.timeline import DAY_MINUTES
from scheduler.rules import RULES, hours_24h, hours_week, rules_for
from scheduler.rules.audit import audit
from scheduler.rules.base import Finding
from scheduler.rules.incompatible_staff import IncompatibleStaff

HOURS_S = 3.0
"""Seconds in which fewest hours are held against lines of work."""
NAMED = 5
"""People named in a note about many."""


def _unplaced(table: str, index: int, field: str) -> str:
    return f"{table}[{index}].{field}"


@dataclass(frozen=True, slots=True)
class Check:
    """What a check found. ``instance`` and ``capacity`` are None when the workbook could not be read; ``language`` is what
    it asks for, where that is known."""

    problems: tuple[InputProblem, ...]
    notes: tuple[InputProblem, ...] = ()
    instance: Instance | None = None
    capacity: Capacity | None = None
    language: str | None = None

    @property
    def ok(self) -> bool:
        return not self.problems

    @property
    def impossible(self) -> bool:
        """Whether the input is good, and it is proven that no roster keeps every hard rule. Where something else is wrong too,
        nothing is proven: mending it may change the facts of the proof."""
        return not self.ok and all(problem.impossible for problem in self.problems)

    def demand_sound(self) -> None:
        """With every problem, if there is one, raise :class:`ContradictionError` where they prove that no roster is legal, and
        :class:`InputError` else."""
        if self.impossible:
            raise ContradictionError([problem.message for problem in self.problems], self.problems)
        if self.problems:
            raise InputError(self.problems)


def check_workbook(path: str | os.PathLike[str]) -> Check:
    """Every problem of a workbook that can be seen without a solve, and the arithmetic of its capacity. Raises nothing."""
    from scheduler.workbook.read import examine

    try:
        found = examine(path)
    except InputError as error:
        return Check(error.problems, error.notes, language=error.language)
    if found.errors:
        part = found.part()
        more = () if part is None else unused(part.instance, part.cells.of, lost=part.lost)
        return Check(
            found.errors,
            (*found.notes, *_named(more, part.cells.naming if part else None)),
            language=found.settings.values.get("language"),
        )
    reading = found.reading()
    return check_instance(reading.instance, reading.cells.of, reading.notes, reading.cells.naming)


def check_instance(
    instance: Instance,
    where: Where = _unplaced,
    notes: tuple[InputProblem, ...] = (),
    naming: Naming | None = None,
) -> Check:
    """Every problem of an instance that needs no solve to be seen, and the arithmetic of its capacity.

    ``where`` names the cells; without it tables and row numbers stand for them. ``naming`` gives the names that the workbook has
    for sheets, columns and settings.
    """
    try:
        rules_for(instance)
    except InputError as error:
        return Check(_named(error.problems, naming), notes, instance, language=instance.language)
    problems = (*_contracts(instance, where), *_locks(instance, where))
    if not problems:
        problems = tuple(_fewest_hours(instance, where))
    found = (*_company(instance, where), *_idle(instance), *unused(instance, where))
    return Check(
        _named(problems, naming),
        (*notes, *_named(found, naming)),
        instance,
        capacity(instance),
        instance.language,
    )


def _named(problems: Iterable[InputProblem], naming: Naming | None) -> tuple[InputProblem, ...]:
    """The one place where problems and notes get the names that their workbook has for its sheets, columns and settings."""
    return tuple(problem if naming is None else problem.named(naming) for problem in problems)


# -- contracts nobody can work under ---------------------------------------------------------------------------------------


def _contracts(instance: Instance, where: Where) -> Iterator[InputProblem]:
    used = {member.contract for member in instance.staff if member.fte > 0}
    for index, contract in enumerate(instance.contracts):
        if contract.code in used:
            for field, message in _unworkable(instance, contract):
                place = where("contracts", index, field)
                hint = Message("nobody_could_work", "Nobody under this contract could work.")
                yield InputProblem(place, str(getattr(contract, field)), message, hint)


def _unworkable(instance: Instance, contract: Contract) -> Iterator[tuple[str, Message]]:
    duties = [duty for duty in instance.duties if contract.category in instance.shift[duty.shift].categories]
    if not duties:
        message = Message(
            "no_shift_open",
            "has no shift: no row of sheet {sheet} is open to {category}.",
            sheet=Name("sheet", "Shifts"),
            category=Name("choice", contract.category.value),
        )
        yield "category", message
        return
    lengths = {
        "max_hours_24h": (hours_24h.too_long, min(duty.end - duty.start for duty in duties)),
        "max_hours_week": (hours_week.too_long, min(duty.paid_min for duty in duties)),
    }
    for field, (too_long, shortest) in lengths.items():
        if {duty.key for duty in duties} <= too_long(instance, contract):
            yield (
                field,
                Message("contract_below_shortest", "is less than the shortest duty ({hours} h).", hours=shortest / 60),
            )
    most = contract.max_consecutive_days
    if most is not None and (contract.min_consecutive_days or 0) > most:
        message = Message(
            "contract_more_than",
            "is more than {column} ({days}).",
            column=Name("column", "max_consecutive_days"),
            days=most,
        )
        yield "min_consecutive_days", message


def _company(instance: Instance, where: Where) -> Iterator[InputProblem]:
    """Notes on contracts whose people never have the company they need: they stay at home, and their posts short."""
    able = [member for member in instance.staff if member.fte > 0]
    police = sum(member.id in instance.people("police") for member in able)
    for index, contract in enumerate(instance.contracts):
        if all(member.contract != contract.code for member in able):
            continue
        alike = sum(instance.category(member.id) is contract.category for member in able)
        for field, there, whom in (
            ("min_together", alike, contract.category),
            ("needs_police", police, Category.POLICE),
        ):
            if getattr(contract, field) > there:
                message = Message(
                    "more_company_than_there_is",
                    "asks for more people than the workbook has (category {category}: {staff}).",
                    category=Name("choice", whom.value),
                    staff=there,
                )
                hint = Message(
                    "nobody_can_stand",
                    "Nobody under this contract can stand anywhere; what they should cover stays short.",
                )
                yield InputProblem(
                    where("contracts", index, field), str(getattr(contract, field)), message, hint, fatal=False
                )


def _idle(instance: Instance) -> Iterator[InputProblem]:
    """A note on those who may stand nowhere: they are in the roster, and have nothing to do."""
    able = [member.id for member in instance.staff if member.fte > 0]
    idle = [staff for staff in able if not allowed_hotspots(instance, staff)]
    if idle:
        names = ", ".join(idle[:NAMED]) + (" …" if len(idle) > NAMED else "")
        message = Message(
            "idle_people",
            "{idle} of {people} people may stand at no hotspot: {names}.",
            idle=len(idle),
            people=len(able),
            names=names,
        )
        hint = Message("why_idle", "Their zone or municipality has none, and no agreement on their row says otherwise.")
        yield InputProblem("Staff", "", message, hint, fatal=False)


# -- locks that cannot all hold --------------------------------------------------------------------------------------------


def _locks(instance: Instance, where: Where) -> Iterator[InputProblem]:
    named: set[str] = set()
    final = {rule.code for rule in RULES if rule.hard and not rule.mendable}
    roster = Roster.of(_assignment(instance, lock) for lock in instance.locks if lock.shift != OFF)
    for finding in audit(_only(instance, {assignment.staff for assignment in roster}), roster):
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

        clashing = conflicting_locks(_only(instance, {staff}))
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


def _fewest_hours(instance: Instance, where: Where) -> Iterator[InputProblem]:
    """Fewest hours of the period that no line of work of somebody comes to, as far as that is found in ``HOURS_S``."""
    from scheduler.engine.contradiction import has_line

    until = time.monotonic() + HOURS_S
    named: set[str] = set()
    for index, member in enumerate(instance.staff):
        contract = instance.contract(member.id)
        own = member.min_hours_horizon is not None
        least = member.min_hours_horizon if own else contract.min_hours_horizon
        left = until - time.monotonic()
        if not least or member.fte == 0 or left <= 0 or (not own and contract.code in named):
            continue
        if has_line(_only(instance, {member.id}), left) is not False:
            continue
        row = index if own else instance.contracts.index(contract)
        if not own:
            named.add(contract.code)
        place = where("staff" if own else "contracts", row, "min_hours_horizon")
        message = Message(
            "hours_out_of_reach",
            "cannot be reached: no legal series of duties of {staff} comes to these hours and keeps all other limits.",
            staff=member.id,
        )
        hint = Message("hours_lower_it", "Lower it, or relax the limits that stand in its way.")
        yield InputProblem(place, f"{least:g}", message, hint, impossible=True)


def _can_part(instance: Instance, locks: Sequence[Lock]) -> bool:
    """Whether two people who must be kept apart have two different hotspots to stand at, where their locks leave it open."""
    choices = [{lock.hotspot} if lock.hotspot else set(allowed_hotspots(instance, lock.staff)) for lock in locks]
    return len(set().union(*choices)) > 1


def _only(instance: Instance, people: set[str]) -> Instance:
    """The instance with nobody but these people and without demand: all that their locks depend on, and little to audit."""
    theirs = {
        table: tuple(row for row in getattr(instance, table) if row.staff in people)
        for table in ("absences", "requests", "locks", "history", "counters")
    }
    return instance.replace(
        staff=tuple(member for member in instance.staff if member.id in people),
        pairs=tuple(pair for pair in instance.pairs if {pair.staff_a, pair.staff_b} <= people),
        demand=(),
        **theirs,
    )


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


def _not_with(cells: Sequence[str]) -> Message | None:
    """The cells that something cannot hold together with."""
    return (
        Message("lock_not_with", "It cannot be kept together with {cells}.", cells=AllOf(tuple(cells)))
        if cells
        else None
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
    reach = {"availability": 0, "duties_elsewhere": 0, "single_assignment_per_day": 0, "hours_24h": DAY_MINUTES}
    if finding.rule == "daily_rest":
        reach["daily_rest"] = round(instance.contract(finding.staff[0]).min_rest_hours * 60)
    if finding.rule not in reach:
        return

    def near(start: int, end: int) -> bool:
        margin = reach[finding.rule]
        return any(duty.overlaps(start - margin, end + margin) for duty in duties)

    for index, absence in enumerate(instance.absences):
        if (
            absence.staff in finding.staff
            and absence.counts_as_work == (finding.rule != "availability")
            and near(absence.start, absence.end)
        ):
            yield where("absences", index, "start")
    for index, past in enumerate(instance.history):
        if past.staff in finding.staff and finding.rule not in {"availability", "duties_elsewhere"}:
            duty = instance.duty(instance.calendar.day(past.date), past.shift)
            if near(duty.start, duty.end):
                yield where("history", index, "date")
