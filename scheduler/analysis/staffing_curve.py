"""What is missing at least with more or fewer people: curves of proven shortages, and how many people a level takes at least."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduler.problem.staffing import StaffGroup
from scheduler.vocabulary.constraints import Level

POINTS = (-10, -5, 0, 5, 10, 15, 20, 25, 30)
"""People more, or fewer, for which bounds are made as good as they get, and which are shown."""


@dataclass(frozen=True)
class StaffingCurve:
    """What everybody together misses at least, in the unit of each coverage level, when a pool of people who share hotspots has
    other numbers of them and all else is as it is: ``short[level][n]`` with ``first + n`` people more, fewer where that is
    negative. Those who come are full-time people like those there, of any of the ``groups``; those who leave are the last
    full-time ones of the sheet who can come at all."""

    groups: tuple[StaffGroup, ...]
    first: int
    short: Mapping[Level, Sequence[int]]
    rest: Mapping[Level, int]
    """What is missing at least however many people come."""

    @property
    def last(self) -> int:
        """The most people more."""
        return self.first + min(map(len, self.short.values())) - 1

    def at(self, level: Level, more: int) -> int:
        """What is missing at least with so many more. Raises :class:`ValueError` outside the curve."""
        if not self.first <= more <= self.last:
            raise ValueError(f"the curve reaches from {self.first} to {self.last}, not to {more}")
        return self.short[level][more - self.first]

    def point(self, level: Level, more: int) -> int | None:
        """The same; None outside the curve."""
        return self.at(level, more) if self.first <= more <= self.last else None


@dataclass(frozen=True)
class StaffingCurves:
    """The curves of all pools of one instance, and what is missing at least with the people there are. ``complete``: whether
    there was time for every point that was asked for; what is told holds anyway. ``seconds``: what they took."""

    now: Mapping[Level, int]
    curves: tuple[StaffingCurve, ...]
    complete: bool = True
    seconds: float = 0.0

    def fewest(self, level: Level, most: int) -> Mapping[StaffGroup, int] | None:
        """The fewest people more, by the first group of their pool, with which a roster may miss no more than ``most``: with
        fewer in all, however they are spread, none can. None where no number of people is enough."""
        # missing[n]: the least with n people more in the pools so far; given[k][n]: how many of them are in the k-th.
        missing: list[int] = [self.now[level]]
        given: list[list[int]] = []
        for curve in self.curves:
            saved = [self.now[level] - curve.at(level, more) for more in range(curve.last + 1)]
            saved.append(self.now[level] - curve.rest[level])
            best = [
                min(
                    (missing[number - more] - saved[more], more)
                    for more in range(min(number, len(saved) - 1) + 1)
                    if number - more < len(missing)
                )
                for number in range(len(missing) + len(saved) - 1)
            ]
            missing, given = [least for least, _ in best], [*given, [more for _, more in best]]
        total = next((number for number, least in enumerate(missing) if least <= most), None)
        if total is None:
            return None
        found: dict[StaffGroup, int] = {}
        for curve, chosen in zip(reversed(self.curves), reversed(given), strict=True):
            more = chosen[total]
            total -= more
            if more:
                found[curve.groups[0]] = more
        return found
