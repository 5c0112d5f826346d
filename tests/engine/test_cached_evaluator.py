"""The evaluator, who remembers lines, says of every roster what the reference score says of it, legal or not."""

from __future__ import annotations

import random

import pytest

from scheduler.engine import cached_evaluator
from scheduler.engine.compiled_problem import CompiledProblem, Ints
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.problem.roster import Roster
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Level
from scheduler.vocabulary.evaluate import Evaluation, evaluate
from scheduler.vocabulary.problem import Problem
from tests.engine.zones import compiled, placement, zone


def _same_as_the_score(pool: CompiledProblem, shift: Ints, spot: Ints) -> bool:
    """Also: whether the roster is legal."""
    found, said = evaluate(pool.problem, pool.roster(shift, spot)), Incumbent.of(pool, HeadCount(pool), shift, spot)
    assert said.values == {level: found.levels[level] for level in COVERAGE_LEVELS}
    assert said.quality == found.levels[Level.QUALITY]
    assert said.legal == (not found.broken)
    return said.legal


@pytest.mark.parametrize("short_cost", [0, 3])
def test_rosters_that_share_lines_are_judged_as_by_the_score(short_cost: int) -> None:
    legal = set()
    for seed in range(12):
        pool, pick = compiled(zone(seed, days=6, short_cost=short_cost)), random.Random(seed)
        shift, spot = placement(pool, seed, load=0.2)
        for _ in range(12):
            legal.add(_same_as_the_score(pool, shift, spot))
            person, day = pick.randrange(shift.shape[0]), pick.randrange(pool.days)
            shift, spot = shift.copy(), spot.copy()
            shift[person, day] = spot[person, day] = -1
    assert legal == {True, False}


def test_a_line_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = compiled(zone(1))
    read: list[Problem] = []

    def reading(problem: Problem, roster: Roster) -> Evaluation:
        read.append(problem)
        return evaluate(problem, roster)

    def reads(shift: Ints, spot: Ints) -> int:
        read.clear()
        assert Incumbent.of(pool, HeadCount(pool), shift, spot).quality >= 0
        return len(read)

    monkeypatch.setattr(cached_evaluator, "evaluate", reading)
    shift, spot = placement(pool, 1)
    assert reads(shift, spot) == len(pool.people) + 1  # every line, and what people have to do with each other
    shift = shift.copy()
    shift[0] = spot[0] = -1
    assert reads(shift, spot) == 2
