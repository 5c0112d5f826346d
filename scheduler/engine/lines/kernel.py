"""The best lines through a person's graph under limits and prices on sums, compiled by numba.

A label is a partial line: its state, a *rest* (sums that must be told apart), a *load* (sums of which less is never worse) and a
cost. Of two labels with the same state and rest, one that is not cheaper and loads no less is dropped, and so is one whose bound
(:mod:`~scheduler.engine.lines.multipliers`) says that it cannot come below what is asked for. Loads are packed in words with a
guard bit above each field, so that one subtraction compares all fields of a word.
"""

from __future__ import annotations

import numpy as np

from scheduler.engine.compiled import LIMIT, compiled, compiled_part, grown, grown_rows
from scheduler.engine.lines.multipliers import emitted, priced


@compiled_part
def _alike(one, other, state, rest):  # type: ignore[no-untyped-def]
    """Whether two labels have the same state and rest."""
    if state[one] != state[other]:
        return False
    # By hand: numba has no all() of a generator.
    for word in range(rest.shape[1]):  # noqa: SIM110
        if rest[one, word] != rest[other, word]:
            return False
    return True


@compiled_part
def _no_less(one, other, load, guards):  # type: ignore[no-untyped-def]
    """Whether one label loads no less than another, field by field."""
    for word in range(guards.size):  # noqa: SIM110
        if (((load[one, word] | guards[word]) - load[other, word]) & guards[word]) != guards[word]:
            return False
    return True


@compiled_part
def _reduce(state, rest, load, cost, count, guards, over):  # type: ignore[no-untyped-def]
    """Positions of the labels to keep: the undominated ones of each state and rest; none when ``over[0]`` is set meanwhile.

    A hash table holds the labels of each as a chain in order of cost, so that nothing has to be sorted.
    """
    bits = 1
    while (1 << bits) < 2 * count:
        bits += 1
    mask = (1 << bits) - 1
    first = np.full(1 << bits, -1, np.int32)
    after = np.empty(count, np.int32)
    total = 0
    for label in range(count):
        if over[0]:
            return np.empty(0, np.int64)
        key = np.uint64(state[label])
        for word in range(rest.shape[1]):
            key = (key * np.uint64(0x9E3779B97F4A7C15)) ^ (np.uint64(rest[label, word]) * np.uint64(0xC2B2AE3D27D4EB4F))
        place = np.int64((key * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - bits))
        while first[place] >= 0 and not _alike(first[place], label, state, rest):
            place = (place + 1) & mask
        before, other = -1, int(first[place])
        dominated = False
        while other >= 0 and cost[other] <= cost[label]:
            if _no_less(label, other, load, guards):
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
        # What is dearer and loads no less goes.
        before = label
        while other >= 0:
            if _no_less(other, label, load, guards):
                total -= 1
            else:
                after[before] = other
                before = other
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
def best_lines(cost, graph, sums, rests, guards, price, ahead, upper, cap, most, over):  # type: ignore[no-untyped-def]
    """The cheapest lines, at most ``most``, that cost less than ``upper``: (costs, choices ``[line, day]``, floor), choice 0 free
    and k + 1 shift k. The first is the best, the others the best of those that end in another state. No line at all costs less
    than both the first and the floor. When the flag ``over[0]`` is set meanwhile, there is no line, and no floor either.

    ``price`` and ``ahead`` are those of :func:`multipliers`. ``cap`` labels a day are kept, those of the lowest bounds; 0 means
    all.
    """
    days, choices = cost.shape
    extra, emission, lowest = priced(sums, price, days, choices)
    start = lowest.sum()
    floor = upper
    state = np.zeros(1, np.int64)
    rest = np.zeros((1, rests), np.int64)
    load = np.zeros((1, guards.size), np.int64)
    paid = np.zeros(1, np.int64)
    """The true cost so far, and with multipliers."""
    with_prices = np.full(1, start, np.int64)
    parents = [np.zeros(1, np.int32)]
    picked = [np.zeros(1, np.int16)]
    for day in range(days):
        room = max(16, 4 * state.size)
        new_state = np.empty(room, np.int64)
        new_rest, new_load = np.empty((room, rests), np.int64), np.empty((room, guards.size), np.int64)
        new_paid, new_with = np.empty(room, np.int64), np.empty(room, np.int64)
        source, choice = np.empty(room, np.int32), np.empty(room, np.int16)
        count = 0
        for label in range(state.size):
            if over[0]:
                return np.zeros(0, np.int64), np.zeros((0, days), np.int16), -LIMIT
            for arc in range(graph.arc_first[state[label]], graph.arc_first[state[label] + 1]):
                c = graph.choice[arc]
                if cost[day, c] >= LIMIT:
                    continue
                target = graph.target[arc]
                if ahead[target] >= LIMIT // 2:
                    continue
                step = cost[day, c] + graph.cost[arc]
                true = paid[label] + step
                emits = graph.emits[arc]
                virtual = with_prices[label] + step + extra[day, c] + emitted(emits, emission)
                if virtual + ahead[target] >= upper:
                    continue
                if count == room:
                    room *= 2
                    new_state, new_rest, new_load = grown(new_state), grown_rows(new_rest), grown_rows(new_load)
                    new_paid, new_with = grown(new_paid), grown(new_with)
                    source, choice = grown(source), grown(choice)
                for word in range(rests):
                    new_rest[count, word] = rest[label, word]
                for word in range(guards.size):
                    new_load[count, word] = load[label, word]
                ok = True
                for position in range(sums.active.shape[1]):
                    r = sums.active[day, position]
                    if r < 0:
                        break
                    into = new_load if sums.field[r, 3] else new_rest
                    word, offset = sums.field[r, 0], sums.field[r, 1]
                    before = (into[count, word] >> offset) & sums.field[r, 2]
                    value = before + sums.weight[r, day, c]
                    if sums.emit_to[r] >= 0 and (emits >> sums.emit_to[r]) & 1:
                        value += 1
                    if value > sums.limit[r]:
                        ok = False
                        break
                    after = value
                    if day == sums.last_day[r]:
                        if sums.term[r, value] >= LIMIT:
                            ok = False
                            break
                        true += sums.term[r, value]
                        virtual += sums.term[r, value] - price[r] * value - lowest[r]
                        after = 0
                    into[count, word] += (after - before) << offset
                if not ok or virtual + ahead[target] >= upper:
                    continue
                new_state[count] = target
                new_paid[count] = true
                new_with[count] = virtual
                source[count] = label
                choice[count] = c
                count += 1
        if count == 0:
            return np.zeros(0, np.int64), np.zeros((0, days), np.int16), floor
        kept = _reduce(new_state, new_rest, new_load, new_paid, count, guards, over)
        if cap > 0 and kept.size > cap:
            bound = new_with[kept] + ahead[new_state[kept]]
            order = np.argsort(bound)
            floor = min(floor, bound[order[cap]])
            kept = kept[order[:cap]]
        state, rest, load = new_state[kept], new_rest[kept], new_load[kept]
        paid, with_prices = new_paid[kept], new_with[kept]
        parents.append(source[kept])
        picked.append(choice[kept])
    ends = np.argsort(paid)[:most]
    lines = np.zeros((ends.size, days), np.int16)
    for row in range(ends.size):
        last = ends[row]
        for day in range(days - 1, -1, -1):
            lines[row, day] = picked[day + 1][last]
            last = parents[day + 1][last]
    return paid[ends], lines, floor
