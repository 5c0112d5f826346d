"""Bounds for other numbers of people, by column generation: one program for all of them.

Whoever could come is in the program, nought times. What is said to be the worth of a head bounds the roster for every number of
people at once: each person costs what their best line does. So the worth is looked for at a few numbers, each from the last one's
columns, and all others are bounded beside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.analysis.staffing_curve import StaffingCurve, StaffingCurves
from scheduler.engine.columns.master import HOUR, Master
from scheduler.engine.columns.optimum import Pricing, Solution
from scheduler.engine.columns.pricing import Left, pricings
from scheduler.engine.compiled_problem import CompiledProblem, Ints
from scheduler.engine.lines.models import LineModels
from scheduler.engine.proof.bounds import weights_of
from scheduler.engine.proof.column_bounds import Columns
from scheduler.engine.shared_limits import shared_limits
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.problem.staffing import StaffGroup, leaving, staff_groups, with_more
from scheduler.rules import declare
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Level, Quota, before

NEAR = 0.0001
"""Share of what is required that the bound of a pool may be from its best."""


def staffing_curves(
    instance: Instance,
    numbers: Sequence[int],
    left: Left,
    held: Mapping[Level, int] | None = None,
    roster: Roster | None = None,
    farthest: int = 0,
) -> StaffingCurves:
    """What is missing at least with so many people more, or fewer, in each pool. ``numbers`` are where the bounds are made as
    good as they get; those between are bounded too, and those beyond, up to the ``farthest``.

    What is said of the targets is said of rosters that miss no more at the minimums than is ``held`` there, in the unit of each
    level, or than must be missed with these people; without it, of all. Lines of a ``roster`` help to begin with.
    """
    asked = sorted({0, *numbers})
    return _Curves(
        instance, asked, range(asked[0], max(asked[-1], farthest) + 1), left, held or {}, roster or Roster()
    ).found()


@dataclass(frozen=True)
class _Pool:
    """A component, by its position: who could come, one like each of its groups, and who would leave, the first first."""

    position: int
    groups: tuple[StaffGroup, ...]
    comers: tuple[int, ...]
    leavers: tuple[int, ...]

    def copies(self, number: int, comers: Sequence[int]) -> dict[int, int]:
        """How often who could come or leave is there when ``number`` more are, all like the first of some ``comers``."""
        here = dict.fromkeys(self.leavers, 1) | dict.fromkeys(self.comers, 0)
        return here | dict.fromkeys(self.leavers[: max(0, -number)], 0) | dict.fromkeys(comers[:1], max(0, number))


class _Curves:
    def __init__(
        self,
        instance: Instance,
        numbers: Sequence[int],
        known: range,
        left: Left,
        held: Mapping[Level, int],
        roster: Roster,
    ) -> None:
        self._instance, self._left, self._held = instance, left, held
        self._groups = staff_groups(instance)
        self._all = known
        self._size = Counter(StaffGroup(member.organisation, instance.category(member.id)) for member in instance.staff)
        self._whole = CompiledProblem(declare(with_more(instance, dict.fromkeys(self._groups, 1))))
        models = LineModels(self._whole)
        self._columns = Columns(self._whole, models)
        self._columns.offer(self._lines(models, roster))
        self._pools = list(self._found_pools())
        self._numbers = sorted(numbers, key=lambda number: (number < 0, abs(number)))
        self._complete = True
        self._quotas: dict[tuple[int, int], Ints] = {}

    def _lines(self, models: LineModels, roster: Roster) -> Ints:
        """A legal line of everybody: that of the roster where it is one."""
        whole = self._whole
        shift, _ = whole.arrays(Roster.of(cell for cell in roster if cell.staff in whole.person))
        for person, model in enumerate(models):
            if model.cost((shift[person] + 1).astype(np.int16)) is None and (best := model.best()) is not None:
                shift[person] = best[1].astype(np.int64) - 1
        return shift

    def _found_pools(self) -> Iterator[_Pool]:
        people, instance = self._whole.people, self._instance
        come = [member.id for member in self._whole.problem.instance.staff[len(instance.staff) :]]
        places = dict(zip(come, self._groups, strict=True))
        for position, master in enumerate(self._columns.masters):
            comers = {places[people[person]]: person for person in master.members if people[person] in places}
            groups = tuple(sorted(comers, key=lambda group: -self._size[group]))
            members = {people[person] for person in master.members}
            leavers = tuple(self._whole.person[staff] for staff in leaving(instance, groups) if staff in members)
            yield _Pool(position, groups, tuple(comers[group] for group in groups), leavers)

    def found(self) -> StaffingCurves:
        short = {level: [self._short(pool, level) for pool in self._pools] for level in COVERAGE_LEVELS}
        now = {level: self._whole_of(short, level, {}) for level in COVERAGE_LEVELS}
        curves = []
        for place, pool in enumerate(self._pools):
            if pool.groups:
                first = max(self._all[0], -len(pool.leavers))
                numbers = range(first, self._all[-1] + 1)
                figures = {
                    level: tuple(self._whole_of(short, level, {place: number}) for number in numbers)
                    for level in COVERAGE_LEVELS
                }
                rest = {level: self._whole_of(short, level, {place: None}) for level in COVERAGE_LEVELS}
                curves.append(StaffingCurve(pool.groups, first, figures, rest))
        return StaffingCurves(now, tuple(curves), self._complete)

    def _whole_of(
        self, short: Mapping[Level, Sequence[Sequence[int]]], level: Level, more: Mapping[int, int | None]
    ) -> int:
        """What the whole misses at least at a level with so many people ``more`` in some pools; None: however many."""
        total = self._sum(short, level, more)
        weight = self._weight(level)
        if weight:
            lowers = before(level, COVERAGE_LEVELS)
            least = sum(self._sum(short, lower, more) for lower in lowers)
            total -= weight * max(least, sum(self._held.get(lower, 0) for lower in lowers))
        return max(0, total)

    def _sum(self, short: Mapping[Level, Sequence[Sequence[int]]], level: Level, more: Mapping[int, int | None]) -> int:
        weight, floor = self._weight(level), self._columns.bounds.floor
        free = sum(floor.get(lower, 0) for lower in before(level, COVERAGE_LEVELS)) if weight else 0
        numbers = (more.get(place, 0) for place in range(len(self._pools)))
        found = (
            0 if number is None else pool[self._all.index(number)]
            for pool, number in zip(short[level], numbers, strict=True)
        )
        return floor.get(level, 0) + weight * free + sum(found)

    def _weight(self, level: Level) -> int:
        """What a minute of the earlier levels is worth when a level is bounded: nothing where it is not said how well they are
        held."""
        return weights_of(level)[0] if self._held and level is Level.TARGETS else 0

    def _short(self, pool: _Pool, level: Level) -> list[int]:
        """What a pool misses at least at a level, together with what the earlier ones are worth, for every number of people
        more; 0 where nothing is known."""
        master, best = self._columns.masters[pool.position], [0] * len(self._all)
        if level not in master.present:
            return best
        master.weigh(dict.fromkeys(before(level, COVERAGE_LEVELS), self._weight(level)) | {level: 1})
        for number in self._numbers if pool.groups else (0,):
            if -number <= len(pool.leavers):
                master.staff(pool.copies(number, pool.comers), self._most(pool, number))
                for _, pricing in self._pricings(master, level):
                    best = [max(least, bound) for least, bound in zip(best, self._bounds(pool, pricing), strict=True)]
        return best

    def _pricings(self, master: Master, level: Level) -> Iterator[tuple[Solution, Pricing]]:
        """Price until no column helps much any more, or the time is over."""
        little = NEAR * self._whole.problem.required[level]

        def near(solution: Solution, pricing: Pricing) -> bool:
            return pricing.bound is not None and solution.objective * HOUR - pricing.bound <= little

        self._complete &= yield from pricings(master, self._left, near)

    def _bounds(self, pool: _Pool, pricing: Pricing) -> Iterator[int]:
        """What a pricing says of every number of people. Those who come are the ones that help most."""
        best = sorted(pool.comers, key=lambda person: pricing.least[person])
        everybody = dict.fromkeys(pricing.least, 1)
        for number in self._all:
            known = -number <= len(pool.leavers)
            yield pricing.at(everybody | pool.copies(number, best), self._most(pool, number)) if known else 0

    def _most(self, pool: _Pool, number: int) -> Ints:
        """What quotas allow with so many people more, whichever group they are of; no less, where the number is between two
        that were asked for."""
        if not self._whole.problem.all(Quota):
            return shared_limits(self._whole).most
        asked = min((other for other in self._numbers if other >= max(0, number)), default=self._all[-1])
        key = pool.position, asked
        if key not in self._quotas:
            problem = declare(with_more(self._instance, dict.fromkeys(pool.groups, asked)))
            self._quotas[key] = np.array([quota.most for quota in problem.all(Quota)], dtype=np.int64)
        return self._quotas[key]
