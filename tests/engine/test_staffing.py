"""The staffing bounds against brute force: never above the best roster, and on small cases equal to it."""

from __future__ import annotations

import itertools
import random
import threading
import time
from functools import lru_cache

import numpy as np
import pytest

from scheduler.constraints import COVERAGE_LEVELS, Level, Problem
from scheduler.engine.lines import LineModel
from scheduler.engine.part import Most
from scheduler.engine.pool import Pool
from scheduler.engine.staffing import Staffing, bound_given, staff
from scheduler.errors import ContradictionError
from scheduler.facts import Category
from scheduler.instance import Instance
from scheduler.roster import Roster
from scheduler.rules import declare
from scheduler.score import score
from tests.builders import SHIFTS, contract, demand, leave, lines, lock, make, past, person
from tests.engine.worlds import CODES

TWO = tuple(shift for shift in SHIFTS if shift.code in CODES)
MORNING = demand(start="06:00", until="14:00", minimum=1)
Values = tuple[int, int, int]


def solved(pool: Pool) -> Staffing:
    return staff(pool, most=most(pool), deadline=time.monotonic() + 30, seed=1)


def most(pool: Pool) -> Most:
    models = [LineModel(pool, index, soft=False) for index in range(len(pool.people))]
    return lambda person, worth: models[person].most(worth)


def _instance(seed: int) -> Instance:
    """Two or three synthetic people, four or five days, one hotspot, early and night duties."""
    rng = random.Random(seed)
    people = rng.choice([2, 2, 3])
    days = 5 if people == 2 else 4
    rules = {
        "max_consecutive_days": rng.choice([2, 3]),
        "min_days_off": rng.choice([1, 2]),
        "min_together": rng.choice([1, 2]),
        "max_hours_week": rng.choice([16.0, 24.0, 40.0]),
    }
    guard = contract("GP", category=Category.NON_POLICE, needs_police=rng.choice([0, 1]), min_rest_hours=0.0)
    staff_list = [person(f"P{index}") for index in range(people)]
    if rng.random() < 0.4:
        staff_list[-1] = person(f"P{people - 1}", contract="GP")
    needs = [
        demand(start="06:00", until=rng.choice(["14:00", "24:00"]), minimum=1, target=rng.choice([1, 2])),
        demand(start="22:00", until="06:00", minimum=rng.choice([0, 1, 2]), target=2),
        demand("non_police", start="06:00", until="14:00", minimum=1),
    ]
    return make(
        days, people=staff_list, shifts=TWO, contracts=(contract(**rules), guard), demand=tuple(needs),
        absences=(leave("P0", 1),) if rng.random() < 0.3 else (),
        history=past("P1", rng.choice(["E", "EE", "N."])) if rng.random() < 0.5 else (),
        locks=(lock("P1", 2, "E"),) if rng.random() < 0.2 else (),
    )  # fmt: skip


@lru_cache
def _every_value(seed: int) -> tuple[Problem, frozenset[Values]]:
    """The coverage values of every legal roster."""
    made = declare(_instance(seed))
    post_kinds = {"co_presence", "no_one_alone"}
    legal: list[list[str]] = []
    for member in made.instance.staff:
        found = ("".join(line) for line in itertools.product("." + "".join(CODES), repeat=made.instance.days))
        about = Problem(
            made.instance,
            tuple(
                item
                for item in made.constraints
                if member.id in (getattr(item, "person", None), *getattr(item, "people", ())) and item.rule not in post_kinds
            ),
        )  # fmt: skip
        legal.append([line for line in found if not score(about, lines(**{member.id: line})).broken])
    posts = Problem(made.instance, tuple(item for item in made.constraints if item.rule in {"demand", *post_kinds}))
    values: set[Values] = set()
    names = [member.id for member in made.instance.staff]
    combinations = list(itertools.product(*legal))
    for chosen in random.Random(seed).sample(combinations, min(len(combinations), 4000)):
        found_score = score(posts, lines(**dict(zip(names, chosen, strict=True))))
        if not found_score.broken:
            values.add(tuple(found_score.levels[level] for level in COVERAGE_LEVELS))  # type: ignore[arg-type]
    return made, frozenset(values)


@pytest.mark.parametrize("seed", range(24))
def test_no_roster_beats_the_bounds(seed: int) -> None:
    made, values = _every_value(seed)
    pool = Pool(made)
    found = solved(pool)
    assert found.bounds[Level.POLICE_MINIMUM] <= min(value[0] for value in values)
    for value in values:
        earlier = dict(zip(COVERAGE_LEVELS, value, strict=True))
        for level in COVERAGE_LEVELS:
            assert found.promises.bound(level, earlier) <= earlier[level]
    for value in sorted(values)[:3]:
        caps = {Level.POLICE_MINIMUM: value[0], Level.NON_POLICE_MINIMUM: value[1]}
        deadline = time.monotonic() + 30
        assert bound_given(pool, caps, Level.TARGETS, most=None, deadline=deadline) <= value[2]


def test_bounds_are_met_by_most_small_rosters() -> None:
    met = 0
    for seed in range(8):
        made, values = _every_value(seed)
        found = solved(Pool(made))
        met += min(value[0] for value in values) == found.bounds[Level.POLICE_MINIMUM]
    assert met >= 6


@pytest.mark.parametrize(("least", "missed"), [(1, 1), (2, 2)])
def test_the_bound_knows_days_off_that_hours_alone_do_not(least: int, missed: int) -> None:
    # One person may work 6 days in a row: of 13 days one is missed, or two where a single day off is not allowed.
    rules = contract(max_hours_week=48.0, weekly_hours=60.0, min_days_off=least)
    made = declare(make(13, demand=(demand(start="06:00", until="14:00", minimum=1),), contracts=(rules,)))
    assert solved(Pool(made)).bounds[Level.POLICE_MINIMUM] == missed * 8 * 60


def test_counts_and_posts_agree_with_the_values() -> None:
    made = declare(make(7, people=3, demand=(demand(minimum=1),)))
    found = solved(Pool(made))
    assert found.values[Level.POLICE_MINIMUM] == found.bounds[Level.POLICE_MINIMUM]
    assert np.array_equal(found.posts.sum(axis=(0, 3)), found.counts.sum(axis=0))
    assert found.counts.sum() * 8 * 60 == 7 * 24 * 60 - (found.values[Level.POLICE_MINIMUM] or 0)


def test_a_duty_that_a_lock_asks_for_is_in_the_counts() -> None:
    pool = Pool(declare(make(3, people=2, demand=(MORNING,), locks=(lock("P1", 1, "L", "HAL"),))))
    found = solved(pool)
    assert found.counts[:, 1, pool.shift["L"]].sum() >= 1


def test_locks_that_cannot_all_hold_are_a_contradiction() -> None:
    locks = tuple(lock("P1", day, "E") for day in range(7))
    pool = Pool(declare(make(7, demand=(MORNING,), contracts=(contract(max_consecutive_days=3),), locks=locks)))
    with pytest.raises(ContradictionError):
        staff(pool, most=None, deadline=time.monotonic() + 10)


def test_every_level_is_reported_and_a_stop_ends_the_stage() -> None:
    pool = Pool(declare(make(7, people=3, demand=(demand(minimum=1, target=2),))))
    heard: list[tuple[Level, int | None, int]] = []
    staff(pool, most=None, deadline=time.monotonic() + 30, on_level=lambda *told: heard.append(told))
    assert {level for level, _, _ in heard} == {Level.POLICE_MINIMUM, Level.TARGETS}
    assert any(level is Level.POLICE_MINIMUM and value == bound for level, value, bound in heard)
    stopped = threading.Event()
    stopped.set()
    found = staff(pool, most=None, deadline=time.monotonic() + 30, stop=stopped)
    assert found.bounds == dict.fromkeys(COVERAGE_LEVELS, 0)


def test_nobody_to_work_makes_everything_short() -> None:
    found = solved(Pool(declare(make(2, people=[person("P1", fte=0.0)], demand=(demand(minimum=2),)))))
    assert found.bounds[Level.POLICE_MINIMUM] == found.values[Level.POLICE_MINIMUM] == 2 * 2 * 24 * 60


def test_a_roster_is_never_better_than_the_bound_of_its_own_caps() -> None:
    pool = Pool(declare(make(4, people=2, demand=(demand(minimum=1, target=2),))))
    nothing = score(pool.problem, Roster()).levels
    caps = {Level.POLICE_MINIMUM: nothing[Level.POLICE_MINIMUM]}
    deadline = time.monotonic() + 30
    loose = bound_given(pool, caps, Level.TARGETS, most=None, deadline=deadline)
    best = {Level.POLICE_MINIMUM: solved(pool).bounds[Level.POLICE_MINIMUM]}
    tight = bound_given(pool, best, Level.TARGETS, most=None, deadline=deadline)
    assert loose <= tight
    assert loose <= nothing[Level.TARGETS]
