"""A workbook that is solved may hold a roster: then the planner says what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import Message, Name
from scheduler.workbook.read import Reading
from scheduler.workbook.sheets import ROSTER
from scheduler.workflows.review import refuse_lost_roster


def say_what_becomes_of_it(reading: Reading, *, start: bool, afresh: bool) -> None:
    """Raises :class:`InputError` where the workbook holds a roster and nobody has said whether to begin with it or to make a new
    one, or where there is none to begin with."""
    if not afresh:
        refuse_lost_roster(reading)
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


def refuse_roster(reading: Reading) -> None:
    """Raises :class:`InputError` where the workbook holds a roster and one without is wanted."""
    if reading.roster is not None and len(reading.roster) > 0:
        message = Message("holds_a_roster", "holds a roster of {count} duties.", count=len(reading.roster))
        hint = Message(
            "input_wanted",
            "Take the workbook that it was solved from, or delete sheet {sheet}.",
            sheet=Name("sheet", ROSTER),
        )
        raise InputError([InputProblem(reading.path.name, "", message, hint)], language=reading.instance.language)


def what_may_change(reading: Reading) -> Iterator[InputProblem]:
    """Notes on what a solve does not keep: cells that were edited by hand, and duties that were published."""
    page, count = reading.cells.roster_title, len(reading.edits or ())
    if count:
        message = Message(
            "edits_may_change",
            (
                "has {count} cell edited by hand, which may change.",
                "has {count} cells edited by hand, which may change.",
            ),
            count=count,
        )
        hint = Message("edits_may_change_hint", "Lock what must stay, or repair with `vigie replan`.")
        yield InputProblem(page, "", message, hint, fatal=False).named(reading.cells.naming)
    publication, calendar = reading.instance.publication, reading.instance.calendar
    if publication is not None and publication.until >= calendar.start:
        message = Message(
            "published_may_change",
            "is published until {until}; duties that were announced may change.",
            until=publication.until,
        )
        hint = Message("published_may_change_hint", "`vigie replan` changes the fewest.")
        yield InputProblem(page, "", message, hint, fatal=False).named(reading.cells.naming)
