"""Random constraints of every line kind over a tiny world, for holding the engines against the reference score."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

from scheduler.problem.instance import DutyKey, Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.vocabulary.constraints import Blocks, Clash, Constraint, Keep, Run, Total, Unavailable, Wish
from scheduler.vocabulary.problem import Problem
from tests.builders import SHIFTS, make

CODES = ("E", "N")


def world(days: int) -> Instance:
    """One synthetic person, one hotspot, two shifts."""
    return make(days, shifts=tuple(shift for shift in SHIFTS if shift.code in CODES))


def every_line(days: int) -> Iterator[str]:
    return ("".join(line) for line in itertools.product("." + "".join(CODES), repeat=days))


def roster_of(line: str) -> Roster:
    return Roster.of(Assignment("P1", day, code, "HAL") for day, code in enumerate(line) if code != ".")


def random_constraints(seed: int, days: int) -> tuple[Constraint, ...]:
    """Two to five constraints of random kinds and figures; hard and soft, with and without history."""
    pick = _Pick(seed)
    makers = (_unavailable, _clash, _run, _run, _total, _total, _blocks, _wish, _keep)
    return tuple(pick.choice(makers)(pick, days) for _ in range(pick.randint(2, 5)))


class _Pick(random.Random):
    """Random figures with one consistent past: (does the day before count?, length of that run), or None, per kind of run."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.past = {
            nights: self.choice([None, (True, 1), (True, 2), (False, 1), (False, 2)]) for nights in (False, True)
        }


def problem(seed: int, days: int) -> Problem:
    return Problem(world(days), random_constraints(seed, days))


def _keys(pick: _Pick, days: int, most: int = 4) -> frozenset[DutyKey]:
    every = [(day, code) for day in range(days) for code in CODES]
    return frozenset(pick.sample(every, pick.randint(1, min(most, len(every)))))


def _price(pick: _Pick) -> int | None:
    return pick.choice([None, pick.randint(1, 9)])


def _unavailable(pick: _Pick, days: int) -> Constraint:
    return Unavailable("test", "P1", _keys(pick, days, 2))


def _clash(pick: _Pick, days: int) -> Constraint:
    day = pick.randrange(days - 1)
    gap = pick.randint(1, min(2, days - 1 - day)) if days - 1 - day else 1
    first = {(day, code) for code in CODES if pick.random() < 0.7} or {(day, "E")}
    second = {(day + gap, code) for code in CODES if pick.random() < 0.7} or {(day + gap, "N")}
    if gap > 1:
        # Pairs further apart are asked for only when nothing is worked between, as rest rules do.
        between = {(day + 1, code) for code in CODES}
        return Clash("test", ("P1",), frozenset(first | between), _price(pick))
    return Clash("test", ("P1",), frozenset(first | second), _price(pick))


def _run(pick: _Pick, days: int) -> Constraint:
    free, nights = pick.random() < 0.5, pick.random() < 0.5
    counts = frozenset((day, "N") for day in range(days)) if nights else None
    past = pick.past[nights]
    carried = None if past is None else past[1] if past[0] != free else 0
    least = pick.choice([1, 2, 3])
    most = pick.choice([None, least, least + 1])
    always = frozenset(day for day in range(days) if pick.random() < 0.1)
    pardon = frozenset(day for day in range(days) if pick.random() < 0.15)
    return Run(
        "test", "P1", counts, free=free, least=least, most=None if free else most, carried=carried,
        always=always, pardon=pardon, closed=pick.random() < 0.3, cost=_price(pick),
    )  # fmt: skip


def _total(pick: _Pick, days: int) -> Constraint:
    low = pick.randrange(days)
    window = range(low, pick.randint(low + 1, days))
    weights = {(day, code): pick.choice([2, 4, 6]) for day in window for code in CODES}
    least = pick.choice([None, pick.randint(0, 8)])
    most = (least or 0) + pick.randint(0, 10)
    return Total("test", "P1", weights, pick.choice([0, 3]), least, most, _price(pick))


def _blocks(pick: _Pick, days: int) -> Constraint:
    starts = range(pick.randint(0, 1), days - 1, pick.choice([2, 3]))
    row = pick.choice([None, 1, 2])
    rest = {}
    # The rest over a block is asked for only when the block holds every duty of its days, as weekends do.
    resting = row is not None and pick.random() < 0.7
    blocks = tuple(
        frozenset((day + i, code) for i in range(2) for code in CODES if i or resting or code == "N") for day in starts
    )
    if resting:
        for index, day in enumerate(starts):
            if index >= 1 and day > 0 and day + 2 < days:
                rest[index] = frozenset({((day - 1, "N"), (day + 2, "E")), ((day - 1, "E"), (day + 2, "E"))})
    most = pick.choice([None, 1, 2])
    least = pick.choice([None, 1])
    cost = _price(pick) if most is not None or least is not None else None
    always = frozenset(index for index in range(len(blocks)) if pick.random() < 0.1)
    return Blocks(
        "test", "P1", blocks, always=always, base=pick.choice([0, 1]), least=least, most=None if most is None else most + 1,
        most_in_row=row, carried=pick.choice([0, 1]) if row else 0, rest=rest, cost=cost,
    )  # fmt: skip


def _wish(pick: _Pick, days: int) -> Constraint:
    return Wish("test", "P1", pick.randint(1, 9), _keys(pick, days), want=pick.random() < 0.5)


def _keep(pick: _Pick, days: int) -> Constraint:
    return Keep("test", "P1", pick.randrange(days), pick.choice([None, "E", "N"]))
