"""Limits that many people share mean the same to every engine, and bounds hold with them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from ortools.sat.python import cp_model

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.model import ModelScope, RosterModel
from scheduler.engine.cpsat.one_shot import one_shot_model, solve_one_shot
from scheduler.engine.cpsat.posting import Posting
from scheduler.engine.cpsat.solver import search
from scheduler.engine.decomposition import pools
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines.models import LineModels
from scheduler.engine.local_search.anneal import Anneal, AnnealTables
from scheduler.engine.local_search.move_tables import LEADING, WRONG
from scheduler.engine.posting_classes import component_people, posting_classes
from scheduler.engine.proof.column_bounds import Columns
from scheduler.engine.shared_limits import shared_limits
from scheduler.problem.facts import Demand
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules import declare
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, LEVELS, Constraint, Cover, Level, Quota, ShortageLimit
from scheduler.vocabulary.evaluate import evaluate
from tests.builders import demand, hotspot, make, person
from tests.engine.zones import built, first, limits, placement, zone

SEEDS = range(12)


def _shared(instance: Instance, seed: int, police: int) -> Iterator[Constraint]:
    """One or two quotas, and a limit on what may be missing at one hotspot, or at both together."""
    pick = random.Random(seed)
    people = [f"P{i}" for i in range(1, police + 1)]
    some = frozenset(pick.sample(people, pick.choice([2, police])))
    yield Quota("lending", some, frozenset({pick.choice(["HAL", "MIDI"])}), pick.choice([2, 3]))
    if pick.random() < 0.5:
        yield Quota("lending", frozenset(people), frozenset({"HAL", "MIDI"}), pick.choice([5, 8]))
    spots = pick.choice([{"HAL"}, {"MIDI"}, {"HAL", "MIDI"}])
    level = pick.choice([Level.POLICE_MINIMUM, Level.TARGETS])
    covers = tuple(c for c in declare(instance).all(Cover) if c.level is level and c.hotspot in spots)
    # Heads of a limit need not be those of a level.
    covers = tuple(replace(cover, heads=cover.heads + pick.choice([0, 0, 1])) for cover in covers)
    yield ShortageLimit("guarantee", level, covers, pick.choice([0, 600, 2400]), pick.choice([1, 50]))


def limited(seed: int, police: int = 4) -> CompiledProblem:
    instance = zone(seed, police=police)
    return CompiledProblem(declare(instance, _shared(instance, seed, police)))


def _drawn(pool: CompiledProblem, seed: int, number: int) -> Iterator[Incumbent]:
    draw = np.random.default_rng(seed)
    start = first(pool, seed)
    for _ in range(number):
        shift, spot = start.shift.copy(), start.spot.copy()
        for _ in range(draw.integers(3)):
            p, d = draw.integers(len(pool.people)), draw.integers(pool.days)
            posts = np.argwhere(pool.post[p, d])
            shift[p, d], spot[p, d] = posts[draw.integers(len(posts))] if len(posts) else (-1, -1)
        yield Incumbent.of(pool, HeadCount(pool), shift, spot)


@pytest.mark.parametrize("seed", SEEDS)
def test_heads_and_moves_say_what_the_vocabulary_says(seed: int) -> None:
    pool = limited(seed)
    anneal = Anneal(pool, AnnealTables.of(pool), range(len(pool.people)), seed)
    for incumbent in _drawn(pool, seed, 10):
        found = evaluate(pool.problem, incumbent.roster)
        assert incumbent.values == {level: found.levels[level] for level in COVERAGE_LEVELS}
        assert incumbent.legal == (not found.broken)
        assert tuple(anneal.position(incumbent).total[LEADING:]) == incumbent.leading
    start = first(pool, seed)
    position = anneal.position(start)
    shift, spot, best = start.shift.copy(), start.spot.copy(), np.array([*start.leading, start.quality])
    for temperature in (2_000_000.0, 500_000.0, 20_000.0):
        anneal.move(position, temperature, 1_000, shift, spot, best)
    then = evaluate(pool.problem, pool.roster(position.shift, position.spot))
    assert [*position.total[LEADING:], position.quality] == [then.levels[level] for level in LEVELS]
    assert (position.total[WRONG] == 0) == (not then.broken)
    found = evaluate(pool.problem, pool.roster(shift, spot))
    assert not found.broken, "the best roster met is legal"
    assert [found.levels[level] for level in LEVELS] == best.tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_move_beyond_a_quota_is_counted_and_taken_back(seed: int) -> None:
    """From rosters that pass their quotas, counting anew and counting move by move agree."""
    pool = limited(seed)
    shared = shared_limits(pool)
    anneal = Anneal(pool, AnnealTables.of(pool), range(len(pool.people)), seed)
    heads = HeadCount(pool)
    incumbent = Incumbent.of(pool, heads, *placement(pool, seed, load=0.9))
    position = anneal.position(incumbent)
    assert position.used.tolist() == shared.used(incumbent.spot).tolist()
    assert position.missing.tolist() == heads.missing().tolist()
    shift, spot, best = incumbent.shift.copy(), incumbent.spot.copy(), np.array([0, 0, 0, 0])
    anneal.move(position, 1e9, 500, shift, spot, best)
    heads.load(position.shift, position.spot)
    assert position.used.tolist() == shared.used(position.spot).tolist()
    assert position.missing.tolist() == heads.missing().tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_model_of_everything_says_what_the_vocabulary_says(seed: int) -> None:
    pool = limited(seed)
    told = 0
    for incumbent in _drawn(pool, seed, 20):
        model = one_shot_model(pool, incumbent.shift, incumbent.spot)
        model.model.minimize(sum(model.levels[level].expression() for level in LEVELS))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.fix_variables_to_their_hinted_value = True
        status = solver.solve(model.model)
        assert (status == cp_model.OPTIMAL) == incumbent.legal
        if incumbent.legal:
            found = evaluate(pool.problem, incumbent.roster).levels
            assert [solver.value(model.levels[level].expression()) for level in LEVELS] == list(found.values())
            told += 1
    assert told


@pytest.mark.parametrize("seed", SEEDS)
def test_a_model_of_a_part_keeps_the_limits_of_the_whole(seed: int) -> None:
    pool = limited(seed, police=5)
    start = first(pool, seed)
    everybody = np.ones(len(pool.people), dtype=bool)
    draw = np.random.default_rng(seed)
    for _ in range(3):
        free = draw.random((len(pool.people), pool.days)) < 0.7
        days = tuple(sorted(draw.choice(pool.days, 2, replace=False).tolist()))
        free[:, [day for day in range(pool.days) if day not in days]] = False
        model = RosterModel(
            pool, ModelScope(free, everybody, days=days), posting_classes(pool), start.shift, start.spot
        )
        model.hint()
        model.model.minimize(sum(1000 * model.levels[level].expression() for level in COVERAGE_LEVELS))
        outcome = search(model.model, limits(20.0))
        assert outcome.optimal
        found = Incumbent.of(pool, HeadCount(pool), *Posting(pool).read_off(model, outcome))
        assert found.legal
        assert found.leading == tuple(outcome.value(model.levels[level].expression()) for level in COVERAGE_LEVELS)


@pytest.mark.parametrize("seed", SEEDS)
def test_bounds_are_never_above_the_best_there_is(seed: int) -> None:
    pool = limited(seed)
    start = first(pool, seed)
    best = solve_one_shot(pool, start, lambda: limits(60.0))
    values = {**best.incumbent.values, Level.QUALITY: best.incumbent.quality}
    assert all(best.bounds[level] == values[level] for level in LEVELS), "solved to the end"
    assert evaluate(pool.problem, best.incumbent.roster).broken == ()
    columns = Columns(pool, LineModels(pool))
    columns.offer(start.shift)
    columns.prove(lambda: 60.0, lambda *_: None)
    columns.prove_quality(lambda: 60.0, lambda *_: None)
    columns.prove_more(lambda: 60.0, lambda *_: None)
    for level in LEVELS:
        assert columns.bounds.of(level, values) <= values[level], level
    rosters = [best.incumbent, *(roster for roster in _drawn(pool, seed, 10) if roster.legal)]
    for at, level in enumerate(COVERAGE_LEVELS):
        trades = columns.bounds.trades(level)
        assert trades
        for roster in rosters:
            earlier = sum(roster.leading[:at])
            assert all(weight * earlier + roster.leading[at] >= amount for weight, amount in trades)
    assert columns.bounds.trades(Level.QUALITY), "points against minutes"


def _morning(code: str) -> Demand:
    return demand(start="06:00", until="14:00", minimum=1).replace(hotspot=code)


def _two_posts(days: int, *, lent: int) -> CompiledProblem:
    """Two people at home in HAL, where nobody is asked for; MIDI asks for one every morning, and they may lend so many days."""
    rows = [_morning("MIDI")]
    instance = make(days, people=2, hotspots=(hotspot(), hotspot("MIDI")), demand=tuple(rows))
    quota = Quota("lending", frozenset({"P1", "P2"}), frozenset({"MIDI"}), lent)
    return CompiledProblem(declare(instance, [quota]))


@pytest.mark.parametrize("lent", [0, 1, 3])
def test_column_generation_prices_a_quota(lent: int) -> None:
    """Of four mornings so many can be covered as days may be lent, and that is proven without whole numbers."""
    pool = _two_posts(4, lent=lent)
    columns = Columns(pool, LineModels(pool))
    columns.offer(np.full((2, 4), -1, dtype=np.int64))
    columns.prove(lambda: 60.0, lambda *_: None)
    assert columns.bounds.of(Level.POLICE_MINIMUM, {}) == (4 - lent) * 8 * 60


def test_the_first_roster_lends_nothing_it_may_not() -> None:
    for lent in (0, 1, 5):
        pool = _two_posts(4, lent=lent)
        _, roster = built(pool)
        assert roster.legal
        assert len([a for a in roster.roster if a.hotspot == "MIDI"]) <= lent


def test_a_start_beyond_a_quota_is_thinned_out() -> None:
    pool = _two_posts(4, lent=2)
    start = Roster.of(Assignment("P1", day, "E", "MIDI") for day in range(4))
    shift, spot = pool.arrays(start)
    builder, _ = built(pool)
    kept = Incumbent.of(pool, HeadCount(pool), *builder.build((shift, spot)))
    assert kept.legal
    assert len([a for a in kept.roster if a.hotspot == "MIDI"]) == 2


def test_people_of_a_quota_stay_together() -> None:
    """Two people with a hotspot each have nothing to do with each other, unless they share a limit."""
    people = frozenset({"P1", "P2"})
    spots = frozenset({"HAL", "MIDI"})
    rows = tuple(_morning(code) for code in ("HAL", "MIDI"))
    instance = make(
        2, people=[person("P1", hotspots=("HAL",)), person("P2", hotspots=("MIDI",))],
        hotspots=(hotspot(), hotspot("MIDI")), demand=rows,
    )  # fmt: skip
    alone = CompiledProblem(declare(instance))
    assert len(pools(alone)) == 2
    covers = tuple(cover for cover in alone.problem.all(Cover) if cover.level is Level.POLICE_MINIMUM)
    assert {cover.hotspot for cover in covers} == spots
    for limit in (Quota("q", people, spots, 3), ShortageLimit("s", Level.POLICE_MINIMUM, covers, 0, 1)):
        pool = CompiledProblem(declare(instance, [limit]))
        assert len(pools(pool)) == 1
        assert len(component_people(pool, posting_classes(pool))) == 1


def test_a_shortage_limit_is_about_heads_missing_at_its_level() -> None:
    cover = limited(1).problem.all(Cover)[0]
    with pytest.raises(ValueError, match="at its level"):
        ShortageLimit("guarantee", Level.QUALITY, (cover,), 0, 1)
