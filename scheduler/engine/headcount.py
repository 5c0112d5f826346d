"""Who stands where, counted: the state that construction and one-person moves change and ask.

Everything is kept per interval (coverage) and per stretch of co-presence (company), so that the gain of one more person on a
post, and whether that person would stand there legally, are a few array operations.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.engine.compiled_problem import Bools, CompiledProblem, Ints
from scheduler.engine.given_lines import given_lines
from scheduler.engine.shared_limits import shared_limits
from scheduler.vocabulary.constraints import LEVELS, Level

URGENCY = {
    Level.POLICE_MINIMUM: 400,
    Level.NON_POLICE_MINIMUM: 400,
    Level.CHANGES_IN_NOTICE: 40_000,
    Level.TARGETS: 8,
    Level.CHANGES: 200,
    Level.QUALITY: 1,
}
"""Relative worth of a covered minute, and of a change that is not made, while a roster is being built; the exact order of levels
is kept by later stages."""
LED_ALREADY = 8
"""How much less a holder of a role is worth where another stands for whom there are too few heads than where there is none."""
PAIRING = 2000
"""Worth, per minute, of giving a lonely colleague company."""


class Incidence:
    """Which post counts where: what every count of one pool looks up, made once."""

    def __init__(self, pool: CompiledProblem) -> None:
        self.slots = (pool.days, len(pool.shifts), len(pool.hotspots))
        intervals, co_presences = pool.intervals, pool.co_presences
        self.interval_staff_set = np.array([interval.staff_set for interval in intervals], dtype=np.int64)
        self.fixed = np.array([interval.fixed for interval in intervals], dtype=np.int64)
        self.minutes = np.array([interval.minutes for interval in intervals], dtype=np.int64)
        self.interval_at, self.interval_of = self._pairs(
            [(interval.duties, interval.hotspot) for interval in intervals]
        )
        self.requirements = [(level, *_wanted(pool, level)) for level in LEVELS]
        self.limits = _wanted(pool, Level.QUALITY, above=True)
        self.shortage_limits = _limited(pool)
        self.least = np.array([co_presence.least for co_presence in co_presences], dtype=np.int64)
        self.dependents = np.array([co_presence.dependents for co_presence in co_presences], dtype=np.int64)
        self.companions = np.array([co_presence.companions for co_presence in co_presences], dtype=np.int64)
        self.fixed_companions = np.array([co_presence.fixed_companions for co_presence in co_presences], dtype=np.int64)
        self.per = np.array([co_presence.per for co_presence in co_presences], dtype=np.int64)
        self.fixed_dependents = np.array([co_presence.fixed_dependents for co_presence in co_presences], dtype=np.int64)
        self.begun = np.array([co_presence.begun for co_presence in co_presences], dtype=np.int64)
        self.co_presence_at, self.co_presence_of = self._pairs(
            [(co_presence.duties, co_presence.hotspot) for co_presence in co_presences]
        )
        self.members = np.array(pool.staff_sets, dtype=bool).reshape(len(pool.staff_sets), len(pool.people))
        self.intervals_of_slot = self._by_slot(self.interval_at, self.interval_of)
        self.co_presences_of_slot = self._by_slot(self.co_presence_at, self.co_presence_of)

    def needed(self, dependent_heads: Ints) -> Ints:
        """Companions that must be there, in each stretch of co-presence, where so many dependents stand beside those of history:
        one at least."""
        started = -(-(dependent_heads + self.fixed_dependents) // np.maximum(self.per, 1))
        found: Ints = np.where(self.per > 0, np.maximum(self.least, started), self.least)
        return found

    def _pairs(self, rows: Sequence[tuple[tuple[tuple[int, int], ...], int]]) -> tuple[Ints, Ints]:
        """Pairs (post slot, row): which posts are present during which interval or stretch of co-presence."""
        _, shifts, spots = self.slots
        pairs = [((d * shifts + k) * spots + h, i) for i, (duties, h) in enumerate(rows) for d, k in duties]
        slots, index = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        return slots, index

    def _by_slot(self, slots: Ints, index: Ints) -> list[Ints]:
        order = np.argsort(slots, kind="stable")
        size = int(np.prod(self.slots))
        edges = np.searchsorted(slots[order], np.arange(size + 1))
        return [index[order[edges[i] : edges[i + 1]]] for i in range(size)]


def _wanted(pool: CompiledProblem, level: Level, *, above: bool = False) -> tuple[Ints, Ints, Ints]:
    """Interval, heads and weight of every requirement of a level about the heads below it, or above it."""
    rows = [
        (i, w.heads, w.weight)
        for i, interval in enumerate(pool.intervals)
        for w in interval.requirements
        if w.weight and w.level == level and w.above == above
    ]
    index, heads, weight = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return index, heads, weight


def _limited(pool: CompiledProblem) -> tuple[Ints, Ints, Ints]:
    """Limit, interval and heads of every requirement that counts against a shortage limit."""
    rows = [
        (w.limit, i, w.heads)
        for i, interval in enumerate(pool.intervals)
        for w in interval.requirements
        if w.limit >= 0
    ]
    limits, index, heads = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return limits, index, heads


def incidence(pool: CompiledProblem) -> Incidence:
    """The incidence of a pool, the same object for every count."""
    return pool.once(Incidence, lambda: Incidence(pool))


class HeadCount:
    """Counts of heads for a roster under construction, given as ``shift[person, day]`` and ``spot[person, day]``."""

    def __init__(self, pool: CompiledProblem) -> None:
        self.pool = pool
        self.at = at = incidence(pool)
        self._given, self._shared = given_lines(pool), shared_limits(pool)
        self.shift = np.full((len(pool.people), pool.days), -1, dtype=np.int64)
        self.spot = np.full_like(self.shift, -1)
        self.heads = at.fixed.copy()
        self.dependent_heads, self.companion_heads = at.begun.copy(), at.fixed_companions.copy()

    def _slot(self, day: int, shift: int, hotspot: int) -> int:
        _, shifts, spots = self.at.slots
        return (day * shifts + shift) * spots + hotspot

    # -- changing ----------------------------------------------------------------------------------------------------------

    def place(self, person: int, day: int, shift: int, hotspot: int) -> None:
        self._count(person, self._slot(day, shift, hotspot), 1)
        self.shift[person, day], self.spot[person, day] = shift, hotspot

    def remove(self, person: int, day: int) -> None:
        if self.shift[person, day] >= 0:
            self._count(person, self._slot(day, int(self.shift[person, day]), int(self.spot[person, day])), -1)
            self.shift[person, day] = self.spot[person, day] = -1

    def clear(self, person: int) -> None:
        for day in np.flatnonzero(self.shift[person] >= 0):
            self.remove(person, int(day))

    def _count(self, person: int, slot: int, step: int) -> None:
        mine = self.at.members[:, person]
        intervals = self.at.intervals_of_slot[slot]
        self.heads[intervals[mine[self.at.interval_staff_set[intervals]]]] += step
        co_presences = self.at.co_presences_of_slot[slot]
        self.dependent_heads[co_presences[mine[self.at.dependents[co_presences]]]] += step
        self.companion_heads[co_presences[mine[self.at.companions[co_presences]]]] += step

    # -- asking ------------------------------------------------------------------------------------------------------------

    def values(self) -> dict[Level, int]:
        """Every level but quality: weighted person-minutes short, and what changes cost."""
        found = self._short() | self._given.values(self.shift, self.spot)
        for limit, missing in zip(self._shared.shortages, self.missing().tolist(), strict=True):
            found[limit.level] += limit.cost * max(0, missing - limit.most)
        return {level: found[level] for level in self.pool.problem.leading_levels}

    def missing(self) -> Ints:
        """``[limit]``: person-minutes missing that count against each shortage limit."""
        limits, index, wanted = self.at.shortage_limits
        short = np.maximum(0, wanted - self.heads[index]) * self.at.minutes[index]
        return np.bincount(limits, short, minlength=len(self._shared.shortages)).astype(np.int64)

    def short_day(self, shift: Ints, spot: Ints, level: Level, random: np.random.Generator) -> int | None:
        """A day on which a roster misses heads of a level, drawn by how many minutes; None where it misses none."""
        self.load(shift, spot)
        index, wanted, weight = next((rows for found, *rows in self.at.requirements if found is level))
        missing = np.maximum(0, wanted - self.heads[index]) * weight * self.at.minutes[index]
        if not missing.any():
            return None
        interval = self.pool.intervals[int(index[random.choice(len(index), p=missing / missing.sum())])]
        return interval.duties[0][0] if interval.duties else None

    def points(self) -> int:
        """Points of the quality level that heads missing and heads too many cost."""
        index, most, weight = self.at.limits
        over = int((np.maximum(0, self.heads[index] - most) * weight * self.at.minutes[index]).sum())
        return self._short()[Level.QUALITY] + over

    def _short(self) -> dict[Level, int]:
        return {
            level: int((np.maximum(0, wanted - self.heads[index]) * weight * self.at.minutes[index]).sum())
            for level, index, wanted, weight in self.at.requirements
        }

    def gains(self, person: int) -> Ints:
        """What one more head of this person is worth on every post, ``[day, shift, hotspot]``: urgent minutes covered, company
        given to those who lack it, changes that are not made."""
        worth = np.zeros(len(self.heads), dtype=np.int64)
        for level, index, wanted, weight in self.at.requirements:
            worth[index] += np.where(self.heads[index] < wanted, weight * URGENCY[level], 0)
        mine = self.at.members[:, person]
        worth *= self.at.minutes * mine[self.at.interval_staff_set]
        total = np.bincount(self.at.interval_at, worth[self.at.interval_of], minlength=int(np.prod(self.at.slots)))
        lonely = self._lacking() & mine[self.at.companions]
        company = np.bincount(
            self.at.co_presence_at, (lonely * PAIRING * 60)[self.at.co_presence_of], minlength=total.size
        )
        # Without any row bincount counts in whole numbers, else in floats.
        found: Ints = (total + company).astype(np.int64)
        found = np.where(self._led_already(mine), found // LED_ALREADY, found).reshape(self.at.slots)
        return found - self._given.against_free(person, URGENCY) if self._given.levels else found

    def _led_already(self, mine: Bools) -> Bools:
        """Per post slot: whether those who are there are company enough for one more of the others, so that a person who is such
        company, by the staff sets ``mine``, is of more use where nobody is."""
        room = self.companion_heads * self.at.per > self.dependent_heads + self.at.fixed_dependents
        led = room & mine[self.at.companions]
        found: Bools = (
            np.bincount(self.at.co_presence_at[led[self.at.co_presence_of]], minlength=int(np.prod(self.at.slots))) > 0
        )
        return found

    def legal(self, person: int) -> Bools:
        """Posts ``[day, shift, hotspot]`` at which this person would have all the company they need from the others, and no quota
        is used up, however many duties they work."""
        mine = self.at.members[:, person]
        return self._free_of(
            person,
            mine[self.at.dependents] & (self.companion_heads + mine[self.at.companions] < self._needed_by_more()),
        )

    def accompanied(self, person: int) -> Bools:
        """Posts of this person where those of *other* staff sets who must be there are; own colleagues may still come."""
        mine = self.at.members[:, person]
        others = mine[self.at.dependents] & ~mine[self.at.companions]
        return self._free_of(person, others & (self.companion_heads < self._needed_by_more()))

    def _needed_by_more(self) -> Ints:
        """Companions that must be there when one more dependent comes."""
        return self.at.needed(self.dependent_heads + 1)

    def _lacking(self) -> Bools:
        """The stretches in which somebody stands without the company they need."""
        return np.asarray((self.dependent_heads > 0) & (self.companion_heads < self.at.needed(self.dependent_heads)))

    def _free_of(self, person: int, lacking: Bools) -> Bools:
        """A person's posts that lie in no lacking stretch."""
        blocked = np.zeros(int(np.prod(self.at.slots)), dtype=bool)
        blocked[self.at.co_presence_at[lacking[self.at.co_presence_of]]] = True
        return np.asarray(self.pool.post[person] & ~blocked.reshape(self.at.slots) & ~self._used_up(person))

    def _used_up(self, person: int) -> Bools:
        """``[hotspot]``: where a person counts against a quota that does not leave room for a duty on every day."""
        shared = self._shared
        if not len(shared.most):
            return np.zeros(self.at.slots[2], dtype=bool)
        full = shared.used(self.spot) + self.pool.days > shared.most
        return np.asarray(shared.counted[full, person].any(axis=0))

    def beyond_quotas(self) -> list[tuple[int, int]]:
        """(person, day) of the duties by which quotas are passed, the last ones of the last people."""
        shared, found = self._shared, []
        for counted, over in zip(shared.counted, (shared.used(self.spot) - shared.most).tolist(), strict=True):
            if over > 0:
                people, days = np.nonzero(self.spot >= 0)
                mine = counted[people, self.spot[people, days]]
                found += list(zip(people[mine].tolist(), days[mine].tolist(), strict=True))[-over:]
        return found

    def lonely(self, people: Sequence[int] | None = None) -> list[tuple[int, int]]:
        """(person, day) of everybody (or of ``people``) who stands somewhere without the company they need; those who are company
        to others there come last."""
        short = self._lacking()
        if not short.any():
            return []
        bad = np.bincount(self.at.co_presence_at[short[self.at.co_presence_of]], minlength=int(np.prod(self.at.slots)))
        found: list[tuple[int, int]] = []
        last: list[tuple[int, int]] = []
        for person in range(len(self.pool.people)) if people is None else people:
            for day in np.flatnonzero(self.shift[person] >= 0):
                slot = self._slot(int(day), int(self.shift[person, day]), int(self.spot[person, day]))
                if bad[slot]:
                    co_presences = self.at.co_presences_of_slot[slot]
                    mine = self.at.members[:, person]
                    lacking = co_presences[short[co_presences] & mine[self.at.dependents[co_presences]]]
                    if lacking.size:
                        gives = mine[self.at.companions[lacking]] & (self.at.per[lacking] > 0)
                        (last if gives.all() else found).append((person, int(day)))
        return found + last

    def stretches_alone(self) -> int:
        """Stretches in which somebody stands without the company they need."""
        return int(self._lacking().sum())

    def restore(self, person: int, shift: Ints, spot: Ints) -> None:
        """Give one person another line and posts, ``[day]`` each (−1: free)."""
        self.clear(person)
        for day in np.flatnonzero(shift >= 0):
            self.place(person, int(day), int(shift[day]), int(spot[day]))

    def load(self, shift: Ints, spot: Ints) -> None:
        """Start again from a whole roster."""
        self.shift, self.spot = shift.copy(), spot.copy()
        people, days = np.nonzero(shift >= 0)
        slots = (days * self.at.slots[1] + shift[people, days]) * self.at.slots[2] + spot[people, days]
        standing = np.zeros((len(self.at.members), int(np.prod(self.at.slots))), dtype=np.int64)
        for row, member in zip(standing, self.at.members, strict=True):
            np.add.at(row, slots[member[people]], 1)

        def counted(fixed: Ints, staff_set: Ints, at: Ints, row: Ints) -> Ints:
            found = fixed.copy()
            np.add.at(found, row, standing[staff_set[row], at])
            return found

        self.heads = counted(self.at.fixed, self.at.interval_staff_set, self.at.interval_at, self.at.interval_of)
        self.dependent_heads = counted(
            self.at.begun, self.at.dependents, self.at.co_presence_at, self.at.co_presence_of
        )
        self.companion_heads = counted(
            self.at.fixed_companions, self.at.companions, self.at.co_presence_at, self.at.co_presence_of
        )
