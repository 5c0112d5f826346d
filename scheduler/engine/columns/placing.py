"""From lines to posts: where everybody stands on the duties of a new line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.given_lines import given_lines
from scheduler.engine.headcount import HeadCount
from scheduler.engine.lines.labelling import Line
from scheduler.vocabulary.constraints import Level


def place(
    pool: CompiledProblem, heads: HeadCount, lines: Mapping[int, Line], days: Iterable[int], worth: Mapping[Level, int]
) -> None:
    """Put the duties of ``lines`` on some days into ``heads``, each where it is worth most by then: whoever may stand at few
    hotspots first. ``worth`` is what a unit of each level that counts changes is worth."""
    for person in sorted(lines, key=lambda person: int(pool.reach[person].sum())):
        for day in days:
            shift = int(lines[person][day]) - 1
            if shift >= 0:
                heads.place(person, day, shift, _best_spot(pool, heads, worth, person, day, shift))


def _best_spot(
    pool: CompiledProblem, heads: HeadCount, worth: Mapping[Level, int], person: int, day: int, shift: int
) -> int:
    spots = np.flatnonzero(pool.post[person, day, shift])
    if spots.size == 1:
        return int(spots[0])
    gains = heads.gains(person)[day, shift, spots]
    given = given_lines(pool)
    if shift == given.shift[person, day]:
        price = sum(
            worth[level] * int(cost[person, day, shift + 1])
            for level, cost in zip(given.levels, given.cost, strict=True)
        )
        gains = gains + price * (spots == given.spot[person, day])
    return int(spots[gains.argmax()])
