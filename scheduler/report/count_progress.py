"""Progress of many equal steps: a plain line now and then."""

from __future__ import annotations

import time
from collections.abc import Callable

FIRST_S, LATER = 3.0, 1.6
"""When the first line comes, and how many times later than the last one the next comes."""


class CountPrinter:
    """Called with the number of steps done; prints what ``line`` makes of it, ever more seldom, and nothing at the end."""

    def __init__(
        self,
        total: int,
        line: Callable[[int], str],
        show: Callable[[str], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._total, self._line, self._show, self._now = total, line, show, now
        self._begun = now()
        self._next_s = FIRST_S

    def __call__(self, done: int) -> None:
        elapsed = self._now() - self._begun
        if done < self._total and elapsed >= self._next_s:
            self._next_s = elapsed * LATER
            self._show(self._line(done))
