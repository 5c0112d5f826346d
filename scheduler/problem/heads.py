"""How many stand somewhere at each moment: the one counter of heads, for audits, analysis and sheets."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

from scheduler.problem.roster import Presence


class Heads:
    """The number of people present over time, from who stands there when."""

    def __init__(self, presences: Iterable[Presence]) -> None:
        steps: dict[int, int] = defaultdict(int)
        for item in presences:
            steps[item.start] += 1
            steps[item.end] -= 1
        self._times = sorted(steps)
        self._counts: list[int] = []
        present = 0
        for time in self._times:
            present += steps[time]
            self._counts.append(present)

    def over(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """``[start, end)`` cut where the number changes: ``(from, to, heads)`` in order of time, without gaps."""
        index = bisect_right(self._times, start) - 1
        low = start
        while low < end:
            following = self._times[index + 1] if index + 1 < len(self._times) else end
            high = min(following, end)
            heads = self._counts[index] if index >= 0 else 0
            if low < high:
                yield low, high, heads
            low, index = high, index + 1
