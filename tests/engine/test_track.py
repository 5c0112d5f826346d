"""The course of a track: coverage before quality, temperatures that only fall within a cooling, never worse."""

from __future__ import annotations

import threading

import pytest

from scheduler.config import SolveConfig
from scheduler.engine import track as course
from scheduler.engine.clock import Clock
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lanes import merged
from scheduler.engine.pool import Pool
from scheduler.engine.track import Cooling, Track, tracks
from tests.engine.zones import built, clean, compiled, line_models, zone


def _tracks(pool: Pool, seconds: float = 8.0, stop: threading.Event | None = None) -> tuple[list[Track], Clock]:
    config = SolveConfig(time_limit_s=seconds, reproducible=True, seed=1)
    clock = Clock(config, stop or threading.Event())
    return tracks(pool, line_models(pool), config, clock), clock


def _run(pool: Pool, track: Track, clock: Clock, best: Incumbent) -> tuple[list[tuple[str, str]], Incumbent]:
    seen = []
    while clock.left() > course.LAST_S:
        found = merged(best, track.turn(best), track.members)
        assert found is best or found.better(best)
        assert clean(pool.instance, found.roster)
        best = found
        clock.charge(track.work)
        seen.append((track.stage, track.method))
    return seen, best


def test_a_cooling_falls_from_hot_to_cold_and_stays_there() -> None:
    cooling = Cooling(1000.0, 10.0, begin=5.0, end=9.0)
    assert [round(cooling.at(moment)) for moment in (0.0, 5.0, 7.0, 9.0, 20.0)] == [1000, 1000, 100, 10, 10]


def test_there_is_a_track_for_every_component_and_the_largest_comes_first() -> None:
    pool = compiled(zone(1, police=5, guards=2))
    found, _ = _tracks(pool)
    members = [track.members for track in found]
    assert sorted(p for group in members for p in group) == list(range(len(pool.people)))
    assert [len(group) for group in members] == sorted((len(group) for group in members), reverse=True)
    assert len(members) > 1


@pytest.mark.parametrize("seed", range(3))
def test_coverage_by_annealing_then_by_turns_with_windows_then_quality(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course, "MOVES_PER_S", 20_000)
    pool = compiled(zone(seed, days=14, police=6))
    _, first = built(pool)
    given, clock = _tracks(pool, 12.0)
    monkeypatch.setattr(type(given[0]._improver), "proven", False, raising=False)
    seen, best = _run(pool, given[0], clock, first)
    assert best.better(first)
    assert seen[0] == ("coverage", "annealing")
    stages = [stage for stage, _ in seen]
    assert stages == sorted(stages), "never back from quality to coverage"
    assert ("coverage", "CP-SAT") in seen
    assert seen[-1] == ("quality", "annealing")


def test_a_component_proven_as_a_whole_goes_on_with_quality() -> None:
    pool = compiled(zone(0))
    _, best = built(pool)
    given, clock = _tracks(pool, 60.0)
    track = given[0]
    while track.method != "CP-SAT":
        best = merged(best, track.turn(best), track.members)
        clock.charge(course.TURN_S)
    assert track._improver.proven
    track.turn(best)
    assert track.stage == "quality"
    assert clock.left(0.5) > 0


def test_told_to_settle_it_goes_on_with_quality_from_the_best_roster() -> None:
    pool = compiled(zone(0))
    _, best = built(pool)
    track = _tracks(pool)[0][0]
    track.turn(best)
    assert track.stage == "coverage"
    track.settled = True
    found = track.turn(best)
    assert track.stage == "quality"
    assert not best.better(found)


def test_a_stop_ends_a_turn_at_once() -> None:
    pool = compiled(zone(0))
    _, best = built(pool)
    stop = threading.Event()
    stop.set()
    track = _tracks(pool, 60.0, stop)[0][0]
    assert track.turn(best) is best
    assert track.work == 0.0
