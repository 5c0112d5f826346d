"""The staffing bounds against brute force: never above the best roster, and on small cases equal to it."""

from __future__ import annotations

import itertools
import random
import threading
from functools import lru_cache

import pytest

from scheduler.constraints import COVERAGE_LEVELS, Level, Problem
from scheduler.engine.lines.programme import LineModel
from scheduler.engine.pool import Pool
from scheduler.engine.proof.part import Most
from scheduler.engine.proof.promise import Promise, Promises
from scheduler.engine.proof.staffing import staff
from scheduler.errors import ContradictionError
from scheduler.facts import Category
from scheduler.instance import Instance
from scheduler.roster import Roster
from scheduler.rules import declare
from scheduler.score import score
from tests.builders import SHIFTS, contract, demand, hotspot, leave, lines, lock, make, past, person
from tests.engine.worlds import CODES

TWO = tuple(shift for shift in SHIFTS if shift.code in CODES)
MORNING = demand(start="06:00", until="14:00", minimum=1)
Values = tuple[int, int, int]


def solved(pool: Pool) -> Promises:
    return staff(pool, most=most(pool), left=lambda: 30.0)


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
    for value in values:
        earlier = dict(zip(COVERAGE_LEVELS, value, strict=True))
        for level in COVERAGE_LEVELS:
            assert found.bound(level, earlier) <= earlier[level]


def test_bounds_are_met_by_small_rosters_without_patrols() -> None:
    met: list[bool] = []
    for seed in range(24):
        made, values = _every_value(seed)
        if all(terms.min_together == 1 for terms in made.instance.contracts):
            met.append(min(value[0] for value in values) == solved(Pool(made)).bound(Level.POLICE_MINIMUM))
    assert len(met) > 8
    assert all(met)


@pytest.mark.parametrize(("least", "missed"), [(1, 1), (2, 2)])
def test_the_bound_knows_days_off_that_hours_alone_do_not(least: int, missed: int) -> None:
    # One person may work 6 days in a row: of 13 days one is missed, or two where a single day off is not allowed.
    rules = contract(max_hours_week=48.0, weekly_hours=60.0, min_days_off=least)
    made = declare(make(13, demand=(demand(start="06:00", until="14:00", minimum=1),), contracts=(rules,)))
    assert solved(Pool(made)).bound(Level.POLICE_MINIMUM) == missed * 8 * 60


def test_a_lock_to_a_hotspot_keeps_its_person_from_the_others() -> None:
    wanted = (MORNING, MORNING.model_copy(update={"hotspot": "MIDI"}))
    facts = {"people": 2, "hotspots": (hotspot(), hotspot("MIDI")), "demand": wanted}
    free = Pool(declare(make(3, **facts)))
    locked = Pool(declare(make(3, **facts, locks=(lock("P1", 1, "E", "HAL"), lock("P2", 1, "E", "HAL")))))
    assert solved(free).bound(Level.POLICE_MINIMUM) == 0
    assert solved(locked).bound(Level.POLICE_MINIMUM) == 8 * 60


def test_locks_that_cannot_all_hold_are_a_contradiction() -> None:
    locks = tuple(lock("P1", day, "E") for day in range(7))
    for longest in (7, 3):
        rules = contract(max_consecutive_days=longest, max_hours_week=None, weekly_hours=60.0)
        pool = Pool(declare(make(7, demand=(MORNING,), contracts=(rules,), locks=locks)))
        if longest == 7:
            assert solved(pool).bound(Level.POLICE_MINIMUM) == 0
        else:
            with pytest.raises(ContradictionError):
                solved(pool)


def test_every_level_is_reported_in_order_and_only_grows() -> None:
    pool = Pool(declare(make(7, people=3, demand=(demand(minimum=1, target=2),))))
    heard: list[tuple[Level, int]] = []
    found = staff(
        pool, most=most(pool), left=lambda: 30.0, on_level=lambda level, told: heard.append((level, told.bound(level)))
    )
    assert heard == sorted(heard)
    assert dict(heard) == {level: found.bound(level) for level in (Level.POLICE_MINIMUM, Level.TARGETS)}
    assert found.bound(Level.TARGETS) > 0


@pytest.mark.parametrize("stopped", [True, False])
def test_nothing_is_promised_when_there_was_no_time(stopped: bool) -> None:
    pool = Pool(declare(make(7, people=3, demand=(demand(minimum=1, target=2),))))
    stop = threading.Event()
    if stopped:
        stop.set()
    found = staff(pool, most=most(pool), left=lambda: 30.0 if stopped else 0.0, stop=stop)
    assert [found.bound(level) for level in COVERAGE_LEVELS] == [0, 0, 0]


def test_a_stop_keeps_what_was_promised_before() -> None:
    pool = Pool(declare(make(7, people=3, demand=(demand(minimum=1, target=2),))))
    stop = threading.Event()
    found = staff(pool, most=most(pool), left=lambda: 30.0, on_level=lambda *_: stop.set(), stop=stop)
    assert found.bound(Level.POLICE_MINIMUM) > 0
    assert all(Level.TARGETS not in part for part in found.parts)


def test_nobody_to_work_makes_everything_short() -> None:
    found = solved(Pool(declare(make(2, people=[person("P1", fte=0.0)], demand=(demand(minimum=2),)))))
    assert found.bound(Level.POLICE_MINIMUM) == 2 * 2 * 24 * 60


def test_a_promise_gives_way_by_its_price_where_an_earlier_level_is_worse() -> None:
    first, second = Level.POLICE_MINIMUM, Level.TARGETS
    parts = [
        {first: Promise(60.0), second: Promise(1000.0, 60, {first: 60}, {first: 2.0})},
        {second: Promise(100.0, 60)},
    ]
    found = Promises(parts)
    assert found.bound(second) == found.bound(second, {first: 60}) == 1020 + 120
    assert found.bound(second, {first: 70}) == 1080
    assert found.bound(second, {first: 5000}) == 0


def test_a_bound_for_a_better_earlier_level_is_the_higher_one() -> None:
    pool = Pool(declare(make(4, people=2, demand=(demand(minimum=1, target=2),))))
    nothing = score(pool.problem, Roster()).levels
    found = solved(pool)
    loose = found.bound(Level.TARGETS, {Level.POLICE_MINIMUM: nothing[Level.POLICE_MINIMUM]})
    assert loose <= found.bound(Level.TARGETS)
    assert loose <= nothing[Level.TARGETS]
