"""The line kinds of the vocabulary as rows: what one person may do over time, and what it costs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from benchmarks.linear.posts import Posts
from benchmarks.linear.programme import Programme, Sum
from scheduler.problem.instance import DutyKey
from scheduler.vocabulary.constraints import Blocks, Clash, Level, Run, Total, Wish


class LineRows:
    """Adds everything about one person's line to a programme."""

    def __init__(self, programme: Programme, posts: Posts, person: int) -> None:
        self._programme = programme
        self._posts = posts
        self._pool = posts.pool
        self._person = person
        self._points = programme.levels[Level.QUALITY]

    def add(self) -> None:
        for day in range(self._pool.days):
            worked = self._worked((day, code) for code in self._pool.shifts)
            if self._pool.forced[self._person, day] >= 0:
                self._programme.exactly(worked, 1)
            else:
                self._programme.never_above_zero(worked.minus(1))
        for item in self._pool.problem.line(self._pool.people[self._person]):
            match item:
                case Clash():
                    self._programme.priced(self._worked(item.duties).minus(1), item.cost)
                case Run():
                    self._run(item)
                case Total():
                    self._total(item)
                case Blocks():
                    self._blocks(item)
                case Wish():
                    self._wish(item)

    def _columns(self, key: DutyKey) -> list[int]:
        return self._posts.works(self._person, key[0], self._pool.shift[key[1]])

    def _worked(self, duties: Iterable[DutyKey]) -> Sum:
        """How many of some duties are worked."""
        return Sum.of(chain.from_iterable(self._columns(key) for key in sorted(duties)))

    # -- runs ------------------------------------------------------------------------------------------------------------

    def _inside(self, item: Run, day: int) -> Sum:
        """1 when a day belongs to the runs looked at."""
        if day in item.always:
            return Sum(int(not item.free))
        counted = self._worked(
            (day, code) for code in self._pool.shifts if item.counts is None or (day, code) in item.counts
        )
        return Sum(1).plus(counted, -1) if item.free else counted

    def _run(self, item: Run) -> None:
        inside = [self._inside(item, day) for day in range(self._pool.days)]
        carried = item.carried or 0
        if item.most is not None:
            known = [Sum(1)] * min(carried, item.most)
            days = [*known, *inside]
            for last in range(max(len(known), item.most), len(days)):
                window = _added(days[last - item.most : last + 1])
                self._programme.priced(window.minus(item.most), item.cost)
        if 0 < carried < item.least:
            self._too_short(item, [], inside[0], item.least - carried)
        for first in range(len(inside)):
            unknown = first == 0 and item.carried is None
            before = carried if first == 0 else 0
            for length in range(1, item.least - before):
                last = first + length - 1
                pardoned = not item.pardon.isdisjoint(range(first, last + 1))
                if last + 1 < len(inside) + item.closed and not unknown and not pardoned:
                    outside = [inside[first - 1]] if first else []
                    run = [Sum(1).plus(day, -1) for day in inside[first : last + 1]]
                    after = inside[last + 1] if last + 1 < len(inside) else Sum()
                    self._too_short(item, [*outside, *run], after, item.least - before - length)

    def _too_short(self, item: Run, others: list[Sum], after: Sum, missing: int) -> None:
        """Of the days that would make a run too short, at least one is otherwise than it takes: these sums are then 1."""
        cost = None if item.cost is None else item.cost * missing
        self._programme.priced(Sum(1).plus(_added([*others, after]), -1), cost)

    # -- sums, blocks, wishes ----------------------------------------------------------------------------------------------

    def _total(self, item: Total) -> None:
        value = Sum(item.base)
        for key, weight in item.weights.items():
            for column in self._columns(key):
                value.add(column, weight)
        self._between(value, item.least, item.most, item.cost)

    def _between(self, value: Sum, least: int | None, most: int | None, cost: int | None) -> None:
        if most is not None:
            self._programme.priced(value.minus(most), cost)
        if least is not None:
            self._programme.priced(Sum(least).plus(value, -1), cost)

    def _blocks(self, item: Blocks) -> None:
        touched = [Sum(1) if i in item.always else self._touched(block) for i, block in enumerate(item.blocks)]
        self._between(_added(touched).minus(-item.base), item.least, item.most, item.cost)
        if item.most_in_row is None:
            return
        known = [Sum(1)] * min(item.carried, item.most_in_row)
        row = [*known, *touched]
        for last in range(max(len(known), item.most_in_row), len(row)):
            window = _added(row[last - item.most_in_row : last + 1])
            self._programme.never_above_zero(window.minus(item.most_in_row))
        for index, pairs in item.rest.items():
            last = index + len(known)
            if last >= item.most_in_row:
                full = _added(row[last - item.most_in_row : last]).minus(item.most_in_row)
                for pair in sorted(pairs):
                    self._programme.never_above_zero(full.plus(self._worked(pair)).minus(1))

    def _touched(self, block: frozenset[DutyKey]) -> Sum:
        """1 exactly when any duty of a block is worked."""
        touched = Sum.of([self._programme.variable()])
        for day in sorted({day for day, _ in block}):
            worked = self._worked(key for key in block if key[0] == day)
            self._programme.never_above_zero(worked.plus(touched, -1))
        self._programme.never_above_zero(touched.plus(self._worked(block), -1))
        return touched

    def _wish(self, item: Wish) -> None:
        for (_, day, shift, spot), column in self._posts.of_person[self._person].items():
            duty, place = (day, self._pool.shifts[shift]), self._pool.hotspots[spot]
            if (item.duties is None or duty in item.duties) and (item.hotspots is None or place in item.hotspots):
                self._points.add(column, -item.cost if item.want else item.cost)
        if item.want:
            self._points.constant += item.cost * len({day for day, _ in item.duties or ()})


def _added(parts: Iterable[Sum]) -> Sum:
    whole = Sum()
    for part in parts:
        whole.constant += part.constant
        whole.columns += part.columns
        whole.weights += part.weights
    return whole
