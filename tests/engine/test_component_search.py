"""The course of a track: coverage before quality, temperatures that only fall within a cooling, never worse."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from scheduler.config import SolveConfig
from scheduler.engine import component_search
from scheduler.engine.clock import Clock, TimeLimit
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.component_search import ComponentSearch, Cooling, component_searches
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.parallel_search import ParallelSearch, merged
from scheduler.result import Method, Stage
from tests.builders import demand, hotspot, make, person
from tests.engine.zones import LineModels, built, clean, compiled, zone

pytestmark = pytest.mark.slow


def _tracks(
    pool: CompiledProblem, seconds: float = 8.0, stop: threading.Event | None = None
) -> tuple[list[ComponentSearch], Clock]:
    config = SolveConfig(time_limit_s=seconds, reproducible=True, seed=1)
    clock = Clock(TimeLimit.from_now(config), stop or threading.Event())
    return component_searches(pool, LineModels(pool), config, clock, 1), clock


def _run(
    pool: CompiledProblem, track: ComponentSearch, clock: Clock, best: Incumbent
) -> tuple[list[tuple[Stage, Method | None]], Incumbent]:
    seen = []
    while clock.left() > component_search.LAST_S:
        found = merged(best, track.step(best), track.members)
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


def test_coverage_by_annealing_then_by_turns_with_windows_then_quality(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(component_search, "MOVES_PER_S", 20_000)
    pool = compiled(zone(1, days=14, police=6))
    _, first = built(pool)
    given, clock = _tracks(pool, 6.0)
    seen, best = _run(pool, given[0], clock, first)
    assert best.better(first)
    assert seen[0] == ("coverage", "annealing")
    stages = [stage for stage, _ in seen]
    assert stages == sorted(stages), "never back from quality to coverage"
    assert ("coverage", "CP-SAT") in seen
    assert seen[-1] == ("quality", "annealing")


def test_many_tracks_on_one_lane_all_cool_down() -> None:
    """Six hotspots with people of their own and little time: each is annealed, for coverage and for quality, down to the end."""
    spots = [f"H{number}" for number in range(6)]
    pool = compiled(
        make(
            7, hotspots=tuple(hotspot(code) for code in spots),
            people=[person(f"{code}-{i}", hotspots=(code,)) for code in spots for i in range(4)],
            demand=tuple(demand(minimum=1, target=2).model_copy(update={"hotspot": code}) for code in spots),
        )
    )  # fmt: skip
    _, first = built(pool)
    given, clock = _tracks(pool, 12.0)
    assert len(given) == len(spots)
    warmest = {number: [] for number in range(len(spots))}  # type: dict[int, list[tuple[Stage, float]]]
    for number, one in enumerate(given):

        def watched(
            start: Incumbent,
            best: Incumbent,
            temperature: Callable[[int], float | None],
            number: int = number,
            one: ComponentSearch = one,
        ) -> tuple[Incumbent, Incumbent]:
            warmest[number].append((one.stage, temperature(0) or 0.0))
            one.work = one._turn(component_search.TURN_S)
            return best, best

        one._anneal.run = watched  # type: ignore[method-assign]

    def told(track: ComponentSearch, *_: object) -> None:
        clock.charge(track.work)

    ParallelSearch(given, 1).run(first, lambda _: clock.left() > component_search.LAST_S, told)
    for course_of_one in warmest.values():
        for stage in (Stage.COVERAGE, Stage.QUALITY):
            degrees = [degree for at, degree in course_of_one if at == stage]
            assert len(degrees) >= 3
            assert degrees[0] > 2 * min(degrees)
        assert course_of_one[-1][1] < 3 * component_search.COLD


def test_told_to_settle_it_goes_on_with_quality_from_the_best_roster() -> None:
    pool = compiled(zone(0))
    _, best = built(pool)
    track = _tracks(pool)[0][0]
    track.step(best)
    stages = [track.stage]
    track.settled = True
    found = track.step(best)
    assert [*stages, track.stage] == [Stage.COVERAGE, Stage.QUALITY]
    assert not best.better(found)


def test_where_no_coverage_is_asked_for_quality_begins_at_once() -> None:
    wanted = (demand(target=2),)
    pool = compiled(make(4, people=4, demand=wanted, parameters={"demand.short_cost_per_minute": 1.0}))
    _, best = built(pool)
    track = _tracks(pool)[0][0]
    found = track.step(best)
    assert (track.stage, track.method) == (Stage.QUALITY, Method.ANNEALING)
    assert not best.better(found)


def test_a_stop_ends_a_turn_at_once() -> None:
    pool = compiled(zone(0))
    _, best = built(pool)
    stop = threading.Event()
    stop.set()
    track = _tracks(pool, 60.0, stop)[0][0]
    assert track.step(best) is best
    assert track.work == 0.0
