"""Whether locks of a person can hold: exact, because the dynamic programme knows every rule about a line."""

from __future__ import annotations

import threading
from collections.abc import Iterable

import numpy as np

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.lines.labelling import LineModel
from scheduler.errors import ContradictionError, OutOfTimeError
from scheduler.problem.facts import Lock
from scheduler.problem.instance import Instance
from scheduler.problem.reduced import only_these
from scheduler.rules import declare_lines


def holds(alone: Instance, locks: Iterable[Lock]) -> bool:
    """Whether the only person of an instance has a legal line of work with these locks, and no others."""
    instance = alone.replace(locks=tuple(locks))
    try:
        return LineModel(CompiledProblem(declare_lines(instance)), 0, soft=False).best() is not None
    except ContradictionError:
        return False


def keep_all(instance: Instance) -> frozenset[str]:
    """Those who have a legal line of work with all their locks, asked of one declaration for all of them."""
    try:
        pool = CompiledProblem(declare_lines(instance))
    except ContradictionError:
        # One of them has a lock that names nothing they may do: who it is, each alone says.
        members = [member.id for member in instance.staff]
        return frozenset(staff for staff in members if holds(only := only_these(instance, {staff}), only.locks))
    people = enumerate(pool.people)
    return frozenset(staff for at, staff in people if LineModel(pool, at, soft=False).best() is not None)


def has_line(alone: Instance, seconds: float) -> bool | None:
    """Whether the only person of an instance has a legal line of work; None when that is not known in time."""
    over = np.zeros(1, dtype=np.uint8)
    timer = threading.Timer(seconds, over.fill, (1,))
    timer.daemon = True
    timer.start()
    try:
        return LineModel(CompiledProblem(declare_lines(alone)), 0, soft=False, over=over).best() is not None
    except OutOfTimeError:
        return None
    except ContradictionError:
        return False
    finally:
        timer.cancel()
