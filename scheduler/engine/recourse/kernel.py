"""Runs of absences over one roster, compiled by numba: who does not come, and who is called instead.

On the morning of each date the duties of those who do not come are offered to reserves of that time, then to people free on that
date. Somebody takes one only if no hard rule is broken by it: neither on the whole of the person's line, with later duties and
what the person took before in this run, nor about company, quotas and people kept apart. Nobody knows of later absences.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.engine.compiled import LIMIT, compiled, compiled_part
from scheduler.engine.compiled_problem import Bools, Ints
from scheduler.engine.lines.given import line_cost
from scheduler.engine.lines.stack import Lines
from scheduler.engine.local_search.change import count_duty, lacking

AWAY, WITHHELD, NOT_NEEDED, RESERVES, CALLED, OPEN = range(6)
"""What is counted in a run: duties of those who are away; promised help that does not come; of these duties: those that nothing
is missing without, those that a reserve or somebody free took, and those that nobody did."""
COUNTS = 6


class Scratch(NamedTuple):
    """Working space of one thread. ``line`` is each person's shifts as known on the day that the run has come to."""

    line: Ints
    ill: Bools
    """``[person]``: away on some day so far."""
    state: Ints
    value: Ints
    taker: Ints
    before: Ints
    before_spot: Ints
    """Of a group of duties: who took one, and the duty they left for it."""

    @classmethod
    def blank(cls, plan_shift: Ints, lines: Lines) -> Scratch:
        people = plan_shift.shape[0]
        return cls(
            line=plan_shift.copy(),
            ill=np.zeros(people, dtype=bool),
            state=np.zeros(lines.begin.shape[1] + 1, dtype=np.int64),
            value=np.zeros(lines.limit.shape[1], dtype=np.int64),
            taker=np.zeros(people, dtype=np.int64),
            before=np.zeros(people, dtype=np.int64),
            before_spot=np.zeros(people, dtype=np.int64),
        )


@compiled
def placed(board, position, shift, spot):  # type: ignore[no-untyped-def]
    """Put a roster on an empty board, without a price of its lines."""
    for person in range(shift.shape[0]):
        for day in range(shift.shape[1]):
            if shift[person, day] >= 0:
                position.shift[person, day], position.spot[person, day] = shift[person, day], spot[person, day]
                count_duty(board, position, person, day, 1)


@compiled_part
def _as_planned(planned, position):  # type: ignore[no-untyped-def]
    position.shift[:] = planned.shift
    position.spot[:] = planned.spot
    position.heads[:] = planned.heads
    position.dependent_heads[:] = planned.dependent_heads
    position.companion_heads[:] = planned.companion_heads
    position.used[:] = planned.used
    position.missing[:] = planned.missing
    position.total[:] = planned.total


@compiled_part
def _put(board, position, person, day, shift, spot):  # type: ignore[no-untyped-def]
    """Give a person another duty on a day (−1: none)."""
    if position.shift[person, day] >= 0:
        count_duty(board, position, person, day, -1)
    position.shift[person, day], position.spot[person, day] = shift, spot
    if shift >= 0:
        count_duty(board, position, person, day, 1)


@compiled_part
def _short(board, position, slot, person):  # type: ignore[no-untyped-def]
    """Whether anything that the person counts for is missing during a duty, or colleagues there lack company."""
    for at in range(board.interval_start[slot], board.interval_start[slot + 1]):
        interval = board.interval[at]
        if not board.member[board.interval_staff_set[interval], person]:
            continue
        for wish in range(board.requirement_start[interval], board.requirement_start[interval + 1]):
            if not board.requirement_above[wish] and position.heads[interval] < board.requirement_heads[wish]:
                return True
    for at in range(board.co_presence_start[slot], board.co_presence_start[slot + 1]):
        company = board.co_presence[at]
        lonely = position.dependent_heads[company] > 0 and lacking(board, position, company)
        if lonely and board.member[board.co_presence_by[company], person]:
            return True
    return False


@compiled_part
def _alike(board, slot, person, other):  # type: ignore[no-untyped-def]
    """Whether the other counts during a duty wherever the person does."""
    for at in range(board.interval_start[slot], board.interval_start[slot + 1]):
        staff_set = board.interval_staff_set[board.interval[at]]
        if board.member[staff_set, person] and not board.member[staff_set, other]:
            return False
    return True


@compiled_part
def _alone(board, position, slot, person):  # type: ignore[no-untyped-def]
    """Whether a person who stands there lacks company during any part of the duty."""
    for at in range(board.co_presence_start[slot], board.co_presence_start[slot + 1]):
        company = board.co_presence[at]
        if board.member[board.co_presence_of[company], person] and lacking(board, position, company):
            return True
    return False


@compiled_part
def _lost(board, position, person, day):  # type: ignore[no-untyped-def]
    """Take a planned duty off. It still counts against its quotas, as it does until the day on which it is lost."""
    row = person * board.post.shape[3] + position.spot[person, day]
    _put(board, position, person, day, -1, -1)
    for at in range(board.quota_start[row], board.quota_start[row + 1]):
        position.used[board.quota[at]] += 1


@compiled_part
def _meet(board, day, shift, near, theirs):  # type: ignore[no-untyped-def]
    """Whether two duties share a moment."""
    return board.start[near, theirs] < board.end[day, shift] and board.start[day, shift] < board.end[near, theirs]


@compiled_part
def _barred(board, plan, position, person, day, shift, spot):  # type: ignore[no-untyped-def]
    """Whether a quota is used up, or somebody is there, or should be by the roster, from whom the person is kept apart."""
    row = person * board.post.shape[3] + spot
    for at in range(board.quota_start[row], board.quota_start[row + 1]):
        if position.used[board.quota[at]] >= board.quota_most[board.quota[at]]:
            return True
    for at in range(board.incompatible_start[person], board.incompatible_start[person + 1]):
        other = board.incompatible[at]
        for near in range(max(0, day - 2), min(position.shift.shape[1], day + 3)):
            for theirs, there in (
                (position.shift[other, near], position.spot[other, near]),
                (plan.shift[other, near], plan.spot[other, near]),
            ):
                if theirs >= 0 and there == spot and _meet(board, day, shift, near, theirs):
                    return True
    return False


@compiled_part
def _legal(lines, scratch, person, day, shift):  # type: ignore[no-untyped-def]
    """Whether a person's line with another duty on a day keeps every hard rule."""
    before = scratch.line[person, day]
    scratch.line[person, day] = shift
    cost = line_cost(lines, person, scratch.line[person], scratch.state, scratch.value)
    scratch.line[person, day] = before
    return cost < LIMIT


@compiled_part
def _taker(board, lines, plan, position, scratch, away, comes, person, day, waiting):  # type: ignore[no-untyped-def]
    """Who takes the duty of a person: of reserves (``waiting``) or of those who are free; −1: nobody can. Whoever counts for all
    that the person counts for comes first."""
    shift, spot = plan.shift[person, day], plan.spot[person, day]
    slot = (day * board.post.shape[2] + shift) * board.post.shape[3] + spot
    for exact in (True, False):
        for at in range(plan.asked_start[spot], plan.asked_start[spot + 1]):
            other = plan.asked[at]
            stands = position.shift[other, day]
            if waiting:
                if stands < 0 or not plan.covers[day, stands, shift]:
                    continue
            elif stands >= 0 or not plan.free[other, day] or scratch.ill[other] or scratch.line[other, day] >= 0:
                continue
            if (
                away[other, day]
                or plan.police[other] != plan.police[person]
                or not board.post[other, day, shift, spot]
                or (plan.lent[other, spot] and not comes[other, day])
                or _alike(board, slot, person, other) != exact
                or not _short(board, position, slot, other)
                or _barred(board, plan, position, other, day, shift, spot)
                or not _legal(lines, scratch, other, day, shift)
            ):
                continue
            return other
    return -1


@compiled_part
def _held(board, position, scratch, day, slot, taken, counts):  # type: ignore[no-untyped-def]
    """Send back those of the first ``taken`` takers of a duty who lack company there."""
    at = 0
    while at < taken:
        person = scratch.taker[at]
        if not _alone(board, position, slot, person):
            at += 1
            continue
        _put(board, position, person, day, scratch.before[at], scratch.before_spot[at])
        scratch.line[person, day] = scratch.before[at]
        counts[RESERVES if scratch.before[at] >= 0 else CALLED] -= 1
        counts[OPEN] += 1
        taken -= 1
        scratch.taker[at], scratch.before[at] = scratch.taker[taken], scratch.before[taken]
        scratch.before_spot[at] = scratch.before_spot[taken]
        at = 0


@compiled_part
def _one_day(board, lines, plan, position, scratch, away, comes, day, counts):  # type: ignore[no-untyped-def]
    """Offer the duties of a date that nobody came to."""
    at, end = plan.hole_start[day], plan.hole_start[day + 1]
    while at < end:
        shift, spot = plan.shift[plan.hole[at], day], plan.spot[plan.hole[at], day]
        police = plan.police[plan.hole[at]]
        slot = (day * board.post.shape[2] + shift) * board.post.shape[3] + spot
        taken = 0
        while at < end:
            person = plan.hole[at]
            if (plan.shift[person, day], plan.spot[person, day], plan.police[person]) != (shift, spot, police):
                break
            at += 1
            if not away[person, day] and position.shift[person, day] == shift and position.spot[person, day] == spot:
                continue
            counts[AWAY if away[person, day] else WITHHELD] += 1
            if not _short(board, position, slot, person):
                counts[NOT_NEEDED] += 1
                continue
            other = _taker(board, lines, plan, position, scratch, away, comes, person, day, True)
            if other < 0:
                other = _taker(board, lines, plan, position, scratch, away, comes, person, day, False)
            if other < 0:
                counts[OPEN] += 1
                continue
            scratch.taker[taken], scratch.before[taken] = other, position.shift[other, day]
            scratch.before_spot[taken] = position.spot[other, day]
            counts[RESERVES if position.shift[other, day] >= 0 else CALLED] += 1
            _put(board, position, other, day, shift, spot)
            scratch.line[other, day] = shift
            taken += 1
        _held(board, position, scratch, day, slot, taken, counts)


@compiled
def withstand(board, lines, plan, planned, position, scratch, away, comes, heads, counts):  # type: ignore[no-untyped-def]
    """Runs ``[run]`` with ``away[run, person, day]``; ``comes[run, person, day]`` says whether help from another zone comes.

    Leaves ``heads[run, interval]`` and ``counts[run, what]``; ``position`` holds the last run's realised roster.
    """
    people, days = plan.shift.shape
    for run in range(away.shape[0]):
        _as_planned(planned, position)
        scratch.line[:] = plan.shift
        scratch.ill[:] = False
        counts[run] = 0
        for person in range(people):
            for day in range(days):
                if plan.shift[person, day] < 0:
                    continue
                withheld = plan.lent[person, plan.spot[person, day]] and not comes[run, person, day]
                if away[run, person, day] or withheld:
                    _lost(board, position, person, day)
        for day in range(days):
            for person in range(people):
                if away[run, person, day] and (day == 0 or not away[run, person, day - 1]):
                    scratch.ill[person] = True
                    last = day
                    while last < days and away[run, person, last]:
                        scratch.line[person, last] = -1
                        last += 1
            _one_day(board, lines, plan, position, scratch, away[run], comes[run], day, counts[run])
        heads[run] = position.heads
