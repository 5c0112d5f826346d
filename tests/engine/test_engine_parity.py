"""Parity over every engine: on the worlds of every rule, the dynamic programme and the CP-SAT model say what the audit says."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

import numpy as np
import pytest
from ortools.sat.python import cp_model

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.model import RosterModel
from scheduler.engine.cpsat.one_shot import one_shot_model
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines.labelling import LineModel
from scheduler.engine.local_search.anneal import Anneal, AnnealTables
from scheduler.engine.local_search.move_tables import LEADING
from scheduler.errors import ContradictionError
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules import declare
from scheduler.rules.audit import audit
from scheduler.vocabulary.constraints import (
    LEVELS,
    REPAIR_LEVELS,
    Blocks,
    Clash,
    Constraint,
    Keep,
    Level,
    Run,
    Total,
    Unavailable,
    Wish,
)
from scheduler.vocabulary.evaluate import evaluate
from scheduler.vocabulary.problem import Problem
from tests.builders import leave, lines, lock, make, past, person, shift
from tests.engine.zones import built, led, zone
from tests.parity_cases import CASES, EVERYTHING, Case
from tests.test_parity import BY_CODE, rosters

LOOKED_AT = 400
"""Rosters of a case that are looked through for both sides of the rule."""
SIDE = 5
"""Rosters kept of each side: kept at no cost, kept at a price, broken."""
ALL = [(code, number) for code, cases in CASES.items() for number in range(len(cases))]


@dataclass(frozen=True)
class Verdict:
    """A roster with what the law's text says of it: None when broken, else its value at every level."""

    roster: Roster
    values: tuple[int, ...] | None


def _law(case: Case, code: str, roster: Roster) -> tuple[int, ...] | None:
    findings = list(BY_CODE[code].for_instance(case.instance).audit(case.instance, roster))
    if any(finding.hard for finding in findings):
        return None
    levels = REPAIR_LEVELS if case.instance.standing else LEVELS
    return tuple(sum(f.cost or 0 for f in findings if f.level is level) for level in levels)


@lru_cache
def sample(code: str, number: int) -> tuple[Verdict, ...]:
    """A few rosters of each side; engines work one duty a day at most, so others are left out."""
    case = CASES[code][number]
    sides: dict[str, list[Verdict]] = {"broken": [], "free": [], "priced": []}
    single = (r for r in rosters(case) if len({(a.staff, a.day) for a in r}) == len(r))
    for roster in islice(single, LOOKED_AT):
        values = _law(case, code, roster)
        side = "broken" if values is None else "priced" if any(values) else "free"
        if len(sides[side]) < SIDE:
            sides[side].append(Verdict(roster, values))
    return tuple(verdict for found in sides.values() for verdict in found)


def alone(code: str, number: int) -> Problem:
    instance = CASES[code][number].instance
    return Problem.of(instance, BY_CODE[code].for_instance(instance).declare(instance))


def _open(pool: CompiledProblem, roster: Roster) -> bool:
    """Whether every assignment is at an open post, and every locked duty is worked."""
    shift, spot = pool.arrays(roster)
    worked = np.argwhere(shift >= 0)
    locked = pool.forced >= 0
    return bool((shift[locked] == pool.forced[locked]).all()) and all(
        pool.post[p, d, shift[p, d], spot[p, d]] for p, d in worked
    )


# -- the dynamic programme ----------------------------------------------------------------------------------------------


def _of_a_line(item: Constraint) -> bool:
    """What the dynamic programme compiles; who may stand where it leaves to the posts."""
    if isinstance(item, Wish):
        return item.hotspots is None
    return isinstance(item, Unavailable | Keep | Clash | Run | Total | Blocks)


def _line_value(problem: Problem, roster: Roster) -> int | None:
    found = evaluate(problem, roster)
    return None if found.broken else found.levels[Level.QUALITY]


def _programme(pool: CompiledProblem, models: Sequence[LineModel], roster: Roster) -> int | None:
    if not _open(pool, roster):
        return None
    shift, _ = pool.arrays(roster)
    costs = [model.cost((line + 1).astype(np.int16)) for model, line in zip(models, shift, strict=True)]
    known = [cost for cost in costs if cost is not None]
    return sum(known) if len(known) == len(costs) else None


@pytest.mark.parametrize(("code", "number"), ALL)
def test_the_dynamic_programme_says_what_the_vocabulary_says_of_lines(code: str, number: int) -> None:
    whole = alone(code, number)
    problem = replace(whole, constraints=tuple(item for item in whole.constraints if _of_a_line(item)))
    pool = CompiledProblem(problem)
    models = [LineModel(pool, person, soft=True) for person in range(len(pool.people))]
    verdicts = sample(code, number)
    assert verdicts
    for verdict in verdicts:
        assert _programme(pool, models, verdict.roster) == _line_value(problem, verdict.roster), verdict.roster
        if problem.constraints == whole.constraints:
            law = None if verdict.values is None else verdict.values[-1]
            assert _programme(pool, models, verdict.roster) == law


# -- the CP-SAT model ---------------------------------------------------------------------------------------------------


def _fixed(pool: CompiledProblem, model: RosterModel, roster: Roster) -> tuple[int, ...] | None:
    """Values of a roster that the model is held to; None when the model forbids it."""
    shift, spot = pool.arrays(roster)
    posts = {(p, d, int(shift[p, d]), int(spot[p, d])) for p, d in np.argwhere(shift >= 0).tolist()}
    if not posts <= {(model.classes[c][0], d, k, h) for c, d, k, h in model.z}:
        return None
    model.model.clear_hints()
    for (p, d, k), x in model.x.items():
        model.model.add_hint(x, int(shift[p, d] == k))
    for (c, d, k, h), z in model.z.items():
        model.model.add_hint(z, int((model.classes[c][0], d, k, h) in posts))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.fix_variables_to_their_hinted_value = True
    if solver.solve(model.model) != cp_model.OPTIMAL:
        return None
    return tuple(solver.value(terms.expression()) for terms in model.levels.values())


def _joint(pool: CompiledProblem) -> RosterModel:
    empty = np.full((len(pool.people), pool.days), -1, dtype=np.int64)
    model = one_shot_model(pool, empty, empty)
    model.model.minimize(sum(terms.expression() for terms in model.levels.values()))
    return model


@pytest.mark.parametrize(("code", "number"), ALL)
def test_the_model_says_what_the_law_says(code: str, number: int) -> None:
    pool = CompiledProblem(alone(code, number))
    model = _joint(pool)
    for verdict in sample(code, number):
        assert _fixed(pool, model, verdict.roster) == verdict.values, verdict.roster


def test_the_model_counts_a_driver_whom_only_the_history_has() -> None:
    """P1 of the night is there until 06:00, and nobody who can come drives: one more may stand there, not two."""
    shifts = (shift("N", "22:00", "06:00"), shift("D", "00:00", "06:00"))
    people = [person("P1"), person("P2"), person("X", fte=0.0), person("P3")]
    night = {"history": past("P1", "N", spot="HAL"), "absences": (leave("P1", 0),)}
    pool = CompiledProblem(declare(led(make(1, people=people, shifts=shifts, **night))))
    assert _fixed(pool, _joint(pool), lines(P2="D")) is not None
    assert _fixed(pool, _joint(pool), lines(P2="D", P3="D")) is None


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_the_sample_tells_rosters_apart(code: str) -> None:
    values = {verdict.values for number in range(len(CASES[code])) for verdict in sample(code, number)}
    assert len(values) > 1


# -- every rule at once -------------------------------------------------------------------------------------------------


def _neighbours(pool: CompiledProblem, roster: Roster, seed: int, number: int) -> list[Roster]:
    """A roster with one or two intervals changed, so that some stay legal."""
    pick = random.Random(seed)
    found = [roster]
    for _ in range(number):
        shift, spot = pool.arrays(roster)
        for _ in range(pick.randint(1, 2)):
            p, d = pick.randrange(len(pool.people)), pick.randrange(pool.days)
            posts = [(-1, -1), *map(tuple, np.argwhere(pool.post[p, d]).tolist())]
            shift[p, d], spot[p, d] = pick.choice(posts)
        found.append(pool.roster(shift, spot))
    return found


def test_every_rule_at_once() -> None:
    pool = CompiledProblem(declare(EVERYTHING.instance))
    model = _joint(pool)
    models = [LineModel(pool, person, soft=True) for person in range(len(pool.people))]
    lines = replace(pool.problem, constraints=tuple(item for item in pool.problem.constraints if _of_a_line(item)))
    sides = set()
    for roster in _neighbours(pool, built(pool)[1].roster, 1, 60):
        found = evaluate(pool.problem, roster)
        expected = None if found.broken else tuple(found.levels[level] for level in LEVELS)
        sides.add(expected is None)
        assert _fixed(pool, model, roster) == expected
        assert _programme(pool, models, roster) == _line_value(lines, roster)
    assert sides == {True, False}


@pytest.mark.parametrize("seed", range(4))
def test_targets_with_a_price_are_the_same_points_for_the_score_the_model_and_the_board(seed: int) -> None:
    """A whole zone: the audit, the reference score, the one-shot model, the counted heads and the moves' totals."""
    instance = zone(seed, short_cost=3)
    pool = CompiledProblem(declare(instance))
    model, first = _joint(pool), built(pool)[1]
    for roster in _neighbours(pool, first.roster, seed, 15):
        found = evaluate(pool.problem, roster)
        priced = sum(finding.cost or 0 for finding in audit(instance, roster) if finding.level is Level.QUALITY)
        assert priced == found.levels[Level.QUALITY]
        incumbent = Incumbent.of(pool, HeadCount(pool), *pool.arrays(roster))
        assert incumbent.quality == priced
        if not found.broken:
            assert _fixed(pool, model, roster) == tuple(found.levels[level] for level in LEVELS)
            position = Anneal(pool, AnnealTables.of(pool), range(len(pool.people)), seed).position(incumbent)
            assert (*map(int, position.total[LEADING:]), position.quality) == tuple(
                found.levels[level] for level in LEVELS
            )


@pytest.mark.parametrize("turned", [False, True])
def test_a_contradiction_is_one_for_every_engine(turned: bool) -> None:
    night, early = lock("P1", 0, "N", "HAL"), lock("P1", 1, "E", "HAL")
    both = CASES["locks"][0].instance.replace(locks=(early, night) if turned else (night, early))
    problem = declare(both)
    with pytest.raises(ContradictionError):
        built(CompiledProblem(problem))
    for roster in (Roster(), Roster.of([Assignment("P1", 0, "N", "HAL"), Assignment("P1", 1, "E", "HAL")])):
        assert evaluate(problem, roster).broken
        assert any(finding.hard for finding in audit(both, roster))
