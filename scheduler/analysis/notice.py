"""Whether changes of a published roster are announced in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from scheduler.analysis.difference import Change, PostedDuty
from scheduler.problem.instance import Instance
from scheduler.problem.publication import of_version, within_notice


class Notice(StrEnum):
    NOT_DUE = "not_due"
    """The date was not published, or the day is as it was announced."""
    IN_TIME = "in_time"
    LATE = "late"
    """Less than ``notice_days`` of the contract ahead."""
    PAST = "past"
    """One of the duties had begun before the change was announced."""


def announced_at(old: Instance, new: Instance, now: dt.datetime) -> dt.datetime:
    """When the changes between two workbooks are announced, in local time: with a newer version that was published, else now."""
    known = 0 if old.publication is None else old.publication.version
    if new.publication is not None and new.publication.version > known:
        return new.publication.at
    return now


def notices(old: Instance, new: Instance, changes: Iterable[Change], announced: dt.datetime) -> tuple[Notice, ...]:
    """The notice of each change, in order. ``old`` holds what people had been told, ``announced`` is local time."""
    publication = old.publication
    told = {} if publication is None else of_version(old.published)

    def notice(change: Change) -> Notice:
        if publication is None or change.date > publication.until:
            return Notice.NOT_DUE
        row = told.get((change.staff, change.date))
        post = None if row is None else row.post
        if change.after == (() if post is None else (PostedDuty(*post),)):
            return Notice.NOT_DUE
        if _begun(old, change, announced):
            return Notice.PAST
        known = new if change.staff in new.person else old
        days = known.contract(change.staff).notice_days
        late = within_notice(change.date, announced.date(), publication.until, days)
        return Notice.LATE if late else Notice.IN_TIME

    return tuple(map(notice, changes))


def told_late(instance: Instance, people: Iterable[str], on: dt.date, today: dt.date) -> tuple[str, ...]:
    """Those for whom a change of a date still to come, told today, comes late."""
    until = None if instance.publication is None else instance.publication.until
    return tuple(
        staff
        for staff in people
        if today <= on and within_notice(on, today, until, instance.contract(staff).notice_days)
    )


def _begun(instance: Instance, change: Change, announced: dt.datetime) -> bool:
    """Whether the day lies before the moment, or one of its duties that the instance knows begins before it."""
    calendar = instance.calendar
    day, clock = calendar.day(change.date), announced.hour * 60 + announced.minute
    moment = calendar.minute(calendar.day(announced.date()), clock)
    duties = (
        instance.duty(day, item.shift) for item in (*change.before, *change.after) if item.shift in instance.shift
    )
    return change.date < announced.date() or any(duty.start < moment for duty in duties)
