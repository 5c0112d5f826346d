"""The one-shot model against brute force over all rosters of very tiny zones, level after level."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import numpy as np
import pytest

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.one_shot import is_small, one_shot_model, solve_one_shot
from scheduler.errors import ContradictionError
from scheduler.problem.facts import Category, Pair, Request
from scheduler.problem.instance import Instance
from scheduler.vocabulary.constraints import LEVELS, Level
from scheduler.vocabulary.evaluate import evaluate
from tests.builders import MONDAY, contract, demand, elsewhere, hotspot, leave, lock, make, past, person, shift
from tests.engine.zones import built, clean, compiled, led, limits, zone

pytestmark = pytest.mark.slow

TWO = (shift("E", "06:00", "14:00"), shift("M", "10:00", "18:00"))
LATE = (shift("E", "06:00", "14:00"), shift("N", "22:00", "06:00"))


def _tiny(seed: int) -> Instance:
    """Two people on three days at one hotspot, or on two days at two."""
    pick = random.Random(seed)
    spots = (hotspot("HAL", priority=2),) if seed % 2 else (hotspot("HAL", priority=2), hotspot("MIDI"))
    warden = contract("GDP", category=Category.NON_POLICE, needs_police=1, min_together=1)
    rules = {"min_together": pick.choice([1, 2]), "min_days_off": pick.choice([1, 2]), "max_consecutive_days": 2}
    both = pick.random() < 0.6
    people = [person("P1"), person("P2") if both else person("P2", contract="GDP")]
    wish = Request(staff="P1", first=MONDAY, last=MONDAY, kind=pick.choice(["avoid", "want"]))
    shifts = pick.choice([TWO, LATE])
    patrol = tuple(lock(staff, 1, "E", "HAL") for staff in ("P1", "P2"))
    return make(
        3 if seed % 2 else 2, people=people, hotspots=spots, shifts=shifts,
        contracts=(contract(**rules), warden), requests=(wish,),
        demand=(
            demand(minimum=1, target=2, maximum=2, start="08:00", until="16:00"),
            demand(start="22:00", until="06:00", minimum=2).model_copy(update={"hotspot": spots[-1].code}),
            demand("non_police", minimum=1),
        ),
        history=past("P1", pick.choice(["E", shifts[1].code, ".."]), spot="HAL"),
        absences=pick.choice([(), (leave("P2", 0),), (elsewhere("P2", 0, clock=("15:00", "18:00")),)]),
        pairs=pick.choice([(), (Pair(staff_a="P1", staff_b="P2", kind=pick.choice(["together", "apart"])),)]),
        locks=patrol if both and pick.random() < 0.2 else (),
    )  # fmt: skip


def _every_roster(pool: CompiledProblem) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    cells = list(np.ndindex(len(pool.people), pool.days))
    choices = [[(-1, -1), *map(tuple, np.argwhere(pool.post[cell]).tolist())] for cell in cells]
    for plan in itertools.product(*choices):
        both = np.array(plan, dtype=np.int64).reshape(len(pool.people), pool.days, 2)
        yield both[:, :, 0], both[:, :, 1]


@pytest.mark.parametrize(
    ("seed", "heads"), [*((seed, 0) for seed in range(16)), *((seed, 2) for seed in range(0, 16, 2))]
)
def test_every_level_is_that_of_the_best_of_all_rosters(seed: int, heads: int) -> None:
    instance = led(_tiny(seed), heads) if heads else _tiny(seed)
    if any(pair.kind == "apart" for pair in instance.pairs) and instance.locks:
        instance = instance.replace(locks=())
    pool = compiled(instance)
    best = None
    for shifts, spots in _every_roster(pool):
        found = evaluate(pool.problem, pool.roster(shifts, spots))
        if not found.broken:
            value = tuple(found.levels[level] for level in LEVELS)
            best = value if best is None else min(best, value)
    if best is None:
        with pytest.raises(ContradictionError):
            built(pool)
        return
    joint = solve_one_shot(pool, built(pool)[1], limits)
    measured = evaluate(pool.problem, joint.incumbent.roster)
    assert measured.broken == ()
    assert tuple(measured.levels[level] for level in LEVELS) == best
    assert tuple(joint.bounds[level] for level in LEVELS) == best


def test_the_driver_of_the_history_is_enough_for_one_more() -> None:
    """No other driver can come; until 06:00 the one of the night stands there."""
    shifts = (shift("N", "22:00", "06:00"), shift("D", "00:00", "06:00"))
    night = {"history": past("P1", "N", spot="HAL"), "absences": (leave("P1", 0),)}
    people = [person("P1"), person("P2"), person("X", fte=0.0), person("P3")]
    world = make(1, people=people, shifts=shifts, demand=(demand(start="00:00", until="06:00", minimum=3),), **night)
    for heads, there in ((1, 0), (2, 1), (3, 2)):
        pool = compiled(led(world, heads))
        found = solve_one_shot(pool, built(pool)[1], limits).incumbent.roster
        assert [a.shift for a in found] == ["D"] * there


@pytest.mark.parametrize("seed", range(6))
def test_it_never_loses_against_its_start(seed: int) -> None:
    instance = zone(seed, days=5)
    pool = compiled(instance)
    _, first = built(pool)
    joint = solve_one_shot(pool, first, lambda: limits(0.3))
    assert joint.incumbent.leading <= first.leading
    assert clean(instance, joint.incumbent.roster)
    for level, bound in joint.bounds.items():
        assert bound <= evaluate(pool.problem, joint.incumbent.roster).levels[level]


def test_stopped_at_once_it_keeps_the_start() -> None:
    pool = compiled(zone(2))
    _, first = built(pool)
    stopped = limits()
    stopped.stop.set()
    joint = solve_one_shot(pool, first, lambda: stopped)
    assert joint.incumbent.leading <= first.leading


def test_small_counts_posts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.engine.cpsat.one_shot.SMALL", 5 * 2 * 3)
    assert is_small(compiled(make(days=5, people=2)))
    assert not is_small(compiled(make(days=6, people=2)))
    assert is_small(compiled(make(days=6, people=2, absences=(leave("P1", 2), leave("P2", 2)))))


def test_the_model_speaks_of_every_level() -> None:
    pool = compiled(zone(1))
    _, first = built(pool)
    assert set(one_shot_model(pool, first.shift, first.spot).levels) == {*LEVELS}
    assert LEVELS[-1] is Level.QUALITY
