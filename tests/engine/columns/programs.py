"""A program to dive in and to choose from: too little staff, and mixed lines are better than whole ones."""

from __future__ import annotations

import numpy as np

from scheduler.engine.columns.cover_costs import SCALE
from scheduler.engine.columns.master import Master
from scheduler.engine.columns.optimum import Solution
from scheduler.engine.columns.pricing import priced
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.lines.labelling import LineModel
from scheduler.engine.posting_classes import components, posting_classes
from scheduler.vocabulary.constraints import Level
from tests.builders import contract, demand, make
from tests.engine.zones import compiled


def unhurried() -> float:
    return 60.0


def short_of_staff(days: int = 10, people: int = 5) -> CompiledProblem:
    shifts = (("06:00", "14:00", 2), ("14:00", "22:00", 1), ("22:00", "06:00", 1))
    wanted = tuple(demand(start=start, until=until, target=heads) for start, until, heads in shifts)
    return compiled(
        make(
            days, people=people, demand=wanted, contracts=(contract(max_consecutive_days=3),),
            parameters={
                "demand.short_cost_per_minute": 2.0, "demand.over_cost_per_minute": 1.0, "surplus.cost_per_minute": 0.0,
                "fairness.hours_cost": 0.0, "fairness.hours_cost_far": 0.0,
            },
        )
    )  # fmt: skip


def program(pool: CompiledProblem) -> Master:
    """Of everybody, with nothing but days off to begin with."""
    classes = posting_classes(pool)
    models = [LineModel(pool, person, soft=True).scaled(SCALE) for person in range(len(pool.people))]
    master = Master(pool, models, classes, components(pool, classes)[0], priced=True)
    master.weigh({Level.TARGETS: 1, Level.QUALITY: 1})
    for person in master.members:
        master.add(person, np.zeros(pool.days, dtype=np.int16), 0)
    return master


def root(master: Master) -> Solution:
    found = priced(master, None, float("inf"), 100, 100, unhurried)
    assert found is not None
    return found
