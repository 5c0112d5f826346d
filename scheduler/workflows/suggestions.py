"""Who can legally take a duty, and how that is told: a hole, candidates, those who are excluded, chains of two moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.analysis.coverage import MINIMUM, Lacking
from scheduler.analysis.incremental_audit import Effect, Findings
from scheduler.problem.instance import Instance
from scheduler.problem.records import Call
from scheduler.problem.roster import Assignment
from scheduler.workbook.read import Reading
from scheduler.workflows.line_figures import LineFigures


@dataclass(frozen=True, slots=True)
class Hole:
    """A duty that somebody is wanted for. ``off`` is the cell of who is taken off it, if anybody is."""

    day: int
    shift: str
    hotspot: str
    off: Assignment | None = None

    def taken_by(self, staff: str) -> Assignment:
        return Assignment(staff, self.day, self.shift, self.hotspot)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may take the duty.

    ``free`` tells those who have nothing on that date; ``left`` are the duties that others would be taken from. ``useful``
    says whether anything that is missing at the hotspot is covered. ``calls`` are those about this very duty. ``reserve`` tells
    who waits as a reserve for the whole of its time.
    """

    staff: str
    free: bool
    useful: bool
    left: tuple[Assignment, ...]
    effect: Effect
    figures: LineFigures
    calls: tuple[Call, ...] = ()
    reserve: bool = False

    @property
    def rank(self) -> tuple[object, ...]:
        """Who waits as a reserve first, then who is free; then least left uncovered, fewest hours over, fewest nights and
        weekends, home hotspot."""
        return (
            not self.useful,
            not self.reserve,
            not self.free,
            *short(self.effect),
            *burden(self.figures),
            self.staff,
        )


@dataclass(frozen=True, slots=True)
class Excluded:
    """Somebody who may not, with the findings that say why. ``competent`` says whether they may stand there at all."""

    staff: str
    free: bool
    competent: bool
    left: tuple[Assignment, ...]
    broken: Findings
    calls: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """Two moves: the first takes the hole and leaves ``left``, which the second takes, who is free on its date."""

    first: str
    second: str
    left: Assignment
    effect: Effect
    figures: tuple[LineFigures, LineFigures]

    @property
    def rank(self) -> tuple[object, ...]:
        """As for candidates, with the figures of both added up."""
        one, other = self.figures
        both = (a + b for a, b in zip(burden(one), burden(other), strict=True))
        return (*short(self.effect), *both, self.first, self.second)


def short(effect: Effect) -> tuple[int, int]:
    """Person-minutes that are missing more than before: of minimums, and of targets."""
    more = {True: 0, False: 0}
    for (_, _, level), minutes in effect.coverage.items():
        more[level == MINIMUM] -= minutes
    return more[True], more[False]


def burden(figures: LineFigures) -> tuple[int, int, int, int]:
    """The fewest hours over the contract, the fewest nights and weekends, the home hotspot; the hours under it where these do not
    tell two people apart."""
    return figures.hours_over, figures.nights + figures.weekends, not figures.home, figures.balance_min


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What was found. ``there`` have the duty already; ``lacking`` is what its time lacks at the hotspot with nobody in the hole;
    ``broken`` are the rules about the person that taking them off breaks by itself."""

    reading: Reading
    hole: Hole
    there: tuple[str, ...]
    lacking: Mapping[Lacking, int]
    broken: Findings
    legal: tuple[Candidate, ...]
    excluded: tuple[Excluded, ...]
    chains: tuple[Chain, ...] = ()
    late: tuple[str, ...] = ()
    """The legal ones for whom the date is inside the days of notice."""

    @property
    def instance(self) -> Instance:
        return self.reading.instance
