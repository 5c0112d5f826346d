"""The first legal roster, in seconds: one person after another by the dynamic programme, then repair.

Each person gets the line that covers most of what is still missing. Whoever is then left without the company the rules ask
for is given a new line among the posts where company stands; in the last resort the line that holds only the locks, legal or
not: then :mod:`~scheduler.engine.initial_roster` goes on.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.engine.cached_evaluator import evaluator
from scheduler.engine.compiled_problem import Bools, CompiledProblem, Ints
from scheduler.engine.headcount import HeadCount
from scheduler.engine.impossible import person_without_line
from scheduler.engine.lines.labelling import Line, LineModel
from scheduler.errors import OutOfTimeError
from scheduler.vocabulary.constraints import Apart

CAP = 300
"""Labels kept a day while building: lines stay legal, a few minutes of work are lost, the roster is ten times
sooner."""

ATTEMPTS = 12
"""How often those who lack company are moved before they go home."""


class Builder:
    """Builds and repairs a roster person by person."""

    def __init__(self, pool: CompiledProblem, models: Sequence[LineModel], seed: int) -> None:
        self._pool = pool
        self._models = models
        self._random = np.random.default_rng(seed)
        self._enemies: dict[int, list[int]] = {}
        for apart in pool.problem.all(Apart):
            a, b = pool.person[apart.person], pool.person[apart.other]
            self._enemies.setdefault(a, []).append(b)
            self._enemies.setdefault(b, []).append(a)
        self._led = np.zeros(len(pool.people), dtype=bool)
        """Who may stand only where there are enough holders of a role, and is none."""
        for of, by in {(item.dependents, item.companions) for item in pool.co_presences if item.per}:
            self._led |= pool.staff_sets[of] & ~pool.staff_sets[by]
        self.heads = HeadCount(pool)
        self.unplaced: list[int] = []
        """Those for whom no line was found in time; they hold their locks and nothing else."""

    def build(self, start: tuple[Ints, Ints] | None = None) -> tuple[Ints, Ints]:
        """A roster as ``shift[person, day]`` and ``spot[person, day]`` that holds all locks, and is legal but where repair ended
        in a corner, or where the rules of somebody ``unplaced`` do not let them stay at home. From a ``start`` everybody keeps as
        many duties as are legal. Raises :class:`ContradictionError` where the rules leave somebody no line at all."""
        order = self._order()
        try:
            if start is not None:
                order = [person for person in order if not self._go_on(person, start[0][person], start[1][person])]
                self.unplaced = order
                self._thin_out()
            for person in order:
                if self._led[person] and (self._pool.forced[person] >= 0).any():
                    self._hold_locks(person)  # Holders of the role, who come first, should know where they are needed.
            for number, person in enumerate(order):
                self.unplaced = order[number:]
                self._begin(person)
            self.unplaced = []
            if self._led.any():
                self._take_off()
                # A start should stay; else those who are left may fill what others had to leave.
                for person in () if start is not None else order:
                    self.renew(person, strict=True)
                self._take_off()
            self.repair()
        except OutOfTimeError:
            for person in self.unplaced:
                self._hold_locks(person)
            self._part()
        return self.heads.shift.copy(), self.heads.spot.copy()

    def _begin(self, person: int) -> None:
        """The first line of somebody."""
        if not (self.renew(person, strict=False) or self._renew(person, self._pool.post[person])):
            raise person_without_line(self._pool.people[person])

    def _go_on(self, person: int, shift: Ints, spot: Ints) -> bool:
        """Give somebody the line of a start with their locks, or the most of it that is legal; False when nothing is."""
        pool, line, spots = self._pool, shift.copy(), np.maximum(spot, 0)
        worked = np.flatnonzero(line >= 0)
        line[worked[~pool.post[person, worked, line[worked], spots[worked]]]] = -1
        forced = pool.forced[person]
        places = np.repeat(spots[:, np.newaxis], len(pool.shifts), axis=1)
        among, places = self.with_locks(person, np.zeros_like(pool.allowed[person]), places)
        line[forced >= 0] = forced[forced >= 0]
        worked = np.flatnonzero(line >= 0)
        among[worked, line[worked]] = True
        for day in np.flatnonzero(forced >= 0):
            held, duty = pool.locked_at.get((person, int(day))), forced[day]
            kept = spot[day] if shift[day] == duty and pool.post[person, day, duty, spots[day]] else places[day, duty]
            places[day, duty] = kept if held is None else held
        found = (line + 1).astype(np.int16)
        # Read, not asked of a model: that takes longer to make, and a start has to stand where there is no time for it.
        if not evaluator(pool).lawful(person, line, np.where(line >= 0, places[range(pool.days), line], -1)):
            mended = self._most_of(person, among)
            if mended is None:
                return False
            found = mended
        self.place(person, found, places)
        return True

    def _most_of(self, person: int, among: Bools) -> Line | None:
        """The line with most of some duties that is legal; None where there is none, or no time to look."""
        try:
            found = self._models[person].best(among.astype(np.int64), among=among, cap=CAP)
        except OutOfTimeError:
            return None
        return None if found is None else found[1]

    def _thin_out(self) -> None:
        """Take those who lack company off these duties, as long as there are some, and no others: a start should stay."""
        for _ in range(ATTEMPTS):
            for person, day in self._misplaced_freely():
                self._move(person, day)
        while misplaced := self._misplaced_freely():
            days: dict[int, list[int]] = {}
            for person, day in misplaced:
                days.setdefault(person, []).append(day)
            for person, lonely in days.items():
                self._leave_out(person, lonely)

    def _take_off(self) -> None:
        """Move those who lack company once, then take one after another off these duties. Where many depend on a few holders of a
        role, a new line of a holder, or none, leaves more people without than before."""
        for person, day in self._misplaced_freely():
            self._move(person, day)
        while misplaced := self._misplaced_freely():
            first = misplaced[0][0]
            self._leave_out(first, [day for person, day in misplaced if person == first])

    def _misplaced_freely(self) -> list[tuple[int, int]]:
        """(person, day) of those misplaced who are not locked there."""
        return [(person, day) for person, day in self.misplaced() if self._pool.forced[person, day] < 0]

    def _leave_out(self, person: int, days: Sequence[int]) -> None:
        """The most of a line that is legal without some days; only the locks where nothing is."""
        shift, spot = self.heads.shift[person].copy(), self.heads.spot[person].copy()
        shift[days] = -1
        self.heads.clear(person)
        if not self._go_on(person, shift, spot):
            self._hold_locks(person)

    def _hold_locks(self, person: int) -> None:
        """Only the locks, each where company stands already if it does anywhere."""
        forced = self._pool.forced[person]
        self.heads.clear(person)
        nowhere = np.zeros_like(self._pool.allowed[person])
        spots = self.heads.gains(person).argmax(axis=2)
        _, spots = self.with_locks(person, nowhere, spots)
        for day in np.flatnonzero(forced >= 0):
            self.heads.place(person, int(day), int(forced[day]), int(spots[day, forced[day]]))

    def _order(self) -> list[int]:
        """Those who can stand anywhere: police before those whom they accompany, drivers before their crew, locked people
        first, then the fewest posts."""
        pool = self._pool
        accompanied = {
            co_presence.dependents
            for co_presence in pool.co_presences
            if co_presence.dependents != co_presence.companions and not co_presence.per
        }
        accompanied_people = np.zeros(len(pool.people), dtype=bool)
        for staff_set in accompanied:
            accompanied_people |= pool.staff_sets[staff_set] & ~self._hosts()
        posts = pool.post.sum(axis=(1, 2, 3))
        locked: Bools = np.asarray((pool.forced >= 0).any(axis=1))
        jitter = self._random.random(len(pool.people))
        able = [p for p in range(len(pool.people)) if posts[p] > 0]
        return sorted(
            able,
            key=lambda p: (bool(accompanied_people[p]), bool(self._led[p]), not locked[p], int(posts[p]), jitter[p]),
        )

    def _hosts(self) -> Bools:
        hosts = np.zeros(len(self._pool.people), dtype=bool)
        for co_presence in self._pool.co_presences:
            of, by = (self._pool.staff_sets[each] for each in (co_presence.dependents, co_presence.companions))
            if of.any() and not (of & by).any():
                hosts |= by
        return hosts

    def renew(self, person: int, *, strict: bool) -> bool:
        """Give one person the best line against everybody else's. ``strict``: only posts with company already there.

        False when no such line holds the person's locks: then nothing changes.
        """
        before = self.heads.shift[person].copy(), self.heads.spot[person].copy()
        self.heads.clear(person)
        legal = self.open_posts(person) if strict else self.heads.accompanied(person) & ~self._near_enemies(person)
        try:
            if self._renew(person, legal):
                return True
        except OutOfTimeError:
            self.heads.restore(person, *before)
            raise
        self.heads.restore(person, *before)
        return False

    def _renew(self, person: int, legal: Bools) -> bool:
        """Give a cleared person the best line of some posts; False when there is none."""
        gains = self.heads.gains(person)
        gains[~legal] = -1
        spots = gains.argmax(axis=2)
        reward = np.maximum(gains.max(axis=2), 0)
        among, spots = self.with_locks(person, np.asarray(legal.any(axis=2)), spots)
        found = self._models[person].best(reward, among=among, cap=CAP)
        if found is None:
            return False
        self.place(person, found[1], spots)
        return True

    def open_posts(self, person: int) -> Bools:
        """Posts ``[day, shift, hotspot]`` where a person would have all the company they need and meets nobody to keep away
        from."""
        return np.asarray(self.heads.legal(person) & ~self._near_enemies(person))

    def with_locks(self, person: int, among: Bools, spots: Ints) -> tuple[Bools, Ints]:
        """``among[day, shift]`` with the locked duties always in, and a hotspot for them in ``spots[day, shift]``."""
        forced = self._pool.forced[person]
        for day in np.flatnonzero(forced >= 0):
            if not among[day, forced[day]]:
                among[day, forced[day]] = True
                open_here = self._pool.post[person, day, forced[day]]
                free = open_here & ~self._near_enemies(person)[day, forced[day]]
                spots[day, forced[day]] = int((free if free.any() else open_here).argmax())
        return among, spots

    def _near_enemies(self, person: int) -> Bools:
        pool, heads = self._pool, self.heads
        near = np.zeros((pool.days, len(pool.shifts), len(pool.hotspots)), dtype=bool)
        for enemy in self._enemies.get(person, ()):
            for a, (e, m) in pool.overlapping:
                if heads.shift[enemy, e] == m:
                    near[a[0], a[1], heads.spot[enemy, e]] = True
        return near

    def place(self, person: int, line: Line, spots: Ints) -> None:
        """Put a cleared person on a line, each duty at its hotspot ``spots[day, shift]``."""
        for day in np.flatnonzero(line):
            shift = int(line[day]) - 1
            self.heads.place(person, int(day), shift, int(spots[day, shift]))

    def repair(self) -> None:
        """Until nobody stands without the company they need, or with somebody to keep away from: move them, then renew strictly,
        then send them home. Who holds a lock may still be left so."""
        for attempt in range(ATTEMPTS):
            if not self.misplaced():
                return
            for person, day in self.misplaced():
                self._move(person, day)
            for person in sorted({person for person, _ in self.misplaced()}):
                if any(still == person for still, _ in self.misplaced()):
                    self.renew(person, strict=attempt > 2)
        self._part()

    def _part(self) -> None:
        """Send home who is misplaced, until nobody is but at a lock."""
        while any(self._send_home(person) for person, _ in self.misplaced()):
            pass

    def misplaced(self) -> list[tuple[int, int]]:
        """(person, day) of everybody who lacks company, works beyond a quota, or meets somebody to keep away from."""
        return (
            self.heads.lonely()
            + self.heads.beyond_quotas()
            + [
                (person, int(day))
                for person in self._enemies
                for near in [self._near_enemies(person)]
                for day in np.flatnonzero(self.heads.shift[person] >= 0)
                if near[day, self.heads.shift[person, day], self.heads.spot[person, day]]
            ]
        )

    def _move(self, person: int, day: int) -> None:
        """Another hotspot on the same duty, where company stands already."""
        heads = self.heads
        shift = int(heads.shift[person, day])
        if shift < 0:
            return
        spot = int(heads.spot[person, day])
        heads.remove(person, day)
        legal = heads.legal(person)[day, shift] & ~self._near_enemies(person)[day, shift]
        worth = np.where(legal, heads.gains(person)[day, shift] + 1, 0)
        heads.place(person, day, shift, int(worth.argmax()) if worth.max() > 0 else spot)

    def _send_home(self, person: int) -> bool:
        """The line that holds only the locks; False when the person already has it."""
        pool = self._pool
        forced = pool.forced[person]
        worked = np.flatnonzero(self.heads.shift[person] >= 0)
        if all(forced[day] >= 0 for day in worked):
            return False
        spots = {int(day): int(self.heads.spot[person, day]) for day in worked if forced[day] >= 0}
        self.heads.clear(person)
        for day, spot in spots.items():
            self.heads.place(person, day, int(forced[day]), spot)
        return True
