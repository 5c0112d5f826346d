"""What sums along a line may cost at the cheapest: prices of their units, and with them bounds for every way to go on.

Every sum that rules limit or price has a *multiplier*, a price of each of its units. With these, and the sums themselves
forgotten, the cheapest way from every state to the end is one pass over the person's graph, and no line costs less: a Lagrangian
relaxation, whose best multipliers subgradient steps look for. Compiled by numba.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.engine.compiled import LIMIT, compiled, compiled_part

HALVED_AFTER = 4
"""Rounds without a better bound before the step between multipliers is halved."""
SMALLEST = 0.05
"""Share of the first step below which it ends."""
DEAREST = 2.0**50
"""What all multipliers together may add to a cost at most: less than what forbids."""


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
    """``[sum] = (word, offset, mask, is_load)``: its place in the rest or the load."""


@compiled_part
def least(sums, r, price):  # type: ignore[no-untyped-def]
    """The least of ``term − price · value``, and the first and last value that attain it."""
    lowest, low, high = LIMIT, 0, 0
    for value in range(sums.limit[r] + 1):
        if sums.term[r, value] >= LIMIT:
            continue
        cost = sums.term[r, value] - price * value
        if cost < lowest:
            lowest, low, high = cost, value, value
        elif cost == lowest:
            high = value
    return lowest, low, high


@compiled_part
def priced(sums, price, days, choices):  # type: ignore[no-untyped-def]
    """What multipliers add: to every choice ``[day, choice]``, to a unit of every automaton; and the least cost of every sum."""
    extra = np.zeros((days, choices), np.int64)
    emission = np.zeros(64, np.int64)
    lowest = np.zeros(price.size, np.int64)
    for r in range(price.size):
        lowest[r] = least(sums, r, price[r])[0]
        if price[r]:
            for day in range(days):
                for c in range(choices):
                    extra[day, c] += price[r] * sums.weight[r, day, c]
            if sums.emit_to[r] >= 0:
                emission[sums.emit_to[r]] += price[r]
    return extra, emission, lowest


@compiled_part
def emitted(bits, emission):  # type: ignore[no-untyped-def]
    """What the units cost that automata emit."""
    total, a = np.int64(0), 0
    while bits:
        if bits & 1:
            total += emission[a]
        bits >>= 1
        a += 1
    return total


@compiled_part
def _ways_on(graph, cost, extra, emission, ahead, arc_to):  # type: ignore[no-untyped-def]
    """Fill ``ahead[state]`` with the least cost from there to the end, and ``arc_to[state]`` with its first arc."""
    days = cost.shape[0]
    for state in range(graph.day_first[days], graph.day_first[days + 1]):
        ahead[state] = 0
    for day in range(days - 1, -1, -1):
        for state in range(graph.day_first[day], graph.day_first[day + 1]):
            cheapest, first = LIMIT, -1
            for arc in range(graph.arc_first[state], graph.arc_first[state + 1]):
                here = cost[day, graph.choice[arc]]
                if here >= LIMIT:
                    continue
                if ahead[graph.target[arc]] >= LIMIT // 2:
                    continue
                total = here + extra[day, graph.choice[arc]] + graph.cost[arc] + ahead[graph.target[arc]]
                total += emitted(graph.emits[arc], emission)
                if total < cheapest:
                    cheapest, first = total, arc
            ahead[state] = cheapest
            arc_to[state] = first


@compiled
def multipliers(cost, graph, sums, price, upper, rounds, over):  # type: ignore[no-untyped-def]
    """Prices of a unit of every sum for which the bound is high, by subgradient steps from the given ones.

    Returns (bound, prices, costs ahead of every state, the cheapest legal line met, its cost). The bound is the least cost of
    any line when the line met costs as much; the steps end there, when no line can cost less than ``upper``, or when the flag
    ``over[0]`` is set.
    """
    days, choices = cost.shape
    number = sums.limit.size
    states = graph.day_first[days + 1]
    ahead, arc_to = np.empty(states, np.int64), np.empty(states, np.int64)
    if states == 0:
        return LIMIT, price, ahead, np.zeros(days, np.int16), LIMIT
    best_price, best_ahead, best = price.copy(), np.zeros(states, np.int64), -LIMIT
    line, found, found_cost = np.zeros(days, np.int16), np.zeros(days, np.int16), LIMIT
    value, off = np.zeros(number, np.int64), np.zeros(number, np.int64)
    scale = np.ones(number, np.float64)
    for r in range(number):
        scale[r] = max(1, sums.weight[r].max())
    size, idle, guess = 1.0, 0, 0.0
    for _ in range(rounds):
        if over[0]:
            break
        extra, emission, lowest = priced(sums, price, days, choices)
        bound = lowest.sum()
        _ways_on(graph, cost, extra, emission, ahead, arc_to)
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
            beyond = value[r] > sums.limit[r]
            total = LIMIT if beyond else min(LIMIT, total + sums.term[r, value[r]])
            _, low, high = least(sums, r, price[r])
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
        if best >= goal or length == 0.0 or size < SMALLEST:
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
            move = np.rint(step * off[r] / (scale[r] * scale[r]) / length)
            if move == 0.0:
                move = np.sign(off[r])
            dearest = DEAREST / (number * max(1, sums.limit[r]))
            price[r] = np.int64(max(-dearest, min(dearest, price[r] + move)))
    return best, best_price, best_ahead, found, found_cost
