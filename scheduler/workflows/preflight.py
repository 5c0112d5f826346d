"""What can be said of a workbook before any solve: locks that cannot all be kept, contracts nobody can work under, capacity."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.analysis.capacity import Capacity, capacity
from scheduler.analysis.unused import unused
from scheduler.analysis.unused.notes import Where
from scheduler.errors import ContradictionError, InputError, InputProblem
from scheduler.messages.message import Message, Name, Naming
from scheduler.problem.facts import Category, Contract
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.problem.reduced import only_these
from scheduler.rules import hours_24h, hours_week, rules_for
from scheduler.workflows.locks import lock_problems

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
        """Whether the workbook can be solved."""
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
            language=found.places.names.language,
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
    problems = (*_contracts(instance, where), *lock_problems(instance, where))
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
    duties = [duty for duty in instance.offered if contract.category in instance.shift[duty.shift].categories]
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


# -- hours that cannot be reached ------------------------------------------------------------------------------------------


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
        if has_line(only_these(instance, {member.id}), left) is not False:
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
