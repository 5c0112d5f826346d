"""Day blocks (weekends) in a group flow: how many people of the group touch each, in all and in a row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.constraints import Blocks
from scheduler.engine.pool import Ints
from scheduler.engine.proof.groupflow import GroupFlow
from scheduler.instance import DutyKey


def add_blocks(flow: GroupFlow) -> None:
    """Columns that count the people who touch each block, and the rows about them."""
    rules = [
        [rule for rule in flow.pool.problem.line(flow.pool.people[person]) if isinstance(rule, Blocks)]
        for person in flow.group.people
    ]
    blocks = sorted({block for found in rules for rule in found for block in rule.blocks if block}, key=sorted)
    if not blocks:
        return
    can = np.stack([_can(flow, block) for block in blocks], axis=1)
    place = {block: index for index, block in enumerate(blocks)}
    for row, found in enumerate(rules):
        for rule in found:
            can[row, [place[rule.blocks[index]] for index in rule.always if rule.blocks[index]]] = True
    touched = flow.program.columns(can.sum(axis=0))
    for index, block in enumerate(blocks):
        _reach(flow, block, int(touched[index]), frozenset(_always(rules, block)))
    _in_row(flow, rules, touched, can, place)
    _in_all(flow, rules, touched, can, place)


def _can(flow: GroupFlow, block: frozenset[DutyKey]) -> Ints:
    able = np.zeros(flow.size, dtype=bool)
    for day, shifts in flow.positions(block).items():
        able |= flow.able(day, shifts).astype(bool)
    return able


def _always(rules: Sequence[Sequence[Blocks]], block: frozenset[DutyKey]) -> list[int]:
    """Rows of the people who touch a block whatever their line says."""
    return [
        row
        for row, found in enumerate(rules)
        if any(block in rule.blocks and rule.blocks.index(block) in rule.always for rule in found)
    ]


def _reach(flow: GroupFlow, block: frozenset[DutyKey], touched: int, always: frozenset[int]) -> None:
    """Who touches a block: those who work it on a day, those who start or come back on the next, and (if a single day off is
    not allowed) those who worked it the day before and stopped. Nobody is counted twice."""
    days = flow.positions(block)
    known, program = flow.known, flow.program
    elsewhere = known.elsewhere & ~np.isin(np.arange(flow.size), list(always))[:, None]
    for day, shifts in days.items():
        terms: list[tuple[Ints | int, int]] = [(flow.work[day, shifts], 1), (touched, -1)]
        room = 0
        if day + 1 in days and _all_day(flow, day + 1, days[day + 1]):
            terms += [(flow.start[day + 1], 1), (flow.back[day + 1], 1)]
            room += int(elsewhere[:, day + 1].sum())
        if day - 1 in days and flow.group.rules.least_off > 1:
            terms.append((_stopped(flow, day, days[day - 1]), 1))
            room += int(known.loose[day])
        program.row(terms, room, "who works in a block of days touches it")


def _all_day(flow: GroupFlow, day: int, shifts: list[int]) -> bool:
    """Whether these are all the duties that anyone of the group may work on a day."""
    return flow.able(day, list(range(len(flow.pool.shifts)))).sum() == 0 or not (
        set(np.flatnonzero(flow.pool.allowed[list(flow.group.people), day].any(axis=0)).tolist()) - set(shifts)
    )


def _stopped(flow: GroupFlow, day: int, early: list[int]) -> int:
    """A column: people who worked one of ``early`` on the day before and are off on ``day``."""
    program, known = flow.program, flow.known
    column = int(program.columns(np.array([flow.size], dtype=np.int64))[0])
    others = [shift for shift in range(len(flow.pool.shifts)) if shift not in early]
    terms = [(flow.stop[day], 1), (flow.work[day - 1, others], -1), (column, -1)]
    program.row(
        terms, int(known.elsewhere[:, day - 1].sum()), "who stops and did not work another duty worked this one"
    )
    elsewhere = int(known.elsewhere[:, day].sum())
    for duties in flow.clashes:
        pair = flow.positions(duties)
        if list(pair) != [day - 1, day]:
            continue
        both = [shift for shift in early if shift in pair[day - 1]]
        onward = [shift for shift in range(len(flow.pool.shifts)) if shift not in pair[day]]
        terms = [(flow.work[day - 1, both], 1), (flow.work[day, onward], -1), (flow.go[day], -1), (column, -1)]
        program.row(terms, elsewhere, "who works a duty goes on to one it does not exclude, or stops")
    return column


def _in_row(
    flow: GroupFlow,
    rules: Sequence[Sequence[Blocks]],
    touched: Ints,
    can: Ints,
    place: dict[frozenset[DutyKey], int],
) -> None:
    """In any ``most`` + 1 blocks in a row everybody touches at most ``most``."""
    for blocks, most in sorted(flow.group.rules.weekends, key=lambda rule: ([*map(sorted, rule[0])], rule[1])):
        own = [next(rule for rule in found if (rule.blocks, rule.most_in_row) == (blocks, most)) for found in rules]
        carried = np.array([rule.carried for rule in own])
        for last in range(len(blocks)):
            first = max(0, last - most)
            if not all(blocks[first : last + 1]):
                continue
            window = [place[block] for block in blocks[first : last + 1]]
            length = last - first + 1
            limit = np.where(length + (carried if first == 0 else 0) > most, length - 1, length)
            sure = np.array([sum(first <= index <= last for index in rule.always) for rule in own])
            room = np.maximum(sure, np.minimum(can[:, window].sum(axis=1), limit))
            if room.sum() < can[:, window].sum():
                flow.program.row([(touched[window], 1)], int(room.sum()), "nobody touches too many blocks in a row")


def _in_all(
    flow: GroupFlow,
    rules: Sequence[Sequence[Blocks]],
    touched: Ints,
    can: Ints,
    place: dict[frozenset[DutyKey], int],
) -> None:
    """Everybody touches at most as many blocks as they may; blocks that their own rule does not count come on top."""
    room = can.sum(axis=1)
    for row, found in enumerate(rules):
        for rule in found:
            if rule.most is not None and rule.cost is None:
                counted = [place[block] for block in rule.blocks if block]
                most = max(rule.most - rule.base, len(rule.always))
                room[row] = min(room[row], most + can[row].sum() - can[row, counted].sum())
    if room.sum() < can.sum():
        flow.program.row([(touched, 1)], int(room.sum()), "nobody touches more blocks than they may")
