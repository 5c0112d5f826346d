"""A problem compiled to indices: the arrays every stage of the engine shares.

People, days, shifts and hotspots become positions 0…; a post is (person, day, shift, hotspot). Coverage becomes *intervals*: the
longest stretches at one hotspot over which the duties that can count do not change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from scheduler.engine.impossible import lock_without_post
from scheduler.problem.roster import Assignment, Roster
from scheduler.vocabulary.constraints import CoPresence, Cover, Keep, Level, ShortageLimit, Unavailable
from scheduler.vocabulary.problem import Problem

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
T = TypeVar("T")
DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class CoverRequirement:
    """``heads`` wanted at a level; ``weight`` points or priority per person-minute below them, or ``above`` them. One that only
    counts against the shortage limit of a number has no weight."""

    level: Level
    heads: int
    weight: int
    above: bool = False
    limit: int = -1


@dataclass(frozen=True, slots=True)
class CoverInterval:
    """A stretch at a hotspot over which the same duties are present.

    ``staff_set`` indexes :attr:`CompiledProblem.staff_sets`; ``duties`` are (day, shift) positions that hold the whole stretch;
    ``fixed`` counts heads already there from history. ``minutes`` is its length.
    """

    hotspot: int
    staff_set: int
    start: int
    end: int
    duties: tuple[tuple[int, int], ...]
    fixed: int
    requirements: tuple[CoverRequirement, ...] = ()

    @property
    def minutes(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class CoPresenceInterval:
    """During a stretch at a hotspot: if anyone of the staff set ``dependents`` is there, at least ``least`` of the staff set
    ``companions`` are, and with ``per`` above 0 one for each started ``per`` dependents."""

    hotspot: int
    dependents: int
    companions: int
    least: int
    duties: tuple[tuple[int, int], ...]
    fixed_companions: int
    """Heads of the companions from history; whoever stands there from history is company, but is not judged."""
    per: int = 0
    fixed_dependents: int = 0
    """Heads of the dependents from history who are not judged, counted where there is a ``per``."""
    begun: int = 0
    """Heads of the dependents from history who are judged: one or none."""


class CompiledProblem:
    """The compiled problem. Arrays are indexed ``[person, day, shift, hotspot]`` and never change after construction."""

    def __init__(self, problem: Problem) -> None:
        instance = problem.instance
        self.problem = problem
        self.instance = instance
        self.people: tuple[str, ...] = problem.people
        self.shifts: tuple[str, ...] = tuple(shift.code for shift in instance.shifts)
        self.hotspots: tuple[str, ...] = problem.hotspots
        self.person = {staff: index for index, staff in enumerate(self.people)}
        self.shift = {code: index for index, code in enumerate(self.shifts)}
        self.hotspot = {code: index for index, code in enumerate(self.hotspots)}
        self.days = instance.days
        grid = [[instance.duty(day, code) for code in self.shifts] for day in range(self.days)]
        shape = (self.days, len(self.shifts))
        self.start: Ints = np.array([[d.start for d in row] for row in grid], dtype=np.int64).reshape(shape)
        self.end: Ints = np.array([[d.end for d in row] for row in grid], dtype=np.int64).reshape(shape)
        self.paid: Ints = np.array([[d.paid_min for d in row] for row in grid], dtype=np.int64).reshape(shape)
        self._compile_posts()

    def _compile_posts(self) -> None:
        shape = (len(self.people), self.days, len(self.shifts), len(self.hotspots))
        self.post: Bools = np.ones(shape, dtype=bool)
        for ban in self.problem.all(Unavailable):
            person = self.person[ban.person]
            spots = slice(None) if ban.hotspots is None else self.positions(ban.hotspots)
            if ban.duties is None:
                self.post[person, :, :, spots] = False
            else:
                for day, code in ban.duties:
                    self.post[person, day, self.shift[code], spots] = False
        self.forced: Ints = np.full((len(self.people), self.days), -1, dtype=np.int64)
        self.locked_at: dict[tuple[int, int], int] = {}
        """(person, day) → hotspot of a lock that names one."""
        for keep in self.problem.all(Keep):
            person = self.person[keep.person]
            if keep.shift is None:
                self.post[person, keep.day] = False
                continue
            shift = self.shift[keep.shift]
            kept = np.zeros(shape[2:], dtype=bool)
            kept[shift] = self.post[person, keep.day, shift]
            if keep.hotspot is not None:
                spot = self.hotspot[keep.hotspot]
                kept[shift] &= np.arange(shape[3]) == spot
                self.locked_at[person, keep.day] = spot
            if not kept.any():
                on = self.instance.calendar.date(keep.day)
                raise lock_without_post(keep.person, on, keep.shift)
            self.post[person, keep.day] = kept
            self.forced[person, keep.day] = shift
        self.allowed: Bools = np.asarray(self.post.any(axis=3))
        self.reach: Bools = np.asarray(self.post.any(axis=(1, 2)))
        """``[person, hotspot]``: whether the person may stand there on any duty."""

    @cached_property
    def _covers(self) -> tuple[tuple[Cover, int], ...]:
        """Every cover, and after them those of the shortage limits, with their number; −1 for the others."""
        limits = enumerate(self.problem.all(ShortageLimit))
        counted = ((cover, number) for number, limit in limits for cover in limit.covers)
        return (*((cover, -1) for cover in self.problem.all(Cover)), *counted)

    # -- who counts ------------------------------------------------------------------------------------------------------

    @cached_property
    def _staff_set_index(self) -> dict[frozenset[str], int]:
        sets = [cover.people for cover, _ in self._covers]
        for company in self.problem.all(CoPresence):
            sets += [company.dependents, company.companions]
        return {people: index for index, people in enumerate(dict.fromkeys(sets))}

    @cached_property
    def staff_sets(self) -> tuple[Bools, ...]:
        """Membership vectors over people of every set of people that a cover or a company speaks of."""
        return tuple(
            np.array([staff in people for staff in self.people], dtype=bool) for people in self._staff_set_index
        )

    @cached_property
    def present_before(self) -> list[tuple[int, int, int, int]]:
        """(person, hotspot, start, end) of history that reaches into the horizon."""
        return [
            (self.person[staff], self.hotspot[item.hotspot], item.start, item.end)
            for staff, items in self.instance.commitments.items()
            for item in items
            if staff in self.person and item.hotspot in self.hotspot and item.end > 0
        ]

    def positions(self, hotspots: Iterable[str]) -> list[int]:
        """Positions of those hotspots that this problem is about."""
        return [self.hotspot[code] for code in hotspots if code in self.hotspot]

    def _fixed(self, staff_set: int, hotspot: int, start: int, end: int) -> int:
        member = self.staff_sets[staff_set]
        return sum(
            1 for p, h, low, high in self.present_before if h == hotspot and member[p] and low <= start and end <= high
        )

    def _edges(self, staff_sets: Iterable[int], hotspot: int) -> Ints:
        """Instants at which presence of the staff sets at a hotspot can change."""
        member = np.logical_or.reduce([self.staff_sets[staff_set] for staff_set in staff_sets])
        open_duties = self.post[member][:, :, :, hotspot].any(axis=0)
        past = [edge for p, h, s, e in self.present_before if h == hotspot and member[p] for edge in (max(s, 0), e)]
        return np.unique(np.concatenate([self.start[open_duties], self.end[open_duties], np.array(past, np.int64)]))

    def _holding(self, staff_sets: Iterable[int], hotspot: int, start: int, end: int) -> tuple[tuple[int, int], ...]:
        member = np.logical_or.reduce([self.staff_sets[staff_set] for staff_set in staff_sets])
        key = (member.tobytes(), hotspot)
        if key not in self._open:
            self._open[key] = np.asarray(self.post[member][:, :, :, hotspot].any(axis=0))
        # Only duties of the days before can last until then.
        first, stop = max(0, start // DAY - self._longest), max(0, start // DAY + 2)
        held = self._open[key][first:stop] & (self.start[first:stop] <= start) & (self.end[first:stop] >= end)
        return tuple((int(day) + first, int(shift)) for day, shift in np.argwhere(held))

    @cached_property
    def _longest(self) -> int:
        """Days that the longest duty lasts after the first minute of its date, rounded up, clock changes included."""
        midnights = DAY * np.arange(self.days)[:, np.newaxis]
        return int((self.end - midnights).max(initial=0)) // DAY + 1

    @cached_property
    def _open(self) -> dict[tuple[bytes, int], Bools]:
        return {}

    @cached_property
    def intervals(self) -> tuple[CoverInterval, ...]:
        """Coverage in stretches of constant presence. Cells without any wish on heads do not exist."""
        merged: dict[tuple[int, int, int, int], list[CoverRequirement]] = defaultdict(list)
        edges: dict[tuple[int, int], Ints] = {}
        cuts: dict[tuple[int, int], set[int]] = defaultdict(set)
        for cover, _ in self._covers:
            key = (self.hotspot[cover.hotspot], self._staff_set_index[cover.people])
            cuts[key] |= {cover.start, cover.end}
        for (spot, staff_set), given in cuts.items():
            edges[spot, staff_set] = np.unique(
                np.concatenate([self._edges([staff_set], spot), np.array(sorted(given))])
            )
        for cover, limit in self._covers:
            spot, staff_set = self.hotspot[cover.hotspot], self._staff_set_index[cover.people]
            line = edges[spot, staff_set]
            low, high = np.searchsorted(line, cover.start), np.searchsorted(line, cover.end)
            for start, end in zip(line[low:high], line[low + 1 : high + 1], strict=True):
                weight = cover.weight if limit < 0 else 0
                requirement = CoverRequirement(cover.level, cover.heads, weight, cover.above, limit)
                merged[spot, staff_set, int(start), int(end)].append(requirement)
        return tuple(
            CoverInterval(spot, staff_set, start, end, self._holding([staff_set], spot, start, end),
                 self._fixed(staff_set, spot, start, end), tuple(requirements))
            for (spot, staff_set, start, end), requirements in sorted(merged.items())
        )  # fmt: skip

    @cached_property
    def co_presences(self) -> tuple[CoPresenceInterval, ...]:
        """Co-presence in stretches of constant presence; stretches in which no dependent can stand, or stands, are left out."""
        found: list[CoPresenceInterval] = []
        for company in self.problem.all(CoPresence):
            of, by = self._staff_set_index[company.dependents], self._staff_set_index[company.companions]
            for spot, code in enumerate(self.hotspots):
                if code in company.except_at:
                    continue
                stretches = [(start, end) for hotspot, start, end in company.begun if hotspot == code]
                edges = np.unique(np.concatenate([self._edges([of, by], spot), np.array(stretches, np.int64).ravel()]))
                for start, end in pairwise(edges.tolist()):
                    begun = int(any(low <= start and end <= high for low, high in stretches))
                    if begun or self._holding([of], spot, start, end):
                        found.append(
                            CoPresenceInterval(
                                spot, of, by, company.least, self._holding([of, by], spot, start, end),
                                self._fixed(by, spot, start, end), company.per or 0,
                                self._fixed(of, spot, start, end) - begun if company.per else 0, begun,
                            )
                        )  # fmt: skip
        return tuple(dict.fromkeys(found))

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is made of this pool once and shared by all who ask for it by the same key."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]  # type: ignore[no-any-return]

    @cached_property
    def _made(self) -> dict[Hashable, Any]:
        return {}

    def open_to(self, members: Sequence[int]) -> Bools:
        """``[day, shift, hotspot]``: the posts that at least one of some people may take."""
        return np.asarray(self.post[list(members)].any(axis=0))

    # -- rosters as arrays ---------------------------------------------------------------------------------------------

    def roster(self, shift: Ints, spot: Ints, people: Sequence[str] | None = None) -> Roster:
        """From ``shift[person, day]`` and ``spot[person, day]`` (−1: free) of some people, or of all, to a roster."""
        rows, days = np.nonzero(shift >= 0)
        names = self.people if people is None else people
        posts = (rows.tolist(), days.tolist(), shift[rows, days].tolist(), spot[rows, days].tolist())
        return Roster.of(
            Assignment(names[p], d, self.shifts[k], self.hotspots[h]) for p, d, k, h in zip(*posts, strict=True)
        )

    def arrays(self, roster: Roster) -> tuple[Ints, Ints]:
        """The inverse of :meth:`roster`."""
        shift = np.full((len(self.people), self.days), -1, dtype=np.int64)
        spot = np.full_like(shift, -1)
        for a in roster:
            shift[self.person[a.staff], a.day] = self.shift[a.shift]
            spot[self.person[a.staff], a.day] = self.hotspot[a.hotspot]
        return shift, spot

    @cached_property
    def overlapping(self) -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
        """Every ordered pair of duties, as (day, shift) positions, that share a moment; a duty overlaps itself."""
        near = [
            ((d, k), (e, m))
            for d in range(self.days)
            for e in range(max(0, d - 2), min(self.days, d + 3))
            for k in range(len(self.shifts))
            for m in range(len(self.shifts))
        ]
        return tuple((a, b) for a, b in near if self.start[a] < self.end[b] and self.start[b] < self.end[a])
