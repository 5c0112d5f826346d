"""What a method gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scheduler.result import Progress
from scheduler.roster import Roster


@dataclass(frozen=True, slots=True)
class Claim:
    """A roster, when the first one stood, the course of the run, and valid lower bounds by level name."""

    roster: Roster
    first_roster_s: float | None
    timeline: tuple[Progress, ...] = ()
    bounds: Mapping[str, int] = field(default_factory=dict)
