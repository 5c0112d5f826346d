"""What a method gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scheduler.result import BlockRecord, Progress
from scheduler.roster import Roster


@dataclass(frozen=True, slots=True)
class Claim:
    """A roster, when the first one stood, the course of the run, valid lower bounds by level name, and the blocks of a long
    horizon."""

    roster: Roster
    first_roster_s: float | None
    timeline: tuple[Progress, ...] = ()
    bounds: Mapping[str, int] = field(default_factory=dict)
    blocks: tuple[BlockRecord, ...] = ()
