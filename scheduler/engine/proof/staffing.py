"""The staffing flow: what coverage nobody can beat, from head counts of groups instead of lines of people.

The programs of the parts (:mod:`scheduler.engine.proof.part`) are bounded level by level, with cuts from the exact lines of work.
Column generation (:mod:`scheduler.engine.proof.columns`) goes further where it comes to its end.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from scheduler.constraints import COVERAGE_LEVELS, Level
from scheduler.engine.pool import Pool
from scheduler.engine.proof.groups import grouping
from scheduler.engine.proof.part import Left, Most, PartProgram
from scheduler.engine.proof.promise import Promises


def staff(
    pool: Pool,
    *,
    most: Most,
    left: Left,
    on_level: Callable[[Level, Promises], None] | None = None,
    stop: threading.Event | None = None,
) -> Promises:
    """Bounds of the coverage levels, for rosters with any values at the earlier levels.

    Works in the calling thread and returns within about a second of ``left() <= 0`` or ``stop``, with what is promised by
    then. ``on_level`` is told whenever a level is known better. Raises :class:`ContradictionError` when no roster can keep all
    the locks.
    """
    found = grouping(pool)
    programs = [PartProgram(pool, found, part) for part in found.parts]

    def remaining() -> float:
        return 0.0 if stop is not None and stop.is_set() else left()

    def promised() -> Promises:
        return Promises([dict(program.promises) for program in programs])

    for level in COVERAGE_LEVELS:

        def better(level: Level = level) -> None:
            if on_level is not None:
                on_level(level, promised())

        for program in programs:
            if program.wants(level) and remaining() > 0:
                program.bound(level, most, remaining, better)
    return promised()
