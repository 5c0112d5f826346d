"""The most presence that one person's legal lines of work reach where heads are wanted, rule by rule.

Rules are added stage by stage, so that the figures fall: what a stage leaves is what its rules and all earlier ones allow. Each
figure is an upper bound, which few labels give in milliseconds: no legal line is present longer. Mostly one is as long.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from scheduler.engine.columns.pricing_effort import QUICK
from scheduler.engine.compiled_problem import Bools, CompiledProblem, Ints
from scheduler.engine.lines.labelling import FEW, LineModel
from scheduler.engine.lines.packing import packed
from scheduler.vocabulary.constraints import Clash, Constraint, Keep, LineConstraint, Total, Unavailable
from scheduler.vocabulary.problem import Problem

Wanted = Mapping[str, Bools]
"""By hotspot: whether heads are wanted there in each minute of the horizon."""


class Reach:
    """The lines of the people of a problem under growing sets of rules.

    ``stages`` are the codes that each adds; None adds all that are left. Priced rules do not count.
    """

    def __init__(self, problem: Problem, stages: Sequence[Collection[str] | None]) -> None:
        hard = [item for item in problem.constraints if getattr(item, "cost", None) is None]
        self._pools: list[CompiledProblem] = []
        self._useful: dict[int, tuple[Wanted, Ints]] = {}
        self._made = threading.local()
        named: set[str] = set()
        for codes in stages:
            named |= set(codes or ())
            kept = [item for item in hard if isinstance(item, LineConstraint) and (codes is None or item.rule in named)]
            self._pools.append(CompiledProblem(replace(problem, constraints=tuple(kept))))

    def minutes(self, staff: str, wanted: Wanted, enough: int = 0) -> tuple[int, ...]:
        """What each stage leaves a person: minutes that no line exceeds, one hotspot for each duty. Where the first stage leaves
        no more than ``enough``, the others are not looked at: its figure stands for theirs, which may be lower."""
        worth = self._worth(staff, wanted)
        first = self._most(0, staff, worth)
        if first <= enough or len(self._pools) == 1:
            return (first,) * len(self._pools)
        last = min(first, self._most(-1, staff, worth, first))
        found = [first]
        for stage in range(1, len(self._pools) - 1):
            # Between two stages that are equal nothing can change.
            now = last if found[-1] == last else self._most(stage, staff, worth, found[-1])
            found.append(max(last, min(found[-1], now)))
        return (*found, last)

    def amounts(self, staff: str, wanted: Wanted) -> bytes:
        """Tells apart what a person's duties are worth under all rules: people of equal rules and worth reach the same."""
        return self._amount(-1, staff, self._worth(staff, wanted)).tobytes()

    def _worth(self, staff: str, wanted: Wanted) -> Ints:
        """``[hotspot, day, shift]``: wanted minutes of a duty at a hotspot, none where the shift is not of the person's
        category."""
        pool = self._pools[0]
        instance, end = pool.instance, pool.instance.calendar.end
        if id(wanted) not in self._useful:
            useful = np.zeros((len(pool.hotspots), *pool.start.shape), dtype=np.int64)
            starts, ends = np.minimum(pool.start, end), np.minimum(pool.end, end)
            for hotspot, minutes in wanted.items():
                before = np.concatenate(([0], np.cumsum(minutes)))
                useful[pool.hotspot[hotspot]] = before[ends] - before[starts]
            self._useful[id(wanted)] = (wanted, useful)
        category = instance.category(staff)
        theirs = np.array([category in instance.shift[code].categories for code in pool.shifts], dtype=bool)
        found: Ints = self._useful[id(wanted)][1] * theirs
        return found

    def _most(self, stage: int, staff: str, worth: Ints, known: int | None = None) -> int:
        """What a stage leaves a person; ``known`` is a figure that is not exceeded anyway."""
        amount = self._amount(stage, staff, worth)
        if not amount.any():
            return 0
        lines = self._pools[stage].problem.line(staff)
        daily = int(amount.max(axis=1).sum())
        others = [item for item in lines if not _daily(item)]
        totals = [item for item in others if isinstance(item, Total)]
        # At the first stage duties of different days do not exclude each other yet: the next one looks at that.
        clashes = [item for item in others if isinstance(item, Clash)] if stage == 0 else []
        if len(totals) + len(clashes) == len(others):
            return packed(self._pools[stage], totals, amount) if totals else daily
        model, most = self._model(stage, staff), daily if known is None else min(daily, known)
        # Mostly a few labels find a line that reaches what is known to be the most: then no better bound is needed.
        found, _ = model.k_best(amount, 1, cap=FEW)
        if found and -found[0][0] >= most:
            return most
        _, least = model.k_best(amount, 1, cap=QUICK)
        # What is reached is a sum of amounts, so a multiple of whatever divides them all.
        unit = int(np.gcd.reduce(amount, axis=None))
        return max(0, min(daily, -least)) // unit * unit

    def _amount(self, stage: int, staff: str, worth: Ints) -> Ints:
        """``[day, shift]``: wanted minutes at the best hotspot that is open to the person."""
        pool = self._pools[stage]
        found: Ints = np.max(worth * np.moveaxis(pool.post[pool.person[staff]], 2, 0), axis=0, initial=0)
        return found

    def _model(self, stage: int, staff: str) -> LineModel:
        """Kept for as long as a thread asks about the same person."""
        if getattr(self._made, "of", None) != staff:
            self._made.of, self._made.models = staff, dict[int, LineModel]()
        pool, models = self._pools[stage], self._made.models
        stage %= len(self._pools)
        if stage not in models:
            models[stage] = LineModel(pool, pool.person[staff], soft=False)
        model: LineModel = models[stage]
        return model


def _daily(constraint: Constraint) -> bool:
    """Whether a constraint says no more of a line than which duties of a single day may be worked."""
    match constraint:
        case Unavailable() | Keep():
            return True
        case Clash():
            return len({day for day, _ in constraint.duties}) == 1
        case _:
            return False
