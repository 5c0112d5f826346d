"""What a solve gives back: the roster, the value and bound of each level, every shortage, and the record of the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import Field

from scheduler.problem.frozen import Frozen

if TYPE_CHECKING:
    from scheduler.problem.roster import Roster
    from scheduler.rules.base import Finding


class Cause(StrEnum):
    """Why no roster covers a stretch of time."""

    HISTORY = "history"
    """Only duties that began before the horizon could."""
    NO_SHIFT = "no_shift"
    """No shift that may be worked there reaches it, whatever the date."""


class Status(StrEnum):
    OPTIMAL = "optimal"
    """Every level is proven: value equals bound."""
    FEASIBLE = "feasible"
    """A legal roster; at least one level is not proven."""
    INTERRUPTED = "interrupted"
    """A legal roster, kept when the planner stopped the run or what it ran on was lost."""
    REJECTED = "rejected"
    """The audit found a broken hard rule in what the engine made: a defect of Vigie, never written as fine."""


class Row(Frozen):
    """The base of everything that a solve tells."""


class LevelResult(Row):
    """One level: its value, a lower bound on it that holds for rosters as good at the levels before, and what was required.

    Coverage levels count person-minutes (level 1 times the hotspot's priority); the quality level counts points.
    """

    name: str
    value: int
    bound: int
    required: int = Field(description="person-minutes demanded, with the same weights; 0 for levels without a demand")

    @property
    def gap(self) -> float:
        """(short − bound) / required for coverage; (value − bound) / value for quality; 0 when proven."""
        return (self.value - self.bound) / max(1, self.required or self.value)

    @property
    def proven(self) -> bool:
        return self.value <= self.bound


class Coverage(Row):
    """Unweighted person-minutes over all demand rows: targets asked, targets missed, and a bound on that."""

    required_minutes: int
    short_minutes: int
    short_bound: int = Field(description="no legal roster that holds the minimums as well leaves less uncovered")


class Shortage(Row):
    """Heads missing at a hotspot over one stretch of time."""

    hotspot: str
    role: str
    level: str
    start: int = Field(description="minutes since the horizon's start")
    end: int
    heads_missing: int
    heads_wanted: int
    cause: Cause | None = Field(
        default=None, description="why no roster can cover it, however many people there are; None: people are missing"
    )

    @property
    def person_minutes(self) -> int:
        return self.heads_missing * (self.end - self.start)


class Progress(Row):
    """One line of an anytime run: who reports, and where value and bound stand."""

    elapsed_s: float
    stage: str
    level: str
    value: int | None
    bound: int | None
    gap: float | None
    part: str = Field(default="", description="of a long run: which block")
    pool: str = Field(default="", description="where pools are searched apart: which of them; blank for the whole")
    left_s: float | None = Field(default=None, description="seconds left of the time limit")


class BlockRecord(Row):
    """One block of a long horizon: its days ``[first, stop)``, and its levels as it was solved, until ``until``, given the blocks
    before it, what they leave fixed at its beginning, and its part of yearly and period limits."""

    first: int
    stop: int
    until: int
    levels: tuple[LevelResult, ...]
    incidents: tuple[str, ...] = Field(default=(), description="what went wrong on the way, one sentence each")


class RunRecord(Row):
    """How the roster came about, enough to repeat it."""

    status: Status
    levels: tuple[LevelResult, ...]
    coverage: Coverage
    wall_s: float
    seed: int
    workers: int
    reproducible: bool
    versions: Mapping[str, str]
    rules_digest: str = Field(
        default="", description="the rules that the bounds are about; blank: of an earlier version"
    )
    instance_sha256: str
    timeline: tuple[Progress, ...] = ()
    build_s: float | None = Field(
        default=None,
        description="of wall_s, the seconds in which facts and rules were compiled; None for a horizon solved in blocks",
    )
    compile_s: float = Field(
        default=0.0,
        description="seconds before wall_s in which machine code was made, once after installing; not in the limit",
    )
    blocks: tuple[BlockRecord, ...] = Field(
        default=(),
        description="of a horizon solved in blocks; the bounds of the whole are then only the arithmetic of hours",
    )
    incidents: tuple[str, ...] = Field(default=(), description="what went wrong on the way, one sentence each")
    cut_short: bool = Field(default=False, description="whether what it ran on was lost before the end")


@dataclass(frozen=True, slots=True)
class Result:
    """Everything a solve gives back. ``findings`` are those of the audit, which knows no solver: hard ones first."""

    roster: Roster
    record: RunRecord
    findings: tuple[Finding, ...] = ()
    shortages: tuple[Shortage, ...] = ()

    @property
    def violations(self) -> int:
        """How many hard rules the audit found broken; 0 for every roster that Vigie makes itself."""
        return sum(finding.hard for finding in self.findings)
