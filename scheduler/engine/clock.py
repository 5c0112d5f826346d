"""How much time a run has left: wall-clock seconds, or deterministic work in a reproducible run."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from scheduler.config import SolveConfig

LEAST_S = 2.0
"""Seconds that a step may take from the clock's start on, however short the limit is, and stopped or not: what is locked must
stand in every roster."""
LOOK_S = 0.05
"""Seconds between two looks whether the time is over."""


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """The time limit of one solve: how long, and since when. It travels to other processes and machines.

    ``began`` is in seconds of the epoch; ``reproducible`` says that work is counted, not seconds.
    """

    seconds: float
    began: float
    reproducible: bool = False

    @classmethod
    def from_now(cls, config: SolveConfig) -> TimeLimit:
        """That of a solve which begins now."""
        return cls(config.time_limit_s, time.time(), config.reproducible)

    def part(self, seconds: float) -> TimeLimit:
        """That of a part of the run which begins now."""
        return TimeLimit(seconds, time.time(), self.reproducible)


class Clock:
    """The time of one solve. In a reproducible run only work that is charged counts, so that equal seeds stop equally."""

    def __init__(self, limit: TimeLimit, stop: threading.Event) -> None:
        self.limit = limit
        self._charged = 0.0
        self._started = time.monotonic()
        # Once begun, no change of the computer's clock is heard.
        self.began = self._started - max(0.0, time.time() - limit.began)
        self.stop = stop
        self.over = np.zeros(1, dtype=np.uint8)
        """A flag for compiled code, which hears nothing else: set while the clock is :meth:`watched` and no time is left."""

    @property
    def elapsed(self) -> float:
        """Wall-clock seconds since the start."""
        return time.monotonic() - self.began

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Within this the flag ``over`` is set as soon as the time is used, or the run stopped; not before ``LEAST_S``."""
        ended = threading.Event()

        def watch() -> None:
            while not ended.wait(LOOK_S):
                if self.left() <= 0 and time.monotonic() >= self._started + LEAST_S:
                    self.over[0] = 1
                    return

        thread = threading.Thread(target=watch, name="vigie-clock", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def charge(self, work: float) -> None:
        """Count deterministic work; ignored unless the run is reproducible."""
        self._charged += work

    @property
    def used(self) -> float:
        """Seconds of the limit that are used: elapsed ones, or those charged in a reproducible run."""
        return self._charged if self.limit.reproducible else self.elapsed

    def left(self, share: float = 1.0) -> float:
        """Seconds left until ``share`` of the limit is used; never below zero, zero once stopped."""
        if self.stop.is_set():
            return 0.0
        return max(0.0, share * self.limit.seconds - self.used)

    @property
    def to_go(self) -> float:
        """Seconds of the limit that are not used, stopped or not."""
        return max(0.0, self.limit.seconds - self.used)
