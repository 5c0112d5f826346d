"""What a method gives back, or why it does not try."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scheduler.problem.roster import Roster
from scheduler.result import BlockRecord, Progress


class RefusedError(Exception):
    """A method does not take an instance, and says why."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A roster, when the first one stood, the course of the run, valid lower bounds by level name, and the blocks of a long
    horizon.

    ``build_s`` are the seconds until the method could begin to search, ``proof_s`` those until the proof had been through the
    coverage levels of everybody; None where they are not known. ``weighted`` is a lower bound on the weighted sum of the levels
    (:mod:`benchmarks.weighted_sum`). ``note`` says what the figures do not.
    """

    roster: Roster
    first_roster_s: float | None
    timeline: tuple[Progress, ...] = ()
    bounds: Mapping[str, int] = field(default_factory=dict)
    blocks: tuple[BlockRecord, ...] = ()
    build_s: float | None = None
    proof_s: float | None = None
    weighted: int | None = None
    note: str = ""
