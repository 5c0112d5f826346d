"""What single people are given of a roster: their calendar and their page. Who they are is asked for by id."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.analysis.duty_calendar import DutyCalendar, duty_calendars
from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import Message, Name
from scheduler.messages.sentences import closest
from scheduler.problem.facts import fold
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster


def chosen(instance: Instance, ids: Sequence[str]) -> tuple[str, ...]:
    """The people of these ids, in any case, in the order of the workbook; everybody where none is named.

    Raises :class:`InputError` with every id that nobody has.
    """
    known = {fold(member.id): member.id for member in instance.staff}
    unknown = [given for given in ids if fold(given) not in known]
    if unknown:
        message = Message("nobody_of_id", "is not on sheet {sheet}.", sheet=Name("sheet", "Staff"))
        raise InputError(
            [InputProblem("--person", given, message, closest(fold(given), known)) for given in unknown],
            language=instance.language,
        )
    wanted = {known[fold(given)] for given in ids}
    return tuple(member.id for member in instance.staff if not ids or member.id in wanted)


def only(roster: Roster, staff: Sequence[str]) -> Roster:
    """The duties of these people."""
    kept = frozenset(staff)
    return Roster.of(assignment for assignment in roster if assignment.staff in kept)


def calendars(instance: Instance, roster: Roster, staff: Sequence[str]) -> tuple[DutyCalendar, ...]:
    """The calendars of these people, with what has changed against what the workbook says is published."""
    return duty_calendars(instance, roster, staff)
