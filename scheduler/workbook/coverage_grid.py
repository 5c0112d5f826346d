"""Planned and asked heads, hour by hour, for every hotspot and role that is asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import pairwise

from scheduler.problem.facts import Category
from scheduler.problem.heads import Heads
from scheduler.problem.instance import Instance, Need
from scheduler.problem.roster import Presence, Roster


class Standing(Enum):
    """How planned heads stand against the demand, worst first."""

    BELOW_MINIMUM = "minimum"
    BELOW_TARGET = "target"
    ABOVE_MAXIMUM = "over"
    MET = "met"
    NOT_ASKED = "free"


@dataclass(frozen=True, slots=True)
class Moment:
    """Heads planned and asked over a stretch in which neither changes."""

    planned: int
    minimum: int = 0
    target: int = 0
    maximum: int | None = None

    @property
    def standing(self) -> Standing:
        if self.planned < self.minimum:
            return Standing.BELOW_MINIMUM
        if self.planned < self.target:
            return Standing.BELOW_TARGET
        if self.maximum is not None and self.planned > self.maximum:
            return Standing.ABOVE_MAXIMUM
        return Standing.MET if self.target else Standing.NOT_ASKED

    @property
    def missing(self) -> int:
        """Heads below the minimum, or where that is held, below the target."""
        return max(0, (self.minimum if self.planned < self.minimum else self.target) - self.planned)

    @property
    def badness(self) -> tuple[int, int, int, int]:
        """Sorts moments: the worst is the highest."""
        over = 0 if self.maximum is None else max(0, self.planned - self.maximum)
        return (max(0, self.minimum - self.planned), max(0, self.target - self.planned), over, self.target)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A :class:`Moment` that lasts, within one hour of the local clock. ``hour`` counts 24 for each day of the horizon."""

    hour: int
    minutes: int
    moment: Moment


@dataclass(frozen=True)
class CoverageGrid:
    """The grid of one instance and roster; everything is computed in one sweep per hotspot and role."""

    instance: Instance
    roster: Roster

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The roles asked for: the categories first, then in order of the Roles sheet."""
        asked = {need.role for need in self.instance.needs}
        order = [category.value for category in Category] + [role.code for role in self.instance.roles]
        return tuple(role for role in order if role in asked)

    @cached_property
    def rows(self) -> Mapping[tuple[str, str], tuple[Stretch, ...]]:
        """The stretches of every (hotspot, role) asked for, in order of the Hotspots sheet and of :attr:`roles`."""
        asked: dict[tuple[str, str], list[Need]] = defaultdict(list)
        for need in self.instance.needs:
            asked[need.hotspot, need.role].append(need)
        presence = self.roster.presence(self.instance)
        return {
            (spot.code, role): tuple(self._sweep(presence[spot.code], role, asked[spot.code, role]))
            for spot in self.instance.hotspots
            for role in self.roles
            if (spot.code, role) in asked
        }

    def _sweep(self, presence: tuple[Presence, ...], role: str, needs: list[Need]) -> Iterator[Stretch]:
        people, marks = self.instance.people(role), self._marks
        heads = Heads(item for item in presence if item.staff in people)
        cuts = sorted({*marks, *(edge for need in needs for edge in (need.start, need.end))})
        at = 0
        for low, high in pairwise(cuts):
            while at < len(needs) and needs[at].end <= low:
                at += 1
            asked = needs[at] if at < len(needs) and needs[at].start <= low else None
            figures = (0, 0, None) if asked is None else (asked.minimum, asked.target, asked.maximum)
            for start, end, planned in heads.over(low, high):
                yield Stretch(bisect_right(marks, low) - 1, end - start, Moment(planned, *figures))

    @cached_property
    def _marks(self) -> list[int]:
        calendar = self.instance.calendar
        return [*(calendar.minute(day, hour * 60) for day in range(calendar.days) for hour in range(24)), calendar.end]

    def by_hour(self, hotspot: str, role: str) -> list[Moment | None]:
        """The worst moment of each hour, 24 for each day; None for an hour that a clock change skips."""
        worst: list[Moment | None] = [None] * (24 * self.instance.days)
        for stretch in self.rows[hotspot, role]:
            known = worst[stretch.hour]
            if known is None or stretch.moment.badness > known.badness:
                worst[stretch.hour] = stretch.moment
        return worst

    def week(self, role: str) -> list[tuple[float, float, float]]:
        """Mean heads (planned, minimum, target) over all hotspots for each of the 168 hours of the week, from Monday 00:00."""
        first = self.instance.calendar.weekday(0) * 24
        totals = [[0.0, 0.0, 0.0] for _ in range(168)]
        # The length of each hour of the week over the horizon; the same for every hotspot, so one row tells it.
        lengths = [0] * 168
        rows = [stretches for (_, asked), stretches in self.rows.items() if asked == role]
        for index, stretches in enumerate(rows):
            for stretch in stretches:
                hour = (first + stretch.hour) % 168
                moment = stretch.moment
                for column, heads in enumerate((moment.planned, moment.minimum, moment.target)):
                    totals[hour][column] += heads * stretch.minutes
                if index == 0:
                    lengths[hour] += stretch.minutes
        return [
            (total[0] / minutes, total[1] / minutes, total[2] / minutes) if minutes else (0.0, 0.0, 0.0)
            for total, minutes in zip(totals, lengths, strict=True)
        ]
