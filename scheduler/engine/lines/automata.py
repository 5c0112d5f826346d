"""Runs and blocks of one person as finite automata over days.

The dynamic programme knows nothing of runs or weekends: it walks these tables. One automaton reads a bit a day (does the
choice of the day count?), changes state, may forbid, cost, or emit one unit into a counted resource.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from scheduler.engine.compiled_problem import Bools, CompiledProblem, Ints
from scheduler.problem.instance import DutyKey
from scheduler.vocabulary.constraints import Blocks, Run

INF = np.int64(1) << 55
"""A cost that forbids; sums of two stay within 64 bits."""


@dataclass(slots=True)
class Automaton:
    """Tables of one automaton.

    ``flag[day, choice]`` is the input (choice 0 is free, k + 1 is shift k). ``next[day, state, flag]`` is −1 where forbidden,
    ``cost`` the price of the step, ``emit`` 1 where a block is first touched. In a state that is ``hot`` a duty must be
    remembered for the pairs in ``pairs``; in one that is ``resting`` those pairs are forbidden.
    """

    flag: Bools
    next: Ints
    cost: Ints
    emit: Bools
    hot: Bools
    resting: Bools
    start: int = 0
    pairs: list[tuple[DutyKey, DutyKey]] = field(default_factory=list)
    counted: list[Blocks] = field(default_factory=list)

    @property
    def states(self) -> int:
        return int(self.next.shape[1])


def _flags(pool: CompiledProblem, duties: Iterable[DutyKey] | None, always: Iterable[int]) -> Bools:
    flag = np.zeros((pool.days, len(pool.shifts) + 1), dtype=bool)
    if duties is None:
        flag[:, 1:] = True
    else:
        for day, shift in duties:
            flag[day, 1 + pool.shift[shift]] = True
    for day in always:
        if 0 <= day < pool.days:
            flag[day, :] = True
    return flag


State = tuple[int, ...]
Step = Callable[[int, State, bool], tuple[State, int, bool] | None]


def _enumerate(pool: CompiledProblem, flag: Bools, start: State, step: Step) -> tuple[Automaton, list[State]]:
    """Explore the states that can be reached and write the tables."""
    index: dict[State, int] = {start: 0}
    moves: dict[tuple[int, int, int], tuple[int, int, bool]] = {}
    front = {start}
    for day in range(pool.days):
        after: set[State] = set()
        bits = {bool(bit) for bit in flag[day]}
        for state in front:
            for bit in bits:
                found = step(day, state, bit)
                if found is not None:
                    target, cost, emitted = found
                    moves[day, index[state], int(bit)] = (index.setdefault(target, len(index)), cost, emitted)
                    after.add(target)
        front = after
    size = (pool.days, len(index), 2)
    tables = Automaton(
        flag,
        np.full(size, -1, dtype=np.int64),
        np.zeros(size, dtype=np.int64),
        np.zeros(size, dtype=bool),
        np.zeros(size[:2], dtype=bool),
        np.zeros(size[:2], dtype=bool),
    )
    for step_at, (goal, cost, emitted) in moves.items():
        tables.next[step_at], tables.cost[step_at], tables.emit[step_at] = goal, cost, emitted
    return tables, list(index)


# -- runs ----------------------------------------------------------------------------------------------------------------


def run_automata(pool: CompiledProblem, runs: Sequence[Run]) -> list[Automaton]:
    """One automaton for every different set of counting duties; its state is (counting?, length so far, runs excused)."""
    tracks: dict[tuple[str, frozenset[DutyKey] | None, frozenset[int]], list[Run]] = defaultdict(list)
    for run in runs:
        tracks[run.person, run.counts, run.always].append(run)
    return [
        pool.once(
            (_run_automaton, counts, always, *(replace(run, rule="", person="") for run in group)),
            partial(_run_automaton, pool, counts, always, group),
        )
        for (_, counts, always), group in tracks.items()
    ]


def _run_automaton(
    pool: CompiledProblem, counts: frozenset[DutyKey] | None, always: frozenset[int], runs: list[Run]
) -> Automaton:
    cap = [1, 1]
    for run in runs:
        kind = int(not run.free)
        cap[kind] = max(cap[kind], run.least, 1 if run.most is None else run.most + 1)

    def step(day: int, state: State, bit: bool) -> tuple[State, int, bool] | None:
        kind, length, excused = state
        cost = 0
        if kind == int(bit):
            longer = min(length + 1, cap[kind])
        else:
            for position, run in enumerate(runs):
                if int(not run.free) == kind and length < run.least and not excused >> position & 1:
                    if run.cost is None:
                        return None
                    cost += run.cost * (run.least - length)
            longer, excused = 1, 0
        for position, run in enumerate(runs):
            if int(not run.free) == int(bit):
                if run.most is not None and longer > run.most:
                    if run.cost is None:
                        return None
                    cost += run.cost
                if run.least > 1 and (day in run.pardon or (day == 0 and run.carried is None)):
                    excused |= 1 << position
        if day == pool.days - 1:
            for position, run in enumerate(runs):
                if run.closed and int(not run.free) == int(bit) and longer < run.least and not excused >> position & 1:
                    if run.cost is None:
                        return None
                    cost += run.cost * (run.least - longer)
        return (int(bit), longer, excused), cost, False

    return _enumerate(pool, _flags(pool, counts, always), _start(runs, cap), step)[0]


def _start(runs: list[Run], cap: list[int]) -> State:
    """The state before the horizon; a run of the past that nothing is known of is excused."""
    unknown = sum(1 << position for position, run in enumerate(runs) if run.carried is None)
    for run in runs:
        if run.carried:
            kind = int(not run.free)
            return (kind, min(run.carried, cap[kind]), unknown)
    everything = (1 << len(runs)) - 1
    if any(run.free and run.carried == 0 for run in runs):
        # The day before counted, but only free runs ask: any length that no rule looks at will do.
        return (1, cap[1], everything)
    return (0, cap[0], everything)


# -- blocks --------------------------------------------------------------------------------------------------------------


def block_automata(pool: CompiledProblem, blocks: Sequence[Blocks]) -> list[Automaton]:
    """One automaton for every different list of blocks; its state is (touched?, blocks in a row).

    One more than the longest row stands for "the rest after a full row is running".
    """
    tracks: dict[tuple[str, tuple[frozenset[DutyKey], ...], frozenset[int]], list[Blocks]] = defaultdict(list)
    for item in blocks:
        tracks[item.person, item.blocks, item.always].append(item)
    return [_block_automaton(pool, group) for group in tracks.values()]


def _block_automaton(pool: CompiledProblem, group: list[Blocks]) -> Automaton:
    sets, always = group[0].blocks, group[0].always
    spans = [(min(day for day, _ in duties), max(day for day, _ in duties)) if duties else None for duties in sets]
    opening = {span[0]: i for i, span in enumerate(spans) if span}
    closing = {span[1]: i for i, span in enumerate(spans) if span}
    row_rule = next((item for item in group if item.most_in_row is not None), None)
    most = row_rule.most_in_row if row_rule is not None and row_rule.most_in_row is not None else 0
    rest = row_rule.rest if row_rule is not None else {}
    rest_until = {i: max(second[0] for _, second in pairs) for i, pairs in rest.items() if pairs}
    resting = most + 1

    def step(day: int, state: State, bit: bool) -> tuple[State, int, bool] | None:
        touched, row, until = state
        emitted = False
        if day in opening:
            touched = int(opening[day] in always)
            emitted = bool(touched)
        if bit and not touched:
            # Counted at once: a line that has too many is given up on the day, not at the end of the block.
            touched, emitted = 1, True
        if until >= 0 and day >= until:
            row, until = 0, -1
        if day in closing:
            block = closing[day]
            if row_rule is not None:
                if touched:
                    row = (0 if row == resting else row) + 1
                    until = -1
                    if row > most:
                        return None
                elif row == most and block in rest_until and rest_until[block] > day:
                    row, until = resting, rest_until[block]
                elif row != resting or until < 0:
                    row = 0
            touched = 0
        return (touched, row, until), 0, emitted

    flag = _flags(pool, frozenset().union(*sets), ())
    begin = row_rule.carried if row_rule is not None else 0
    tables, states = _enumerate(pool, flag, (0, min(begin, most), -1), step)
    for position, (_, row, until) in enumerate(states):
        tables.hot[:, position] = bool(rest_until) and row in (most, resting)
        tables.resting[:, position] = until >= 0
    tables.pairs = [pair for pairs in rest.values() for pair in pairs]
    tables.counted = [item for item in group if item.least is not None or item.most is not None]
    return tables
