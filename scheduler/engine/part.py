"""The staffing program of one part of the pool: flows of its groups, who stands where, and what is short.

It relaxes the whole problem: the head counts of every legal roster satisfy its rows, with what is short no more than in the
roster. So its optimum is a lower bound for the whole problem, level by level. Company of another part (police for
peacekeepers), people kept apart, and personal rests over a weekend are left out, which keeps that true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from scheduler.constraints import COVERAGE_LEVELS, Level
from scheduler.engine.flow import add_group
from scheduler.engine.groups import Group, Grouping, Part
from scheduler.engine.linear import Floats, Outcome, Program, Relaxed, Row
from scheduler.engine.pool import Ints, Pool
from scheduler.engine.promise import Promise

Most = Callable[[int, Ints], int]
"""``most(person, worth)``: the largest Σ worth[day, shift] over the duties of any legal line of a person position."""
_SCALE = 20_000
"""Worth of the dearest duty in a cut."""
_SLACK = 1e-7


class PartProgram:
    """The staffing program of one part: the flow of its groups, their posts, and what is short in each cell."""

    def __init__(self, pool: Pool, found: Grouping, part: Part) -> None:
        self.pool = pool
        self.part = part
        self.program = Program()
        self.work = {index: add_group(self.program, pool, found.groups[index]).work for index in part.groups}
        self._groups = {index: found.groups[index] for index in part.groups}
        self.posts: dict[int, Ints] = {}
        self._standing_rows: dict[int, Ints] = {}
        """Of each class: the rows ``[day, shift]`` that say that everybody stands somewhere; their price is that of a duty."""
        for item in part.classes:
            self._stand(found, item)
        self._short: dict[Level, tuple[Ints, Ints]] = {}
        self._shortage: list[tuple[int, Ints, int]] = []
        """(column of what is short, columns of who is there, heads wanted beside those there from history)."""
        self._cover(found)
        self._patrol(found)

    def _stand(self, found: Grouping, item: int) -> None:
        """Who works stands at exactly one hotspot; locks to a hotspot hold."""
        pool, people = self.pool, list(found.classes[item].people)
        low = np.zeros(pool.post.shape[1:], dtype=np.int64)
        for person in people:
            for day in np.flatnonzero(pool.forced[person] >= 0):
                spot = pool.locked_at.get((person, int(day)))
                if spot is not None:
                    low[day, pool.forced[person, day], spot] += 1
        posts = self.program.columns(pool.post[people].sum(axis=0), low, integer=True)
        self.posts[item] = posts
        work = np.stack([self.work[index] for index in self.part.groups if found.groups[index].posting == item])
        first, shape = len(self.program.rows), pool.allowed.shape[1:]
        self._standing_rows[item] = np.arange(first, first + shape[0] * shape[1]).reshape(shape)
        for day, shift in np.ndindex(pool.allowed.shape[1:]):
            terms = [(posts[day, shift], 1), (work[:, day, shift], -1)]
            self.program.row(terms, 0, "everybody on a duty stands at one hotspot", low=0)
        for index in self.part.groups:
            if found.groups[index].posting == item:
                self._lock(found.groups[index], self.work[index])

    def _lock(self, group: Group, work: Ints) -> None:
        forced = self.pool.forced[list(group.people)]
        for day, shift in {(int(day), int(forced[row, day])) for row, day in np.argwhere(forced >= 0)}:
            held = int((forced[:, day] == shift).sum())
            self.program.row([(work[day, shift], -1)], -held, "locked duties are worked")

    def _standing(self, found: Grouping, crowd: int, hotspot: int, duties: Sequence[tuple[int, int]]) -> Ints:
        """Columns of the people of a crowd who stand somewhere on one of some duties."""
        member = self.pool.crowds[crowd]
        chosen = [
            self.posts[item][day, shift, hotspot]
            for item in self.part.classes
            if member[found.classes[item].people[0]] and hotspot in found.classes[item].hotspots
            for day, shift in duties
        ]
        return np.array(chosen, dtype=np.int64)

    def _cover(self, found: Grouping) -> None:
        short: dict[Level, list[tuple[int, int]]] = {level: [] for level in COVERAGE_LEVELS}
        for cell in self.part.cells:
            present = self._standing(found, cell.crowd, cell.hotspot, cell.duties)
            for want in cell.wants:
                missing = want.heads - cell.fixed
                if want.level not in short or missing <= 0:
                    continue
                column = int(self.program.columns(np.array([missing]), integer=True)[0])
                self.program.row([(present, -1), (column, -1)], -missing, "who is not there is missing")
                self._shortage.append((column, present, missing))
                short[want.level].append((column, want.weight * cell.minutes))
        for level, found_short in short.items():
            if found_short:
                columns, costs = np.array(found_short, dtype=np.int64).T
                self._short[level] = (columns, costs)

    def _patrol(self, found: Grouping) -> None:
        """Nobody stands alone: where anyone of a crowd is, at least so many of their own are."""
        posts = self._manned()
        for patrol in self.part.patrols:
            if patrol.least <= posts.get((patrol.hotspot, patrol.by), 0):
                continue
            of = self._standing(found, patrol.of, patrol.hotspot, patrol.duties)
            by = self._standing(found, patrol.by, patrol.hotspot, patrol.duties)
            if patrol.fixed_of or not of.size:
                continue
            held = int(self.program.columns(np.array([1]), integer=True)[0])
            most = int(self.pool.crowds[patrol.of].sum())
            self.program.row([(of, 1), (held, -most)], 0, "a patrol that is there is there")
            self.program.row([(by, -1), (held, patrol.least)], patrol.fixed_by, "nobody stands alone")

    def _manned(self) -> dict[tuple[int, int], int]:
        """The least that is wanted as a minimum at (hotspot, crowd), at every moment. Where so many stand nearly always, the
        rows about patrols cost much time and bind nothing."""
        wanted: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for cell in self.part.cells:
            heads = max((want.heads for want in cell.wants if want.level < Level.TARGETS), default=0)
            wanted[cell.hotspot, cell.crowd].append((cell.minutes, heads))
        end = self.pool.instance.calendar.end
        return {
            key: min(heads for _, heads in found)
            for key, found in wanted.items()
            if sum(minutes for minutes, _ in found) >= end
        }

    def tidy(self, columns: Floats) -> Floats:
        """The same head counts, whole, with nothing called short that is not: a start for any level."""
        whole = np.rint(columns)
        for column, present, missing in self._shortage:
            whole[column] = max(0.0, missing - whole[present].sum())
        return whole

    def wants(self, level: Level) -> bool:
        return level in self._short

    def cap(self, level: Level, most: int) -> list[Row]:
        """A row that holds the value of a level at ``most``."""
        if level not in self._short:
            return []
        columns, costs = self._short[level]
        order = np.argsort(columns)
        return [Row(columns[order], costs[order], most, f"the level {level.name} is not spoilt")]

    def solve(
        self, level: Level, caps: Mapping[Level, int], *, seconds: float, seed: int = 0, hint: Floats | None = None
    ) -> Outcome:
        """The least value of a level when the levels in ``caps`` are at most so high."""
        return self.program.solve(self._short[level], self._caps(caps), seconds=seconds, seed=seed, hint=hint)

    def relax(self, level: Level, caps: Mapping[Level, int], *, seconds: float, seed: int = 0) -> Relaxed:
        """A bound on that value, soon."""
        return self.program.relax(self._short[level], self._caps(caps), seconds=seconds, seed=seed)

    def promise(self, level: Level, caps: Mapping[Level, int], relaxed: Relaxed) -> Promise:
        """What a relaxation under ``caps`` says about every roster."""
        step = int(np.gcd.reduce(self._short[level][1]))
        if not caps:
            return Promise(relaxed.optimum, step)
        if relaxed.prices is None:
            return Promise(0.0, step)
        held = [earlier for earlier in caps if earlier in self._short]
        saved = relaxed.prices[len(relaxed.prices) - len(held) :]
        prices = {earlier: max(0.0, float(price)) for earlier, price in zip(held, saved, strict=True)}
        return Promise(relaxed.optimum, step, dict(caps), prices)

    def sharpen(self, relaxed: Relaxed, most: Most) -> bool:
        """Cut off head counts that no lines of work add up to, in the direction of the duties' prices; whether anything was."""
        if relaxed.columns is None or relaxed.prices is None:
            return False
        cut = False
        for index, group in self._groups.items():
            worth = _whole(relaxed.prices[self._standing_rows[group.posting]])
            cut |= self._cut(index, worth, most, relaxed.columns)
        return cut

    def limit_hours(self, most: Most) -> None:
        """The same in the direction of paid minutes: the one that nearly always binds."""
        for index in self._groups:
            self._cut(index, self.pool.paid, most, None)

    def _cut(self, index: int, worth: Ints, most: Most, columns: Floats | None) -> bool:
        """Σ worth · work ≤ Σ over people of the worthiest line, unless ``columns`` satisfy that."""
        used = worth > 0
        work = self.work[index]
        held = np.inf if columns is None else float(columns[work[used]] @ worth[used])
        if not used.any() or held <= 0:
            return False
        high = sum(most(person, worth) for person in self._groups[index].people)
        if held <= high * (1 + _SLACK):
            return False
        self.program.weighted(work[used], worth[used], high, "nobody's line of work is worth more than their best")
        return True

    def _caps(self, caps: Mapping[Level, int]) -> list[Row]:
        return [row for level, most in caps.items() for row in self.cap(level, most)]


def _whole(prices: Floats) -> Ints:
    """Prices as whole numbers that run up to ``_SCALE``."""
    top = float(prices.max(initial=0.0))
    return np.rint(np.maximum(prices, 0.0) * (_SCALE / top if top > 0 else 0.0)).astype(np.int64)
