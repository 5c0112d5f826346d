"""What a workbook keeps beside the facts: no rule, no search and no ranking ever sees it."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from scheduler.problem.codes import Code
from scheduler.problem.facts import Fact


class Call(Fact):
    """Somebody was asked to take a duty. A record only: nobody is ranked by it."""

    staff: Code
    at: dt.datetime = Field(description="local date and time of the call")
    for_date: dt.date = Field(description="date on which the duty starts; may lie outside the horizon")
    shift: Code
    hotspot: Code
    answer: Literal["yes", "no", "no_answer"] | None = None
    note: str = ""
