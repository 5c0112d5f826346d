"""The price of one given line, compiled by numba for moves that ask half a million times a second."""

from __future__ import annotations

from scheduler.engine.compiled import LIMIT, compiled


@compiled
def line_cost(lines, person, shift, state, value):  # type: ignore[no-untyped-def]
    """The cost of one line ``shift[day]`` (−1: free) of a person of :class:`~scheduler.engine.lines.stack.Lines`; ≥ LIMIT when
    it breaks a hard rule. ``state`` and ``value`` are scratch space
    for automata and resources."""
    # Fields are taken out once: inside a loop every look at a tuple of arrays costs more than the look-up itself.
    base, pair, flag, step, step_cost, emit = (
        lines.base,
        lines.pair,
        lines.flag,
        lines.step,
        lines.step_cost,
        lines.emit,
    )
    resting, cond, active, weight, limit = lines.resting, lines.cond, lines.active, lines.weight, lines.limit
    last_day, term, emit_to, begin = lines.last_day, lines.term, lines.emit_to, lines.begin
    automata, reach = lines.automata[person], lines.reach[person]
    for a in range(automata):
        state[a] = begin[person, a]
    for r in range(value.size):
        value[r] = 0
    total = lines.constant[person]
    last, before = -1, 0
    for day in range(shift.size):
        choice = shift[day] + 1
        total += base[person, day, choice]
        if base[person, day, choice] >= LIMIT:
            return LIMIT
        age = day - last - 1 if choice > 0 and last >= 0 and day - last <= reach else -1
        if age >= 0:
            if pair[person, age, day, before, choice - 1] >= LIMIT:
                return LIMIT
            total += pair[person, age, day, before, choice - 1]
        emitted = 0
        for a in range(automata):
            now = state[a]
            if age >= 0 and resting[person, a, day, now] and cond[person, a, age, day, before, choice - 1]:
                return LIMIT
            bit = flag[person, a, day, choice]
            if step[person, a, day, now, bit] < 0:
                return LIMIT
            total += step_cost[person, a, day, now, bit]
            emitted |= emit[person, a, day, now, bit] << a
            state[a] = step[person, a, day, now, bit]
        for position in range(active.shape[2]):
            r = active[person, day, position]
            if r < 0:
                break
            units = value[r] + weight[person, r, day, choice]
            if emit_to[person, r] >= 0:
                units += (emitted >> emit_to[person, r]) & 1
            if units > limit[person, r]:
                return LIMIT
            if day == last_day[person, r]:
                if term[person, r, units] >= LIMIT:
                    return LIMIT
                total += term[person, r, units]
                units = 0
            value[r] = units
        if choice > 0:
            last, before = day, choice - 1
    return total
