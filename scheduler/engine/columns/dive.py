"""A dive: from the optimum of a linear program over lines to whole lines, by settling what people do day by day.

The surest days are settled first: those on which the lines that a person is a mix of agree with the largest of them. Who is
settled on some days may still change the others, so the last are not left with what nobody wanted: settling whole lines one after
the other ended at 2,948 on the foreign instance 13, and this at 1,348 and 1,349, where 1,348 is the optimum.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scheduler.engine.columns.master import Master
from scheduler.engine.columns.optimum import Column, Solution
from scheduler.engine.columns.pricing import Left, priced
from scheduler.engine.compiled_problem import Bools
from scheduler.engine.lines.labelling import Line

SURE = 0.95
"""Share of a choice from which it is settled with others at a time."""
TENTH, HUNDREDTH = 10, 100
"""The surest part of the days left that is settled at a time, and the least, as a part of the people."""
WHOLE = 1 - 1e-6
"""Share of a line from which it is whole."""
ROUNDS, PATIENCE = 20, 8
"""Most pricings after days are settled, and how many may gain nothing: prices wander for a while before they gain."""
CROWDED, STOCK = 50, 40
"""Columns of a person from which on a dive goes on with the best only, and how many these are."""


def dive(master: Master, solution: Solution | None, aim: float, left: Left) -> dict[int, Line] | None:
    """A line for everybody; None when they cannot stay below ``aim``, or time runs out."""
    people = list(master.members)
    position = {person: i for i, person in enumerate(people)}
    undecided = np.repeat(master.open_days[None], len(people), axis=0)
    while solution is not None and solution.objective <= aim and left() > 0:
        largest, agreed = _mixes(solution, position)
        lines = {person: column.line for person, (_, column) in zip(people, largest, strict=True)}
        if all(share >= WHOLE for share, _ in largest) or not undecided.any():
            return lines
        chosen = _surest(agreed, undecided)
        undecided &= ~chosen
        master.settle({people[i]: (lines[people[i]], chosen[i]) for i in np.flatnonzero(chosen.any(axis=1))})
        if len(master.columns) > CROWDED * len(people):
            master = master.only(master.best(solution, STOCK))
        waiting = [people[i] for i in np.flatnonzero(undecided.any(axis=1))]
        solution = priced(master, waiting, aim, ROUNDS, PATIENCE, left)
    return None


def _mixes(solution: Solution, position: dict[int, int]) -> tuple[list[tuple[float, Column]], NDArray[np.float64]]:
    """Of everybody the largest column with its share, and ``[person, day]``, what share of the mix agrees with it."""
    mix: list[list[tuple[float, Column]]] = [[] for _ in position]
    for share, column in zip(solution.values.tolist(), solution.columns, strict=True):
        if share > 0:
            mix[position[column.person]].append((share, column))
    largest = [max(columns, key=lambda item: item[0]) for columns in mix]
    agreed = [
        sum(share * (column.line == line) for share, column in columns)
        for columns, line in zip(mix, (column.line for _, column in largest), strict=True)
    ]
    return largest, np.array(agreed)


def _surest(agreed: NDArray[np.float64], undecided: Bools) -> Bools:
    """``[person, day]``: the days to settle next."""
    chosen = undecided & (agreed >= SURE)
    most = 1 + max(len(undecided) // HUNDREDTH, int(undecided.sum()) // TENTH)
    chosen.flat[np.argsort(np.where(undecided, -agreed, 1.0), axis=None, kind="stable")[:most]] = True
    return chosen & undecided
