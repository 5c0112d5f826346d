"""Publishing a roster: from then on its duties are facts of the workbook, and changing them is a change."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.analysis.difference import Cells, Change, PostedDuty, differences, roster_cells
from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import Message
from scheduler.problem.facts import OFF
from scheduler.problem.instance import Instance
from scheduler.problem.publication import Publication, PublishedDuty, digest, of_version
from scheduler.rules.base import Finding
from scheduler.workbook.read import Reading
from scheduler.workflows.rebuild import rebuild
from scheduler.workflows.review import Review, review

WEEKS = 4
"""What is published at a time, unless a date is named."""


@dataclass(frozen=True)
class Published:
    """A roster as it is published: the workbook's facts with it, and what differs from the version before on the dates that it
    told of. ``broken`` are hard rules that the published days break without a decision: then nothing is published."""

    reading: Reading
    review: Review
    instance: Instance
    publication: Publication
    duties: int
    people: int
    changes: tuple[Change, ...]
    broken: tuple[Finding, ...]


def publish(reading: Reading, until: dt.date | None, now: dt.datetime) -> Published:
    """Publish the roster of a workbook until a date, the last included; None: four weeks from the first day, or from now once
    the period runs, and never less than is published already.

    Raises :class:`InputError` where there is no roster, for a date outside the period, and for one before what is published.
    """
    found = review(reading)
    instance, roster = found.instance, found.roster
    last = _last(instance, until, now.date())
    before = told(instance)
    cells = {key: duties for key, duties in roster_cells(instance.calendar, roster).items() if key[1] <= last}
    version = 1 if instance.publication is None else instance.publication.version + 1
    changes = differences(before, cells)
    rows = (*instance.published, *_rows(changes, version))
    publication = Publication(version=version, at=now, until=last, digest=digest(rows, last))
    day = instance.calendar.day(last)
    broken = tuple(item for item in found.findings if item.hard and any(on <= day for on in item.days or (0,)))
    return Published(
        reading, found, instance.replace(published=rows, publication=publication), publication, len(cells),
        len({staff for staff, _ in cells}), _of_before(instance, changes), broken,
    )  # fmt: skip


def write_published(path: str | os.PathLike[str], published: Published) -> None:
    """Write the workbook with what was published. Raises :class:`~scheduler.errors.OutputError` when it cannot be written."""
    rebuild(path, published.reading, published.review, published.instance)


def _last(instance: Instance, until: dt.date | None, today: dt.date) -> dt.date:
    calendar = instance.calendar
    first, end = calendar.start, calendar.date(calendar.days - 1)
    before = None if instance.publication is None else instance.publication.until
    if until is None:
        begin = max(first, min(today, end))
        return max(min(end, begin + dt.timedelta(weeks=WEEKS, days=-1)), before or first)
    if not first <= until <= end:
        message = Message(
            "publish_outside", "lies outside the period, which is from {first} to {last}.", first=first, last=end
        )
        raise InputError([InputProblem("--until", until.isoformat(), message)])
    if before is not None and until < before:
        message = Message(
            "publish_less", "is before {until}, until when the roster is published already.", until=before
        )
        hint = Message("publish_stays", "What was published stays published; change duties instead.")
        raise InputError([InputProblem("--until", until.isoformat(), message, hint)])
    return until


def told(instance: Instance) -> Cells:
    """What people were told of the period's dates."""
    first, rows = instance.calendar.start, of_version(instance.published)
    return {key: (PostedDuty(*row.post),) for key, row in rows.items() if row.post is not None and key[1] >= first}


def _of_before(instance: Instance, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Those of dates that were published already; the others were a draft, and are announced for the first time."""
    before = instance.publication
    return () if before is None else tuple(change for change in changes if change.date <= before.until)


def _rows(changes: tuple[Change, ...], version: int) -> Iterator[PublishedDuty]:
    """A row for each duty that a version announces, and for each that it cancels."""
    for change in changes:
        duty = change.after[0] if change.after else None
        yield PublishedDuty(
            staff=change.staff, date=change.date, version=version,
            shift=OFF if duty is None else duty.shift, hotspot=None if duty is None else duty.hotspot,
        )  # fmt: skip
