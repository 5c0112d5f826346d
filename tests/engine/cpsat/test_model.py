"""The CP-SAT compilation of the line kinds against the reference score, over every line of tiny worlds."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from ortools.sat.python import cp_model

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.model import ModelScope, RosterModel
from scheduler.engine.lines.labelling import LineModel
from scheduler.engine.posting_classes import posting_classes
from scheduler.errors import ContradictionError
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules import declare
from scheduler.vocabulary.constraints import Blocks, Level, Run, Together, Unavailable, Variety, Wish
from scheduler.vocabulary.evaluate import evaluate
from scheduler.vocabulary.problem import Problem
from tests.builders import demand, free_contract, hotspot, make
from tests.engine.worlds import CODES, every_line, problem, roster_of, world

DAYS = 5


def _build(pool: CompiledProblem, line: str = "", free: Sequence[bool] | None = None) -> RosterModel:
    """The joint model of one person; days that are not free are fixed to a line, as the rest of a neighbourhood is."""
    decided = np.array([[True] * pool.days if free is None else free])
    shift, spot = pool.arrays(roster_of(line))
    return RosterModel(
        pool, ModelScope(decided, np.ones(1, dtype=bool), single=True), posting_classes(pool), shift, spot, soft=True
    )


def _solve(model: RosterModel) -> int | None:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    model.model.minimize(model.levels[Level.QUALITY].expression())
    if solver.solve(model.model) != cp_model.OPTIMAL:
        return None
    return round(solver.objective_value)


@pytest.mark.parametrize("seed", range(120))
def test_the_cheapest_legal_line_is_that_of_the_reference_score(seed: int) -> None:
    made = problem(seed, DAYS)
    scores = {line: evaluate(made, roster_of(line)) for line in every_line(DAYS)}
    legal = {line: found.levels[Level.QUALITY] for line, found in scores.items() if not found.broken}
    try:
        pool = CompiledProblem(made)
    except ContradictionError:
        assert not legal
        return
    if not pool.allowed.any() or not posting_classes(pool):
        return
    assert _solve(_build(pool)) == min(legal.values(), default=None)
    for line in list(scores)[seed % 40 :: 40]:
        model = _build(pool)
        for (_, day, shift), x in model.x.items():
            model.model.add(x == int(pool.shifts[shift] == line[day]))
        allowed = all(code == "." or pool.allowed[0, day, pool.shift[code]] for day, code in enumerate(line))
        found = _solve(model) if allowed else None
        assert found == legal.get(line), line


@pytest.mark.parametrize("seed", range(120))
def test_the_cheapest_rest_of_a_line_is_that_of_the_reference_score(seed: int) -> None:
    """Some days of a legal line are fixed; what they cost and forbid counts all the same."""
    made, pick = problem(seed, DAYS), random.Random(seed)
    scores = {line: evaluate(made, roster_of(line)) for line in every_line(DAYS)}
    legal = {line: found.levels[Level.QUALITY] for line, found in scores.items() if not found.broken}
    if not legal or not (pool := CompiledProblem(made)).allowed.any() or not posting_classes(pool):
        return
    for line in pick.sample(sorted(legal), min(3, len(legal))):
        free = [pick.random() < 0.5 for _ in range(DAYS - 1)]
        free.insert(pick.randrange(DAYS), True)
        rest = [cost for other, cost in legal.items() if all(free[d] or other[d] == line[d] for d in range(DAYS))]
        assert _solve(_build(pool, line, free)) == min(rest), (line, free)


def test_a_wish_about_any_duty_costs_each_of_them() -> None:
    made = Problem(world(3), (Wish("test", "P1", 4), Wish("test", "P1", 9, frozenset({(0, "E"), (2, "N")}), want=True)))
    pool = CompiledProblem(made)
    assert evaluate(made, roster_of("E.N")).levels[Level.QUALITY] == 8
    assert _solve(_build(pool)) == 8
    found = LineModel(pool, 0, soft=True).best()
    assert found is not None
    assert found[0] == 8


def test_blocks_worked_before_have_their_price() -> None:
    """More of them than the limit: seven weekends where two are free of charge."""
    blocks = (frozenset({(0, "E")}), frozenset({(2, "E")}))
    wished = tuple(Wish("test", "P1", 100, duties, want=True) for duties in blocks)
    made = Problem(world(3), (Blocks("test", "P1", blocks, base=5, most=2, cost=3), *wished))
    assert evaluate(made, roster_of("E.E")).levels[Level.QUALITY] == 15
    assert _solve(_build(CompiledProblem(made))) == 15


def test_days_that_cannot_be_worked_keep_the_least_run_of_free_days() -> None:
    """Work, two free days on which nothing can be worked, work: too short where three free days in a row are due."""
    closed = frozenset((day, code) for day in (1, 2) for code in CODES)
    wished = frozenset({(0, "E"), (3, "E")})
    made = Problem(
        world(4),
        (
            Unavailable("test", "P1", closed),
            Run("test", "P1", free=True, least=3),
            Wish("test", "P1", 1, want=True, duties=wished),
        ),
    )
    assert evaluate(made, roster_of("E..E")).broken
    assert _solve(_build(CompiledProblem(made))) == 1, "only one of the two wished duties can be worked"


@pytest.mark.parametrize("seed", range(12))
def test_a_part_of_a_roster_counts_what_the_rest_of_it_covers(seed: int) -> None:
    """One person on two days is decided, everybody else stands where the roster says: each level is that of the whole."""
    pick = random.Random(seed)
    instance = make(
        4, people=3, hotspots=(hotspot("HAL"), hotspot("MIDI")), contracts=(free_contract(min_together=1),),
        demand=(demand(minimum=2, target=3), demand(minimum=1, target=2).replace(hotspot="MIDI")),
    )  # fmt: skip
    made = declare(instance)
    pool = CompiledProblem(made)
    roster = Roster.of(
        Assignment(member.id, day, "E", pick.choice(("HAL", "MIDI")))
        for member in instance.staff
        for day in range(instance.days)
        if pick.random() < 0.7
    )
    shift, spot = pool.arrays(roster)
    people = np.array([True, False, False])
    free = np.zeros((3, 4), dtype=bool)
    free[0, 1:3] = True
    model = RosterModel(pool, ModelScope(free, people, days=(1, 2)), posting_classes(pool), shift, spot)
    for (person, day, code), x in model.x.items():
        model.model.add(x == int(shift[person, day] == code))
    for (_, day, code, place), z in model.z.items():
        model.model.add(z == int(shift[0, day] == code and spot[0, day] == place))
    solver = cp_model.CpSolver()
    reference = evaluate(made, roster)
    for level in (Level.POLICE_MINIMUM, Level.TARGETS):
        model.model.minimize(model.levels[level].expression())
        assert solver.solve(model.model) == cp_model.OPTIMAL
        assert round(solver.objective_value) == reference.levels[level] >= model.elsewhere[level]


@pytest.mark.parametrize("seed", range(12))
def test_pairs_and_variety_count_where_the_rest_of_a_roster_stands(seed: int) -> None:
    """One of two partners is decided on two days: what is fixed of both has its price all the same."""
    pick = random.Random(seed)
    instance = make(4, people=2, hotspots=(hotspot("HAL"), hotspot("MIDI")))
    made = Problem(instance, (Variety("test", "P1", 7), Together("test", "P1", "P2", 3)))
    pool = CompiledProblem(made)
    roster = Roster.of(
        Assignment(staff, day, "E", pick.choice(("HAL", "MIDI")))
        for staff in ("P1", "P2")
        for day in range(4)
        if pick.random() < 0.7
    )
    shift, spot = pool.arrays(roster)
    free, people = np.zeros((2, 4), dtype=bool), np.array([True, False])
    free[0, 1:3] = True
    scope = ModelScope(free, people, single=True, days=(1, 2))
    model = RosterModel(pool, scope, posting_classes(pool), shift, spot, soft=True)
    for (_, day, code, place), z in model.z.items():
        model.model.add(z == int(shift[0, day] == code and spot[0, day] == place))
    assert _solve(model) == evaluate(made, roster).levels[Level.QUALITY]
