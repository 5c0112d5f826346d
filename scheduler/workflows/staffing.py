"""How many people a strategy takes: what is missing at least with more or fewer of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import replace

from scheduler.analysis.staffing_curve import POINTS, StaffingCurves
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.result import LevelResult
from scheduler.vocabulary.constraints import COVERAGE_LEVELS

FARTHEST = 4 * POINTS[-1]
"""People more up to which anything is known."""
CURVE_S = 120.0
"""Longest time for the curves of one instance, in seconds."""


def curves_of(
    instance: Instance, roster: Roster, levels: Sequence[LevelResult], stop: threading.Event, seconds: float = CURVE_S
) -> StaffingCurves:
    """The curves of an instance, while its minimums are held as well as by a roster with these ``levels``. Once ``stop`` is set,
    only what is known by then."""
    from scheduler.engine.proof.staffing import staffing_curves

    began = time.monotonic()
    until = began + seconds
    values = {level.name: level.value for level in levels}
    held = {level: values[level.code] for level in COVERAGE_LEVELS if level.code in values}

    def left() -> float:
        return 0.0 if stop.is_set() else until - time.monotonic()

    found = staffing_curves(instance, POINTS, left, held, roster, FARTHEST)
    return replace(found, seconds=time.monotonic() - began)
