"""One move on a position, compiled by numba: up to three people take new lines and posts, or everything stays as it was.

Hard rules about lines and open posts are never broken. CoPresence, quotas, and people to keep apart, are counted as
:data:`~scheduler.engine.local_search.move_tables.WRONG` and cost dearly, so that a search may pass through such rosters but not
end in one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.engine.compiled import LIMIT, compiled, compiled_part
from scheduler.engine.compiled_problem import Bools, Ints
from scheduler.engine.lines.given import line_cost
from scheduler.engine.lines.stack import Lines
from scheduler.engine.local_search.move_tables import HEADS, LEADING, LINES, PARTED, WRONG, MoveTables

AT_ONCE = 3
"""Most people a move changes."""
NEAR_DAYS = 2
"""Duties so many days apart may still overlap."""


class MoveBuffer(NamedTuple):
    """What a move proposes: new ``shift[position, day]`` and ``spot[position, day]`` of the people ``who``. After a move that was
    kept, or none, they hold anything. ``points``, ``state``, ``value`` and ``seen`` are scratch space."""

    who: Ints
    shift: Ints
    spot: Ints
    points: Ints
    state: Ints
    value: Ints
    seen: Bools

    @classmethod
    def blank(cls, board: MoveTables, lines: Lines) -> MoveBuffer:
        days, spots = board.post.shape[1], board.post.shape[3]
        return cls(
            who=np.zeros(AT_ONCE, dtype=np.int64),
            shift=np.full((AT_ONCE, days), -1, dtype=np.int64),
            spot=np.full((AT_ONCE, days), -1, dtype=np.int64),
            points=np.zeros(AT_ONCE, dtype=np.int64),
            state=np.zeros(lines.begin.shape[1] + 1, dtype=np.int64),
            value=np.zeros(lines.limit.shape[1], dtype=np.int64),
            seen=np.zeros(spots, dtype=bool),
        )


@compiled
def price(total, weight):  # type: ignore[no-untyped-def]
    """A position in points; ``weight`` are points per unit of the leading levels, then per thing that is wrong."""
    points = total[HEADS] + total[LINES] + total[PARTED] + total[WRONG] * weight[weight.size - 1]
    for level in range(weight.size - 1):
        points += total[LEADING + level] * weight[level]
    return points


@compiled_part
def count_duty(board, position, person, day, sign):  # type: ignore[no-untyped-def]
    """Put a person's duty of a day on the board (``sign`` 1), or take it off (−1)."""
    shift, spot = position.shift[person, day], position.spot[person, day]
    slot = (day * board.post.shape[2] + shift) * board.post.shape[3] + spot
    _cover(board, position, person, slot, sign)
    _accompany(board, position, person, slot, sign)
    _use(board, position, person, position.spot[person, day], sign)
    _meet(board, position, person, day, sign)


@compiled_part
def _cover(board, position, person, slot, sign):  # type: ignore[no-untyped-def]
    heads, total, member, staff_set = position.heads, position.total, board.member, board.interval_staff_set
    requirement_start, requirement_level, requirement_heads, requirement_weight, requirement_above = (
        board.requirement_start, board.requirement_level, board.requirement_heads,
        board.requirement_weight, board.requirement_above,
    )  # fmt: skip
    for at in range(board.interval_start[slot], board.interval_start[slot + 1]):
        interval = board.interval[at]
        if not member[staff_set[interval], person]:
            continue
        others = heads[interval] if sign > 0 else heads[interval] - 1
        for requirement in range(requirement_start[interval], requirement_start[interval + 1]):
            level = requirement_level[requirement]
            if requirement_above[requirement]:
                if others >= requirement_heads[requirement]:
                    total[level] += sign * requirement_weight[requirement] * board.minutes[interval]
            elif others < requirement_heads[requirement]:
                total[level] -= sign * requirement_weight[requirement] * board.minutes[interval]
                if board.requirement_limit[requirement] >= 0:
                    total[level] += _miss(
                        board, position, board.requirement_limit[requirement], -sign * board.minutes[interval]
                    )
        heads[interval] += sign


@compiled_part
def _miss(board, position, limit, minutes):  # type: ignore[no-untyped-def]
    """Count more or fewer person-minutes missing against a shortage limit; what that costs more."""
    over = max(0, position.missing[limit] - board.limit_most[limit])
    position.missing[limit] += minutes
    return board.limit_cost[limit] * (max(0, position.missing[limit] - board.limit_most[limit]) - over)


@compiled_part
def _use(board, position, person, spot, sign):  # type: ignore[no-untyped-def]
    """Count a duty against its quotas, or take it off."""
    row = person * board.post.shape[3] + spot
    for at in range(board.quota_start[row], board.quota_start[row + 1]):
        quota = board.quota[at]
        # The last one counted or taken off is wrong where it lies beyond the quota.
        last = position.used[quota] + (sign > 0)
        if last > board.quota_most[quota]:
            position.total[WRONG] += sign
        position.used[quota] += sign


@compiled_part
def _accompany(board, position, person, slot, sign):  # type: ignore[no-untyped-def]
    dependent_heads, companion_heads, member = position.dependent_heads, position.companion_heads, board.member
    wrong = 0
    for at in range(board.co_presence_start[slot], board.co_presence_start[slot + 1]):
        co_presence = board.co_presence[at]
        wrong -= dependent_heads[co_presence] > 0 and lacking(board, position, co_presence)
        dependent_heads[co_presence] += sign * member[board.co_presence_of[co_presence], person]
        companion_heads[co_presence] += sign * member[board.co_presence_by[co_presence], person]
        wrong += dependent_heads[co_presence] > 0 and lacking(board, position, co_presence)
    position.total[WRONG] += wrong


@compiled_part
def lacking(board, position, co_presence):  # type: ignore[no-untyped-def]
    """Whether too few companions are there, in a stretch in which a dependent stands."""
    companions, per = position.companion_heads[co_presence], board.co_presence_per[co_presence]
    dependents = position.dependent_heads[co_presence] + board.co_presence_fixed[co_presence]
    return companions < board.co_presence_least[co_presence] or (per > 0 and companions * per < dependents)


@compiled_part
def _meet(board, position, person, day, sign):  # type: ignore[no-untyped-def]
    for at in range(board.incompatible_start[person], board.incompatible_start[person + 1]):
        incompatible = board.incompatible[at]
        shift = position.shift[person, day]
        for other in range(max(0, day - NEAR_DAYS), min(position.shift.shape[1], day + NEAR_DAYS + 1)):
            theirs = position.shift[incompatible, other]
            overlap = min(board.end[day, shift], board.end[other, max(theirs, 0)]) > max(
                board.start[day, shift], board.start[other, max(theirs, 0)]
            )
            if theirs >= 0 and overlap and position.spot[incompatible, other] == position.spot[person, day]:
                position.total[WRONG] += sign


@compiled_part
def _differ(board, position, person, day, sign):  # type: ignore[no-untyped-def]
    """Count what a person does on a day, free or not, against what they are given, or take it off."""
    shift = position.shift[person, day]
    kept = (
        shift >= 0
        and shift == board.given_shift[person, day]
        and position.spot[person, day] == board.given_spot[person, day]
    )
    if not kept:
        for level in range(board.change_level.size):
            position.total[board.change_level[level]] += sign * board.change_cost[level, person, day, shift + 1]


@compiled_part
def _pleased(preferences, person, spot, seen):  # type: ignore[no-untyped-def]
    """Points of one person's posts ``spot[day]``: duties at unwanted hotspots, and every different hotspot but one."""
    points, different = 0, 0
    for place in range(seen.size):
        seen[place] = False
    for day in range(spot.size):
        if spot[day] >= 0:
            points += preferences.dislike[person, spot[day]]
            different += not seen[spot[day]]
            seen[spot[day]] = True
    return points + preferences.variety[person] * max(0, different - 1)


@compiled_part
def _parted(preferences, shift, spot, who, count):  # type: ignore[no-untyped-def]
    """Points of the partners of the first ``count`` people of ``who``, each pair once."""
    points = 0
    for i in range(count):
        person = who[i]
        for pair in range(preferences.pair_start[person], preferences.pair_start[person + 1]):
            partner = preferences.partner[pair]
            twice = False
            for j in range(i):
                twice = twice or who[j] == partner
            if twice:
                continue
            for day in range(shift.shape[1]):
                mine, theirs = shift[person, day], shift[partner, day]
                if preferences.counted[pair, day] and (mine != theirs or spot[person, day] != spot[partner, day]):
                    points += preferences.parted_cost[pair] * ((mine >= 0) + (theirs >= 0))
    return points


@compiled_part
def _trade(board, position, draft, i):  # type: ignore[no-untyped-def]
    """Exchange the lines of a person and of the draft, counting what differs."""
    person = draft.who[i]
    shift, spot, new, new_at = position.shift, position.spot, draft.shift, draft.spot
    for day in range(shift.shape[1]):
        if shift[person, day] == new[i, day] and spot[person, day] == new_at[i, day]:
            continue
        _differ(board, position, person, day, -1)
        if shift[person, day] >= 0:
            count_duty(board, position, person, day, -1)
        shift[person, day], new[i, day] = new[i, day], shift[person, day]
        spot[person, day], new_at[i, day] = new_at[i, day], spot[person, day]
        if shift[person, day] >= 0:
            count_duty(board, position, person, day, 1)
        _differ(board, position, person, day, 1)


@compiled_part
def _possible(post, position, draft, count):  # type: ignore[no-untyped-def]
    """Whether a draft changes anything, and only to open posts."""
    shift, spot, new, new_at = position.shift, position.spot, draft.shift, draft.spot
    differs = False
    for i in range(count):
        person = draft.who[i]
        for day in range(shift.shape[1]):
            if new[i, day] != shift[person, day] or new_at[i, day] != spot[person, day]:
                differs = True
                if new[i, day] >= 0 and not post[person, day, new[i, day], new_at[i, day]]:
                    return False
    return differs


@compiled
def attempt(board, preferences, lines, position, draft, count, weight, most):  # type: ignore[no-untyped-def]
    """Make the move of the first ``count`` people of a draft if it is legal and costs at most ``most`` points more; whether it
    was made."""
    if not _possible(board.post, position, draft, count):
        return False
    gain = 0
    for i in range(count):
        person = draft.who[i]
        cost = line_cost(lines, person, draft.shift[i], draft.state, draft.value)
        if cost >= LIMIT:
            return False
        draft.points[i] = cost + _pleased(preferences, person, draft.spot[i], draft.seen)
        gain += position.points[person] - draft.points[i]
    before = price(position.total, weight)
    parted = _parted(preferences, position.shift, position.spot, draft.who, count)
    for i in range(count):
        _trade(board, position, draft, i)
    parted = _parted(preferences, position.shift, position.spot, draft.who, count) - parted
    position.total[LINES] -= gain
    position.total[PARTED] += parted
    if price(position.total, weight) - before <= most:
        for i in range(count):
            position.points[draft.who[i]] = draft.points[i]
        return True
    for i in range(count):
        _trade(board, position, draft, i)
    position.total[LINES] += gain
    position.total[PARTED] -= parted
    return False


@compiled
def settle(board, preferences, lines, position, shift, spot, draft):  # type: ignore[no-untyped-def]
    """Put a whole roster on an empty board, as ``shift[person, day]`` and ``spot[person, day]``."""
    people, days = shift.shape
    for person in range(people):
        for day in range(days):
            if shift[person, day] >= 0:
                _differ(board, position, person, day, -1)
                position.shift[person, day], position.spot[person, day] = shift[person, day], spot[person, day]
                count_duty(board, position, person, day, 1)
                _differ(board, position, person, day, 1)
        cost = line_cost(lines, person, shift[person], draft.state, draft.value)
        position.points[person] = cost + _pleased(preferences, person, spot[person], draft.seen)
        position.total[LINES] += position.points[person]
    twice = 0
    for person in range(people):
        draft.who[0] = person
        twice += _parted(preferences, position.shift, position.spot, draft.who, 1)
    position.total[PARTED] = twice // 2
