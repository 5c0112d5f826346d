"""CP-SAT beside the small moves: one search at a time in a thread of its own, each from the best roster of its moment.

What a search found is laid over the best roster of *its end*: the people it changed take their new lines, everybody else stays.
That is kept only if the whole is legal and better, because others may have moved meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.pool import Pool
from scheduler.engine.portfolio import Portfolio, Way


class Side:
    """Runs the ways of a portfolio in the background; ``worth`` values a roster, less is better."""

    def __init__(self, pool: Pool, portfolio: Portfolio, worth: Callable[[Incumbent], float]) -> None:
        self._pool = pool
        self._portfolio = portfolio
        self._worth = worth
        self._presence = HeadCount(pool)
        self._thread: threading.Thread | None = None
        self._failure: BaseException | None = None
        self._way: Way | None = None
        self._base: Incumbent | None = None
        self._found: Incumbent | None = None
        self._spent = 0.0

    @property
    def ready(self) -> bool:
        """Whether a search has ended and waits to be collected."""
        return self._thread is not None and not self._thread.is_alive()

    @property
    def component(self) -> int | None:
        """The component that is searched now."""
        return None if self._way is None else self._way.component

    @property
    def exhausted(self) -> bool:
        """Whether nothing runs and no way has anything left to find."""
        return self._thread is None and self._portfolio.exhausted

    def tend(self, best: Incumbent) -> Incumbent:
        """Collect what has ended, start the next search if none runs; the best roster, never worse than the one given."""
        if self.ready:
            best = self._collect(best)
        if self._thread is None and not self._portfolio.exhausted:
            self._way, self._base = self._portfolio.next(), best
            self._thread = threading.Thread(target=self._work, args=(self._way, best), daemon=True)
            self._thread.start()
        return best

    def wait(self, seconds: float) -> None:
        """Until the running search ends, at most so long."""
        if self._thread is not None:
            self._thread.join(seconds)

    def close(self, best: Incumbent) -> Incumbent:
        """Wait for the last search and collect it."""
        if self._thread is None:
            return best
        self._thread.join()
        return self._collect(best)

    def _work(self, way: Way, base: Incumbent) -> None:
        try:
            self._found, self._spent = way.step(base)
        except BaseException as failure:  # Raised again by the thread that collects.
            self._failure = failure

    def _collect(self, best: Incumbent) -> Incumbent:
        way, base, found = self._way, self._base, self._found
        self._thread = self._way = self._base = self._found = None
        if self._failure is not None:
            raise self._failure
        if way is None or base is None or found is None:
            return best
        self._portfolio.learn(way, self._worth(base) - self._worth(found), self._spent)
        if found is base:
            return best
        if best is base:
            return found
        merged = self._lay_over(best, base, found)
        return merged if merged.better(best) and merged.legal else best

    def _lay_over(self, best: Incumbent, base: Incumbent, found: Incumbent) -> Incumbent:
        changed = ((found.shift != base.shift) | (found.spot != base.spot)).any(axis=1)
        shift, spot = best.shift.copy(), best.spot.copy()
        shift[changed], spot[changed] = found.shift[changed], found.spot[changed]
        return Incumbent.of(self._pool, self._presence, shift, spot)
