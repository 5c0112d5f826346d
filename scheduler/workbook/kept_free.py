"""Days on which a cell of the Roster sheet says that somebody is kept free, or on leave, and no other sheet says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from scheduler.analysis.unused.notes import note
from scheduler.errors import InputProblem
from scheduler.messages.message import Message, Name
from scheduler.problem.tables import Tables
from scheduler.workbook.meta import Meta
from scheduler.workbook.places import Places

Days = Collection[tuple[str, int]]
"""People and days of the horizon."""


def kept_free(facts: Tables, off: Days, memory: Meta | None) -> tuple[tuple[str, dt.date], ...]:
    """Those of the days ``off`` that a planner has typed: nobody is locked, away or out of service then, and no lock that is gone
    by now has left the word there. Nothing where the memory does not tell."""
    if memory is None or memory.off is None:
        return ()
    locked, away = {(lock.staff, lock.date) for lock in facts.locks}, _away(facts)
    found = ((staff, facts.calendar.date(day)) for staff, day in off if (staff, day) not in away)
    return tuple(sorted(key for key in found if key not in locked and key not in memory.off))


def notes(facts: Tables, off: Days, leave: Days, memory: Meta | None, places: Places) -> Iterator[InputProblem]:
    """What the words on the Roster sheet have an effect on, where they stand alone: at most one note for each kind."""
    day, locked, absences = facts.calendar.day, Name("sheet", "Locked"), Name("sheet", "Absences")

    def cells(days: Iterable[tuple[str, int]]) -> list[str]:
        return [places.roster(*each) or places.roster_title for each in days]

    typed = cells((staff, day(on)) for staff, on in kept_free(facts, off, memory))
    hint = Message(
        "kept_free_hint",
        "`vigie replan` makes a row of sheet {sheet} of it; for anything else write that yourself.",
        sheet=locked,
    )
    yield from note(typed, "", Message("kept_free", "keeps somebody free, by hand."), hint)
    message = Message("leave_unknown", "says leave, of which sheet {sheet} knows nothing.", sheet=absences)
    hint = Message("leave_unknown_hint", "Enter the absence there, or a duty may be planned on that day.")
    yield from note(cells(sorted(set(leave) - _away(facts))), "", message, hint)


def _away(facts: Tables) -> set[tuple[str, int]]:
    """People and days that an absence touches, or before or after somebody's service."""
    calendar, found = facts.calendar, set()
    for absence in facts.absences:
        first, last = calendar.day_of(absence.start), calendar.day_of(absence.end - 1)
        found |= {(absence.staff, day) for day in range(max(0, first), min(calendar.days - 1, last) + 1)}
    for member in facts.staff:
        found |= {(member.id, day) for day in range(calendar.days) if not member.serves(calendar.date(day))}
    return found
