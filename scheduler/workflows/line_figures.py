"""What a person's line comes to with a duty in it: hours, nights, weekends, and the rest around the duty."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.analysis.staff_statistics import StaffStatistics
from scheduler.problem.instance import Instance
from scheduler.problem.reduced import only_these
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules.support.work import pieces


@dataclass(frozen=True, slots=True)
class LineFigures:
    """``balance_min`` are minutes over (+) or under (−) the contract in the horizon, with the balance carried in. ``nights`` and
    ``weekends`` are those of the roster and of the counters. ``rest_before`` and ``rest_after`` are minutes without work around
    the duty; history and duties elsewhere are work. They are None where nothing is known before or after it. ``home`` says
    whether the duty is at the home hotspot."""

    balance_min: int
    nights: int
    weekends: int
    rest_before: int | None
    rest_after: int | None
    home: bool

    @property
    def hours_over(self) -> int:
        """Hours begun over the contract."""
        return max(0, math.ceil(self.balance_min / 60))


def line_figures(
    instance: Instance, lines: Mapping[str, Iterable[Assignment]], duties: Mapping[str, Assignment]
) -> Mapping[str, LineFigures]:
    """The figures of every line, each with the duty of the same person that it is looked at around."""
    reduced = only_these(instance, frozenset(lines))
    roster = Roster.of(cell for line in lines.values() for cell in line)
    statistics = StaffStatistics(reduced, roster)
    return {staff: _figures(statistics, duties[staff]) for staff in lines}


def _figures(statistics: StaffStatistics, duty: Assignment) -> LineFigures:
    instance, staff = statistics.instance, duty.staff
    person, counter = statistics.people[staff], instance.counter[staff]
    this = instance.duty(duty.day, duty.shift)
    others = [
        piece
        for piece in pieces(instance, statistics.roster, staff)
        if piece.fixed or (piece.day, piece.shift) != this.key
    ]
    ended = [piece.end for piece in others if piece.start < this.start]
    begins = [piece.start for piece in others if piece.start >= this.start]
    return LineFigures(
        balance_min=round(person.planned - statistics.target(staff)),
        nights=counter.nights + person.nights,
        weekends=counter.weekends + person.weekends,
        rest_before=this.start - max(ended) if ended else None,
        rest_after=min(begins) - this.end if begins else None,
        home=instance.person[staff].home_hotspot == duty.hotspot,
    )
