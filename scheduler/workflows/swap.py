"""Two people exchange duties: what their lines, the coverage and the company look like after it, and whether it is legal.

The first takes what the second has on the second's date, and the second what the first has on the first's date. One of them may
be free then, not both. Nothing is written: both must agree.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from scheduler.analysis.incremental_audit import CellChange, Effect, IncrementalAudit
from scheduler.analysis.notice import told_late
from scheduler.messages.message import Message
from scheduler.problem.facts import Category
from scheduler.problem.heads import Heads
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.workbook.read import Reading
from scheduler.workflows.line_figures import LineFigures, line_figures
from scheduler.workflows.moments import now
from scheduler.workflows.review import roster_of
from scheduler.workflows.typed import Typed

AROUND = 4
"""Days shown before and after a date."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: the day that is given away, what stands on it, and what is taken."""

    staff: str
    day: int
    gives: tuple[Assignment, ...]
    takes: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """The fewest people at a hotspot at any moment of a duty: of the category of who works it, and of police."""

    duty: Assignment
    together: int
    police: int


@dataclass(frozen=True, slots=True)
class Swap:
    """An exchange and what it does. ``figures`` are those of each of the two before and after it, around a duty of theirs."""

    reading: Reading
    sides: tuple[Side, Side]
    before: Roster
    after: Roster
    effect: Effect
    company: tuple[Company, ...]
    figures: tuple[tuple[LineFigures, LineFigures], tuple[LineFigures, LineFigures]]
    late: tuple[str, ...] = ()
    """Those of the two for whom one of the dates is inside the days of notice."""

    @property
    def instance(self) -> Instance:
        return self.reading.instance

    @property
    def days(self) -> tuple[int, ...]:
        """The days around both dates."""
        near = {side.day + step for side in self.sides for step in range(-AROUND, AROUND + 1)}
        return tuple(day for day in sorted(near) if 0 <= day < self.instance.days)


def find_swap(reading: Reading, one: str, other: str) -> tuple[Side, Side]:
    """The exchange that two words name, each ``ID:DATE``.

    Raises :class:`~scheduler.errors.InputError` with everything that is wrong with them.
    """
    roster, typed = roster_of(reading), Typed(reading)
    named = []
    for word in (one, other):
        person, colon, date = word.rpartition(":")
        if not colon:
            hint = Message("write_swap", "Write for example P-008:2026-03-14.")
            typed.problem("swap", word, Message("no_swap_word", "is not ID:DATE."), hint)
        else:
            named.append((typed.staff(word, person), typed.day(word, date)))
    typed.done()
    (first, day), (second, other_day) = named
    mine = tuple(cell for cell in roster.line(first) if cell.day == day)
    theirs = tuple(cell for cell in roster.line(second) if cell.day == other_day)
    if first == second:
        typed.problem("swap", other, Message("swap_same_person", "is the same person as in {other}.", other=one))
    elif not mine and not theirs:
        typed.problem("swap", f"{one} {other}", Message("swap_both_free", "names two free days: there is no duty."))
    elif {(cell.key, cell.hotspot) for cell in mine} == {(cell.key, cell.hotspot) for cell in theirs}:
        typed.problem("swap", f"{one} {other}", Message("swap_same_duty", "names one duty that both have."))
    typed.done()
    return Side(first, day, mine, _of(first, theirs)), Side(second, other_day, theirs, _of(second, mine))


def _of(staff: str, cells: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
    return tuple(Assignment(staff, cell.day, cell.shift, cell.hotspot) for cell in cells)


def swap(reading: Reading, sides: tuple[Side, Side], today: dt.date | None = None) -> Swap:
    """What an exchange does; ``today`` is when the two are told, None for now."""
    instance, before = reading.instance, roster_of(reading)
    change = CellChange(
        tuple(cell for side in sides for cell in side.gives), tuple(cell for side in sides for cell in side.takes)
    )
    audit, after = IncrementalAudit(instance, before, change.people), change.roster(before)
    around = {side.staff: (*side.takes, *side.gives)[0] for side in sides}
    then, after_it = (
        line_figures(instance, {staff: roster.line(staff) for staff in around}, around) for roster in (before, after)
    )
    first, second = (side.staff for side in sides)
    today, dates = today or now(instance.calendar).date(), {instance.calendar.date(side.day) for side in sides}
    late = {staff for on in dates for staff in told_late(instance, (first, second), on, today)}
    return Swap(
        reading, sides, before, after, audit.effect(change), _company(instance, after, change.added),
        ((then[first], after_it[first]), (then[second], after_it[second])), tuple(sorted(late)),
    )  # fmt: skip


def _company(instance: Instance, roster: Roster, duties: tuple[Assignment, ...]) -> tuple[Company, ...]:
    present = roster.presence(instance)

    def fewest(cell: Assignment, category: Category) -> int:
        duty = instance.duty(cell.day, cell.shift)
        heads = Heads(item for item in present[cell.hotspot] if instance.category(item.staff) is category)
        return min(number for _, _, number in heads.over(duty.start, duty.end))

    return tuple(
        Company(cell, fewest(cell, instance.category(cell.staff)), fewest(cell, Category.POLICE)) for cell in duties
    )
