"""Which locks of one person cannot all hold: exact, because the dynamic programme knows every rule about a line."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.lines.labelling import LineModel
from scheduler.errors import ContradictionError, OutOfTimeError
from scheduler.problem.facts import Lock
from scheduler.problem.instance import Instance
from scheduler.rules import declare


def conflicting_locks(alone: Instance) -> tuple[Lock, ...]:
    """The locks of an instance with one person that no legal line of work holds together; none when there is a line.

    Found by deletion: leaving out any one of them would let the others hold.
    """
    locks = list(alone.locks)
    if _hold(alone, locks):
        return ()
    for lock in alone.locks:
        rest = [other for other in locks if other is not lock]
        if not _hold(alone, rest):
            locks = rest
    return tuple(locks)


def has_line(alone: Instance, seconds: float) -> bool | None:
    """Whether the only person of an instance has a legal line of work; None when that is not known in time."""
    over = np.zeros(1, dtype=np.uint8)
    timer = threading.Timer(seconds, over.fill, (1,))
    timer.daemon = True
    timer.start()
    try:
        return LineModel(CompiledProblem(declare(alone)), 0, soft=False, over=over).best() is not None
    except OutOfTimeError:
        return None
    except ContradictionError:
        return False
    finally:
        timer.cancel()


def _hold(alone: Instance, locks: Sequence[Lock]) -> bool:
    instance = alone.replace(locks=tuple(locks))
    try:
        return LineModel(CompiledProblem(declare(instance)), 0, soft=False).best() is not None
    except ContradictionError:
        return False
