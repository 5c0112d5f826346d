"""A roster whose dates are not those of the settings: somebody has changed the period by hand, and duties would be lost."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.errors import InputProblem
from scheduler.messages.message import Message, Name
from scheduler.workbook.places import Places
from scheduler.workbook.roster_sheet import RosterPage
from scheduler.workbook.settings import Settings
from scheduler.workbook.sheets import ROSTER


def other_dates(page: RosterPage, settings: Settings, places: Places) -> list[InputProblem]:
    """One problem where duties of the roster lie outside the horizon, at the setting to change; a note where the horizon has days
    that the roster has not. Days without a duty may come and go."""
    calendar = settings.any_calendar
    if not page.outside:
        return list(_days_more(page, settings, places))
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


def _days_more(page: RosterPage, settings: Settings, places: Places) -> Iterator[InputProblem]:
    calendar = settings.any_calendar
    count = calendar.days - sum(on in page.dates for on in map(calendar.date, range(calendar.days)))
    if page.dates and page.roster and count:
        message = Message(
            "days_without_column",
            (
                "gives the period {count} day of which the roster on sheet {sheet} knows nothing yet.",
                "gives the period {count} days of which the roster on sheet {sheet} knows nothing yet.",
            ),
            count=count,
            sheet=Name("sheet", ROSTER),
        )
        hint = Message("days_without_column_hint", "Duties on these days are new; nobody goes by them yet.")
        yield InputProblem(places.setting("days"), str(calendar.days), message, hint, fatal=False)
