"""The levels of a problem are its data: which there are, and in which order."""

from __future__ import annotations

import pickle
from dataclasses import replace

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.headcount import HeadCount
from scheduler.problem.roster import Roster
from scheduler.rules import declare
from scheduler.vocabulary.constraints import LEVELS, Level
from scheduler.vocabulary.evaluate import evaluate
from scheduler.vocabulary.problem import Scope
from tests import builders as b

SWAPPED = (Level.NON_POLICE_MINIMUM, Level.POLICE_MINIMUM, Level.TARGETS, Level.QUALITY)


def test_a_problem_has_the_levels_of_a_solve_unless_it_says_others() -> None:
    problem = declare(b.make(2, demand=(b.demand(minimum=1),)))
    assert problem.levels == LEVELS
    assert problem.leading_levels == LEVELS[:-1]
    swapped = replace(problem, levels=SWAPPED)
    assert pickle.loads(pickle.dumps(swapped)).levels == SWAPPED
    assert swapped.within(Scope(problem.people, problem.hotspots)).levels == SWAPPED


def test_values_come_in_the_order_of_the_problem() -> None:
    problem = replace(declare(b.make(2, demand=(b.demand(minimum=1),))), levels=SWAPPED)
    assert tuple(evaluate(problem, Roster()).levels) == SWAPPED
    assert tuple(HeadCount(CompiledProblem(problem)).values()) == SWAPPED[:-1]
