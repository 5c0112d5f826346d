"""The first legal roster: built person by person, and where that ends in a corner, found by CP-SAT, or proven not to exist."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from scheduler.engine.classes import posting_classes
from scheduler.engine.cpsat.legal import legal_lines
from scheduler.engine.cpsat.search import Limits
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.judge import judge
from scheduler.engine.lines.programme import LineModel
from scheduler.engine.moves.construct import Builder
from scheduler.engine.pool import Pool
from scheduler.errors import ContradictionError, NoRosterError

NEAR_S = 10.0
"""Seconds for mending with those who may stand where somebody is in a corner; stopped or not, as that is quickly done."""


def first_legal(pool: Pool, models: Sequence[LineModel], limits: Limits) -> Incumbent:
    """A legal roster. ``models`` are everybody's line models without soft rules.

    Raises :class:`~scheduler.errors.ContradictionError` where it is proven that there is none, and
    :class:`~scheduler.errors.NoRosterError` when stopped, or out of time, before that is known.
    """
    builder = Builder(pool, models, limits.seed)
    built = Incumbent.of(pool, HeadCount(pool), *builder.build(limits.stop.is_set))
    if limits.stop.is_set() and not len(built.roster):
        raise NoRosterError("stopped before there was a roster.")
    return built if built.legal else _mended(built, builder, limits)


def _mended(built: Incumbent, builder: Builder, limits: Limits) -> Incumbent:
    """The nearest legal roster CP-SAT finds: first new lines for those in a corner and all who may stand beside them, then for
    everybody, which is the proof where there is none."""
    pool = built.pool
    misplaced = builder.misplaced()
    stuck = {person for person, _ in misplaced} | set(judge(pool).unlawful(built.shift, built.spot))
    classes = posting_classes(pool)
    near = sorted(stuck | _beside(built, misplaced))
    everybody = list(range(len(pool.people)))
    soon = replace(limits, seconds=NEAR_S, stop=threading.Event())
    late = replace(limits, seconds=max(NEAR_S, limits.seconds))
    for people, within in ((near, soon), (everybody, late)):
        if within.stop.is_set():
            raise NoRosterError("stopped before there was a roster.")
        found, impossible = legal_lines(built, classes, people, within)
        if found is not None:
            return found
        if impossible and people == everybody:
            raise ContradictionError(_reasons(pool, misplaced, sorted(stuck)))
    raise NoRosterError("no roster was found that keeps all locks and rules, nor the proof that there is none.")


def _beside(built: Incumbent, misplaced: Sequence[tuple[int, int]]) -> set[int]:
    """Everybody who may stand where somebody lacks company, or meets whom they must not, at a duty of that day or around it."""
    pool = built.pool
    found: set[int] = set()
    for person, day in misplaced:
        spots = np.flatnonzero(pool.post[person, day].any(axis=0))
        days = slice(max(0, day - 1), day + 2)
        found |= set(np.flatnonzero(pool.post[:, days][..., spots].any(axis=(1, 2, 3))).tolist())
    return found


def _reasons(pool: Pool, misplaced: Sequence[tuple[int, int]], stuck: Sequence[int]) -> list[str]:
    """What is proven is that all together cannot be; those in a corner are where building ended."""
    locked = [(person, day) for person, day in misplaced if pool.forced[person, day] >= 0]
    if locked:
        cells = ", ".join(f"{pool.people[person]} on {pool.instance.calendar.date(day)}" for person, day in locked)
        return [
            "the locks cannot all hold: every roster leaves somebody without the company the rules ask for, or with somebody to"
            f" keep away from. As far as a roster came, it was {cells}"
        ]
    names = ", ".join(pool.people[person] for person in stuck)
    return [f"no roster keeps every rule. As far as one came, rules were broken for {names}: look at what went before"]
