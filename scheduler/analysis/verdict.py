"""Whether one strategy is better than another, level by level: said only where it is proven.

A is proven better than B at a level when it misses less there than any roster of B can that keeps up with A at all earlier
levels, and not the other way round. A bound of a level holds for rosters that are no worse at the earlier levels than its own
roster was; what is proven of the level together with the earlier ones (:attr:`scheduler.result.LevelResult.trades`) holds for all
others too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
    trades: tuple[tuple[int, int], ...] = ()
    """What holds for every roster, of all runs."""

    def least_with(self, earlier: Sequence[int], own: Sequence[int]) -> int:
        """What every roster misses that has no more than ``earlier`` at the earlier levels; ``own`` is what the best roster has
        there."""
        bounds = [amount - weight * sum(earlier) for weight, amount in self.trades]
        if all(theirs <= mine for theirs, mine in zip(earlier, own, strict=True)):
            bounds.append(self.bound)
        return max([0, *bounds])

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
        trades = tuple(sorted({trade for run in runs for trade in run[place].trades}))
        found.append(Attained(level.name, level.value, max(bounds), level.required, min(values), max(values), trades))
    return tuple(found)


def within(mine: Levels, wider: Levels) -> Levels:
    """The levels of a strategy all rosters of which are rosters of a ``wider`` one too, and miss no less: what is proven of the
    wider one holds for them."""
    found: list[Attained] = []
    values = [[level.value for level in levels] for levels in (mine, wider)]
    for place, (level, other) in enumerate(zip(mine, wider, strict=False)):
        if level.name != other.name:
            break
        bound = max(level.bound, other.least_with(*(before[:place] for before in values)))
        found.append(replace(level, bound=bound, trades=tuple(sorted({*level.trades, *other.trades}))))
    return (*found, *mine[len(found) :])


def verdicts(one: Levels, other: Levels) -> Mapping[str, Verdict]:
    """What is proven of one strategy against another, by level; levels of different names are left out.

    A strategy is held against all rosters of the other that miss, at each level before, no more than the best roster of either
    one does. The best of the other is among them, so that nothing is said of rosters that there are not.
    """
    found: dict[str, Verdict] = {}
    same = True
    values = [[level.value for level in levels] for levels in (one, other)]
    for place, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine.name != theirs.name:
            break
        my_earlier, their_earlier = (before[:place] for before in values)
        earlier = tuple(map(max, my_earlier, their_earlier))
        i_win_by = theirs.least_with(earlier, their_earlier) - mine.value
        they_win_by = mine.least_with(earlier, my_earlier) - theirs.value
        # Each may beat what the other can do at its own earlier values: then neither is better.
        if i_win_by > 0 >= they_win_by:
            found[mine.name] = Verdict(Relation.BETTER, i_win_by)
        elif they_win_by > 0 >= i_win_by:
            found[mine.name] = Verdict(Relation.WORSE, they_win_by)
        elif same and mine.proven and theirs.proven and mine.value == theirs.value:
            found[mine.name] = Verdict(Relation.EQUAL)
        else:
            found[mine.name] = Verdict(Relation.OPEN)
        same &= found[mine.name].relation is Relation.EQUAL
    return found
