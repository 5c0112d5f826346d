"""Notes on input that has no effect, or another one than it seems: a word that matches nothing, dates of another year.

Only what would surprise a planner is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.analysis.unused.demand import about_demand
from scheduler.analysis.unused.notes import Where
from scheduler.analysis.unused.people import about_people
from scheduler.analysis.unused.wishes import about_wishes
from scheduler.errors import Problem
from scheduler.problem.instance import Instance

__all__ = ["unused"]


def unused(instance: Instance, where: Where) -> Iterator[Problem]:
    """A note on everything of an instance that has no effect and looks as if it had one."""
    yield from about_demand(instance, where)
    yield from about_people(instance, where)
    yield from about_wishes(instance, where)
