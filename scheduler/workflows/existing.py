"""A workbook that is solved may hold a roster: then the planner says what becomes of it."""

from __future__ import annotations

from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import Message, Name
from scheduler.workbook.read import Reading
from scheduler.workbook.sheets import ROSTER


def say_what_becomes_of_it(reading: Reading, *, start: bool, afresh: bool) -> None:
    """Raises :class:`InputError` where the workbook holds a roster and nobody has said whether to begin with it or to make a new
    one, or where there is none to begin with."""
    holds = reading.roster is not None and len(reading.roster) > 0
    if start and not holds:
        message = Message(
            "no_roster_to_start", "has no sheet {sheet} with a roster to begin with.", sheet=Name("sheet", ROSTER)
        )
        raise InputError([InputProblem(reading.path.name, "", message).named(reading.cells.naming)])
    if holds and not (start or afresh):
        message = Message("holds_a_roster", "holds a roster of {count} duties.", count=len(reading.roster or ()))
        hint = Message(
            "three_ways",
            "`vigie replan` keeps it and changes what it must; `vigie solve --start` improves it; `vigie solve --afresh` makes a "
            "new one.",
        )
        raise InputError([InputProblem(reading.path.name, "", message, hint)], language=reading.instance.language)
