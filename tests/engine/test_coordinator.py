"""A run whose parts are searched elsewhere: nothing found is lost, whatever becomes of who found it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from itertools import chain, repeat
from pathlib import Path

import pytest

from instances.region import together
from scheduler.backends.backend import Backend
from scheduler.backends.local import local_processes
from scheduler.config import SolveConfig
from scheduler.engine import coordinator, worker
from scheduler.engine.solve import solve_whole
from scheduler.errors import ClusterError, ContradictionError, NoRosterError
from scheduler.problem.facts import Organisation, OrganisationKind
from scheduler.problem.instance import Instance
from scheduler.result import Progress, Result, Stage, Status
from scheduler.rules.audit import audit, hard_findings
from scheduler.workbook.read import read
from scheduler.workbook.template import save_tables
from tests.builders import ZONE, demand, hotspot, person
from tests.engine.talk import THE_TEST, Talk, threads
from tests.engine.test_decomposition import two_zones
from tests.engine.zones import CONTRADICTORY, example
from tests.messages.said import codes, said

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

SHORT = SolveConfig(time_limit_s=5.0, workers=2, seed=1)
ZONES = two_zones(28)
"""Two pools too."""


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    """What is compiled at the first call is compiled before any clock runs."""
    solve_whole(ZONES, SolveConfig(time_limit_s=0.5))


def sound(instance: Instance, result: Result) -> None:
    assert hard_findings(audit(instance, result.roster)) == ()
    for level in result.record.levels:
        assert 0 <= level.bound <= level.value


def test_parts_are_told_apart_and_put_together() -> None:
    heard: list[Progress] = []
    with threads() as (backend, _):
        result = solve_whole(ZONES, SHORT, backend=backend, on_progress=heard.append)
    sound(ZONES, result)
    assert result.record.incidents == ()
    assert result.record.status in {Status.FEASIBLE, Status.OPTIMAL}
    names = {progress.pool for progress in heard}
    assert names == {"", ZONE.code, "5344"}
    whole = [p.value for p in heard if p.pool == "" and p.level == "targets" and p.value is not None]
    assert whole[-1] == result.record.levels[2].value
    assert all(p.left_s is not None and 0 <= p.left_s <= 5 for p in heard)


def test_a_contradiction_in_a_part_is_the_runs() -> None:
    with local_processes(2) as backend, pytest.raises(ContradictionError) as caught:
        solve_whole(example(CONTRADICTORY), SHORT, backend=backend)
    with pytest.raises(ContradictionError) as here:
        solve_whole(example(CONTRADICTORY), SHORT)
    assert caught.value.reasons == here.value.reasons


def test_a_child_process_finds_what_this_one_finds() -> None:
    tiny = example("tiny")
    config = SolveConfig(time_limit_s=20.0, reproducible=True)
    with local_processes(2) as backend:
        away = solve_whole(tiny, config, backend=backend)
    here = solve_whole(tiny, config)
    assert away.roster == here.roster
    assert away.record.levels == here.record.levels
    assert away.record.status is Status.OPTIMAL


def test_a_part_that_dies_is_begun_anew_from_its_best_roster(tmp_path: Path) -> None:
    """The process is killed as soon as it has told of a roster; the run is stopped once another one is at its work."""
    save_tables(together(["ouest", "nord"], "Two zones"), tmp_path / "two.xlsx")
    region = read(tmp_path / "two.xlsx").instance
    killed: list[int] = []
    stop = threading.Event()

    def stop_when_begun_anew(known: set[int]) -> None:
        while not set(_searches()) - known:
            time.sleep(0.05)
        stop.set()

    def kill(progress: Progress) -> None:
        if not killed and progress.stage is Stage.COVERAGE and progress.pool:
            known = _searches()
            killed.append(known[0])
            os.kill(known[0], 9)
            threading.Thread(target=stop_when_begun_anew, args=(set(known),), daemon=True).start()

    config = SolveConfig(time_limit_s=600.0, workers=2, seed=1)
    with local_processes(2) as backend:
        result = solve_whole(region, config, backend=backend, on_progress=kill, stop=stop)
    assert killed
    sound(region, result)
    (incident,) = result.record.incidents
    assert codes(incident) >= {"incident_of", "search_died_of", "search_starts_again"}
    assert f"process {killed[0]}" in str(incident)
    assert str(incident).endswith(". It starts again.")
    assert result.record.status is Status.INTERRUPTED


def _searches() -> list[int]:
    """Searches have a child of their own, the proof; no other child of a run has any."""
    return [child for child in _children(os.getpid()) if _children(child)]


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for path in found for child in path.read_text().split()]


class Dying(Executor):
    """Every part dies after its first words."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.submitted = 0

    def submit(self, fn: Callable[..., object], /, *args: object, **kwargs: object) -> Future[object]:  # type: ignore[override]
        self.submitted += 1
        sent = self.talk.sent
        future: Future[object] = Future()

        def run() -> None:
            worker = threading.Thread(target=fn, args=args, daemon=True)
            worker.start()
            while worker.is_alive() and self.talk.sent == sent:
                time.sleep(0.02)
            args[1].halt()  # type: ignore[attr-defined]
            worker.join()
            future.set_exception(OSError("the machine went away"))

        threading.Thread(target=run, daemon=True).start()
        return future


def test_a_part_that_dies_twice_ends_with_its_best_roster() -> None:
    talk = Talk()
    executor = Dying(talk)
    result = solve_whole(
        ZONES, SolveConfig(time_limit_s=60.0, workers=1), backend=Backend(executor, lambda: talk, 1, name=THE_TEST)
    )
    sound(ZONES, result)
    assert executor.submitted == 2
    assert ["search_starts_again" in codes(incident) for incident in result.record.incidents] == [True, False]
    assert "OSError: the machine went away" in str(result.record.incidents[1])


def test_when_the_backend_is_gone_what_was_found_is_kept_and_said() -> None:
    with threads() as (backend, talk):

        def cut(progress: Progress) -> None:
            if progress.pool == "" and progress.stage is Stage.FIRST_ROSTER:
                talk.gone = True

        result = solve_whole(ZONES, SHORT, backend=backend, on_progress=cut)
    sound(ZONES, result)
    assert result.record.status is Status.INTERRUPTED
    assert len(result.record.incidents) == 2
    assert all("connection to the test is gone" in str(incident) for incident in result.record.incidents)


def test_an_error_of_whoever_listens_is_no_fault_of_the_backend() -> None:
    def closed(_: Progress) -> None:
        raise BrokenPipeError("nobody reads")

    with threads() as (backend, _), pytest.raises(BrokenPipeError):
        solve_whole(ZONES, SHORT, backend=backend, on_progress=closed)


def test_a_part_lost_before_it_had_a_roster_gets_one_here() -> None:
    with threads() as (backend, talk):

        def cut(progress: Progress) -> None:
            talk.gone = True

        result = solve_whole(ZONES, SHORT, backend=backend, on_progress=cut)
    sound(ZONES, result)
    people = {a.staff for a in result.roster}
    zones = {ZONES.person[staff].organisation for staff in people}
    assert {ZONE.code, "5344"} <= zones, "every part has people at work"


def test_parts_lost_before_any_had_a_roster_get_theirs_here() -> None:
    with threads() as (backend, talk):
        talk.gone = True
        result = solve_whole(ZONES, SHORT, backend=backend)
    sound(ZONES, result)
    assert result.record.cut_short
    assert all("is gone. It had no roster yet." in str(incident) for incident in result.record.incidents)
    assert all(codes(it) >= {"connection_gone", "search_without_roster"} for it in result.record.incidents)


def test_a_stop_before_anything_was_found_is_no_roster() -> None:
    stop = threading.Event()
    stop.set()
    with threads() as (backend, talk):
        talk.gone = True
        with pytest.raises(NoRosterError, match="is gone"):
            solve_whole(ZONES, SHORT, backend=backend, stop=stop)


def test_lost_workers_are_told_and_without_any_the_run_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coordinator, "NOBODY_S", 0.5)
    begun, later = threading.Event(), chain([1], repeat(0))

    def begin(progress: Progress) -> None:
        if progress.pool == "" and progress.value is not None:
            begun.set()

    with threads() as (backend, talk):
        monkeypatch.setattr(talk, "workers", lambda: next(later) if begun.is_set() else 2)
        result = solve_whole(ZONES, SolveConfig(time_limit_s=600.0), backend=backend, on_progress=begin)
    sound(ZONES, result)
    assert result.record.cut_short
    told = " ".join(map(str, result.record.incidents))
    for words in ("had lost workers: 1 is left", "had lost workers: 0 are left", "the test has no workers any more"):
        assert words in told


def test_a_silent_part_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """It neither ends nor hears: after its time nobody waits for it."""
    monkeypatch.setattr(coordinator, "OVER_S", 0.0)
    monkeypatch.setattr(coordinator, "LATE_S", 0.3)

    class Deaf(Executor):
        def submit(self, fn: object, /, *args: object, **kwargs: object) -> Future[object]:  # type: ignore[override]
            return Future()

    began = time.monotonic()
    backend = Backend(Deaf(), Talk, 2, name=THE_TEST)
    result = solve_whole(ZONES, SolveConfig(time_limit_s=0.5), backend=backend)
    sound(ZONES, result)
    assert all(codes(it) >= {"search_late", "search_without_roster"} for it in result.record.incidents)
    assert time.monotonic() < began + 30


def test_the_shortest_limit_still_gives_a_roster() -> None:
    """It is over before the child processes have begun."""
    with local_processes(2) as backend:
        result = solve_whole(ZONES, SolveConfig(time_limit_s=0.1), backend=backend)
    sound(ZONES, result)
    assert result.record.incidents == ()
    assert len(result.roster) > 20


def test_a_stop_reaches_the_parts() -> None:
    stop = threading.Event()
    with local_processes(2) as backend:
        result = solve_whole(
            ZONES, SolveConfig(time_limit_s=600.0), backend=backend, stop=stop, on_progress=lambda _: stop.set()
        )
    sound(ZONES, result)
    assert result.record.status is Status.INTERRUPTED
    assert result.record.incidents == ()


def test_memory_over_the_limit_ends_the_search_with_its_best_roster() -> None:
    with local_processes(1) as backend:
        result = solve_whole(ZONES, SolveConfig(time_limit_s=600.0, memory_limit_gb=0.05, workers=1), backend=backend)
    sound(ZONES, result)
    assert "reached its memory limit of 0.05 GB." in str(result.record.incidents[0])


def test_a_worker_that_came_late_with_another_version_loses_only_what_it_was_given() -> None:
    """The first part is lost once everybody has a roster, and what takes it then is not fit for it."""
    talk, unfit, refused, stop = Talk(), threading.Event(), threading.Event(), threading.Event()

    class Late(Executor):
        def submit(self, fn: Callable[..., object], /, *args: object, **kwargs: object) -> Future[object]:  # type: ignore[override]
            future: Future[object] = Future()

            def run() -> None:
                if args[0].number == 0 and unfit.is_set():  # type: ignore[attr-defined]
                    future.set_exception(ClusterError(said("the worker has another version of Vigie than the run")))
                    refused.set()
                    return
                searching = threading.Thread(target=fn, args=args, daemon=True)
                searching.start()
                while args[0].number == 0 and searching.is_alive():  # type: ignore[attr-defined]
                    if unfit.is_set():
                        future.set_exception(OSError("the machine went away"))
                        return
                    time.sleep(0.02)
                searching.join()
                future.set_result(None)

            threading.Thread(target=run, daemon=True).start()
            return future

    def ready(progress: Progress) -> None:
        if progress.pool == "" and progress.stage is Stage.FIRST_ROSTER:
            unfit.set()

    backend = Backend(Late(), lambda: talk, 2, name=THE_TEST)
    threading.Thread(target=lambda: refused.wait(120) and stop.set(), daemon=True).start()
    result = solve_whole(ZONES, SolveConfig(time_limit_s=600.0), backend=backend, on_progress=ready, stop=stop)
    sound(ZONES, result)
    assert "search_starts_again" in codes(result.record.incidents[0])
    assert "ClusterError: the worker has another version" in str(result.record.incidents[1])


def test_where_no_worker_is_fit_the_first_roster_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    with threads() as (backend, _), monkeypatch.context() as patch:
        patch.setattr(worker, "package_digest", lambda: "another")
        result = solve_whole(ZONES, SHORT, backend=backend)
    sound(ZONES, result)
    assert result.record.cut_short
    assert all("worker_other_version" in codes(incident) for incident in result.record.incidents)


def test_hotspots_without_staff_and_staff_without_a_hotspot_beside_whole_zones() -> None:
    """Each a pool of its own, as is a zone of one person: one is short whatever happens, the other has nothing to do."""
    zones = [Organisation(code=code, name=code, kind=OrganisationKind.POLICE_ZONE) for code in ("5345", "5346", "5347")]
    whole = two_zones()
    instance = whole.replace(
        organisations=(*whole.organisations, *zones),
        hotspots=(*whole.hotspots, hotspot("UCCLE", zone="5345"), hotspot("SOLO", zone="5347")),
        staff=(*whole.staff, person("C1", organisation="5346"), person("D1", organisation="5347")),
        demand=(*whole.demand, *(demand(minimum=1).replace(hotspot=code) for code in ("UCCLE", "SOLO"))),
    )
    with threads(4) as (backend, _):
        result = solve_whole(instance, SolveConfig(time_limit_s=6.0, workers=2), backend=backend)
    sound(instance, result)
    assert result.record.incidents == ()
    assert {a.staff[0] for a in result.roster} == {"A", "B", "D"}
    short = sum(item.person_minutes for item in result.shortages if item.hotspot == "UCCLE" and item.level == "minimum")
    assert short == 7 * 24 * 60
    police = result.record.levels[0]
    assert police.bound >= short


def test_levels_of_parts_are_those_of_the_whole() -> None:
    """A small region, proven in one piece by the one-shot model: in parts no bound is above its optimum, and no value below."""
    instance = two_zones(days=3)
    whole = solve_whole(instance, SolveConfig(time_limit_s=60.0, workers=2))
    assert whole.record.status is Status.OPTIMAL
    with local_processes(2) as backend:
        apart = solve_whole(instance, SolveConfig(time_limit_s=12.0, workers=2, seed=2), backend=backend)
    sound(instance, apart)
    optimum = whole.record.levels
    held = True
    for level, best in zip(apart.record.levels, optimum, strict=True):
        assert level.required == best.required
        if held:
            assert level.bound <= best.value <= level.value
        held = held and level.value == best.value
    assert apart.record.levels[0].bound > 0
