"""How much time a run has left: wall-clock seconds, or deterministic work in a reproducible run."""

from __future__ import annotations

import threading
import time

from scheduler.config import SolveConfig


class Clock:
    """The time of one solve. In a reproducible run only work that is charged counts, so that equal seeds stop equally."""

    def __init__(self, config: SolveConfig, stop: threading.Event, spent: float = 0.0) -> None:
        """``spent`` seconds of the limit are gone already."""
        self._reproducible = config.reproducible
        self._limit = config.time_limit_s
        self._charged = 0.0
        self.began = time.monotonic() - spent
        self.stop = stop

    @property
    def elapsed(self) -> float:
        """Wall-clock seconds since the start."""
        return time.monotonic() - self.began

    def charge(self, work: float) -> None:
        """Count deterministic work; ignored unless the run is reproducible."""
        self._charged += work

    @property
    def used(self) -> float:
        """Seconds of the limit that are used: elapsed ones, or those charged in a reproducible run."""
        return self._charged if self._reproducible else self.elapsed

    def left(self, share: float = 1.0) -> float:
        """Seconds left until ``share`` of the limit is used; never below zero, zero once stopped."""
        if self.stop.is_set():
            return 0.0
        return max(0.0, share * self._limit - self.used)
