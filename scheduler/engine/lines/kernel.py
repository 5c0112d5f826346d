"""The best lines through a person's graph under limits and prices on sums, and the price of one given line, compiled by numba.

Every such sum has a *multiplier*, a price of each of its units: with them, and the limits forgotten, the cheapest way from every
state to the end is one pass over the graph, and bounds what any label can come to. Good multipliers are found first; then labels
are extended whose bound says that they may still beat what is asked for.

A label is a partial line: its state, a *rest* (sums that must be told apart), a *load* (sums of which less is never worse) and a
cost. Of two labels with the same state and rest, one that is not cheaper and loads no less is dropped. Loads are packed in one
word with a guard bit above each field, so that one subtraction compares all fields.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.engine.compiled import LIMIT, compiled, compiled_part

HALVED_AFTER = 4
"""Rounds without a better bound before the step between multipliers is halved."""


class Sums(NamedTuple):
    """Sums along the line: what each choice adds, and the price of the final value; ``LIMIT`` forbids it."""

    weight: NDArray[np.int64]
    """``[sum, day, choice]``."""
    term: NDArray[np.int64]
    """``[sum, value]``; values over ``limit`` are forbidden."""
    limit: NDArray[np.int64]
    last_day: NDArray[np.int64]
    emit_to: NDArray[np.int64]
    """The automaton whose emissions count too; −1 for none."""
    active: NDArray[np.int64]
    """``[day, …]``: the sums that a day may change, padded with −1."""
    field: NDArray[np.int64]
    """``[sum] = (offset, mask, is_load)``: its place in the rest or the load."""


@compiled_part
def _least(sums, r, price):  # type: ignore[no-untyped-def]
    """The least of ``term − price · value``, and the first and last value that attain it."""
    least, low, high = LIMIT, 0, 0
    for value in range(sums.limit[r] + 1):
        if sums.term[r, value] >= LIMIT:
            continue
        cost = sums.term[r, value] - price * value
        if cost < least:
            least, low, high = cost, value, value
        elif cost == least:
            high = value
    return least, low, high


@compiled_part
def _ways_on(graph, cost, emission, ahead, arc_to):  # type: ignore[no-untyped-def]
    """Fill ``ahead[state]`` with the least cost from there to the end, and ``arc_to[state]`` with its first arc."""
    days = cost.shape[0]
    for state in range(graph.day_first[days], graph.day_first[days + 1]):
        ahead[state] = 0
    for day in range(days - 1, -1, -1):
        for state in range(graph.day_first[day], graph.day_first[day + 1]):
            least, first = LIMIT, -1
            for arc in range(graph.arc_first[state], graph.arc_first[state + 1]):
                here = cost[day, graph.choice[arc]]
                if here >= LIMIT:
                    continue
                total = here + graph.cost[arc] + ahead[graph.target[arc]]
                bits, a = graph.emits[arc], 0
                while bits:
                    if bits & 1:
                        total += emission[a]
                    bits >>= 1
                    a += 1
                if total < least:
                    least, first = total, arc
            ahead[state] = least
            arc_to[state] = first


@compiled
def multipliers(cost, graph, sums, price, upper, rounds):  # type: ignore[no-untyped-def]
    """Prices of a unit of every sum for which the bound is high, by subgradient steps from the given ones.

    Returns (bound, prices, costs ahead of every state, the cheapest legal line met, its cost). The bound is the least cost of
    any line when the line met costs as much; the steps end there, or when no line can cost less than ``upper``.
    """
    days, choices = cost.shape
    number = sums.limit.size
    states = graph.day_first[days + 1]
    ahead, arc_to = np.empty(states, np.int64), np.empty(states, np.int64)
    if states == 0:
        return LIMIT, price, ahead, np.zeros(days, np.int8), LIMIT
    emission = np.zeros(64, np.int64)
    best_price, best_ahead, best = price.copy(), np.zeros(states, np.int64), -LIMIT
    line, found, found_cost = np.zeros(days, np.int8), np.zeros(days, np.int8), LIMIT
    value, off = np.zeros(number, np.int64), np.zeros(number, np.int64)
    scale = np.ones(number, np.float64)
    for r in range(number):
        scale[r] = max(1, sums.weight[r].max())
    size, idle, guess = 1.0, 0, 0.0
    if number == 0:
        rounds = 1
    for _ in range(rounds):
        priced = cost.copy()
        emission[:] = 0
        bound = np.int64(0)
        for r in range(number):
            if price[r]:
                for day in range(days):
                    for c in range(choices):
                        if priced[day, c] < LIMIT:
                            priced[day, c] += price[r] * sums.weight[r, day, c]
                if sums.emit_to[r] >= 0:
                    emission[sums.emit_to[r]] += price[r]
            bound += _least(sums, r, price[r])[0]
        _ways_on(graph, priced, emission, ahead, arc_to)
        if ahead[0] >= LIMIT // 2 or bound >= LIMIT // 2:
            return LIMIT, price, ahead, found, LIMIT
        bound += ahead[0]
        # The cheapest way through, and what it really costs.
        total, state = np.int64(0), np.int64(0)
        value[:] = 0
        for day in range(days):
            arc = arc_to[state]
            c = graph.choice[arc]
            line[day] = c
            total += cost[day, c] + graph.cost[arc]
            for r in range(number):
                value[r] += sums.weight[r, day, c]
                if sums.emit_to[r] >= 0 and (graph.emits[arc] >> sums.emit_to[r]) & 1:
                    value[r] += 1
            state = graph.target[arc]
        length = 0.0
        for r in range(number):
            over = value[r] > sums.limit[r]
            total = LIMIT if over else min(LIMIT, total + sums.term[r, value[r]])
            _, low, high = _least(sums, r, price[r])
            off[r] = value[r] - max(low, min(high, value[r]))
            length += (off[r] / scale[r]) ** 2
        if total < found_cost:
            found_cost = total
            found[:] = line
        if bound > best:
            best, idle = bound, 0
            best_price[:] = price
            best_ahead[:] = ahead
        else:
            idle += 1
            if idle == HALVED_AFTER:
                size, idle = size / 2, 0
        goal = min(upper, found_cost)
        if best >= goal or length == 0.0 or size < 0.05:
            break
        if goal < LIMIT // 2:
            step = size * (goal - bound)
        else:
            if guess == 0.0:
                for day in range(days):
                    for c in range(choices):
                        if cost[day, c] < LIMIT:
                            guess = max(guess, float(abs(cost[day, c])))
                guess = max(1.0, guess)
            step = size * guess
        for r in range(number):
            price[r] += np.int64(np.rint(step * off[r] / (scale[r] * scale[r]) / length))
    return best, best_price, best_ahead, found, found_cost


@compiled_part
def _reduce(state, rest, load, cost, count, guards):  # type: ignore[no-untyped-def]
    """Positions of the labels to keep: the undominated ones of each state and rest.

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
        key = (np.uint64(rest[label]) * np.uint64(0xC2B2AE3D27D4EB4F)) ^ np.uint64(state[label])
        place = np.int64((key * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - bits))
        while first[place] >= 0 and (state[first[place]] != state[label] or rest[first[place]] != rest[label]):
            place = (place + 1) & mask
        mine = load[label] | guards
        before, other = -1, int(first[place])
        dominated = False
        while other >= 0 and cost[other] <= cost[label]:
            if ((mine - load[other]) & guards) == guards:
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
            if (((load[other] | guards) - load[label]) & guards) == guards:
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
def best_lines(cost, graph, sums, guards, price, ahead, upper, cap, most):  # type: ignore[no-untyped-def]
    """The cheapest lines, at most ``most``, that cost less than ``upper``: (costs, choices ``[line, day]``, floor), choice 0 free
    and k + 1 shift k. The first is the best, the others the best of those that end in another state. No line at all costs less
    than the first and the floor.

    ``price`` and ``ahead`` are those of :func:`multipliers`. ``cap`` labels a day are kept, those of the lowest bounds; 0 means
    all.
    """
    days, choices = cost.shape
    number = sums.limit.size
    least = np.zeros(number, np.int64)
    emission = np.zeros(64, np.int64)
    priced = np.zeros((days, choices), np.int64)
    start = np.int64(0)
    for r in range(number):
        least[r] = _least(sums, r, price[r])[0]
        start += least[r]
        if sums.emit_to[r] >= 0:
            emission[sums.emit_to[r]] += price[r]
        if price[r]:
            for day in range(days):
                for c in range(choices):
                    priced[day, c] += price[r] * sums.weight[r, day, c]
    floor = upper
    state = np.zeros(1, np.int64)
    rest = np.zeros(1, np.int64)
    load = np.zeros(1, np.int64)
    paid = np.zeros(1, np.int64)
    """The true cost so far, and with multipliers."""
    with_prices = np.full(1, start, np.int64)
    parents = [np.zeros(1, np.int32)]
    picked = [np.zeros(1, np.int8)]
    for day in range(days):
        room = max(16, 4 * state.size)
        new_state, new_rest, new_load = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int64)
        new_paid, new_with = np.empty(room, np.int64), np.empty(room, np.int64)
        source, choice = np.empty(room, np.int32), np.empty(room, np.int8)
        count = 0
        for label in range(state.size):
            for arc in range(graph.arc_first[state[label]], graph.arc_first[state[label] + 1]):
                c = graph.choice[arc]
                if cost[day, c] >= LIMIT:
                    continue
                target = graph.target[arc]
                step = cost[day, c] + graph.cost[arc]
                true = paid[label] + step
                virtual = with_prices[label] + step + priced[day, c]
                emits = graph.emits[arc]
                bits, a = emits, 0
                while bits:
                    if bits & 1:
                        virtual += emission[a]
                    bits >>= 1
                    a += 1
                if virtual + ahead[target] >= upper:
                    continue
                loads, others = load[label], rest[label]
                ok = True
                for position in range(sums.active.shape[1]):
                    r = sums.active[day, position]
                    if r < 0:
                        break
                    word = loads if sums.field[r, 2] else others
                    before = (word >> sums.field[r, 0]) & sums.field[r, 1]
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
                        virtual += sums.term[r, value] - price[r] * value - least[r]
                        after = 0
                    if sums.field[r, 2]:
                        loads += (after - before) << sums.field[r, 0]
                    else:
                        others += (after - before) << sums.field[r, 0]
                if not ok or virtual + ahead[target] >= upper:
                    continue
                if count == room:
                    room *= 2
                    new_state, new_rest, new_load = _grown(new_state), _grown(new_rest), _grown(new_load)
                    new_paid, new_with = _grown(new_paid), _grown(new_with)
                    source, choice = _grown(source), _grown(choice)
                new_state[count] = target
                new_rest[count] = others
                new_load[count] = loads
                new_paid[count] = true
                new_with[count] = virtual
                source[count] = label
                choice[count] = c
                count += 1
        if count == 0:
            return np.zeros(0, np.int64), np.zeros((0, days), np.int8), floor
        kept = _reduce(new_state, new_rest, new_load, new_paid, count, guards)
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
    lines = np.zeros((ends.size, days), np.int8)
    for row in range(ends.size):
        last = ends[row]
        for day in range(days - 1, -1, -1):
            lines[row, day] = picked[day + 1][last]
            last = parents[day + 1][last]
    return paid[ends], lines, floor


@compiled_part
def _grown(array):  # type: ignore[no-untyped-def]
    larger = np.empty(2 * array.size, array.dtype)
    larger[: array.size] = array
    return larger


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
