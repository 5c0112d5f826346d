"""Notes on input that has no effect, or another one than it seems: a word that matches nothing, dates of another year.

Only what would surprise a planner is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.analysis.unused.demand import ABOUT_DEMAND
from scheduler.analysis.unused.eve import ABOUT_EVE
from scheduler.analysis.unused.incidents import ABOUT_INCIDENTS
from scheduler.analysis.unused.notes import Where
from scheduler.analysis.unused.people import ABOUT_PEOPLE
from scheduler.analysis.unused.wishes import ABOUT_WISHES
from scheduler.errors import InputProblem
from scheduler.problem.instance import Instance

__all__ = ["unused"]


def unused(instance: Instance, where: Where, lost: frozenset[str] = frozenset()) -> Iterator[InputProblem]:
    """A note on everything of an instance that has no effect and looks as if it had one. Where rows of some tables are ``lost``,
    because they cannot be read, only what does not depend on these tables."""
    for about, tables in (*ABOUT_DEMAND, *ABOUT_PEOPLE, *ABOUT_EVE, *ABOUT_INCIDENTS, *ABOUT_WISHES):
        if not lost & tables:
            yield from about(instance, where)
