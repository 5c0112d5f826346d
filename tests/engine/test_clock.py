"""Time left: wall-clock seconds, or charged work in a reproducible run."""

from __future__ import annotations

import threading
import time

import pytest

from scheduler.engine.clock import Clock, TimeLimit


def _clock(limit: float, *, reproducible: bool) -> Clock:
    return Clock(TimeLimit(limit, time.time(), reproducible), threading.Event())


def test_in_a_reproducible_run_only_charged_work_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = _clock(10.0, reproducible=True)
    monkeypatch.setattr(time, "monotonic", lambda: clock.began + 8.0)
    assert clock.left() == 10.0
    clock.charge(3.0)
    assert clock.left() == 7.0
    assert clock.left(0.5) == 2.0
    clock.charge(30.0)
    assert clock.left() == 0.0


def test_otherwise_the_wall_clock_counts_and_work_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = _clock(10.0, reproducible=False)
    clock.charge(100.0)
    monkeypatch.setattr(time, "monotonic", lambda: clock.began + 8.0)
    assert clock.elapsed == 8.0
    assert clock.left() == 2.0
    assert clock.left(0.75) == 0.0


@pytest.mark.parametrize("reproducible", [False, True])
def test_nothing_is_left_once_stopped(reproducible: bool) -> None:
    clock = _clock(1000.0, reproducible=reproducible)
    assert clock.left() > 0
    clock.stop.set()
    assert clock.left() == 0.0
