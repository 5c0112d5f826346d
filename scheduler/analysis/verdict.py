"""Whether one strategy is better than another, level by level: said only where it is proven.

A bound of a level holds for rosters that are no worse at the earlier levels. So A is proven better than B at a level when A is no
worse than B at all earlier ones and misses less there than any roster of B can that keeps up with A at them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.result import LevelResult


class Relation(StrEnum):
    """What is proven of a strategy against another at a level."""

    BETTER = "better"
    WORSE = "worse"
    EQUAL = "equal"
    OPEN = "open"
    """Nothing is proven either way."""


@dataclass(frozen=True, slots=True)
class Attained:
    """What a strategy attains at one level: the ``value`` of its best roster, a ``bound`` that no roster of it beats that is as
    good at the earlier levels, what is ``required`` (0 for levels without a demand), and the least and the most value over all
    seeds. In the unit of the level."""

    name: str
    value: int
    bound: int
    required: int
    least: int
    most: int

    @property
    def proven(self) -> bool:
        return self.value <= self.bound


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is proven at a level of one strategy against another, and by how much at least, in the unit of the level."""

    relation: Relation
    margin: int = 0


Levels = tuple[Attained, ...]


def attained(runs: Sequence[Sequence[LevelResult]]) -> Levels:
    """The levels of the best of several runs of one strategy, with every bound that holds for it. Raises ValueError without a
    run."""
    if not runs:
        raise ValueError("a strategy needs a run")
    best = min(runs, key=lambda levels: [level.value for level in levels])
    found = []
    for place, level in enumerate(best):
        # The bound of another run is about rosters that are as good as that one was at the earlier levels.
        bounds = [
            run[place].bound
            for run in runs
            if all(mine.value <= theirs.value for mine, theirs in zip(best[:place], run[:place], strict=True))
        ]
        values = [run[place].value for run in runs]
        found.append(Attained(level.name, level.value, max(bounds), level.required, min(values), max(values)))
    return tuple(found)


def verdicts(one: Levels, other: Levels) -> Mapping[str, Verdict]:
    """What is proven of one strategy against another, by level. Levels of different names are left out."""
    found: dict[str, Verdict] = {}
    no_worse = no_better = same = True
    for mine, theirs in zip(one, other, strict=False):
        if mine.name != theirs.name:
            break
        if no_worse and mine.value < theirs.bound:
            found[mine.name] = Verdict(Relation.BETTER, theirs.bound - mine.value)
        elif no_better and theirs.value < mine.bound:
            found[mine.name] = Verdict(Relation.WORSE, mine.bound - theirs.value)
        elif same and mine.proven and theirs.proven and mine.value == theirs.value:
            found[mine.name] = Verdict(Relation.EQUAL)
        else:
            found[mine.name] = Verdict(Relation.OPEN)
        no_worse &= mine.value <= theirs.value
        no_better &= theirs.value <= mine.value
        same &= found[mine.name].relation is Relation.EQUAL
    return found
