"""The first legal roster: built person by person, and where that ends in a corner, found by CP-SAT, or proven not to exist."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from scheduler.engine.cached_evaluator import evaluator
from scheduler.engine.clock import LEAST_S
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.legal import legal_lines
from scheduler.engine.cpsat.solver import Limits
from scheduler.engine.events import STOPPED, listed
from scheduler.engine.headcount import HeadCount
from scheduler.engine.impossible import locks_without_company, no_legal_roster
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines.labelling import LineModel
from scheduler.engine.local_search.construct import Builder
from scheduler.engine.posting_classes import posting_classes
from scheduler.errors import ContradictionError, NoRosterError
from scheduler.messages.message import Message
from scheduler.problem.roster import Roster

NEAR_S = 10.0
"""Most seconds for mending with those who may stand where somebody is in a corner; stopped or not, as that is quickly done."""


def first_legal(
    pool: CompiledProblem, models: Sequence[LineModel], limits: Limits, start: Roster | None = None
) -> tuple[Incumbent, list[str]]:
    """A legal roster, and who stays at home in it because the time was over before they had a line. ``models`` are everybody's
    line models without soft rules; ``start`` is a roster, legal or not, of which as much is kept as can be.

    Raises :class:`~scheduler.errors.ContradictionError` where it is proven that there is none, and
    :class:`~scheduler.errors.NoRosterError` when stopped, or out of time, before that is known.
    """
    until = time.monotonic() + limits.seconds
    builder = Builder(pool, models, limits.seed)
    built = Incumbent.of(pool, HeadCount(pool), *builder.build(None if start is None else pool.arrays(start)))
    home = [pool.people[person] for person in builder.unplaced]
    if limits.stop.is_set() and not len(built.roster):
        raise NoRosterError(STOPPED)
    if built.legal:
        return built, home
    if home:
        raise NoRosterError(
            Message(
                "no_line_in_time",
                "{people} had no series of duties when the time was over, and cannot all be left without a duty.",
                people=listed(home),
            )
        )
    left = limits.seconds if limits.reproducible else until - time.monotonic()
    return _mended(built, builder, replace(limits, seconds=max(LEAST_S, left))), []


def _mended(built: Incumbent, builder: Builder, limits: Limits) -> Incumbent:
    """The nearest legal roster CP-SAT finds: first new lines for those in a corner and all who may stand beside them, then for
    everybody, which is the proof where there is none."""
    pool = built.pool
    misplaced = builder.misplaced()
    stuck = {person for person, _ in misplaced} | set(evaluator(pool).unlawful(built.shift, built.spot))
    classes = posting_classes(pool)
    near = sorted(stuck | _beside(built, misplaced))
    everybody = list(range(len(pool.people)))
    soon = replace(limits, seconds=min(NEAR_S, limits.seconds), stop=threading.Event())
    late = replace(limits, seconds=max(LEAST_S, limits.seconds - soon.seconds))
    for people, within in ((near, soon), (everybody, late)):
        if within.stop.is_set():
            raise NoRosterError(STOPPED)
        found, impossible = legal_lines(built, classes, people, within)
        if found is not None:
            return found
        if impossible and people == everybody:
            raise _impossible(pool, misplaced, sorted(stuck))
    raise NoRosterError(
        Message(
            "neither_roster_nor_proof",
            "No roster was found that keeps all locks and rules, nor the proof that there is none.",
        )
    )


def _beside(built: Incumbent, misplaced: Sequence[tuple[int, int]]) -> set[int]:
    """Everybody who may stand where somebody lacks company, or meets whom they must not, at a duty of that day or around it."""
    pool = built.pool
    found: set[int] = set()
    for person, day in misplaced:
        spots = np.flatnonzero(pool.post[person, day].any(axis=0))
        days = slice(max(0, day - 1), day + 2)
        found |= set(np.flatnonzero(pool.post[:, days][..., spots].any(axis=(1, 2, 3))).tolist())
    return found


def _impossible(
    pool: CompiledProblem, misplaced: Sequence[tuple[int, int]], stuck: Sequence[int]
) -> ContradictionError:
    """What is proven is that all together cannot be; those in a corner are where building ended."""
    date = pool.instance.calendar.date
    locked = [(pool.people[person], date(day)) for person, day in misplaced if pool.forced[person, day] >= 0]
    return locks_without_company(locked) if locked else no_legal_roster([pool.people[person] for person in stuck])
