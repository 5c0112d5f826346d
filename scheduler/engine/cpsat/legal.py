"""Any legal roster at all, or the proof that there is none: lines, posts and company, without a wish for coverage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from ortools.sat.python import cp_model

from scheduler.engine.cpsat.model import ModelScope, RosterModel
from scheduler.engine.cpsat.posting import Posting
from scheduler.engine.cpsat.solver import Limits, search
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent


def legal_lines(
    start: Incumbent, classes: Sequence[Sequence[int]], people: Sequence[int], limits: Limits
) -> tuple[Incumbent | None, bool]:
    """New lines and posts for some people that make a roster legal, everybody else staying as they are; and whether it is proven
    that there are none. ``classes`` are the posting classes of the pool."""
    pool = start.pool
    inside = np.zeros(len(pool.people), dtype=bool)
    inside[list(people)] = True
    free = np.repeat(inside[:, None], pool.days, axis=1)
    model = RosterModel(pool, ModelScope(free, inside), classes, start.shift, start.spot)
    model.hint()
    outcome = search(model.model, limits)
    if not outcome.solved:
        return None, outcome.status == cp_model.INFEASIBLE
    found = Incumbent.of(pool, HeadCount(pool), *Posting(pool).read_off(model, outcome))
    return (found if found.legal else None), False
