"""The dynamic programme over one person's line of work, and the price of one given line, compiled by numba.

A label is a partial line: a *core* (last duty, automaton states, resources that must be told apart), a *load* (resources of
which less is never worse) and a cost. Of two labels with the same core, one that is not cheaper and loads no less is
dropped. Loads are packed in one word with a guard bit above each field, so that one subtraction compares all fields.
"""

from __future__ import annotations

import numpy as np

from scheduler.engine.compiled import compiled, compiled_part

LIMIT = np.int64(1) << 54
"""Costs from here on mean forbidden."""


@compiled_part
def _reduce(core, load, cost, count, guards, beam):  # type: ignore[no-untyped-def]
    """Positions of the labels to keep: per core the undominated ones, at most the ``beam`` cheapest (0: all).

    A hash table holds the labels of each core as a chain in order of cost, so that nothing has to be sorted.
    """
    bits = 1
    while (1 << bits) < 2 * count:
        bits += 1
    mask = (1 << bits) - 1
    first = np.full(1 << bits, -1, np.int32)
    after = np.empty(count, np.int32)
    total = 0
    for label in range(count):
        key = core[label]
        place = np.int64((np.uint64(key) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - bits))
        while first[place] >= 0 and core[first[place]] != key:
            place = (place + 1) & mask
        mine = load[label] | guards
        before, other, rank = -1, int(first[place]), 0
        dominated = False
        while other >= 0 and cost[other] <= cost[label]:
            rank += 1
            if rank == beam or ((mine - load[other]) & guards) == guards:
                dominated = True
                break
            before, other = other, int(after[other])
        if dominated:
            continue
        if before < 0:
            first[place] = label
        else:
            after[before] = label
        total += 1
        rank += 1
        # What is dearer and loads no less goes, and so does what no longer is among the cheapest.
        before = label
        while other >= 0:
            if rank == beam or ((((load[other] | guards) - load[label]) & guards) == guards):
                total -= 1
            else:
                after[before] = other
                before = other
                rank += 1
            other = int(after[other])
        after[before] = -1
    kept = np.empty(total, np.int64)
    total = 0
    for chain in range(first.size):
        other = int(first[chain])
        while other >= 0:
            kept[total] = other
            total += 1
            other = int(after[other])
    return kept


@compiled
def best_lines(  # type: ignore[no-untyped-def]
    cost, pair, keep, flag, step, step_cost, emit, hot, resting, cond, cond_keep, emit_to,
    weight, last_day, limit, term, active, field, layout, begin, guards, beam, cap, most,
):  # fmt: skip
    """The cheapest lines, at most ``most``: (costs, choices ``[line, day]``), choice 0 free and k + 1 shift k. The first is the
    best of all, the others the best of those that end in another state; none when no line is legal.

    ``field[r] = (offset, mask, is_load)`` places resource *r*; ``layout[a] = (offset, mask)`` automaton *a* in the core;
    the duty in memory sits in the lowest bits of the core, with mask ``layout[-1, 1]``. ``beam`` labels are kept per core
    and ``cap`` in all; 0 means all.
    """
    days, choices = cost.shape
    shifts = choices - 1
    reach = pair.shape[0]
    automata = flag.shape[0]
    memory_mask = layout[automata, 1]
    core = np.array([begin], np.int64)
    load = np.zeros(1, np.int64)
    price = np.zeros(1, np.int64)
    parents = [np.zeros(1, np.int32)]
    picked = [np.zeros(1, np.int8)]
    for day in range(days):
        room = core.size * choices
        new_core = np.empty(room, np.int64)
        new_load = np.empty(room, np.int64)
        new_price = np.empty(room, np.int64)
        source = np.empty(room, np.int32)
        choice = np.empty(room, np.int8)
        count = 0
        for label in range(core.size):
            memory = core[label] & memory_mask
            age = (memory - 1) // shifts
            before = (memory - 1) % shifts
            for c in range(choices):
                total = price[label] + cost[day, c]
                if cost[day, c] >= LIMIT:
                    continue
                if c > 0 and memory > 0:
                    if pair[age, day, before, c - 1] >= LIMIT:
                        continue
                    total += pair[age, day, before, c - 1]
                loads = load[label]
                ok = True
                next_core = np.int64(0)
                hot_memory = False
                if c > 0:
                    next_age, duty = 0, c - 1
                elif memory > 0 and age + 1 < reach:
                    next_age, duty = age + 1, before
                else:
                    next_age, duty = -1, 0
                emitted = np.int64(0)
                for a in range(automata):
                    state = (core[label] >> layout[a, 0]) & layout[a, 1]
                    if c > 0 and memory > 0 and resting[a, day, state] and cond[a, age, day, before, c - 1]:
                        ok = False
                        break
                    bit = flag[a, day, c]
                    target = step[a, day, state, bit]
                    if target < 0:
                        ok = False
                        break
                    total += step_cost[a, day, state, bit]
                    if emit[a, day, state, bit]:
                        emitted |= np.int64(1) << a
                    next_core |= target << layout[a, 0]
                    if next_age >= 0 and hot[a, day, target] and cond_keep[a, next_age, day, duty]:
                        hot_memory = True
                if not ok:
                    continue
                for position in range(active.shape[1]):
                    r = active[day, position]
                    if r < 0:
                        break
                    word = loads if field[r, 2] else core[label]
                    value = (word >> field[r, 0]) & field[r, 1]
                    if field[r, 2]:
                        loads -= value << field[r, 0]
                    value += weight[r, day, c]
                    if emit_to[r] >= 0 and (emitted >> emit_to[r]) & 1:
                        value += 1
                    if value > limit[r]:
                        ok = False
                        break
                    if day == last_day[r]:
                        if term[r, value] >= LIMIT:
                            ok = False
                            break
                        total += term[r, value]
                        value = 0
                    if field[r, 2]:
                        loads |= value << field[r, 0]
                    else:
                        next_core |= value << field[r, 0]
                if not ok:
                    continue
                if next_age >= 0 and (hot_memory or keep[next_age, day, duty]):
                    next_core |= 1 + next_age * shifts + duty
                new_core[count] = next_core
                new_load[count] = loads
                new_price[count] = total
                source[count] = label
                choice[count] = c
                count += 1
        if count == 0:
            return np.zeros(0, np.int64), np.zeros((0, days), np.int8)
        kept = _reduce(new_core, new_load, new_price, count, guards, beam)
        if cap > 0 and kept.size > cap:
            kept = kept[np.argsort(new_price[kept])[:cap]]
        core = new_core[kept]
        load = new_load[kept]
        price = new_price[kept]
        parents.append(source[kept])
        picked.append(choice[kept])
    ends = np.argsort(price)[:most]
    lines = np.zeros((ends.size, days), np.int8)
    for row in range(ends.size):
        last = ends[row]
        for day in range(days - 1, -1, -1):
            lines[row, day] = picked[day + 1][last]
            last = parents[day + 1][last]
    return price[ends], lines


@compiled
def line_cost(lines, person, shift, state, value):  # type: ignore[no-untyped-def]
    """The cost of one line ``shift[day]`` (−1: free) of a person of :class:`~scheduler.engine.lines.stack.Lines`; ≥ LIMIT when
    it breaks a hard rule. The same walk as :func:`best_lines` with one choice a day; ``state`` and ``value`` are scratch space
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
