"""One group in a program: what is known beforehand about its people, and its columns, behind questions.

:mod:`scheduler.engine.proof.flow` says what the columns mean.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from scheduler.constraints import Run
from scheduler.engine.pool import Bools, Ints, Pool
from scheduler.engine.proof.groups import Group
from scheduler.engine.proof.linear import Program
from scheduler.instance import DutyKey


class Known:
    """Who is elsewhere or away when, and how everybody comes into the horizon.

    Arrays ``[person, day]`` and ``[person]`` over the group's people in its order, and counts by day.

    ``elsewhere``: on a duty elsewhere, which counts as a day worked. ``away``: a day that no duty can be worked on and that
    excuses a short rest. Where the rules about runs of days disagree about a day, it is taken as away: that only widens
    what is allowed.
    """

    def __init__(self, pool: Pool, group: Group) -> None:
        shape = (len(group.people), pool.days)
        self.can: Bools = np.any(pool.allowed[list(group.people)], axis=2)
        always = np.zeros(shape, dtype=np.int64)
        runs = np.zeros(shape[0], dtype=np.int64)
        excused = np.zeros(shape, dtype=bool)
        self.on_before: Ints = np.zeros(shape[0], dtype=np.int64)
        """Days worked in a row just before the horizon."""
        self.off_before: Ints = np.full(shape[0], -1, dtype=np.int64)
        """Days free in a row just before the horizon; −1 when nothing is known, which means rested."""
        for row, person in enumerate(group.people):
            for rule in pool.problem.line(pool.people[person]):
                if not isinstance(rule, Run) or rule.cost is not None or rule.counts is not None:
                    continue
                runs[row] += 1
                always[row, [day for day in rule.always if 0 <= day < pool.days]] += 1
                if rule.free:
                    excused[row, [day for day in rule.pardon if 0 <= day < pool.days]] = True
                    self.off_before[row] = -1 if rule.carried is None else rule.carried
                else:
                    self.on_before[row] = max(self.on_before[row], rule.carried or 0)
        self.elsewhere: Bools = (always > 0) & (always == runs[:, None])
        odd = (excused | (always > 0)) & ~self.elsewhere
        self.away: Bools = odd & ~self.can
        self.on_before_start: Bools = np.where(self.off_before >= 0, self.off_before == 0, self.on_before > 0)
        """Whether each person was on duty on the day before the horizon."""
        self._count(odd & self.can)

    def _count(self, loose: Bools) -> None:
        self.loose: Ints = loose.sum(axis=0)
        """People who might work on a day that excuses a short rest."""
        self.fixed_on: Ints = (self.elsewhere & ~self.can).sum(axis=0)
        """People on a duty elsewhere who cannot work one of ours that day."""
        self.flexible: Ints = (self.elsewhere & self.can).sum(axis=0)
        before = np.zeros_like(self.away)
        before[:, 1:] = self.away[:, :-1]
        self.leavers: Ints = (self.away & ~before).sum(axis=0)
        """People whose time away begins on a day."""
        self.returners: Ints = (~self.away & before).sum(axis=0)
        """People whose time away ended on the day before."""


@dataclass(frozen=True)
class GroupFlow:
    """A group in a program. ``work[day, shift]`` and the arrays by day hold column positions."""

    pool: Pool
    program: Program
    group: Group
    known: Known
    clashes: tuple[frozenset[DutyKey], ...]
    work: Ints
    elsewhere: Ints
    """People on a duty elsewhere who work none of ours that day, of those who might."""
    start: Ints
    stop: Ints
    back: Ints
    go: Ints

    @property
    def size(self) -> int:
        return len(self.group.people)

    def on(self, day: int, factor: int) -> list[tuple[Ints | int, int]]:
        """The terms of the people on, apart from ``known.fixed_on[day]``."""
        return [(self.work[day], factor), (self.elsewhere[day], factor)]

    def positions(self, duties: frozenset[DutyKey]) -> dict[int, list[int]]:
        """Shift positions by day of some duties."""
        found: dict[int, list[int]] = defaultdict(list)
        for day, code in duties:
            found[day].append(self.pool.shift[code])
        return {day: sorted(found[day]) for day in sorted(found)}

    def able(self, day: int, shifts: list[int]) -> Ints:
        """Whether each person of the group may work one of some shifts on a day, as 0 or 1."""
        able: Bools = np.any(self.pool.allowed[np.ix_(self.group.people, [day], shifts)], axis=(1, 2))
        return able.astype(np.int64)


def maximal(sets: tuple[frozenset[DutyKey], ...]) -> tuple[frozenset[DutyKey], ...]:
    """Those sets that lie in no other: the others say nothing more."""
    by_days: dict[tuple[int, ...], list[frozenset[DutyKey]]] = defaultdict(list)
    for duties in dict.fromkeys(sets):
        by_days[tuple(sorted({day for day, _ in duties}))].append(duties)
    return tuple(duties for found in by_days.values() for duties in found if not any(duties < other for other in found))
