"""Whether locks of one person can hold: exact, because the dynamic programme knows every rule about a line."""

from __future__ import annotations

import threading
from collections.abc import Iterable

import numpy as np

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.lines.labelling import LineModel
from scheduler.errors import ContradictionError, OutOfTimeError
from scheduler.problem.facts import Lock
from scheduler.problem.instance import Instance
from scheduler.rules import declare_lines


def holds(alone: Instance, locks: Iterable[Lock]) -> bool:
    """Whether the only person of an instance has a legal line of work with these locks, and no others."""
    instance = alone.replace(locks=tuple(locks))
    try:
        return LineModel(CompiledProblem(declare_lines(instance)), 0, soft=False).best() is not None
    except ContradictionError:
        return False


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
