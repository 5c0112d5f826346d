"""Why somebody has this duty on a date, and why a request was not granted: told to the person, so nobody else is named.

Every other thing that the person could do on the date is tried, with all other cells as they are: which hard rule it breaks and
by how much, what would be missing, and what it costs. What several changes at once could do is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.analysis.coverage import lacking
from scheduler.analysis.discretion import Discretion
from scheduler.analysis.incremental_audit import CellChange, Effect, IncrementalAudit
from scheduler.problem.facts import Request
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules.requests import dates
from scheduler.workbook.read import Reading
from scheduler.workflows.line_figures import LineFigures, line_figures
from scheduler.workflows.review import roster_of
from scheduler.workflows.suggestions import short
from scheduler.workflows.typed import Typed

SPOTS = 16
"""Hotspots at which a shift is tried: the home hotspot and that of the duty first, then those that lack most."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something else to do on the date: a duty, or (None) nothing; and what would come of it."""

    cell: Assignment | None
    effect: Effect

    @property
    def rank(self) -> tuple[object, ...]:
        """What is legal first, then what leaves least uncovered, then the cheapest; else what breaks least."""
        broken = self.effect.broken
        return len(broken), sum(finding.amount for finding in broken), *short(self.effect), self.effect.cost


@dataclass(frozen=True, slots=True)
class RequestTold:
    """A request that is about the date: its row, whether it is granted, and the best option that would grant it."""

    index: int
    request: Request
    granted: bool
    instead: Option | None


@dataclass(frozen=True, slots=True)
class PersonExplanation:
    """``given`` are the duties of the date; ``figures`` those of the first. ``without`` is what taking them away would do, None
    on a free day. ``options`` has the best of each shift, and the free day where there is a duty. ``away`` are rows of absences
    that touch the date; ``locks`` those of locks; ``by_hand`` says whether the cell was edited after the solve."""

    reading: Reading
    staff: str
    day: int
    given: tuple[Assignment, ...]
    figures: LineFigures | None
    without: Effect | None
    options: tuple[Option, ...]
    requests: tuple[RequestTold, ...]
    away: tuple[int, ...]
    locks: tuple[int, ...]
    by_hand: bool

    @property
    def instance(self) -> Instance:
        return self.reading.instance


def asked_of(reading: Reading, person: str, date: str) -> tuple[str, int]:
    """A person and a day, as typed. Raises :class:`~scheduler.errors.InputError` with everything that is wrong with the words,
    but without the id of anybody else."""
    typed = Typed(reading)
    staff, day = typed.staff("--person", person, private=True), typed.day("--date", date)
    typed.done()
    return staff, day


def explain_person(reading: Reading, staff: str, day: int) -> PersonExplanation:
    """What is behind a person's day. Raises :class:`~scheduler.errors.InputError` where the workbook has no roster."""
    roster, instance = roster_of(reading), reading.instance
    given = tuple(cell for cell in roster.line(staff) if cell.day == day)
    discretion, audit = Discretion(instance, staff), IncrementalAudit(instance, roster, [staff])

    def option(cell: Assignment | None) -> Option:
        change = CellChange(given, () if cell is None else (cell,))
        return Option(cell, discretion.effect(audit.effect(change)))

    free = option(None) if given else None
    tried = [option(cell) for cell in _cells(instance, roster, staff, day, given)]
    every = [*tried, *([free] if free is not None else [])]
    figures = line_figures(instance, {staff: roster.line(staff)}, {staff: given[0]})[staff] if given else None
    on = instance.calendar.date(day)
    edits = reading.edits or ()
    return PersonExplanation(
        reading, staff, day, given, figures,
        None if free is None else free.effect,
        tuple(sorted(_best(every), key=lambda item: item.rank)),
        tuple(_requests(instance, staff, day, given, every)),
        tuple(_away(instance, staff, day)),
        tuple(row for row, lock in enumerate(instance.locks) if lock.staff == staff and lock.date == on),
        any(edit.staff == staff and edit.date == on for edit in edits),
    )  # fmt: skip


def _cells(
    instance: Instance, roster: Roster, staff: str, day: int, given: tuple[Assignment, ...]
) -> Iterator[Assignment]:
    """Every other duty of the date that is open to the person's category, where the person may stand."""
    category = instance.category(staff)
    spots = _spots(instance, roster, staff, day, given)
    for shift in instance.shifts:
        if category in shift.categories and instance.offers((day, shift.code)):
            for spot in spots:
                cell = Assignment(staff, day, shift.code, spot)
                if cell not in given and (not shift.hotspots or spot in shift.hotspots):
                    yield cell


def _spots(instance: Instance, roster: Roster, staff: str, day: int, given: tuple[Assignment, ...]) -> tuple[str, ...]:
    allowed, home = allowed_hotspots(instance, staff), instance.person[staff].home_hotspot
    span = (instance.calendar.minute(day), instance.calendar.minute(day + 2))
    missing = {spot: sum(lacking(instance, roster, spot, span).values()) for spot in allowed}
    here = {cell.hotspot for cell in given}
    order = sorted(allowed, key=lambda spot: (spot not in here, spot != home, -missing[spot], spot))
    return tuple(order[:SPOTS])


def _best(tried: list[Option]) -> Iterator[Option]:
    """The best option of each shift."""
    best: dict[str | None, Option] = {}
    for option in tried:
        shift = None if option.cell is None else option.cell.shift
        if shift not in best or option.rank < best[shift].rank:
            best[shift] = option
    yield from best.values()


def _requests(
    instance: Instance, staff: str, day: int, given: tuple[Assignment, ...], tried: list[Option]
) -> Iterator[RequestTold]:
    for index, request in enumerate(instance.requests):
        if request.staff == staff and day in dates(instance, request):
            granted = _grants(request, given)
            willing = [option for option in tried if _grants(request, (option.cell,) if option.cell else ())]
            best = None if granted else min(willing, key=lambda item: item.rank, default=None)
            yield RequestTold(index, request, granted, best)


def _grants(request: Request, cells: tuple[Assignment, ...]) -> bool:
    works = any(request.shift in (None, cell.shift) for cell in cells)
    return works == (request.kind == "want")


def _away(instance: Instance, staff: str, day: int) -> Iterator[int]:
    low, high = instance.calendar.minute(day), instance.calendar.minute(day + 1)
    for index, absence in enumerate(instance.absences):
        if absence.staff == staff and absence.start < high and absence.end > low:
            yield index
