"""Where people may stand on a duty, by the rows of a master that they fill there, the quotas that it counts against, and what it
costs to stand elsewhere than given.

Classes that have the same choice on a duty share it; whoever works a given shift has a choice of their own, in which all places
but the given one have a price.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.engine.columns.cover_costs import CoverRow
from scheduler.engine.compiled_problem import Bools, CompiledProblem, Ints
from scheduler.engine.given_lines import given_lines
from scheduler.engine.shared_limits import shared_limits


@dataclass(frozen=True, slots=True, order=True)
class Option:
    """A place to stand on a duty: the rows that are filled there, what it costs at each level that counts changes, and the quotas
    that it counts against."""

    rows: tuple[int, ...]
    changes: tuple[int, ...] = ()
    quotas: tuple[int, ...] = ()


class Choices:
    """Every choice of posts there is. ``options[choice]`` are those of each; ``of[person]`` is a table ``[day, shift]`` of the
    choices that somebody has, −1 for none that counts; people of one class share theirs where nothing is given."""

    def __init__(
        self, pool: CompiledProblem, members: Mapping[int, int], rows: Sequence[CoverRow], posts: Mapping[int, Bools],
        *, everywhere: bool, quotas: bool,
    ) -> None:  # fmt: skip
        """``members`` are people and their classes, ``posts[class]`` those that are open to each; ``everywhere``: those that fill
        no row count too; ``quotas``: whether quotas count."""
        self._pool = pool
        self._counted = shared_limits(pool).counted if quotas else np.zeros((0, 1, 1), dtype=bool)
        self.options: list[tuple[Option, ...]] = []
        self._numbers: dict[tuple[int, int, tuple[Option, ...]], int] = {}
        filled: dict[tuple[int, int, int], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, row in enumerate(rows):
            for c, d, k, h in row.posts:
                filled[c, d, k][h].append(number)
        if everywhere:
            for c, open_posts in posts.items():
                for d, k, h in np.argwhere(open_posts).tolist():
                    filled[c, d, k][h] += ()
        representative = {c: person for person, c in members.items()}
        table = {c: np.full(open_posts.shape[:2], -1, dtype=np.int64) for c, open_posts in posts.items()}
        for (c, d, k), spots in filled.items():
            one = representative[c]
            options = {Option(tuple(found), (), self._quotas(one, h)) for h, found in spots.items()}
            table[c][d, k] = self._number(d, k, options)
        self.of = {person: table[c] for person, c in members.items()}
        for person, d, k, given, price in self._stays(members, posts):
            if self.of[person] is table[members[person]]:
                self.of[person] = self.of[person].copy()
            spots = filled.get((members[person], d, k), {})
            elsewhere = {
                Option(tuple(found), price, self._quotas(person, place))
                for place, found in spots.items()
                if place != given
            }
            stays = Option(tuple(spots.get(given, ())), (), self._quotas(person, given))
            self.of[person][d, k] = self._number(d, k, elsewhere | {stays})

    def _quotas(self, person: int, spot: int) -> tuple[int, ...]:
        return tuple(np.flatnonzero(self._counted[:, person, spot]).tolist()) if len(self._counted) else ()

    def _number(self, day: int, shift: int, options: set[Option]) -> int:
        key = (day, shift, tuple(sorted(options)))
        found = self._numbers.setdefault(key, len(self.options))
        if found == len(self.options):
            self.options.append(key[2])
        return found

    def _stays(
        self, members: Mapping[int, int], posts: Mapping[int, Bools]
    ) -> Iterator[tuple[int, int, int, int, tuple[int, ...]]]:
        """Person, day, shift and hotspot of the given duties that another place has a price for, and that price at each level."""
        given = given_lines(self._pool)
        for person, c in members.items() if given.levels else ():
            for d in np.flatnonzero(given.spot[person] >= 0).tolist():
                k, h = int(given.shift[person, d]), int(given.spot[person, d])
                price = tuple(given.cost[:, person, d, k + 1].tolist())
                if any(price) and posts[c][d, k, h] and self._pool.post[person, d, k, h]:
                    yield person, d, k, h, price


class OptionWorth:
    """All options of all choices in one array, to be valued at once."""

    def __init__(self, choices: Sequence[tuple[Option, ...]], at_least: int | None) -> None:
        """``at_least`` is what standing nowhere is worth; None where nobody may."""
        options = [option for choice in choices for option in choice]
        self.changes = [option.changes for option in options]
        self.quotas = [option.quotas for option in options]
        self._at_least = at_least
        self._rows = np.array([row for option in options for row in option.rows], dtype=np.int64)
        self._end = np.cumsum([len(option.rows) for option in options], dtype=np.int64)
        sizes = np.array([len(choice) for choice in choices], dtype=np.int64)
        self._first = np.cumsum(sizes) - sizes

    def best(self, worth: Ints, moved: Ints) -> Ints:
        """``[choice]``: what its best option is worth, given the worth of rows and the price of each option."""
        if not self._first.size:
            return self._first
        upto = np.concatenate(([0], np.cumsum(worth[self._rows])))[np.concatenate(([0], self._end))]
        best = np.maximum.reduceat(np.diff(upto) - moved, self._first)
        return best if self._at_least is None else np.maximum(best, self._at_least)
