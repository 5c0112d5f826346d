"""The line rules of one group as a flow: how many of it work what, each day.

:func:`add_group` adds the columns and rows of a group to a program. Every row holds for the head counts of every legal
roster, because it adds up what holds for each person; ``why`` says it in words. A person is, on each day, either *on* (works a
duty, or is on a duty elsewhere), *away* (leave, which ends a run of days worked and excuses a short rest), or *off*. The days on
which people are away or elsewhere are known beforehand.

Between two days people *start* (off → on), *stop* (on → off), *come back* (away → on) and *go* (on → away). Runs of days are
then inequalities over starts and stops in a window, as for minimum up and down times of power plants (Rajan & Takriti 2005).
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from scheduler.constraints import Run, Total
from scheduler.engine.pool import Pool
from scheduler.engine.proof.blocks import add_blocks
from scheduler.engine.proof.groupflow import GroupFlow, Known, maximal
from scheduler.engine.proof.groups import Group
from scheduler.engine.proof.linear import Program
from scheduler.instance import DutyKey


def add_group(program: Program, pool: Pool, group: Group) -> GroupFlow:
    """The columns and rows of a group."""
    people = list(group.people)
    known = Known(pool, group)
    whole = np.full(pool.days, len(people), dtype=np.int64)
    gone_first = int((known.away[:, 0] & known.on_before_start).sum())
    low_go = np.zeros(pool.days, dtype=np.int64)
    high_go = known.leavers.copy()
    low_go[0] = high_go[0] = gone_first
    flow = GroupFlow(
        pool,
        program,
        group,
        known,
        maximal(group.clashes),
        work=program.columns(pool.allowed[people].sum(axis=0)),
        elsewhere=program.columns(known.flexible),
        start=program.columns(whole),
        stop=program.columns(whole),
        back=program.columns(known.returners),
        go=program.columns(high_go, low_go),
    )
    for day in range(pool.days):
        _balance(flow, day)
        _longest_run(flow, day)
        _shortest_rest(flow, day)
    for duties in flow.clashes:
        _clash(flow, duties)
    for counts, most in sorted(group.rules.runs, key=lambda rule: (sorted(rule[0]), rule[1])):
        _run_of_some(flow, counts, most)
    _sums(flow)
    add_blocks(flow)
    return flow


def _balance(flow: GroupFlow, day: int) -> None:
    program, known = flow.program, flow.known
    fixed = int(known.fixed_on[day])
    program.row([(flow.work[day], 1)], int(known.can[:, day].sum()), "everybody works at most one duty a day")
    moves = [(flow.start[day], -1), (flow.stop[day], 1), (flow.back[day], -1), (flow.go[day], 1)]
    off_to_away = int(known.leavers[day])
    if day == 0:
        on = int(known.on_before_start.sum())
        program.row([*flow.on(0, 1), *moves], on - fixed, "who is on was on or started", low=on - fixed)
        program.row([(flow.start[0], 1), (flow.go[0], -1)], flow.size - on - off_to_away, "only who was off starts")
        program.row([(flow.stop[0], 1), (flow.go[0], 1)], on, "only who was on stops")
        return
    before = int(known.fixed_on[day - 1])
    terms = [*flow.on(day, 1), *flow.on(day - 1, -1), *moves]
    program.row(terms, before - fixed, "who is on was on or started", low=before - fixed)
    off = flow.size - int(known.away[:, day - 1].sum()) - before
    terms = [(flow.start[day], 1), (flow.go[day], -1), *flow.on(day - 1, 1)]
    program.row(terms, off - off_to_away, "only who was off starts")
    program.row([(flow.stop[day], 1), (flow.go[day], 1), *flow.on(day - 1, -1)], before, "only who was on stops")


def _longest_run(flow: GroupFlow, day: int) -> None:
    most = flow.group.rules.most_on
    if most is None:
        return
    known = flow.known
    first = max(0, day - most + 1)
    carried = int((known.on_before_start & (known.on_before + day + 1 <= most)).sum())
    entered = [(flow.start[first : day + 1], -1), (flow.back[first : day + 1], -1)]
    high = carried - int(known.fixed_on[day])
    flow.program.row([*flow.on(day, 1), *entered], high, "who is on began within the longest run allowed")


def _shortest_rest(flow: GroupFlow, day: int) -> None:
    least = flow.group.rules.least_off
    if least <= 1:
        return
    known = flow.known
    first = max(0, day - least + 1)
    excused = slice(max(0, day - least + 2), day + 1)
    before = int((~known.on_before_start & (known.off_before > 0) & (known.off_before + day < least)).sum())
    off = flow.size - int(known.away[:, day].sum()) - int(known.fixed_on[day])
    high = off - before + int(known.leavers[excused].sum()) + int(known.loose[first : day + 1].sum())
    terms = [(flow.stop[first : day + 1], 1), (flow.go[excused], 1), *flow.on(day, 1)]
    flow.program.row(terms, high, "who stopped within the shortest rest is still off, or has leave")


def _clash(flow: GroupFlow, duties: frozenset[DutyKey]) -> None:
    days = flow.positions(duties)
    if len(days) < 2:
        return
    (first, early), (second, late) = list(days.items())[:2]
    if second != first + 1 or len(days) > 2:
        able = np.minimum(1, sum(flow.able(day, shifts) for day, shifts in days.items()))
        terms = [(flow.work[day, shifts], 1) for day, shifts in days.items()]
        flow.program.row(terms, int(able.sum()), "everybody works at most one of duties that exclude each other")
        return
    others = [shift for shift in range(len(flow.pool.shifts)) if shift not in early]
    from_elsewhere = int((flow.able(second, late) * flow.known.elsewhere[:, first]).sum())
    terms = [
        (flow.work[second, late], 1),
        (flow.work[first, others], -1),
        (flow.start[second], -1),
        (flow.back[second], -1),
    ]
    flow.program.row(terms, from_elsewhere, "who works a duty did not work one that excludes it the day before")


def _run_of_some(flow: GroupFlow, counts: frozenset[DutyKey], most: int) -> None:
    """In any ``most`` + 1 days in a row everybody works at most ``most`` of these duties."""
    pool, days = flow.pool, flow.positions(counts)
    can = np.zeros((flow.size, pool.days), dtype=np.int64)
    for day, shifts in days.items():
        can[:, day] = flow.able(day, shifts)
    carried = np.array([_carried(pool, person, counts) for person in flow.group.people], dtype=np.int64)
    for last in range(pool.days):
        first = max(0, last - most)
        able = can[:, first : last + 1].sum(axis=1)
        length = last - first + 1
        limit = np.where(length + (carried if first == 0 else 0) > most, length - 1, length)
        if (able > limit).any():
            terms = [(flow.work[day, days[day]], 1) for day in range(first, last + 1) if day in days]
            flow.program.row(terms, int(np.minimum(able, limit).sum()), "nobody works too many of these in a row")


def _carried(pool: Pool, person: int, counts: frozenset[DutyKey]) -> int:
    return max(
        (
            rule.carried or 0
            for rule in pool.problem.line(pool.people[person])
            if isinstance(rule, Run) and rule.cost is None and not rule.free and rule.counts == counts
        ),
        default=0,
    )


def _sums(flow: GroupFlow) -> None:
    """Sums over a window: everybody stays below their own limit, so the group stays below the sum of limits."""
    pool, people = flow.pool, flow.group.people
    limits: dict[frozenset[tuple[DutyKey, int]], dict[int, int]] = defaultdict(dict)
    for person in people:
        for rule in pool.problem.line(pool.people[person]):
            if isinstance(rule, Total) and rule.cost is None and rule.most is not None and rule.weights:
                room = rule.most - rule.base
                found = limits[frozenset(rule.weights.items())]
                found[person] = min(room, found.get(person, room))
    for items, most in limits.items():
        weights = np.zeros((pool.days, len(pool.shifts)), dtype=np.int64)
        for (day, code), weight in items:
            weights[day, pool.shift[code]] = weight
        reach = (pool.allowed[list(people)] * weights).max(axis=2).sum(axis=1)
        room_of = np.array([most.get(person, int(reach[row])) for row, person in enumerate(people)], dtype=np.int64)
        if (room_of < reach).any():
            used = weights > 0
            high = int(np.minimum(room_of, reach).sum())
            flow.program.weighted(flow.work[used], weights[used], high, "nobody works more than their limit")
