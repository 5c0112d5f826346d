"""Tracks side by side: as many turns at once as there are lanes, never two of one track.

What a turn found is laid over the best roster of *its end*: the track's people take their new lines, everybody else stays. That
is kept only if the whole is legal and better, because others may have moved meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from scheduler.engine.component_search import ComponentSearch
from scheduler.engine.incumbent import Incumbent

LOOK_S = 0.1
"""Seconds between two looks at the clock."""


class ParallelSearch:
    """Runs the turns of some tracks on ``count`` lanes."""

    def __init__(self, tracks: Sequence[ComponentSearch], count: int) -> None:
        self._tracks = list(tracks)
        self._count = max(1, min(count, len(tracks)))
        self._spent = [0.0] * len(tracks)
        """Seconds per person that each track had."""

    def settle(self) -> None:
        """Coverage is as good as it gets: all tracks go on with quality from their next turn."""
        for track in self._tracks:
            track.settled = True

    def run(
        self,
        best: Incumbent,
        keep_going: Callable[[Incumbent], bool],
        told: Callable[[ComponentSearch, Incumbent, Incumbent], None],
    ) -> Incumbent:
        """Turn after turn until ``keep_going(best)`` is false; ``told(track, before, after)`` hears of every turn."""
        running: dict[Future[Incumbent], int] = {}
        with ThreadPoolExecutor(self._count) as pool:
            while self._tracks and (keep_going(best) or running):
                while keep_going(best) and len(running) < self._count:
                    at = self._next(running.values())
                    running[pool.submit(self._tracks[at].step, best)] = at
                for turn in wait(running, LOOK_S, FIRST_COMPLETED).done:
                    at = running.pop(turn)
                    track = self._tracks[at]
                    self._spent[at] += track.work / len(track.members)
                    before, best = best, merged(best, turn.result(), track.members)
                    told(track, before, best)
        return best

    def _next(self, busy: Container[int]) -> int:
        """The idle track that had the least time for its size."""
        return min((at for at in range(len(self._tracks)) if at not in busy), key=self._spent.__getitem__)


def merged(best: Incumbent, found: Incumbent, members: Sequence[int]) -> Incumbent:
    """``best`` with the lines that ``found`` has for some people, if that is legal and better, else ``best``."""
    whole = best.with_lines(members, found)
    return whole if whole.better(best) and whole.legal else best
