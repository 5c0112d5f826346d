"""The roster that people go by when it is repaired: what was published, and the draft of the days after that."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from scheduler.problem.codes import Code
from scheduler.problem.facts import Fact


class StandingDuty(Fact):
    """A duty that people go by."""

    staff: Code
    date: dt.date
    shift: Code
    hotspot: Code


class Standing(Fact):
    """What stands from an instant on: every person goes by ``duties``, and is free on the other dates."""

    since: int = Field(description="instant, minutes since the horizon's start: what began before it is past")
    frozen: int = Field(description="instant before which nothing changes either; not before since")
    duties: tuple[StandingDuty, ...] = ()
    until: dt.date | None = Field(default=None, description="last date that is published; None: all of it is a draft")
    stays: dt.date | None = Field(
        default=None, description="first date from which on nothing changes; None: there is none"
    )
