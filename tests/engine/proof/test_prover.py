"""The proof in its own process says what it says in this one, and its death or its end harms nobody."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.one_shot import solve_one_shot
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.proof.bounds import Proof
from scheduler.engine.proof.prover import Order, Prover
from scheduler.messages.message import Message
from scheduler.system.signals import ENDING
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, LEVELS, Level
from tests.engine.proof.test_column_bounds import proven
from tests.engine.zones import built, compiled, limits, zone

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

ROOT = Path(__file__).parents[3]
SEED = 6
SAID: list[Message] = []
"""What the prover said of its losses."""


@pytest.fixture(scope="module")
def world() -> tuple[CompiledProblem, Incumbent]:
    pool = compiled(zone(SEED))
    return pool, built(pool)[1]


@pytest.fixture
def proof() -> Proof:
    return Proof()


@pytest.fixture
def prover(world: tuple[CompiledProblem, Incumbent], proof: Proof) -> Iterator[Prover]:
    running = Prover(Order(world[0].problem, world[1].shift, 60.0), proof.learn, SAID.append)
    SAID.clear()
    yield running
    running.close()


def test_the_bounds_are_at_least_those_of_this_process_and_never_above_the_best(
    world: tuple[CompiledProblem, Incumbent], proof: Proof
) -> None:
    pool, first = world
    heard: set[Level] = set()
    prover = Prover(Order(pool.problem, first.shift, 60.0), lambda news: heard.update(proof.learn(news)))
    prover.join(threading.Event())
    best = solve_one_shot(pool, first, limits).incumbent
    columns, _ = proven(pool)
    for level in COVERAGE_LEVELS:
        assert columns.bounds.of(level, best.values) <= proof.bound(level, best.values) <= best.values[level]
        assert proof.bound(level, first.values) <= first.values[level]
    assert 0 <= proof.bound(Level.QUALITY, best.values) <= best.quality
    assert heard == set(LEVELS)
    prover.close()
    assert not prover.running


def test_a_child_that_is_killed_leaves_what_it_has_proven(
    prover: Prover, proof: Proof, world: tuple[CompiledProblem, Incumbent]
) -> None:
    first = world[1]

    def known() -> dict[Level, int]:
        return {level: proof.bound(level, first.values) for level in COVERAGE_LEVELS}

    while not any(known().values()):
        assert prover.running
        time.sleep(0.01)
    proven, killed = known(), prover._child
    killed.kill()
    while prover._child is killed:
        time.sleep(0.01)
    for level in COVERAGE_LEVELS:
        assert proven[level] <= known()[level] <= first.values[level]
    prover._child.kill()
    prover.join(threading.Event())
    assert not prover.running
    for level in COVERAGE_LEVELS:
        assert proven[level] <= known()[level] <= first.values[level]
    assert [said.code for said in SAID] == ["proof_again", "proof_lost"]
    assert all("exit code -9" in str(said) for said in SAID)


def test_a_child_started_again_proves_what_the_first_would_have(
    prover: Prover, proof: Proof, world: tuple[CompiledProblem, Incumbent]
) -> None:
    prover._child.kill()
    prover.join(threading.Event())
    columns, _ = proven(world[0])
    for level in COVERAGE_LEVELS:
        values = world[1].values
        assert columns.bounds.of(level, values) <= proof.bound(level, values) <= values[level]
    assert len(SAID) == 1


def test_close_ends_the_child(prover: Prover) -> None:
    assert prover.running
    prover.close()
    assert prover._child.poll() is not None
    assert not prover.running
    prover.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to a process")
def test_the_child_hears_nothing_that_asks_it_to_end(
    prover: Prover, proof: Proof, world: tuple[CompiledProblem, Incumbent]
) -> None:
    for number in ENDING:
        os.kill(prover._child.pid, number)
    prover.join(threading.Event())
    assert any(proof.bound(level, world[1].values) for level in COVERAGE_LEVELS)
    assert SAID == []


def test_a_stop_ends_the_waiting_not_the_proof(prover: Prover) -> None:
    stop = threading.Event()
    stop.set()
    prover.join(stop)
    assert prover.running


def test_nothing_is_claimed_before_the_child_has_spoken(proof: Proof, world: tuple[CompiledProblem, Incumbent]) -> None:
    for level in LEVELS:
        assert proof.bound(level, world[1].values) == 0


def test_the_child_leaves_when_this_process_is_gone(prover: Prover) -> None:
    """Only its input says so: nobody is there to end it."""
    child = prover._child
    assert child.stdin is not None
    child.stdin.close()
    child.wait(timeout=30)
    assert child.returncode == 1


def test_its_process_holds_no_more_than_it_needs() -> None:
    """The models of CP-SAT bring pandas with them, into the memory of every proof."""
    code = "import sys, scheduler.engine.proof.prover, scheduler.engine.proof.column_bounds; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(run.stdout.split())
    assert "ortools.math_opt" in loaded
    assert not {"pandas", "ortools.sat.python.cp_model"} & loaded
