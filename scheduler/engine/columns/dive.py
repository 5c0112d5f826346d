"""A dive: from the optimum of a linear program over lines to whole lines, by settling what people do day by day.

The surest days are settled first: those on which the lines that a person is a mix of agree with the largest of them. Who is
settled on some days may still change the others, so the last are not left with what nobody wanted: settling whole lines one after
the other ended at 2,948 on the foreign instance 13, and this at its optimum of 1,348.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from scheduler.engine.columns.cells import SCALE
from scheduler.engine.columns.master import HOUR, Column, Master, Solution
from scheduler.engine.lines.programme import Line
from scheduler.engine.pool import Bools

SURE = 0.95
"""Share of a choice from which it is settled with others at a time."""
TENTH = 10
"""Of the days left at most this part is settled at a time, besides the sure ones."""
WHOLE = 1 - 1e-6
"""Share of a line from which it is whole."""
LABELS = 100
"""Labels a day of a pricing."""
ROUNDS, PATIENCE = 20, 8
"""Most pricings after days are settled, and how many may gain nothing: prices wander for a while before they gain."""
ROUNDING = 1e-6
"""Hours by which the objective of a linear program moves without a reason."""
LITTLE = 0.5
"""Points from which on something costs."""
CROWDED, STOCK = 50, 40
"""Columns of a person from which on a dive goes on with the best only, and how many these are."""

Left = Callable[[], float]


def dive(master: Master, solution: Solution | None, aim: float, left: Left) -> dict[int, Line] | None:
    """A line for everybody; None when they cannot stay below ``aim``, or time runs out."""
    people = list(master.members)
    position = {person: i for i, person in enumerate(people)}
    undecided = np.repeat(master.open_days[None], len(people), axis=0)
    while solution is not None and solution.objective <= aim and left() > 0:
        largest, agreed = _mixes(master, solution, position)
        lines = {person: column.line for person, (_, column) in zip(people, largest, strict=True)}
        if all(share >= WHOLE for share, _ in largest) or not undecided.any():
            return lines
        chosen = _surest(agreed, undecided)
        undecided &= ~chosen
        master.settle({people[i]: (lines[people[i]], chosen[i]) for i in np.flatnonzero(chosen.any(axis=1))})
        if len(master.columns) > CROWDED * len(people):
            master = master.only(best(master, solution, STOCK))
        waiting = [people[i] for i in np.flatnonzero(undecided.any(axis=1))]
        solution = priced(master, waiting, aim, ROUNDS, PATIENCE, left)
    return None


def priced(
    master: Master, people: Iterable[int] | None, aim: float, rounds: int, patience: int, left: Left
) -> Solution | None:
    """About the optimum after at most so many pricings of everybody, or of some ``people``; fewer where nothing more is found or
    to be had, or where as many as ``patience`` gained nothing. None when the optimum cannot come below ``aim``, or was not found
    in time."""
    solution, least, idle = master.solve(max(0.05, left())), float("inf"), 0
    for _ in range(rounds):
        if solution is None or left() <= 0:
            return solution
        idle = 0 if solution.objective < least - ROUNDING else idle + 1
        least = min(least, solution.objective)
        new, bound = master.price(solution, LABELS, people)
        if bound is not None and bound / HOUR > aim:
            return None
        done = bound is not None and solution.objective - bound / HOUR < LITTLE / HOUR
        if new == 0 or done or idle == patience:
            return solution
        solution = master.solve(max(0.05, left()))
    return solution


def best(master: Master, solution: Solution, most: int) -> list[Column]:
    """So many columns of everybody, those of least reduced cost, these first."""
    rewards = master.rewards(solution.worth)

    def reduced(column: Column) -> int:
        days = np.flatnonzero(column.line)
        earned = rewards[master.members[column.person]][days, column.line[days] - 1].sum()
        return SCALE * column.cost - int(earned)

    kept: list[Column] = []
    count: dict[int, int] = {}
    for column in sorted(master.columns, key=reduced):
        if count.get(column.person, 0) < most:
            count[column.person] = count.get(column.person, 0) + 1
            kept.append(column)
    return kept


def _mixes(
    master: Master, solution: Solution, position: dict[int, int]
) -> tuple[list[tuple[float, Column]], NDArray[np.float64]]:
    """Of everybody the largest column with its share, and ``[person, day]``, what share of the mix agrees with it."""
    mix: list[list[tuple[float, Column]]] = [[] for _ in position]
    for share, column in zip(
        solution.values.tolist(), master.columns, strict=False
    ):  # Those offered since have none yet.
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
    most = max(1, int(undecided.sum()) // TENTH)
    chosen.flat[np.argsort(np.where(undecided, -agreed, 1.0), axis=None, kind="stable")[:most]] = True
    return chosen
