"""A hard rule that is broken by decision of somebody who may decide it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from scheduler.problem.codes import Code
from scheduler.problem.facts import Fact

Words = Annotated[str, Field(min_length=1, max_length=1_000)]


class Override(Fact):
    """A hard rule that is broken by decision: on this date, for this person, and for no other. Without effect on a solve."""

    rule: Code = Field(description="a hard rule's code")
    staff: Code
    date: dt.date = Field(description="that of the duty to which the audit points")
    hotspot: Code | None = Field(default=None, description="blank: any hotspot")
    decided_by: Words = Field(description="name or function")
    decided_on: dt.date
    reason: Words
