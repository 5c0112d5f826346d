"""What a move may propose: the kinds of moves, each a small function that fills a draft, compiled by numba.

Each returns how many people it changes, 0 when its dice lead nowhere. None looks at rules: the move itself does.
"""

from __future__ import annotations

import numpy as np

from scheduler.engine.compiled import compiled, compiled_part

EXCHANGE, GIVE_BACK, CHANGE, TWO_CHANGES, ROUND, TOGETHER, TWO_DAYS, JOIN, FILL, FILL_TOGETHER, RESTORE = range(11)
LONGEST, LONGEST_ROUND, LONGEST_BACK, LONGEST_JOINED, LONGEST_RESTORED = 8, 4, 4, 5, 3
"""Days of the longest stretch each kind moves."""
DROP = 0.3
"""Share of changes that leave the day free."""
LOOKS = 30
"""Cells looked at for one that is short."""


@compiled
def propose(choices, heads, shift, spot, draft, kind, person):  # type: ignore[no-untyped-def]
    """A move of one kind that begins with ``person``; how many people it changes."""
    _take(shift, spot, draft, 0, person)
    if kind in (EXCHANGE, GIVE_BACK):
        return _exchange(choices, shift, spot, draft, kind == GIVE_BACK)
    if kind == CHANGE:
        return _change(choices, draft, 1)
    if kind == TWO_CHANGES:
        return _change(choices, draft, 2)
    if kind == ROUND:
        return _round(choices, shift, spot, draft)
    if kind == TOGETHER:
        return _together(choices, shift, spot, draft)
    if kind == TWO_DAYS:
        return _two_days(choices, shift, spot, draft)
    if kind == JOIN:
        return _join(choices, shift, spot, draft)
    if kind == RESTORE:
        return _restore(choices, shift, spot, draft)
    return _fill(choices, heads, shift, spot, draft, kind == FILL_TOGETHER)


@compiled_part
def _take(shift, spot, draft, i, person):  # type: ignore[no-untyped-def]
    draft.who[i] = person
    new, new_at = draft.shift, draft.spot
    for day in range(shift.shape[1]):
        new[i, day], new_at[i, day] = shift[person, day], spot[person, day]


@compiled_part
def _one_of(start, items, row):  # type: ignore[no-untyped-def]
    """A random item of a row; −1 from an empty one."""
    size = start[row + 1] - start[row]
    return items[start[row] + np.random.randint(size)] if size > 0 else -1


@compiled_part
def _stretch(days, longest):  # type: ignore[no-untyped-def]
    start = np.random.randint(days)
    return start, min(days, start + 1 + np.random.randint(longest))


@compiled_part
def _swap(draft, i, j, start, stop):  # type: ignore[no-untyped-def]
    new, new_at = draft.shift, draft.spot
    for day in range(start, stop):
        new[i, day], new[j, day] = new[j, day], new[i, day]
        new_at[i, day], new_at[j, day] = new_at[j, day], new_at[i, day]


@compiled_part
def _put(draft, i, day, shift, spot):  # type: ignore[no-untyped-def]
    draft.shift[i, day], draft.spot[i, day] = shift, spot


@compiled_part
def _exchange(choices, shift, spot, draft, back):  # type: ignore[no-untyped-def]
    """Two who count alike swap a stretch; with ``back`` a second one that returns the paid hours, where there is one: people who
    are short of hours or at their limit can only trade."""
    a, days = draft.who[0], draft.shift.shape[1]
    b = _one_of(choices.interchangeable_start, choices.interchangeable, a)
    if b < 0:
        return 0
    _take(shift, spot, draft, 1, b)
    start, stop = _stretch(days, LONGEST)
    _swap(draft, 0, 1, start, stop)
    surplus = _moved(choices.paid, shift, a, b, start, stop)
    if not back or surplus == 0:
        return 2
    length = 1 + np.random.randint(LONGEST_BACK)
    first = np.random.randint(days)
    for step in range(days):
        low = (first + step) % days
        high = low + length
        if high <= days and (high <= start or low >= stop) and _moved(choices.paid, shift, a, b, low, high) == -surplus:
            _swap(draft, 0, 1, low, high)
            break
    return 2


@compiled_part
def _moved(paid, shift, a, b, start, stop):  # type: ignore[no-untyped-def]
    """Paid minutes that ``a`` works more than ``b`` in a stretch."""
    minutes = 0
    for day in range(start, stop):
        minutes += paid[day, shift[a, day]] - paid[day, shift[b, day]]
    return minutes


@compiled_part
def _change(choices, draft, times):  # type: ignore[no-untyped-def]
    """One person takes another post, or none, on one or two days."""
    days, spots = draft.shift.shape[1], choices.spots
    for _ in range(times):
        day = np.random.randint(days)
        if draft.shift[0, day] >= 0 and np.random.random() < DROP:
            _put(draft, 0, day, -1, -1)
            continue
        post = _one_of(choices.open_start, choices.open, draft.who[0] * days + day)
        if post < 0:
            return 0
        _put(draft, 0, day, post // spots, post % spots)
    return 1


@compiled_part
def _round(choices, shift, spot, draft):  # type: ignore[no-untyped-def]
    """Three who count alike pass a stretch round."""
    a = draft.who[0]
    b, c = (
        _one_of(choices.interchangeable_start, choices.interchangeable, a),
        _one_of(choices.interchangeable_start, choices.interchangeable, a),
    )
    if b < 0 or b == c:
        return 0
    _take(shift, spot, draft, 1, b)
    _take(shift, spot, draft, 2, c)
    start, stop = _stretch(draft.shift.shape[1], LONGEST_ROUND)
    _swap(draft, 0, 1, start, stop)
    _swap(draft, 1, 2, start, stop)
    return 3


@compiled_part
def _together(choices, shift, spot, draft):  # type: ignore[no-untyped-def]
    """Two who stand together go together to another post, of the same day or of another."""
    a, days = draft.who[0], draft.shift.shape[1]
    day = np.random.randint(days)
    if shift[a, day] < 0:
        return 0
    b = _colleague(choices, shift, spot, a, day)
    if b < 0:
        return 0
    _take(shift, spot, draft, 1, b)
    to = day
    if np.random.random() < 0.5:
        to = np.random.randint(days)
        _put(draft, 0, day, -1, -1)
        _put(draft, 1, day, -1, -1)
    if to != day and np.random.random() < 0.5:
        _put(draft, 0, to, shift[a, day], spot[a, day])
        _put(draft, 1, to, shift[a, day], spot[a, day])
        return 2
    return _both(choices, draft, to)


@compiled_part
def _both(choices, draft, day):  # type: ignore[no-untyped-def]
    """Both people of a draft take a post of a day that is open to the first."""
    post = _one_of(choices.open_start, choices.open, draft.who[0] * draft.shift.shape[1] + day)
    if post < 0:
        return 0
    for i in range(2):
        _put(draft, i, day, post // choices.spots, post % choices.spots)
    return 2


@compiled_part
def _colleague(choices, shift, spot, person, day):  # type: ignore[no-untyped-def]
    """Somebody who counts alike and stands at the same post that day; −1 if nobody does."""
    low = choices.interchangeable_start[person]
    size = choices.interchangeable_start[person + 1] - low
    first = np.random.randint(max(1, size))
    for step in range(size):
        other = choices.interchangeable[low + (first + step) % size]
        if shift[other, day] == shift[person, day] and spot[other, day] == spot[person, day]:
            return other
    return -1


@compiled_part
def _two_days(choices, shift, spot, draft):  # type: ignore[no-untyped-def]
    """Two of the same component swap two single days."""
    b = _one_of(choices.neighbours_start, choices.neighbours, draft.who[0])
    if b < 0:
        return 0
    _take(shift, spot, draft, 1, b)
    for _ in range(2):
        day = np.random.randint(draft.shift.shape[1])
        _swap(draft, 0, 1, day, day + 1)
    return 2


@compiled_part
def _join(choices, shift, spot, draft):  # type: ignore[no-untyped-def]
    """One person stands where another stands, for a stretch."""
    other = _one_of(choices.neighbours_start, choices.neighbours, draft.who[0])
    if other < 0:
        return 0
    start, stop = _stretch(draft.shift.shape[1], LONGEST_JOINED)
    for day in range(start, stop):
        _put(draft, 0, day, shift[other, day], spot[other, day])
    return 1


@compiled_part
def _restore(choices, shift, spot, draft):  # type: ignore[no-untyped-def]
    """Somebody, or two who count alike, do again what they are given for a stretch that begins where they do not."""
    person, days = draft.who[0], draft.shift.shape[1]
    first, day = np.random.randint(days), -1
    for step in range(days):
        if _differs(choices, shift, spot, person, (first + step) % days):
            day = (first + step) % days
            break
    if day < 0:
        return 0
    stop = min(days, day + 1 + np.random.randint(LONGEST_RESTORED))
    count = 1
    if np.random.random() < 0.5:
        low = choices.interchangeable_start[person]
        size = choices.interchangeable_start[person + 1] - low
        at = np.random.randint(max(1, size))
        for step in range(size):
            other = choices.interchangeable[low + (at + step) % size]
            if _differs(choices, shift, spot, other, day):
                _take(shift, spot, draft, 1, other)
                count = 2
                break
    for i in range(count):
        for restored in range(day, stop):
            who = draft.who[i]
            _put(draft, i, restored, choices.given_shift[who, restored], choices.given_spot[who, restored])
    return count


@compiled_part
def _differs(choices, shift, spot, person, day):  # type: ignore[no-untyped-def]
    """Whether somebody does something else on a day than they are given."""
    return (
        shift[person, day] != choices.given_shift[person, day] or spot[person, day] != choices.given_spot[person, day]
    )


@compiled_part
def _fill(choices, heads, shift, spot, draft, together):  # type: ignore[no-untyped-def]
    """Somebody, or two who count alike, take a post where somebody is missing, and may give up another day for it."""
    at = _short(choices.intervals, choices.wanted, heads)
    if at < 0:
        return 0
    slot = _one_of(choices.slot_start, choices.slot, at)
    days, shifts = draft.shift.shape[1], choices.paid.shape[1] - 1
    day = slot // (shifts * choices.spots)
    count = 1 + together
    person = _one_of(choices.eligible_start, choices.eligible, at)
    for i in range(count):
        if person < 0:
            return 0
        _take(shift, spot, draft, i, person)
        if np.random.random() < 0.5:
            _put(draft, i, np.random.randint(days), -1, -1)
        _put(draft, i, day, slot // choices.spots % shifts, slot % choices.spots)
        person = _one_of(choices.interchangeable_start, choices.interchangeable, person)
    return count


@compiled_part
def _short(intervals, wanted, heads):  # type: ignore[no-untyped-def]
    """Position of a random interval in which somebody is missing; −1 if a few looks find none."""
    for _ in range(LOOKS if intervals.size > 0 else 0):
        at = np.random.randint(intervals.size)
        if heads[intervals[at]] < wanted[at]:
            return at
    return -1
