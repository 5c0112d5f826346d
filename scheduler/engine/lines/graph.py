"""One person's rules day by day as a graph: every state a line can be in, and where each choice leads.

The rules' automata and the last duty are walked once, whatever duties earn; what the limits on sums allow is left to
:mod:`~scheduler.engine.lines.kernel`. States from which the same choices lead to the same places at the same price are one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.engine.compiled import LIMIT, compiled, compiled_part, grown, grown_rows


class Graph(NamedTuple):
    """States are numbered day by day: those before ``day`` are ``day_first[day]`` to ``day_first[day + 1]``, the one before the
    first day is 0, and there is none when no line is legal. The arcs of a state are ``arc_first[state]`` to
    ``arc_first[state + 1]``."""

    day_first: NDArray[np.int64]
    arc_first: NDArray[np.int64]
    choice: NDArray[np.int16]
    target: NDArray[np.int32]
    cost: NDArray[np.int64]
    """The price of a choice after what came before, in points."""
    emits: NDArray[np.int64]
    """Bits of the automata that emit a unit."""


@compiled_part
def _spot(words, bits):  # type: ignore[no-untyped-def]
    """Where in a table of ``2 ** bits`` places a row of words is looked for first."""
    key = np.uint64(0)
    for word in words:
        key = (key ^ np.uint64(word)) * np.uint64(0x9E3779B97F4A7C15)
    return np.int64(key >> np.uint64(64 - bits))


@compiled_part
def _same(left, right):  # type: ignore[no-untyped-def]
    # By hand: numba has no all() of a generator.
    for word in range(left.size):  # noqa: SIM110
        if left[word] != right[word]:
            return False
    return True


@compiled_part
def _nothing(days):  # type: ignore[no-untyped-def]
    """The arrays of a graph without states."""
    return (
        np.zeros(days + 2, np.int64), np.zeros(1, np.int64), np.zeros(0, np.int16), np.zeros(0, np.int32),
        np.zeros(0, np.int64), np.zeros(0, np.int64),
    )  # fmt: skip


@compiled
def expanded(  # type: ignore[no-untyped-def]
    begin, open_to, pair, keep, flag, step, step_cost, emit, hot, resting, cond, cond_keep, layout, words, over
):  # fmt: skip
    """The arrays of a :class:`Graph` for the choices that are ``open_to`` somebody, ``[day, choice]``; one without states when
    the flag ``over[0]`` is set meanwhile.

    A state is a row of ``words``: the duty in memory at ``layout[-1] = (word, offset, mask)``, and the state of automaton *a* at
    ``layout[a]``. ``begin[a]`` is its first state.
    """
    days, choices = open_to.shape
    shifts = choices - 1
    reach = pair.shape[0]
    automata = flag.shape[0]
    memory_word, memory_at, memory_mask = layout[automata, 0], layout[automata, 1], layout[automata, 2]
    word = np.zeros((1024, words), np.int64)
    for a in range(automata):
        word[0, layout[a, 0]] |= begin[a] << layout[a, 1]
    following = np.zeros(words, np.int64)
    day_first = np.zeros(days + 2, np.int64)
    states = 1
    day_first[1] = 1
    arc_first = np.zeros(1024, np.int64)
    arc_choice = np.empty(4096, np.int16)
    arc_target = np.empty(4096, np.int32)
    arc_cost = np.empty(4096, np.int64)
    arc_emits = np.empty(4096, np.int64)
    arcs = 0
    bits = 10
    for day in range(days):
        table = np.full(1 << bits, -1, np.int64)
        found = 0
        for state in range(day_first[day], day_first[day + 1]):
            if over[0]:
                return _nothing(days)
            arc_first[state] = arcs
            memory = (word[state, memory_word] >> memory_at) & memory_mask
            age = (memory - 1) // shifts
            before = (memory - 1) % shifts
            for c in range(choices):
                if not open_to[day, c]:
                    continue
                total = np.int64(0)
                if c > 0 and memory > 0:
                    total = pair[age, day, before, c - 1]
                    if total >= LIMIT:
                        continue
                if c > 0:
                    next_age, duty = 0, c - 1
                elif memory > 0 and age + 1 < reach:
                    next_age, duty = age + 1, before
                else:
                    next_age, duty = -1, 0
                ok = True
                hot_memory = False
                following[:] = 0
                emitted = np.int64(0)
                for a in range(automata):
                    now = (word[state, layout[a, 0]] >> layout[a, 1]) & layout[a, 2]
                    if c > 0 and memory > 0 and resting[a, day, now] and cond[a, age, day, before, c - 1]:
                        ok = False
                        break
                    bit = flag[a, day, c]
                    goal = step[a, day, now, bit]
                    if goal < 0:
                        ok = False
                        break
                    total += step_cost[a, day, now, bit]
                    if emit[a, day, now, bit]:
                        emitted |= np.int64(1) << a
                    following[layout[a, 0]] |= goal << layout[a, 1]
                    if next_age >= 0 and hot[a, day, goal] and cond_keep[a, next_age, day, duty]:
                        hot_memory = True
                if not ok or total >= LIMIT:
                    continue
                if next_age >= 0 and (hot_memory or keep[next_age, day, duty]):
                    following[memory_word] |= (1 + next_age * shifts + duty) << memory_at
                place = _spot(following, bits)
                while table[place] >= 0 and not _same(word[table[place]], following):
                    place = (place + 1) & ((1 << bits) - 1)
                if table[place] < 0:
                    if states + 1 >= arc_first.size:
                        word, arc_first = grown_rows(word), grown(arc_first)
                    word[states] = following
                    table[place] = states
                    states += 1
                    found += 1
                    if 2 * found > table.size:
                        bits += 1
                        table = np.full(1 << bits, -1, np.int64)
                        for other in range(states - found, states):
                            place = _spot(word[other], bits)
                            while table[place] >= 0:
                                place = (place + 1) & ((1 << bits) - 1)
                            table[place] = other
                        place = _spot(following, bits)
                        while not _same(word[table[place]], following):
                            place = (place + 1) & ((1 << bits) - 1)
                if arcs == arc_choice.size:
                    arc_choice, arc_target, arc_cost, arc_emits = (
                        grown(arc_choice), grown(arc_target), grown(arc_cost), grown(arc_emits),
                    )  # fmt: skip
                arc_choice[arcs] = c
                arc_target[arcs] = table[place]
                arc_cost[arcs] = total
                arc_emits[arcs] = emitted
                arcs += 1
        day_first[day + 2] = states
    for state in range(day_first[days], states + 1):
        arc_first[state] = arcs
    return _merged(
        day_first,
        arc_first[: states + 1],
        arc_choice[:arcs],
        arc_target[:arcs],
        arc_cost[:arcs],
        arc_emits[:arcs],
        states,
    )


@compiled_part
def _merged(day_first, arc_first, choice, target, cost, emits, states):  # type: ignore[no-untyped-def]
    """The same graph with one state for all before a day that have the same future, and none that has no future."""
    days = day_first.size - 2
    same = np.full(states, -1, np.int64)
    """The state that stands for each; −1: there is no way on from it."""
    for state in range(day_first[days], states):
        same[state] = state
    for day in range(days - 1, -1, -1):
        low, high = day_first[day], day_first[day + 1]
        bits = 3
        while (1 << bits) < 2 * (high - low):
            bits += 1
        table = np.full(1 << bits, -1, np.int64)
        for state in range(low, high):
            key = np.uint64(0)
            alive = False
            for arc in range(arc_first[state], arc_first[state + 1]):
                goal = same[target[arc]]
                if goal < 0:
                    continue
                alive = True
                for part in (np.uint64(choice[arc]), np.uint64(goal), np.uint64(cost[arc]), np.uint64(emits[arc])):
                    key = (key ^ part) * np.uint64(0x9E3779B97F4A7C15)
                    key ^= key >> np.uint64(29)
            if not alive:
                continue
            place = np.int64(key >> np.uint64(64 - bits))
            while table[place] >= 0 and not _alike(state, table[place], same, arc_first, choice, target, cost, emits):
                place = (place + 1) & ((1 << bits) - 1)
            if table[place] < 0:
                table[place] = state
            same[state] = table[place]
    number = np.full(states, -1, np.int64)
    total, arcs = 0, 0
    for state in range(states):
        if same[state] == state:
            number[state] = total
            total += 1
            for arc in range(arc_first[state], arc_first[state + 1]):
                arcs += same[target[arc]] >= 0
    new_first = np.empty(total + 1, np.int64)
    new_choice = np.empty(arcs, np.int16)
    new_target = np.empty(arcs, np.int32)
    new_cost = np.empty(arcs, np.int64)
    new_emits = np.empty(arcs, np.int64)
    new_day = np.zeros(days + 2, np.int64)
    at = 0
    for day in range(days + 1):
        for state in range(day_first[day], day_first[day + 1]):
            if same[state] != state:
                continue
            new_day[day + 1] = number[state] + 1
            new_first[number[state]] = at
            for arc in range(arc_first[state], arc_first[state + 1]):
                goal = same[target[arc]]
                if goal >= 0:
                    new_choice[at] = choice[arc]
                    new_target[at] = number[goal]
                    new_cost[at] = cost[arc]
                    new_emits[at] = emits[arc]
                    at += 1
    new_first[total] = at
    for day in range(1, days + 2):
        new_day[day] = max(new_day[day], new_day[day - 1])
    return new_day, new_first, new_choice, new_target, new_cost, new_emits


@compiled_part
def _alike(one, other, same, arc_first, choice, target, cost, emits):  # type: ignore[no-untyped-def]
    """Whether the same choices lead from two states to the same places."""
    left, right = arc_first[one], arc_first[other]
    while True:
        while left < arc_first[one + 1] and same[target[left]] < 0:
            left += 1
        while right < arc_first[other + 1] and same[target[right]] < 0:
            right += 1
        ended = left == arc_first[one + 1]
        if ended or right == arc_first[other + 1]:
            return ended and right == arc_first[other + 1]
        if (
            choice[left] != choice[right]
            or same[target[left]] != same[target[right]]
            or cost[left] != cost[right]
            or emits[left] != emits[right]
        ):
            return False
        left += 1
        right += 1
