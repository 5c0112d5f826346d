"""Distance from a given line means the same to every engine, and its bounds hold."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

import numpy as np
import pytest
from ortools.sat.python import cp_model

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.model import ModelScope, RosterModel
from scheduler.engine.cpsat.one_shot import one_shot_model, solve_one_shot
from scheduler.engine.cpsat.posting import Posting
from scheduler.engine.cpsat.solver import search
from scheduler.engine.given_lines import given_lines
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines.models import LineModels
from scheduler.engine.local_search.anneal import Anneal, AnnealTables
from scheduler.engine.local_search.move_tables import LEADING
from scheduler.engine.posting_classes import posting_classes
from scheduler.engine.proof.column_bounds import Columns
from scheduler.problem.roster import Roster
from scheduler.rules import declare
from scheduler.vocabulary.constraints import CHANGE_LEVELS, REPAIR_LEVELS, Distance, Given, Keep, Level
from scheduler.vocabulary.evaluate import evaluate
from scheduler.vocabulary.problem import Problem
from tests.builders import demand, free_contract, hotspot, lock, make
from tests.engine.zones import built, led, limits, zone

SEEDS = range(12)


def _given(problem: Problem, roster: Roster, seed: int) -> Iterator[Distance]:
    """The distance from a roster that is changed here and there, on some days at the one level, on the others at the other."""
    pick = random.Random(seed)
    shifts = [shift.code for shift in problem.instance.shifts]
    for person in problem.people:
        standing: dict[int, Given] = dict.fromkeys(range(problem.instance.days))
        standing |= {a.day: (a.shift, a.hotspot) for a in roster.line(person)}
        if pick.random() < 0.5:
            standing[pick.randrange(problem.instance.days)] = (pick.choice(shifts), pick.choice(problem.hotspots))
        border = pick.randrange(problem.instance.days)
        for level in CHANGE_LEVELS:
            days = [day for day in standing if (day < border) == (level is CHANGE_LEVELS[0])]
            costs: dict[int, dict[str | None, int]] = {
                day: {code: pick.choice([1, 1, 2]) for code in [*shifts, None] if code or standing[day]} for day in days
            }
            yield Distance("changes", level, person, {day: standing[day] for day in days}, costs)


def repair(seed: int, *, drivers: bool = False, **options: int) -> CompiledProblem:
    """A small zone whose people go by a roster that is almost legal."""
    instance = led(zone(seed, **options)) if drivers else zone(seed, **options)
    problem = declare(instance)
    roster = built(CompiledProblem(problem), seed)[1].roster
    return CompiledProblem(declare(instance, _given(problem, roster, seed)))


def alike(seed: int) -> CompiledProblem:
    """Six people who are told apart by nothing but the roster that they go by, and by locks."""
    instance = make(
        4, people=6, hotspots=(hotspot("HAL"), hotspot("MIDI")), contracts=(free_contract(),),
        demand=(demand(minimum=2, target=3), demand(minimum=1, target=2).replace(hotspot="MIDI")),
        locks=(lock("P1", 1, "E", "MIDI"), lock("P2", 2, "L", "HAL")),
    )  # fmt: skip
    problem = declare(instance)
    roster = built(CompiledProblem(problem), seed)[1].roster
    return CompiledProblem(declare(instance, _given(problem, roster, seed)))


def _drawn(pool: CompiledProblem, seed: int, number: int) -> Iterator[Incumbent]:
    random_posts = np.random.default_rng(seed)
    _, first = built(pool, seed)
    for _ in range(number):
        shift, spot = first.shift.copy(), first.spot.copy()
        for _ in range(random_posts.integers(3)):
            p, d = random_posts.integers(len(pool.people)), random_posts.integers(pool.days)
            posts = np.argwhere(pool.post[p, d])
            shift[p, d], spot[p, d] = posts[random_posts.integers(len(posts))] if len(posts) else (-1, -1)
        yield Incumbent.of(pool, HeadCount(pool), shift, spot)


def test_a_repair_has_its_levels_in_order() -> None:
    pool = repair(1)
    assert pool.problem.levels == REPAIR_LEVELS
    assert tuple(HeadCount(pool).values()) == REPAIR_LEVELS[:-1]


@pytest.mark.parametrize("seed", SEEDS)
def test_heads_and_moves_say_what_the_vocabulary_says(seed: int) -> None:
    pool = repair(seed)
    anneal = Anneal(pool, AnnealTables.of(pool), range(len(pool.people)), seed)
    for incumbent in _drawn(pool, seed, 10):
        found = evaluate(pool.problem, incumbent.roster).levels
        assert incumbent.values == {level: found[level] for level in REPAIR_LEVELS[:-1]}
        assert tuple(anneal.position(incumbent).total[LEADING:]) == incumbent.leading
    _, first = built(pool, seed)
    position = anneal.position(first)
    shift, spot, best = first.shift.copy(), first.spot.copy(), np.array([*first.leading, first.quality])
    moved = False
    for temperature in (2_000_000.0, 500_000.0, 20_000.0):
        anneal.move(position, temperature, 1_000, shift, spot, best)
        moved |= bool((position.shift != first.shift).any())
    assert moved
    then = evaluate(pool.problem, pool.roster(position.shift, position.spot)).levels
    assert [*position.total[LEADING:], position.quality] == [then[level] for level in REPAIR_LEVELS]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_model_of_everything_says_what_the_vocabulary_says(seed: int) -> None:
    pool = repair(seed)
    told = 0
    for incumbent in _drawn(pool, seed, 30):
        if incumbent.legal:
            model = one_shot_model(pool, incumbent.shift, incumbent.spot)
            model.model.minimize(sum(model.levels[level].expression() for level in REPAIR_LEVELS))
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = 1
            solver.parameters.fix_variables_to_their_hinted_value = True
            assert solver.solve(model.model) == cp_model.OPTIMAL
            found = evaluate(pool.problem, incumbent.roster).levels
            assert [solver.value(model.levels[level].expression()) for level in REPAIR_LEVELS] == list(found.values())
            told += 1
    assert told


@pytest.mark.parametrize("world", [lambda seed: repair(seed, police=5), alike], ids=["zone", "alike"])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_model_by_class_costs_what_its_people_are_placed_for(
    seed: int, world: Callable[[int], CompiledProblem]
) -> None:
    """The model knows numbers only; the people are then matched to places so that as many stay as it says."""
    pool = world(seed)
    _, first = built(pool, seed)
    everybody = np.ones(len(pool.people), dtype=bool)
    random_days = np.random.default_rng(seed)
    classes = posting_classes(pool)
    assert max(map(len, classes)) > 1 or world is not alike
    for _ in range(3):
        free = random_days.random((len(pool.people), pool.days)) < 0.7
        days = tuple(sorted(random_days.choice(pool.days, 2, replace=False).tolist()))
        free[:, [day for day in range(pool.days) if day not in days]] = False
        model = RosterModel(pool, ModelScope(free, everybody, days=days), classes, first.shift, first.spot)
        assert {level: model.elsewhere[level] for level in CHANGE_LEVELS} == _not_of(days, pool.problem, first.roster)
        model.hint()
        weighed = sum((1000 - 100 * n) * model.levels[level].expression() for n, level in enumerate(REPAIR_LEVELS[:-1]))
        model.model.minimize(weighed)
        outcome = search(model.model, limits(20.0))
        assert outcome.optimal
        said = tuple(outcome.value(model.levels[level].expression()) for level in REPAIR_LEVELS[:-1])
        found = Incumbent.of(pool, HeadCount(pool), *Posting(pool).read_off(model, outcome))
        assert found.leading <= said
        assert sum(found.leading) == sum(said)


def _not_of(days: Collection[int], problem: Problem, roster: Roster) -> dict[Level, int]:
    """What a roster costs on all other days."""
    standing: dict[tuple[str, int], Given] = {(a.staff, a.day): (a.shift, a.hotspot) for a in roster}
    found = dict.fromkeys(CHANGE_LEVELS, 0)
    for item in problem.all(Distance):
        left = item.given.keys() - set(days)
        found[item.level] += sum(item.price(day, standing.get((item.person, day))) for day in left)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_bounds_are_never_above_the_best_there_is(seed: int) -> None:
    pool = repair(seed)
    _, first = built(pool, seed)
    best = solve_one_shot(pool, first, lambda: limits(60.0))
    values = {**best.incumbent.values, REPAIR_LEVELS[-1]: best.incumbent.quality}
    assert all(best.bounds[level] == values[level] for level in REPAIR_LEVELS), "solved to the end"
    columns = Columns(pool, LineModels(pool))
    columns.offer(first.shift)
    columns.prove(lambda: 60.0, lambda *_: None)
    columns.prove_quality(lambda: 60.0, lambda *_: None)
    columns.prove_more(lambda: 60.0, lambda *_: None)
    for level in REPAIR_LEVELS:
        assert columns.bounds.of(level, values) <= values[level], level


def test_a_change_of_place_that_a_minimum_needs_is_proven() -> None:
    """Two are given HAL for the morning, and one must stand at MIDI: one change, of the place alone; the other costs nothing."""
    rows = [demand(start="06:00", until="14:00", minimum=1).model_copy(update={"hotspot": h}) for h in ("HAL", "MIDI")]
    instance = make(1, people=2, hotspots=(hotspot(), hotspot("MIDI")), demand=tuple(rows))
    costs: dict[int, dict[str | None, int]] = {0: {"E": 1, "L": 1, "N": 1, None: 1}}
    given = [Distance("changes", CHANGE_LEVELS[0], person, {0: ("E", "HAL")}, costs) for person in ("P1", "P2")]
    pool = CompiledProblem(declare(instance, given))
    columns = Columns(pool, LineModels(pool))
    columns.offer(np.full((2, 1), -1, dtype=np.int64))
    columns.prove(lambda: 60.0, lambda *_: None)
    none_short = dict.fromkeys(REPAIR_LEVELS[:2], 0)
    assert columns.bounds.of(CHANGE_LEVELS[0], none_short) == 1
    _, first = built(pool)
    assert first.values[CHANGE_LEVELS[0]] == 1


def test_a_person_is_given_one_line() -> None:
    pool = repair(1)
    person = pool.people[0]
    other = Distance("changes", CHANGE_LEVELS[0], person, {0: ("L", "MIDI")}, {})
    again = Distance("changes", CHANGE_LEVELS[1], person, {0: ("E", "HAL")}, {})
    with pytest.raises(ValueError, match="two different lines"):
        given_lines(CompiledProblem(replace(pool.problem, constraints=(other, again))))


def test_a_given_place_that_is_not_in_the_problem_is_left_at_a_price() -> None:
    pool = repair(1)
    person = pool.people[0]
    gone = Distance("changes", CHANGE_LEVELS[0], person, {0: ("L", "NOWHERE")}, {0: {"L": 3, "E": 4, None: 5}})
    stays = Keep("locks", person, 0, "L")
    problem = replace(pool.problem, constraints=(gone, stays))
    other = CompiledProblem(problem)
    shift = np.full((len(other.people), other.days), -1, dtype=np.int64)
    spot = shift.copy()
    shift[0, 0], spot[0, 0] = other.shift["L"], 0
    assert given_lines(other).values(shift, spot)[CHANGE_LEVELS[0]] == 3
    assert evaluate(problem, other.roster(shift, spot)).levels[CHANGE_LEVELS[0]] == 3
