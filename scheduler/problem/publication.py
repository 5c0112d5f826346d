"""What was published: the duties that people were told of, and which version of the roster they go by.

The rows are a log. A duty that stays keeps the row of the version that first announced it; one that changes gets another row with
a newer version, and one that is cancelled a row with the shift ``OFF``. So every published version can be told from them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

from pydantic import Field

from scheduler.problem.codes import Code
from scheduler.problem.facts import OFF, Fact


class PublishedDuty(Fact):
    """A duty that was announced to a person, or cancelled, with a version of the roster."""

    staff: Code
    date: dt.date
    shift: Code = Field(description="a shift's code, or OFF where a published duty was cancelled")
    hotspot: Code | None = Field(default=None, description="blank for OFF only")
    version: int = Field(default=1, ge=1)

    @property
    def post(self) -> tuple[str, str] | None:
        """Shift and hotspot; None for a cancelled duty."""
        return None if self.shift == OFF or self.hotspot is None else (self.shift, self.hotspot)


class Publication(Fact):
    """The stamp of the version that people go by."""

    version: int = Field(ge=1)
    at: dt.datetime = Field(description="local date and time of publishing, to the minute")
    until: dt.date = Field(description="last date that is published")
    digest: str = Field(
        description="fingerprint of the rows of sheet Published, and of the last date, as they were written"
    )


def within_notice(on: dt.date, told: dt.date, until: dt.date | None, notice_days: int) -> bool:
    """Whether a change of a date that is told on another comes late: the date is published, until ``until``, and less than
    ``notice_days`` ahead. The one place that knows."""
    return until is not None and on <= until and (on - told).days < notice_days


def digest(rows: Iterable[PublishedDuty], until: dt.date) -> str:
    """The fingerprint of published rows, whatever their order, and of the last published date: 16 hexadecimal digits."""
    lines = sorted(f"{row.staff}\t{row.date}\t{row.shift}\t{row.hotspot or ''}\t{row.version}" for row in rows)
    return hashlib.sha256("\n".join([until.isoformat(), *lines]).encode()).hexdigest()[:16]


def of_version(rows: Iterable[PublishedDuty], version: int | None = None) -> dict[tuple[str, dt.date], PublishedDuty]:
    """The rows that hold with a version (None: the newest), cancelled duties among them, by person and date."""
    found: dict[tuple[str, dt.date], PublishedDuty] = {}
    for row in sorted(rows, key=lambda row: row.version):
        if version is None or row.version <= version:
            found[row.staff, row.date] = row
    return found
