"""A roster whose dates are not those of the settings: somebody has changed the period by hand, and duties would be lost."""

from __future__ import annotations

from scheduler.errors import InputProblem
from scheduler.messages.message import Message, Name
from scheduler.workbook.places import Places
from scheduler.workbook.roster_sheet import RosterPage
from scheduler.workbook.settings import Settings
from scheduler.workbook.sheets import ROSTER


def other_dates(page: RosterPage, settings: Settings, places: Places) -> list[InputProblem]:
    """One problem where duties of the roster lie outside the horizon, at the setting to change. Days without a duty may come and
    go."""
    calendar = settings.any_calendar
    if not page.outside:
        return []
    first, last = page.outside[0], page.outside[-1]
    begins = page.dates[0]
    if begins == calendar.start:
        days = calendar.day(last) + 1
        message = Message(
            "days_too_few",
            "leaves out duties on sheet {sheet}, up to {last}.",
            sheet=Name("sheet", ROSTER),
            last=last,
        )
        hint = Message(
            "days_enough",
            "Write {days}; or delete the columns of these dates, if the duties are to go.",
            days=days,
        )
        return [InputProblem(places.setting("days"), str(calendar.days), message, hint)]
    message = Message(
        "start_of_other_roster",
        "is not the first date of the roster on sheet {sheet}, which has duties outside the period ({first} to {last}).",
        sheet=Name("sheet", ROSTER),
        first=first,
        last=last,
    )
    hint = Message(
        "start_as_roster",
        "Write {begins} again; for the period after this roster run `vigie extend FILE -o NEXT`.",
        begins=begins,
    )
    return [InputProblem(places.setting("start_date"), calendar.start.isoformat(), message, hint)]
