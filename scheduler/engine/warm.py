"""Compiling all that the search needs, once after installing: before the time limit begins, and said."""

from __future__ import annotations

import datetime as dt
import threading
import time

import numpy as np

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.solver import Limits
from scheduler.engine.initial_roster import first_legal
from scheduler.engine.lines.models import LineModels
from scheduler.engine.local_search.anneal import Anneal, AnnealTables
from scheduler.engine.machine_code import complete
from scheduler.problem.facts import (
    Category,
    Contract,
    Days,
    Demand,
    Hotspot,
    Organisation,
    OrganisationKind,
    Shift,
    Staff,
)
from scheduler.problem.instance import Instance
from scheduler.problem.timeline import Calendar
from scheduler.rules import declare


def compile_all() -> float:
    """Compile everything, by asking each part once about a tiny problem. Returns the seconds that it took."""
    began = time.monotonic()
    pool = CompiledProblem(declare(_example()))
    models = LineModels(pool)
    first, _ = first_legal(pool, models, Limits(10.0, 1, 1, True, threading.Event()))
    models[0].k_best(np.zeros((pool.days, len(pool.shifts)), dtype=np.int64), 2)
    Anneal(pool, AnnealTables.of(pool), range(len(pool.people)), 1).run(
        first, first, lambda moves: None if moves else 1.0
    )
    mark = complete()
    if mark is not None:
        mark.touch()
    return time.monotonic() - began


def _example() -> Instance:
    """One hotspot, one day, one police officer: synthetic."""
    return Instance(
        calendar=Calendar(start=dt.date(2026, 3, 2), days=1),
        organisations=(Organisation(code="Z", name="Zone", kind=OrganisationKind.POLICE_ZONE),),
        hotspots=(Hotspot(code="H", municipality="Bruxelles", zone="Z"),),
        shifts=(Shift(code="E", start=6 * 60, end=14 * 60),),
        contracts=(Contract(code="C", category=Category.POLICE, min_together=1),),
        staff=(Staff(id="P1", organisation="Z", contract="C"),),
        demand=(
            Demand(
                hotspot="H", role="police", days=Days.parse("Mon-Sun"), start=6 * 60, until=14 * 60, minimum=1, target=1
            ),
        ),
    )
