"""Calendars that people import into their phones (RFC 5545): files for each person in a folder.

Times are written in UTC. An instant needs no description of a time zone, which programs read in their own ways: in the one that
icalendar 7.3 makes of Brussels, the spring change comes an hour late. The summary says the clock times.

A file has one method. So there are three: ``ID.ics`` publishes every duty, ``ID-changes.ics`` the moved and the new ones again
(same UID, higher SEQUENCE), and ``ID-cancelled.ics`` cancels (METHOD:CANCEL, and STATUS:CANCELLED for programs that look at
events only). Nobody is organiser or attendee: that would ask people to answer.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.analysis.duty_calendar import CalendarEvent, DutyCalendar
from scheduler.errors import OutputError
from scheduler.messages.message import Message
from scheduler.system.file_names import safe_stem
from scheduler.system.files import replacing
from scheduler.system.safe_output import no_folder, read_only, reason_of, refuse_unwritable

if TYPE_CHECKING:
    from icalendar import Event

CHANGES, CANCELLED = "-changes", "-cancelled"
_ENDS = ("", CHANGES, CANCELLED)
_PRODUCT = "-//Vigie//Vigie//EN"


def file_stem(staff: str) -> str:
    """The name of a person's files without its end: the id where every system takes it, else with a sign of its own.

    Ids that differ have names that differ, also where case does not count.
    """
    return safe_stem(staff, (CHANGES, CANCELLED))


def calendar_files(calendar: DutyCalendar, written: dt.datetime, title: str = "") -> Mapping[str, bytes]:
    """The files of one person by name, none without an event: a calendar has at least one. ``written`` is in UTC; the calendar is
    called by ``title`` and id."""
    stem = file_stem(calendar.staff)
    named = " · ".join(part for part in (title, calendar.staff) if part)
    files: dict[str, bytes] = {}
    if calendar.duties:
        files[f"{stem}.ics"] = _ics("PUBLISH", calendar.duties, written, named)
    if calendar.changed:
        files[f"{stem}{CHANGES}.ics"] = _ics("PUBLISH", calendar.changed, written, named)
    if calendar.cancelled:
        files[f"{stem}{CANCELLED}.ics"] = _ics("CANCEL", calendar.cancelled, written, named)
    return files


def refuse_calendars(folder: Path, staff: Sequence[str], *, force: bool) -> None:
    """Raise :class:`OutputError` when calendars of these people could not be written into the folder now; it may be missing, not
    the one above it. Nothing is changed."""
    if str(folder) == "-":
        raise OutputError(Message("output_calendars", "Standard output (-) takes no calendars: name a folder."))
    if not folder.exists():
        if not folder.parent.is_dir():
            raise OutputError(no_folder(folder.parent))
        return
    if not folder.is_dir():
        raise OutputError(Message("not_a_folder", "{path} is a file; name a folder.", path=str(folder)))
    for name in (f"{file_stem(person)}{end}.ics" for person in staff for end in _ENDS):
        if os.path.lexists(folder / name):
            refuse_unwritable(folder / name, force=force)


def write_calendars(
    folder: Path, calendars: Sequence[DutyCalendar], *, title: str = "", written: dt.datetime | None = None
) -> None:
    """Write the files of these people, each as a whole; the folder is made if need be. Files of theirs that an earlier
    export left and that no longer hold are deleted. Raises :class:`OutputError`."""
    now = written or dt.datetime.now(dt.UTC)
    try:
        folder.mkdir(exist_ok=True)
    except PermissionError as error:
        raise OutputError(read_only(folder.parent)) from error
    except OSError as error:
        raise OutputError(
            Message("folder_not_made", "{path} cannot be made: {reason}.", path=str(folder), reason=reason_of(error))
        ) from error
    for calendar in calendars:
        files = calendar_files(calendar, now, title)
        for name, content in files.items():
            with replacing(folder / name) as temporary:
                temporary.write_bytes(content)
        for end in _ENDS:
            name = f"{file_stem(calendar.staff)}{end}.ics"
            if name not in files:
                (folder / name).unlink(missing_ok=True)


def _ics(method: str, events: Sequence[CalendarEvent], written: dt.datetime, named: str) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("x-wr-calname", named)
    for event in events:
        calendar.add_component(_vevent(event, written, cancelled=method == "CANCEL"))
    return bytes(calendar.to_ical())


def _vevent(event: CalendarEvent, written: dt.datetime, *, cancelled: bool) -> Event:
    from icalendar import Event

    found = Event()
    found.add("uid", event.uid)
    found.add("sequence", event.sequence)
    found.add("dtstamp", written)
    found.add("dtstart", event.start)
    found.add("dtend", event.end)
    found.add("summary", event.summary)
    if event.location:
        found.add("location", event.location)
    found.add("status", "CANCELLED" if cancelled else "TENTATIVE" if event.draft else "CONFIRMED")
    # Where somebody stands and when is no business of those who share the calendar.
    found.add("class", "PRIVATE")
    return found
