"""The staffing program of one part of the pool: flows of its groups, who stands where, and what is short.

It relaxes the whole problem: the head counts of every legal roster satisfy its rows, with what is short no more than in the
roster. So its optimum is a lower bound for the whole problem, level by level. Whole people, company (patrols of two,
co-presence), people kept apart, and personal rests over a weekend are left out, which keeps that true.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from scheduler.constraints import COVERAGE_LEVELS, Level
from scheduler.engine.pool import Ints, Pool
from scheduler.engine.proof.flow import add_group
from scheduler.engine.proof.groups import Group, Grouping, Part
from scheduler.engine.proof.linear import Floats, Program, Relaxation, Relaxed
from scheduler.engine.proof.promise import ROUNDING, Promise
from scheduler.errors import ContradictionError

Most = Callable[[int, Ints], int]
"""``most(person, worth)``: the largest Σ worth[day, shift] over the duties of any legal line of a person position."""
Left = Callable[[], float]
"""How many seconds are left, by now."""
ROUNDS = 8
"""Relaxations of a level at most; two to four are usual."""
_SCALE = 20_000
"""Worth of the dearest duty in a cut."""
_SLACK = 1e-7


class PartProgram:
    """The staffing program of one part, and what it has promised so far. Levels are to be bounded in their order."""

    def __init__(self, pool: Pool, found: Grouping, part: Part) -> None:
        self.program = Program()
        self.promises: dict[Level, Promise] = {}
        self._pool = pool
        self._part = part
        self.work = {index: add_group(self.program, pool, found.groups[index]).work for index in part.groups}
        self._groups = {index: found.groups[index] for index in part.groups}
        self._posts: dict[int, Ints] = {}
        self._standing_rows: dict[int, Ints] = {}
        """Of each class: the rows ``[day, shift]`` that say that everybody stands somewhere; their price is that of a duty."""
        for item in part.classes:
            self._stand(found, item)
        self._short: dict[Level, tuple[Ints, Ints]] = {}
        self._cover(found)
        self._relaxation = Relaxation(self.program)
        self._capped: dict[Level, tuple[int, int]] = {}
        """(row that holds the value of a level, that value)."""

    def _stand(self, found: Grouping, item: int) -> None:
        """Who works stands at exactly one hotspot; locks to a hotspot hold."""
        pool, people = self._pool, list(found.classes[item].people)
        low = np.zeros(pool.post.shape[1:], dtype=np.int64)
        for person in people:
            for day in np.flatnonzero(pool.forced[person] >= 0):
                spot = pool.locked_at.get((person, int(day)))
                if spot is not None:
                    low[day, pool.forced[person, day], spot] += 1
        posts = self.program.columns(pool.post[people].sum(axis=0), low)
        self._posts[item] = posts
        work = np.stack([self.work[index] for index, group in self._groups.items() if group.posting == item])
        first, shape = len(self.program.rows), pool.allowed.shape[1:]
        self._standing_rows[item] = np.arange(first, first + shape[0] * shape[1]).reshape(shape)
        for day, shift in np.ndindex(shape):
            terms = [(posts[day, shift], 1), (work[:, day, shift], -1)]
            self.program.row(terms, 0, "everybody on a duty stands at one hotspot", low=0)
        for index, group in self._groups.items():
            if group.posting == item:
                self._lock(group, self.work[index])

    def _lock(self, group: Group, work: Ints) -> None:
        forced = self._pool.forced[list(group.people)]
        for day, shift in {(int(day), int(forced[row, day])) for row, day in np.argwhere(forced >= 0)}:
            held = int((forced[:, day] == shift).sum())
            self.program.row([(work[day, shift], -1)], -held, "locked duties are worked")

    def _standing(self, found: Grouping, crowd: int, hotspot: int, duties: Sequence[tuple[int, int]]) -> Ints:
        """Columns of the people of a crowd who stand somewhere on one of some duties."""
        member = self._pool.crowds[crowd]
        chosen = [
            self._posts[item][day, shift, hotspot]
            for item in self._part.classes
            if member[found.classes[item].people[0]] and hotspot in found.classes[item].hotspots
            for day, shift in duties
        ]
        return np.array(chosen, dtype=np.int64)

    def _cover(self, found: Grouping) -> None:
        short: dict[Level, list[tuple[int, int]]] = {level: [] for level in COVERAGE_LEVELS}
        for cell in self._part.cells:
            present = self._standing(found, cell.crowd, cell.hotspot, cell.duties)
            for want in cell.wants:
                missing = want.heads - cell.fixed
                if want.level not in short or missing <= 0:
                    continue
                column = int(self.program.columns(np.array([missing]))[0])
                self.program.row([(present, -1), (column, -1)], -missing, "who is not there is missing")
                short[want.level].append((column, want.weight * cell.minutes))
        for level, found_short in short.items():
            if found_short:
                columns, costs = np.array(found_short, dtype=np.int64).T
                self._short[level] = (columns, costs)

    def wants(self, level: Level) -> bool:
        return level in self._short

    # -- bounding ------------------------------------------------------------------------------------------------------

    def bound(self, level: Level, most: Most, left: Left, better: Callable[[], None]) -> None:
        """Sharper and sharper promises about a level, ``better`` being called at each, until cuts gain nothing or no time is
        left."""
        if not self.promises:
            self._limit_hours(most, left)
        step, before = self._aim(level), -1.0
        for _ in range(ROUNDS):
            relaxed = self._relaxation.solve(left)
            if relaxed is None:
                return
            if not relaxed.feasible:
                if self._capped:
                    return  # Cuts of this level have raised an earlier one: what was promised before stays.
                raise ContradictionError(["no roster can keep all the locks together with the hard rules"])
            promise = self._promise(relaxed, step)
            if level not in self.promises or promise.base > self.promises[level].base:
                self.promises[level] = promise
                better()
            if relaxed.bound <= before + ROUNDING or not self._sharpen(relaxed, most, left):
                return
            before = relaxed.bound

    def _aim(self, level: Level) -> int:
        """Minimise a level with the earlier ones held at what they are promised to be at least; the step of its values."""
        for earlier, known in self.promises.items():
            if earlier not in self._capped:
                columns, costs = self._short[earlier]
                self._capped[earlier] = (len(self.program.rows), known.base)
                high = known.base + ROUNDING * known.step
                self.program.weighted(columns, costs, high, f"the level {earlier.name} is not spoilt")
        columns, costs = self._short[level]
        step = int(np.gcd.reduce(costs))
        self._relaxation.minimise(columns, costs / step)
        return step

    def _promise(self, relaxed: Relaxed, step: int) -> Promise:
        """What a relaxation says about every roster."""
        caps = {earlier: base for earlier, (_, base) in self._capped.items()}
        prices = {earlier: max(0.0, float(relaxed.prices[row]) * step) for earlier, (row, _) in self._capped.items()}
        return Promise(max(0.0, relaxed.bound * step), step, caps, prices)

    def _sharpen(self, relaxed: Relaxed, most: Most, left: Left) -> bool:
        """Cut off head counts that no lines of work add up to, in the direction of the duties' prices; whether anything was."""
        cut = False
        for index, group in self._groups.items():
            worth = _whole(relaxed.prices[self._standing_rows[group.posting]])
            cut |= self._cut(index, worth, most, left, relaxed.columns)
        return cut

    def _limit_hours(self, most: Most, left: Left) -> None:
        """The same in the direction of paid minutes: the one that nearly always binds."""
        for index in self._groups:
            self._cut(index, self._pool.paid, most, left, None)

    def _cut(self, index: int, worth: Ints, most: Most, left: Left, columns: Floats | None) -> bool:
        """Σ worth · work ≤ Σ over people of the worthiest line, unless ``columns`` satisfy that or time runs out."""
        used = worth > 0
        work = self.work[index]
        held = np.inf if columns is None else float(columns[work[used]] @ worth[used])
        if not used.any() or held <= 0:
            return False
        high = 0
        for person in self._groups[index].people:
            if left() <= 0:
                return False
            high += most(person, worth)
        if held <= high * (1 + _SLACK):
            return False
        self.program.weighted(work[used], worth[used], high, "nobody's line of work is worth more than their best")
        return True


def _whole(prices: Floats) -> Ints:
    """Prices as whole numbers that run up to ``_SCALE``."""
    top = float(prices.max(initial=0.0))
    return np.rint(np.maximum(prices, 0.0) * (_SCALE / top if top > 0 else 0.0)).astype(np.int64)
